"""Where a line may be cut: at the ends of its sentences, and around what is marked or bracketed.

A rule for boilerplate is shown stretches of a line between such places, so that it can take a credit or a
rights notice and never the sentence beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..korean.bullets import POINTERS, TRIANGLES
from ..korean.endings import CLOSED, CLOSER, FINAL, QUOTED, STOPS, ending_in
from ..korean.expressions import any_of
from ..korean.particles import OBJECT, POSSESSIVE, TOPIC
from ..korean.press import DONE, SIGNS, one_of, spelled
from ..korean.saying import SAYING

#: Longest bracketed note, in code points, that counts as one.
_LONGEST_NOTE = 240
_PAIRS = {"(": ")", "[": "]", "<": ">", "【": "】", "〈": "〉", "《": "》", "「": "」"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSERS))) + "]")
_STOP = re.compile(
    r"[.!?…。](?:(?<=[가-힣)\]”\"’'%].)|(?<=[a-z]{3}.))[.!?…。]{0,2}[\"'”’」』)\]*_]{0,3}"
    r"(?:\s{1,9}|(?=[^\s\w.,%]|[가-힣A-Z])|$)"
)
# What a sentence does not hold: pointers, the sign of rights, the by-line of a photograph.
_MARK = any_of(
    map(
        spelled,
        (
            f"[{POINTERS}{SIGNS}※{TRIANGLES}]",
            r"(?&typed)\s?[가-힣A-Z]",
            r"(?&owner)\s?[(?&signs)(:]",
            r"(?&copyright)\b",
            r"/\s?(?&pictured)\s?[=:]",
            r"더\s?보기\s+The post",
        ),
    )
)
# A word of a credit (사진=가람전자 홈페이지 캡처), which no particle of a sentence ends.
_NAME = rf"[가-힣A-Za-z0-9·&]{{1,15}}(?<![{''.join((*TOPIC, *OBJECT, *POSSESSIVE))}])"
# Where a rights notice or a credit without brackets ends, though no stop follows.
_DONE = re.compile(
    spelled(
        r"(?:(?&sign)|(?&owner)|(?&copyright)|(?&typed))[^.!?]{1,80}?금지[>)\]]{0,2}\s+"
        r"|(?:(?:/\s?|(?<=[.!?”\"]\s))사진(?:\s?(?:제공|출처))?\s?[=:(?&signs)]|(?<=[.!?”\"]\s)(?&labelled)\s?[=(?&signs)])\s?\S{1,20}"
        rf"(?:(?:\s{_NAME}){{0,3}}\s?(?:(?&given)|(?&page)|(?&agency)|기자)(?=\s))?\s+"
        rf"|(?<=[.!?”\"]\s)/\s?{_NAME}(?:\s{_NAME}){{0,2}}\s제공\s+"
        r"|(?<=[있인이된린친]다\.\s)(?&sign)\s?[가-힣]{2,4}\s+"
        r"|[▲△][^▲△.!?]{3,120}?[\[(]\s?(?&labelled)[^\[\]()]{1,60}[\])]\s*"
    )
)
#: One of these stands in all that `_DONE` takes; 금 alone (자금, 지금) is common.
_DONE_HAS, _FORBIDS = re.compile(f"[{SIGNS}▲△=:/]"), "금지"
_GOES_ON = tuple(".,;:!?%")
_CREDIT = re.compile(
    spelled(
        r"[=(?&signs)@:]|(?&unpermitted)|저작권|(?&labelled)|(?&given)|(?&reporter)|(?&typed)|[(<\[〈]\s?끝"
    )
)
# The past of a plain verb: 밝혔다, 됐다. Not 있다, which captions say, nor 하겠다.
_PAST = ending_in("ㅆ") - {"있", "겠"}
#: What may follow the 다 of a predicate.
_AFTER_PREDICATE = re.compile(rf"\s?[.!?…]{{0,3}}{CLOSER}{{0,3}}\s*")
_SAYS = re.compile(rf"[{QUOTED}](?:고|며|면서)\s?\S{{0,6}}{one_of(SAYING)}$")
# Other plain predicates (내놓는다, 3월이다), but for those of captions (보인다) and of notices (금한다).
_PRESENT = "".join(sorted(ending_in("ㄴ")))
_NARRATES = re.compile(rf"(?<!보)(?<!금)(?<!금지)(?:[{_PRESENT}]|이)다\s?[.!?…]{{1,3}}{CLOSER}{{0,3}}\s*$")
# A scene that somebody took a picture of: of a day, or before the camera. Not what only seems so.
_SEEN = re.compile(
    r"(?:(?<!것으로\s)(?<!듯\s)(?<![게해]\s)보인다|모습이다|장면이다"
    r"|(?:\d일\s.{2,120}|\s뒤\s)(?<!다고)(?<!라고)(?:하|보|들|치|추|흔들|앉|웃|안|던지|나누|기다리|지나|달리)고\s있다)\.\s*$"
)
_ABSTRACT = re.compile(rf"(?:{one_of(DONE)}|반대|촉구|조사|수사)하고\s있다")
# Words and a stop without a predicate: 옛 교실을 고친 객실.
_PHRASE = re.compile(
    rf"(?![“\"‘'])[^.!?“”\"]{{4,60}}[가-힣)](?:(?<![{FINAL}자라지나걸게해어음임함])|(?<=[부기단농택용산현]지))\.\s*"
)
_CLOSED = re.compile(rf"[가-힣][{STOPS}]{{1,3}}{CLOSER}{{0,3}}\s*$")

_SENTENCE = re.compile(rf"[{CLOSED}][\"'”’)]{{0,2}}[{STOPS}]{{1,3}}{CLOSER}{{0,3}}\s*$")


def is_sentence(stretch: str) -> bool:
    """Whether it ends in a predicate and a stop."""
    return bool(_SENTENCE.search(stretch, max(0, len(stretch) - 20)))


@lru_cache(maxsize=64)  # each is asked for by several rules
def tells(stretch: str) -> bool:
    """Whether a stretch of text reports something as only a sentence of the article does."""
    first = max(0, len(stretch) - 60)
    at = stretch.rfind("다", first + 1)
    if at < 0 or not _AFTER_PREDICATE.fullmatch(stretch, at + 1):
        return False
    before = stretch[at - 1]
    return before in _PAST or (before in "한본힌니" and _SAYS.search(stretch, first, at + 1) is not None)


def narrates(stretch: str) -> bool:
    """Whether it ends in any plain predicate that captions and notices hardly use."""
    return tells(stretch) or bool(_NARRATES.search(stretch, max(0, len(stretch) - 20)))


def seen(stretch: str) -> bool:
    """Whether it says what a picture shows, as only a caption does."""
    return len(stretch) < 160 and bool(_SEEN.search(stretch)) and not _ABSTRACT.search(stretch)


def phrase(stretch: str) -> bool:
    """Whether it is some words and a stop, without a predicate."""
    return len(stretch) < 70 and bool(_PHRASE.fullmatch(stretch))


def closed(stretch: str) -> bool:
    """Whether it ends as a sentence does."""
    return bool(_CLOSED.search(stretch, max(0, len(stretch) - 20)))


@lru_cache(maxsize=4)
def places(line: str) -> tuple[int, ...]:
    """Offsets at which a line may be cut, its two ends among them, in order."""
    notes = _notes(line)
    found = {0, len(line)}
    inside = _Inside(notes)
    found.update(match.end() for match in _STOP.finditer(line) if not inside.holds(match.start()))
    inside = _Inside(notes)
    found.update(match.start() for match in _MARK.finditer(line) if not inside.holds(match.start()))
    may = _FORBIDS in line or _DONE_HAS.search(line) is not None
    done = [match.span() for match in _DONE.finditer(line)] if may else []
    found.update(end for _, end in done)
    covered = _Inside(done)
    for start, end in notes:
        if covered.holds(start):
            continue
        after = _skip(line, end)
        # In the middle of a sentence a note is the sentence's own, unless the line ends with it.
        if start in found or ((after == len(line) or after in found) and _CREDIT.search(line, start, end)):
            found.update((start, after) if line[end : end + 1] not in _GOES_ON else ())
    return tuple(sorted(found))


def caption(line: str) -> int:
    """How much of a line that begins as a caption is one: words without a predicate and a sentence on them.

    What follows these was glued on; so is what happened, which no caption tells behind such words.
    """
    cuts = places(line)
    if len(cuts) < 4 or not phrase(line[: cuts[1]]):
        return len(line)
    return cuts[1] if tells(line[cuts[1] : cuts[2]]) else cuts[2]


def _skip(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def _notes(line: str) -> list[tuple[int, int]]:
    """Outermost bracketed notes, in order."""
    if not _BRACKET.search(line):
        return []
    opened: dict[str, list[int]] = {open_: [] for open_ in _PAIRS}
    found: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(line):
        if match[0] in opened:
            opened[match[0]].append(match.start())
        elif stack := opened[_CLOSERS[match[0]]]:
            start = stack.pop()
            if match.end() - start > _LONGEST_NOTE:
                continue
            while found and found[-1][0] > start:
                found.pop()
            if found and match[0] == ")" and found[-1][1] == start and line[start - 1] == "]":
                start = found.pop()[0]  # [원문](https://…)
            if not found or found[-1][1] <= start:
                found.append((start, match.end()))
    return found


class _Inside:
    """Asked about offsets in rising order."""

    def __init__(self, notes: list[tuple[int, int]]) -> None:
        self._notes = notes
        self._at = 0

    def holds(self, offset: int) -> bool:
        while self._at < len(self._notes) and self._notes[self._at][1] <= offset:
            self._at += 1
        return self._at < len(self._notes) and self._notes[self._at][0] < offset
