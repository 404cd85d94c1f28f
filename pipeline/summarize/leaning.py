"""Which sentences can't stand alone, and on which ones they lean.

An extract dangles when it takes a sentence whose pronoun, connective or subject stands in one that it left
out; Paice (1981) calls it the exophora of automatic abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..records import Kind, LeaningWords, Token, Unit
from . import clauses, mentions
from .mentions import Need
from .outside import outside_quotes
from .patterns import Patterns, compiled
from .subjects import lacks_owner, lacks_subject

#: Code points at the end of a sentence in which it says who speaks.
_TOLD = 24
_DAY = re.compile(r"(?<!\d)\d{1,2}일")


def antecedents(
    units: Sequence[Unit],
    before: Sequence[Kind | None],
    words: LeaningWords,
    title: Sequence[Token] = (),
    answering: Collection[int] = (),
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
    answering
        Units that a reader asked for: neither a connective (한편) nor a subject left out makes them lean.

    Returns
    -------
    tuple of tuple of Need
        For each unit what it needs directly: of each need one position, all of them before the unit.
    """
    article = _Article(units, before, words, title, answering, compiled(words), *clauses.half_quoted(units))
    return tuple(_needs(i, article) for i in range(len(units)))


def dangling(needs: Sequence[Sequence[Need]], chosen: Collection[int]) -> tuple[int, ...]:
    """Of the chosen positions those of which a need is not met by another chosen one."""
    taken = set(chosen)
    return tuple(i for i in sorted(taken) if any(taken.isdisjoint(need) for need in needs[i]))


@dataclass(frozen=True, slots=True)
class _Article:
    units: Sequence[Unit]
    before: Sequence[Kind | None]
    words: LeaningWords
    title: Sequence[Token]
    answering: Collection[int]
    patterns: Patterns
    halves: Sequence[bool]
    opened: Mapping[int, int]


def _needs(i: int, article: _Article) -> tuple[Need, ...]:
    unit, words, patterns = article.units[i], article.words, article.patterns
    found: set[Need] = set()
    if unit.kind == "item" and (intro := _introduction(i, article.units, article.before)) is not None:
        found.add((intro,))
    outside = outside_quotes(unit, words)
    named = clauses.named_by_determiner(outside, words)
    asked = i in article.answering
    if clauses.opens_leaning(unit.text, patterns) and not (asked and clauses.only_joins(unit.text, patterns)):
        found.add(_point_before(i, article))
    person = clauses.means_person(outside, words)
    if person:
        found.add(_person(i, article))
    if named is not None and named not in words.empty_nouns:
        found.add(_naming(i, named, article))
    elif (
        named is not None
        or clauses.ends_leaning(unit.text, outside, words, patterns)
        or (not person and clauses.points_back(unit, outside, words))
        or clauses.recaps(unit, outside, patterns)
        or lacks_owner(unit, outside, words, patterns)
        or clauses.goes_on(unit.text)
        or article.halves[i]
        or (clauses.only_quotes(unit.text) and not _told_after(i, article))
        or (i > 0 and unit.kind == "body" and not asked and lacks_subject(unit, outside, words, patterns))
    ):
        found.add(_just_before(i, article))
    if i in article.opened:
        found.add((article.opened[i],))
    clause = outside.tokens[: outside.first]
    if patterns.day.search(unit.text) and not words.days.isdisjoint([token.form for token in clause]):
        found.add(_dated(i, article))
    found.update(mentions.introductions(i, article.units, clause, words, patterns, article.title))
    return tuple(sorted(found))


def _told_after(i: int, article: _Article) -> bool:
    """Whether the next sentence says whose words a quotation is: … 부소장은 이같이 말했다."""
    after = article.units[i + 1].text if i + 1 < len(article.units) else ""
    return article.patterns.afterthought.search(after[-_TOLD:]) is not None


def _just_before(i: int, article: _Article) -> Need:
    """The sentence before, unless what stands before is a quotation by itself, which no summary takes."""
    return () if i == 0 or article.before[i] == "quote" else (i - 1,)


def _point_before(i: int, article: _Article) -> Need:
    """For a further point of a list (둘째, …) the nearest one; for all else the sentence before."""
    units, patterns = article.units, article.patterns
    if clauses.opens_point(units[i].text, patterns, further=True):
        points = (j for j in range(i - 1, -1, -1) if clauses.opens_point(units[j].text, patterns))
        nearest = next(points, None)
        if nearest is not None:
            return (nearest,)
    return _just_before(i, article)


def _naming(i: int, name: str, article: _Article) -> Need:
    """The sentences that name a thing; the one just before when none does, or it is only of a kind."""
    words = article.words
    found, about = mentions.naming(i, name, article.units, article.title)
    if name in words.class_nouns:
        about = any(token.form == name for token in article.title)
    if not found or (not about and name in words.kind_nouns | words.class_nouns):
        return _just_before(i, article)
    return found


def _person(i: int, article: _Article) -> Need:
    """The nearest sentence that speaks of a person, meant by 그는; the one just before when none does."""
    told = (j for j in range(i - 1, -1, -1) if mentions.speaks_of_person(article.units[j], article.words))
    nearest = next(told, None)
    return _just_before(i, article) if nearest is None else (nearest,)


def _dated(i: int, article: _Article) -> Need:
    """The sentences that name a day of the last one that names any; the one just before when none does."""
    days = [frozenset(_DAY.findall(unit.text)) for unit in article.units[:i]]
    nearest = next((own for own in reversed(days) if own), None)
    if nearest is None:
        return _just_before(i, article)
    return tuple(j for j in range(i - 1, -1, -1) if nearest & days[j])


def introducing(
    units: Sequence[Unit], before: Sequence[Kind | None], words: LeaningWords
) -> dict[int, list[int]]:
    """Lines that say nothing without the bullets below them (주요 내용은 다음과 같다), with these."""
    found: dict[int, list[int]] = {}
    for i, unit in enumerate(units):
        intro = _introduction(i, units, before) if unit.kind == "item" and before else None
        if intro is not None and compiled(words).lists.search(units[intro].text[-_TOLD:]):
            found.setdefault(intro, []).append(i)
    return found


def _introduction(i: int, units: Sequence[Unit], before: Sequence[Kind | None]) -> int | None:
    """The body sentence right above a run of bullets; None when a heading, or nothing, stands there."""
    first = i
    while first > 0 and before[first] == "item" and units[first - 1].kind == "item":
        first -= 1
    return first - 1 if first > 0 and before[first] == "body" else None
