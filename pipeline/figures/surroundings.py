"""What stands around the figures of a sentence, found once for all articles that have it word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.endings import PAST
from ..korean.expressions import of_words
from ..korean.saying import ANNOUNCED, TOLD
from ..korean.spelling import key_of
from ..korean.tags import NAMES
from ..korean.times import NOW
from ..records import Apart, CompareRules, Token
from .agreeing import bound_of
from .around import (
    Compiled,
    between,
    compiled,
    inside,
    keys_of,
    label_of,
    owner_of,
    role_of,
    serials,
    stems,
)

_PAST = re.compile(f"[{PAST}]")
#: Who tells it, told it; what is told need not be past: 1조원으로 잡고 있다고 했다.
_TELLING = re.compile(rf"고\s(?:{of_words((*TOLD, *ANNOUNCED, '했', '봤'))})")
_NOW = re.compile(of_words(NOW))
#: Where a clause ends.
_CLAUSE = re.compile(r"[,;]|(?<=[며고만데])\s")
#: Behind a figure that is told of each.
_PARTS = "씩"
#: Before 사업, and no name of a part: 제출된 사업 설명서.
_ADNOMINAL = re.compile("[된한는]$")
#: Where a sentence ends, in so many characters behind a figure, all of it tells what is planned.
_SHORT = 80


@dataclass(frozen=True, slots=True, eq=False)
class Nearby:
    """What stands around one of the figures; see `Claim` for the fields of the same name.

    Attributes
    ----------
    left, right
        Where the figures beside it end and begin; an old value stands with the new one.
    before, behind
        The text between.
    around
        The text before it, with the figure that stands there, and the clause behind it.
    owner
        Keys of a name right before it.
    planned, expected, foretold, past
        Whether words say so: around it, or, for what is foretold, behind it up to the end.
    """

    left: int
    right: int
    before: str
    behind: str
    around: str
    role: str
    owner: frozenset[str]
    near: frozenset[str]
    label: str
    serials: frozenset[str]
    each: str
    bound: str
    planned: bool
    expected: bool
    foretold: bool
    past: bool


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What stands around the figures of a sentence.

    Attributes
    ----------
    words, names
        Stems of the sentence, and the names among them.
    head
        Words of each group of `CompareRules.apart` that narrows, before the first figure.
    running
        Whether it tells what grows from day to day.
    """

    words: frozenset[str]
    names: frozenset[str]
    head: tuple[frozenset[str], ...]
    running: bool
    figures: tuple[Nearby, ...]


def surroundings(
    text: str,
    places: Sequence[tuple[int, int]],
    units: Sequence[str],
    tokens: Sequence[Token],
    rules: CompareRules,
) -> Surroundings:
    """Look at what stands around the figures of a sentence.

    Parameters
    ----------
    places, units
        Where each figure stands, and its unit.
    tokens
        The morphemes of the text.
    """
    cues = compiled(rules)
    roles = [role_of(text, n, places, cues) for n in range(len(places))]
    stemmed = stems(tokens, places, rules)
    head = text[: places[0][0]]
    commons = rules.figures.subjects["commons"]
    found = []
    for n, (start, end) in enumerate(places):
        # The old value and the new one stand together.
        first = n - 1 if n and roles[n - 1] == "old" and roles[n] == "" else n
        left = places[first - 1][1] if first else 0
        right = places[n + 1][0] if n + 1 < len(places) else len(text)
        before, behind, rest = text[left:start], text[end:right], text[end:]
        told = f"{before} # {behind}"
        found.append(
            Nearby(
                left=left,
                right=right,
                before=before,
                behind=behind,
                # 20대 may be told as a count, and is whose figure the next one is.
                around=text[places[first - 1][0] if first else 0 : start]
                + _CLAUSE.split(behind, maxsplit=1)[0],
                role=roles[n],
                owner=keys_of(owner_of(tokens, text, start), rules),
                near=between(stemmed, *_between(first, n, units, places, len(text))),
                label=label_of(tokens, text, start, rules),
                serials=frozenset(serials(text, tokens, left, right, places)),
                each=_each(before, behind, cues, rules)
                # 월 4만2천장에서 7만5천장으로
                or (_each(text[left : places[first][0]], "", cues, rules) if first < n else ""),
                bound=bound_of(behind),
                planned=cues.planned.search(rest if len(rest) < _SHORT else behind) is not None,
                expected=cues.expected.search(told) is not None,
                foretold=cues.expected.search(rest) is not None,
                past=_PAST.search(_TELLING.sub("", behind)) is not None or _NOW.search(before) is not None,
            )
        )
    return Surroundings(
        words=between(stemmed, 0, len(text)),
        names=frozenset(
            key
            for token in tokens
            if token.tag in NAMES and token.form not in commons
            for key in keys_of(token.form, rules)
            if len(key) > 1 and not inside(token.start, places)
        ),
        head=_told_apart(head, True, rules),
        running=cues.running.search(text) is not None,
        figures=tuple(found),
    )


def apart_in(said: str, head: tuple[frozenset[str], ...], rules: CompareRules) -> tuple[frozenset[str], ...]:
    """Words of each group of `CompareRules.apart` around a figure, else before all of its sentence."""
    own = _told_apart(said, False, rules)
    return tuple([here or before_all for here, before_all in zip(own, head, strict=True)])


@lru_cache(maxsize=1 << 14)
def _told_apart(said: str, narrowing: bool, rules: CompareRules) -> tuple[frozenset[str], ...]:
    """Words of each group that a text has, or of each group that narrows."""
    cues = compiled(rules)
    if not cues.any_apart.search(said):
        return (frozenset(),) * len(rules.apart)
    return tuple(
        [
            _words(pattern, one, said) if one.narrows or not narrowing else frozenset()
            for pattern, one in zip(cues.apart, rules.apart, strict=True)
        ]
    )


def _words(pattern: re.Pattern[str], rule: Apart, text: str) -> frozenset[str]:
    """Words of a rule that a text has, one for those that say one thing."""
    return frozenset([rule.also.get(word, word) for word in map(key_of, pattern.findall(text))])


@lru_cache(maxsize=1 << 14)
def parts_in(said: str, rules: CompareRules) -> frozenset[str]:
    """Names of parts of a whole that a text has."""
    return frozenset(
        key_of(match[1])
        for match in compiled(rules).part.finditer(said)
        if not (match[1][0].isdigit() or _ADNOMINAL.search(match[1]) or match[1] in rules.no_part)
    )


def _each(before: str, behind: str, cues: Compiled, rules: CompareRules) -> str:
    """How often or for what each a figure is; 15억 원씩 is one of several."""
    each = cues.each.search(before) or cues.average.search(before)
    return f"{rules.each[each[1]] if each else ''}{_PARTS if behind.startswith(_PARTS) else ''}"


def _between(
    first: int, n: int, units: Sequence[str], places: Sequence[tuple[int, int]], length: int
) -> tuple[int, int]:
    """Where the figures of one's unit beside it end and begin; an old value stands with the new one."""
    left = [m for m in range(first) if units[m] == units[n]]
    right = [m for m in range(n + 1, len(units)) if units[m] == units[n]]
    return places[left[-1]][1] if left else 0, places[right[0]][0] if right else length
