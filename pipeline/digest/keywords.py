"""The keyword table of a batch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..records import DigestKeyword, Report


def keyword_table(reports: Sequence[Report], count: int) -> tuple[DigestKeyword, ...]:
    """The best terms of a batch: the scores of its articles' tables, added up."""
    rows = defaultdict(list)
    for report in reports:
        for keyword in report.keywords:
            rows[keyword.term.replace(" ", "").casefold()].append((report, keyword))
    scores = {key: sum(keyword.score for _, keyword in found) for key, found in rows.items()}
    best = max(scores.values(), default=1.0)
    table = []
    for key in sorted(rows, key=lambda k: (-round(scores[k], 9), k))[:count]:
        found = rows[key]
        forms = Counter(form for _, k in found for form in (k.term, *k.variants))
        main = min((k.term for _, k in found), key=lambda form: (-forms[form], form))
        votes = Counter(k.theme for _, k in found if k.theme is not None)
        table.append(
            DigestKeyword(
                term=main,
                variants=tuple(sorted(set(forms) - {main})),
                tag=found[0][1].tag,
                count=sum(k.count for _, k in found),
                score=round(scores[key] / best, 4),
                theme=min(votes, key=lambda t: (-votes[t], t), default=None),
                articles=tuple(sorted({report.id for report, _ in found})),
            )
        )
    return tuple(table)
