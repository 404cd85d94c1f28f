"""Tables over many articles: a second pass, which no article's own table depends on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..korean.spelling import key_of
from ..records import Change, DigestKeyword, Keyword, Report, TimelineRow, Trend
from .folding import Folding

_FAINT = 0.01  # the last row of a table is a row all the same
_STEADY = 1.0  # |z| below this is no change


@dataclass(frozen=True, slots=True)
class _Entry:
    """A thing that articles of a batch have as a row."""

    key: str
    rows: tuple[tuple[Report, Keyword], ...]

    @property
    def weight(self) -> float:
        """Scores added up, each with the logarithm of its count."""
        return sum(max(keyword.score, _FAINT) * (1 + math.log(keyword.count)) for _, keyword in self.rows)


def batch_table(
    reports: Sequence[Report], top: int, aliases: Sequence[Sequence[str]] = ()
) -> tuple[DigestKeyword, ...]:
    """The keywords of all articles in one table; their order does not matter."""
    entries = _entries(reports, aliases)
    return _table([(entry, entry.weight) for entry in entries], top)


def theme_tables(
    reports: Sequence[Report], top: int, aliases: Sequence[Sequence[str]] = ()
) -> dict[str, tuple[DigestKeyword, ...]]:
    """A table for each theme that the articles have: what sets it apart from the other themes.

    Class-based TF-IDF (Grootendorst 2022): themes are the classes, and a term's frequency in one is the
    number of its sentences there, weighted by its score: tf · ln(1 + A / f), with f its
    frequency in all themes and A the mean size of a theme.
    """
    entries = _entries(reports, aliases)
    often: dict[str, dict[str, float]] = {entry.key: _by_theme(entry) for entry in entries}
    sizes: Counter[str] = Counter()
    for of_term in often.values():
        sizes.update(of_term)
    mean = sum(sizes.values()) / max(1, len(sizes))
    tables = {}
    for theme in sorted(sizes):
        scored = [
            (
                _within(entry, theme),
                often[entry.key][theme] * math.log1p(mean / sum(often[entry.key].values())),
            )
            for entry in entries
            if theme in often[entry.key]
        ]
        tables[theme] = _table(scored, top)
    return tables


def compare(
    now: Sequence[DigestKeyword], before: Sequence[DigestKeyword], aliases: Sequence[Sequence[str]] = ()
) -> tuple[Trend, ...]:
    """The rows of two batches, each with how it changed, the strongest change first.

    Log odds ratio with an informative Dirichlet prior, the two batches together, as a z-score (Monroe,
    Colaresi and Quinn 2008): a term that came up twice more in a small batch has not risen.

    Returns
    -------
    tuple
        Rising, falling and steady terms, new ones, and those that are gone.
    """
    folding = _folding([(k.term, *k.variants) for k in (*now, *before)], aliases)
    counts: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
    shown: dict[str, DigestKeyword] = {}
    for side, table in ((1, before), (0, now)):  # a row of now is shown where there is one
        for keyword in table:
            key = folding.root(key_of(keyword.term))
            counts[side][key] += keyword.count
            shown[key] = keyword
    totals = [sum(side.values()) for side in counts]
    rows = []
    for key, keyword in shown.items():
        a, b = counts[0].get(key, 0), counts[1].get(key, 0)
        z = _z(a, b, totals[0], totals[1])
        rows.append((round(z, 4), key, Trend(keyword, _change(a, b, z), b, a, round(z, 2))))
    rows.sort(key=lambda row: (-abs(row[0]), row[1]))
    return tuple(trend for _, _, trend in rows)


def over_issues(
    tables: Sequence[Sequence[DigestKeyword]], top: int, aliases: Sequence[Sequence[str]] = ()
) -> tuple[TimelineRow, ...]:
    """The keywords that several tables tell most of, the oldest table first.

    What a table tells of a keyword is its share of the table's counts: a batch of twice the size is no rise.
    """
    folding = _folding([(k.term, *k.variants) for table in tables for k in table], aliases)
    counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * len(tables))
    shares: dict[str, float] = defaultdict(float)
    shown: dict[str, DigestKeyword] = {}
    for n, table in enumerate(tables):
        total = sum(keyword.count for keyword in table)
        for keyword in table:
            key = folding.root(key_of(keyword.term))
            counts[key][n] = (counts[key][n] or 0) + keyword.count
            shares[key] += keyword.count / total
            shown[key] = keyword  # as the latest table has it
    most = sorted(shares, key=lambda key: (-round(shares[key], 9), key))[:top]
    return tuple(TimelineRow(shown[key].term, shown[key].variants, tuple(counts[key])) for key in most)


def _change(now: int, before: int, z: float) -> Change:
    if not before:
        return "new"
    if not now:
        return "gone"
    return "steady" if abs(z) < _STEADY else "rising" if z > 0 else "falling"


def _z(a: int, b: int, all_a: int, all_b: int) -> float:
    prior, size = a + b, all_a + all_b
    if not all_a or not all_b:
        return 0.0
    first = math.log((a + prior) / (all_a + size - a - prior)) if all_a + size > a + prior else 0.0
    second = math.log((b + prior) / (all_b + size - b - prior)) if all_b + size > b + prior else 0.0
    return (first - second) / math.sqrt(1 / (a + prior) + 1 / (b + prior))


def _entries(reports: Sequence[Report], aliases: Sequence[Sequence[str]]) -> list[_Entry]:
    ordered = sorted(reports, key=lambda report: report.id)
    folding = _folding([(k.term, *k.variants) for r in ordered for k in r.keywords], aliases)
    rows: dict[str, list[tuple[Report, Keyword]]] = defaultdict(list)
    for report in ordered:
        for keyword in report.keywords:
            rows[folding.root(key_of(keyword.term))].append((report, keyword))
    return [_Entry(key, tuple(found)) for key, found in sorted(rows.items())]


def _folding(rows: Sequence[Sequence[str]], aliases: Sequence[Sequence[str]]) -> Folding:
    """Rows that share a spelling are one, and so are aliases."""
    folding = Folding()
    for forms in (*rows, *aliases):
        keys = [key_of(form) for form in forms]
        for key in keys[1:]:
            folding.join(keys[0], key)
    return folding


def _by_theme(entry: _Entry) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for report, keyword in entry.rows:
        for index in keyword.sentences:
            theme = report.sentences[index].theme
            if theme is not None:
                found[theme] += max(keyword.score, _FAINT)
    return dict(found)


def _within(entry: _Entry, theme: str) -> _Entry:
    """The entry with only its sentences in a theme."""
    rows = []
    for report, keyword in entry.rows:
        own = tuple(i for i in keyword.sentences if report.sentences[i].theme == theme)
        if own:
            rows.append((report, replace(keyword, sentences=own, count=len(own), first=own[0], theme=theme)))
    return _Entry(entry.key, tuple(rows))


def _table(scored: Sequence[tuple[_Entry, float]], top: int) -> tuple[DigestKeyword, ...]:
    best = max((score for _, score in scored), default=0.0) or 1.0
    ordered = sorted(scored, key=lambda pair: (-round(pair[1], 9), pair[0].key))
    return tuple(_row(entry, score / best) for entry, score in ordered[:top])


def _row(entry: _Entry, score: float) -> DigestKeyword:
    said: Counter[str] = Counter()
    for _, keyword in entry.rows:
        said[keyword.term] += keyword.count
    main = min(said, key=lambda form: (-said[form], form))
    forms = {form for _, k in entry.rows for form in (k.term, *k.variants)} - {main}
    votes = Counter(k.theme for _, k in entry.rows if k.theme is not None)
    report, keyword = max(entry.rows, key=lambda row: (row[1].score, row[0].id))
    return DigestKeyword(
        term=main,
        variants=tuple(sorted(forms)),
        tag=keyword.tag,
        count=sum(k.count for _, k in entry.rows),
        score=round(score, 4),
        theme=min(votes, key=lambda t: (-votes[t], t), default=None),
        articles=tuple(r.id for r, _ in entry.rows),
        kind=keyword.kind,
        first=report.sentences[keyword.first].text,
        sentences=_sentences(entry.rows),
    )


def _sentences(rows: Sequence[tuple[Report, Keyword]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for report, keyword in rows:
        found[report.id].update(keyword.sentences)
    return {article: tuple(sorted(indices)) for article, indices in sorted(found.items())}
