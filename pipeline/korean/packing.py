"""The morphemes of a document as a text that a report carries, so that nobody has to find them again.

The first byte says how many bytes a number has, 2 or 4; they stand one after the other, low byte first: how
many units there are (the title's is the last), where the morphemes of each end, then of all morphemes the
form (its number among the distinct ones), the tag (its number in `TAGS`), start and end. Behind them stand
the distinct forms in UTF-8, parted by U+0000. All of it is compressed (zlib, RFC 1950) and written in base 64
(RFC 4648).
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from itertools import pairwise

from ..records import Token, Tokens
from .columns import TAGS, Morphemes, ids

#: What is read is no larger: a report from elsewhere may be anything.
_MOST = 64_000_000
_KINDS = {2: "<u2", 4: "<i4"}
#: Low, for it is done for each article; the next ones save a tenth.
_LEVEL = 1


def pack(tokens: Tokens, title: Sequence[Token] = ()) -> str:
    """The morphemes of a document's units, and of its title, as text."""
    import numpy as np

    # A title has hardly a form that the text does not have.
    more = [form for form in dict.fromkeys(token.form for token in title) if form not in tokens.ids]
    number = (
        {**tokens.ids, **{form: n for n, form in enumerate(more, len(tokens.forms))}} if more else tokens.ids
    )
    size = len(tokens.form)
    own = [
        np.concatenate([column, np.array(last, dtype=np.int32)])
        for column, last in (
            (tokens.form, [number[token.form] for token in title]),
            (tokens.tag, ids(token.tag for token in title)),
            (tokens.start, [token.start for token in title]),
            (tokens.end, [token.end for token in title]),
        )
    ]
    ends = [len(tokens.bounds), *tokens.bounds[1:], size + len(title)]
    numbers = np.concatenate([np.array(ends, dtype=np.int32), *own])
    width = 2 if int(numbers.max()) < 1 << 16 else 4
    written = "\0".join((*tokens.forms, *more)).encode("utf-8", "surrogatepass")
    raw = bytes([width]) + numbers.astype(_KINDS[width]).tobytes() + written
    return b64encode(zlib.compress(raw, _LEVEL)).decode("ascii")


def unpack(packed: str) -> list[Morphemes]:
    """The morphemes of a document's units, those of its title last.

    Raises
    ------
    ValueError
        When it is not what `pack` writes.
    """
    import numpy as np

    try:
        raw = zlib.decompressobj().decompress(b64decode(packed, validate=True), _MOST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    width = raw[0] if raw else 0
    if width not in _KINDS:
        raise ValueError("numbers have 2 bytes or 4")
    kind, at = _KINDS[width], 1 + width
    units = int.from_bytes(raw[1:at], "little")
    ends = np.frombuffer(raw, kind, count=units, offset=at).tolist()
    size, at = ends[-1] if ends else 0, at + width * units
    if any(a > b for a, b in pairwise([0, *ends])):
        raise ValueError("bounds are not in order")
    numbers = np.frombuffer(raw, kind, count=4 * size, offset=at).reshape(4, size)
    forms = raw[at + 4 * width * size :].decode("utf-8", "surrogatepass").split("\0")
    inside = numbers.min(initial=0) >= 0 and numbers[0].max(initial=0) < len(forms)
    if not (inside and numbers[1].max(initial=0) < len(TAGS) and (numbers[2] <= numbers[3]).all()):
        raise ValueError("a morpheme is none")
    form, tag, starts, ends_of = numbers.tolist()
    together = Morphemes(
        list(map(forms.__getitem__, form)), list(map(TAGS.__getitem__, tag)), starts, ends_of
    )
    return [together.cut(first, last, 0) for first, last in pairwise([0, *ends])]
