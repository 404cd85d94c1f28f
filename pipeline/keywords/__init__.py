"""Keywords: what an article is about, a row for each thing, ready for a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean import columns
from ..korean.names import BYLINE
from ..korean.press import REPORTERS, spelled
from ..korean.spelling import key_of
from ..korean.tags import PROPER
from ..records import Background, Keyword, KeywordRules, Unit
from . import choose, names, particles, people, quotes, score, terms
from .chunks import noun_chunks
from .people import People
from .reading import Given, Reading, Span, reading
from .score import FEATURES, said
from .suggest import suggest
from .tables import batch_table, compare, over_issues, theme_tables
from .terms import Found, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FEATURES",
    "Given",
    "analyse",
    "batch_table",
    "compare",
    "extract",
    "extract_all",
    "over_issues",
    "said",
    "suggest",
    "theme_tables",
]

_REPORTER = re.compile(spelled(rf"({BYLINE})\s?[가-힣]{{0,6}}(?&reporter)"))


def extract(
    units: Sequence[Unit],
    themes: Sequence[str | None],
    background: Background,
    rules: KeywordRules,
    top: int,
    *,
    vectors: NDArray[np.float32] | None = None,
    title: str | None = None,
    skip: Sequence[str] = (),
) -> tuple[Keyword, ...]:
    """Keyword table of an article, which depends on nothing else.

    Candidates are nouns, names and their compounds as written; spellings of one thing fold into one row.
    A score is a sum of the parts that `score.PARTS` names, the log odds that an editor takes the term
    (fitted by `pipeline.train.keywords`), scaled to 1 for the best row and 0 for what is no row any more.

    Parameters
    ----------
    units
        All units of an article; boilerplate is read for reporters only.
    themes
        Theme of each unit, or None.
    top
        How many rows at most.
    vectors
        Unit rows for `units`, shape (n, d): how close each sentence is to the article's centre.
    title
        Of the article, where it does not stand among the units.
    skip
        Names that are no keywords: author and publisher.
    """
    tokens = columns([unit.tokens for unit in units])
    one = Given(units, tokens, themes, top, vectors=vectors, title=title, skip=skip)
    return extract_all([one], background, rules)[0]


def extract_all(
    articles: Sequence[Given], background: Background, rules: KeywordRules
) -> list[tuple[Keyword, ...]]:
    """Keyword tables of articles, each as `extract` gives it; the terms of all are weighed in one go."""
    if not articles:
        return []
    read, found, known = analyse(articles, background, rules)
    parts = score.parts(known, rules.weights)
    scores = score.totals(parts, rules.weights["bias"])
    tables, start = [], 0
    for one, own in zip(articles, found, strict=True):
        end = start + len(own.terms)
        tables.append(_table(one, read, own, parts[:, start:end], scores[start:end], rules))
        start = end
    return tables


def _table(
    article: Given,
    read: Reading,
    found: Found,
    parts: NDArray[np.float64],
    scores: Sequence[float],
    rules: KeywordRules,
) -> tuple[Keyword, ...]:
    """The rows of an article, best first."""
    least = score.log_odds(rules.weights["least"])
    best = max(scores, default=0.0)
    theme_of = {unit.index: theme for unit, theme in zip(article.units, article.themes, strict=True)}
    rows = choose.choose(found.terms, found.nested, scores, article.top, least)
    return tuple(
        [
            _row(
                found.terms[i],
                (scores[i] - least) / (best - least),
                dict(zip(score.PARTS, own, strict=True)),
                theme_of,
                read.units,
                found.people,
            )
            for i, own in zip(rows, parts.T[rows].tolist(), strict=True)
        ]
    )


def analyse(
    articles: Sequence[Given], background: Background, rules: KeywordRules
) -> tuple[Reading, list[Found], NDArray[np.float64]]:
    """What is read of articles, all terms of each, and what is known about each term.

    Returns
    -------
    tuple
        The third has a row for each of `score.FEATURES` and a column for each term of all articles.
    """
    read = reading(articles)
    coined = quotes.coined(read, rules)
    repaired = names.names_in(read, rules)
    spans = [_joined(own, others) for (own, _), others in zip(coined, repaired, strict=True)]
    out = [frozenset(map(key_of, (*one.skip, *_reporters(one.units)))) for one in articles]
    found = []
    for chunks, (_, plain), part in zip(
        noun_chunks(read, spans, background, rules, out), coined, read.parts(), strict=True
    ):
        if bases := particles.without_particles(chunks, background, rules):
            chunks = particles.rename(chunks, bases, rules)
        known = people.people_in(read.text, chunks, rules)
        found.append(terms.collect(read, part, chunks, known, rules, plain))
    return read, found, score.features(found, read, articles, rules)


def _reporters(units: Sequence[Unit]) -> set[str]:
    """Who writes, as the article says it somewhere."""
    return {
        name
        for unit in units
        if any(word in unit.text for word in REPORTERS)
        for name in _REPORTER.findall(unit.text)
    }


def _joined(coined: Sequence[Span], names: Sequence[Span]) -> list[Span]:
    """All of the first, and those of the others that share nothing with them."""
    apart = [one for one in names if not any(one[0] < end and start < one[1] for start, end in coined)]
    return [*coined, *apart]


def _row(
    term: Term,
    share: float,
    parts: dict[str, float],
    theme_of: Mapping[int, str | None],
    units: Sequence[Unit],
    known: People,
) -> Keyword:
    forms, main = term.forms, term.main
    told_in = [place.unit for place in term.places]
    own = [units[n] for n in sorted(set(told_in))]
    votes: dict[str, int] = {}
    for n in told_in:
        if (theme := theme_of[units[n].index]) is not None:
            votes[theme] = votes.get(theme, 0) + 1
    told = [unit for unit in own if unit.kind not in ("title", "heading")]
    return Keyword(
        term=main,
        variants=_variants(forms, main) if len(forms) > 1 else (),
        tag="NP" if len(term.words) > 1 else term.words[0].tag,
        count=term.times,
        score=round(share, 4),
        theme=min(votes, key=lambda name: (-votes[name], name))
        if len(votes) > 1
        else next(iter(votes), None),
        sentences=tuple([unit.index for unit in own]),
        kind=_kind(term, known),
        first=(told or own)[0].index,
        parts=parts,
    )


def _variants(forms: Mapping[str, int], main: str) -> tuple[str, ...]:
    """All spellings but the main one, the most frequent first."""
    return tuple(sorted((form for form in forms if form != main), key=lambda form: (-forms[form], form)))


def _kind(term: Term, known: People) -> str:
    if any(word.key in known.roles for word in term.words):
        return "person"
    if all(word.tag in PROPER for word in term.words):
        return "name"
    return "compound" if len(term.words) > 1 or term.words[0].morphemes > 1 else "noun"
