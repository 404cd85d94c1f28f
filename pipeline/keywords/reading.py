"""What is read of articles: their units one behind the other in one text, with the morphemes in columns.

What is looked for stands once or twice in an article, and to look for it unit by unit takes longer than to
find it. Offsets are those of the one text, in all that the steps of the keywords hand each other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..korean import some
from ..korean.columns import joined
from ..records import Tokens, Unit

#: Where something begins and ends.
Span = tuple[int, int]
#: Stands between units, and in none: no expression may match across it.
APART = "\0"
_READ = frozenset({"title", "heading", "body", "item", "quote"})
# An address begins where a word does, and is bounded: 100,000 letters in a row must not cost their square.
_CONTACT = re.compile(r"\b\d{2,4}-\d{3,4}-\d{4}\b|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")


@dataclass(frozen=True, slots=True)
class Given:
    """An article whose keywords are wanted.

    Attributes
    ----------
    units, tokens
        All that it has, and their morphemes; boilerplate is read for reporters only.
    themes
        Theme of each unit, or None.
    top
        How many rows at most.
    vectors
        Unit rows for `units`, shape (n, d): how close each sentence is to the article's centre.
    title
        Of the article, where it does not stand among the units.
    skip
        Names that are no keywords: author and publisher.
    """

    units: Sequence[Unit]
    tokens: Tokens
    themes: Sequence[str | None] = ()
    top: int = 0
    vectors: NDArray[np.float32] | None = None
    title: str | None = None
    skip: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Units of articles, one behind the other.

    Attributes
    ----------
    text, codes
        All that they say, with `APART` before, between and after them; the same as code points.
    units, starts
        The units, and where each begins in the text, with the end of the last one.
    articles
        Where the units of each article begin, with the end of the last one.
    tokens, forms
        Their morphemes, with offsets into the text, and the form of each.
    """

    text: str
    codes: NDArray[np.uint32]
    units: Sequence[Unit]
    starts: Sequence[int]
    articles: Sequence[int]
    tokens: Tokens
    forms: Sequence[str]

    def unit_at(self, offset: int) -> int:
        """Position of the unit that has something in the text."""
        return bisect_right(self.starts, offset) - 1

    def article_at(self, offset: int) -> int:
        """Position of the article that has it."""
        return bisect_right(self.articles, self.unit_at(offset)) - 1

    def parts(self) -> Iterator[tuple[int, int]]:
        """Where the text of each article begins and ends."""
        return pairwise([self.starts[n] for n in self.articles])


def reading(articles: Sequence[Given]) -> Reading:
    """What is read of articles."""
    own = [
        [n for n, unit in enumerate(one.units) if unit.kind in _READ and not _is_contact(unit.text)]
        for one in articles
    ]
    units = [one.units[n] for one, read in zip(articles, own, strict=True) for n in read]
    together = joined([one.tokens for one in articles])
    tokens = some(
        together.tokens, [first + n for first, read in zip(together.units, own, strict=False) for n in read]
    )
    text = APART.join(["", *(unit.text for unit in units), ""])
    starts = [*accumulate((len(unit.text) + 1 for unit in units), initial=1)]
    moved = np.repeat(np.array(starts[:-1], dtype=np.int32), np.diff(tokens.bounds))
    tokens = replace(tokens, start=tokens.start + moved, end=tokens.end + moved)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    forms = list(map(tokens.forms.__getitem__, tokens.form.tolist()))
    return Reading(text, codes, units, starts, [*accumulate(map(len, own), initial=0)], tokens, forms)


def _is_contact(text: str) -> bool:
    """Whether a line tells whom to call or write to."""
    return not text.endswith(("다.", "요.", "다", "요")) and bool(_CONTACT.search(text))
