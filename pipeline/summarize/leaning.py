"""Which sentences can't stand alone, and on which ones they lean.

An extract dangles when it takes a sentence whose pronoun, connective or subject stands in one that it left
out; Paice (1981) calls it the exophora of automatic abstracts. The rules look at the morphemes of a sentence
outside its quotations; the words come from ``configs/leaning.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..records import Kind, LeaningWords, Token, Unit

_NOUNS = ("NNG", "NNP", "NNB", "NR", "SL", "SH", "SN", "XR", "W_SERIAL")
_NAMES = ("NNG", "NNP", "SL", "SH", "XR")
#: What may stand between a noun and its particle.
_AFTER_NOUN = (*_NOUNS, "XSN", "SW", "SSC", "ETN", "SB", "NP", "SF", "SO")
_TOPICS = frozenset(("은", "는", "ᆫ", "도", "란", "이란", "마저", "조차"))
_LEADING = re.compile(r"[\s\"“”'‘’`(\[<〈《「『…·\-–—>*#]*")
_BOUNDARY = r"(?=[\s,，.…]|$)"
_OPENS, _CLOSES = "“「『", "”」』"
#: An ending by which the writer or the reader is the subject: 보겠다, 보자, 하세요.
_ADDRESS = re.compile(r"(?:겠(?:다|습니다|죠|지요)|자|시다|세요|십시오|까요?|시죠|바랍니다|바란다|나요)[.!?”\"]*$")

#: Stands for an antecedent that no summary can take: a quotation block, or nothing at all.
NOWHERE = -1


def antecedents(
    units: Sequence[Unit], before: Sequence[Kind | None], words: LeaningWords
) -> tuple[tuple[int, ...], ...]:
    """Find what each sentence leans on.

    Parameters
    ----------
    units
        Body sentences and items, in document order.
    before
        Kind of the unit right before each of them in the article, boilerplate left out; None at its start.

    Returns
    -------
    tuple of tuple of int
        For each unit the positions that it needs directly, all of them before it. `NOWHERE` is among them
        when there is nothing to lean on.
    """
    names = [frozenset(t.form for t in unit.tokens if t.tag.startswith(_NAMES)) for unit in units]
    return tuple(_needs(i, units, before, names, words) for i in range(len(units)))


def closure(needs: Sequence[Sequence[int]], position: int) -> tuple[int, ...]:
    """All that `position` needs, directly or by what it needs, in document order; itself left out."""
    found: set[int] = set()
    open_ = list(needs[position])
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_.extend(needs[one] if one != NOWHERE else ())
    return tuple(sorted(found))


def _needs(
    i: int,
    units: Sequence[Unit],
    before: Sequence[Kind | None],
    names: Sequence[frozenset[str]],
    words: LeaningWords,
) -> tuple[int, ...]:
    unit = units[i]
    found: set[int] = set()
    if unit.kind == "item" and (intro := _introduction(i, units, before)) is not None:
        found.add(intro)
    outside = _outside_quotes(unit)
    named = _named_by_determiner(outside, names[i], words)
    if named is not None and named not in words.empty_nouns:
        found.add(_nearest(i, named, names))
    elif (
        named is not None
        or opens_leaning(unit.text, words)
        or _ends_leaning(unit, outside, words)
        or _points_back(unit, outside, words)
        or _goes_on(unit.text)
        or (i > 0 and unit.kind == "body" and _lacks_subject(unit, outside, words))
    ):
        # A quotation that stands by itself can't be taken, so what leans on it can't either.
        found.add(NOWHERE if i == 0 or before[i] == "quote" else i - 1)
    return tuple(sorted(found))


def _introduction(i: int, units: Sequence[Unit], before: Sequence[Kind | None]) -> int | None:
    """The body sentence right above a run of bullets; None when a heading, or nothing, stands there."""
    first = i
    while first > 0 and before[first] == "item" and units[first - 1].kind == "item":
        first -= 1
    return first - 1 if first > 0 and before[first] == "body" else None


@lru_cache(maxsize=8)
def _openers(openers: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(openers, key=lambda opener: (-len(opener), opener))
    return re.compile("(?:" + "|".join(ordered) + ")" + _BOUNDARY)


def opens_leaning(text: str, words: LeaningWords) -> bool:
    """Whether a text opens with a connective or another word out of `words.openers`."""
    start = _LEADING.match(text)
    return bool(words.openers and _openers(words.openers).match(text, start.end() if start else 0))


@lru_cache(maxsize=8)
def _endings(endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(endings) + r")[\s.!?…”\"'’)\]]*$")


def _ends_leaning(unit: Unit, outside: Sequence[Token], words: LeaningWords) -> bool:
    """Whether a sentence closes as an explanation of the one before it."""
    if words.afterthoughts and _endings(words.afterthoughts).search(unit.text):
        return True
    if not (words.endings and _endings(words.endings).search(unit.text)):
        return False
    return not any(_is_topic(outside, n, words) for n in range(len(outside)))


def _outside_quotes(unit: Unit) -> list[Token]:
    """Tokens of the first sentence level: what is quoted is somebody else's context."""
    depth, straight = 0, False
    found = []
    for token in unit.tokens:
        char = unit.text[token.start : token.start + 1]
        if char in _OPENS and char:
            depth += 1
        elif char in _CLOSES and char:
            depth = max(0, depth - 1)
        elif char == '"':
            straight = not straight
        elif depth == 0 and not straight:
            found.append(token)
    return found


def _first_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    end = next((n for n, token in enumerate(tokens) if token.tag in ("EC", "EF")), len(tokens))
    return tokens[:end]


def _named_by_determiner(
    outside: Sequence[Token], names: frozenset[str], words: LeaningWords
) -> str | None:
    """The noun of 이 드론, 이들 드론, 그런 서비스 in the first clause, unless the clause named it before."""
    clause = _first_clause(outside)
    seen: set[str] = set()
    for n, token in enumerate(clause):
        if token.tag in _NAMES:
            seen.add(token.form)
        points = token.tag == "MM" and token.form in words.determiners
        if token.tag == "NP" and token.form in ("이", "그") and _followed_by(clause, n, "XSN"):
            n, points = n + 1, True  # 이들 드론
        if not points:
            continue
        run = _noun_run(clause, n + 1)
        if not run or run[0].form in words.set_phrases:
            continue
        if run[0].form in words.empty_nouns:
            return run[0].form
        if run[-1].form not in seen:
            return run[-1].form
    return None


def _followed_by(tokens: Sequence[Token], n: int, tag: str) -> bool:
    return n + 2 < len(tokens) and tokens[n + 1].tag == tag and tokens[n + 2].tag.startswith(_NAMES)


def _noun_run(tokens: Sequence[Token], start: int) -> list[Token]:
    run: list[Token] = []
    for token in tokens[start:]:
        if not token.tag.startswith((*_NOUNS, "XSN")):
            break
        if token.tag != "XSN":
            run.append(token)
    return run


def _nearest(i: int, name: str, names: Sequence[frozenset[str]]) -> int:
    """The nearest sentence before `i` that has the noun; the one just before `i` when none has."""
    return next((j for j in range(i - 1, -1, -1) if name in names[j]), i - 1 if i else NOWHERE)


def _points_back(unit: Unit, outside: Sequence[Token], words: LeaningWords) -> bool:
    """Whether a pronoun stands in the first clause, or first of all inside a quotation."""
    clause = _first_clause(outside)
    candidates = [n for n, token in enumerate(clause) if token.tag == "NP" and token.form in words.pronouns]
    if any(not _named_before(clause, n) for n in candidates):
        return True
    first = next((token for token in unit.tokens if not token.tag.startswith("S")), None)
    return first is not None and first.tag == "NP" and first.form in words.pronouns


def _named_before(clause: Sequence[Token], n: int) -> bool:
    """Whether a person's or thing's name stands before a pronoun of the same clause: 김 대표는 그의 …."""
    possessive = n + 1 < len(clause) and clause[n + 1].tag == "JKG"
    return possessive and any(token.tag in ("JKS", "JX") for token in clause[:n])


def _goes_on(text: str) -> bool:
    """Whether a quotation that began before ends here."""
    opened, closed = (text.find(char) for char in "“”")
    return closed >= 0 and (opened < 0 or closed < opened)


def _lacks_subject(unit: Unit, outside: Sequence[Token], words: LeaningWords) -> bool:
    """Whether a full sentence has no subject: the one of the sentence before goes on.

    A subject inside a clause counts, for whether it is the main one can't be told without a parse; but not
    where the predicate is a noun and the clause modifies it (주민 83명이 사는 마을이다).
    """
    if not any(token.tag == "EF" for token in outside[-3:]) or _ADDRESS.search(unit.text.rstrip()):
        return False
    subjects = [n for n in range(len(outside)) if _is_subject(outside, n, words)]
    if any(_is_topic(outside, n, words) or _names_itself(outside, n) for n in range(len(outside))):
        return False
    if not subjects:
        return True
    predicate = _nominal_predicate(outside)
    if predicate is None or outside[predicate].form in words.auxiliary_nouns:
        return False
    modifier = next((n for n in range(predicate, -1, -1) if outside[n].tag == "ETM"), -1)
    return modifier > subjects[-1]


def _nominal_predicate(outside: Sequence[Token]) -> int | None:
    """Where the noun of a predicate like 마을이다 stands."""
    for n in range(len(outside) - 1, 0, -1):
        if outside[n].tag == "VCP":
            after = next((token.tag for token in outside[n + 1 :] if token.tag != "EP"), None)
            return n - 1 if after == "EF" else None
    return None


def _is_subject(outside: Sequence[Token], n: int, words: LeaningWords) -> bool:
    before = outside[n - 1] if n else None
    return outside[n].tag == "JKS" and not (
        before is not None and before.tag == "NNB" and before.form in words.predicate_nouns
    )


def _is_topic(outside: Sequence[Token], n: int, words: LeaningWords) -> bool:
    token, before = outside[n], outside[n - 1] if n else None
    # Kiwi reads the particle of 30%는 as a form of 늘다.
    if token.form == "늘" and before is not None and before.tag == "SW" and before.end == token.start:
        return True
    if token.form in ("란", "이란") or _is_place(outside, n):
        return True
    alone = token.form == "만" and before is not None and before.tag in ("NNP", "NNG", "NP")
    if token.tag != "JX" or not (token.form in _TOPICS or alone):
        return False
    if n + 1 < len(outside) and outside[n + 1].tag.startswith("JK") and outside[n + 1].start == token.end:
        return False  # 서비스만으로
    if before is None or before.end < token.start:
        return True  # after a quotation
    if not before.tag.startswith(_AFTER_NOUN) or before.form in words.frames:
        return False
    return not (before.tag == "NNB" and before.form in words.predicate_nouns)


def _is_place(outside: Sequence[Token], n: int) -> bool:
    """Whether 에서는 ends here: 업계에서는 may be who, 국내에서는 where, and either stands by itself."""
    return outside[n].tag == "JX" and n > 0 and outside[n - 1].form == "에서" and outside[n - 1].tag == "JKB"


def _names_itself(outside: Sequence[Token], n: int) -> bool:
    """A headline's subject (오픈AI, 새 모델 공개했다), or the writer's own."""
    token, before = outside[n], outside[n - 1] if n else None
    if token.tag == "NP" and token.form in ("나", "저", "우리", "필자", "제", "내"):
        return True
    return token.tag == "SP" and n < 6 and before is not None and before.tag in ("NNP", "SL")
