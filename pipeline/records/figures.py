"""Figures: the quantities that an article reports."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measures:
    """What quantities are measured in and what they count: ``configs/korean/``.

    Attributes
    ----------
    units
        How a unit is written behind its number; the name that it goes by; what one of it is worth.
    before
        How a currency is written before its number, and its name.
    money
        Names of currencies.
    per
        Names of the units that prices go by (원/kWh).
    counted
        What is counted.
    never
        What makes no figure of its number: 위, 번째.
    mere
        What native numerals before it only point at: 두 회사.
    """

    units: tuple[tuple[str, str, str], ...]
    before: tuple[tuple[str, str], ...]
    money: frozenset[str]
    per: frozenset[str]
    counted: frozenset[str]
    never: frozenset[str]
    mere: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PeriodWords:
    """Words for periods: ``configs/korean/periods.toml``.

    Attributes
    ----------
    words
        Their cues, how what these find begins, and what it means.
    """

    words: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFigure:
    """A rule by which a quantity is no figure: ``configs/figures/names.toml``.

    Attributes
    ----------
    units
        Units that it is about; ``native`` stands for any behind a native numeral. Empty: any unit.
    value
        The only value that it is about.
    own, before, after
        Regular expressions for the quantity as written, and for what stands around it.
    example, against
        Texts in which the quantity between « and » is no figure by the rule, and in which it is one.
    """

    id: str
    units: frozenset[str]
    value: float | None
    own: str
    before: str
    after: str
    example: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What figures measure: ``configs/figures/metrics.toml``.

    Attributes
    ----------
    units
        In which it is measured; empty for any.
    kind
        ``rate`` or ``share`` where its percents are one.
    whole
        Whether it is a company's rather than a division's.
    result
        Whether a report gives it for its quarter or year.
    day
        Whether it is told for a day.
    as_written
        Whether its other words are metrics of their own.
    before, after
        Regular expressions for what stands around a quantity of it that no noun names: 478달러에 마감했다.
    """

    name: str
    also: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    kind: Literal["rate", "share"] | None = None
    whole: bool = False
    result: bool = False
    day: bool = False
    as_written: bool = False
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FigureRules:
    """What the step figures knows: ``configs/figures/``.

    Attributes
    ----------
    subjects, metrics_around, directions, modality
        Word lists by what they are for.
    losses
        Metrics that are below zero where a loss is told of.
    common
        Nouns that are no names, of a background of news.
    weights
        What speaks for a ``subject`` and a ``period``, and how much: ``models/figures.toml``.
    """

    measures: Measures
    names: tuple[NotFigure, ...]
    periods: PeriodWords
    metrics: tuple[Metric, ...]
    subjects: dict[str, frozenset[str]]
    metrics_around: dict[str, frozenset[str]]
    directions: dict[str, frozenset[str]]
    modality: dict[str, tuple[str, ...]]
    losses: frozenset[str]
    common: frozenset[str]
    weights: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Words that stand for another thing each, of which two figures share one or are not compared.

    Attributes
    ----------
    words
        Regular expressions.
    narrows
        Whether a figure with such a word is not that of the whole, which has none.
    alike
        Whether all its words say one thing: 빼면 and 제외.
    weighed
        Whether they only speak against one thing, where two articles tell of one event.
    also
        The word that goes for another one: 국내 for 내수.
    differ, same
        Two sentences that are not compared for it, and two that are.
    """

    id: str
    words: tuple[str, ...]
    narrows: bool
    alike: bool
    weighed: bool
    also: Mapping[str, str]
    differ: tuple[str, str]
    same: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompareRules:
    """When two figures are of one thing: ``configs/figures/compare.toml``.

    Attributes
    ----------
    part, no_part
        Words behind the name of a part of a whole: 반도체 부문; and what is no such name: 정식 서비스.
    running
        Words by which a figure grows from day to day.
    each
        How often or for what each a figure is, and the name that it goes by.
    expected, planned, old, once
        Words by which a figure is somebody's forecast, a plan, or what a new one takes the place of; the last
        ones need not stand right before it.
    milestones, milestone_names
        What is begun or done at a time, as regular expressions, and the word that goes for another one.
    metric_names, counters
        The metric, and the unit that counts, that goes for another one: 가격 for 단가, 곳 for 개.
    shares
        Words by which a share is told, whatever its metric is called.
    plain
        Words around a figure that say nothing of what it is.
    vague
        Metrics that say too little by themselves.
    aliases
        Groups of names, as written, that are one thing.
    weights
        Of what makes two figures of one event one thing, with ``bias``: ``models/disagreements.toml``.
    """

    apart: tuple[Apart, ...]
    part: frozenset[str]
    no_part: frozenset[str]
    running: frozenset[str]
    each: dict[str, str]
    expected: tuple[str, ...]
    planned: tuple[str, ...]
    old: tuple[str, ...]
    once: tuple[str, ...]
    milestones: tuple[str, ...]
    milestone_names: Mapping[str, str]
    metric_names: Mapping[str, str]
    shares: frozenset[str]
    counters: Mapping[str, str]
    plain: frozenset[str]
    vague: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]
    figures: FigureRules
    weights: Mapping[str, float]


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
