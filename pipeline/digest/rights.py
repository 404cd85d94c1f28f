"""How much of a source may be quoted, and how much is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from ..korean.press import spelled
from ..korean.spelling import key_of
from ..records import CONTENT_KINDS, DigestSource, Disagreement, QuoteLimits, Report

#: Share of a restricted article's sentences, best first, of which one has to be the first that is quoted, and
#: the least that it is worth beside the best of them.
_BEST, _WORTH = 1 / 2, 1 / 8
_HOLDER = re.compile(
    spelled(
        r"(?:(?&sign)|(?&typed)|(?&owner)|(?&copyright))\s*+(?:(?&sign)|(?&typed))?\s*+[:：]?\s*+(?:\d{4}\s*+)?"
        r"([가-힣A-Za-z0-9][가-힣A-Za-z0-9 .&-]{0,30}?)"
        r"\s*+(?:[.,|<>\[\]()]|(?&unpermitted)|All|all|$)"
    )
)


class Quotes:
    """What a digest quotes of one article, kept within the limits of its rights.

    Parameters
    ----------
    report
        The article.
    limits
        They bind when the article's rights line forbids redistribution, whether it stands in the metadata
        or in the text; for a publisher that they name, when they say so.
    """

    def __init__(self, report: Report, limits: QuoteLimits) -> None:
        self.rights = rights_line(report, limits)
        said = limits.publishers.get(key_of(publisher_of(report, self.rights) or ""), "")
        forbidden = self.rights is not None and _forbids(self.rights, limits)
        self.restricted = said in ("limited", "headline") if said else forbidden
        self._limits = replace(limits, sentences=0, strict=True) if said == "headline" else limits
        best = report.ranking[: max(1, math.ceil(_BEST * len(report.ranking)))]
        least = _WORTH * max((report.sentences[i].salience for i in best), default=0.0)
        self._best = frozenset(i for i in best if report.sentences[i].salience >= least)
        self._lengths = {s.index: len(s.text) for s in report.sentences if s.kind in CONTENT_KINDS}
        self._total = sum(self._lengths.values())
        self.taken: set[int] = set()

    def take(self, *indices: int) -> bool:
        """Quote sentences, all or none of them, if there is room."""
        wanted = self.taken.union(indices)
        # One sentence of an article that is too short for the limits says what it is about.
        spare = len(wanted) == 1 and not (self.taken or self._limits.strict or self._fits())
        if self.restricted and not spare and not self._within(wanted):
            return wanted == self.taken
        self.taken = wanted
        return True

    def opens(self, index: int) -> bool:
        """Whether a sentence may be the first that is quoted of the article.

        What rights leave room for may be its weakest sentence alone; then its headline says more.
        """
        return not self.restricted or bool(self.taken) or index in self._best

    @property
    def share(self) -> float:
        """Characters quoted, of the article's body."""
        return sum(self._lengths.get(i, 0) for i in self.taken) / self._total if self._total else 0.0

    @property
    def over(self) -> bool:
        """Whether the quotes go beyond the limits."""
        return self.restricted and not self._within(self.taken)

    def _within(self, taken: set[int]) -> bool:
        length = sum(self._lengths.get(i, 0) for i in taken)
        return len(taken) <= self._limits.sentences and length <= self._limits.share * self._total

    def _fits(self) -> bool:
        """Whether some sentence of the article is within the limits."""
        return any(self._within({i}) for i in self._lengths)


def quoted(disagreement: Disagreement, quotes: Mapping[str, Quotes]) -> Disagreement:
    """A disagreement as it may be shown: where rights leave no room for a sentence, its figure alone."""
    sides = (
        side if quotes[side.article].take(side.sentence) else replace(side, text=side.written)
        for side in disagreement.sides
    )
    return replace(disagreement, sides=tuple(sides))


def rights_line(report: Report, limits: QuoteLimits) -> str | None:
    """The rights that the metadata state, else the first line of the text that states any."""
    if report.source.rights:
        return report.source.rights
    lines = [s.text for s in report.sentences if s.kind == "boilerplate"]
    return next((line for line in lines if _forbids(line, limits) or _HOLDER.search(line)), None)


def publisher_of(report: Report, rights: str | None) -> str | None:
    """Its publisher, else the holder of its rights."""
    holder = None if report.source.publisher else _HOLDER.search(rights or "")
    return report.source.publisher or (holder[1].strip() if holder else None)


def source(report: Report, quotes: Quotes) -> DigestSource:
    """A row of the list of sources. The holder of the rights stands in for a publisher that is not given."""
    given = report.source
    return DigestSource(
        id=report.id,
        title=report.title,
        path=given.path,
        url=given.url,
        publisher=publisher_of(report, quotes.rights),
        author=given.author,
        published=given.published,
        rights=quotes.rights,
        restricted=quotes.restricted,
        sentences=len(report.ranking),
        quoted=len(quotes.taken),
        quoted_share=round(quotes.share, 4),
        over=quotes.over,
    )


def _forbids(line: str, limits: QuoteLimits) -> bool:
    return any(re.search(pattern, line, re.IGNORECASE) for pattern in limits.forbids)
