"""Zip archives read within limits, and XML read without surprises: what docx, hwpx and zip have in common."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..records import Failure, Limits, Unreadable
from .article import File
from .markup import check_depth

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
#: Inflated bytes below which no ratio is suspicious: a page of blanks packs well.
_SMALL = 1_000_000
_DEEPEST = 3
_JUNK = ("__macosx/", "thumbs.db", "desktop.ini", ".ds_store")


class Packed:
    """A zip archive whose members are inflated no further than the limits allow.

    Raises
    ------
    Unreadable
        ``bad-file``, ``too-many``.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.archive_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise Unreadable("bad-file", f"zip: {error}") from error
        members = self._zip.infolist()
        if len(members) > limits.archive_members:
            raise Unreadable("too-many", f"{len(members):,} > {limits.archive_members:,}")
        self.members = {_name(info): info for info in members if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """Bytes of a member.

        Raises
        ------
        Unreadable
            ``encrypted``, ``bomb``, ``too-large``, ``bad-file``.
        """
        info = self.members.get(name)
        if info is None:
            raise Unreadable("bad-file", f"{name}: missing")
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("encrypted")
        # What the archive says of its sizes may be a lie: what comes out is counted.
        most = min(self._limits.file_bytes, self._left)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > _SMALL and size > self._limits.archive_ratio * max(1, info.compress_size):
                        raise Unreadable("bomb", f"1:{size // max(1, info.compress_size)}")
                    if size > most:
                        over = "too-large" if most == self._limits.file_bytes else "bomb"
                        raise Unreadable(over, f"> {most:,}")
                    parts.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable("bad-file", f"{name}: {error}") from error
        self._left -= size
        return b"".join(parts)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member: Korean Windows writes CP949 and does not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def members(file: File) -> Iterator[File | Failure]:
    """Files in an archive, in the order of their names, hidden and temporary ones left out.

    Raises
    ------
    Unreadable
        Archives in archives in archives in archives.
    """
    if file.depth >= _DEEPEST:
        raise Unreadable("too-deep", f"zip > {_DEEPEST}")
    packed = Packed(file.data, file.limits)
    for name in sorted(packed.members):
        parts = name.lower().split("/")
        if any(
            part.startswith((".", "~$")) or part.endswith("~") for part in parts
        ) or name.lower().startswith(_JUNK):
            continue
        place = f"{file.path}/{name}"
        try:
            yield File(place, packed.read(name), file.reading, depth=file.depth + 1)
        except Unreadable as error:
            yield error.failure(place)
            if error.reason == "bomb":
                return


def parse_xml(data: bytes, limits: Limits, name: str = "XML") -> _Element:
    """The root of an XML document: no entities, no network, no deeper than the limits allow.

    Raises
    ------
    Unreadable
        ``bad-file``, ``too-deep``.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = "too-deep" if "xcessive depth" in str(error) else "bad-file"
        raise Unreadable(reason, f"{name}: {error}") from error
    check_depth(root, limits)
    return root


def local(element: _Element) -> str:
    """Name of an element without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: _Element | None, name: str) -> str:
    """An attribute by its name without namespace; empty when there is none."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rsplit("}", 1)[-1] == name), "")
