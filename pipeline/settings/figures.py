"""How figures are read: ``configs/figures/``."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from pydantic import field_validator

from ..korean.press import spelled
from ..korean.rounding import QUALIFIERS
from ..korean.times import LENGTHS, LONG, SEASONS
from ..records import FigureRules, Metric, NotFigure
from .data import load_background
from .korean import listed, load_measures, load_people, load_period_words
from .toml import Checked, Expression, Wrapped, compilable, read_toml, resource, validated


class _Rule(Checked):
    id: str
    units: tuple[str, ...] = ()
    value: float | None = None
    own: Wrapped = ""
    before: Wrapped = ""
    after: Wrapped = ""
    example: tuple[str, ...]
    against: tuple[str, ...]

    @field_validator("own", "before", "after")
    @classmethod
    def _compiles(cls, value: str) -> str:
        return compilable(spelled(value))


class _RulesFile(Checked):
    rule: tuple[_Rule, ...]


class _Metric(Checked):
    name: str
    also: str = ""
    units: str = ""
    kind: Literal["rate", "share"] | None = None
    whole: bool = False
    result: bool = False
    owned: bool = False
    signed: bool = False
    day: bool = False
    as_written: bool = False
    before: Expression = ""
    after: Expression = ""
    example: tuple[str, ...]
    against: tuple[str, ...]

    @field_validator("before", "after")
    @classmethod
    def _compiles(cls, value: str) -> str:
        return compilable(spelled(value))


class _MetricsFile(Checked):
    metric: tuple[_Metric, ...]


class _WeightsFile(Checked):
    subject: dict[str, float]
    period: dict[str, float]


class _WordsFile(Checked):
    subjects: dict[str, str]
    metrics: dict[str, str]
    directions: dict[str, str]
    modality: dict[str, str]


def _groups() -> dict[str, Collection[str]]:
    """Units by the names that rules have for several."""
    return {"money": load_measures().money, "length": LENGTHS, "long": LONG}


@lru_cache(maxsize=1)
def load_metrics() -> tuple[Metric, ...]:
    """What figures measure: ``configs/figures/metrics.toml``."""
    path, groups = resource("configs/figures/metrics.toml"), _groups()
    return tuple(
        Metric(
            name=metric.name,
            also=listed(metric.also),
            units=frozenset(unit for word in metric.units.split() for unit in groups.get(word, (word,))),
            kind=metric.kind,
            whole=metric.whole,
            result=metric.result,
            owned=metric.owned,
            signed=metric.signed,
            day=metric.day,
            as_written=metric.as_written,
            before=spelled(metric.before),
            after=spelled(metric.after),
        )
        for metric in validated(_MetricsFile, read_toml(path), path).metric
    )


@lru_cache(maxsize=1)
def load_figure_rules() -> FigureRules:
    """What the step figures knows, from ``configs/figures/``."""
    folder = resource("configs/figures")
    model = resource("models/figures.toml")
    measures = load_measures()
    names = validated(_RulesFile, read_toml(folder / "names.toml"), folder / "names.toml")
    metrics = load_metrics()
    weights = validated(_WeightsFile, read_toml(model), model)
    groups = _groups()
    words = validated(_WordsFile, read_toml(folder / "words.toml"), folder / "words.toml")
    people = load_people()
    return FigureRules(
        measures=measures,
        names=tuple(
            NotFigure(
                id=rule.id,
                units=frozenset(unit for name in rule.units for unit in groups.get(name, (name,))),
                value=rule.value,
                own=spelled(rule.own),
                before=spelled(rule.before),
                after=spelled(rule.after),
                example=rule.example,
                against=rule.against,
            )
            for rule in names.rule
        ),
        periods=load_period_words(),
        metrics=metrics,
        subjects={
            **{name: frozenset(listed(text)) for name, text in words.subjects.items()},
            "sources": frozenset(
                (*listed(words.subjects["sources"]), *listed(words.subjects["authorities"]))
            ),
            "offices": frozenset(listed(words.subjects["offices"])) | people.executives,
            "leads": frozenset((*listed(words.subjects["leads"]), *SEASONS)),
            "behind": frozenset((*listed(words.subjects["behind"]), *QUALIFIERS)),
            "people": frozenset(listed(words.subjects["people"]))
            | people.titles
            | people.chiefs
            | people.asked,
        },
        metrics_around={name: frozenset(listed(text)) for name, text in words.metrics.items()},
        directions={name: frozenset(listed(text)) for name, text in words.directions.items()},
        modality={name: listed(text) for name, text in words.modality.items()},
        weights={"subject": weights.subject, "period": weights.period},
        losses=frozenset((*listed(words.metrics["losses"]), *(m.name for m in metrics if m.signed))),
        common=frozenset(
            form
            for key in load_background().frequency
            for form, _, tag in (key.rpartition("/"),)
            if tag == "NNG"
        ),
    )
