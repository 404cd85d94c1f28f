"""Tables of figures: rows for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from ..records import Figure, Report
from .json import dump
from .tables import cell

COLUMNS = (
    "article", "title", "subject", "metric", "text", "low", "high", "unit", "approximate", "period", "over",
    "kind", "direction", "modality", "sentence", "start", "end", "inherited", "source",
)  # fmt: skip


def ends_of(figure: Figure) -> tuple[int | float, int | float]:
    """The two ends of a value; they are one where it is no range."""
    return figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)


def figures_json(reports: Sequence[Report], texts: Mapping[str, str]) -> str:
    """JSON Lines, one object an article: its id, its title and its figures as records."""
    return "".join(
        f'{{"id":{dump(one.id)},"title":{dump(one.title)},"figures":[{",".join(map(dump, one.figures))}]}}\n'
        for one in reports
    )


def figures_csv(reports: Sequence[Report], texts: Mapping[str, str]) -> str:
    """Comma-separated values (RFC 4180), one row a figure."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in _rows(reports):
        rows.writerow([cell("; ".join(c) if isinstance(c, tuple) else c) for c in row])
    return file.getvalue()


def figures_parquet(reports: Sequence[Report], texts: Mapping[str, str]) -> bytes:
    """Apache Parquet, one row a figure.

    Raises
    ------
    ModuleNotFoundError
        When pyarrow is not installed: the extra ``[parquet]``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    types = {
        "low": real, "high": real, "approximate": pa.bool_(), "sentence": whole, "start": whole, "end": whole,
        "inherited": pa.list_(text),
    }  # fmt: skip
    schema = pa.schema([(name, types.get(name, text)) for name in COLUMNS])
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(reports)]
    for row in rows:
        row["low"], row["high"] = float(row["low"]), float(row["high"])  # type: ignore[arg-type]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)
    return file.getvalue()


def _rows(reports: Sequence[Report]) -> list[tuple[object, ...]]:
    return [
        (
            report.id, report.title, one.subject, one.metric, one.text, *ends_of(one), one.unit,
            one.approximate, one.period, one.over, one.kind, one.direction, one.modality, one.sentence,
            one.start, one.end, one.inherited, report.sentences[one.sentence].text,
        )
        for report in reports
        for one in report.figures
    ]  # fmt: skip


#: Tables of figures by name, for ``yoyak figures --format``.
FIGURE_WRITERS: dict[str, Callable[[Sequence[Report], Mapping[str, str]], str | bytes]] = {
    "csv": figures_csv,
    "json": figures_json,
    "parquet": figures_parquet,
}
