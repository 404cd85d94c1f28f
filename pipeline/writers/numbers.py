"""Tables of figures and disagreements as the templates show them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..records import Digest, Disagreement, FigureRow, Point

_PERIOD = re.compile(
    r"(?P<fiscal>FY)?(?P<year>\d{4})(?:Q(?P<quarter>\d)|H(?P<half>[12])|-W(?P<week>\d\d)|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
)


def figures_view(digest: Digest, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Tables of figures, with what a reader is told of each row."""
    themes = {theme.id for theme in digest.themes}
    return [
        {"theme": table.theme, "rows": [_row(row, texts) for row in table.rows]}
        for table in digest.figures
        if table.theme in themes
    ]


def disagreements_view(
    disagreements: Sequence[Disagreement], texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Disagreements with their names as a reader is told them."""
    return [
        {"name": _name(one.subject, one.metric), "period": period_text(one.period, texts), "sides": one.sides}
        for one in disagreements
    ]


def period_text(period: str | None, texts: Mapping[str, str]) -> str:
    """A period as people write it."""
    if not period:
        return ""
    if "/" in period:
        first, last = (period_text(end, texts) for end in period.split("/", 1))
        return texts["digest.period-span"].format(first=first, last=last)
    match = _PERIOD.fullmatch(period)
    if match is None:
        return texts.get(f"digest.period-{period}", period)
    kind = next((name for name in ("day", "week", "month", "quarter", "half") if match[name]), "year")
    values = {name: int(value) for name, value in match.groupdict().items() if value and name != "fiscal"}
    if kind == "half":
        kind = f"half-{values['half']}"
    told = texts[f"digest.period-{kind}"].format(**values)
    return texts["digest.period-fiscal"].format(period=told) if match["fiscal"] else told


def _name(subject: str | None, metric: str | None) -> str:
    if subject and metric and metric.startswith(subject):
        return metric
    return " ".join(part for part in (subject, metric) if part)


def _row(row: FigureRow, texts: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, list[str]] = {}
    for source in row.sources:
        told.setdefault(source.text, []).append(source.article)
    # The row's own text first; what others write shorter stands behind it.
    values = sorted(told.items(), key=lambda item: item[0] != row.text)
    return {
        "name": _name(row.subject, row.metric),
        "period": period_text(row.period, texts),
        "text": row.text,
        "values": values,
        "about": "approximate" in row.flags,
        "moved": _moved(row, texts),
        "flags": [texts[f"digest.flag-{flag}"] for flag in row.flags if flag != "approximate"],
        "change": texts[f"digest.figure-{row.change}"] if row.change else "",
        "last": f"{row.last.text}" if row.last and row.change != "same" else "",
        "bars": [_bar(point, row.series, texts) for point in row.series],
    }


def _moved(row: FigureRow, texts: Mapping[str, str]) -> str:
    """Where it went, and by how much."""
    if row.grown is not None:
        return f"{'▲' if row.grown >= 0 else '▼'} {abs(row.grown):g}%"
    if row.kind == "change" or row.over:
        sign = {"up": "▲", "down": "▼"}.get(row.direction or "", "")
        return f"{sign} {texts[f'figures.{row.over}']}".strip() if row.over else sign
    return {"up": "▲", "down": "▼"}.get(row.direction or "", "")


def _bar(point: Point, series: tuple[Point, ...], texts: Mapping[str, str]) -> dict[str, Any]:
    most = max(one.value for one in series) or 1
    return {
        "period": period_text(point.period, texts),
        "text": point.text,
        "width": round(max(2.0, 100 * point.value / most), 1),
    }
