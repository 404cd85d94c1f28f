"""Jinja2 with the filters that keep an article's text inert."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..records import DigestSource, Line, TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#])")
_LIST_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])")
# Direction overrides and isolates turn the text around them, invisible tags hide in it.
# Half characters and non-characters have no place in XML or UTF-8.
_HIDDEN = re.compile(
    r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ADDRESS = re.compile(r"(?i)(?<=[a-z])(?=://)|(?<=\bwww)(?=\.)")
# Jinja2 puts this into the globals of the code that it makes of a template.
_IN_TEMPLATE = "__jinja_exception__"
#: The longest text that is shown; no sentence comes near it, a hostile title may.
_LONGEST = 1200


def render(template: str, values: Mapping[str, Any], folder: Path | None = None) -> str:
    """Fill in a template of ``pipeline/templates``, or the one of the same name in `folder`.

    Raises
    ------
    TemplateError
        Where an error comes up in a template; whatever it is, it names file and line.
    """
    try:
        return _environment(folder).get_template(template).render(values)
    except TemplateError:
        raise
    except Exception as error:
        frames = walk_tb(error.__traceback__)
        own = [(frame.f_code.co_filename, line) for frame, line in frames if _IN_TEMPLATE in frame.f_globals]
        if not own:
            raise
        raise TemplateError(*own[-1], f"{type(error).__name__}: {error}") from error


@lru_cache(maxsize=4)
def _environment(folder: Path | None) -> Environment:
    from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader, StrictUndefined, pass_context
    from jinja2.sandbox import SandboxedEnvironment

    # Templates get passed around like the articles do: in the sandbox they can fill in values, and no more.
    own = [FunctionLoader(partial(_loaded, folder))] if folder else []
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([*own, PackageLoader("pipeline", "templates")]),
        autoescape=lambda name: name is not None and (".html" in name or name.endswith((".rss", ".atom"))),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        link=link,
        md=markdown,
        plain=plain,
        percent=percent,
        short=short,
        place=place,
        outlet=pass_context(_outlet),
        cell=cell,
        feed=feed,
    )
    return environment


def _loaded(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A template of the user's own; one that is not UTF-8 says so with its file and line."""
    from jinja2.loaders import split_template_path

    path = folder.joinpath(*split_template_path(name))
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TemplateError(str(path), line, f"not UTF-8: byte {data[error.start]:#04x}") from error
    written = path.stat().st_mtime
    return text, str(path), lambda: path.is_file() and path.stat().st_mtime == written


def init_templates(folder: Path) -> list[Path]:
    """Copy the package's digest templates into a folder, to be changed there.

    Raises
    ------
    FileExistsError
        When one is there already; nothing is written then.
    """
    from .files import write_whole

    own = files("pipeline") / "templates"
    texts = {item.name: item.read_text(encoding="utf-8") for item in own.iterdir() if item.is_file()}
    chosen = {
        name: text for name, text in sorted(texts.items()) if not name.startswith(("report.", "overview."))
    }
    there = [name for name in chosen if (folder / name).exists()]
    if there:
        raise FileExistsError(str(folder / there[0]))
    for name, text in chosen.items():
        write_whole(folder / name, text)
    return [folder / name for name in chosen]


def place(line: Line, number: Mapping[str, int]) -> str:
    """Id of a line's place in the folded copies: the number of its source, and of its sentence from 1."""
    return f"quote-{number[line.article]}-{line.sentence + 1}"


def outlet(source: DigestSource, material: str) -> str:
    """Name of an outlet: its publisher, else the server that has the article, else what is none of theirs."""
    host = (urlsplit(source.url).hostname or "") if source.url and link(source.url) else ""
    return source.publisher or host.removeprefix("www.") or material


def _outlet(context: Context, source: DigestSource) -> str:
    return outlet(source, context["t"]["material"])


def short(text: str | None, most: int = _LONGEST) -> str:
    """One inert line, cut off where no reader would go on reading."""
    # Cut before cleaning too: a title of a million characters costs nothing.
    line = plain((text or "")[: 4 * most])
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def link(url: str | None) -> str | None:
    """An address that may be followed: http or https, with a host; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    inert = not any(c.isspace() or unicodedata.category(c) == "Cc" or c in "<>\"'`()\\" for c in url)
    return url if parts.scheme in ("http", "https") and parts.hostname and inert else None


def plain(text: str | None) -> str:
    """One line without control characters and direction marks."""
    shown = _HIDDEN.sub("", text or "")
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in shown).split())


def markdown(text: str | None) -> str:
    """Text as Markdown that shows just it: no marks, no HTML, no list at its start."""
    escaped = _MARKDOWN.sub(r"\\\1", short(text)).replace("&", "&amp;")
    # An address in an article is text: readers that make links of bare addresses find none.
    escaped = _ADDRESS.sub("\\\\", escaped)
    return _LIST_MARK.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], escaped)


def feed(text: str | None) -> str:
    """A line for the titles of a feed, which some readers take for text and some for HTML: inert for both."""
    return short(text, 300).translate({ord("<"): "＜", ord(">"): "＞", ord("&"): "＆"})


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share * 100:.0f}%"


def cell(share: float) -> int:
    """Width of a table cell that stands for a bar, in percent."""
    return min(99, max(1, round(share * 100)))
