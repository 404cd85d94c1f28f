"""Hangul documents of the format 5.0 (한글문서파일형식 5.0): what ministries still send.

The container is an OLE compound file, read by olefile (the extra ``yoyak[hwp]``). In it, text is a stream of
records, each with a tag and a level; what is below a record has a higher level.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..records import Article, Failure, Limits, Unreadable
from .article import LEFT_IN_HANGUL, File, is_nobody, make_article
from .flow import Flow, written
from .hangul import marked
from .hwpx import read_hwpx
from .press import title_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SIGNATURE = b"HWP Document File"
# Bits of the file header: https://www.hancom.com/etc/hwpDownload.do
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _DRM, _CERTIFIED, _CERTIFIED_DRM = 1, 2, 4, 16, 256, 1024
_PARA_HEADER, _PARA_TEXT, _CTRL_HEADER, _LIST_HEADER = 66, 67, 71, 72
_SHAPE, _TABLE, _MEMOS, _STYLE, _PARA_SHAPE = 76, 77, 93, 26, 25
_CHUNK = 1 << 20
_SMALL = 1_000_000
_HEADS = {1: "OUTLINE", 2: "NUMBER", 3: "BULLET"}
# Characters below 32: those of one unit, and what they show; all others take eight units.
_SHOWN = {10: "\n", 13: "", 24: "-", 30: "\u00a0", 31: "\u3000"}
_ONE_UNIT = frozenset({0, 10, 13, *range(24, 32)})
_TAB, _RUBY = 9, 23
_WRITTEN = frozenset({"tdut", "tcps"})  # words with their reading, letters one on the other
_NOTES = frozenset({"fn  ", "en  "})
_SECTION = re.compile(r"section(\d+)", re.IGNORECASE)


def read_hwp(file: File) -> Iterator[Article | Failure]:
    """One article from a Hangul document."""
    if file.data.startswith(_ZIP):  # the new format under the old name
        yield from read_hwpx(file)
        return
    if file.data.startswith(_SIGNATURE):  # 3.0 and before have no container
        raise Unreadable("old-format", ".hwpx")
    try:
        import olefile
    except ImportError as error:
        raise Unreadable("needs-extra", "olefile") from error
    if not file.data.startswith(_OLE):
        raise Unreadable("bad-file", "hwp: no OLE container")
    try:
        with olefile.OleFileIO(io.BytesIO(file.data)) as container:
            yield _article(container, file)
    except Unreadable:
        raise
    except (OSError, ValueError, IndexError, KeyError, struct.error, RecursionError, TypeError) as error:
        raise Unreadable("bad-file", f"hwp: {str(error)[:200]}") from error


def _article(container: Any, file: File) -> Article:
    names = {"/".join(parts).lower(): parts for parts in container.listdir()}
    if "fileheader" not in names:
        raise Unreadable("bad-file", "hwp: no FileHeader")
    header = container.openstream(names["fileheader"]).read(256)
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise Unreadable("bad-file", "hwp: FileHeader")
    flags = struct.unpack_from("<I", header, 36)[0]
    if flags & (_PASSWORD | _DRM | _CERTIFIED | _CERTIFIED_DRM):
        raise Unreadable("encrypted")
    if flags & _DISTRIBUTION:
        raise Unreadable("distribution")
    streams = _Streams(container, file.limits, packed=bool(flags & _COMPRESSED))
    styles = _styles(streams.read(names["docinfo"])) if "docinfo" in names else _Styles()
    numbered = sorted(
        (int(match[1]), parts)
        for parts in names.values()
        if len(parts) == 2 and parts[0].lower() == "bodytext" and (match := _SECTION.fullmatch(parts[1]))
    )
    if not numbered:
        raise Unreadable("bad-file", "hwp: no BodyText/Section0")
    flow = Flow(file.limits)
    for _, parts in numbered:
        _Section(flow, styles).read(streams.read(parts))
    blocks = flow.blocks()
    metadata = _metadata(container, names)
    told = metadata.pop("title", None)
    title = title_of(blocks) or told
    return make_article(file, written(blocks), format="hwp", title=title, metadata=metadata)


def _metadata(container: Any, names: dict[str, list[str]]) -> dict[str, str]:
    """Title and author out of the properties, where they are not what a program leaves there."""
    parts = names.get("\x05hwpsummaryinformation")
    if parts is None:
        return {}
    try:
        found = container.getproperties(parts)
    except Exception:  # olefile's reader of properties; without them the text is as good
        return {}
    texts = {2: "title", 4: "author"}
    said = {
        name: " ".join(found[key].replace("\0", "").split())
        for key, name in texts.items()
        if isinstance(found.get(key), str)
    }
    if is_nobody(said.get("author", ""), LEFT_IN_HANGUL):
        said.pop("author", None)
    return {name: text for name, text in said.items() if text}


class _Streams:
    """Streams of the container, inflated no further than the limits allow."""

    def __init__(self, container: Any, limits: Limits, *, packed: bool) -> None:
        self._container, self._limits, self._packed = container, limits, packed
        self._left = limits.archive_bytes

    def read(self, parts: list[str]) -> bytes:
        data: bytes = self._container.openstream(parts).read()
        if not self._packed:
            return data
        engine = zlib.decompressobj(-15)
        found: list[bytes] = []
        size = 0
        rest = data
        while not engine.eof:
            try:
                chunk = engine.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise Unreadable("bad-file", f"hwp: {error}") from error
            if not chunk and not rest:
                raise Unreadable("bad-file", f"hwp: {'/'.join(parts)} is cut off")
            rest = engine.unconsumed_tail
            size += len(chunk)
            if size > _SMALL and size > self._limits.archive_ratio * len(data):
                raise Unreadable("bomb", f"1:{size // max(1, len(data))}")
            if size > self._limits.file_bytes:
                raise Unreadable("too-large", f"> {self._limits.file_bytes:,}")
            if size > self._left:
                raise Unreadable("bomb", f"> {self._limits.archive_bytes:,}")
            found.append(chunk)
        self._left -= size
        return b"".join(found)


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, level and content of each record; a record that is cut off is the last."""
    at = 0
    while at + 4 <= len(data):
        word = struct.unpack_from("<I", data, at)[0]
        at += 4
        size = word >> 20
        if size == 0xFFF:
            if at + 4 > len(data):
                return
            size = struct.unpack_from("<I", data, at)[0]
            at += 4
        yield word & 0x3FF, (word >> 10) & 0x3FF, data[at : at + size]
        at += size


@dataclass(slots=True)
class _Styles:
    """Names of the styles, and the heads of paragraph shapes, by number."""

    names: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def of(self, style: int, shape: int) -> tuple[str, str]:
        return (
            self.names[style] if style < len(self.names) else "",
            self.heads[shape] if shape < len(self.heads) else "",
        )


def _styles(data: bytes) -> _Styles:
    found = _Styles()
    for tag, _, content in _records(data):
        if tag == _STYLE:
            found.names.append(_text_at(content, 0)[0])
        elif tag == _PARA_SHAPE:
            bits = struct.unpack_from("<I", content)[0] if len(content) >= 4 else 0
            found.heads.append(_HEADS.get((bits >> 23) & 3, ""))
    return found


def _text_at(content: bytes, at: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends."""
    if at + 2 > len(content):
        return "", len(content)
    end = at + 2 + 2 * struct.unpack_from("<H", content, at)[0]
    return content[at + 2 : end].decode("utf-16-le", "replace"), end


@dataclass(slots=True)
class _Open:
    """A record whose inside is being read.

    Attributes
    ----------
    key
        Twice its level: a list comes before the paragraphs in it, which have its level.
    begun
        For a control: its table, or its shape, has come; lists before that are captions.
    held
        Places in a paragraph that wait for what its controls say.
    """

    key: int
    kind: str
    name: str = ""
    begun: bool = False
    style: int = 0
    shape: int = 0
    held: list[Callable[[str], None]] = field(default_factory=list)
    cell: tuple[int, int, int, bool] = (0, 1, 1, False)
    row: int = -1


class _Section:
    """One section of the text: records into the flow of a document."""

    def __init__(self, flow: Flow, styles: _Styles) -> None:
        self._flow, self._styles = flow, styles
        self._open: list[_Open] = []

    def read(self, data: bytes) -> None:
        for tag, level, content in _records(data):
            if tag == _PARA_HEADER:
                self._close(2 * level)
                self._paragraph(level, content)
            elif tag == _PARA_TEXT:
                if self._open and self._open[-1].kind == "paragraph":
                    self._text(content)
            elif tag == _CTRL_HEADER:
                self._close(2 * level)
                self._control(level, content)
            elif tag == _LIST_HEADER:
                self._close(2 * level - 1)
                self._list(level, content)
            elif tag in (_TABLE, _SHAPE):
                self._close(2 * level)
                control = next((one for one in reversed(self._open) if one.kind == "control"), None)
                if control is not None:
                    control.begun = True
            elif tag == _MEMOS:
                self._close(2 * level)
                self._open.append(_Open(2 * level, "control", name="memo"))
        self._close(-1)

    def _close(self, key: int) -> None:
        """End what is open at this level or deeper."""
        while self._open and self._open[-1].key >= key:
            one = self._open.pop()
            if one.kind == "paragraph":
                style, head = self._styles.of(one.style, one.shape)
                self._flow.close_paragraph(marked(self._flow.text, style, head))
            elif one.kind == "cell":
                _, across, down, names = one.cell
                self._flow.close_cell(across, down, names=names)
            elif one.kind == "list" or (one.kind == "control" and one.name == "tbl "):
                self._flow.close()

    def _paragraph(self, level: int, content: bytes) -> None:
        shape, style = struct.unpack_from("<HB", content, 8) if len(content) >= 11 else (0, 0)
        self._open.append(_Open(2 * level, "paragraph", style=style, shape=shape))
        self._flow.open("paragraph")

    def _text(self, content: bytes) -> None:
        """Text of a paragraph: runs of letters, and controls of one or of eight units between them."""
        units = memoryview(content[: len(content) & ~1]).cast("H")
        at = start = 0
        while at < len(units):
            unit = units[at]
            if unit >= 32:
                at += 1
                continue
            if start < at:
                self._flow.add(content[2 * start : 2 * at].decode("utf-16-le", "replace"))
            if unit == _TAB:
                self._flow.add(" ")
            elif unit == _RUBY:
                self._open[-1].held.append(self._flow.hold())
            elif unit in _SHOWN:
                self._flow.add(_SHOWN[unit])
            at += 1 if unit in _ONE_UNIT else 8
            start = at
        if start < at:
            self._flow.add(content[2 * start :].decode("utf-16-le", "replace"))

    def _control(self, level: int, content: bytes) -> None:
        name = content[3::-1].decode("latin-1") if len(content) >= 4 else ""
        above = self._open[-1] if self._open else None
        if name in _WRITTEN and above is not None and above.held:
            text, end = _text_at(content, 4)
            reading = _text_at(content, end)[0] if name == "tdut" else ""
            above.held.pop(0)(f"{text}({reading})" if reading else text)
        self._open.append(_Open(2 * level, "control", name=name))
        if name == "tbl ":
            self._flow.open("table")

    def _list(self, level: int, content: bytes) -> None:
        control = next((one for one in reversed(self._open) if one.kind == "control"), None)
        kind = control.name if control is not None else ""
        if control is not None and kind == "tbl " and control.begun:
            _, row, across, down = (
                struct.unpack_from("<4H", content, 8) if len(content) >= 16 else (0, 0, 1, 1)
            )
            bits = struct.unpack_from("<I", content, 4)[0] if len(content) >= 8 else 0
            if row != control.row:
                self._flow.open("row")
                control.row = row
            self._open.append(_Open(2 * level - 1, "cell", cell=(row, across, down, bool(bits & (1 << 18)))))
            self._flow.open("cell")
            return
        self._open.append(_Open(2 * level - 1, "list"))
        if kind in _NOTES:
            self._flow.open("note")
        else:
            self._flow.open("box" if kind == "gso " and control is not None and control.begun else "unseen")
