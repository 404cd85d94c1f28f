"""The step figures: every rule by its examples, records of sentences and tables, and the gold."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.evaluate.figures import judge_figures, same_time
from pipeline.figures.choosing import Ballot, Known, Scale, Weighed
from pipeline.figures.naming import name_in
from pipeline.figures.quantities import not_figure
from pipeline.figures.reading import figures_of, read_figures
from pipeline.korean.periods import Calendar, calendar_of, find_periods, moved
from pipeline.korean.press import spelled
from pipeline.korean.quantities import find_quantities
from pipeline.records import Failure, Figure, Metric, Note, Report
from pipeline.settings import load_figure_rules
from pipeline.writers import dump
from pipeline.writers.json import load_report

from .conftest import ROOT, article

RULES = load_figure_rules()
GOLD = ROOT / "models" / "training" / "figures"
WHEN = "2026-04-29"


def figures(pipeline: Pipeline, text: str, title: str | None = None, published: str | None = WHEN) -> Report:
    one = article(text, title=title)
    report = pipeline.report(replace(one, source=replace(one.source, published=published)))
    assert isinstance(report, Report)
    return report


def first(pipeline: Pipeline, text: str, title: str | None = None) -> Figure:
    return figures(pipeline, text, title).figures[0]


@pytest.mark.parametrize("rule", RULES.names, ids=lambda rule: rule.id)
def test_rules_hold_of_their_examples_and_not_of_the_others(rule: object) -> None:
    for texts, holds in ((rule.example, True), (rule.against, False)):  # type: ignore[attr-defined]
        assert texts
        for marked in texts:
            start, end = marked.index("«"), marked.index("»") - 1
            text = marked.replace("«", "").replace("»", "")
            own = [q for q in find_quantities(text, RULES.measures) if q.start <= start and q.end >= end]
            assert own or holds, f"no quantity at all: {marked}"
            ids = {not_figure(text, one, RULES) for one in own}
            assert (rule.id in ids) == holds, f"{marked}: {ids}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026년 1분기", "2026Q1"), ("올해 1~3월", "2026Q1"), ("1분기", "2026Q1"), ("지난해 4분기", "2025Q4"),
        ("작년", "2025"), ("지난 분기", "2026Q1"), ("지난달", "2026-03"), ("다음 달", "2026-05"),
        ("상반기", "2026H1"), ("내년 상반기", "2027H1"), ("28일(현지시간)", "2026-04-28"),
        ("3월 말", "2026-03"), ("내년", "2027"),
        ("지난 10월", "2025-10"), ("2026회계연도 2분기", "FY2026Q2"),
        ("회계연도 2026년 2분기", "FY2026Q2"), ("2025년 11월 13일", "2025-11-13"),
        ("2025.11.06", "2025-11-06"), ("최근 12개월", "TTM"), ("어제", "2026-04-28"), ("재작년", "2024"),
        ("지난 화요일", "2026-04-28"), ("오는 금요일", "2026-05-01"), ("지난주 목요일", "2026-04-23"),
        ("수요일", "2026-04-29"), ("지난주", "2026-W17"), ("이번 주", "2026-W18"),
        ("작년 1~10월", "2025-01/2025-10"),
        ("4월 1~20일", "2026-04-01/2026-04-20"), ("다음 회계연도", "FY2027"),
        ("지난해 1~3분기", "2025-01/2025-09"), ("2025년 1∼2분기", "2025H1"), ("작년 1~4분기", "2025"),
        ("작년 2분기~4분기", "2025-04/2025-12"), ("18~27일", "2026-04-18/2026-04-27"),
    ],
)  # fmt: skip
def test_periods_are_reckoned_from_the_day(text: str, name: str) -> None:
    found = find_periods(f"{text} 매출은", Calendar(date.fromisoformat(WHEN), 2026, {}), RULES.periods)
    assert [one.name for one in found] == [name]


def test_every_word_for_a_period_is_found_in_its_example_and_not_in_its_counter_example() -> None:
    data = tomllib.loads((ROOT / "configs/korean/periods.toml").read_text(encoding="utf-8"))
    for word in data["word"]:
        cues = [word["cue"]] if isinstance(word["cue"], str) else word["cue"]
        cue = re.search(spelled("|".join(cues)), word["example"])
        assert cue, word["id"]
        found = find_periods(word["example"], Calendar(date.fromisoformat(WHEN), 2026, {}), RULES.periods)
        assert any(one.start == cue.start() for one in found), word["id"]
        assert word["against"], word["id"]
        for text in word["against"]:
            cues_in = {one.start() for one in re.finditer(spelled("|".join(cues)), text)}
            found = find_periods(text, Calendar(date.fromisoformat(WHEN), 2026, {}), RULES.periods)
            assert cues_in.isdisjoint(one.start for one in found), text


def test_every_metric_is_named_by_its_examples_and_not_by_its_counter_examples() -> None:
    path = ROOT / "configs/figures/metrics.toml"
    blocks = {one["name"]: one for one in tomllib.loads(path.read_text(encoding="utf-8"))["metric"]}

    def names(text: str, metric: Metric) -> bool:
        before, quantity, rest = text.partition("«")
        if not quantity:
            known = name_in(text, RULES).known
            return known is not None and known.name == metric.name
        after = rest.partition("»")[2]
        return bool(
            (metric.before and re.search(metric.before, before))
            or (metric.after and re.match(metric.after, after))
        )

    for metric in RULES.metrics:
        one = blocks[metric.name]
        assert one["example"] and one["against"], metric.name
        assert [text for text in one["example"] if not names(text, metric)] == [], metric.name
        assert [text for text in one["against"] if names(text, metric)] == [], metric.name
        spelled_out = any("«" in text for text in one["example"])
        assert spelled_out == bool(metric.before or metric.after), metric.name


def test_a_fiscal_quarter_without_its_year_is_of_the_year_in_which_it_is_told() -> None:
    calendar = calendar_of(date.fromisoformat(WHEN), "1월 31일 끝난 회계연도 1분기 매출은")
    assert [one.name for one in find_periods("2분기 매출 전망은", calendar, RULES.periods)] == ["FY2026Q2"]


def test_periods_are_one_however_they_are_written() -> None:
    assert same_time("2026-03~2026-08", "2026-03/2026-08") and same_time("2026-봄", "2026 봄")
    assert not same_time("2026-03", "2026-04") and not same_time(None, "2026")


class Unliked(dict[str | None, int]):
    def __missing__(self, name: str | None) -> int:
        return 0

    def told(self, name: str) -> tuple[Weighed, ...]:
        return ()


def test_names_written_in_one_another_stand_for_one_another() -> None:
    scale = Scale({"own": 1.0, "near": 0.9, "far": 0.6})
    names = [("경쟁사", scale("own")), ("한누리", scale("near")), ("한누리텔레콤", scale("far"))]
    none, known = (None, scale("no")), Known([], Unliked())
    assert Ballot(scale, names, [none], known).chosen() == ("한누리", True)
    assert Ballot(scale, names[:2], [none], known).chosen() == ("경쟁사", True)


def test_without_a_day_no_year_is_guessed() -> None:
    found = find_periods("올해 1분기", Calendar(None, None, {}), RULES.periods)
    assert {one.name for one in found} == {None}


@pytest.mark.parametrize(
    ("name", "back", "moved_to"),
    [
        ("2026Q1", "quarter", "2025Q4"), ("FY2026Q2", "year", "FY2025Q2"), ("2026Q4", "next", "2027Q1"),
        ("2026-01", "month", "2025-12"), ("2026", "year", "2025"), ("TTM", "year", None),
        ("2026-01/2026-10", "year", "2025-01/2025-10"),
    ],
)  # fmt: skip
def test_periods_before(name: str, back: str, moved_to: str | None) -> None:
    assert moved(name, back) == moved_to


def test_a_results_sentence_gives_whole_records(pipeline: Pipeline) -> None:
    text = "노스빔은 올해 1~3월 매출이 184억2천만 달러로 지난해 같은 기간(140억6천만 달러)보다 31% 늘었다."
    report = figures(pipeline, text)
    level, base, change = report.figures
    assert [one.subject for one in report.figures] == ["노스빔"] * 3
    assert [one.metric for one in report.figures] == ["매출"] * 3
    assert (level.value, level.unit, level.kind, level.period) == (18_420_000_000, "USD", "level", "2026Q1")
    assert (base.value, base.period) == (14_060_000_000, "2025Q1")
    assert (change.value, change.kind, change.direction, change.over) == (31, "change", "up", "YoY")
    for one in report.figures:
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("드론 전문기업 스카이리프", "스카이리프"), ("4위 UMC", "UMC"), ("이용자 2위 제미나이", "제미나이"),
        ("류경아 씨", "류경아 씨"), ("통신 3사", "통신 3사"), ("한 해", None), ("시장 1위", None),
    ],
)  # fmt: skip
def test_a_name_is_told_without_its_rank_and_what_it_is(text: str, subject: str | None) -> None:
    assert name_in(text, RULES).subject == subject


@pytest.mark.parametrize(("label", "named"), [("[쿠팡 돋보기] ", False), ("쿠팡 돋보기, ", True)])
def test_a_column_in_brackets_is_nobodys_name(pipeline: Pipeline, label: str, named: bool) -> None:
    title = f"{label}무료배송의 문턱이 올라갈 때"
    found = pipeline.analyse(article(f"{title}\n\n남은 189만 명은 다시 계산을 잊을 것이다.", title=title))
    assert not isinstance(found, Failure)
    chosen, _, _ = read_figures(found.document, RULES)
    names = [one.value or "" for one in chosen[0].subjects.candidates()]
    assert any("쿠팡" in name for name in names) is named


def test_what_stands_before_is_inherited(pipeline: Pipeline) -> None:
    text = "카카오의 1분기 매출은 2조1,360억원이다. 영업이익은 2,084억원으로 59% 뛰었다."
    profit = figures(pipeline, text).figures[1]
    assert (profit.subject, profit.metric, profit.period) == ("카카오", "영업이익", "2026Q1")
    assert set(profit.inherited) == {"subject", "period"}


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("잉여현금흐름은 112억 달러로 감소했다.", "level", "down"),
        ("설비투자는 507억 달러 증가했다.", "change", "up"),
        ("영업이익률은 1.4%p 높아졌다.", "change", "up"),
        ("시장 점유율은 31%다.", "share", None),
        ("직원은 3,200명이다.", "count", None),
    ],
)
def test_kinds_and_directions(pipeline: Pipeline, text: str, kind: str, direction: str | None) -> None:
    found = first(pipeline, f"아마존의 {text}")
    assert (found.kind, found.direction) == (kind, direction)


def test_a_loss_is_below_zero_under_what_may_be_a_profit(pipeline: Pipeline) -> None:
    assert first(pipeline, "노스빔의 잉여현금흐름은 6억 달러 적자로 돌아섰다.").value == -600_000_000
    assert first(pipeline, "라온게임즈는 영업손실 246억원을 냈다.").value == 24_600_000_000


def test_malformed_numbers_are_told_and_have_no_figure(pipeline: Pipeline) -> None:
    report = figures(pipeline, "한빛전자는 16조4642조원을 썼다. 매출은 3조원이다.")
    assert [one.text for one in report.figures] == ["3조원"]
    assert Note("figure-malformed", "16조4642조원") in report.warnings


def test_names_and_dates_are_no_figures(pipeline: Pipeline) -> None:
    text = "아마존은 4분기에 트레이니움2를 S3에 넣고, 2027년 11월 3일까지 앞으로 5년 동안 1위를 지킨다."
    assert figures(pipeline, text).figures == ()


TABLE = """한빛전자가 29일 실적을 발표했다.

(단위: 억원)

| 부문 | 2026년 1분기 | 전년 동기 대비 |
|---|---|---|
| 반도체 매출 | 1,010 | △4.0% |
| 가전 매출 | 327 | ▲12.5% |
| 영업이익 | ▼88 | - |

표는 회사가 냈다.
"""


def test_cells_have_their_heads(pipeline: Pipeline) -> None:
    found = {one.text: one for one in figures(pipeline, TABLE).figures}
    level, change, loss = found["1,010"], found["4.0%"], found["88"]
    assert (level.subject, level.metric, loss.subject) == ("반도체", "매출", "한빛전자")
    assert (level.value, level.unit, level.period) == (101_000_000_000, "KRW", "2026Q1")
    assert (change.value, change.kind, change.direction, change.over) == (-4, "change", "down", "YoY")
    assert loss.value == -8_800_000_000
    assert (found["12.5%"].value, found["12.5%"].period) == (12.5, "2026Q1")


def test_figures_come_back_from_the_json(pipeline: Pipeline) -> None:
    report = figures(pipeline, "아마존은 2분기 매출을 1,940억~1,990억 달러로 예상했다.")
    assert load_report(dump(report)) == report
    assert report.figures[0].value == (194_000_000_000, 199_000_000_000)
    assert (report.figures[0].modality, report.figures[0].period) == ("forecast", "2026Q2")


def test_they_can_be_left_out() -> None:
    from pipeline.settings import load_settings

    quiet = Pipeline(load_settings(None, {"figures.enabled": False}))
    assert figures(quiet, "아마존의 매출은 2,134억 달러다.").figures == ()


def test_figures_agree_with_those_that_people_labelled(pipeline: Pipeline) -> None:
    found = judge_figures(GOLD, pipeline)
    assert found.scores(found.values)[2] >= 0.96
    assert found.scores(found.told)[2] >= 0.40


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("코스피는 27.64포인트 내린 3,412.08에 마감했다.", 3412.08, "포인트"),
        ("코스피가 한때 3,460선을 넘봤다.", 3460, "포인트"),
        ("두께는 775마이크로미터를 넘지 못한다.", 775, "㎛"),
        ("9.4% — 10월 반도체 수출 증가율이다.", 9.4, "%"),
    ],
)
def test_levels_and_units_that_are_spelled_out(
    pipeline: Pipeline, text: str, value: float, unit: str
) -> None:
    assert (value, unit) in [(one.value, one.unit) for one in figures(pipeline, text).figures]


def test_figures_are_read_in_all_the_ways_in_which_they_are_written(pipeline: Pipeline) -> None:
    file = ROOT / "tests" / "cases" / "figures" / "values.jsonl"
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    around = "회사는 이날 자료를 내놓았다. {} 그는 이렇게 말을 맺었다."
    wrong = []
    for case in cases:
        found = figures(
            pipeline, around.format(case["text"].removesuffix(".") + "."), "소식을 전합니다"
        ).figures
        read = [[f"{one.value}".strip("()"), one.unit] for one in found]
        if [[f"{value}".strip("[]"), unit] for value, unit in case["figures"]] != read:
            wrong.append((case["text"], [(one.value, one.unit) for one in found]))
    assert len(cases) > 100
    assert not wrong


def test_a_headline_may_leave_out_the_won(pipeline: Pipeline) -> None:
    title = "컬리 영업이익 47억, 세 분기 연속 흑자…SSG닷컴 268억 손실"
    report = figures(pipeline, f"{title}\n\n컬리는 6일 실적을 냈다.", title)
    assert [(one.value, one.unit) for one in report.figures] == [
        (4_700_000_000, "KRW"),
        (3, "분기"),
        (26_800_000_000, "KRW"),
    ]


def test_a_number_before_an_arrow_is_in_the_unit_behind_it(pipeline: Pipeline) -> None:
    found = figures(
        pipeline, "실적이 이렇게 바뀌었다.\n\n- 순부채: 174억 → 195억 달러\n- 배수: 10배 → 9배"
    ).figures
    assert [(one.value, one.unit) for one in found][:2] == [(17_400_000_000, "USD"), (19_500_000_000, "USD")]


def test_sums_in_a_row_are_in_the_currency_of_the_last(pipeline: Pipeline) -> None:
    text = "회사별로는 아마존 1,310억, 마이크로소프트 1,080억, 메타 740억 달러 순이다. 직원은 3억, 4명이다."
    found = [(one.text, one.value, one.unit) for one in figures(pipeline, text).figures]
    assert found == [
        ("1,310억", 131_000_000_000, "USD"),
        ("1,080억", 108_000_000_000, "USD"),
        ("740억 달러", 74_000_000_000, "USD"),
        ("4명", 4, "명"),
    ]


def test_a_title_may_leave_out_the_won(pipeline: Pipeline) -> None:
    title = "넥스리온, 3분기 영업익 4,127억…역대 최대"
    report = figures(pipeline, f"{title}\n\n넥스리온은 22일 실적을 냈다.", title)
    assert [(one.text, one.value, one.unit) for one in report.figures] == [
        ("4,127억", 412_700_000_000, "KRW")
    ]


def test_figures_stand_where_the_article_has_them_in_marks(pipeline: Pipeline) -> None:
    text = "**노바**는 매출이 291억 달러로 33% 늘었고, **콘도르 클라우드**는 164억 달러로 38% 늘었다."
    found = figures(pipeline, text).figures
    assert len(found) == 4
    for one in found:
        assert text[one.start : one.end] == one.text


def test_the_weights_name_features_that_there_are(pipeline: Pipeline) -> None:
    from pipeline.figures import read_figures
    from pipeline.records import Document

    text = "아마존의 매출은 2,134억 달러다. 영업이익은 지난해 4분기 250억 달러였다."
    one = article(text, title="아마존 매출 2,134억 달러")
    analysed = pipeline.analyse(one)
    assert isinstance(analysed.document, Document)
    chosen, _, _ = read_figures(analysed.document, RULES)
    features = {
        name for one in chosen for candidate in one.subjects.candidates() for name in candidate.features
    }
    assert features & RULES.weights["subject"].keys()
    assert {one.figure.subject for one in chosen} == {"아마존"}


@pytest.mark.extra("train")
def test_weights_are_fitted_to_labelled_figures(pipeline: Pipeline, tmp_path: Path) -> None:
    from pipeline.train.figures import Labelled, fitted, written

    for name in ("i01", "i02"):
        shutil.copy(GOLD / f"{name}.json", tmp_path)
        (tmp_path / "articles").mkdir(exist_ok=True)
        shutil.copy(GOLD / "articles" / f"{name}.txt", tmp_path / "articles")
    labelled = Labelled([tmp_path], pipeline)
    weights = fitted(labelled)
    assert fitted(labelled) == weights
    assert tomllib.loads(written(weights, ["a note"])) == weights
    right = wrong = 0
    for case in labelled.cases(dict.fromkeys(labelled.names, weights)):
        own = weights[case.part]
        scores = [sum(own.get(name, 0.0) for name in one.features) for one in case.candidates]
        found = case.right[scores.index(max(scores))]
        right, wrong = right + found, wrong + (not found)
    assert right > 4 * wrong


def test_no_documents_have_no_figures() -> None:
    assert figures_of((), RULES, ()) == []


def test_figures_of_a_batch_are_those_of_each_by_itself(pipeline: Pipeline) -> None:
    texts = [
        "가온전자의 3분의 2가 남았다. 매출은 3조원이다.",
        "라티스는 직원 세 명을 뽑았다.",
        "약 20% 늘었다.",
    ]
    documents = pipeline.documents([article(text) for text in texts])
    alone = [figures_of((one,), RULES, ((),))[0] for one in documents]
    assert all(own for own, _ in alone) and figures_of(documents, RULES, [()] * len(documents)) == alone


def test_what_a_manager_tells_is_of_the_company(pipeline: Pipeline) -> None:
    text = (
        "한서윤 다온소프트 대표 “내년 매출 2천억원”\n\n"
        "다온소프트가 29일 신제품을 공개했다. 한서윤 대표를 만났다.\n\n"
        "“매출은 1,240억원입니다. 영업이익은 96억원이고요.”"
    )
    report = pipeline.report(article(text))
    assert isinstance(report, Report)
    assert {one.subject for one in report.figures} == {"다온소프트"}
