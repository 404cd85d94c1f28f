"""Pieces of reports and digests that are put together out of what several steps found."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from .. import summarize, themes
from ..korean.names import BYLINE
from ..records import (
    OTHER,
    Cohesion,
    Genre,
    Keyword,
    LeftOut,
    Report,
    Sentence,
    ThemeSummary,
    Unit,
)
from ..settings import Settings


def sentences_of(
    units: Sequence[Unit],
    assigned: Sequence[themes.Assignment | None],
    salience: Mapping[int, float],
    needs: Mapping[int, tuple[int, ...]],
    cohesion: Cohesion,
) -> tuple[Sentence, ...]:
    """Units with what the steps have found of them, by index."""
    return tuple(
        [
            Sentence(
                index=unit.index,
                text=unit.text,
                start=unit.start,
                end=unit.end,
                kind=unit.kind,
                section=unit.section,
                theme=one.theme if one else None,
                second=one.second if one else None,
                scores=one.scores if one else {},
                salience=salience.get(unit.index, 0.0),
                needs=needs.get(unit.index, ()),
                speech=unit.index in cohesion.quoted,
                unnamed=unit.index in cohesion.unnamed,
            )
            for unit, one in zip(units, assigned, strict=True)
        ]
    )


def people(author: str | None) -> tuple[str, ...]:
    """Names of people in a by-line; an organisation may be what its own article is about."""
    return tuple(re.findall(rf"(?<![가-힣]){BYLINE}(?![가-힣])", author or ""))


def with_found(labels: dict[str, str], found: Sequence[themes.FoundTheme]) -> dict[str, str]:
    """Labels with those of found themes behind the configured ones, other last."""
    configured = {theme: label for theme, label in labels.items() if theme != OTHER}
    return {**configured, **{theme.id: theme.label for theme in found}, OTHER: labels[OTHER]}


def without(
    reports: Sequence[Report],
    out: Collection[str],
    genres: Sequence[Genre],
    group: Callable[[Sequence[Report]], Sequence[Sequence[int]]],
) -> tuple[tuple[Report, ...], tuple[LeftOut, ...]]:
    """Reports of articles, and what is left out as none.

    A picture with its line stays where it belongs to the story of an article; a list never does.
    """
    lists = {genre.id for genre in genres if genre.listing}
    gone = {n for n, report in enumerate(reports) if report.genre in out}
    told = [n for n, report in enumerate(reports) if n not in gone or report.genre not in lists]
    if not gone.isdisjoint(told):
        for members in group([reports[n] for n in told]):
            own = {told[member] for member in members}
            if not own <= gone:
                gone -= own
    left = (report for n, report in enumerate(reports) if n in gone)
    return (
        tuple(report for n, report in enumerate(reports) if n not in gone),
        tuple(LeftOut(one.id, one.title, one.source.path, one.genre or "") for one in left),
    )


def theme_summaries(
    s: Settings,
    labels: Mapping[str, str],
    theme_of: Sequence[str | None],
    ranked: summarize.Ranked,
    table: Sequence[Keyword],
) -> tuple[ThemeSummary, ...]:
    """What an article says about each theme, in the order of the labels; empty ones are left out.

    Parameters
    ----------
    theme_of
        By index of the unit.
    ranked
        The sentences that are told of, by their indices.
    """
    summaries = []
    for theme, label in labels.items():
        own = [i for i in ranked.order if theme_of[i] == theme]
        if own:
            terms = [keyword.term for keyword in table if keyword.theme == theme]
            summaries.append(
                ThemeSummary(
                    id=theme,
                    label=label,
                    share=round(len(own) / len(ranked.order), 4),
                    sentences=tuple(sorted(own)),
                    summary=summarize.of_theme(ranked, own, s.summary.per_theme),
                    keywords=tuple(terms[: s.keywords.per_theme]),
                )
            )
    return tuple(summaries)
