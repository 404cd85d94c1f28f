"""How good the sections of an issue are, beside what readers would quote under each theme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..records import CONTENT_KINDS, OTHER, DataError, Digest, DigestTheme, Report
from ..run import Pipeline
from .read_by import article_of, names_in, said_of, units_of
from .stories import repeated

#: Articles of a batch.
BATCH = 24
_NUMBER = re.compile(r"\d[\d,.]*\d")


@dataclass(frozen=True, slots=True)
class DigestQuality:
    """What holds of the issues of labelled batches.

    Attributes
    ----------
    batches, articles
        Issues that were made, and articles in them.
    lines
        Lines with a label; `belong` of them have the section's theme, by a reader.
    themed
        Those in sections of configured themes; `quoted` of them would be quoted there, by a reader.
    by_reader
        Share of `themed` that each reader would quote there.
    said
        Articles that say something on a theme, counted for each theme; `named` of them are in its section.
    sections
        Themes that an article of their batch says something on; `missing` have no section.
    shares
        The sum of the shares that is farthest from 1.
    twice
        Lines of an issue that repeat another one's words and numbers.
    wrong
        Article, theme of the section, what was wrong (``off``, ``unquoted``, ``unnamed``, ``twice``,
        ``missing``) and the text.
    """

    batches: int
    articles: int
    lines: int
    belong: int
    themed: int
    quoted: int
    by_reader: tuple[float, ...]
    said: int
    named: int
    sections: int
    missing: int
    shares: float
    twice: int
    wrong: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels of one article: its units by their offsets, and of each reader themes and lines by theme."""

    units: tuple[tuple[int, int, int], ...]
    themes: tuple[Mapping[int, tuple[str, ...]], ...]
    lines: tuple[Mapping[str, tuple[int, ...]], ...]
    event: str | None

    def unit(self, start: int, end: int) -> int | None:
        """The unit that a sentence has most of; None where it has none."""
        shared = [(min(b, end) - max(a, start), -i) for a, b, i in self.units if a < end and b > start]
        return -max(shared)[1] if shared else None

    def says(self, theme: str) -> bool:
        """Whether a reader would quote the article under a theme."""
        return any(own.get(theme) for own in self.lines)


def judge_digest(gold: Path, pipeline: Pipeline, size: int = BATCH) -> DigestQuality:
    """Make issues of labelled articles and compare.

    Parameters
    ----------
    gold
        A folder with ``articles/NAME.ENDING``, ``units/NAME.json`` (as `judge_units` takes it; ``doc`` may
        name an ``event``) and ``reader-…/NAME.json`` with ``themes`` (unit to theme or themes) and
        ``lines_by_theme`` (theme to units).
    size
        About so many articles make a batch; those on an event stay together.

    Raises
    ------
    DataError
        When there is no such folder, or an article can't be read.
    """
    labels = {name: _labels(gold, name) for name in names_in(gold)}
    if not labels:
        raise DataError(gold, "no units")
    tally: Counter[str] = Counter()
    by_reader: Counter[int] = Counter()
    wrong: list[tuple[str, str, str, str]] = []
    shares = 1.0
    parts = list(_batches(labels, size))
    for names in parts:
        reports = [_report(gold, name, pipeline) for name in names]
        of = {report.id: (name, report) for name, report in zip(names, reports, strict=True)}
        made = pipeline.digest(reports)
        for section in made.themes:
            _section(section, of, labels, tally, by_reader, wrong)
        _told(made, of, labels, tally, wrong)
        total = sum(section.share for section in made.themes)
        shares = max(shares, total, key=lambda one: abs(one - 1))
    readers = max((len(one.lines) for one in labels.values()), default=0)
    return DigestQuality(
        batches=len(parts),
        articles=len(labels),
        by_reader=tuple(by_reader[n] / max(1, tally["themed"]) for n in range(readers)),
        shares=round(shares, 6),
        wrong=tuple(wrong),
        **{name: tally[name] for name in _COUNTED},
    )


_COUNTED = ("lines", "belong", "themed", "quoted", "said", "named", "sections", "missing", "twice")


def _section(
    section: DigestTheme,
    of: Mapping[str, tuple[str, Report]],
    labels: Mapping[str, _Labels],
    tally: Counter[str],
    by_reader: Counter[int],
    wrong: list[tuple[str, str, str, str]],
) -> None:
    named = _configured(labels)
    for line in (line for one in section.stories for line in one.lines):
        name, report = of[line.article]
        sentence = report.sentences[line.sentence]
        own = labels[name]
        unit = own.unit(sentence.start, sentence.end)
        given = [themes[unit] for themes in own.themes if unit in themes] if unit is not None else []
        if not given:
            continue
        # What no configured theme takes stands in other, or in a theme that was found.
        themed = section.id in named
        belongs = any(section.id in g if themed else not named.issuperset(g) for g in given)
        tally["lines"] += 1
        tally["belong"] += belongs
        if not belongs:
            wrong.append((name, section.id, "off", line.text))
        if themed:
            quoted = [unit in lines.get(section.id, ()) for lines in own.lines]
            tally["themed"] += 1
            tally["quoted"] += any(quoted)
            by_reader.update(n for n, one in enumerate(quoted) if one)
            if not any(quoted):
                wrong.append((name, section.id, "unquoted", line.text))


def _told(
    made: Digest,
    of: Mapping[str, tuple[str, Report]],
    labels: Mapping[str, _Labels],
    tally: Counter[str],
    wrong: list[tuple[str, str, str, str]],
) -> None:
    """Who is named where, which sections are missing, and what is told twice."""
    sections = {section.id: section for section in made.themes}
    for theme in sorted(_configured(labels)):
        said = [id_ for id_, (name, _) in of.items() if labels[name].says(theme)]
        if not said:
            continue
        tally["sections"] += 1
        tally["missing"] += theme not in sections
        if theme not in sections:
            wrong.append(("", theme, "missing", ""))
        named = _named(sections[theme]) if theme in sections else set()
        tally["said"] += len(said)
        tally["named"] += len(named.intersection(said))
        wrong.extend(
            (of[one][0], theme, "unnamed", of[one][1].title or "") for one in said if one not in named
        )
    lines = [(line.article, line.sentence) for t in made.themes for one in t.stories for line in one.lines]
    pairs = repeated([report for _, report in of.values()], lines)
    # Two companies' results are told in the same words: their numbers are others.
    again = [(a, b) for a, b in pairs if not _unlike(set(_NUMBER.findall(a)), set(_NUMBER.findall(b)))]
    tally["twice"] += len(again)
    wrong.extend(("", "", "twice", f"{a} = {b}") for a, b in again)


def _unlike(ones: set[str], others: set[str]) -> bool:
    return bool(ones and others) and ones.isdisjoint(others)


def _configured(labels: Mapping[str, _Labels]) -> frozenset[str]:
    """Themes under which readers quote."""
    return frozenset(theme for one in labels.values() for own in one.lines for theme in own) - {OTHER}


def _named(section: DigestTheme) -> set[str]:
    found: set[str] = set()
    for one in section.stories:
        found.update(one.articles)
        for line in one.lines:
            found.update((line.article, *(place.article for place in line.also)))
    return found


def _batches(labels: Mapping[str, _Labels], size: int) -> Iterator[list[str]]:
    """Names in batches of much the same size, those of one event after each other, and events first."""
    ordered = sorted(labels, key=lambda name: (labels[name].event is None, labels[name].event or "", name))
    count = max(1, round(len(ordered) / size))
    for n in range(count):
        yield ordered[n * len(ordered) // count : (n + 1) * len(ordered) // count]


def _report(gold: Path, name: str, pipeline: Pipeline) -> Report:
    report = pipeline.report(article_of(gold, name))
    if not isinstance(report, Report):
        raise DataError(gold / name, report.reason)
    return report


def _labels(gold: Path, name: str) -> _Labels:
    held, read_by = units_of(gold, name), said_of(gold, name)
    units = [(u["start"], u["end"], u["i"]) for u in held["units"] if u["kind"] in CONTENT_KINDS]
    return _Labels(
        units=tuple(units),
        themes=tuple({int(n): _several(t) for n, t in one["themes"].items()} for one in read_by),
        lines=tuple({t: tuple(own) for t, own in one["lines_by_theme"].items()} for one in read_by),
        event=held.get("doc", {}).get("event"),
    )


def _several(themes: str | Sequence[str]) -> tuple[str, ...]:
    return (themes,) if isinstance(themes, str) else tuple(themes)
