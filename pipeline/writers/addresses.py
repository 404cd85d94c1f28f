"""Mailboxes as people write them: names with commas, brackets and Hangul."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.header import Header

# A quotation that nothing closes goes to the end, where no other one is closed either: none is tried again.
_PIECE = re.compile(r'"(?:[^"\\]|\\[\s\S])*+(?:"|(?P<open>\\?\Z))|<[^<>]*>|[,;]|[^",;<]++|.')
_UNQUOTED = re.compile(r"<[^<>]*>|[,;]|[^,;<]++|.")
_BOX = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
_PLAIN = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name, which may be empty, and address in ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands after the ``@``."""
        return self.address.rpartition("@")[2]


def mailboxes(line: str) -> tuple[Mailbox, ...]:
    """Those of a line, apart by commas or semicolons.

    A name may hold commas that nobody put into quotation marks: ``나래 아침, 편집국 <news@example.kr>`` is
    one mailbox. What has no address is left out.
    """
    found = []
    name = ""
    for part in _parts(line):
        box = _mailbox(part)
        if box is None:
            name += f"{part}, "  # a name that goes on behind its comma
        else:
            # A bare address has no name: what stands before it is nobody's.
            own = f"{name}{box.name}".strip(" ,") if box.name or "<" in part else ""
            found.append(Mailbox(own, box.address))
            name = ""
    return tuple(found)


def header(name: str, boxes: Sequence[Mailbox]) -> str:
    """A header of mailboxes, folded; names are quoted or encoded where they need it (RFC 5322, 2047)."""
    return f"{name}: " + ",\r\n ".join(_written(box) for box in boxes)


def _parts(line: str) -> list[str]:
    """The line cut at commas and semicolons that stand outside quotation marks and angle brackets."""
    parts = [""]
    for piece in _pieces(line):
        if piece in (",", ";"):
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _pieces(line: str) -> Iterator[str]:
    for match in _PIECE.finditer(line):
        if match["open"] is None:
            yield match[0]
        else:
            yield from _UNQUOTED.findall(match[0])


def _mailbox(part: str) -> Mailbox | None:
    before, bracket, rest = part.partition("<")
    if bracket:
        address = rest.partition(">")[0].strip()
    else:
        before, _, address = part.rpartition(" ")
    if not _BOX.fullmatch(address):
        return None
    user, _, domain = address.partition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        user.encode("ascii")
    except UnicodeError:
        return None
    return Mailbox(_unquoted(before.strip()), f"{user}@{ascii_domain}")


def _unquoted(name: str) -> str:
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*+)"', name)
    return re.sub(r"\\(.)", r"\1", quoted[1]).strip() if quoted else name


def _written(box: Mailbox) -> str:
    if not box.name:
        return box.address
    if not _PLAIN.fullmatch(box.name) or "=?" in box.name:
        name = Header(box.name, "utf-8", maxlinelen=60).encode(linesep="\r\n")
    elif re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+", box.name):
        name = box.name
    else:
        name = '"' + re.sub(r'(["\\])', r"\\\1", box.name) + '"'
    return f"{name} <{box.address}>"
