"""How well figures are read: their values, whose they are and when, and whole records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..korean.numerals import FRACTION
from ..korean.particles import COMPANY
from ..korean.spelling import first_names, is_short_for, key_of
from ..readers import read
from ..records import Article, DataError, Failure, Figure
from ..run import Pipeline
from ..settings import load_keyword_rules, load_measures, load_units

#: Between names that stand together.
_JOINS = re.compile(rf"(?<=[^\s])[{''.join(COMPANY)}]\s|\s?(?:및|[·,/])\s?")
#: Letters of a name that may have a short form: 한국전력, 한전.
_LONG = 6
#: How far two ends of a band may be apart.
_BAND = 0.005
#: How far two roundings of a fraction may be apart.
_ROUNDED = 0.06
#: Minutes of what lengths of time are told in.
_MINUTES: Mapping[str, float] = {"초": 1 / 60, "분": 1.0, "시간": 60.0, "일": 1440.0}
#: Months of the longer ones.
_MONTHS: Mapping[str, float] = {"개월": 1.0, "년": 12.0}
#: From a first to a last day, month or year, and a season of a year, however they are written.
_SPAN, _SEASON = re.compile(r"\s?[~/]\s?"), re.compile(r"(?<=\d)[\s-](?=[봄여가겨])")
#: What else a whole record has.
_REST = ("over", "kind", "direction", "modality")


@dataclass(frozen=True, slots=True)
class FigureQuality:
    """Agreement of the figures of articles with the gold ones.

    Attributes
    ----------
    gold, found
        Figures of the gold, and of ours.
    values
        Ours at a gold place with its value and unit; of these, `told` have its subject and period,
        `whole` all but what is inherited and rounded.
    wrong
        Article, what was wrong (``missed``, ``added``, ``value``, ``subject``, ``period``), and the text.
    """

    articles: int
    gold: int
    found: int
    values: int
    told: int
    whole: int
    wrong: tuple[tuple[str, str, str], ...]

    def scores(self, count: int) -> tuple[float, float, float]:
        """Precision, recall and F1 of a count of right ones."""
        precision = count / self.found if self.found else 0.0
        recall = count / self.gold if self.gold else 0.0
        both = self.gold + self.found
        return precision, recall, 2 * count / both if both else 0.0


def judge_figures(gold: Path, pipeline: Pipeline) -> FigureQuality:
    """Read the figures of articles and compare.

    Parameters
    ----------
    gold
        A folder of JSON files, each an object with ``article`` (a file beside it, or in ``articles`` beside
        it or its folder), ``published`` (an ISO day; the article's own where there is none) and
        ``figures``, records as `Figure` has them.

    Notes
    -----
    A figure is at its gold place where the two overlap, and a unit the same however it is written.
    A fraction may be rounded (33.3 and 33.33 %), a length of time told in another unit (11시간 40분, 700분;
    3년 6개월, 42개월). Subjects and metrics agree when one is written in the other, spacing and case aside
    (삼성전자, 삼성전자 반도체 부문), is its short form (한국전력, 한전), or goes by it
    (`configs/aliases.toml`).

    Raises
    ------
    DataError
        When there are no such files, or an article can't be read.
    """
    totals = [0] * 5
    wrong: list[tuple[str, str, str]] = []
    articles = 0
    for name, article, figures in gold_figures(gold):
        if not all("modality" in one for one in figures):
            raise DataError(gold, "no whole records")
        report = pipeline.report(article)
        if isinstance(report, Failure):
            raise DataError(gold, report.reason)
        counts, faults = _compared(figures, report.figures)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        wrong.extend((name, kind, text) for kind, text in faults)
        articles += 1
    return FigureQuality(articles, totals[0], totals[1], totals[2], totals[3], totals[4], tuple(wrong))


def gold_figures(gold: Path) -> Iterator[tuple[str, Article, Sequence[Mapping[str, Any]]]]:
    """The articles of a folder of gold figures: the name of each, itself, and its figures."""
    files = sorted(gold.glob("*.json"))
    if not files:
        raise DataError(gold, "no figures")
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        yield data["article"], _article(file, data), data["figures"]


def _article(file: Path, data: Mapping[str, Any]) -> Article:
    name = data["article"]
    places = (file.parent / name, file.parent / "articles" / name, file.parent.parent / "articles" / name)
    path = next((place for place in places if place.is_file()), None)
    article = next(iter(read([path])), None) if path is not None else None
    if not isinstance(article, Article):
        raise DataError(file, article.reason if isinstance(article, Failure) else f"no article {name}")
    day = data.get("published")
    return replace(article, source=replace(article.source, published=day)) if day else article


def _compared(
    gold: Sequence[Mapping[str, Any]], own: Sequence[Figure]
) -> tuple[list[int], list[tuple[str, str]]]:
    """Counts in the order of the fields of `FigureQuality`, and what is wrong."""
    pairs, left = matched(gold, own)
    counts = [len(gold), len(own), 0, 0, 0]
    faults: list[tuple[str, str]] = []
    for one, ours, right in pairs:
        if ours is None or not right:
            faults.append(("missed" if ours is None else "value", one["text"]))
            continue
        counts[2] += 1
        subject, period = alike(ours.subject, one["subject"]), same_time(ours.period, one["period"])
        if not subject:
            faults.append(("subject", one["text"]))
        elif not period:
            faults.append(("period", one["text"]))
        counts[3] += subject and period
        rest = all(getattr(ours, key) == one[key] for key in _REST)
        counts[4] += subject and period and rest and alike(ours.metric, one["metric"])
    faults.extend(("added", f.text) for f in left)
    return counts, faults


def matched(
    gold: Sequence[Mapping[str, Any]], own: Sequence[Figure]
) -> tuple[list[tuple[Mapping[str, Any], Figure | None, bool]], list[Figure]]:
    """Each gold figure with ours at its place, if any, and whether the value is right; and ours at none."""
    left = list(own)
    pairs: list[tuple[Mapping[str, Any], Figure | None, bool]] = []
    for one in gold:
        over = [f for f in left if f.start < one["end"] and f.end > one["start"]]
        same = [f for f in over if _agree(f, one)]
        ours = next(iter(same or over), None)
        if ours is not None:
            left.remove(ours)
        pairs.append((one, ours, bool(same)))
    return pairs, left


def _agree(own: Figure, gold: Mapping[str, Any]) -> bool:
    """Whether a figure has the value and the unit of the gold; 3분의 1 without a unit is 33.33 %."""
    unit, (low, high) = _unit(gold["unit"]), _ends(gold["value"])
    if unit is None:
        unit, low, high = "%", round(100 * low, 2), round(100 * high, 2)
    ours = _ends(own.value)
    # 3천억원대 ends with 3,999억 or with the last won before 4천억.
    near = low < high and abs(ours[1] - high) <= _BAND * abs(high)
    if FRACTION in own.text:  # 3분의 1: 33.3 and 33.33
        near = near or abs(ours[1] - high) < _ROUNDED
        low = ours[0] if abs(ours[0] - low) < _ROUNDED else low
    if _unit(own.unit) == unit and ours[0] == low and (ours[1] == high or near):
        return True
    # 11시간 40분: 700분, 11.67시간; 3년 6개월: 42개월, 3.5년.
    lengths = _MINUTES if own.unit in _MINUTES else _MONTHS
    one, other = lengths.get(_unit(own.unit) or ""), lengths.get(str(unit))
    if one is None or other is None or one == other:
        return False
    return all(
        abs(a * one - b * other) <= _BAND / 5 * b * other for a, b in zip(ours, (low, high), strict=True)
    )


def _unit(written: str | None) -> str | None:
    """A unit as `Measures` names it: 마이크로미터 is ㎛, and 달러/톤 is USD/톤."""
    if written is not None and "/" in written:
        price, _, per = written.partition("/")
        return f"{price if price == '원' else _unit(price)}/{_unit(per)}" if per else written
    if written is None:
        return None
    name = next((name for form, name, _ in load_measures().units if form == written), written)
    return _one_counter().get(name, name)


@lru_cache(maxsize=1)
def _one_counter() -> Mapping[str, str]:
    """One counter for several: 곳 and 군데."""
    return dict(load_units().same)


def _ends(value: Any) -> tuple[float, float]:
    low, high = value if isinstance(value, list | tuple) else (value, value)
    return _rounded(low), _rounded(high)


def _rounded(value: float) -> float:
    """A value without the last digits of its floating point."""
    return float(f"{value:.9g}")


def same_time(one: str | None, other: str | None) -> bool:
    """Whether two periods are one, however they are written: ``2026-03~2026-08``, ``2026-03/2026-08``."""
    if one is None or other is None or one == other:
        return one == other
    return _SEASON.sub("-", _SPAN.sub("/", one)) == _SEASON.sub("-", _SPAN.sub("/", other))


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names mean the same: one is written in the other, its short form, or another name of it."""
    if one is None or other is None:
        return one is other
    one, other = _key(one), _key(other)
    return one in other or other in one or _short(one, other) or _short(other, one)


def _short(long: str, short: str) -> bool:
    return len(long) <= _LONG and is_short_for(long, short)


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """What a name is compared by: 방산과 원전 and 방산·원전, MS and 마이크로소프트 are the same."""
    keys = [key_of(part) for part in _JOINS.split(name)]
    return "·".join(_aliases().get(key, key) for key in keys)


@lru_cache(maxsize=1)
def _aliases() -> Mapping[str, str]:
    return first_names(load_keyword_rules().aliases)
