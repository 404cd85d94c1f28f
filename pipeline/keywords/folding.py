"""Which spellings of an article are one thing: aliases, pairs in parentheses, versions of a product."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from ..korean.spelling import key_of
from ..records import KeywordRules

_NUMBERED = re.compile(r"(.*\D)(\d{1,2})")


class Folding:
    """Which keys are one thing (union-find; Tarjan 1975). The root is the smallest key: order never shows."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._over)

    def root(self, key: str) -> str:
        """The key that stands for all that are one with this one."""
        while key in self._over:
            key = self._over[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two keys one thing."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._over[second] = first


def fold(
    pairs: Iterable[tuple[str, str]], counts: Counter[str], rules: KeywordRules
) -> tuple[Folding, set[str]]:
    """What is one thing in an article, and the keys of all that it explains itself.

    Parameters
    ----------
    pairs
        Forms that parentheses make one thing, as `appositions.pairs_in` gives them.
    counts
        How often the article has each phrase, by key.
    """
    folding = Folding()
    seen: dict[int, str] = {}
    for key in _aliases(rules).keys() & counts.keys():
        for group in _aliases(rules)[key]:
            folding.join(seen.setdefault(group, key), key)
    told = [(key_of(one), key_of(other)) for one, other in pairs]
    told = [(one, other) for one, other in told if not {one, other} & rules.alone]
    for one, other in told:
        # 고대역폭메모리(HBM4) names a version: HBM stays what it is.
        if not (match := _NUMBERED.fullmatch(other)) or match[1] not in counts:
            folding.join(one, other)
    # 트레이니움2 and Trainium2 are one as 트레이니움 and Trainium are; a version named once is its product.
    numbered = sorted(key for key in counts if key[-1].isdigit())
    for key in numbered:
        if (match := _NUMBERED.fullmatch(key)) and (base := match[1]) in counts:
            twins = [k for k in numbered if k.endswith(match[2]) and k != key
                     and folding.root(k.removesuffix(match[2])) == folding.root(base)]  # fmt: skip
            for twin in twins:
                folding.join(key, twin)
            if counts[key] == 1 and not twins:
                folding.join(key, base)
    return folding, {folding.root(key) for pair in told for key in pair}


@lru_cache(maxsize=4)
def _aliases(rules: KeywordRules) -> dict[str, list[int]]:
    """In which groups of forms that are one thing a key stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(rules.aliases):
        for form in group:
            found[key_of(form)].append(n)
    return dict(found)
