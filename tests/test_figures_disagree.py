"""Where articles disagree on a figure: planted ones are found, what only looks like one is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import Pipeline
from pipeline.figures.agreeing import agree
from pipeline.records import Apart, Article, Disagreement, Figure, Report, Source
from pipeline.settings import load_compare_rules, load_settings

CASES = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("cases")
    .joinpath("figures", "disagreements.jsonl")
    .open(encoding="utf-8")
]
DAY = "2026-04-29"


def article(n: int, text: str, day: str | None = DAY) -> Article:
    source = Source(path=f"{n}.txt", sha256=f"{n:064}", published=day, publisher=f"매체{n}")
    return Article(id=f"article-{n}", title=None, source=source, text=text, body=(0, len(text)))


def reports_on(pipeline: Pipeline, texts: list[str], day: str | None = DAY) -> list[Report]:
    made = [pipeline.report(article(n, text, day)) for n, text in enumerate(texts, 1)]
    return [report for report in made if isinstance(report, Report)]


def found(pipeline: Pipeline, texts: list[str], day: str | None = DAY) -> tuple[Disagreement, ...]:
    return pipeline.digest(reports_on(pipeline, texts, day)).disagreements


@pytest.mark.parametrize("case", [c for c in CASES if c["true"]], ids=lambda c: c["id"])
def test_a_planted_disagreement_is_found(pipeline: Pipeline, case: dict[str, Any]) -> None:
    told = found(pipeline, case["articles"])
    assert [[side.written for side in one.sides] for one in told] == [case["values"]]


@pytest.mark.parametrize("day", [DAY, None])
@pytest.mark.parametrize("case", [c for c in CASES if not c["true"]], ids=lambda c: c["id"])
def test_what_looks_like_one_is_not_reported(
    pipeline: Pipeline, case: dict[str, Any], day: str | None
) -> None:
    assert found(pipeline, case["articles"], day) == ()


@pytest.mark.parametrize("rule", load_compare_rules().apart, ids=lambda rule: rule.id)
def test_each_rule_keeps_its_example_apart_and_nothing_else(pipeline: Pipeline, rule: Apart) -> None:
    head = "한빛전자가 29일 1분기 실적을 공개했다. 1분기 매출총이익은 1조1,450억원, 순이익은 1,870억원이다. "
    head += "한빛전자의 "
    assert found(pipeline, [head + text for text in rule.differ]) == ()
    assert len(found(pipeline, [head + text for text in rule.same])) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("355.8억", 35_580_000_000), ("356억", 35_600_000_000), True),
        (("23.6%", 23.6), ("24%", 24), True),
        (("23.4%", 23.4), ("24%", 24), False),
        (("7조원", 7e12), ("6조9800억원", 6.98e12), True),
        (("2,134억", 213_400_000_000), ("2133억9000만", 213_390_000_000), True),
        (("600만 명", 6_000_000), ("612만 명", 6_120_000), True),
        (("24%", 24), ("26%", 26), False),
        (("1만5천장", 15_000), ("1만2천장", 12_000), False),
        (("21~22%", (21, 22)), ("22%", 22), True),
        (("21~22%", (21, 22)), ("24%", 24), False),
        (("-6억", -6e8), ("6억", 6e8), False),
    ],
)
def test_rounding_agrees(one: tuple[Any, Any], other: tuple[Any, Any], same: bool) -> None:
    a, b = (figure(*told) for told in (one, other))
    assert agree(a, b) is same
    assert agree(b, a) is same


def figure(text: str, value: float | tuple[float, float]) -> Figure:
    return Figure(
        subject=None, metric=None, text=text, value=value, unit="KRW", approximate=False, period=None,
        over=None, kind="level", direction=None, modality="reported", sentence=0, start=0, end=len(text),
    )  # fmt: skip


def test_a_side_is_quoted_whole_with_its_source(pipeline: Pipeline) -> None:
    case = next(c for c in CASES if c["id"] == "capex")
    reports = reports_on(pipeline, case["articles"])
    (told,) = pipeline.digest(reports).disagreements
    assert (told.subject, told.metric, told.period) == ("한빛전자", "설비투자", "2026")
    for side, report in zip(told.sides, reports, strict=True):
        assert side.article == report.id
        assert side.text == report.sentences[side.sentence].text
        assert side.written in side.text


def test_an_article_that_contradicts_itself_is_told_in_its_report(pipeline: Pipeline) -> None:
    case = next(c for c in CASES if c["id"] == "inside")
    (report,) = reports_on(pipeline, case["articles"])
    assert [note.detail for note in report.warnings if note.code == "figures-differ"] == [
        "영업이익: 2,134억원 / 2,431억원"
    ]


def test_the_order_of_articles_changes_nothing(pipeline: Pipeline) -> None:
    texts = [text for case in CASES[:9] for text in case["articles"]]
    reports = reports_on(pipeline, texts)
    there, back = pipeline.digest(reports), pipeline.digest(reports[::-1])
    assert there.disagreements == back.disagreements
    assert there.figures == back.figures


def test_rights_leave_a_side_its_figure(pipeline: Pipeline) -> None:
    case = next(c for c in CASES if c["id"] == "capex")
    reports = reports_on(pipeline, case["articles"])
    closed = [replace(one, source=replace(one.source, rights="무단 전재 및 재배포 금지")) for one in reports]
    own = Pipeline(load_settings(None, {"rights.sentences": 0, "rights.strict": True}))
    (told,) = own.digest(closed).disagreements
    assert [side.text for side in told.sides] == [side.written for side in told.sides]


@pytest.mark.extra("train")
def test_weights_are_learned_from_articles_that_confirm_one_another(pipeline: Pipeline) -> None:
    from pipeline.train.disagreements import fit, labelled

    told = [case["articles"] for case in CASES if case["true"] and len(case["articles"]) > 1]
    events = {str(n): reports_on(pipeline, texts) for n, texts in enumerate(told)}
    pairs = labelled(events, pipeline)
    assert {pair.same for pair in pairs} == {True, False}
    weights = fit(pairs)
    assert weights["pieces"] + weights["shared"] > 0  # what is told alike is one thing


def test_how_likely_two_figures_are_one_thing_does_not_hang_on_their_order(pipeline: Pipeline) -> None:
    from pipeline.figures.compare import claims_of_batch
    from pipeline.figures.sameness import places, sameness

    rules = load_compare_rules()
    case = next(c for c in CASES if c["id"] == "fire")
    reports = reports_on(pipeline, case["articles"])
    ones, others = claims_of_batch(reports, pipeline.tools.tokenize, rules, ())
    there, back = places(ones, others), places(others, ones)
    odds = sameness(there, ones, others, rules)
    again = sameness(back, others, ones, rules)
    assert odds
    assert odds == pytest.approx({(n, m): again[m, n] for n, m in odds})


def test_values_that_lie_near_need_a_word_in_common(pipeline: Pipeline) -> None:
    head = "한빛전자가 29일 원주 공장의 화재 경위를 밝혔다. 불은 28일 새벽 2동에서 시작됐다. "
    apart = [head + "설비 46대가 탔다.", head + "트럭 52대가 나섰다."]
    assert found(pipeline, apart) == ()


def test_another_name_or_metric_is_another_thing(pipeline: Pipeline) -> None:
    head = "한빛전자와 다온전자가 29일 1분기 실적을 공개했다. 두 회사의 매출총이익은 1조1,450억원이다. "
    metrics = ["다온전자 설비투자는 71억원이다.", "다온전자 매출은 78억원이다."]
    assert found(pipeline, [head + text for text in metrics]) == ()


def test_what_is_so_now_is_no_plan(pipeline: Pipeline) -> None:
    head = "다온이 29일 새벽배송 계획을 밝혔다. 새벽배송 주문은 하루 1만4,500건이다. "
    now = "새벽배송 물류센터는 현재 9곳이 돌아가고 있다."
    then = "내년 말까지 새벽배송 물류센터를 14곳으로 늘린다."
    assert found(pipeline, [head + now, head + then]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("점주가 내는 배달비는 건당 최대 3,100원이다.", "점주가 내는 배달비는 한 건에 많게는 3,900원이다."),
        ("올해 하루 평균 배송량은 14만건이다.", "올해 일평균 배송량은 21만건이다."),
        ("8~10월 석 달 동안 영업이익은 120억원이다.", "8월부터 석 달 동안 영업이익은 210억원이다."),
        ("입점한 점포는 1,200곳이다.", "입점한 점포는 1,500곳이다."),
        ("할인 기간 앱 신규 가입자는 38만 명이다.", "할인 기간 앱에는 33만 명이 새로 가입했다."),
        ("배달 능력은 월 4만2천건에서 7만5천건으로 늘어난다.", "배달 능력은 월 7만2000건이 된다."),
        (
            "내년 광고비에 1조4천500억원을 쓰겠다고 했다.",
            "“내년 광고비는 1조6000억원 안팎으로 잡고 있다”고 했다.",
        ),
    ],
)
def test_what_is_told_in_other_words_is_compared(pipeline: Pipeline, one: str, other: str) -> None:
    head = "배달앱 한끼가 29일 요금제를 바꾼다고 밝혔다. 회원은 1,145만명이고 가입비는 3만4,500원이다. "
    (told,) = found(pipeline, [head + one, head + other])
    assert {side.text for side in told.sides} == {one, other}


def test_a_quarter_is_no_row_of_quarters(pipeline: Pipeline) -> None:
    head = "다온이 10월 29일 3분기 실적을 공개했다. 3분기 매출은 1조4,500억원이다. "
    texts = ["3분기 영업이익률은 17.5%다.", "올해 1~3분기 영업이익률은 16.3%다."]
    assert found(pipeline, [head + text for text in texts], "2026-10-29") == ()


def test_a_whole_is_not_its_share(pipeline: Pipeline) -> None:
    head = "다온이 29일 당진 데이터센터를 착공했다. 투자비는 3조2천억원이고 부지는 21만㎡다. "
    texts = ["1단계 전력 용량 가운데 42MW를 빌린다.", "1단계 전력 용량 56MW의 75%를 빌린다."]
    assert found(pipeline, [head + text for text in texts]) == ()
