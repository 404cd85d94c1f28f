"""How near summaries come to those that people chose: every method, with intervals, against lead-k."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..korean.tags import is_mark
from ..records import Document, Draft, GoldError
from ..run import Pipeline
from ..salience import METHODS
from ..salience.likeness import likeness
from ..summarize import choose, rank, unmet
from .gold import Gold, positions

#: The method that the others are compared with.
BASELINE = "lead"
_RESAMPLES = 2000
_SEED = 50


@dataclass(frozen=True, slots=True)
class Case:
    """An article ready to be summarized, and the positions that people chose."""

    name: str
    draft: Draft
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over articles with its 95 % bootstrap interval (Efron 1979, percentiles)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MethodQuality:
    """How a method did.

    Attributes
    ----------
    scores
        By measure: ``precision`` of the first k, k the number of gold sentences; of the summary of the gold
        summary's own length in characters ``f1`` over sentences and ``f1_chars`` over their characters;
        ``rouge1``, ``rouge2`` and ``rougeL`` (F1) of the first k.
    against_baseline
        The paired differences from `BASELINE`; empty for that itself.
    dangling
        Sentences of the summaries whose antecedent is not in the summary before them.
    repeated
        Pairs of chosen sentences that say the same.
    """

    method: str
    scores: dict[str, Interval]
    against_baseline: dict[str, Interval]
    dangling: int
    repeated: int


def cases(pipeline: Pipeline, gold: Sequence[Gold]) -> list[Case]:
    """Analyse gold articles. Those whose gold has no body sentence at all are left out.

    Raises
    ------
    GoldError
        When a gold sentence is not in its article, or no article is left.
    """
    articles = {one.article.id: one.article for one in gold}
    documents: dict[str, Document] = dict(
        zip(articles, pipeline.documents(list(articles.values())), strict=True)
    )
    drafts = {key: pipeline.draft(document) for key, document in documents.items()}
    usable = [
        Case(one.article.source.path, drafts[one.article.id], chosen)
        for one in gold
        if (chosen := positions(one, documents[one.article.id]))
    ]
    if not usable:
        raise GoldError(gold[0].article.source.path if gold else "", "no-gold-summaries")
    return usable


def evaluate_summaries(cases: Sequence[Case], methods: Sequence[str] = tuple(METHODS)) -> list[MethodQuality]:
    """Measure methods on cases, `BASELINE` among them whether asked for or not."""
    names = list(dict.fromkeys([BASELINE, *methods]))
    rouge = rouge_scorer()
    values = {name: [_scores(case, name, rouge) for case in cases] for name in names}
    baseline = values[BASELINE]
    qualities = []
    for name in names:
        measures = [measure for measure in values[name][0] if measure not in ("dangling", "repeated")]
        own = values[name]
        qualities.append(
            MethodQuality(
                method=name,
                scores={m: bootstrap([v[m] for v in own]) for m in measures},
                against_baseline={
                    m: bootstrap([v[m] - b[m] for v, b in zip(own, baseline, strict=True)]) for m in measures
                }
                if name != BASELINE
                else {},
                dangling=int(sum(v["dangling"] for v in own)),
                repeated=int(sum(v["repeated"] for v in own)),
            )
        )
    return qualities


def bootstrap(values: Sequence[float], resamples: int = _RESAMPLES, seed: int = _SEED) -> Interval:
    """Mean of `values` with a 95 % percentile interval over resampled articles."""
    column: NDArray[np.float64] = np.array(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(column), (resamples, len(column)))
    means = column[picks].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(round(float(column.mean()), 4), round(float(low), 4), round(float(high), 4))


def f1_by_characters(chosen: Sequence[int], gold: frozenset[int], lengths: Sequence[int]) -> float:
    """Harmonic mean of the shares that the common sentences have of either summary, in code points."""
    both = sum(lengths[i] for i in gold.intersection(chosen))
    total = sum(lengths[i] for i in chosen) + sum(lengths[i] for i in gold)
    return 2 * both / total if total else 0.0


Rouge = Callable[[str, str, Callable[[str], list[str]]], dict[str, float]]


def rouge_scorer() -> Rouge | None:
    """ROUGE-1, -2 and -L (Lin 2004), by the package rouge-score; None when that is not installed.

    Its own tokenizer keeps a-z and 0-9 only, so that all Korean scores 0: ours gives it morphemes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from rouge_score import rouge_scorer as package
    except ImportError:
        return None

    class Tokenizer:
        def __init__(self, tokenize: Callable[[str], list[str]]) -> None:
            self.tokenize = tokenize

    def score(reference: str, summary: str, tokenize: Callable[[str], list[str]]) -> dict[str, float]:
        scorer: Any = package.RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Tokenizer(tokenize))
        return {name: one.fmeasure for name, one in scorer.score(reference, summary).items()}

    return score


def _scores(case: Case, method: str, rouge: Rouge | None) -> dict[str, float]:
    salience = METHODS[method](case.draft)
    ranked = rank(case.draft, salience)
    known = METHODS["editor"](case.draft)
    units = case.draft.units
    lengths = [len(unit.text) for unit in units]
    k = len(case.gold)
    first = choose(ranked, lengths, k, "sentences")
    budget = sum(lengths[i] for i in case.gold)
    filled = choose(ranked, lengths, budget, "chars")
    same = likeness(case.draft)[1]
    scores = {
        "precision": len(case.gold.intersection(first)) / k,
        "f1": 2 * len(case.gold.intersection(filled)) / (len(filled) + k),
        "f1_chars": f1_by_characters(filled, case.gold, lengths),
        "dangling": float(len(unmet(case.draft, known, first)) + len(unmet(case.draft, known, filled))),
        "repeated": float(sum(bool(same[i, j]) for s in (first, filled) for i in s for j in s if i < j)),
    }
    if rouge is not None:
        texts = {unit.text: unit for unit in units}

        def tokenize(text: str) -> list[str]:
            lines = [texts[line].tokens for line in text.split("\n") if line in texts]
            return [f"{t.form}/{t.tag}" for tokens in lines for t in tokens if not is_mark(t.tag)]

        gold_text = "\n".join(units[i].text for i in sorted(case.gold))
        scores |= rouge(gold_text, "\n".join(units[i].text for i in first), tokenize)
    return scores


def as_lists(values: Mapping[str, Interval]) -> dict[str, list[float]]:
    """Means with the ends of their intervals, as JSON values."""
    return {name: [one.mean, one.low, one.high] for name, one in values.items()}


def as_json(qualities: Sequence[MethodQuality], articles: int) -> dict[str, Any]:
    """Qualities as JSON values."""
    return {
        "articles": articles,
        "baseline": BASELINE,
        "methods": {
            one.method: {
                "scores": as_lists(one.scores),
                "against_baseline": as_lists(one.against_baseline),
                "dangling": one.dangling,
                "repeated": one.repeated,
            }
            for one in qualities
        },
    }
