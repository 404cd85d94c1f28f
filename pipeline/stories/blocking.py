"""Which pairs of a batch may be one event, before any pair is looked at closely."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import add
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..sparse import Sparse
from .figures import Figure
from .likeness import ALIGNED, DAYS, RARITY
from .profile import RARE, Profile

if TYPE_CHECKING:
    Matrix = NDArray[np.float32]

#: Cosines below which two articles are not even compared.
_LEAD_SHARED, _BODY_SHARED = 0.15, 0.2
#: Bodies that share so much are compared whatever their leads say: one greets its readers first.
_ALL_SHARED = 0.4
#: Articles that are compared with all before them at a time.
_BLOCK = 128
#: Letters by which keys are looked for in a text; those of a longer one begin with so many.
_LETTERS = 6
#: Features of which nothing is known beforehand; they are between 0 and 1.
_UNSEEN = ("known_names", "stance", "titles", "strangers", "recurs")
#: What sums in another order may differ by, in log odds.
_SLACK = 1e-3
#: Figures that two of one event may round differently have a bucket in common (`figures.rounded`).
_ROUNDED, _BUCKET = 9_700.0, 0.0310


def near(seen: Sequence[Profile]) -> Iterator[list[int]]:
    """For each article those before it that are worth comparing.

    Their leads and bodies share a little, or their bodies much.
    """
    if not seen:
        return
    leads, bodies = np.stack([p.lead for p in seen]), np.stack([p.body for p in seen])
    for start in range(0, len(seen), _BLOCK):
        end = min(start + _BLOCK, len(seen))
        some = _near(leads[start:end] @ leads[:end].T, bodies[start:end] @ bodies[:end].T)
        for i, row in enumerate(some, start):
            yield np.flatnonzero(row[:i]).tolist()


def _near(lead: Matrix, body: Matrix) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (body >= _BODY_SHARED) & ((lead >= _LEAD_SHARED) | (body >= _ALL_SHARED))
    return found


def likely_pairs(
    seen: Sequence[Profile], weights: Mapping[str, float], least: float
) -> dict[tuple[int, int], float]:
    """Pairs that may be one event, the smaller number first: no other is as likely as `least`.

    The score of `likeness` is linear. Here it is bounded from above for all pairs of a block at once, out of
    what can be counted by matrices: cosines, nouns and names that the other article's letters hold, figures
    and days. What can't counts in full where it speaks for one event, and not at all where it speaks against.

    Parameters
    ----------
    weights
        Those of `likeness`.

    Returns
    -------
    dict of tuple to float
        By how much the bound of each is higher than it would have to be, in log odds.
    """
    if len(seen) < 2:
        return {}
    bound = math.log(least / (1.0 - least)) - weights["bias"] - _SLACK
    bound -= sum(max(0.0, weights[name]) for name in _UNSEEN)
    columns = _Columns(seen)
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(seen), _BLOCK):
        end = min(start + _BLOCK, len(seen))
        score = np.zeros((end - start, end), dtype=np.float32)
        lead, body = columns.cosines("lead", start, end), columns.cosines("body", start, end)
        may = _near(lead, body)
        for name, own in (("head", columns.cosines("head", start, end)), ("lead", lead), ("body", body)):
            score += np.float32(weights[name]) * own
        for name, own in columns.features(start, end):
            score += np.float32(weights[name]) * own
        may &= score + np.float32(max(0.0, weights["aligned"])) >= bound
        may &= columns.days_between(start, end) <= DAYS
        may &= columns.may_be_one(start, end)
        for i, row in enumerate(may, start):
            others = np.flatnonzero(row[:i])
            if len(others):
                aligned = columns.aligned(i, others)
                more = score[i - start, others] + np.float32(weights["aligned"]) * aligned - bound
                for j, much in zip(others.tolist(), more.tolist(), strict=True):
                    if much >= 0:
                        found[j, i] = much
    return found


def likeliest(pairs: Mapping[tuple[int, int], float], most: int) -> set[tuple[int, int]]:
    """Of the pairs of each article with those before it so many, by what `likely_pairs` says of them."""
    before: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (j, i), much in pairs.items():
        before[i].append((-much, j))
    return {(j, i) for i, own in before.items() for _, j in sorted(own)[:most]}


class _Columns:
    """What articles have, as matrices of one row each."""

    def __init__(self, seen: Sequence[Profile]) -> None:
        self._rows = {name: np.stack([getattr(p, name) for p in seen]) for name in ("head", "lead", "body")}
        self._sizes = np.array([len(p.rows) for p in seen])
        most = max(ALIGNED, int(self._sizes.max()))
        self._sentences = np.zeros((len(seen), most, seen[0].body.shape[0]), dtype=np.float32)
        for own, p in zip(self._sentences, seen, strict=True):
            own[: len(p.rows)] = p.rows
        keys = sorted({key for p in seen for key in (*p.terms, *p.names, *p.words)})
        number = {key: n for n, key in enumerate(keys)}
        self._terms = Sparse.of([p.terms for p in seen], number)
        self._names = Sparse.of([p.names for p in seen], number)
        self._words = Sparse.of([_unit(p.words) for p in seen], number)
        self._term_shares = Sparse.of([_shares(p.terms) for p in seen], number)
        self._name_shares = Sparse.of([_shares(p.names) for p in seen], number)
        self._no_terms = np.array([not _shares(p.terms) for p in seen])
        self._no_names = np.array([not _shares(p.names) for p in seen])
        rarer = [{w: r - RARE for w, r in p.rarer.items()} for p in seen]
        self._rare = Sparse.of(rarer, number)
        held = _held(keys, [p.actors.text for p in seen])
        self._held = Sparse.of([dict.fromkeys(own, 1.0) for own in held], number)
        both = [{w: r for w, r in mine.items() if w in text} for mine, text in zip(rarer, held, strict=True)]
        self._rare_own = Sparse.of(both, number)
        self._own = Sparse.of([dict.fromkeys(mine, 1.0) for mine in both], number)
        self._lead_figures = Sparse.of_sets([buckets(p.lead_figures) for p in seen])
        self._figures = Sparse.of_sets([buckets(p.figures) for p in seen])
        self._counts = np.array([len(p.figures) for p in seen])
        self._nouns = Sparse.of_sets([p.words for p in seen])
        self._values = Sparse.of_sets([p.figures for p in seen])
        self._periods = [Sparse.of_sets([p.periods[kind] for p in seen]) for kind in seen[0].periods]
        self._days = Sparse.of_sets([p.days for p in seen])
        self._dates = np.array([p.date.toordinal() if p.date else -1 for p in seen])

    def cosines(self, name: str, start: int, end: int) -> Matrix:
        """Of some articles with all up to the last of them, shape (end - start, end)."""
        rows = self._rows[name]
        found: Matrix = rows[start:end] @ rows[:end].T
        return found

    def days_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Days between two articles; 0 where one has no date."""
        ones, others = self._dates[start:end, None], self._dates[None, :end]
        found: NDArray[np.int64] = np.where((ones < 0) | (others < 0), 0, np.abs(ones - others))
        return found

    def may_be_one(self, start: int, end: int) -> NDArray[np.bool_]:
        """Whether a noun or a figure is common to two articles, and no two periods are told (`apart`)."""
        found: NDArray[np.bool_] = self._nouns.times(self._nouns, start, end, last=end) > 0
        found |= self._values.times(self._values, start, end, last=end) > 0
        for period in self._periods:
            have = period.sizes > 0
            common = period.times(period, start, end, last=end) > 0
            found &= ~(have[start:end, None] & have[None, :end]) | common
        return found

    def aligned(self, i: int, others: NDArray[np.int64]) -> Matrix:
        """The feature of this name, or a little more, of an article with some others."""
        own, theirs = self._sizes[i], self._sizes[others]
        rows = self._sentences[others]
        alike = (rows.reshape(-1, rows.shape[2]) @ self._sentences[i].T).reshape(*rows.shape[:2], -1)
        # The sentences of the shorter article are looked for in the longer one; of two as long, of either.
        means = []
        for axis, shorter in ((2, theirs <= own), (1, own <= theirs)):
            best = np.partition(alike.max(axis=axis), alike.shape[axis] - ALIGNED, axis=1)[:, -ALIGNED:]
            means.append(best.sum(axis=1) / np.clip(np.minimum(own, theirs), 1, ALIGNED) * shorter)
        found: Matrix = np.maximum(*means).astype(np.float32)
        return found

    def features(self, start: int, end: int) -> Iterator[tuple[str, Matrix]]:
        """Features of `likeness`, each as it is or, for what speaks for one event, not less than it is."""

        def product(ones: Sparse, others: Sparse) -> Matrix:
            return ones.times(others, start, end, last=end)

        yield "terms", product(self._terms, self._terms)
        yield "names", product(self._names, self._names)
        yield "words", product(self._words, self._words)
        known = product(self._term_shares, self._held)
        known[self._no_terms[start:end]] = 1.0
        others = product(self._held, self._term_shares)
        others[:, self._no_terms[:end]] = 1.0
        yield "known_terms", (known + others) * np.float32(0.5)
        yield "known_least", np.minimum(known, others)
        known = product(self._name_shares, self._held)
        known[self._no_names[start:end]] = 1.0
        others = product(self._held, self._name_shares)
        others[:, self._no_names[:end]] = 1.0
        yield "aliens", np.minimum(1.0 - known, 1.0 - others)
        # What stands in both and is of both openings is counted once.
        much = product(self._rare, self._held) + product(self._held, self._rare)
        yield "rare", np.minimum(1.0, (much - product(self._rare_own, self._own)) / np.float32(RARITY))
        lead = product(self._lead_figures, self._lead_figures)
        yield "lead_figures", np.minimum(lead, 2) * np.float32(0.5)
        few = np.minimum(self._sizes[start:end, None], self._sizes[None, :end])
        long = np.clip((few - 4) / 8, 0.0, 1.0).astype(np.float32)
        yield "long", long
        yield "no_lead_figures", np.where(lead == 0, long, 0.0).astype(np.float32)
        body = product(self._figures, self._figures)
        least = np.minimum(self._counts[start:end, None], self._counts[None, :end])
        yield "figures", np.minimum(1.0, body / np.clip(least, 3, 12)).astype(np.float32)
        yield "no_figures", np.where(body == 0, np.minimum(least, 3) / 3, 0.0).astype(np.float32)
        yield "precise", (body > 0).astype(np.float32)
        yield "same_day", (product(self._days, self._days) > 0).astype(np.float32)
        yield "days", np.minimum(self.days_between(start, end), DAYS).astype(np.float32)


def _held(keys: Sequence[str], texts: Sequence[str]) -> list[set[str]]:
    """Which keys stand anywhere in each text; one look at a text for all keys of a length."""
    all_keys = frozenset(keys)
    by_length: defaultdict[int, set[str]] = defaultdict(set)
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        if len(key) > _LETTERS:
            longer[key[:_LETTERS]].append(key)
        else:
            by_length[len(key)].add(key)
    by_length[_LETTERS] |= longer.keys()
    found = []
    for text in texts:
        own: set[str] = set()
        grams = list(text)
        for length in range(1, _LETTERS + 1):
            if length > 1:
                grams = list(map(add, grams, text[length - 1 :]))
            own.update(by_length[length].intersection(grams) if length in by_length else ())
        own.update([key for start in own & longer.keys() for key in longer[start] if key in text])
        # The beginning of a longer key is one itself only where it is among them.
        found.append(own & all_keys)
    return found


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    total = sum(score * score for score in scores.values())
    return {key: score * score / total for key, score in scores.items()} if total else {}


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()} if length else {}


def common(sets: Sequence[Collection[Hashable]]) -> Matrix:
    """How many members each two sets have in common."""
    rows = Sparse.of_sets(sets)
    found: Matrix = rows.times(rows, 0, len(rows))
    return found


def buckets(figures: Iterable[Figure]) -> set[tuple[str, float]]:
    """Keys of which any two figures that may stand for the same share one."""
    found: set[tuple[str, float]] = set()
    for figure in figures:
        found.add((figure.unit, figure.value))
        if figure.value >= _ROUNDED:
            at = math.floor(math.log(figure.value) / _BUCKET)
            found |= {(f"~{figure.unit}", float(at)), (f"~{figure.unit}", float(at + 1))}
    return found
