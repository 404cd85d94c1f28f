"""The order of the steps: reports into a batch at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from .. import digest as digest_step
from .. import keywords, themes
from ..engines import no_collection, one_blas_thread
from ..korean.spelling import key_of
from ..records import Column, Digest, DigestKeyword, MapTheme, Overview, Report, Spot, ThemeCount
from .digests import discovered, shown_of, stories_of, told_as
from .once import analysed_once
from .parts import with_found, without
from .tools import Tools

#: Sentences on a map; of more, as many of each theme as its share, spread evenly over the articles.
SPOTS = 1500
#: Keywords of a theme, and of a timeline.
_TERMS, _ROWS = 5, 20


@no_collection()
def overview(reports: Iterable[Report], issues: Sequence[Digest], tools: Tools) -> Overview:
    """A batch at a glance; see `Pipeline.overview`."""
    ordered, _ = digest_step.one_each(digest_step.in_order(list(reports)))
    tools = analysed_once(tools, ordered)

    def members(some: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        return tuple(group.members for group in stories_of(some, tools))

    ordered, _ = without(ordered, tools.settings.digest.leave_out, tools.genres, members)
    found = told_as(ordered, discovered(ordered, tools), members(ordered))
    ordered = themes.with_found(ordered, found)
    labels = with_found(tools.labels, found)
    aliases = (*tools.keyword_rules.aliases, *tools.settings.digest.aliases)
    quotes = [digest_step.Quotes(report, tools.plan.limits) for report in ordered]
    hidden = frozenset(map(key_of, tools.settings.digest.hidden))
    most = tools.settings.digest.keywords + len(hidden)
    table = shown_of(keywords.batch_table(ordered, most, aliases), hidden)
    terms = {
        theme: tuple(row.term for row in shown_of(rows, hidden))
        for theme, rows in keywords.theme_tables(ordered, _TERMS, aliases).items()
    }
    closed = {report.id for report, one in zip(ordered, quotes, strict=True) if one.restricted}
    own = _map(ordered, labels, frozenset(theme.id for theme in found), terms, closed, tools)
    columns = [*_columns(issues), *([(Column(None, None, None, 0), table)] if ordered else [])]
    counted = Counter(
        (report.id, s.theme) for report in ordered for s in report.sentences if s.theme is not None
    )
    return Overview(
        themes=own[0],
        spots=own[1],
        sources=tuple(map(digest_step.source, ordered, quotes)),
        told=tuple(ThemeCount(article, theme, n) for (article, theme), n in counted.items()),
        columns=tuple(
            replace(column, count=sum(row.count for row in rows)) for column, rows in columns if issues
        ),
        timeline=keywords.over_issues([rows for _, rows in columns], _ROWS, aliases) if issues else (),
    )


def _columns(issues: Sequence[Digest]) -> list[tuple[Column, tuple[DigestKeyword, ...]]]:
    """Issues with their keyword tables, the oldest first."""
    of = sorted(issues, key=lambda one: (one.date or "", -1 if one.number is None else one.number, one.title))
    return [(Column(one.title, one.number, one.date, 0), one.keywords) for one in of]


def _map(
    reports: Sequence[Report],
    labels: Mapping[str, str],
    found: frozenset[str],
    terms: Mapping[str, tuple[str, ...]],
    closed: Collection[str],
    tools: Tools,
) -> tuple[tuple[MapTheme, ...], tuple[Spot, ...]]:
    """Themes as discs, and the sentences in them."""
    all_ = {
        theme: [(report, s) for report in reports for s in report.sentences if s.theme == theme]
        for theme in labels
    }
    all_ = {theme: own for theme, own in all_.items() if own}
    if not all_:
        return (), ()
    share = min(1.0, SPOTS / sum(map(len, all_.values())))
    shown = [own[int(i)] for own in all_.values() for i in _spread(len(own), share)]
    texts = [s.text for _, s in shown]
    with one_blas_thread():
        rows = tools.encoder.encode_heads(texts, tools.tokenize(texts), ("similarity",))[0]
        groups = [[n for n, (_, s) in enumerate(shown) if s.theme == theme] for theme in all_]
        plane = themes.plane(rows, groups)
    names = list(all_)
    discs = np.round(plane.discs, 2).tolist()
    return (
        tuple(
            MapTheme(
                id=theme,
                label=labels[theme],
                found=theme in found,
                x=discs[n][0],
                y=discs[n][1],
                radius=discs[n][2],
                sentences=len(all_[theme]),
                articles=len({report.id for report, _ in all_[theme]}),
                near=None if (near := plane.near[n]) is None else names[near],
                typical=max(groups[n], key=lambda i: (shown[i][0].id not in closed, plane.fit[i], -i)),
                keywords=terms.get(theme, ()),
            )
            for n, theme in enumerate(names)
        ),
        tuple(
            Spot(report.id, s.index, s.theme or "", x, y, "" if report.id in closed else s.text)
            for (report, s), (x, y) in zip(shown, np.round(plane.places, 2).tolist(), strict=True)
        ),
    )


def _spread(count: int, share: float) -> list[int]:
    """Positions of a share of `count`, one at least, at even distances."""
    return [int(i) for i in np.linspace(0, count - 1, max(1, int(count * share)))]
