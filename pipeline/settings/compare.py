"""When two figures are of one thing: ``configs/figures/compare.toml``, ``models/disagreements.toml``."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter, field_validator

from ..korean.pointing import DETERMINERS
from ..korean.press import spelled
from ..korean.saying import ONCE_SAID
from ..korean.times import FORMER, YEARS
from ..records import Apart, CompareRules
from .data import load_keyword_rules
from .figures import load_figure_rules
from .korean import listed, load_units, vocabulary
from .toml import Checked, compilable, read_toml, resource, validated


class _Apart(Checked):
    id: str
    words: str
    narrows: bool = False
    weighed: bool = False
    alike: bool = False
    also: str = ""
    differ: tuple[str, str]
    same: tuple[str, str]

    @field_validator("words")
    @classmethod
    def _compiles(cls, value: str) -> str:
        return "|".join(map(compilable, listed(spelled(value, vocabulary())))) and value


class _Words(Checked):
    words: str


class _Part(_Words):
    plain: str


class _Each(_Words):
    same: str


class _Milestone(_Words):
    begun: str
    also: str


class _Same(Checked):
    metrics: str
    shares: str
    counters: str


class _Modal(Checked):
    expected: str
    planned: str
    old: str
    once: str


class _File(Checked):
    apart: tuple[_Apart, ...]
    part: _Part
    running: _Words
    each: _Each
    modal: _Modal
    milestone: _Milestone
    same: _Same
    plain: _Words
    vague: _Words


def _also(pairs: str) -> dict[str, str]:
    """The name that goes for another one: 월=매달."""
    return {also: name for name, _, also in (pair.partition("=") for pair in listed(pairs))}


@lru_cache(maxsize=1)
def load_compare_rules() -> CompareRules:
    """Rules and word lists by which figures are compared."""
    path = resource("configs/figures/compare.toml")
    data = validated(_File, read_toml(path), path)
    each = {word: word for word in listed(data.each.words)}
    each |= _also(data.each.same)
    return CompareRules(
        apart=tuple(
            Apart(
                id=one.id,
                words=listed(spelled(one.words, vocabulary())),
                narrows=one.narrows,
                alike=one.alike,
                weighed=one.weighed,
                also=_also(one.also),
                differ=one.differ,
                same=one.same,
            )
            for one in data.apart
        ),
        part=frozenset(listed(data.part.words)),
        no_part=DETERMINERS | frozenset(listed(data.part.plain)),
        running=frozenset(listed(data.running.words)),
        each=each,
        expected=listed(data.modal.expected),
        planned=listed(data.modal.planned),
        old=(*FORMER, *listed(data.modal.old)),
        once=(*ONCE_SAID, *listed(data.modal.once)),
        milestones=listed(data.milestone.words),
        begun=listed(data.milestone.begun),
        milestone_names=_also(data.milestone.also),
        metric_names=_also(data.same.metrics),
        shares=frozenset(listed(data.same.shares)),
        counters={**load_units().same, **_also(data.same.counters)},
        plain=frozenset((*YEARS, *listed(data.plain.words))),
        vague=frozenset(listed(data.vague.words)),
        aliases=load_keyword_rules().aliases,
        figures=load_figure_rules(),
        weights=TypeAdapter(dict[str, float]).validate_python(
            read_toml(resource("models/disagreements.toml"))
        ),
    )
