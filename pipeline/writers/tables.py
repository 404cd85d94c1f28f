"""Keyword tables: rows for spreadsheets, people and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from ..records import DigestKeyword, KeywordRow, KeywordTable, Report, Trend
from .json import dump
from .templating import markdown, plain

COLUMNS = (
    "table", "title", "rank", "term", "variants", "kind", "tag", "count", "score", "theme", "first",
    "sentences",
)  # fmt: skip
_BOM = "\ufeff"
# What spreadsheets take for the beginning of a formula, in any width.
_FORMULA = tuple("=+-@＝＋－＠")


def report_table(report: Report) -> KeywordTable:
    """The keyword table of an article."""
    labels = {theme.id: theme.label for theme in report.themes}
    rows = tuple(
        KeywordRow(
            table=report.id,
            title=report.title or report.id,
            rank=rank,
            term=k.term,
            variants=k.variants,
            kind=k.kind,
            tag=k.tag,
            count=k.count,
            score=k.score,
            theme=labels.get(k.theme or "", k.theme),
            first=report.sentences[k.first].text,
            sentences=tuple(map(str, k.sentences)),
            parts=k.parts,
        )
        for rank, k in enumerate(report.keywords, 1)
    )
    return KeywordTable(report.id, report.title, report.keywords, rows)


def batch_table(
    name: str, title: str, keywords: Sequence[DigestKeyword], labels: Mapping[str, str]
) -> KeywordTable:
    """The keyword table of a batch, or of a theme in it."""
    rows = tuple(_row(name, title, rank, k, labels) for rank, k in enumerate(keywords, 1))
    return KeywordTable(name, title, tuple(keywords), rows)


def trend_table(title: str, trends: Sequence[Trend], labels: Mapping[str, str]) -> KeywordTable:
    """The keyword table of two batches."""
    rows = tuple(
        _row("all", title, rank, trend.keyword, labels, trend) for rank, trend in enumerate(trends, 1)
    )
    return KeywordTable("all", title, tuple(trends), rows)


def _row(
    name: str, title: str, rank: int, k: DigestKeyword, labels: Mapping[str, str], trend: Trend | None = None
) -> KeywordRow:
    return KeywordRow(
        table=name,
        title=title,
        rank=rank,
        term=k.term,
        variants=k.variants,
        kind=k.kind,
        tag=k.tag,
        count=trend.now if trend else k.count,
        score=k.score,
        theme=labels.get(k.theme or "", k.theme),
        first=k.first,
        sentences=tuple(f"{article}:{i}" for article, indices in k.sentences.items() for i in indices),
        change=trend.change if trend else None,
        before=trend.before if trend else None,
    )


def keywords_json(tables: Sequence[KeywordTable], texts: Mapping[str, str]) -> str:
    """JSON Lines, one object a table: its id, its title and its keywords as records."""
    lines = (
        f'{{"id":{dump(t.id)},"title":{dump(t.title)},"keywords":[{",".join(map(dump, t.keywords))}]}}\n'
        for t in tables
    )
    return "".join(lines)


def keywords_csv(tables: Sequence[KeywordTable], texts: Mapping[str, str]) -> str:
    """Comma-separated values (RFC 4180), one row a keyword."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    changes = any(row.change for table in tables for row in table.rows)
    rows.writerow([*COLUMNS, *(("change", "before") if changes else ())])
    for table in tables:
        for row in table.rows:
            cells = [*_cells(row), *((row.change, row.before) if changes else ())]
            rows.writerow([cell("; ".join(c) if isinstance(c, tuple) else c) for c in cells])
    return file.getvalue()


def keywords_csv_bom(tables: Sequence[KeywordTable], texts: Mapping[str, str]) -> str:
    """The same with a byte order mark, by which Excel knows UTF-8."""
    return _BOM + keywords_csv(tables, texts)


def keywords_markdown(tables: Sequence[KeywordTable], texts: Mapping[str, str]) -> str:
    """A Markdown table for each article, theme or batch."""
    parts = []
    for table in tables:
        changes = any(row.change for row in table.rows)
        keys = ["rank", "term", "variants", "kind", "count", "score", "theme", "first", "sentences"]
        head = [texts[f"keywords.{key}"] for key in (*keys, *(("change",) if changes else ()))]
        marks = ["---:", "---", "---", "---", "---:", "---:", "---", "---", "---"] + ["---"] * changes
        rows = [f"| {' | '.join(_markdown_cells(row, texts))} |" for row in table.rows]
        title = markdown(table.title or table.id)
        lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{'|'.join(marks)}|", *rows, ""]
        parts.append("\n".join(lines))
    return "\n".join(parts)


def keywords_parquet(tables: Sequence[KeywordTable], texts: Mapping[str, str]) -> bytes:
    """Apache Parquet, one row a keyword, lists and numbers with their types.

    Raises
    ------
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, whole = pa.string(), pa.int64()
    schema = pa.schema(
        [
            ("table", text), ("title", text), ("rank", whole), ("term", text), ("variants", pa.list_(text)),
            ("kind", text), ("tag", text), ("count", whole), ("score", pa.float64()), ("theme", text),
            ("first", text), ("sentences", pa.list_(text)), ("change", text), ("before", whole),
        ]
    )  # fmt: skip
    rows = [
        {**dict(zip(COLUMNS, _cells(row), strict=True)), "change": row.change, "before": row.before}
        for table in tables
        for row in table.rows
    ]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)
    return file.getvalue()


def _cells(row: KeywordRow) -> tuple[object, ...]:
    return (
        row.table, row.title, row.rank, row.term, row.variants, row.kind, row.tag, row.count, row.score,
        row.theme, row.first, row.sentences,
    )  # fmt: skip


def _markdown_cells(row: KeywordRow, texts: Mapping[str, str]) -> list[str]:
    found = [
        str(row.rank), markdown(row.term), markdown(", ".join(row.variants)), texts[f"keywords.{row.kind}"],
        str(row.count), f"{row.score:.2f}", markdown(row.theme), markdown(row.first),
        markdown(", ".join(row.sentences)),
    ]  # fmt: skip
    if row.change is not None:
        found.append(f"{texts[f'keywords.{row.change}']} ({row.before} → {row.count})")
    return found


def cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that could begin a formula gets an apostrophe before it."""
    if isinstance(value, str):
        text = plain(value)
        return f"'{text}" if text.startswith(_FORMULA) or value[:1] in ("\t", "\r") else text
    return value


#: Keyword tables by name, for ``yoyak keywords --format``.
KEYWORD_WRITERS: dict[str, Callable[[Sequence[KeywordTable], Mapping[str, str]], str | bytes]] = {
    "csv": keywords_csv,
    "csv-bom": keywords_csv_bom,
    "json": keywords_json,
    "md": keywords_markdown,
    "parquet": keywords_parquet,
}
