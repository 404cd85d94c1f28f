"""Figures: the quantities that an article reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FigureKind = Literal["level", "change", "rate", "share", "count"]
Direction = Literal["up", "down"]
Modality = Literal["reported", "forecast", "plan", "opinion"]
Over = Literal["YoY", "QoQ", "MoM"]
Part = Literal["subject", "metric", "period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity that an article reports.

    Attributes
    ----------
    subject
        Whose it is: AWS, 아마존, 트레이니움2; None where the article does not say.
    metric
        What it measures: 매출, 영업이익률, 목표주가.
    text
        As it is written, without what rounds it (약, 가량). It stands from `start` to `end` of the article's
        text, in code points.
    value
        Scaled (2,134억 달러 is 213400000000), or the two ends of a range.
    unit
        An ISO 4217 code, ``%``, ``%p``, ``배``, the sign of a unit (GW), or what is counted, as written (곳).
    approximate
        Whether the article rounds it: 약, 가량, 안팎, 를 넘는.
    period
        ``2025``, ``2025Q4``, ``2025H1``, ``FY2026Q2``, ``2025-11``, ``2025-W48``, ``2025-11-13``, ``TTM``;
        from a first to a last one ``2025-01/2025-10``.
    over
        What a change is measured against: the year (``YoY``), quarter or month before.
    kind
        ``level``; ``change``, of a level; ``rate``, a ratio of its own name; ``share`` of a whole; ``count``.
    direction
        Where it went: 112억 달러로 감소 is a level that fell.
    modality
        Who says so: it is ``reported``, ``forecast``, somebody's ``plan`` or ``opinion``.
    sentence
        Index of the sentence that holds it; of the one before its table, for a cell.
    inherited
        Which of subject, metric and period stand elsewhere: in the sentence before, the heading, the title.
    """

    subject: str | None
    metric: str | None
    text: str
    value: int | float | tuple[int | float, int | float]
    unit: str
    approximate: bool
    period: str | None
    over: Over | None
    kind: FigureKind
    direction: Direction | None
    modality: Modality
    sentence: int
    start: int
    end: int
    inherited: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says in a disagreement.

    Attributes
    ----------
    article
        Its id.
    sentence
        Index of the sentence; `text` is all of it, verbatim.
    value, unit
        As `Figure` has them.
    written
        The figure as it stands there.
    """

    article: str
    sentence: int
    text: str
    value: int | float | tuple[int | float, int | float]
    unit: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One subject's metric in one period, with values that can't both be right. Nobody says who is.

    Attributes
    ----------
    subject, metric, period
        As the figures have them; None where none of them tells.
    sides
        At least two, in the order of the articles and sentences.
    """

    subject: str | None
    metric: str | None
    period: str | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of a figure: its words for it.

    Attributes
    ----------
    article
        Its id.
    sentence
        Index of the sentence that says so.
    text
        As it is written there.
    """

    article: str
    sentence: int
    text: str
    value: int | float | tuple[int | float, int | float]


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a period."""

    period: str
    value: int | float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row of a table of figures: one figure, whoever tells it.

    Attributes
    ----------
    text, value
        Of the source that tells it most exactly.
    sources
        All that tell it, in the order of the articles.
    grown
        By how many percent it grew, or shrank, where somebody says so; `grown_over` is what against.
    series
        The same in two periods or more, the earlier first: for a chart.
    last
        What the last issue had for it.
    change
        Against the last issue: ``new``, ``up``, ``down``, ``same``; None without a last issue.
    flags
        ``disagrees`` (others give another value), ``approximate``, ``forecast``, ``plan``, ``opinion``.
    """

    subject: str | None
    metric: str | None
    period: str | None
    over: Over | None
    unit: str
    kind: FigureKind
    direction: Direction | None
    text: str
    value: int | float | tuple[int | float, int | float]
    sources: tuple[Told, ...]
    grown: int | float | None = None
    grown_over: Over | None = None
    series: tuple[Point, ...] = ()
    last: Point | None = None
    change: Literal["new", "up", "down", "same"] | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of a theme that are most worth seeing."""

    theme: str
    rows: tuple[FigureRow, ...]
