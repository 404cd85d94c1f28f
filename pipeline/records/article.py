"""What was read: an article, where it came from, and what reading may cost."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

#: Where the newsroom is, unless it says otherwise.
ZONE = "Asia/Seoul"

Kind = Literal["title", "heading", "body", "item", "quote", "boilerplate"]

#: Hexadecimal digits of an article's hash in its id: fewer could be made to meet in minutes.
ID_DIGITS = 16

#: The kinds that a summary may take from and that get a theme.
CONTENT_KINDS: frozenset[Kind] = frozenset({"body", "item"})

#: The theme of a sentence that belongs to none of the configured ones.
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from, and what may be done with it.

    Attributes
    ----------
    path
        The file as the user named it; ``file.jsonl:3`` for the third line of a JSON Lines file, ``-`` for
        standard input.
    published
        The day in the newsroom's zone, such as ``2026-03-05``; None where the source gives none that can be
        read (`korean.dates.read_date`).
    published_at
        The moment, in that zone and with its offset, where a time is given: ``2026-03-05T08:26:02+09:00``.
    sha256
        Of the file's bytes, or of the record's own line in a JSON Lines file.
    format
        The reader that read it, such as ``html``.
    encoding
        What the bytes were decoded with, as Python spells it: decoding the file with it gives the text that
        offsets point into. None for a format that holds its own text (docx, hwpx, pdf, parquet).
    """

    path: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_at: str | None = None
    rights: str | None = None
    sha256: str
    format: str | None = None
    encoding: str | None = None

    @property
    def day(self) -> date | None:
        """`published` as a date; None, too, where somebody else made the record and put no ISO day there."""
        try:
            return date.fromisoformat(self.published) if self.published else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know of an article or its report.

    Attributes
    ----------
    code
        A key of ``[notes]`` in ``configs/messages``: the sentence that people read.
    detail
        What the sentence leaves open: an encoding, a date that can't be read.
    """

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read.

    Attributes
    ----------
    id
        A readable slug and a short hash of the content; safe as a file name on every system.
    title
        From the metadata; a title line inside the text is found later, by the layout.
    text
        The decoded text of the file as it came (for a JSON record: its ``body``; for HTML, docx and the like
        the text that their reader took out, written as Markdown). Offsets point into it.
    body
        Where the article itself starts and ends in `text`, front matter left out.
    sentences
        Spans of sentences that the source gave one by one; None when the text is still to be split.
    notes
        What a reader should know. They become warnings of the report.
    """

    id: str
    title: str | None
    source: Source
    text: str
    body: tuple[int, int]
    sentences: tuple[tuple[int, int], ...] | None = None
    notes: tuple[Note, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        path: str = "text",
        url: str | None = None,
        publisher: str | None = None,
        author: str | None = None,
        published: str | None = None,
        rights: str | None = None,
    ) -> Article:
        """An article out of a string that is its text.

        Parameters
        ----------
        title
            Default: the line of the text that the layout takes for one.
        path
            What failures and sources call it.
        published
            An ISO date, ``2026-03-05``.

        Raises
        ------
        TypeError
            The text is no string.
        ValueError
            The date is none.
        """
        if not isinstance(text, str):
            raise TypeError(f"the text of an article is a str, not {type(text).__name__}")
        if published is not None:
            date.fromisoformat(published)
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        source = Source(
            path=path,
            url=url,
            publisher=publisher,
            author=author,
            published=published,
            rights=rights,
            sha256=digest,
            format="text",
        )
        return cls(
            id=article_id(title or path, digest), title=title, source=source, text=text, body=(0, len(text))
        )


def article_id(name: str, digest: str) -> str:
    """Make a readable slug with 64 bits of the content's hash.

    Only a–z, 0–9, Hangul syllables and hyphens, at most 57 code points: safe as a file name on Windows,
    macOS and Linux, and unchanged by their Unicode normalization of names as far as it is composed.
    """
    words = re.findall(r"[a-z0-9가-힣]+", unicodedata.normalize("NFKC", name[:400]).casefold())
    slug = "-".join(words)[:40].strip("-")
    return f"{slug or 'article'}-{digest[:ID_DIGITS]}"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report.

    Attributes
    ----------
    source
        The file (or its line) that failed.
    step
        The step that gave up: ``read``, ``layout``, …
    reason
        A code out of ``failures`` in ``configs/messages``; the terminal shows the sentence behind it.
    detail
        What the sentence leaves open: a position, a key, an exception's own words.
    """

    source: str
    step: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What tells an article from a copy of it.

    Attributes
    ----------
    path, sha256, id
        The article's.
    page, title
        Its address without what differs between ways to it, and its title without case; empty without one.
    length, letters
        Of its body without all else: how many, and the first of them; none without a page.
    """

    path: str
    sha256: str
    id: str
    page: str = ""
    title: str = ""
    length: int = 0
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was when it was read, or left unread for that: all that it holds has been given.

    Attributes
    ----------
    path
        As it is reported.
    size
        Bytes.
    written, changed
        When it was written to last, and when anything of it was changed, in nanoseconds.
    looked
        When it was looked at, in nanoseconds of the same clock.
    new
        False where it was left unread.
    """

    path: str
    size: int
    written: int
    changed: int
    looked: int
    new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an input may cost. Over a limit it is a failure that names the limit.

    Attributes
    ----------
    file_bytes
        One file, or one member of an archive, or one answer from the web.
    article_chars, article_sentences, line_chars
        One article, its sentences, and its longest line. Sentences are compared with each other: time and
        memory grow with the square of their number.
    archive_members, archive_bytes, archive_ratio
        Files in an archive, their inflated size together, and inflated over packed size of one of them.
    depth
        Nesting of HTML, XML and JSON, and of archives in archives.
    seconds, memory_bytes
        For reading one file by libraries that can't be stopped otherwise, in a process of its own; a tenth
        of the time more for each megabyte. With 0 bytes there is no such process.
    least_letters, korean_share
        What is left of an article without boilerplate: fewer letters than this is nearly empty, a smaller
        share of Hangul among them is not Korean.
    """

    file_bytes: int = 50_000_000
    article_chars: int = 2_000_000
    article_sentences: int = 1_500
    line_chars: int = 200_000
    archive_members: int = 100_000
    archive_bytes: int = 1_000_000_000
    archive_ratio: int = 200
    depth: int = 200
    seconds: float = 4.0
    memory_bytes: int = 700_000_000
    least_letters: int = 8
    korean_share: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How pages are fetched.

    Attributes
    ----------
    agent
        User-Agent, and the name that robots.txt is asked about.
    cache
        Folder that keeps answers; None for no cache.
    cache_seconds
        How long a kept answer is used unasked; older ones are asked after with their ETag.
    retries
        Further tries after a passing fault, waiting twice as long each time.
    pages
        Pages taken from one feed.
    seconds
        For one answer.
    """

    agent: str = "yoyak"
    robots: bool = True
    cache: str | None = None
    cache_seconds: float = 3600.0
    retries: int = 2
    pages: int = 100
    seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are read.

    Attributes
    ----------
    fields
        Which key of a record holds what, in pairs: ``(("title", "headline"), ("body", "content"))``. The
        rest is guessed.
    zone
        The newsroom's, by its IANA name: it decides the day of a date, and is that of dates that name none.
    """

    limits: Limits = Limits()
    web: Web = Web()
    fields: tuple[tuple[str, str], ...] = ()
    zone: str = ZONE
