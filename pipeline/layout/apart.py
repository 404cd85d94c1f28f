"""What stands apart from the text of an article: code, formulas, comments, styles, notes, definitions.

Found before any line is read, for a blank line or a heading inside of code says nothing. A mark that opens
and is never closed opens nothing: a line of tildes in a chat must not swallow what is below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..korean.spelling import JAMO, is_syllable
from .tags import DROPPED, END_OF

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}+(?![^\n]*`)|~{3,}+(?![^\n]*[가-힣~]))")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]{1,80}\]:")
_DEFINITION = re.compile(
    r"\s{0,3}\[[^\]^\n]{1,200}\]:\s+<?(?:https?://|mailto:|www\.|\.{0,2}/|#|[\w-]{1,60}\.[A-Za-z]{2,5}(?![\w]))\S*"
    r"(?:\s+[\"'(].*)?\s*|\s{0,3}\*\[[^\]\n]{1,80}\]:\s.*"
)
# Lines for the program that makes a page of it: Liquid, Hugo, kramdown, containers, tables of contents, MDX.
_MACHINERY = re.compile(
    r"\s*(?:\{%.{0,300}%\}|\{\{[<%].{0,300}[>%]\}\}|\{[:#.].{0,200}\}|:::+.{0,80}|\[\[?_?toc_?\]\]?|\[toc\]"
    r"|`{3,}.{0,40}|\\(?:newpage|pagebreak)\b.{0,20}|(?:import|export)\s.{1,200}\sfrom\s+['\"].{1,200}|>?\s*\[![A-Za-z]{3,12}\][+-]?)\s*",
    re.IGNORECASE,
)
_ELEMENT = re.compile(rf"\s*<(?P<name>{'|'.join(DROPPED)}|table)(?=[\s>/])", re.IGNORECASE)
_FORMULA = re.compile(r"\s*(?:\$\$(?:[^$]{1,2000}\$\$[.,]?)|\\\[.{1,2000}\\\]|\$[^$가-힣]{1,500}\$[.,]?)\s*")
_FORMULA_OPENS = re.compile(
    r"\s*(?:(?P<dollars>\$\$)|(?P<bracket>\\\[)|\\begin\{(?P<name>[a-z]{3,12}\*?)\})[^$]{0,500}$"
)
_LONGEST_FORMULA = 60
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s")
_PROSE = re.compile(r"[가-힣][.!?…][\"'”’]?\s*$|[가-힣].{90}")
_COMMENT = re.compile(r"\s*(?:#|//|--\s|/\*|\*/|\$\s|>>>|<[A-Za-z/!?])")
_CODE = re.compile(
    r"\s[-+*/:|]?=\s|==|!=|[=-]>|[;{}\\]\s*$|[A-Za-z_]\w{0,40}\((?:[^가-힣\n]{0,200}[\"')]|[\"'][^\"'\n]{0,200}[\"']\))|[A-Za-z_)\]]\)?[;:,]?\s*$"
    r"|^\s*(?:def|class|import|from|return|if|for|while|print|const|let|var|function|public|SELECT|sudo|pip|npm|git|curl)\b"
)
_HANGUL = re.compile(rf"[가-힣{JAMO}]")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the text; ``apart`` and ``table`` are not read as lines."""

    kind: Literal["text", "apart", "table"]
    start: int
    end: int


def regions(text: str, start: int, end: int, *, tags: bool) -> Iterator[Region]:
    """The parts of an article, in their order; white space between them may be left out.

    Parameters
    ----------
    tags
        Whether elements of HTML are such, and not text that tells of them.
    """
    last = start
    for found in _Scan(text, start, end, tags).regions():
        if last < found.start:
            yield Region("text", last, found.start)
        yield found
        last = found.end
    if last < end:
        yield Region("text", last, end)


def begins_plainly(text: str, at: int = 0) -> bool:
    """Whether a line begins with a word of Hangul there, as most do: no mark, no letter of a list."""
    return is_syllable(text[at : at + 1]) and text[at + 1 : at + 2] not in (".", ")")


class _Scan:
    """One pass over the lines. What is not closed is looked for once."""

    def __init__(self, text: str, start: int, end: int, tags: bool) -> None:
        self.text, self.end, self.tags = text, end, tags
        self.lines = [match.span() for match in _LINE.finditer(text, start, end)]
        self.missing: set[str] = set()

    def regions(self) -> Iterator[Region]:
        i = 0
        list_above = False
        at = self.lines[0][0] if self.lines else 0
        while i < len(self.lines):
            begin, stop = self.lines[i]
            begin = max(begin, at)  # a comment may end inside of a line
            line = self.text[begin:stop]
            if begin >= stop or not line.strip():
                i += 1
                continue
            if begins_plainly(line) and "<" not in line:  # nothing that stands apart begins so
                list_above = False
                i += 1
                continue
            region = self._region(i, begin, line, list_above)
            if region is None:
                list_above = _ITEM.match(line) is not None or (list_above and line[0].isspace())
                i += 1
                continue
            yield region
            at = region.end
            while i < len(self.lines) and self.lines[i][1] <= at:
                i += 1

    def _region(self, i: int, begin: int, line: str, list_above: bool) -> Region | None:
        stop = self.lines[i][1]
        if (match := _FENCE.match(line)) and (last := self._fence(i, match["fence"])) is not None:
            return Region("apart", begin, self.lines[last][1])
        if self.tags and (found := self._html(begin, line, stop)):
            return found
        if _NOTE.match(line):
            return Region("apart", begin, self.lines[self._note(i)][1])
        if _DEFINITION.fullmatch(line) or _MACHINERY.fullmatch(line) or _FORMULA.fullmatch(line):
            return Region("apart", begin, stop)
        if (opens := _FORMULA_OPENS.match(line)) and (last := self._formula(i, opens)) is not None:
            return Region("apart", begin, self.lines[last][1])
        if _INDENTED.match(line) and not list_above and self._is_gap(i):
            block = self._indented(i)
            if _is_code([self.text[a:b] for a, b in self.lines[i : block + 1]]):
                return Region("apart", begin, self.lines[block][1])
        return None

    def _is_gap(self, i: int) -> bool:
        """Whether a blank line, or nothing, is above."""
        if i == 0:
            return True
        between = self.text[self.lines[i - 1][1] : self.lines[i][0]]
        return between.count("\n") > 1 or between.count("\r") > 1 or not self._line(i - 1).strip()

    def _line(self, i: int) -> str:
        return self.text[self.lines[i][0] : self.lines[i][1]]

    def _fence(self, i: int, fence: str) -> int | None:
        key = fence[0] * 3
        if key in self.missing:
            return None
        # Tildes without the name of a language may be the ornament of a chat.
        loose = fence[0] == "~" and not self._line(i).strip("~ \t\r\n")
        for j in range(i + 1, len(self.lines)):
            line = self._line(j).strip()
            if line.startswith(fence) and not line.strip(fence[0]):
                return j
            if loose and _PROSE.search(line) and not _COMMENT.match(line):
                return None
        self.missing.add(key)
        if fence[0] == "~":
            return None
        # Code that a cut-off text does not close goes on to its end; so much of it as is no Korean.
        last = i
        for j in range(i + 1, len(self.lines)):
            line = self._line(j)
            if _HANGUL.search(line) and not _COMMENT.match(line) and not _CODE.search(line):
                break
            last = j
        return last

    def _html(self, begin: int, line: str, stop: int) -> Region | None:
        rest, at = "", 0
        while (comment := line.find("<!--", at)) >= 0:
            end = self._after("-->", begin + comment + 4)
            if end is None:
                break
            if end > stop:
                return Region("apart", begin + comment, end)
            rest, at = rest + line[at:comment], end - begin
        if at and not (rest + line[at:]).strip():
            return Region("apart", begin, stop)
        if match := _ELEMENT.match(line):
            name = match["name"].lower()
            if (end := self._after(name, begin + match.end())) is not None:
                return Region("table" if name == "table" else "apart", begin + match.start("name") - 1, end)
        return None

    def _after(self, name: str, at: int) -> int | None:
        """Where the end of a comment or of an element of that name ends."""
        if name in self.missing:
            return None
        match = END_OF[name].search(self.text, at, self.end)
        if match is None:
            self.missing.add(name)
        return match.end() if match else None

    def _note(self, i: int) -> int:
        """The last line of a note: its paragraph, and paragraphs below that are indented."""
        while i + 1 < len(self.lines):
            if self._is_gap(i + 1) and not _INDENTED.match(self._line(i + 1)):
                break
            if _NOTE.match(self._line(i + 1)):
                break
            i += 1
        return i

    def _formula(self, i: int, opens: re.Match[str]) -> int | None:
        closes = "$$" if opens["dollars"] else "\\]" if opens["bracket"] else "\\end{" + opens["name"] + "}"
        for j in range(i + 1, min(len(self.lines), i + _LONGEST_FORMULA)):
            line = self._line(j)
            if closes in line:
                return j
            if _PROSE.search(line):
                return None
        return None

    def _indented(self, i: int) -> int:
        while i + 1 < len(self.lines) and (
            _INDENTED.match(self._line(i + 1)) or not self._line(i + 1).strip()
        ):
            i += 1
        return i


def _is_code(lines: Sequence[str]) -> bool:
    """Whether indented lines are code. Korean prose may be indented too."""
    lines = [line for line in lines if line.strip()]
    code = sum(
        bool(
            _COMMENT.match(line)
            or not _HANGUL.search(line)
            or (_CODE.search(line) and not _PROSE.search(line))
        )
        for line in lines
    )
    return 2 * code >= len(lines)
