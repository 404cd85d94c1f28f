"""What is known of figures before an article is read: units, metrics, what is no figure, what is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


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
    in_words
        What numbers in Sino-Korean words count in running text, besides money: 이백오십 명.
    """

    units: tuple[tuple[str, str, str], ...]
    before: tuple[tuple[str, str], ...]
    money: frozenset[str]
    per: frozenset[str]
    counted: frozenset[str]
    never: frozenset[str]
    mere: frozenset[str]
    in_words: tuple[str, ...]


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
    result, owned
        Whether a report gives it for its quarter or year, and whether it is always somebody's.
    signed
        Whether a loss is told as less than nothing of it.
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
    owned: bool = False
    signed: bool = False
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
    milestones, begun, milestone_names
        What is done at a time, and what begins, as regular expressions; the word that goes for another one.
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
    begun: tuple[str, ...]
    milestone_names: Mapping[str, str]
    metric_names: Mapping[str, str]
    shares: frozenset[str]
    counters: Mapping[str, str]
    plain: frozenset[str]
    vague: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]
    figures: FigureRules
    weights: Mapping[str, float]
