"""The step: a document, read once for what its sentences lean on."""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Cohesion, Document, Lean, Unit
from .antecedents import introduction, named
from .article import Article
from .lexicon import Lexicon
from .outside import Outside
from .rules import Prepared, Rule, holding
from .subjects import has_subject

#: Kinds of units that may name whom a sentence without a subject speaks of.
_NAMING = frozenset(("body", "item", "heading", "title"))

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
    for i, at in enumerate(index):
        found: dict[Lean, None] = {}
        held = list(holding(i, article, prepared))
        again = {need for rule, seen in held if rule.find is named for need in named(i, article, seen)}
        for rule, seen in held:
            if rule.find is None:
                marks[at] |= {rule.id}
                if rule.antecedent in _LISTS:
                    lines[at] = rule
                continue
            for need in rule.find(i, article, seen):
                # What names the thing that it points at is understood from there.
                if not (rule.yields and again and need not in again):
                    found[Lean(rule.id, tuple(index[j] for j in need), rule.joins)] = None
        leans[at] = tuple(found)
    return Cohesion(
        leans=tuple(leans),
        antecedents=_antecedents(document, article),
        quoted=frozenset(index[i] for i in article.quotations.spoken),
        lists=_lists(document, article, lines, leans),
        marks=tuple(marks),
    )


def _lists(
    document: Document, article: Article, lines: Mapping[int, Rule], leans: list[tuple[Lean, ...]]
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
            if below:
                found[at] = below
            else:
                leans[at] += (Lean(rule.id, ()),)
    return {at: tuple(found[at]) for at in sorted(lines) if at in found}


def _antecedents(document: Document, article: Article) -> tuple[int | None, ...]:
    """For each unit without a subject the nearest before it that names one."""
    outside = {unit.index: own for unit, own in zip(article.units, article.outside, strict=True)}
    lacking = {article.units[i].index for i in article.subjectless}
    found: list[int | None] = [None] * len(document.units)
    nearest: int | None = None
    for unit in document.units if lacking else ():
        if unit.index in lacking:
            found[unit.index] = nearest
        elif unit.kind in _NAMING and _names_subject(unit, outside.get(unit.index), article.lexicon):
            nearest = unit.index
    return tuple(found)


def _names_subject(unit: Unit, outside: Outside | None, lexicon: Lexicon) -> bool:
    """Whether a unit names whom the next may speak of: by a subject, or as a heading by a name."""
    if outside is None:
        return any(token.tag in ("NNP", "SL") for token in unit.tokens)
    return has_subject(unit, outside, lexicon)
