"""The work on articles, where it is done: their reports, written in every format by the same process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..records import Note, Report
from ..run.steps import Analysed, reports
from ..run.tools import Tools
from ..settings import load_messages
from ..writers import REPORT_WRITERS, dump


@dataclass(frozen=True, slots=True)
class Written:
    """A report as it stands in files.

    Attributes
    ----------
    path, sha256, id, warnings
        The report's.
    characters
        Of the article's sentences.
    own
        The record's own id; empty without one.
    contents
        Bytes by format; ``line`` is its JSON on one line, where the formats hold many reports.
    """

    path: str
    sha256: str
    id: str
    warnings: tuple[Note, ...]
    characters: int
    contents: dict[str, bytes]
    own: str = ""


#: The key of a report's JSON on one line among its contents.
LINE = "line"


def written(analysed: Sequence[Analysed], tools: Tools, *, formats: Sequence[str]) -> list[Written]:
    """The reports of articles, in the formats; a function of a module, which workers get by its name."""
    texts = load_messages(tools.settings.lang)
    alone = [name for name in formats if name in REPORT_WRITERS]
    return [
        _written(report, texts, alone, lines=len(alone) < len(formats)) for report in reports(analysed, tools)
    ]


def _written(report: Report, texts: Mapping[str, str], formats: Sequence[str], *, lines: bool) -> Written:
    contents = {name: REPORT_WRITERS[name](report, texts).encode("utf-8") for name in formats}
    if lines:
        contents[LINE] = dump(report).encode("utf-8")
    characters = sum(len(sentence.text) for sentence in report.sentences)
    source = report.source
    return Written(
        source.path, source.sha256, report.id, report.warnings, characters, contents, source.id or ""
    )
