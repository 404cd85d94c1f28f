"""Fitting the weights of the theme step on labelled articles: `models/themes.toml`, `themes-ID.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..evaluate.labelled import read_labelled
from ..records import DataError, LearnedWords, ThemeModel
from ..run import Pipeline
from ..settings import Settings
from ..themes import Evidence
from ..themes.context import Surroundings, surroundings
from ..themes.model import OTHER_SIDE, SAID, STANDS, THEME, TIES, choose, messages, probabilities
from ..themes.words import telling
from .theme_words import learn, with_words

if TYPE_CHECKING:
    from .theme_words import Spoken

Matrix = NDArray[np.float64]

#: Ridge of the two stages, chosen by cross-validation over the articles of models/training.
_RIDGE = {SAID: 2.0, STANDS: 3.0}
_FOLDS = 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article's evidence, and the sides that people gave its content units.

    Attributes
    ----------
    ids
        Of the sides.
    group
        Of articles on one event: they are left out together.
    readings
        A reader each, shape (n, sides): 1 for the main theme of a unit, a row of zeros where there is no
        label.
    weight
        How much the article counts.
    spoken
        The words of its content units, where words are to be learned.
    """

    evidence: Evidence
    ids: tuple[str, ...]
    group: str
    readings: tuple[Matrix, ...]
    weight: float = 1.0
    spoken: Spoken = ()

    @property
    def targets(self) -> Matrix:
        """Shares of the readers that gave each unit each side; zeros where none did."""
        total = np.sum(self.readings, axis=0)
        shares: Matrix = total / np.maximum(total.sum(axis=1, keepdims=True), 1.0)
        return shares


def labelled_in(places: Sequence[Path], settings: Settings, words: bool = False) -> list[Labelled]:
    """The labelled articles of each file or folder, each with its theme set.

    All places count the same; where words are to be learned, all sentences.

    Raises
    ------
    DataError
        When words are to be learned of several theme sets.
    """
    pipelines: dict[str, Pipeline] = {}
    by_place = []
    for place in places:
        found = []
        for one in read_labelled(place, "fit"):
            if one.themes not in pipelines:
                own = settings.themes.model_copy(update={"set": one.themes})
                pipelines[one.themes] = Pipeline(settings.model_copy(update={"themes": own}))
            pipeline = pipelines[one.themes]
            analysed = pipeline.analyse(one.article)
            ids, content = pipeline.tools.themes.ids, analysed.evidence.place.content.tolist()
            units = analysed.document.units
            readings = [reading_of(own, content, ids) for own in one.align(units)]
            # What is fitted must not have heard the words of the shipped model.
            evidence = replace(analysed.evidence, heard=None)
            spoken = tuple(telling(units[u].tokens) for u in content) if words else ()
            found.append(Labelled(evidence, ids, one.group, tuple(readings), spoken=spoken))
        by_place.append(found)
    if words:
        if len(pipelines) > 1:
            raise DataError(places[0], f"words of several theme sets: {', '.join(pipelines)}")
        return [one for found in by_place for one in found]
    sizes = [sum(sentences(one) for one in found) for found in by_place]
    return [
        replace(one, weight=max(sizes) / size)
        for found, size in zip(by_place, sizes, strict=True)
        for one in found
        if size
    ]


def sentences(one: Labelled) -> int:
    """How many of an article's units have a label."""
    return int((one.targets.sum(axis=1) > 0).sum())


def left_out(articles: Sequence[Labelled]) -> list[float]:
    """Share of each article's sentences that fall right by weights fitted without it and its event.

    A sentence is right when its likeliest side is the main theme by any of its readers.
    """
    groups = sorted({one.group for one in articles})
    right = [0.0] * len(articles)
    for fold in range(_FOLDS):
        own = set(groups[fold::_FOLDS])
        model = fit([one for one in articles if one.group not in own])
        for i, one in enumerate(articles):
            if one.group in own and sentences(one):
                _, scores = probabilities(_heard(one, model), model)
                hits = one.targets[np.arange(len(scores)), scores.argmax(axis=1)] > 0
                right[i] = float(hits.sum()) / sentences(one)
    return right


def reading_of(labels: Mapping[int, Sequence[str]], content: Sequence[int], ids: Sequence[str]) -> Matrix:
    """What one reader said of the units at `content`, as `Labelled` wants it."""
    rows = np.zeros((len(content), len(ids)))
    for row, u in zip(rows, content, strict=True):
        if u in labels:
            row[ids.index(labels[u][0])] = 1.0
    return rows


def fit(articles: Sequence[Labelled]) -> ThemeModel:
    """Fit both stages, and learn words where the articles bring theirs.

    The second stage learns from what the first one says of articles that it has not seen: in each of
    eight folds it is fitted on the other seven.
    """
    articles = [one for one in articles if len(one.evidence.place.content)]
    first: dict[int, Surroundings] = {}
    for fold in range(_FOLDS):
        rest = [a for i, a in enumerate(articles) if i % _FOLDS != fold]
        if not rest:
            continue
        model = ThemeModel(_fit_said(rest), {}, _learned(rest))
        for i in range(fold, len(articles), _FOLDS):
            evidence = _heard(articles[i], model)
            first[i] = surroundings(choose(SAID, evidence.said, evidence.alone, model), evidence)
    stands = _fit_stands([(first[i], articles[i]) for i in sorted(first)])
    return ThemeModel({**_fit_said(articles), **stands}, {}, _learned(articles))


def _learned(articles: Sequence[Labelled]) -> LearnedWords | None:
    told = [(one.spoken, one.targets) for one in articles if one.spoken]
    return learn(told, articles[0].ids) if told else None


def _heard(one: Labelled, model: ThemeModel) -> Evidence:
    return with_words(one.evidence, one.spoken, model.words) if model.words else one.evidence


def _fit_said(articles: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    """Weights of what units say themselves: of greatest likelihood less a ridge."""
    evidence = articles[0].evidence
    shared, alone = list(evidence.said), list(evidence.alone)
    k = len(shared)
    data = []
    for one in articles:
        targets, evidence = one.targets, one.evidence
        rows = evidence.place.content[targets.sum(axis=1) > 0]
        ours = np.stack([evidence.said[name][rows, :-1] for name in shared], axis=-1)
        outside = [evidence.said[name][rows, -1] for name in shared]
        outside += [evidence.alone[name][rows] for name in alone]
        data.append((ours, np.stack(outside, axis=-1), targets[targets.sum(axis=1) > 0] * one.weight))

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.0, np.zeros_like(weights)
        for ours, outside, wanted in data:
            utility = np.concatenate([ours @ weights[:k], (outside @ weights[k:])[:, None]], axis=1)
            utility -= utility.max(axis=1, keepdims=True)
            chosen = np.exp(utility)
            chosen /= chosen.sum(axis=1, keepdims=True)
            total -= float((wanted * np.log(chosen + 1e-12)).sum())
            off = chosen * wanted.sum(axis=1, keepdims=True) - wanted
            slope[:k] += np.einsum("nt,ntk->k", off[:, :-1], ours)
            slope[k:] += outside.T @ off[:, -1]
        return total, slope

    best = _least(loss, k + k + len(alone), _RIDGE[SAID])
    return {
        f"{SAID}.{THEME}": _named(shared, best[:k]),
        f"{SAID}.{OTHER_SIDE}": _named([*shared, *alone], best[k:]),
    }


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles with equally many sides, filled up to the longest: axes are units, articles, then the rest.

    Attributes
    ----------
    ours, outside, ties
        Features of the themes, of the outside, and of pairs.
    there
        Where there is a unit.
    allowed
        By reading, the sides that a unit may have: the one it was given, all where it has no label.
    weights
        Of each article, by reading.
    """

    ours: Matrix
    outside: Matrix
    ties: Matrix
    there: Matrix
    allowed: tuple[Matrix, ...]
    weights: tuple[Matrix, ...]


def _batch(articles: Sequence[tuple[Surroundings, Labelled]]) -> _Batch:
    longest = max(len(one.readings[0]) for _, one in articles)
    width, sides = len(articles), articles[0][1].readings[0].shape[1]
    some = articles[0][0]
    k, lone = len(some.sided), len(some.alone)
    ours, outside = np.zeros((longest, width, sides - 1, k)), np.zeros((longest, width, k + lone))
    ties, there = np.zeros((longest, width, len(some.ties))), np.zeros((longest, width, 1))
    most = max(len(one.readings) for _, one in articles)
    allowed, weights = np.ones((most, longest, width, sides)), np.zeros((most, width))
    for b, (found, one) in enumerate(articles):
        n = len(one.readings[0])
        there[:n, b] = 1.0
        ours[:n, b] = np.stack([rows[:, :-1] for rows in found.sided.values()], axis=-1)
        outside[:n, b, :k] = np.stack([rows[:, -1] for rows in found.sided.values()], axis=-1)
        outside[:n, b, k:] = np.stack(list(found.alone.values()), axis=-1)
        ties[1:n, b] = np.stack(list(found.ties.values()), axis=-1)[1:]
        for r, reading in enumerate(one.readings):
            allowed[r, :n, b] = np.where(reading.any(axis=1, keepdims=True), reading, 1.0)
            weights[r, b] = one.weight / len(one.readings)
    return _Batch(ours, outside, ties, there, tuple(allowed), tuple(weights))


def _fit_stands(articles: Sequence[tuple[Surroundings, Labelled]]) -> dict[str, dict[str, float]]:
    """Weights of where units stand and of what ties them: of greatest likelihood of whole readings."""
    some = articles[0][0]
    shared, alone, ties = list(some.sided), list(some.alone), list(some.ties)
    by_sides: dict[int, list[tuple[Surroundings, Labelled]]] = {}
    for pair in articles:
        by_sides.setdefault(pair[1].readings[0].shape[1], []).append(pair)
    batches = [_batch(own) for own in by_sides.values()]
    ends = np.cumsum([len(shared), len(shared) + len(alone), len(ties), len(ties)])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        theme, outside, tied, tied_outside = np.split(weights, ends[:-1])
        total, slope = 0.0, np.zeros_like(weights)
        parts = np.split(slope, ends[:-1])  # views
        for one in batches:
            utility = np.concatenate([one.ours @ theme, (one.outside @ outside)[..., None]], axis=-1)
            odds = np.exp(utility - utility.max(axis=-1, keepdims=True))
            stick = np.repeat((one.ties @ tied)[..., None], odds.shape[-1], axis=-1)
            stick[..., -1] = one.ties @ tied_outside
            free, sides, pairs = _expected(odds, stick)
            for allowed, weight in zip(one.allowed, one.weights, strict=True):
                held, own_sides, own_pairs = _expected(odds * allowed, stick)
                total += float(((free - held) * weight).sum())
                off = (sides - own_sides) * weight[:, None] * one.there
                off_pairs = (pairs - own_pairs) * weight[:, None] * one.there
                parts[0][:] += np.einsum("nbt,nbtk->k", off[..., :-1], one.ours)
                parts[1][:] += np.einsum("nb,nbk->k", off[..., -1], one.outside)
                parts[2][:] += np.einsum("nb,nbk->k", off_pairs[..., :-1].sum(axis=-1), one.ties)
                parts[3][:] += np.einsum("nb,nbk->k", off_pairs[..., -1], one.ties)
        return total, slope

    found = np.split(_least(loss, int(ends[-1]), _RIDGE[STANDS]), ends[:-1])
    return {
        f"{STANDS}.{THEME}": _named(shared, found[0]),
        f"{STANDS}.{OTHER_SIDE}": _named([*shared, *alone], found[1]),
        f"{TIES}.{THEME}": _named(ties, found[2]),
        f"{TIES}.{OTHER_SIDE}": _named(ties, found[3]),
    }


def _expected(odds: Matrix, stick: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Logarithm of the sum over all readings; how often units have a side, alone and as the one before."""
    more = np.expm1(stick)
    forward, backward = messages(odds, more)
    steps = odds.copy()
    steps[1:] *= 1.0 + forward[:-1] * more[1:]
    sides = forward * backward
    sides /= sides.sum(axis=-1, keepdims=True)
    pairs = np.zeros_like(odds)
    last = steps[1:] * backward[1:]
    pairs[1:] = forward[:-1] * (1.0 + more[1:]) * odds[1:] * backward[1:] / last.sum(axis=-1, keepdims=True)
    return np.log(steps.sum(axis=-1)).sum(axis=0), sides, pairs


def _least(loss: Callable[[Matrix], tuple[float, Matrix]], size: int, ridge: float) -> Matrix:
    """Where a loss and a ridge are least, by L-BFGS (Liu & Nocedal 1989)."""
    from scipy.optimize import minimize

    def held(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = loss(weights)
        return total + ridge * float(weights @ weights), slope + 2 * ridge * weights

    found: Matrix = minimize(held, np.zeros(size), jac=True, method="L-BFGS-B").x
    return found


def _named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    rounded = [round(float(weight), 3) for weight in weights]
    return {name: weight for name, weight in zip(names, rounded, strict=True) if weight}


def write_model(model: ThemeModel, path: Path, fitted: Mapping[str, str]) -> None:
    """Write a model as TOML that a person can read."""
    lines = [
        "# How evidence becomes theme scores. Made by `yoyak train themes`; docs/themes.md explains it.",
        "# A weight says how much one unit of a feature adds to the utility of a theme, or of what lies",
        "# outside all themes (other): any theme set has the same ones.",
        "",
        "[fitted]",
        *(f"{key} = {_text(value)}" for key, value in fitted.items()),
    ]
    for stage, weights in model.weights.items():
        ranked = sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        lines += ["", f'[weights."{stage}"]', *(f"{name} = {weight}" for name, weight in ranked)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text(value: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
