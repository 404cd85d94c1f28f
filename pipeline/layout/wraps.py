"""Lines that an editor of fixed width broke: put together again before any mark is looked for.

Where each line is as full as it can be, the next syllable would not have fitted, and words go on in the next
line (밝혔 | 다.), the text was folded at a column. Whether a word goes on over a break or a new one begins is
for the morphemes to say (`korean`): the breaks are noted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..korean.bullets import SHAPES, TRIANGLES
from ..korean.endings import CLOSED, CLOSERS, FORMAL, FORMALLY_ASKED, STATED, STOPS
from ..korean.particles import LONGER, OBJECT, POSSESSIVE, TOPIC, WORD_END
from ..korean.press import SIGNS, TYPED, spelled
from ..korean.spelling import LETTERS

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CLOSED = re.compile(rf"[{STOPS}:]{CLOSERS}$")
_INNER = re.compile(rf"[{CLOSED}][.?!][\"'”’]?\s")
# A sentence that ended, and the beginning of another that does not end with the line.
_BEGUN = re.compile(
    spelled(
        rf"[{STATED}]\.\s(?!.{{0,120}}(?:(?&reporter)|(?&given)|(?&labelled)|뉴스|일보|금지|[(?&signs)@=\[<]))"
        rf"(?:[^.!?…]|\.(?=\d)){{1,120}}[가-힣,%](?<![{CLOSED}])$"
    )
)
# A line that begins so begins a paragraph, whatever is above it.
_MARKED = re.compile(
    rf"\s*(?:[-*+•◦▪▫‣⁃∙ㆍ･・{SHAPES}{TRIANGLES}▣◈※☞|>]|#{{1,6}}\s|\(?\d{{1,2}}[.)]\s|[①-⑳❶-❿]"
    rf"|```|~~~|\$\$|<[A-Za-z/!]|[{SIGNS}]|{TYPED}"
    r"|\[[^\[\]]{1,12}\]\s|[가-힣A-Za-z]{1,6}(?:\s[가-힣]{1,3})?\s?[:：]\s)"
)
#: The rest of a sentence's end at the start of a line: no list mark, where 가. and 나. are no marks either.
_ENDING = re.compile(rf"(?:[{CLOSED}]|습?(?:{FORMAL}|{FORMALLY_ASKED})|[세어아]요)[.?!](?=[\s\"'”’)\]]|$)")
_PARTICLE = re.compile(
    rf"(?:[{''.join((*TOPIC, *OBJECT, *POSSESSIVE))}에]|{'|'.join(LONGER)}|이?라고|했다|하는)\s"
)
_LISTED = re.compile(rf"\s*[{LETTERS[:2]}][.)]\s")
_LETTERED = re.compile(rf"\s*[{LETTERS}][.)]\s")
_WORD_END = re.compile(rf"[{WORD_END}]$")
_UNIT = re.compile(r"\s*(?:[A-Za-z0-9.,:/%-]{1,30}|.)[.,!?)\]”’…]*")
_NARROW = re.compile(r"[\x00-\u10ff]")
_HANGUL = re.compile(r"[가-힣]")
_NARROWEST = 20
_WIDE, _WIDEST = 36, 60
_BROAD = 50
_TAIL = 120
#: Lines that no chance makes full, all of them.
_MANY = 8
#: Lines that are folded for sure where a few more may be that one column does not explain.
_FOLDS = 8
#: … and where these stand in a letterhead.
_SOME = 4
#: Widths that are tried as the column; the commonest of the text.
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Lines:
    """A line, or several that were one.

    Attributes
    ----------
    seams
        Offsets of the line breaks inside, at which a word may go on.
    """

    start: int
    end: int
    seams: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # composed, white space cut off its end
    gap: bool  # a blank line, or nothing, stands before it

    @property
    def is_open(self) -> bool:
        return not _CLOSED.search(self.text[-20:])


def lines(text: str, start: int, end: int, *, folded: bool = False) -> Iterator[Lines]:
    """All lines that are not blank; those of a text that was folded at a column are paragraphs.

    Parameters
    ----------
    folded
        Whether the reader has put the lines of a paragraph together: a break in one may be in a word.
    """
    found = list(_lines(text, start, end))
    if not found:
        return
    if folded:
        joins = {i for i, line in enumerate(found) if not line.gap and line.text[0] != "|"}
        broken = joins
    else:
        joins, broken = _joins(found)
    first = 0
    seams: list[int] = []
    for i in range(1, len(found) + 1):
        if i in joins:
            at = found[i - 1].end
            if i in broken and not found[i].text[0].isspace() and not text[at - 1].isspace():
                seams.append(at)
        else:
            yield Lines(found[first].start, found[i - 1].end, tuple(seams))
            first, seams = i, []


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    last = start
    for match in _LINE.finditer(text, start, end):
        shown = unicodedata.normalize("NFC", match[0]).rstrip()
        if not shown:
            continue
        breaks = len(_BREAK.findall(text, last, match.start()))
        yield _Line(match.start(), match.end(), shown, last == start or breaks != 1)
        last = match.end()


def _joins(found: Sequence[_Line]) -> tuple[set[int], set[int]]:
    """Positions of the lines that go on with the one before, and which of these may go on in a word."""
    pairs = [
        i
        for i, (before, line) in enumerate(pairwise(found), 1)
        if not line.gap and not _MARKED.match(line.text) and "\t" not in line.text + before.text
    ]
    # 가. and 나. say that 다. is a mark too, and no end of a word.
    if any(_LISTED.match(line.text) for line in found):
        pairs = [i for i in pairs if not _LETTERED.match(found[i].text)]
    if not pairs:
        return set(), set()
    # 밝혔 | 다. says enough by itself.
    sure = {i for i in pairs if found[i - 1].is_open and _broken(found, i) and _ENDING.match(found[i].text)}
    begun = _begun(found, pairs)
    if sum(found[i - 1].is_open for i in pairs) < 2:
        return sure | begun, sure  # too few for a column to explain
    folded = _best(found, pairs, sure, _syllable, _is_folded)
    wrapped = _best(found, pairs, sure, _word, _is_wrapped)
    # Words explain every line that syllables do; where they explain more, lines were broken between words.
    if folded and (sure & folded or _opened(found, wrapped) < _opened(found, folded) + 2):
        folded |= _rest(found, pairs, folded) | sure
        return folded | begun, folded
    return _closed(found, wrapped | _rest(found, pairs, wrapped)) | sure | begun, sure


def _begun(found: Sequence[_Line], pairs: Sequence[int]) -> set[int]:
    """Lines that go on with a sentence begun above, and those of their paragraphs below a full line."""
    begun: set[int] = set()
    paragraph: list[int] = []
    for i, below in zip(pairs, (*pairs[1:], 0), strict=True):
        paragraph.append(i)
        if below == i + 1:
            continue
        if any(j > 1 and _goes_on(found[j - 1].text, found[j].text) for j in paragraph):
            widest = max(_columns(found[j - 1].text) for j in paragraph)
            begun.update(
                j
                for j in paragraph
                if found[j - 1].is_open and 5 * _columns(found[j - 1].text) >= 4 * widest and j > 1
            )
        paragraph = []
    return begun


def _goes_on(line: str, below: str) -> bool:
    """Whether a line holds a sentence and the beginning of the next, which ends below: no heading does."""
    return (
        _columns(line) >= _BROAD
        and _BEGUN.search(line, max(0, len(line) - _TAIL)) is not None
        and (_CLOSED.search(below[-20:]) is not None or _INNER.search(below) is not None)
    )


def _best(
    found: Sequence[_Line],
    pairs: Sequence[int],
    sure: set[int],
    unit: Callable[[str], str],
    enough: Callable[[Sequence[_Line], Sequence[int], Sequence[int], set[int]], bool],
) -> set[int]:
    """Lines after one that is full, by the measure that explains the most; none where that isn't enough."""
    best: set[int] = set()
    for measure in (_columns, len, _octets):
        full = _full(found, pairs, measure, unit)
        opened = [i for i in full if found[i - 1].is_open]
        if len(opened) > _opened(found, best) and enough(found, pairs, opened, sure):
            best = full
    return best


def _opened(found: Sequence[_Line], joins: set[int]) -> int:
    return sum(found[i - 1].is_open for i in joins)


def _rest(found: Sequence[_Line], pairs: Sequence[int], joins: set[int]) -> set[int]:
    """In a text folded throughout, also the lines after an open one that is nearly as full as the others."""
    opened = [i for i in pairs if found[i - 1].is_open]
    known = joins & set(opened)
    if len(known) < _FOLDS or 4 * len(known) < 3 * len(opened):
        return set()
    widest = max(_columns(found[i - 1].text) for i in known)
    return {i for i in opened if 4 * _columns(found[i - 1].text) >= 3 * widest}


def _is_folded(found: Sequence[_Line], pairs: Sequence[int], opened: Sequence[int], sure: set[int]) -> bool:
    """Whether the lines that are full and end in the middle of a sentence are too many for chance."""
    all_open = sum(found[i - 1].is_open for i in pairs)
    if len(opened) < 2 or 10 * len(opened) < 7 * all_open:
        return False
    if sure & set(opened) or (len(opened) >= 6 and 10 * len(opened) >= 9 * all_open):
        return True
    inside = sum(
        _broken(found, i) and bool(not _WORD_END.search(found[i - 1].text) or _PARTICLE.match(found[i].text))
        for i in opened
    )
    return len(opened) >= 4 and 20 * inside >= 7 * len(opened)


def _is_wrapped(found: Sequence[_Line], pairs: Sequence[int], opened: Sequence[int], _: set[int]) -> bool:
    """Whether lines broken between words are so full that a column explains nearly all of them."""
    all_open = sum(found[i - 1].is_open for i in pairs)
    if len(opened) >= _SOME:
        # Beside many folded lines a short one is a heading or an item, beside some two in a row a letterhead.
        widest = max(_columns(found[i - 1].text) for i in opened)
        few = len(opened) < _FOLDS
        all_open = sum(
            found[i - 1].is_open
            and 2 * max(_columns(found[i - 1].text), few * _columns(found[i].text)) >= widest
            for i in pairs
        )
    wide = sum(_columns(found[i - 1].text) >= (_WIDE if len(opened) >= 4 else _WIDEST) for i in opened)
    words = sum(bool(_WORD_END.search(found[i - 1].text)) for i in opened)
    return (
        len(opened) >= 2
        and 10 * len(opened) >= 9 * all_open
        and 2 * wide > len(opened)
        and (2 * words >= len(opened) or (len(opened) >= _MANY and len(opened) == all_open))
    )


def _closed(found: Sequence[_Line], joins: set[int]) -> set[int]:
    """Without the runs of lines that neither end as a sentence does nor hold sentences that end."""
    kept: set[int] = set()
    run: list[int] = []
    for i in range(1, len(found) + 1):
        if i in joins:
            run.append(i)
        else:
            if run and (
                not found[i - 1].is_open
                or 3 * sum(bool(_INNER.search(found[j - 1].text)) for j in run) >= max(6, len(run))
            ):
                kept.update(run)
            run = []
    return kept


def _broken(found: Sequence[_Line], i: int) -> bool:
    return bool(_HANGUL.match(found[i - 1].text[-1]) and _HANGUL.match(found[i].text))


def _full(
    found: Sequence[_Line], pairs: Sequence[int], measure: Callable[[str], int], unit: Callable[[str], str]
) -> set[int]:
    """Lines after one that the column of the text has filled, so far as one column explains most of them."""
    widths = {i: measure(found[i - 1].text) for i in pairs}
    units = {i: measure(unit(found[i].text)) for i in pairs}
    below = {i: measure(found[i].text) for i in pairs}
    commonest = sorted(Counter(widths.values()).items(), key=lambda pair: (-pair[1], -pair[0]))[:_COLUMNS]
    best: set[int] = set()
    for column in sorted({width for width, _ in commonest} | {max(widths.values())}, reverse=True):
        if column < _NARROWEST:
            continue
        # A space that fell on the column is not there any more; and nothing stands far beyond it.
        full = {
            i
            for i in pairs
            if column - units[i] - 1 <= widths[i] <= column
            and (4 * below[i] <= 5 * column or " " not in found[i].text)
        }
        if len(full) > len(best):
            best = full
    return best


def _syllable(text: str) -> str:
    """What can't be broken at the start of a line: a syllable, a word of Latin letters, a number."""
    match = _UNIT.match(text)
    return match[0] if match else ""


def _word(text: str) -> str:
    return text.split(maxsplit=1)[0]


@lru_cache(maxsize=256)  # each line of a text is measured some times
def _columns(text: str) -> int:
    return 2 * len(text) - len(_NARROW.findall(text))


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
