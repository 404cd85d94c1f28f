"""The step: a document, read once for what its sentences lean on."""

from __future__ import annotations

from collections.abc import Mapping

from ..korean.tags import NAMES
from ..records import Cohesion, Document, Lean, Unit
from .antecedents import introduction, named
from .article import Article
from .rules import Prepared, Rule, holding
from .subjects import has_subject

#: Kinds of units that may name whom a sentence without a subject speaks of, besides sentences and items.
_HEADS = frozenset(("heading", "title"))

#: Antecedents of rules for lines that introduce a list: its bullets; these, or what leans on the line.
_LISTS = ("items", "below")


def read(document: Document, prepared: Prepared) -> Cohesion:
    """Find what each unit of a document leans on.

    Parameters
    ----------
    document
        Its units in order; the index of each is its position.
    """
    article = Article.of(document, prepared.lexicon)
    index = [unit.index for unit in article.units]
    leans: list[tuple[Lean, ...]] = [()] * len(document.units)
    marks: list[frozenset[str]] = [frozenset()] * len(document.units)
    lines: dict[int, Rule] = {}
    unnamed = {index[i] for i in article.subjectless}
    for i, (at, held) in enumerate(zip(index, holding(article, prepared), strict=True)):
        if not held:
            continue
        found: dict[Lean, None] = {}
        again = {need for rule, seen in held if rule.find is named for need in named(i, article, seen)}
        for rule, seen in held:
            if rule.find is None:
                marks[at] |= {rule.id}
                if rule.antecedent in _LISTS:
                    lines[at] = rule
                elif rule.antecedent == "name":
                    unnamed.add(at)
                continue
            for need in rule.find(i, article, seen):
                # What names the thing that it points at is understood from there.
                if not (rule.yields and again and need not in again):
                    found[Lean(rule.id, tuple(index[j] for j in need), rule.joins)] = None
        leans[at] = tuple(found)
    lists = _lists(article, lines, leans)
    return Cohesion(
        leans=tuple(leans),
        antecedents=_antecedents(document, article),
        unnamed=frozenset(unnamed),
        quoted=frozenset(index[i] for i in article.quotations.spoken),
        lists=lists,
        marks=tuple(marks),
    )


def _lists(
    article: Article, lines: Mapping[int, Rule], leans: list[tuple[Lean, ...]]
) -> dict[int, tuple[int, ...]]:
    """What stands below each line that introduces a list: its bullets, or else what leans on it.

    Where nothing does, a line that says nothing by itself gets a need that nothing meets.
    """
    found: dict[int, list[int]] = {}
    for i, unit in enumerate(article.units):
        if unit.kind == "item" and (need := introduction(i, article)):
            found.setdefault(article.units[need[0][0]].index, []).append(unit.index)
    for at, rule in lines.items():
        if at not in found and rule.antecedent == "below":
            below = [unit.index for unit in article.units if any(at in lean.on for lean in leans[unit.index])]
            found[at] = below
            if not below:
                leans[at] += (Lean(rule.id, ()),)
    return {at: tuple(found[at]) for at in sorted(lines) if at in found}


def _antecedents(document: Document, article: Article) -> tuple[int | None, ...]:
    """For each unit without a subject the nearest before it that names one."""
    place = {unit.index: i for i, unit in enumerate(article.units)}
    lacking = {article.units[i].index for i in article.subjectless}
    found: list[int | None] = [None] * len(document.units)
    for at in sorted(lacking):
        # What lacks a subject itself speaks of whom the one before speaks of.
        before = document.units[at - 1 :: -1] if at else ()
        near = next((u for u in before if u.index in lacking or _names_subject(u, place, article)), None)
        if near is not None:
            found[at] = found[near.index] if near.index in lacking else near.index
    return tuple(found)


def _names_subject(unit: Unit, place: Mapping[int, int], article: Article) -> bool:
    """Whether a unit names whom the next may speak of: by a subject, or as a heading by a name."""
    if unit.index in place:
        return has_subject(unit, article.outside[place[unit.index]], article.lexicon)
    return unit.kind in _HEADS and any(token.tag in NAMES for token in unit.tokens)
