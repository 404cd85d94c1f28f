"""The work on one article, where it is done: its report, written in every format by the same process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records import Note
from ..run.steps import Analysed, report
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
    contents
        Bytes by format; ``line`` is its JSON on one line, where the formats hold many reports.
    """

    path: str
    sha256: str
    id: str
    warnings: tuple[Note, ...]
    characters: int
    contents: dict[str, bytes]


#: The key of a report's JSON on one line among its contents.
LINE = "line"


def written(analysed: Analysed, tools: Tools, *, formats: Sequence[str]) -> Written:
    """The report of an article, in the formats; a function of a module, which workers get by its name."""
    made = report(analysed, tools)
    texts = load_messages(tools.settings.lang)
    contents = {
        name: REPORT_WRITERS[name](made, texts).encode("utf-8") for name in formats if name in REPORT_WRITERS
    }
    if len(contents) < len(formats):
        contents[LINE] = dump(made).encode("utf-8")
    characters = sum(len(sentence.text) for sentence in made.sentences)
    return Written(made.source.path, made.source.sha256, made.id, made.warnings, characters, contents)
