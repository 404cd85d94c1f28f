"""What the desk's pages are given: the issue as it is written, and what of it was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..digest.rights import Quotes
from ..records import CONTENT_KINDS, Changes, Digest, DigestSource, LineKey, Report, Sentence, Thread, Unmet
from ..writers import render
from ..writers.colours import accents
from ..writers.views import digest_view
from .asked import mark
from .kept import each
from .sheet import Sheet

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")
#: Articles on a page of their list.
ARTICLES = 30


def texts_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts of the desk, by their keys."""
    return {key.removeprefix("desk."): text for key, text in texts.items() if key.startswith("desk.")}


def page(name: str, sheet: Sheet, **values: Any) -> str:
    """A page or a part of one, by the name of its template."""
    texts = {"d": texts_of(sheet.texts), "lang": sheet.texts["cli.code"]}
    return render(name, {**texts, "mark": mark, **values}, TEMPLATES)


def style(sheet: Sheet) -> str:
    """The style of an issue's page, as a file of its own."""
    text = render("style.css.html", {"accent": accents(sheet.basis.digest.newsletter.accent)})
    return re.sub(r"</?style>", "", text)


def issue_values(sheet: Sheet) -> dict[str, Any]:
    """Values for the issue on the desk."""
    edited, changes = sheet.edited, sheet.changes
    digest = edited.digest
    view = digest_view(digest, sheet.texts)
    return {
        **view,
        "beside_issues": None,
        "version": sheet.version,
        "sent": sheet.material.sent,
        "fresh": sheet.fresh,
        "can_undo": sheet.can_undo,
        "can_redo": sheet.can_redo,
        "count": sum(1 for _ in each(changes)),
        "unmet": [_unmet(one, sheet.texts) for one in edited.unmet],
        "all_themes": [(theme, label) for theme, label in sheet.basis.labels.items()],
        "owner": {(line.article, line.sentence): one for one in _stories(digest) for line in one.lines},
        "pinned": _pinned(changes),
        "swapped": {_spot(one.by) for one in changes.replaced},
        "moved": {_spot(one.what) for one in changes.moved if isinstance(one.what, LineKey)},
        "kept_stories": _kept_stories(sheet, digest),
        "retitled": set(digest.retitled),
        "figure_rows": {table.theme: table.rows for table in digest.figures},
        "opposed": [
            {**shown, "row": one} for shown, one in zip(view["disagreements"], view["opposed"], strict=True)
        ],
    }


def _stories(digest: Digest) -> list[Thread]:
    return [one for section in digest.themes for one in section.stories]


def _spot(key: LineKey) -> tuple[str, int]:
    return key.article, key.sentence


def _pinned(changes: Changes) -> set[tuple[str, int]]:
    return {_spot(pin.line) for pin in changes.lines}


def _kept_stories(sheet: Sheet, digest: Digest) -> set[str]:
    """Ids of the stories that are pinned."""
    keys = {
        (event.id, key.theme)
        for key in sheet.changes.pinned
        if (event := sheet.basis.events.get(key.article)) is not None
    }
    labels = sheet.basis.labels
    return {
        one.id
        for one in _stories(digest)
        if not keys.isdisjoint([(one.event, one.theme), (one.event, labels[one.theme])])
    }


def _unmet(one: Unmet, texts: Mapping[str, str]) -> tuple[str, str, str]:
    return texts[f"desk.kind-{one.kind}"], one.about, texts[f"desk.why-{one.why}"]


# ── an article beside the issue ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of an article.

    Attributes
    ----------
    printed
        The issue has it.
    free
        It can be taken: it is a sentence, and rights leave room for it.
    """

    sentence: Sentence
    label: str
    printed: bool
    free: bool


def article_values(sheet: Sheet, report: Report, instead: int | None) -> dict[str, Any]:
    """Values for an article: its sentences, those of the issue marked, and how much may still be quoted.

    Parameters
    ----------
    instead
        Sentence of the line that another one is looked for.
    """
    digest = sheet.edited.digest
    printed = {line.sentence for one in _stories(digest) for line in one.lines if line.article == report.id}
    sides = [side for one in digest.disagreements for side in one.sides if side.article == report.id]
    room = Quotes(report, sheet.basis.plan.limits)
    left = (printed - {instead}) | {side.sentence for side in sides if side.text != side.written}
    rows = []
    for sentence in report.sentences:
        room.taken = set(left)
        content = sentence.kind in (*CONTENT_KINDS, "quote")
        free = content and sentence.index not in printed and room.take(sentence.index)
        if sentence.kind != "boilerplate":
            label = sheet.basis.labels.get(sentence.theme or "", "")
            rows.append(Row(sentence, label, sentence.index in printed, free))
    return {
        "report": report,
        "source": next(one for one in digest.sources if one.id == report.id),
        "rows": rows,
        "instead": instead,
        "limits": sheet.basis.plan.limits,
        "all_themes": list(sheet.basis.labels.items()),
        "sent": sheet.material.sent,
    }


def articles_values(sheet: Sheet, query: str, number: int) -> dict[str, Any]:
    """Values for the list of an issue's articles, those that it does not quote first."""
    quoted = {line.article for one in _stories(sheet.edited.digest) for line in one.lines}
    wanted = query.casefold().strip()
    found = [
        source
        for source in sheet.basis.digest.sources
        if not wanted or wanted in f"{source.title or ''} {source.publisher or ''}".casefold()
    ]
    found.sort(key=lambda source: source.id in quoted)
    start = max(0, number) * ARTICLES

    def title(source: DigestSource) -> str:
        sentences = () if source.title else sheet.basis.reports[source.id].sentences
        return source.title or (sentences[0].text if sentences else sheet.texts["desk.untitled"])

    return {
        "articles": [(one, title(one), one.id in quoted) for one in found[start : start + ARTICLES]],
        "query": query,
        "number": number,
        "more": len(found) > start + ARTICLES,
        "total": len(found),
    }


def changes_values(sheet: Sheet) -> dict[str, Any]:
    """Values for the list of what was changed."""
    reports, labels = sheet.basis.reports, sheet.basis.labels
    rows = [
        (
            one.mark,
            sheet.texts[f"desk.kind-{one.kind}"],
            (reports[one.article].title if one.article in reports else one.article) or "",
            ", ".join(labels.get(part, part) for part in one.text.split(", ")),
        )
        for one in each(sheet.changes)
    ]
    return {"rows": rows, "version": sheet.version, "sent": sheet.material.sent}


def mail_page(html: str, *, dark: bool) -> str:
    """The e-mail as a program shows it that is set to light or dark, whatever this browser is set to."""
    wanted = "all" if dark else "not all"
    page = re.sub(r"@media\s*\(prefers-color-scheme:\s*dark\)", f"@media {wanted}", html)
    return page.replace('content="light dark"', f'content="{"dark" if dark else "light"}"')
