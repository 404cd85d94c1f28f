"""What readers share: a file, what is wrong with it, and the making of an article."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath

from ..korean.dates import read_date
from ..korean.spelling import letters_of
from ..records import Article, Limits, Note, Reading, Source, Unreadable
from ..records.article import article_id
from .escapes import decoded, plain

#: Metadata that every format may give, besides the title.
METADATA = ("url", "publisher", "author", "published", "rights")

#: How much is told of what could not be read as a date.
_LONGEST_DATE = 80
#: Longest name of an outlet behind a title.
_LONGEST_OUTLET = 60

_LINE = re.compile(r"[^\r\n]+")
#: Whom programs name as the author where nobody did; and the names that Hangul's own samples have besides.
_NOBODY = re.compile(
    r"user|admin(?:istrator)?|사용자|관리자|anonymous|\(?unspecified\)?|unknown|un-named|python-docx"
    r"|windows.*|microsoft.*|hancom.*",
    re.IGNORECASE,
)
LEFT_IN_HANGUL = frozenset({"text", "kim"})
_SPACE = "\ufeff\u200b\u2060 \t\r\n\v\f\x85\u00a0\u2028\u2029\u3000"


def is_nobody(author: str, besides: Collection[str] = ()) -> bool:
    """Whether an author is nobody: what a program writes where it was told no name.

    Parameters
    ----------
    besides
        Other such names, in small letters.
    """
    return author.lower() in besides or _NOBODY.fullmatch(author) is not None


@dataclass(frozen=True, slots=True)
class File:
    """Bytes to be read, and what is known about them.

    Attributes
    ----------
    path
        As it is reported: ``news.zip/a.txt`` for a member of an archive.
    declared
        Encoding that the transport named.
    metadata
        Facts from around the file (the address it was fetched from): they fill what it leaves out.
    depth
        Archives and mails around it.
    ending
        What kind of file it is, such as ``.html``, where its name does not tell.
    """

    path: str
    data: bytes
    reading: Reading
    declared: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    ending: str = ""

    @property
    def limits(self) -> Limits:
        """Those of `reading`."""
        return self.reading.limits

    @property
    def suffix(self) -> str:
        """Ending of the name, lower case, with its dot."""
        return self.ending or PurePosixPath(self.path.replace("\\", "/")).suffix.lower()

    @property
    def stem(self) -> str:
        """Name without folder and ending."""
        path = re.sub(r"[?#].*$", "", self.path) if "://" in self.path else self.path
        return "stdin" if path == "-" else PurePosixPath(path.replace("\\", "/")).stem


class Clock:
    """Time for one answer: `check` raises when it is up."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `Unreadable` when the time is up."""
        if time.monotonic() > self._end:
            raise Unreadable("too-slow", f"{self._seconds:g} s")


def hash_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def folded(text: str) -> str:
    """A line for the metadata: composed, white space folded, control characters out."""
    kept = "".join(c if c.isprintable() or c.isspace() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def is_empty(text: str) -> bool:
    """Whether nothing but white space is there."""
    return not text.strip(_SPACE)


def make_article(
    file: File,
    text: str,
    *,
    format: str,
    title: str | None = None,
    metadata: Mapping[str, str | None] | None = None,
    place: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    start: int = 0,
    sentences: tuple[tuple[int, int], ...] | None = None,
    encoding: str | None = None,
    own: str | None = None,
    kept: Mapping[str, str] | None = None,
    notes: tuple[Note, ...] = (),
) -> Article:
    """Make an article out of what a reader found.

    Parameters
    ----------
    title, metadata
        As found; they are folded here, and what `file` knows fills the gaps.
    place, name, digest
        Of a record inside a file: where it is, what to call it without a title, its own hash.
    start
        Where the article starts in `text`.
    own, kept
        The record's own id, and what goes along with it.

    Raises
    ------
    Unreadable
        Empty, longer than the limits allow, or not text.
    """
    if is_empty(text[start:]):
        raise Unreadable("empty")
    check_text(text, file.limits)
    given = {key: (metadata or {}).get(key) or file.metadata.get(key) for key in METADATA}
    found = {
        key: folded(decoded(value) if key == "url" else plain(value)) or None
        for key, value in given.items()
        if value
    }
    title = folded(plain(title or file.metadata.get("title") or "")) or None
    title = _without_outlet(title, found.get("publisher") or "") if title else None
    date = found.pop("published", None)
    moment = read_date(date, file.reading.zone) if date else None
    digest = digest or hash_of(file.data)
    source = Source(
        path=place or file.path,
        sha256=digest,
        format=format,
        encoding=encoding,
        id=own,
        kept=dict(kept or {}),
        published=moment.day.isoformat() if moment else None,
        published_at=moment.at.isoformat() if moment and moment.at else None,
        **found,
    )
    return Article(
        id=article_id(title or name or file.stem, digest),
        title=title,
        source=source,
        text=text,
        body=(start, len(text)),
        sentences=sentences,
        notes=notes if moment or not date else (*notes, Note("date", date[:_LONGEST_DATE])),
    )


def _without_outlet(title: str, publisher: str) -> str:
    """A title without the name of its outlet behind it, as search feeds and pages put it: … - 한빛뉴스."""
    for match in re.finditer(r" (?:[-–—|:·]|::|//) ", title[-_LONGEST_OUTLET:]):
        start = max(0, len(title) - _LONGEST_OUTLET) + match.start()
        if start and letters_of(title[start:]) == letters_of(publisher) != "":
            return title[:start].rstrip()
    return title


def check_text(text: str, limits: Limits) -> None:
    """Raise `Unreadable` for a text that is too long, has too long a line, or can't be written as UTF-8."""
    if len(text) > limits.article_chars:
        raise Unreadable("article-too-long", f"{len(text):,} > {limits.article_chars:,}")
    if len(text) > limits.line_chars:
        longest = max((len(line[0]) for line in _LINE.finditer(text)), default=0)
        if longest > limits.line_chars:
            raise Unreadable("line-too-long", f"{longest:,} > {limits.line_chars:,}")
    if "\0" in text:
        raise Unreadable("binary", f"character {text.index(chr(0))}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable("bad-field", f"lone surrogate at character {error.start}") from error


def noted(article: Article, *notes: Note) -> Article:
    """The article with more notes."""
    return replace(article, notes=(*article.notes, *notes))
