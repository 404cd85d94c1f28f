"""Which figures of two articles may be opposed or confirm each other, before any pair is looked at closely.

What `matching` and `sameness` ask of two figures is asked here of many pairs at once, in columns, as far as
it can be: what is dropped here would be dropped there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..records import CompareRules
from .agreeing import DATE, Values, agree_all
from .claims import Claim
from .matching import DIGIT, UNLIKE, WIDE, is_of_a_day, kept_apart, labelled_apart, of_a_year, words_apart
from .sameness import Place
from .values import FARTHEST, are_near, magnitude

if TYPE_CHECKING:
    Ids = NDArray[np.int64]
    Mask = NDArray[np.bool_]

#: Pairs of figures that are looked at together: enough for columns to pay, and few to hold.
_BLOCK = 200_000
#: Letters of a period that tell its year.
_TOLD_YEAR = 4
#: Two logarithms may say one thing and differ by this.
_CLOSE = 1e-9
_MODALS = ("plain", "past", "planned", "expected")
_UNLIKE = np.array([[{one, other} in UNLIKE for other in _MODALS] for one in _MODALS])


class Facing:
    """The figures of a batch in columns.

    Parameters
    ----------
    claims
        By article.
    """

    def __init__(self, claims: Sequence[Sequence[Claim]], rules: CompareRules) -> None:
        self._rules = rules
        self._claims = every = [claim for own in claims for claim in own]
        self._begins = np.concatenate(([0], np.cumsum([len(own) for own in claims], dtype=np.int64)))
        figures = [claim.figure for claim in every]
        self._values = Values(figures, [claim.bound for claim in every])
        self._unit = _ids(c.unit for c in every)
        self._value = _ids(one.value for one in figures)
        self._kind = _ids(one.kind for one in figures)
        self._change = _mask(one.kind == "change" for one in figures)
        self._share = _mask(one.unit == "%" and one.kind in ("share", "rate") for one in figures)
        self._direction = _ids((one.direction for one in figures), None)
        self._figure_period = _ids((one.period for one in figures), None)
        self._role = _mask(bool(c.role) for c in every)
        self._growth = _mask(c.growth for c in every)
        self._over = _ids(c.over for c in every)
        self._metric = _ids((c.metric for c in every), "")
        self._spare = _ids(c.spare for c in every)
        self._period = _ids((c.period for c in every), None)
        self._reckoned = _ids((c.period and DIGIT.sub("0", c.period) for c in every), None)
        self._spans = _mask(bool(c.spans) for c in every)
        self._timed = (self._period > 0) | self._spans
        self._year = _mask(of_a_year(c) for c in every)
        self._in_year = _ids((c.period and c.period[:_TOLD_YEAR] for c in every), None)
        self._date = _mask(c.unit == DATE for c in every)
        self._quarter = _mask(c.period is not None and "Q" in c.period for c in every)
        self._modal = np.array([_MODALS.index(c.modal) for c in every], dtype=np.int64)
        self._each = _ids(("" if c.each == "연" else c.each for c in every), "")
        self._each_as_told = _ids(c.each for c in every)
        self._label = _ids((c.label for c in every), "")
        self._counted = _mask(c.counted for c in every)
        self._running, self._of_a_day = _mask(c.running for c in every), _mask(map(is_of_a_day, every))
        self._day = _ids(c.day for c in every)
        self._apart = _ids(c.apart for c in every)
        self._own = _mask(c.own for c in every)
        self._result = _mask(c.result for c in every)
        self._current = _mask(c.current for c in every)
        self._annual = _mask(c.annual for c in every)
        self._near = _ids((c.near for c in every), frozenset())
        self._words = _ids(c.words for c in every)
        self._times = _mask(c.said is not c.figure for c in every)
        self._size = np.log(np.array(list(map(magnitude, every)), dtype=np.float64))

    def pairs(
        self, articles: Sequence[tuple[int, int]], linked: Sequence[bool]
    ) -> Iterator[tuple[tuple[int, int], list[Place], list[Place]]]:
        """Pairs of articles of which two figures may be opposed, in order.

        Parameters
        ----------
        articles
            Their positions.
        linked
            Whether each two are on one event.

        Yields
        ------
        Positions of two articles; those of figures, within the articles, that may be opposed; and of those of
        which one may confirm the other.
        """
        sizes = np.diff(self._begins)
        both = np.array(articles, dtype=np.int64).reshape(-1, 2)
        of_one = np.array(linked, dtype=bool)
        many = sizes[both[:, 0]] * sizes[both[:, 1]]
        done = np.cumsum(many)
        at = 0
        while at < len(both):
            before = done[at - 1] if at else 0
            to = max(at + 1, int(np.searchsorted(done, before + _BLOCK, "right")))
            yield from self._block(both[at:to], of_one[at:to], many[at:to])
            at = to

    def _block(
        self, articles: Ids, linked: Mask, many: Ids
    ) -> Iterator[tuple[tuple[int, int], list[Place], list[Place]]]:
        which = np.repeat(np.arange(len(articles)), many)
        within = np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many)
        first, second = self._begins[articles[:, 0]], self._begins[articles[:, 1]]
        width = np.diff(self._begins)[articles[:, 1]][which]
        n, m = within // np.maximum(width, 1), within % np.maximum(width, 1)
        of_unit = np.flatnonzero(self._unit[first[which] + n] == self._unit[second[which] + m])
        which, n, m = which[of_unit], n[of_unit], m[of_unit]
        a, b = first[which] + n, second[which] + m
        open_ = self._open(a, b, linked[which])
        told = np.flatnonzero(self._confirming(a, b) & np.isin(which, which[open_]))
        for k, own, confirming in _by(which, open_, told):
            yield (
                (int(articles[k, 0]), int(articles[k, 1])),
                list(zip(n[own].tolist(), m[own].tolist(), strict=True)),
                list(zip(n[confirming].tolist(), m[confirming].tolist(), strict=True)),
            )

    def _confirming(self, a: Ids, b: Ids) -> Mask:
        """As `matching.confirms`, one way or the other."""
        values = self._values
        narrow = (values.high[a] <= WIDE * values.low[a]) | (values.high[b] <= WIDE * values.low[b])
        close = (self._growth[a] == self._growth[b]) & (self._metric[a] == self._metric[b]) & narrow
        found: Mask = self._value[a] == self._value[b]
        at = np.flatnonzero(close & ~found)
        found[at] = agree_all(values, a[at], b[at], bounds=False)
        return found

    def _open(self, a: Ids, b: Ids, linked: Mask) -> Ids:
        """Positions of pairs that may be opposed and one thing; what takes longest comes last."""
        at = np.flatnonzero(self._differing(a, b))
        near = linked[at] & self._are_near(a[at], b[at])
        kept = near | self._named(a[at], b[at], linked[at])
        at, near = at[kept], near[kept]
        kept = ~agree_all(self._values, a[at], b[at], bounds=True)
        at, near = at[kept], near[kept]
        told = self._memo(
            a[at], b[at], self._apart, lambda one, other: words_apart(one, other, self._rules)[0]
        )
        kept = near | ~self._memo(
            a[at], b[at], self._apart, lambda one, other: kept_apart(one, other, self._rules)
        )
        kept &= ~told
        at, near = at[kept], near[kept]
        # What is counted goes by several names: 직원 46명, 근무자 46명.
        return at[(near & self._counted[a[at]]) | ~self._memo(a[at], b[at], self._label, labelled_apart)]

    def _are_near(self, a: Ids, b: Ids) -> Mask:
        """As `values.are_near`."""
        found: Mask = self._date[a] | (np.abs(self._size[a] - self._size[b]) <= FARTHEST + _CLOSE)
        # Those told as so many times as much are few, and compared as `values` has it.
        at = np.flatnonzero(self._times[a] | self._times[b])
        one, other = a[at].tolist(), b[at].tolist()
        found[at] = [are_near(self._claims[i], self._claims[j]) for i, j in zip(one, other, strict=True)]
        return found

    def _differing(self, a: Ids, b: Ids) -> Mask:
        """As `matching.opposed`, but for labels, series, parts, words that tell apart and close values."""
        growth = self._growth[a]
        found: Mask = (self._value[a] != self._value[b]) & ~self._role[a] & ~self._role[b]
        found &= (growth == self._growth[b]) & (self._over[a] == self._over[b])
        found &= growth | (self._change[a] == self._change[b])
        shares = self._share[a] & self._share[b] & (self._kind[a] != self._kind[b])
        found &= ~(shares & ~growth & (self._metric[a] != self._metric[b]))
        directed = (self._direction[a] > 0) & (self._direction[b] > 0)
        found &= ~(growth & directed & (self._direction[a] != self._direction[b]))
        in_year = ~(self._result[a] | self._result[b]) & (self._in_year[a] == self._in_year[b])
        found &= ~(self._timed[a] & self._timed[b]) | self._of_one_time(a, b) | in_year
        found &= ~_UNLIKE[self._modal[a], self._modal[b]]
        found &= (self._each_as_told[a] == self._each_as_told[b]) | (self._each[a] + self._each[b] == 0)
        one_day = (self._day[a] == self._day[b]) | (self._of_a_day[a] & (self._period[a] == self._period[b]))
        found &= ~(self._running[a] | self._running[b]) | one_day
        return found

    def _of_one_time(self, a: Ids, b: Ids) -> Mask:
        """As `matching.of_one_time`; months that are told of both may be the same."""
        reckoned = (self._reckoned[a] > 0) & (self._reckoned[a] == self._reckoned[b])
        found: Mask = np.where(reckoned, self._period[a] == self._period[b], self._spans[a] & self._spans[b])
        return found

    def _of_now(self, a: Ids, b: Ids) -> Mask:
        found: Mask = self._annual[a] & self._year[b]
        found |= self._annual[b] & self._year[a]
        found |= self._current[a] & self._current[b]
        found |= np.where(
            self._current[b], self._quarter[a], self._current[a] & self._quarter[b]
        )  # of both, the first branch has said it
        return found

    def _named(self, a: Ids, b: Ids, linked: Mask) -> Mask:
        """As `compare._may_be_opposed` asks of figures that are far apart, but for whose they are."""
        metric = (self._metric[a] > 0) & (self._metric[a] == self._metric[b])
        now = self._of_now(a, b)
        period = (self._figure_period[a] > 0) & (self._figure_period[a] == self._figure_period[b])
        time = ((self._spare[a] == self._spare[b]) & period) | (linked & self._of_one_time(a, b)) | now
        found: Mask = metric & self._own[a] & self._own[b] & time
        worded = (self._near[a] > 0) & (self._near[a] == self._near[b]) & (self._words[a] == self._words[b])
        found |= linked & worded & (self._metric[a] == self._metric[b])
        return found

    def _memo(self, a: Ids, b: Ids, ids: Ids, ask: Callable[[Claim, Claim], bool]) -> Mask:
        """What is asked of two claims, once for each two values of a column."""
        keys, firsts, inverse = np.unique(
            ids[a] * (int(ids.max(initial=0)) + 1) + ids[b], return_index=True, return_inverse=True
        )
        ones, others = a[firsts].tolist(), b[firsts].tolist()
        asked = [ask(self._claims[i], self._claims[j]) for i, j in zip(ones, others, strict=True)]
        found: Mask = np.array(asked, dtype=bool)[inverse.reshape(-1)] if len(keys) else np.zeros(0, bool)
        return found


def _by(which: Ids, first: Ids, second: Ids) -> Iterator[tuple[int, Ids, Ids]]:
    """Positions of pairs by their articles, for those articles of which the first ones have some."""
    keys = np.unique(which[first])
    cuts = [np.searchsorted(which[own], keys, side) for own in (first, second) for side in ("left", "right")]
    for key, begin, end, begin2, end2 in zip(keys.tolist(), *cuts, strict=True):
        yield key, first[begin:end], second[begin2:end2]


def _ids(values: Iterable[Hashable], *nothing: Hashable) -> Ids:
    """Numbers for values; 0 for what stands for nothing, if that is given."""
    number: dict[Hashable, int] = dict.fromkeys(nothing, 0)
    return np.array([number.setdefault(value, len(number)) for value in values], dtype=np.int64)


def _mask(values: Iterable[bool]) -> Mask:
    return np.fromiter(values, dtype=bool)
