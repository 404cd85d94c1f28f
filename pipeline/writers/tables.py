"""Keyword tables: CSV, Markdown, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from ..records import Report
from .json import dump
from .templating import markdown, plain


def keywords_json(reports: Sequence[Report], texts: Mapping[str, str]) -> str:
    """JSON Lines, one object an article: its id and its keywords."""
    lines = (f'{{"id":{dump(r.id)},"keywords":[{",".join(map(dump, r.keywords))}]}}\n' for r in reports)
    return "".join(lines)


def keywords_csv(reports: Sequence[Report], texts: Mapping[str, str]) -> str:
    """Comma-separated values, one row a keyword, with the article's id first."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(["article", "rank", "term", "variants", "tag", "count", "score", "theme", "sentences"])
    for report in reports:
        for rank, k in enumerate(report.keywords, 1):
            cells = [report.id, rank, k.term, "; ".join(k.variants), k.tag, k.count, k.score, k.theme or ""]
            rows.writerow([*map(cell, cells), " ".join(map(str, k.sentences))])
    return file.getvalue()


def keywords_markdown(reports: Sequence[Report], texts: Mapping[str, str]) -> str:
    """A Markdown table for each article."""
    head = " | ".join(texts[f"digest.{key}"] for key in ("term", "variants", "theme", "count", "score"))
    parts = []
    for report in reports:
        labels = {theme.id: theme.label for theme in report.themes}
        rows = [
            f"| {markdown(k.term)} | {markdown(', '.join(k.variants))} "
            f"| {markdown(labels.get(k.theme or ''))} | {k.count} | {k.score:.2f} |"
            for k in report.keywords
        ]
        title = markdown(report.title or report.id)
        parts.append("\n".join([f"## {title}", "", f"| {head} |", "|---|---|---|---:|---:|", *rows, ""]))
    return "\n".join(parts)


def cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that could begin a formula gets an apostrophe before it."""
    if isinstance(value, str):
        text = plain(value)
        return f"'{text}" if text[:1] in ("=", "+", "-", "@") or value[:1] in ("\t", "\r") else text
    return value


#: Keyword tables by name, for ``yoyak keywords --format``.
KEYWORD_WRITERS: dict[str, Callable[[Sequence[Report], Mapping[str, str]], str]] = {
    "csv": keywords_csv,
    "json": keywords_json,
    "md": keywords_markdown,
}
