"""Subtitles (``.srt``) as an article: what was said, without numbers and times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers.article import File, make_article
from pipeline.readers.encodings import decode
from pipeline.records import Article, Failure, Unreadable

_TIME = re.compile(r"\d{2}:\d{2}:\d{2},\d{3} --> ")


def read_srt(file: File) -> Iterator[Article | Failure | File]:
    """One article from a file of subtitles.

    The text is made here, so that offsets point into it, and the source names no encoding.
    """
    lines = [line.strip() for line in decode(file.data, file.declared).text.splitlines()]
    if not any(_TIME.match(line) for line in lines):
        raise Unreadable("bad-file", "no times of subtitles")
    said = [line for line in lines if line and not line.isdigit() and not _TIME.match(line)]
    yield make_article(file, " ".join(said), format="srt")
