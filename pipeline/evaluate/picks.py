"""Articles of which readers said which sentences they would print: `editor-picks`.

A folder as `read_by` tells of. A reader's file names, by the numbers of the units, the
``picks`` (what to print), the ``next`` best, and what is ``dangling``: not understood by itself. The
program's own sentences are told by what they have in common with those stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..readers import read
from ..records import Article, Draft, GoldError, Unit
from ..run import Pipeline, ranked
from ..salience import METHODS
from ..summarize import Ranked, choose
from .read_by import ARTICLES, is_read_by_several, said_of, units_of
from .summaries import Interval, as_lists, bootstrap

#: The method that the others are compared with.
BASELINE = "centroid"
MEASURES = ("picks", "within", "dangling")

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader said of an article, as numbers of its stretches."""

    picks: frozenset[int]
    next: frozenset[int]
    dangling: frozenset[int]


@dataclass(frozen=True, slots=True)
class Picks:
    """An article with what its readers said.

    Attributes
    ----------
    spans
        Offsets of its stretches by number.
    event
        Articles of one event have it in common; else its own name.
    """

    name: str
    event: str
    article: Article
    spans: Mapping[int, tuple[int, int]]
    readers: tuple[Reader, ...]

    def numbers(self, unit: Unit) -> frozenset[int]:
        """Stretches of which a unit has more than half."""
        return frozenset(
            number
            for number, (start, end) in self.spans.items()
            if 2 * (min(end, unit.end) - max(start, unit.start)) > end - start
        )


@dataclass(frozen=True, slots=True)
class PicksCase:
    """An article ready to be summarized, and what its readers said of its n units.

    Attributes
    ----------
    picked, near, dangling
        Whether each reader would print each unit, holds it for the next best, finds it not understood by
        itself; shape (readers, n).
    """

    name: str
    event: str
    draft: Draft
    picked: Marks
    near: Marks
    dangling: Marks


def is_picks(path: Path) -> bool:
    """Whether a folder is laid out so."""
    return is_read_by_several(path)


def read_picks(path: Path) -> list[Picks]:
    """All articles of a folder, by name.

    Raises
    ------
    GoldError
        When a file is missing, or is not as its layout.
    """
    found = []
    for article in read(sorted(file for file in (path / ARTICLES).iterdir() if file.is_file())):
        if not isinstance(article, Article):
            raise GoldError(article.source, "no-article", article.reason)
        name = Path(article.source.path).stem
        units = units_of(path, name)
        said = said_of(path, name, by_all=True)
        try:
            found.append(
                Picks(
                    name=name,
                    event=units["doc"].get("event") or name,
                    article=article,
                    spans={one["i"]: (one["start"], one["end"]) for one in units["units"]},
                    readers=tuple(
                        Reader(*(frozenset(map(int, one[key])) for key in ("picks", "next", "dangling")))
                        for one in said
                    ),
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GoldError(name, "not-as-its-layout", f"{type(error).__name__}: {error}") from error
    if not found:
        raise GoldError(path, "no-gold-summaries")
    return found


def picks_cases(pipeline: Pipeline, picks: Sequence[Picks]) -> list[PicksCase]:
    """Analyse the articles, and find their units among what the readers numbered."""
    cases = []
    for one, document in zip(picks, pipeline.documents([one.article for one in picks]), strict=True):
        draft = pipeline.draft(document)
        own = [one.numbers(unit) for unit in draft.units]

        def marks(
            test: Callable[[Reader, frozenset[int]], bool], own: list[frozenset[int]] = own, one: Picks = one
        ) -> Marks:
            return np.array([[test(reader, some) for some in own] for reader in one.readers], dtype=bool)

        cases.append(
            PicksCase(
                name=one.name,
                event=one.event,
                draft=draft,
                picked=marks(lambda reader, some: not some.isdisjoint(reader.picks)),
                near=marks(
                    lambda reader, some: some.isdisjoint(reader.picks) and not some.isdisjoint(reader.next)
                ),
                dangling=marks(lambda reader, some: bool(some) and some <= reader.dangling),
            )
        )
    return cases


def measured(case: PicksCase, chosen: Collection[int]) -> dict[str, float]:
    """Shares of the chosen positions, means over readers, by `MEASURES`.

    ``picks`` is precision@k; ``within`` counts the next best too; ``dangling`` what is not understood by
    itself.
    """
    own = sorted(chosen)
    if not own:
        return dict.fromkeys(MEASURES, 0.0)
    return {
        "picks": float(case.picked[:, own].mean()),
        "within": float((case.picked | case.near)[:, own].mean()),
        "dangling": float(case.dangling[:, own].mean()),
    }


def wanted(case: PicksCase) -> int:
    """How many sentences a reader picked."""
    return round(float(case.picked.sum(axis=1).mean()))


def of_ranked(case: PicksCase, ranking: Ranked) -> dict[str, float]:
    """What a ranking gives, cut where a reader stopped."""
    lengths = [len(unit.text) for unit in case.draft.units]
    return measured(case, choose(ranking, lengths, wanted(case), "sentences"))


def agreement(case: PicksCase) -> dict[str, float]:
    """What a reader's picks give when the others judge them; a mean over pairs of readers, both ways."""
    pairs = [*combinations(range(len(case.picked)), 2)]
    found: dict[str, list[float]] = {name: [] for name in MEASURES}
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        own = case.picked[one]
        found["picks"].append(float(case.picked[other][own].mean()))
        found["within"].append(float((case.picked | case.near)[other][own].mean()))
        found["dangling"].append(float(case.dangling[other][own].mean()))
    return {name: fmean(some) if some else 1.0 for name, some in found.items()}


@dataclass(frozen=True, slots=True)
class PicksQuality:
    """How a method did, or the readers among themselves, by `MEASURES`.

    Attributes
    ----------
    against_baseline
        The paired differences from `BASELINE`; empty for that itself and for the readers.
    """

    method: str
    scores: dict[str, Interval]
    against_baseline: dict[str, Interval]


def evaluate_picks(cases: Sequence[PicksCase], methods: Sequence[str] = tuple(METHODS)) -> list[PicksQuality]:
    """Measure methods, `BASELINE` among them whether asked for or not, and the readers by each other."""
    names = list(dict.fromkeys([BASELINE, *methods]))
    return compared(
        {name: [of_ranked(case, ranked(case.draft, name)) for case in cases] for name in names},
        [agreement(case) for case in cases],
    )


def compared(
    values: Mapping[str, Sequence[Mapping[str, float]]], readers: Sequence[Mapping[str, float]]
) -> list[PicksQuality]:
    """Qualities of methods out of what each gave on each article; `BASELINE` is one of them."""

    def interval(some: Sequence[float]) -> Interval:
        return bootstrap(some)

    base = values[BASELINE]
    found = [
        PicksQuality(
            name,
            {m: interval([one[m] for one in own]) for m in MEASURES},
            {m: interval([one[m] - other[m] for one, other in zip(own, base, strict=True)]) for m in MEASURES}
            if name != BASELINE
            else {},
        )
        for name, own in values.items()
    ]
    return [*found, PicksQuality("readers", {m: interval([one[m] for one in readers]) for m in MEASURES}, {})]


def picks_as_json(qualities: Sequence[PicksQuality], articles: int) -> dict[str, Any]:
    """Qualities as JSON values."""
    return {
        "articles": articles,
        "baseline": BASELINE,
        "methods": {
            one.method: {
                "scores": as_lists(one.scores),
                "against_baseline": as_lists(one.against_baseline),
            }
            for one in qualities
        },
    }
