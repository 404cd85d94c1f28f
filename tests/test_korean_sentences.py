"""Sentence ends, measured on the test sets of kiwipiepy: through yoyak at least as good as Kiwi alone.

Exact match (EM) is the share of gold sentences that come out as they are; F1 is the mean over gold sentences
of 2·overlap / (both lengths) with the sentence that fits best, each given to one gold sentence only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kiwipiepy import Kiwi, Token

from pipeline import korean, layout
from pipeline.settings import load_boilerplate, load_settings, resource

from .conftest import SHARED, article, needs_shared

_SETS = sorted((SHARED / "data" / "sentence-split").glob("*.txt"))


def _paragraphs(path: Path) -> Iterator[list[str]]:
    for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        if lines := [line for line in part.split("\n") if line.strip()]:
            yield lines


def _folded(text: str) -> str:
    return re.sub(r"[\s•]", "", text)


def _spans(sentences: list[str], text: str) -> list[tuple[int, int]]:
    found, last = [], 0
    for sentence in sentences:
        folded = _folded(sentence)
        start = text.find(folded, last)
        assert start >= 0, sentence
        last = start + len(folded)
        found.append((start, last))
    return found


def _scores(gold: list[tuple[int, int]], ours: list[tuple[int, int]]) -> tuple[int, float]:
    pairs = sorted(
        (
            (2 * (min(a[1], b[1]) - max(a[0], b[0])) / (a[1] - a[0] + b[1] - b[0]), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(ours)
            if min(a[1], b[1]) > max(a[0], b[0])
        ),
        reverse=True,
    )
    best, used = [0.0] * len(gold), set()
    for score, i, j in pairs:
        if j not in used:
            used.add(j)
            best[i] = max(best[i], score)
    return len(set(gold) & set(ours)), sum(best)


def _dressed(lines: list[str]) -> str:
    """A paragraph under a bare heading, without spaces between its sentences, with bullets below."""
    heading, *rest = lines
    *sentences, first, second = rest
    return f"{heading}\n{''.join(sentence.strip() for sentence in sentences)}\n• {first}\n• {second}"


def _measured(
    split: Callable[[str], list[str]],
    paths: list[Path] = _SETS,
    write: Callable[[list[str]], str] = "".join,
    dress: Callable[[list[str]], list[str]] = lambda lines: lines,
) -> tuple[float, float]:
    exact, overlap, count = 0, 0.0, 0
    for path in paths:
        for lines in map(dress, _paragraphs(path)):
            text = write(lines)
            flat = _folded(text)
            hits, shares = _scores(_spans(lines, flat), _spans(split(text), flat))
            exact, overlap, count = exact + hits, overlap + shares, count + len(lines)
    return exact / count, overlap / count


@pytest.fixture(scope="module")
def splitters() -> tuple[Callable[[str], list[str]], Callable[[str], list[str]]]:
    settings = load_settings()
    kiwi = korean.load_kiwi(resource(settings.korean.words), settings.korean.multi_word_dictionary)

    def ours(text: str) -> list[str]:
        laid = layout.lay_out(article(text), load_boilerplate())
        # The slice, not the text shown: gold sentences keep their marks.
        return [text[unit.start : unit.end] for unit in korean.split(kiwi, [laid])[0].units]

    def kiwis(text: str) -> list[str]:
        return [sentence.text for sentence in kiwi.split_into_sents(text) if _folded(sentence.text)]

    return ours, kiwis


Splitters = tuple[Callable[[str], list[str]], Callable[[str], list[str]]]


@needs_shared
def test_sentences_are_at_least_as_good_as_kiwis_own(splitters: Splitters) -> None:
    ours, kiwis = splitters
    exact, f1 = _measured(kiwis)
    our_exact, our_f1 = _measured(ours)
    assert our_exact >= max(exact, 0.810)
    assert our_f1 >= max(f1, 0.908)


@needs_shared
def test_and_better_among_headings_bullets_and_without_spaces(splitters: Splitters) -> None:
    ours, kiwis = splitters
    items = ["전력 사용량 30% 감소", "2028년 3월 착공 예정"]
    paths = [path for path in _SETS if path.stem == "wikipedia"]

    def dress(lines: list[str]) -> list[str]:
        return ["숫자로 보는 변화", *lines, *items]

    exact, f1 = _measured(kiwis, paths, _dressed, dress)
    our_exact, our_f1 = _measured(ours, paths, _dressed, dress)
    assert our_exact >= exact + 0.3
    assert our_f1 >= f1 + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "좋은 아침이에요, 구독자님.",  # 이에요 ends a sentence for Kiwi
        '넓이는 두 배가 된다; 공사는 "가을"에 끝난다.',
        "메타와 알파벳, 석 달에 519억 달러를 썼습니다: 설비투자 제대로 읽는 법",
    ],
)
def test_no_sentence_ends_with_a_comma(text: str) -> None:
    settings = load_settings()
    kiwi = korean.load_kiwi(resource(settings.korean.words), settings.korean.multi_word_dictionary)
    assert len({token.sent_position for token in kiwi.tokenize(text)}) > 1, "Kiwi alone sees to it"
    document = korean.split(kiwi, [layout.lay_out(article(text), load_boilerplate())])[0]
    assert [unit.text for unit in document.units] == [text]


class _Counting:
    """A Kiwi that says what it was asked for."""

    def __init__(self, kiwi: Kiwi) -> None:
        self._kiwi, self.asked, self.chats = kiwi, list[str](), list[str]()

    def tokenize(self, texts: list[str], **options: bool) -> list[list[Token]]:
        self.asked += texts
        self.chats += texts if options.get("z_coda", True) else []
        return list(self._kiwi.tokenize(texts, **options))


def test_a_copy_is_not_analysed_again() -> None:
    settings = load_settings()
    kiwi: Any = _Counting(korean.load_kiwi(resource(settings.korean.words), False))
    paragraph = "가람전자는 3분기 매출이 2조원이라고 1일 밝혔다. 한 해 전보다 12% 늘었다."
    laid = [
        layout.lay_out(article(f"{paragraph}\n\n{rest}"), load_boilerplate())
        for rest in ("공장은 쉬지 않았다. 증설도 한다.", "값이 올랐다. 수요가 늘었다.")
    ]
    once, twice = korean.split(kiwi, laid[:1])[0], korean.split(kiwi, laid)
    assert kiwi.asked.count(paragraph) == 1
    assert [unit.text for unit in twice[0].units] == [unit.text for unit in once.units]
    assert [unit.text for unit in twice[1].units] == [
        *paragraph.split(" 한 해")[:1],
        "한 해 전보다 12% 늘었다.",
        "값이 올랐다.",
        "수요가 늘었다.",
    ]
    assert [t.form for t in twice[1].units[0].tokens] == [t.form for t in once.units[0].tokens]
    korean.forget(kiwi)
    korean.split(kiwi, laid[:1])
    assert kiwi.asked.count(paragraph) == 2


def test_added_consonants_are_looked_for_where_somebody_chats() -> None:
    """되용 is 되어요 with a consonant that chatting adds: Kiwi looks for it only where there may be one."""
    settings = load_settings()
    kiwi: Any = _Counting(korean.load_kiwi(resource(settings.korean.words), False))
    chatted = ["그냥 따라만 오시면 되용! 정말 쉬워요.", "여기서 사 먹는답니당", "너무 웃겨ㅋㅋ 다 먹었어요."]
    plain = ["가람전자는 3분기 매출이 2조원이라고 1일 밝혔다.", "사용 요금을 낮춘다. 비용, 부담이 준다."]
    korean.tokenize(kiwi, [*chatted, *plain])
    assert kiwi.chats == chatted
    assert [one for one in kiwi.asked if one not in chatted] == plain
