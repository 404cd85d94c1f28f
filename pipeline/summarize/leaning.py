"""Which sentences can't stand alone, and on which ones they lean.

An extract dangles when it takes a sentence whose pronoun, connective or subject stands in one that it left
out; Paice (1981) calls it the exophora of automatic abstracts. The rules look at the morphemes of a sentence
outside its quotations; the words come from ``configs/leaning.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
_DAY = re.compile(r"(?<!\d)\d{1,2}일")
#: A noun that so many sentences name is what the article is about: any of them introduces it.
_TOPICAL = 3

#: What a sentence needs: one of these positions, the nearest first. Empty: there is none to be had.
Need = tuple[int, ...]


def antecedents(
    units: Sequence[Unit], before: Sequence[Kind | None], words: LeaningWords, title: Sequence[Token] = ()
) -> tuple[tuple[Need, ...], ...]:
    """Find what each sentence leans on.

    Parameters
    ----------
    units
        Body sentences and items, in document order.
    before
        Kind of the unit right before each of them in the article, boilerplate left out; None at its start.
    title
        Morphemes of the title.

    Returns
    -------
    tuple of tuple of Need
        For each unit what it needs directly: of each need one position, all of them before the unit.
    """
    names = [frozenset(t.form for t in unit.tokens if t.tag.startswith(_NAMES)) for unit in units]
    spread = Counter(name for own in names for name in own)
    topics = {name for name, count in spread.items() if count >= _TOPICAL} | {token.form for token in title}
    article = _Article(units, before, names, frozenset(topics), words)
    return tuple(_needs(i, article) for i in range(len(units)))


def dangling(needs: Sequence[Sequence[Need]], chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those of which a need is not met by another chosen one."""
    taken = set(chosen)
    return tuple(i for i in sorted(taken) if any(taken.isdisjoint(need) for need in needs[i]))


@dataclass(frozen=True, slots=True)
class _Article:
    units: Sequence[Unit]
    before: Sequence[Kind | None]
    names: Sequence[frozenset[str]]
    topics: frozenset[str]
    words: LeaningWords


def _needs(i: int, article: _Article) -> tuple[Need, ...]:
    unit, words = article.units[i], article.words
    found: set[Need] = set()
    if unit.kind == "item" and (intro := _introduction(i, article.units, article.before)) is not None:
        found.add((intro,))
    outside = _outside_quotes(unit)
    named = _named_by_determiner(outside, article.names[i], words)
    if named is not None and named not in words.empty_nouns:
        found.add(_naming(i, named, article))
    elif (
        named is not None
        or opens_leaning(unit.text, words)
        or _ends_leaning(unit, outside, words)
        or _points_back(unit, outside, words)
        or _goes_on(unit.text)
        or (i > 0 and unit.kind == "body" and _lacks_subject(unit, outside, words))
    ):
        found.add(_just_before(i, article))
    if any(token.form in words.days for token in _first_clause(outside)):
        found.add(_dated(i, article))
    return tuple(sorted(found))


def _just_before(i: int, article: _Article) -> Need:
    """The sentence before, unless what stands before is a quotation by itself, which no summary takes."""
    return () if i == 0 or article.before[i] == "quote" else (i - 1,)


def _naming(i: int, name: str, article: _Article) -> Need:
    """The nearest sentence that names a thing; any such when it is what the article is about."""
    found = tuple(j for j in range(i - 1, -1, -1) if name in article.names[j])
    if not found:
        return _just_before(i, article)
    return found if name in article.topics else found[:1]


def _dated(i: int, article: _Article) -> Need:
    """The sentences that name the day that was named last; the one just before when none was."""
    days = [_DAY.findall(article.units[j].text) for j in range(i)]
    nearest = next((days[j][-1] for j in range(i - 1, -1, -1) if days[j]), None)
    if nearest is None:
        return _just_before(i, article)
    return tuple(j for j in range(i - 1, -1, -1) if nearest in days[j])


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


def _named_by_determiner(outside: Sequence[Token], names: frozenset[str], words: LeaningWords) -> str | None:
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
    if not any(token.tag == "EF" for token in outside[-3:]):
        return False
    if words.addresses and _endings(words.addresses).search(unit.text):
        return False
    subjects = [n for n in range(len(outside)) if _is_subject(outside, n, words)]
    if any(_is_topic(outside, n, words) or _names_itself(outside, n, words) for n in range(len(outside))):
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


def _names_itself(outside: Sequence[Token], n: int, words: LeaningWords) -> bool:
    """A headline's subject (오픈AI, 새 모델 공개했다), or the writer's own."""
    token, before = outside[n], outside[n - 1] if n else None
    if token.form in words.speakers and token.tag in ("NP", "NNG"):
        return True
    return token.tag == "SP" and n < 6 and before is not None and before.tag in ("NNP", "SL")
