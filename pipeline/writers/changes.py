"""``issue.toml``: an editor's changes as a file that a person can read, change and comment."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..records import Changes, LineKey, LineOrder, Moved, StoryKey, StoryOrder

#: A table as it is written: its name in brackets, and its keys.
_Table = tuple[str, Mapping[str, Any]]


def changes_toml(changes: Changes, before: str = "") -> str:
    """An editor's changes as TOML.

    Parameters
    ----------
    before
        The file as it is: comments above its first key, and above tables that stay, are kept.
    """
    head, comments, last = _comments(before)
    top: dict[str, Any] = {"version": changes.version}
    top |= {k: v for k, v in (("sections", changes.sections), ("hidden", changes.hidden)) if v}
    parts = [head + "".join(f"{key} = {_value(value)}\n" for key, value in top.items())]
    for name, keys in _tables(changes):
        body = "".join(f"{key} = {_value(value)}\n" for key, value in keys.items() if value is not None)
        parts.append(comments.get(_mark(name, body), "") + f"{name}\n{body}")
    return "\n".join(parts) + (f"\n{last}" if last else "")


def learned_toml(
    hidden: Sequence[str], aliases: Sequence[Sequence[str]], examples: Mapping[str, Sequence[str]]
) -> str:
    """What a newsletter has learned, as TOML."""
    parts = [f"hidden = {_value(hidden)}\n", f"aliases = {_value(aliases)}\n"]
    own = "".join(f"{_value(theme)} = {_value(texts)}\n" for theme, texts in examples.items())
    return "\n".join([*parts, f"[examples]\n{own}"])


def _tables(changes: Changes) -> Iterator[_Table]:
    if changes.lead:
        yield "[lead]", _story(changes.lead)
    for story in changes.pinned:
        yield "[[pinned]]", _story(story)
    for pin in changes.lines:
        yield "[[lines]]", {**_line(pin.line), "theme": pin.theme}
    for dropped in changes.dropped:
        yield "[[dropped]]", _either(dropped)
    for one in changes.replaced:
        yield "[[replaced]]", {**_line(one.line), "by": {"sentence": one.by.sentence, "text": one.by.text}}
    for headline in changes.headlines:
        yield "[[headlines]]", {**_story(headline.story), "headline": headline.text}
    for moved in changes.moved:
        yield "[[moved]]", _moved(moved)
    for order in changes.order:
        yield "[[order]]", _order(order)
    for merged in changes.merged:
        yield "[[merged]]", {"term": merged.term, "into": merged.into}
    for row in changes.rows:
        own = {"subject": row.subject, "metric": row.metric, "period": row.period}
        yield "[[rows]]", {"table": row.table, **own}
    for words in changes.words:
        place = _story(words.story) if isinstance(words.story, StoryKey) else {"at": words.story}
        yield "[[words]]", {**place, "text": words.text}


def _story(key: StoryKey) -> dict[str, Any]:
    return {"article": key.article, "theme": key.theme}


def _line(key: LineKey) -> dict[str, Any]:
    return {"article": key.article, "sentence": key.sentence, "text": key.text}


def _either(key: StoryKey | LineKey) -> dict[str, Any]:
    return _story(key) if isinstance(key, StoryKey) else _line(key)


def _moved(moved: Moved) -> dict[str, Any]:
    return {**_either(moved.what), "to": moved.to}


def _order(order: StoryOrder | LineOrder) -> dict[str, Any]:
    if isinstance(order, StoryOrder):
        return {"theme": order.theme, "articles": order.articles}
    return {**_story(order.story), "lines": [_line(line) for line in order.lines]}


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{"".join(map(_escaped, value))}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        items = [_value(one) for one in value]
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return str(value)


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char)
    if named or (char >= " " and char != "\x7f" and not "\ud800" <= char <= "\udfff"):
        return named or char
    return f"\\u{ord(char):04X}" if char < "\ud800" else "\ufffd"


def _comments(text: str) -> tuple[str, dict[tuple[str, str], str], str]:
    """Comments of a file: at its top, above each table by what it holds, and at its end."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    waiting: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("#"):
            waiting.append(line)
        elif line.startswith("[") and bare.partition("#")[0].rstrip().endswith("]"):
            blocks.append((_joined(waiting), [bare.partition("#")[0].rstrip()]))
            waiting = []
        elif bare:
            if len(blocks) == 1 and not blocks[0][1]:
                blocks[0] = (_joined(waiting), [line])
            else:
                blocks[-1] = (blocks[-1][0] + _joined(waiting), [*blocks[-1][1], line])
            waiting = []
    found: dict[tuple[str, str], str] = {}
    for comment, lines in blocks[1:]:
        if comment:
            found.setdefault(_mark(lines[0], "\n".join(lines[1:])), comment)
    return blocks[0][0], found, _joined(waiting)


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _mark(name: str, body: str) -> tuple[str, str]:
    """What makes two tables the same: their name and contents, however they are written."""
    try:
        return name, repr(sorted(tomllib.loads(body).items()))
    except tomllib.TOMLDecodeError:
        return name, body
