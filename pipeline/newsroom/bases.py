"""What the choice made of an issue's articles, kept: the desk and a second run begin with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256

from ..digest import Basis, Happening
from ..records import DataError, Digest, DigestKeyword, DigestPlan, Disagreement, FigureTable, Report
from ..settings import Settings
from ..store.marks import mark_of_issues
from ..writers import dump
from ..writers.json import load_record
from . import articles
from .base import Base
from .issues import Material

#: Issues of which it is kept: those that somebody may still be at.
_KEPT = 3
#: A sentence: the place of its article among `_Stored.articles`, and its index.
_Place = tuple[int, int]


class Reports(Mapping[str, Report]):
    """Reports out of the tables, each read when it is asked for.

    Parameters
    ----------
    keys
        Of articles, by their ids.
    found
        Sentences of them under themes that were found in the issue: their themes by their indices.
    """

    def __init__(self, base: Base, keys: Mapping[str, int], found: Mapping[str, Mapping[int, str]]) -> None:
        self._base, self._keys, self._found = base, keys, found
        self._read: dict[str, Report] = {}

    def __getitem__(self, article: str) -> Report:
        """The report of an article."""
        if article not in self._read:
            made, themes = articles.report(self._base, self._keys[article]), self._found.get(article)
            if themes:
                sentences = (replace(s, theme=themes.get(s.index, s.theme)) for s in made.sentences)
                made = replace(made, sentences=tuple(sentences))
            self._read[article] = made
        return self._read[article]

    def __iter__(self) -> Iterator[str]:
        """Ids of articles."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """A `Basis` without its reports.

    Attributes
    ----------
    articles
        Ids, in the order of the reports.
    facts
        A sentence, those that state the same, and those that repeat it.
    """

    digest: Digest
    articles: tuple[str, ...]
    themes: dict[str, dict[int, str]]
    events: tuple[Happening, ...]
    facts: tuple[tuple[_Place, tuple[_Place, ...], tuple[_Place, ...]], ...]
    labels: dict[str, str]
    found: tuple[str, ...]
    counts: dict[str, int]
    plan: DigestPlan
    keywords: tuple[DigestKeyword, ...]
    theme_keywords: dict[str, tuple[DigestKeyword, ...]]
    rows: tuple[int, int]
    figures: tuple[FigureTable, ...]
    disagreements: tuple[Disagreement, ...]


def mark_of(material: Material, settings: Settings) -> str:
    """A mark of all that the choice depends on: articles, earlier issues, settings, program."""
    said = (material.date, material.number, material.articles, material.past, mark_of_issues(settings))
    return sha256(repr(said).encode("utf-8", "surrogateescape")).hexdigest()


def kept(base: Base, material: Material, mark: str) -> Basis | None:
    """The basis of an issue, if the one that is kept has this mark."""
    row = base.one("SELECT basis FROM bases WHERE issue = ? AND mark = ?", (material.date, mark))
    if row is None:
        return None
    keys = {one.id: one.key for one in material.articles}
    with suppress(DataError, KeyError):
        one = load_record(_Stored, articles.unpacked(row[0]))
        return _loaded(one, Reports(base, {id_: keys[id_] for id_ in one.articles}, one.themes))
    return None


def keep(base: Base, material: Material, mark: str, basis: Basis, before: Sequence[Report]) -> None:
    """Keep a basis, if its articles are those of the tables.

    Parameters
    ----------
    before
        Reports as the tables have them: of what was made of them only the themes of sentences are kept.
    """
    of = {report.id: report for report in before}
    if not basis.reports.keys() <= of.keys():
        return
    data = articles.packed(dump(_stored(basis, of)))
    with base.change():
        base.run("INSERT OR REPLACE INTO bases VALUES (?,?,?)", (material.date, mark, data))
        base.run(
            "DELETE FROM bases WHERE issue NOT IN (SELECT issue FROM bases ORDER BY issue DESC LIMIT ?)"
            " AND issue <> ?",
            (_KEPT, material.date),
        )


def _stored(basis: Basis, before: Mapping[str, Report]) -> _Stored:
    place = {article: n for n, article in enumerate(basis.reports)}
    themes = {
        article: changed
        for article, report in basis.reports.items()
        if (
            changed := {
                s.index: s.theme
                for s, old in zip(report.sentences, before[article].sentences, strict=True)
                if s.theme is not None and s.theme != old.theme
            }
        )
    }

    def places(side: Collection[tuple[str, int]]) -> tuple[_Place, ...]:
        return tuple(sorted((place[article], index) for article, index in side))

    return _Stored(
        digest=basis.digest,
        articles=tuple(basis.reports),
        themes=themes,
        events=tuple(dict.fromkeys(basis.events.values())),
        facts=tuple(
            ((place[article], index), places(same), places(repeats))
            for (article, index), (same, repeats) in basis.facts.items()
        ),
        labels=dict(basis.labels),
        found=tuple(sorted(basis.found)),
        counts=dict(basis.counts),
        plan=basis.plan,
        keywords=basis.keywords,
        theme_keywords=dict(basis.theme_keywords),
        rows=basis.rows,
        figures=basis.figures,
        disagreements=basis.disagreements,
    )


def _loaded(one: _Stored, reports: Reports) -> Basis:
    def places(side: Sequence[_Place]) -> set[tuple[str, int]]:
        return {(one.articles[n], index) for n, index in side}

    return Basis(
        digest=one.digest,
        reports=reports,
        events={article: event for event in one.events for article in event.articles},
        facts={
            (one.articles[n], index): (places(same), places(repeats))
            for (n, index), same, repeats in one.facts
        },
        labels=one.labels,
        found=frozenset(one.found),
        counts=Counter(one.counts),
        plan=one.plan,
        keywords=one.keywords,
        theme_keywords=one.theme_keywords,
        rows=one.rows,
        figures=one.figures,
        disagreements=one.disagreements,
    )
