"""The morphemes of a document as a text that a report carries, so that nobody has to find them again.

Five columns of numbers, low byte first: how many morphemes each unit has (the title is the last one), and of
each morpheme the number of its form among the distinct ones, that of its tag in `TAGS`, how far behind the
one before it begins, and its length. A column is as wide as its largest number: its first byte says how many
bytes a number takes, the four after it how many numbers there are. Behind them stand the distinct forms in
UTF-8, parted by U+0000. All of it is written in base 64 (RFC 4648).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ..records import Token, Tokens
from .columns import TAG_IDS, TAGS, Morphemes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = 5
_WIDTHS = (1, 2, 4, 8)


def pack(tokens: Tokens, title: Sequence[Token] = ()) -> str:
    """The morphemes of a document's units, and of its title, as text."""
    import numpy as np

    # A title has hardly a form that the text does not have.
    more = [form for form in dict.fromkeys(token.form for token in title) if form not in tokens.ids]
    number = (
        {**tokens.ids, **{form: n for n, form in enumerate(more, len(tokens.forms))}} if more else tokens.ids
    )
    last = [(number[form], TAG_IDS.get(tag, len(TAGS) - 1), start, end) for form, tag, start, end in title]
    count = len(tokens.form)
    table = np.empty((4, count + len(last)), dtype=np.int64)
    for row, column in zip(table, (tokens.form, tokens.tag, tokens.start, tokens.end), strict=True):
        row[:count] = column
    if last:
        table[:, count:] = np.array(last).T
    form, tag, start, end = table
    counts = np.append(np.diff(tokens.bounds), len(title))
    gap = start.copy()
    gap[1:] -= end[:-1]
    first = _first(counts)
    gap[first] = start[first]
    forms = "\0".join((*tokens.forms, *more)).encode("utf-8", "surrogatepass")
    columns = map(_written, (counts, form, tag, gap, end - start))
    return b64encode(b"".join((*columns, forms))).decode("ascii")


def unpack(packed: str) -> list[Morphemes]:
    """The morphemes of a document's units, those of its title last.

    Raises
    ------
    ValueError
        When it is not what `pack` writes.
    """
    import numpy as np

    raw = b64decode(packed, validate=True)
    columns, at = [], 0
    for _ in range(5):
        column, at = _read(raw, at)
        columns.append(column)
    counts, form, tag, gap, length = columns
    forms = raw[at:].decode("utf-8", "surrogatepass").split("\0")
    size = len(form)
    if counts.min(initial=0) < 0 or {len(tag), len(gap), len(length), int(counts.sum())} != {size}:
        raise ValueError("columns are not of one length")
    first = _first(counts)
    step = gap.copy()
    step[1:] += length[:-1]
    step[first] = gap[first]
    start = np.cumsum(step)
    start -= np.repeat(start[first] - step[first], counts[counts > 0])
    inside = all(column.min(initial=0) >= 0 for column in (form, tag, start, length))
    if not inside or form.max(initial=0) >= len(forms) or tag.max(initial=0) >= len(TAGS):
        raise ValueError("a morpheme is none")
    together = Morphemes(
        list(map(forms.__getitem__, form.tolist())),
        list(map(TAGS.__getitem__, tag.tolist())),
        start.tolist(),
        (start + length).tolist(),
    )
    return [together.cut(a, b, 0) for a, b in pairwise([0, *accumulate(counts.tolist())])]


def _first(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the first morpheme of each unit stands that has one."""
    return (counts.cumsum() - counts)[counts > 0]


def _written(column: NDArray[np.int64]) -> bytes:
    import numpy as np

    most = int(np.abs(column).max(initial=0))
    width = next(width for width in _WIDTHS if most < 1 << (8 * width - 1))
    return bytes([width]) + len(column).to_bytes(4, "little") + column.astype(f"<i{width}").tobytes()


def _read(raw: bytes, at: int) -> tuple[NDArray[np.int64], int]:
    import numpy as np

    head = raw[at : at + _HEAD]
    if len(head) < _HEAD or head[0] not in _WIDTHS:
        raise ValueError("no column of numbers")
    count, at = int.from_bytes(head[1:], "little"), at + _HEAD
    return np.frombuffer(raw, f"<i{head[0]}", count=count, offset=at).astype(np.int64), at + head[0] * count
