"""A page says the same in both languages: the same headings, examples and tables, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import ROOT

#: Pages with their other language; pages out of the code are compared with it (`test_docs`).
PAIRS = [
    (page, page.with_suffix(".en.md"))
    for page in (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md")
    if not page.stem.endswith(".en") and page.stem not in ("commands", "settings", "schema")
]
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_BAR = re.compile(r"(?<!\\)[|]")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def shape(text: str) -> list[str]:
    """What stands in a page, without what its language decides: one line for each thing."""
    found = []
    for block, line in blocks(text):
        if block is not None:
            found.append(block)
        elif heading := re.match(r"#+ ", line):
            found.append(f"heading {heading[0].strip()}")
        elif line.startswith("|"):
            found.append(f"row of {len(_BAR.findall(line)) - 1}")
        elif re.match(r" *(?:[-*]|\d+\.) ", line):
            found.append(f"item {line[: len(line) - len(line.lstrip())]!r}")
        elif line.startswith(("!", ":::", "<img")):
            found.append(line.split("](")[-1])
    return found


def blocks(text: str) -> list[tuple[str | None, str]]:
    """Lines of a page, and its blocks of code without what may differ: comments and what is in quotes."""
    found: list[tuple[str | None, str]] = []
    at = 0
    for match in _FENCE.finditer(text):
        found += [(None, line) for line in text[at : match.start()].splitlines()]
        # A block of no language is prose in a frame.
        found.append((f"{match[2]}: {code(match[3])}" if match[2] not in ("", "text") else "text", ""))
        at = match.end()
    return [*found, *((None, line) for line in text[at:].splitlines())]


def code(body: str) -> str:
    """A block without its comments, what stands in quotes, and the language that is asked for."""
    body = _QUOTED.sub('"…"', body).replace(" --lang en", "")
    lines = (re.sub(r"(?<!\S)#.*$", "", line) for line in body.splitlines())
    return "\n".join(" ".join(line.removeprefix("$ ").split()) for line in lines if line.strip())


def links(text: str) -> set[str]:
    """Pages that a page leads to, whatever their language."""
    return {
        re.sub(r"\.en\.md$", ".md", link)
        for link in _LINK.findall(text)
        if not re.fullmatch(r"(?:[\w/]*/)?(\w+)(?:\.en)?\.md", link) or "://" not in link
    }


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].stem)
def test_both_languages_say_the_same(pair: tuple[Path, Path]) -> None:
    korean, english = (page.read_text(encoding="utf-8") for page in pair)
    assert shape(english) == shape(korean)
    own = {"README.md", pair[0].name, pair[1].name}  # each leads to the other
    assert links(english) - own == links(korean) - own


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].stem)
def test_the_english_page_is_no_summary(pair: tuple[Path, Path]) -> None:
    """English takes more letters than Korean: a page that has fewer leaves something out."""
    korean, english = (prose(page.read_text(encoding="utf-8")) for page in pair)
    assert len(english) > len(korean), f"{len(english)} letters for {len(korean)}"


def prose(text: str) -> str:
    return re.sub(r"\s+|\]\([^)]*\)|[`|*#-]", "", _FENCE.sub("", text))


def test_what_differs_is_seen() -> None:
    page = '# 가\n\n- 나\n\n```console\n$ yoyak digest x --title "다"  # 라\n```\n\n| a | b |\n|---|---|\n'
    assert shape(page) == shape(page.replace("가", "a").replace('"다"', '"c"').replace("# 라", "# d"))
    for other in (
        page.replace("# 가", "## 가"),
        page.replace("digest x", "digest y"),
        page.replace("| a | b |", "| a |"),
        page.replace("- 나\n", ""),
        page + "```text\n```\n",
    ):
        assert shape(other) != shape(page)
    assert links("[a](b.en.md) [c](d.md#e)") == {"b.md", "d.md"}
