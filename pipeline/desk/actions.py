"""What an editor can do, each as a function from changes to changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from ..korean.spelling import key_of
from ..records import (
    BadChangeError,
    Changes,
    Comment,
    Headline,
    Hidden,
    LineKey,
    LineOrder,
    Merged,
    Moved,
    Pin,
    Replaced,
    StoryKey,
    StoryOrder,
    Thread,
)
from .asked import HEADLINE, WORDS, Asked, mark

_T = TypeVar("_T")
Action = Callable[[Changes, Asked], Changes]


def _same(a: LineKey, b: LineKey) -> bool:
    return (a.article, a.sentence) == (b.article, b.sentence)


# ── stories ────────────────────────────────────────────────────────────────────────────────────────


def _lead(changes: Changes, asked: Asked) -> Changes:
    """A story opens the issue; once more, and the choice's own does."""
    one = asked.story()
    undone = changes.lead is not None and asked.is_story(changes, changes.lead, one)
    return replace(changes, lead=None if undone else asked.key(one))


def _pin_story(changes: Changes, asked: Asked) -> Changes:
    """A story stays with all of its lines; once more, and it need not."""
    one = asked.story()
    keys = [asked.key_of(line.article, line.sentence) for line in one.lines]
    left = tuple(key for key in changes.pinned if not asked.is_story(changes, key, one))
    others = tuple(pin for pin in changes.lines if not any(_same(pin.line, key) for key in keys))
    if len(left) < len(changes.pinned):
        return replace(changes, pinned=left, lines=others)
    own = tuple(Pin(key, asked.named(one.theme)) for key in keys)
    return replace(changes, pinned=(*left, asked.key(one)), lines=(*others, *own))


def _drop_story(changes: Changes, asked: Asked) -> Changes:
    one = asked.story()
    keys = [asked.key_of(line.article, line.sentence) for line in one.lines]
    lead = changes.lead
    return replace(
        changes,
        lead=None if lead and asked.is_story(changes, lead, one) else lead,
        pinned=tuple(key for key in changes.pinned if not asked.is_story(changes, key, one)),
        lines=tuple(pin for pin in changes.lines if not any(_same(pin.line, key) for key in keys)),
        dropped=(*changes.dropped, asked.key(one)),
    )


def _add_story(changes: Changes, asked: Asked) -> Changes:
    """An article comes into the issue, under the theme that it says most on."""
    report = asked.basis.reports[asked.article()]
    main = asked.basis.events[report.id].main[report.id]
    theme = asked.named(asked.theme() if asked.form.get("to") else main)
    key = StoryKey(report.id, theme)
    kept = tuple(one for one in changes.dropped if one != key)
    return replace(changes, dropped=kept, pinned=(*(k for k in changes.pinned if k != key), key))


def _headline(changes: Changes, asked: Asked) -> Changes:
    """Another headline; without a text the article's own."""
    one, text = asked.story(), asked.text("text", HEADLINE)
    others = tuple(h for h in changes.headlines if not asked.is_story(changes, h.story, one))
    own = (Headline(asked.key(one), " ".join(text.split())),) if text else ()
    if text == one.headline and one.id not in asked.digest.retitled:
        return changes
    return replace(changes, headlines=(*others, *own))


def _move_story(changes: Changes, asked: Asked) -> Changes:
    one, to = asked.story(), asked.named(asked.theme())
    keys = [m.what for m in changes.moved if isinstance(m.what, StoryKey)]
    before = [key for key in keys if asked.is_story(changes, key, one)]
    others = tuple(m for m in changes.moved if m.what not in before)
    what = before[0] if before else asked.key(one)
    changes = _rekeyed(changes, asked, one, what)
    return replace(changes, moved=others if what.theme == to else (*others, Moved(what, to)))


def _rekeyed(changes: Changes, asked: Asked, one: Thread, key: StoryKey) -> Changes:
    """All that is said of a story, by one key of it: where it stands now is about to change."""

    def mine(other: StoryKey) -> bool:
        return asked.is_story(changes, other, one)

    lead = changes.lead
    return replace(
        changes,
        lead=key if lead and mine(lead) else lead,
        pinned=tuple(dict.fromkeys(key if mine(k) else k for k in changes.pinned)),
        headlines=tuple(replace(h, story=key) if mine(h.story) else h for h in changes.headlines),
        order=tuple(
            replace(o, story=key) if isinstance(o, LineOrder) and mine(o.story) else o for o in changes.order
        ),
        words=tuple(
            replace(c, story=key) if isinstance(c.story, StoryKey) and mine(c.story) else c
            for c in changes.words
        ),
    )


def _words(changes: Changes, asked: Asked) -> Changes:
    """Words below a story, or at ``place``; none without a text."""
    text = asked.text("text", WORDS)
    if asked.form.get("place"):
        name = asked.one("place")
        if name not in ("opening", "closing"):
            raise BadChangeError("place")
        place: Literal["opening", "closing"] = "opening" if name == "opening" else "closing"
        others = tuple(c for c in changes.words if c.story != place)
        return replace(changes, words=(*others, *((Comment(text, place),) if text else ())))
    one = asked.story()
    others = tuple(
        c for c in changes.words if isinstance(c.story, str) or not asked.is_story(changes, c.story, one)
    )
    return replace(changes, words=(*others, *((Comment(text, asked.key(one)),) if text else ())))


# ── lines ──────────────────────────────────────────────────────────────────────────────────────────


def _pin_line(changes: Changes, asked: Asked) -> Changes:
    """A line stays; once more, and it need not."""
    key = asked.line()
    others = tuple(pin for pin in changes.lines if not _same(pin.line, key))
    if len(others) < len(changes.lines):
        return replace(changes, lines=others)
    return replace(changes, lines=(*others, Pin(key, asked.named(asked.story().theme))))


def _drop_line(changes: Changes, asked: Asked) -> Changes:
    """A line goes; where it stood for another one, that does not come back."""
    key = asked.line()
    stood = [r.line for r in changes.replaced if _same(r.by, key)]
    others = tuple(
        one
        for one in changes.dropped
        if isinstance(one, StoryKey) or not any(_same(one, k) for k in (key, *stood))
    )
    return replace(
        changes,
        lines=tuple(pin for pin in changes.lines if not _same(pin.line, key)),
        replaced=tuple(r for r in changes.replaced if not _same(r.by, key)),
        moved=tuple(m for m in changes.moved if isinstance(m.what, StoryKey) or not _same(m.what, key)),
        dropped=(*others, *stood, key),
    )


def _swap(changes: Changes, asked: Asked) -> Changes:
    """Another sentence of its article in the place of a line."""
    key, by = asked.line(), asked.line("by")
    if _same(key, by):
        raise BadChangeError("by")
    dropped = tuple(one for one in changes.dropped if isinstance(one, StoryKey) or not _same(one, by))
    pins = tuple(replace(p, line=by) if _same(p.line, key) else p for p in changes.lines)
    changes = replace(changes, dropped=dropped, lines=pins)
    before = next((r for r in changes.replaced if _same(r.by, key)), None)
    others = tuple(r for r in changes.replaced if r is not before)
    order = tuple(_renamed(one, key, by) for one in changes.order)
    line = before.line if before else key
    own = () if _same(line, by) else (Replaced(line, by),)
    return replace(changes, replaced=(*others, *own), order=order)


def _renamed(order: StoryOrder | LineOrder, key: LineKey, by: LineKey) -> StoryOrder | LineOrder:
    if isinstance(order, StoryOrder):
        return order
    return replace(order, lines=tuple(by if _same(line, key) else line for line in order.lines))


def _add_line(changes: Changes, asked: Asked) -> Changes:
    """A sentence comes into the issue, under its own theme or ``to``."""
    key = asked.line()
    sentence = asked.basis.reports[key.article].sentences[key.sentence]
    own = sentence.theme or asked.basis.events[key.article].main[key.article]
    theme = asked.named(asked.theme() if asked.form.get("to", [""])[0] else own)
    dropped = tuple(one for one in changes.dropped if isinstance(one, StoryKey) or not _same(one, key))
    others = tuple(pin for pin in changes.lines if not _same(pin.line, key))
    return replace(changes, dropped=dropped, lines=(*others, Pin(key, theme)))


def _move_line(changes: Changes, asked: Asked) -> Changes:
    key, to = asked.line(), asked.named(asked.theme())
    others = tuple(m for m in changes.moved if isinstance(m.what, StoryKey) or not _same(m.what, key))
    base = next(
        (
            asked.named(one.theme)
            for section in asked.basis.digest.themes
            for one in section.stories
            for line in one.lines
            if (line.article, line.sentence) == (key.article, key.sentence)
        ),
        None,
    )
    return replace(changes, moved=others if base == to else (*others, Moved(key, to)))


# ── order ──────────────────────────────────────────────────────────────────────────────────────────


def _order_lines(changes: Changes, asked: Asked) -> Changes:
    """The lines of a story in the order of ``lines``: ``article|sentence`` each."""
    one = asked.story()
    keys = tuple(asked.line_of(value) for value in asked.form.get("lines", ()))
    return _in_lines(changes, asked, one, keys)


def _in_lines(changes: Changes, asked: Asked, one: Thread, keys: tuple[LineKey, ...]) -> Changes:
    others = tuple(
        o for o in changes.order if isinstance(o, StoryOrder) or not asked.is_story(changes, o.story, one)
    )
    return replace(changes, order=(*others, LineOrder(asked.key(one), keys)))


def _order_stories(changes: Changes, asked: Asked) -> Changes:
    """The stories of a section in the order of ``stories``, by their ids."""
    theme = asked.theme()
    section = next((t for t in asked.digest.themes if t.id == theme), None)
    if section is None:
        raise BadChangeError("to")
    ids = list(asked.form.get("stories", ()))
    own = sorted(section.stories, key=lambda s: ids.index(mark(s.id)) if mark(s.id) in ids else len(ids))
    return _in_stories(changes, asked, theme, own)


def _in_stories(changes: Changes, asked: Asked, theme: str, own: Sequence[Thread]) -> Changes:
    name = asked.named(theme)
    others = tuple(o for o in changes.order if isinstance(o, LineOrder) or o.theme != name)
    return replace(changes, order=(*others, StoryOrder(name, tuple(one.articles[0] for one in own))))


def _shift(by: int) -> Action:
    """A line, a story or a section one place up or down."""

    def shift(changes: Changes, asked: Asked) -> Changes:
        if asked.form.get("sentence"):
            return _shift_line(changes, asked, by)
        if asked.form.get("story"):
            one = asked.story()
            stories = next(t.stories for t in asked.digest.themes if t.id == one.theme)
            return _in_stories(changes, asked, one.theme, _shifted(stories, stories.index(one), by))
        theme, themes = asked.theme(), [t.id for t in asked.digest.themes]
        if theme not in themes:
            raise BadChangeError("to")
        return replace(changes, sections=tuple(map(asked.named, _shifted(themes, themes.index(theme), by))))

    return shift


def _shift_line(changes: Changes, asked: Asked, by: int) -> Changes:
    """Past the next line that stands in the same place: where the issue opens, or in the section."""
    one, key = asked.story(), asked.line()
    keys = [asked.key_of(line.article, line.sentence) for line in one.lines]
    if key not in keys:
        raise BadChangeError("sentence")
    at = keys.index(key)
    beside = range(at + 1, len(keys)) if by > 0 else range(at - 1, -1, -1)
    to = next((n for n in beside if one.lines[n].lead == one.lines[at].lead), at)
    return _in_lines(changes, asked, one, tuple(_shifted(keys, at, to - at)))


def _shifted(items: Sequence[_T], at: int, by: int) -> list[_T]:
    moved = list(items)
    moved.insert(min(len(moved) - 1, max(0, at + by)), moved.pop(at))
    return moved


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────


def _hide(changes: Changes, asked: Asked) -> Changes:
    """A keyword that is not shown."""
    term = asked.text("term", HEADLINE)
    others = tuple(one for one in changes.hidden if key_of(one) != key_of(term))
    return replace(changes, hidden=(*others, term))


def _merge(changes: Changes, asked: Asked) -> Changes:
    term, into = asked.text("term", HEADLINE), asked.text("into", HEADLINE)
    if not into or key_of(term) == key_of(into):
        raise BadChangeError("into")
    others = tuple(one for one in changes.merged if key_of(one.term) != key_of(term))
    return replace(changes, merged=(*others, Merged(term, into)))


def _hide_row(changes: Changes, asked: Asked) -> Changes:
    """A row of figures, or a disagreement, that is not shown."""
    name = asked.one("table")
    if name not in ("figures", "disagreements"):
        raise BadChangeError("table")
    table: Literal["figures", "disagreements"] = "figures" if name == "figures" else "disagreements"
    parts = [asked.form.get(key, [""])[0] or None for key in ("subject", "metric", "period")]
    row = Hidden(table, *parts)
    return replace(changes, rows=(*(one for one in changes.rows if one != row), row))


ACTIONS: dict[str, Action] = {
    "lead": _lead,
    "pin-story": _pin_story,
    "drop-story": _drop_story,
    "add-story": _add_story,
    "headline": _headline,
    "move-story": _move_story,
    "words": _words,
    "pin-line": _pin_line,
    "drop-line": _drop_line,
    "swap": _swap,
    "add-line": _add_line,
    "move-line": _move_line,
    "order-lines": _order_lines,
    "order-stories": _order_stories,
    "up": _shift(-1),
    "down": _shift(1),
    "hide": _hide,
    "merge": _merge,
    "hide-row": _hide_row,
}
