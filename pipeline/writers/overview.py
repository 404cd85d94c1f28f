"""A batch at a glance as an HTML page: a map of its sentences, themes by outlet, keywords over issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ..records import OTHER, DigestSource, MapTheme, Overview, Spot
from .colours import PALETTE
from .templating import outlet, render
from .views import long_date, texts_of

#: Outlets with rows of their own; what the others tell is one row.
_OUTLETS = 30
#: The least width of a map, for a few sentences to be no balloons; room around the discs, above for labels.
_WIDTH, _AROUND, _ABOVE = 40.0, 1.0, 3.0
#: A mark for each colour of the palette, so that no theme is told by its colour alone; all of one area.
MARKS = (
    "M-.42 0a.42 .42 0 1 0 .84 0a.42 .42 0 1 0-.84 0z",
    "M-.37-.37h.74v.74h-.74z",
    "M0-.52L.5.34H-.5z",
    "M0-.53L.53 0 0 .53-.53 0z",
    "M0 .52L.5-.34H-.5z",
    "M-.16-.5h.32v.34h.34v.32h-.34v.34h-.32v-.34h-.34v-.32h.34z",
    "M-.42 0a.42 .42 0 1 0 .84 0a.42 .42 0 1 0-.84 0zm.2 0a.22 .22 0 1 1 .44 0a.22 .22 0 1 1-.44 0z",
)


def overview_html(overview: Overview, texts: Mapping[str, str]) -> str:
    """HTML page of a batch at a glance: no script, no outside request."""
    own = {key.removeprefix("overview."): text for key, text in texts.items() if key.startswith("overview.")}
    colour = {
        theme.id: len(PALETTE) - 1 if theme.id == OTHER else n % (len(PALETTE) - 1)
        for n, theme in enumerate(overview.themes)
    }
    labels = {theme.id: theme.label for theme in overview.themes}
    return render(
        "overview.html",
        {
            "t": {**texts_of(texts), **own},
            "themes": overview.themes,
            "labels": labels,
            "colour": colour,
            "marks": MARKS,
            "shown": len(overview.spots),
            "sentences": sum(theme.sentences for theme in overview.themes),
            "articles": len(overview.sources),
            "field": _field(overview.themes),
            "lists": _lists(overview),
            "source": {source.id: source for source in overview.sources},
            "outlets": _outlets(overview, texts),
            "columns": [
                {
                    "name": texts["digest.issue"].format(number=column.number)
                    if column.number is not None
                    else column.title or texts["overview.now"],
                    "date": column.date,
                    "long": long_date(column.date, texts),
                }
                for column in overview.columns
            ],
            "timeline": _timeline(overview),
        },
    )


def _field(themes: tuple[MapTheme, ...]) -> dict[str, Any]:
    """The part of the plane that is shown, and the labels on it, in hundredths of its width and height."""
    if not themes:
        return {}
    left = min(theme.x - theme.radius for theme in themes) - _AROUND
    right = max(theme.x + theme.radius for theme in themes) + _AROUND
    top = min(theme.y - theme.radius for theme in themes) - _ABOVE
    bottom = max(theme.y + theme.radius for theme in themes) + _AROUND
    if right - left < _WIDTH:
        left, right = (left + right - _WIDTH) / 2, (left + right + _WIDTH) / 2
    width, height = right - left, bottom - top
    return {
        "box": f"{left:.2f} {top:.2f} {width:.2f} {height:.2f}",
        "labels": [
            (
                theme,
                round(100 * (theme.x - left) / width, 1),
                round(100 * (theme.y - theme.radius - top) / height, 1),
            )
            for theme in themes
        ],
    }


def _lists(overview: Overview) -> dict[str, dict[str, Any]]:
    """By theme: its marks, its typical sentence, the sentences that may be shown; of others their number."""
    own: dict[str, list[Spot]] = {theme.id: [] for theme in overview.themes}
    for spot in overview.spots:
        own[spot.theme].append(spot)
    found = {}
    for theme in overview.themes:
        typical = overview.spots[theme.typical]
        closed = Counter(spot.article for spot in own[theme.id] if not spot.text)
        found[theme.id] = {
            "spots": own[theme.id],
            "typical": typical if typical.text else None,
            "open": [spot for spot in own[theme.id] if spot.text],
            "closed": list(closed.items()),
        }
    return found


def _outlets(overview: Overview, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Outlets by what they tell of each theme, those that tell most first."""
    name: Callable[[DigestSource], str] = lambda source: outlet(source, texts["digest.material"])  # noqa: E731
    of = {source.id: name(source) for source in overview.sources}
    counts: dict[str, Counter[str]] = {}
    for told in overview.told:
        counts.setdefault(of[told.article], Counter())[told.theme] += told.sentences
    articles = Counter(of.values())
    ranked = sorted(counts, key=lambda one: (-counts[one].total(), one))
    rest = ranked[_OUTLETS:]
    if rest:
        other = texts["overview.other-outlets"].format(count=len(rest))
        counts[other] = sum((counts[one] for one in rest), Counter())
        articles[other] = sum(articles[one] for one in rest)
        ranked = [*ranked[:_OUTLETS], other]
    return [
        {
            "name": one,
            "articles": articles[one],
            "total": counts[one].total(),
            "cells": [
                (theme.id, counts[one][theme.id], round(100 * counts[one][theme.id] / counts[one].total(), 1))
                for theme in overview.themes
            ],
        }
        for one in ranked
    ]


def _timeline(overview: Overview) -> list[dict[str, Any]]:
    """Rows of keywords; heights are shares of an issue's keywords, the largest of them 100."""
    shares = [
        [
            None if n is None else n / column.count
            for n, column in zip(row.counts, overview.columns, strict=True)
        ]
        for row in overview.timeline
    ]
    most = max((share for row in shares for share in row if share is not None), default=1.0)
    return [
        {
            "row": row,
            "cells": [
                (count, None if share is None else round(max(4.0, 100 * share / most), 1))
                for count, share in zip(row.counts, own, strict=True)
            ],
        }
        for row, own in zip(overview.timeline, shares, strict=True)
    ]
