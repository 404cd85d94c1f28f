"""Hangul documents of the format 5.0 for tests: records in streams, streams in an OLE container.

After 한글문서파일형식 5.0 (Hancom) and [MS-CFB]; only what a reader looks at is filled in.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


# ── the container ──────────────────────────────────────────────────────────────────────────────────


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file; ``/`` in a name is a storage."""
    # The directory as a tree: each storage's children as a chain of right siblings, in the format's order.
    entries: list[list[object]] = [["Root Entry", 5, b"", _FREE, _FREE]]
    below: dict[str, list[int]] = {"": []}
    for path in sorted(streams, key=lambda name: [(len(part), part.upper()) for part in name.split("/")]):
        *storages, name = path.split("/")
        where = ""
        for storage in storages:
            inner = f"{where}/{storage}".lstrip("/")
            if inner not in below:
                below[inner] = []
                below[where].append(len(entries))
                entries.append([storage, 1, b"", _FREE, _FREE])
            where = inner
        below[where].append(len(entries))
        entries.append([name, 2, streams[path], _FREE, _FREE])
    owners = {"": 0}
    for index, entry in enumerate(entries):
        for where in below:
            if where and where.split("/")[-1] == entry[0] and entry[1] == 1:
                owners[where] = index
    for where, children in below.items():
        children.sort(key=lambda i: (len(str(entries[i][0])), str(entries[i][0]).upper()))
        if children:
            entries[owners[where]][4] = children[0]
        for one, following in pairwise(children):
            entries[one][3] = following
    # Small streams lie in sectors of 64 bytes inside the root's stream.
    mini = b""
    mini_fat: list[int] = []
    starts: dict[int, int] = {}
    for index, entry in enumerate(entries):
        data = entry[2]
        assert isinstance(data, bytes)
        if entry[1] == 2 and 0 < len(data) < _CUTOFF:
            count = -(-len(data) // _MINI)
            starts[index] = len(mini_fat)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END]
            mini += data.ljust(count * _MINI, b"\0")
    entries[0][2] = mini
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        count = -(-len(data) // _SECTOR)
        if not count:
            return _END
        first = len(sectors)
        sectors.extend(data[i * _SECTOR : (i + 1) * _SECTOR].ljust(_SECTOR, b"\0") for i in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    for index, entry in enumerate(entries):
        data = entry[2]
        assert isinstance(data, bytes)
        if index == 0 or (entry[1] == 2 and len(data) >= _CUTOFF):
            starts[index] = put(data)
    packed = b"".join(struct.pack("<I", one) for one in mini_fat)
    mini_at = put(packed.ljust(-(-len(packed) // _SECTOR) * _SECTOR, b"\xff"))
    directory = b"".join(_entry(entry, starts.get(i, 0)) for i, entry in enumerate(entries))
    directory_at = put(directory)
    count = 1
    while (len(sectors) + count) * 4 > count * _SECTOR:
        count += 1
    fat_at = len(sectors)
    fat += [_FAT] * count
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(count * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, count, directory_at, 0,
        _CUTOFF, mini_at, -(-len(packed) // _SECTOR), _END, 0,
    )  # fmt: skip
    places = [fat_at + i if i < count else _FREE for i in range(109)]
    return header + struct.pack("<109I", *places) + b"".join(sectors) + table


def _entry(entry: Sequence[object], start: int) -> bytes:
    name, kind, data, right, child = entry
    assert isinstance(name, str)
    assert isinstance(data, bytes)
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        encoded, len(encoded), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, len(data),
    )  # fmt: skip


# ── records ────────────────────────────────────────────────────────────────────────────────────────


def record(tag: int, level: int, content: bytes = b"") -> bytes:
    """A record: its tag, its level, and its size, which has four bytes of its own from 4,095 on."""
    if len(content) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(content) << 20) + content
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(content)) + content


def control(name: str) -> bytes:
    """The name of a control, as it is stored: last letter first."""
    return name.encode()[::-1]


@dataclass(frozen=True)
class Hung:
    """A control in a paragraph: the character that holds its place, and its records one level below."""

    code: int
    name: str
    head: bytes = b""
    below: tuple[tuple[int, int, bytes], ...] = ()


def paragraph(
    *parts: str | Hung, level: int = 0, style: int = 0, shape: int = 0
) -> list[tuple[int, int, bytes]]:
    """Records of a paragraph: as tag, level, content."""
    text = bytearray()
    hung: list[tuple[int, int, bytes]] = []
    for part in parts:
        if isinstance(part, str):
            for letter in part:
                if letter == "\t":
                    text += struct.pack("<H", 9) + b"\0" * 12 + struct.pack("<H", 9)
                elif letter == "\n":
                    text += struct.pack("<H", 10)
                else:
                    text += letter.encode("utf-16-le")
        else:
            text += (
                struct.pack("<H", part.code) + control(part.name) + b"\0" * 8 + struct.pack("<H", part.code)
            )
            hung.append((71, level + 1, control(part.name) + part.head))
            hung += [(tag, level + 1 + deeper, content) for tag, deeper, content in part.below]
    text += struct.pack("<H", 13)
    head = struct.pack("<IIHBBHHHIH", len(text) // 2, 0, shape, style, 0, 1, 0, 1, 0, 0)
    return [(66, level, head), (67, level + 1, bytes(text)), (68, level + 1, b"\0" * 8), *hung]


def table(*rows: Sequence[tuple[int, int, int, Sequence[Sequence[str | Hung]]]], caption: str = "") -> Hung:
    """A table; each cell as its column, how many columns and rows it spans, and its paragraphs."""
    below: list[tuple[int, int, bytes]] = []
    if caption:
        below += [(72, 1, struct.pack("<iI", 1, 0) + b"\0" * 12), *paragraph(caption, level=1)]
    width = max(cell[0] + cell[1] for row in rows for cell in row)
    sizes = struct.pack(f"<{len(rows)}H", *map(len, rows))
    below.append((77, 1, struct.pack("<IHHH8s", 0, len(rows), width, 0, b"") + sizes + b"\0\0"))
    for number, row in enumerate(rows):
        for column, across, down, paragraphs in row:
            place = struct.pack(
                "<iI4HII8sH", len(paragraphs), 0, column, number, across, down, 100, 100, b"", 0
            )
            below.append((72, 1, place))
            for parts in paragraphs:
                below += paragraph(*parts, level=1)
    return Hung(11, "tbl ", b"\0" * 40, tuple(below))


def note(text: str, name: str = "fn  ") -> Hung:
    """A foot note (or ``en  ``), which opens with the number that Hangul counts."""
    number = Hung(18, "atno", b"\0" * 12)
    return Hung(
        17, name, b"\0" * 8, ((72, 1, struct.pack("<iI", 1, 0)), *paragraph(number, f" {text}", level=1))
    )


def box(text: str) -> Hung:
    """A text box."""
    shape = ((76, 1, control("$rec") * 2 + b"\0" * 60), (72, 2, struct.pack("<iI", 1, 0)))
    return Hung(11, "gso ", b"\0" * 40, (*shape, *paragraph(text, level=2)))


def margin(text: str, name: str = "head") -> Hung:
    """The head (or ``foot``) of each page, or a hidden comment (``tcmt``)."""
    return Hung(16, name, b"\0" * 8, ((72, 1, struct.pack("<iI", 1, 0)), *paragraph(text, level=1)))


def ruby(word: str, reading: str) -> Hung:
    """A word with its reading above it."""
    packed = b"".join(struct.pack("<H", len(text)) + text.encode("utf-16-le") for text in (word, reading))
    return Hung(23, "tdut", packed + b"\0" * 16)


def styles(*names: str, heads: Sequence[int] = (0,)) -> bytes:
    """The stream of a document's styles, and of the heads of its paragraph shapes."""
    shapes = b"".join(record(25, 1, struct.pack("<I", head << 23) + b"\0" * 50) for head in heads)
    return shapes + b"".join(
        record(26, 1, struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0" * 12) for name in names
    )


def document(
    *sections: Sequence[Sequence[tuple[int, int, bytes]]],
    info: bytes = b"",
    flags: int = 1,
    more: dict[str, bytes] | None = None,
) -> bytes:
    """A document of sections of paragraphs, packed as `flags` say."""

    def packed(data: bytes) -> bytes:
        engine = zlib.compressobj(9, zlib.DEFLATED, -15)
        return engine.compress(data) + engine.flush() if flags & 1 else data

    texts = [b"".join(record(*one) for paragraph in section for one in paragraph) for section in sections]
    streams = {
        "FileHeader": struct.pack("<32sII", b"HWP Document File", 0x05000300, flags).ljust(256, b"\0"),
        "DocInfo": packed(info or styles("바탕글")),
        **{f"BodyText/Section{i}": packed(text) for i, text in enumerate(texts)},
        **(more or {}),
    }
    return compound(streams)
