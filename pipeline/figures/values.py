"""How far apart two values of one unit are: what two articles disagree on is seldom far off.

A slip turns two digits or writes one wrong, and who counts otherwise comes out near. Two things that have
only their unit in common have values of any size.
"""

from __future__ import annotations

import math
import re

from .agreeing import DATE, ends_of
from .claims import Claim

#: Natural logarithms: how far apart values are that may be one thing's, and steps up to there.
FARTHEST = 0.8
_STEPS = (0.1, 0.25, 0.5)
#: A value of this stands for none.
_LEAST = 0.01
#: What is so few is told of anything: 네 개 동, 다섯 곳.
_FEW = 10
#: Digits that seldom stand in another order by chance.
_MANY = 3
_SHARES = frozenset({"%", "%p", "배"})
#: Years that lie between two times, at most.
_YEARS = 3
_NO_DIGITS = re.compile(r"\D")


def magnitude(claim: Claim) -> float:
    """The size of a value; of a range, that of its middle."""
    return abs(sum(ends_of(claim.figure))) / 2 or _LEAST


def are_near(a: Claim, b: Claim) -> bool:
    """Whether two values are so near that they may be of one thing; times always are."""
    return a.unit == DATE or _between(a, b) <= FARTHEST


def _between(a: Claim, b: Claim) -> float:
    """How far two values are apart; as growths, by what has become of 100, where one is told so (1.4배)."""
    one, other = magnitude(a), magnitude(b)
    if a.growth and b.growth and (a.said is not a.figure or b.said is not b.figure):
        one, other = one + 100, other + 100
    return abs(math.log(one / other))


def of_values(a: Claim, b: Claim) -> dict[str, float]:
    """What the values of two figures say on whether they are of one thing, by name."""
    if a.figure.value == b.figure.value:
        return {"value.same": 1.0}
    if a.unit == DATE:
        (first, last), (first2, last2) = ends_of(a.figure), ends_of(b.figure)
        years = abs(first // 10_000 - first2 // 10_000)
        return {
            "value.date": 1.0,
            "value.years": min(_YEARS, years),
            "value.span": float(last - first != last2 - first2),
        }
    one, other = _digits(magnitude(a)), _digits(magnitude(b))
    far = _between(a, b)
    about = a.figure.approximate or b.figure.approximate or bool(a.bound or b.bound)
    return {
        **{f"value.near{int(100 * step)}": float(far < step) for step in _STEPS},
        "value.turned": float(one != other and sorted(one) == sorted(other)),
        "value.places": float(len(one) == len(other)),
        "value.one-place": float(min(len(one), len(other)) == 1),
        "value.about": float(about),
        "value.few": float(max(magnitude(a), magnitude(b)) <= _FEW and a.unit not in _SHARES),
    }


def are_turned(a: Claim, b: Claim) -> bool:
    """Whether two values have the same digits in another order, and more of them than chance gives."""
    one, other = _digits(magnitude(a)), _digits(magnitude(b))
    return one != other and sorted(one) == sorted(other) and len(one) >= _MANY


def _digits(size: float) -> str:
    """The digits of a value that count."""
    return _NO_DIGITS.sub("", f"{size:.6g}" if size < 1e6 else f"{size:.0f}").rstrip("0")
