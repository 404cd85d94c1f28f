"""What holds for every article: verbatim text, offsets, order, determinism."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from pipeline import Pipeline, keywords, read
from pipeline.records import CONTENT_KINDS, Failure, Report
from pipeline.settings import load_messages
from pipeline.writers import dump

from .conftest import SEEDS, article
from .thorough import examples, few

_SENTENCES = [
    "아마존은 올해 설비투자를 늘린다.",
    "이는 시장 예상을 웃도는 규모다.",
    "AWS 매출은 356억 달러로 24% 증가했다!",
    "프리캐시플로우 감소는 선택이다",
    "주가는?",
    "“비용이 문제다”라고 그가 말했다.",
    "배송이 빨라졌습니다. 그래서 손님이 늘었죠.",
    "GPT-5 and Trainium2",
    "ㅋㅋㅋ ㅠㅠ 😀👍🏽",
    "[저작권자ⓒ 시험. 무단전재-재배포 금지]",
]
_MARKS = ["", "", "", "- ", "* ", "• ", "1. ", "# ", "## ", "> ", "✅ ", "- ⚠️ ", "**", "  ", "\t", "\ufeff"]
_ENDS = ["\n", "\n\n", "\r\n", " ", "\u2028", "\n---\n", "**\n", "](https://example.com)\n", "\u3000"]
_pieces = st.tuples(
    st.sampled_from(_MARKS), st.sampled_from(_SENTENCES) | st.text(max_size=30), st.sampled_from(_ENDS)
)
texts = st.lists(_pieces, min_size=1, max_size=12).map(lambda parts: "".join("".join(part) for part in parts))

slow = examples(120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def check_report(report: Report, text: str) -> None:
    previous_end = 0
    for i, sentence in enumerate(report.sentences):
        assert sentence.index == i
        assert previous_end <= sentence.start < sentence.end <= len(text), "in order, none over another"
        previous_end = sentence.end
        piece = text[sentence.start : sentence.end]
        assert sentence.text == " ".join(sentence.text.split()), "white space is folded"
        assert is_subsequence(shown(sentence.text).replace(" ", ""), shown(piece)), "nothing is invented"
        if not MARKS.search(piece):
            assert shown(sentence.text) == shown(" ".join(piece.split())), (
                "without marks, the slice is the text"
            )
        if sentence.section is not None:
            assert report.sentences[sentence.section].kind == "heading"
            assert sentence.section < i
        assert (sentence.theme is not None) == (sentence.kind in CONTENT_KINDS)
        assert all(0 <= score <= 1 for score in sentence.scores.values())
        assert 0 <= sentence.salience <= 1
    content = [s.index for s in report.sentences if s.kind in CONTENT_KINDS]
    assert sorted(report.ranking) == content, "the ranking is a permutation"
    assert list(report.summary) == sorted(report.summary)
    assert set(report.summary) <= set(content)
    in_themes = [i for theme in report.themes for i in theme.sentences]
    assert set(in_themes) == set(content)
    assert all(report.sentences[i].kind != "boilerplate" for k in report.keywords for i in k.sentences)


# What the layout takes out of a line, or shows as something else.
MARKS = re.compile(
    r"[*_`\[~<\\&\x00-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def shown(text: str) -> str:
    """Decomposed Hangul and full-width Latin letters are shown composed and at their usual width."""
    return unicodedata.normalize("NFKC", text)


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@slow
@given(texts)
@example("**굵게** 쓴 [링크](https://example.com/a_b_c)와 `코드`는 표시를 뺀다. 다음 문장이다.")
@example("# 제목\n\n첫 문장이다.\n\n- 항목 하나\n- 항목 둘\n\n> 인용이다.\n")
@example("- **\n- * \n* *\n")
@example("- \u3000\ufeff\u3000- [저작권자ⓒ 시험. 무단전재-재배포 금지]\n")
@example("ㅋㅋㅋ ㅠㅠ 😀👍🏽\n" * 3)
def test_reports_of_any_text(pipeline: Pipeline, text: str) -> None:
    report = pipeline.report(article(text))
    if isinstance(report, Failure):
        assert report.step == "layout"
        assert f"failures.{report.reason}" in load_messages("ko")
    else:
        check_report(report, text)


def test_reports_of_the_seeds(seed_reports: list[Report]) -> None:
    found = {a.id: a for a in read(SEEDS) if not isinstance(a, Failure)}
    assert len(seed_reports) == len(found) >= 8
    for report in seed_reports:
        check_report(report, found[report.id].text)
        assert len(report.summary) == min(5, len(report.ranking))


def test_reports_multiply_on_one_thread_and_leave_the_others_alone(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []

    def threads() -> list[int]:
        return [library["num_threads"] for library in threadpool_info() if "numpy" in library["filepath"]]

    def watched(*given: Any, **wanted: Any) -> Any:
        inside.extend(threads())
        return work(*given, **wanted)

    work = keywords.extract_all
    monkeypatch.setattr(keywords, "extract_all", watched)
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        assert isinstance(pipeline.report(article("메모리 값이 올랐다.")), Report)
        assert threads() == before
    assert inside == [1] * len(before)


@examples(12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_report_is_the_same_alone_and_in_any_batch(
    pipeline: Pipeline, seed_reports: list[Report], data: st.DataObject
) -> None:
    known = {report.id: dump(report) for report in seed_reports}
    articles = [a for a in read(SEEDS) if not isinstance(a, Failure)]
    batch = data.draw(st.lists(st.sampled_from(articles), min_size=1, max_size=5, unique_by=lambda a: a.id))
    for report in pipeline.stream(batch):
        assert dump(report) == known[report.id]


@pytest.fixture(scope="module")
def seed_digest(pipeline: Pipeline, seed_reports: list[Report]) -> str:
    return dump(pipeline.digest(seed_reports))


@examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_a_digest_is_the_same_for_any_order(
    pipeline: Pipeline, seed_reports: list[Report], seed_digest: str, random: object
) -> None:
    shuffled = list(seed_reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dump(pipeline.digest(shuffled)) == seed_digest


def test_a_longer_summary_keeps_the_shorter_one(seed_reports: list[Report]) -> None:
    for report in seed_reports:
        for k in range(1, len(report.ranking)):
            assert set(report.ranking[:k]) < set(report.ranking[: k + 1])


@pytest.mark.parametrize(
    "text",
    few(
        [
            "가" * 60_000,
            "a" * 60_000 + "다.",
            "1" * 40_000,
            "606" * 20_000,
            "ㅋ" * 30_000,
            "a-b." * 15_000,
            "가나 " * 20_000,
            "교수 팀" * 10_000,
        ],
        3,
    ),
    ids=lambda text: text[:6],
)
def test_one_endless_line_is_answered_in_time(pipeline: Pipeline, text: str) -> None:
    started = time.process_time()
    pipeline.report(article(f"반도체 값이 올랐다.\n\n{text}\n\n서버 주문이 늘었다."))
    assert time.process_time() - started < 15
