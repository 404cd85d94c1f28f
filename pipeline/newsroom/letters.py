"""An issue as a message to each of those who get it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from ..records import ConfigError, Digest
from ..writers.addresses import Mailbox, header, mailboxes
from ..writers.mail import digest_eml

#: In an unsubscribe address it stands for the recipient's.
PLACE = "{address}"
_END = "\r\n\r\n"
_TO = re.compile(r"^To: .*?\r\n(?![ \t])", re.DOTALL | re.MULTILINE)
_ID = re.compile(r"^Message-ID: <(\w+)@([^>]+)>\r\n", re.MULTILINE)
_ONE_CLICK = re.compile(r"^List-Unsubscribe-Post: .*?\r\n(?![ \t])", re.DOTALL | re.MULTILINE)


def recipients_in(file: Path) -> tuple[Mailbox, ...]:
    """Mailboxes of a file with one a line, each address once; blank lines and those behind ``#`` are none.

    Raises
    ------
    ConfigError
        It can't be read, or one of its lines is no address: the message has its number.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ConfigError(file, "", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(file, "", f"not UTF-8: byte {error.start}") from error
    found: dict[str, Mailbox] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        boxes = mailboxes(line)
        if len(boxes) != 1:
            raise ConfigError(file, f"line {number}", f"no e-mail address: {line.strip()[:80]!r}")
        found.setdefault(key_of(boxes[0]), boxes[0])
    return tuple(found.values())


def key_of(box: Mailbox) -> str:
    """What tells one recipient from another, however the address is spelled."""
    return box.address.casefold()


@dataclass(frozen=True, slots=True)
class Letter:
    """An issue as a message; made once for all, or for each where the unsubscribe address names them.

    Attributes
    ----------
    one_click
        The unsubscribe address answers POST as RFC 8058 says.
    """

    digest: Digest
    texts: Mapping[str, str]
    templates: Path | None
    one_click: bool
    shared: str

    def to(self, box: Mailbox) -> bytes:
        """The message to one recipient. Same issue, same recipient, same bytes."""
        if PLACE in self.digest.newsletter.unsubscribe:
            message = _message(self.digest, self.texts, self.templates, box)
        else:
            message = self.shared
        head, _, body = message.partition(_END)
        head += "\r\n"
        to = header("To", (box,)) + "\r\n"
        head = _TO.sub(lambda _: to, head, count=1) if _TO.search(head) else to + head
        mark = sha256(key_of(box).encode()).hexdigest()[:16]
        head = _ID.sub(lambda m: f"Message-ID: <{m[1]}.{mark}@{m[2]}>\r\n", head, count=1)
        return f"{head if self.one_click else _ONE_CLICK.sub('', head)}\r\n{body}".encode("ascii")


def letter(digest: Digest, texts: Mapping[str, str], templates: Path | None, *, one_click: bool) -> Letter:
    """An issue as a message."""
    return Letter(digest, texts, templates, one_click, _message(digest, texts, templates, Mailbox("", "")))


def without_one_click(message: str) -> str:
    """A message whose unsubscribe address is for people alone."""
    head, end, body = message.partition(_END)
    return f"{_ONE_CLICK.sub('', head + chr(13) + chr(10)).removesuffix(chr(13) + chr(10))}{end}{body}"


def _message(digest: Digest, texts: Mapping[str, str], templates: Path | None, box: Mailbox) -> str:
    own = digest.newsletter.unsubscribe.replace(PLACE, quote(box.address, safe="@"))
    own_letter = replace(digest.newsletter, unsubscribe=own, recipient=box.address)
    return digest_eml(replace(digest, newsletter=own_letter), texts, templates)
