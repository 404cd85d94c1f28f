"""Pairs that an article makes itself: 트레이니움(Trainium), 과학기술정보통신부(과기정통부)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..korean.quotes import CLOSES, OPENS
from ..korean.spelling import is_short_for, key_of
from ..records import KeywordRules
from .chunks import Chunks
from .quotes import spells
from .reading import APART, Span
from .words import Word

_PARENTHESES = re.compile(rf"[{CLOSES}]?\s?\(([^()\[\]\0]{{1,40}})\)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&+./’'\- ]*")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9&/.]+s?")
_HANGUL_NAME = re.compile(r"[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+){0,3}")
_BETWEEN = re.compile(r"\s?[,·;]\s?")
_CAPITALS = re.compile(r"[A-Z]{2,8}")
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LONGEST = 4
_COMPOUND = 6
_NEAR = 30  # characters of a quoted name
_RARE = 7.0  # nats: an everyday word alone (결제) is not what parentheses explain


def pairs_in(
    text: str, part: Span, chunks: Chunks, counts: Mapping[str, int], rules: KeywordRules
) -> Iterator[tuple[str, str]]:
    """Pairs of forms for one thing, the one before the parentheses first.

    Parameters
    ----------
    part
        Where the article stands in the text.
    counts
        How often the article has each phrase, by key: where the name begins that the parentheses
        explain is seen from what comes back elsewhere.
    """
    if text.find("(", *part) < 0:
        return
    ends = {end: n for n, end in enumerate(chunks.ends, 1)}
    for match in _PARENTHESES.finditer(text, *part):
        last = ends.get(match.start())
        if last is None:
            continue
        first = chunks.bounds[bisect_left(chunks.bounds, last) - 1]
        near = slice(max(first, last - _LONGEST), last)
        words = chunks.words[near]
        for inside in _forms(match[1]):
            if key_of(inside) in rules.never or inside[:1].isdigit():
                continue
            opened = _opened(text, words, chunks.starts[near])
            if not opened and _quoted(text, match.start()):
                continue  # the name began before these words: ‘신뢰할 수 있는 수출자(TE)’
            form = _explained(words, opened, inside, counts, rules)
            if form and key_of(form) != key_of(inside):
                yield form, inside


def _forms(inside: str) -> list[str]:
    """What stands in parentheses; of two forms in them both, where they are one thing: SA·Stand Alone."""
    forms = [part.strip(f" {OPENS}{CLOSES}") for part in _BETWEEN.split(inside)]
    others = [form for form in forms if not _HANJA.fullmatch(form)]
    if len(others) == 2:
        short, long = sorted(others, key=len)
        capitals = "".join(word[:1] for word in re.split(r"[\s-]", long)).upper()
        if not (
            short.isupper() and short.isascii() and (capitals == short or is_short_for(long.upper(), short))
        ):
            return []
    return forms if len(others) <= 2 else []


def _explained(
    words: Sequence[Word],
    opened: Sequence[Word],
    inside: str,
    counts: Mapping[str, int],
    rules: KeywordRules,
) -> str:
    """Which of the words before the parentheses they explain; empty when they explain none."""
    if _LATIN.fullmatch(inside):
        return _joined(opened) if opened else _head(words, inside, counts, rules.kinds)
    if _HANJA.fullmatch(inside):
        return next(
            (_joined(words[i:]) for i in range(len(words)) if _has_syllables(words[i:], len(inside))), ""
        )
    if _HANGUL_NAME.fullmatch(inside):
        if _CAPITALS.fullmatch(words[-1].text) and _is_full_name(inside, words[-1].text, rules):
            return words[-1].text
        tails = (_joined(part[i:]) for part in [opened or words] for i in range(len(part)))
        return next((tail for tail in tails if _is_short_for(tail, inside)), "")
    return ""


def _has_syllables(words: Sequence[Word], n: int) -> bool:
    return sum(len(word.text) for word in words) == n


def _is_short_for(long: str, short: str) -> bool:
    return is_short_for(long.replace(" ", ""), short.replace(" ", ""))


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _opened(text: str, words: Sequence[Word], starts: Sequence[int]) -> Sequence[Word]:
    """The words from a quotation mark on, if one opens just before a word: ‘프로젝트 레이니어(…)’."""
    for i, start in enumerate(starts):
        if text[start - 1] in OPENS:
            return words[i:]
    return ()


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation as short as a name is open."""
    near = text[max(0, at - _NEAR) : at].rpartition(APART)[2]
    marks = [mark for mark in near if mark in "‘’“”"]
    straight = (near.count('"') % 2 == 1, near.count("'") % 2 == 1)
    return (bool(marks) and marks[-1] in "‘“") or any(straight)


def _is_full_name(inside: str, short: str, rules: KeywordRules) -> bool:
    """Whether parentheses tell what a short form stands for, HBM(고대역폭메모리), not who or where it is."""
    parts = inside.split()
    out = rules.roles | rules.places
    return spells(short, inside) and out.isdisjoint(parts) and parts[-1] not in rules.never | rules.not_last


def _head(words: Sequence[Word], inside: str, counts: Mapping[str, int], kinds: frozenset[str]) -> str:
    """Which of the words before the parentheses the Latin form stands for; empty when it may be more.

    The letters of a short form need not match Korean, but each stands for something: 사용자(VEU) is half of a
    name that began before.
    """
    tails = [_joined(words[i:]) for i in range(len(words))]
    for tail in tails:
        if inside.isupper() and "".join(w[:1] for w in tail.split()).upper() == inside:
            return tail
    last = words[-1]
    letters = sum(c.isupper() for c in inside) if " " not in inside else 0
    able = [
        tail
        for i, tail in enumerate(tails)
        if letters < 2 or (last.tag == "NNP" and inside.isupper()) or _is_enough(words[i:], letters)
    ]
    if last.key in kinds:
        longer = [tail for tail in tails[:-1] if tail in able]
        again = (tail for tail in longer if counts.get(key_of(tail), 0) >= 2)
        return next(again, longer[-1] if longer else "")
    alone = counts.get(key_of(tails[-1]), 0)
    telling = last.morphemes >= 2 or last.rarity >= _RARE
    for tail in able:  # longest first: what comes back as a whole
        times = counts.get(key_of(tail), 0)
        if times >= 2 and times * 2 >= alone and (tail != tails[-1] or telling):
            return tail
    if not able:
        return ""
    if _ACRONYM.fullmatch(inside):
        if last.morphemes >= 2 or len(last.text) >= 4 or letters <= 1:
            return able[-1]
        return tails[-min(letters, len(tails))]
    if inside[:1].isupper() and " " not in inside:
        return able[-1]
    return tails[-min(max(2, len(inside.split())), len(tails))]


def _is_enough(words: Sequence[Word], letters: int) -> bool:
    """Whether words have as many parts as a short form has letters, or three syllables for two of them."""
    long = len(words) == 1 and len(words[0].text) >= _COMPOUND  # 상각전영업이익(EBITDA)
    return long or sum(word.morphemes for word in words) >= letters or spells("A" * letters, _joined(words))


def count(chunks: Chunks) -> Counter[str]:
    """How often each phrase of one to four words occurs, by key."""
    keys = [word.key for word in chunks.words]
    longer = []
    for first, past in pairwise(chunks.bounds):
        if past - first > 1:
            sizes = range(2, min(_LONGEST, past - first) + 1)
            longer += ["".join(keys[i : i + n]) for n in sizes for i in range(first, past - n + 1)]
    return Counter(keys + longer)
