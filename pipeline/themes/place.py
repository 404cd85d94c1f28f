"""Where the units of articles stand, one article after the other, and what those around each say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..records import CONTENT_KINDS, Cohesion, Unit

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where units stand, as masks and positions over the n content units of some articles.

    Attributes
    ----------
    units, bounds
        Where the units of each article begin, and where its content units do, with the end of the last one.
    content
        Positions of body sentences and items among all units.
    heading, title
        Position of the heading above each, and of its article's title; -1 for none.
    """

    units: NDArray[np.intp]
    bounds: NDArray[np.intp]
    content: NDArray[np.intp]
    heading: NDArray[np.intp]
    title: NDArray[np.intp]
    leans: NDArray[np.bool_]
    same_block: NDArray[np.bool_]
    same_section: NDArray[np.bool_]
    item: NDArray[np.bool_]

    @property
    def article(self) -> NDArray[np.intp]:
        """Number of the article of each."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.sizes)

    @property
    def sizes(self) -> NDArray[np.intp]:
        """Content units of each article."""
        return self.bounds[1:] - self.bounds[:-1]

    def part(self, n: int) -> Place:
        """One of the articles by itself."""
        (start, end), (first, last) = self.units[n : n + 2].tolist(), self.bounds[n : n + 2].tolist()
        return Place(
            units=np.array([0, end - start], dtype=np.intp),
            bounds=np.array([0, last - first], dtype=np.intp),
            content=self.content[first:last] - start,
            heading=np.maximum(self.heading[first:last] - start, -1),
            title=np.maximum(self.title[first:last] - start, -1),
            leans=self.leans[first:last],
            same_block=self.same_block[first:last],
            same_section=self.same_section[first:last],
            item=self.item[first:last],
        )


def place_of(
    articles: Sequence[Sequence[Unit]], held: Sequence[Cohesion], has_subject: Sequence[bool]
) -> Place:
    """Where the units of articles stand.

    Parameters
    ----------
    held
        What the units of each lean on, by their index; nothing, where it is not known.
    has_subject
        Whether each unit, of all articles, has the particle of a subject or topic.
    """
    content: list[int] = []
    heading: list[int] = []
    title: list[int] = []
    leans, same_block, same_section, item = [], [], [], []
    bounds = [0]
    start = 0
    for units, own in zip(articles, held, strict=True):
        position = {unit.index: u for u, unit in enumerate(units, start)}
        top = next((u for u, unit in enumerate(units, start) if unit.kind == "title"), -1)
        before: Unit | None = None
        for u, unit in enumerate(units, start):
            if unit.kind not in CONTENT_KINDS:
                continue
            content.append(u)
            heading.append(position[unit.section] if unit.section is not None else -1)
            title.append(top)
            told = bool(own.leans) and bool(own.leans[unit.index])
            leans.append(told or not has_subject[u])
            same_block.append(before is not None and before.block == unit.block)
            same_section.append(before is not None and before.section == unit.section)
            item.append(unit.kind == "item")
            before = unit
        start += len(units)
        bounds.append(len(content))
    return Place(
        np.array([*accumulate(map(len, articles), initial=0)], dtype=np.intp),
        np.array(bounds, dtype=np.intp),
        np.array(content, dtype=np.intp),
        np.array(heading, dtype=np.intp),
        np.array(title, dtype=np.intp),
        np.array(leans, dtype=bool),
        np.array(same_block, dtype=bool),
        np.array(same_section, dtype=bool),
        np.array(item, dtype=bool),
    )


def sums(
    values: NDArray[np.float64], bounds: NDArray[np.intp], most: int | None = None
) -> NDArray[np.float64]:
    """Sum of the rows of each article, or of its first ones; a row for each article."""
    # Not `reduceat`, which adds in another order than for an article by itself: the bits must be the same.
    own = (values[start:end][:most] for start, end in pairwise(bounds.tolist()))
    return np.array([np.add.reduce(rows) for rows in own])


def rest(values: Matrix, place: Place) -> Matrix:
    """Mean over the other content units of the article."""
    article, others_ = place.article, np.maximum(place.sizes - 1, 1)
    found: Matrix = (sums(values, place.bounds)[article] - values) / others_[article][:, None]
    return found


def others(values: Matrix, first: NDArray[np.bool_]) -> Matrix:
    """Mean over the other members of each row's group, which begin where `first` says; 0 for one alone."""
    group = np.cumsum(first)
    size = int(group.max(initial=0)) + 1
    totals = np.zeros((size, values.shape[1]))
    np.add.at(totals, group, values)
    counts = np.bincount(group, minlength=size)[group][:, None]
    return (totals[group] - values) / np.maximum(counts - 1, 1)
