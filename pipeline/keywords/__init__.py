"""Keywords: what an article is about, a row for each thing, ready for a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..korean.names import BYLINE
from ..korean.press import REPORTERS, spelled
from ..korean.spelling import key_of
from ..korean.tags import PROPER
from ..records import Background, Keyword, KeywordRules, Unit
from . import choose, names, particles, people, quotes, score, terms, words
from .people import People
from .score import FEATURES, said
from .suggest import suggest
from .tables import batch_table, compare, over_issues, theme_tables
from .terms import Nesting, Term
from .words import columns

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

_READ = frozenset({"title", "heading", "body", "item", "quote"})
# An address begins where a word does, and is bounded: 100,000 letters in a row must not cost their square.
_CONTACT = re.compile(r"\b\d{2,4}-\d{3,4}-\d{4}\b|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_OPENING = {"[": "]", "【": "】", "<": ">"}
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
    one = Given(units, themes, top, vectors=vectors, title=title, skip=skip)
    return extract_all([one], background, rules)[0]


@dataclass(frozen=True, slots=True)
class Given:
    """An article, as `extract` takes it."""

    units: Sequence[Unit]
    themes: Sequence[str | None]
    top: int
    vectors: NDArray[np.float32] | None = None
    title: str | None = None
    skip: Sequence[str] = ()


def extract_all(
    articles: Sequence[Given], background: Background, rules: KeywordRules
) -> list[tuple[Keyword, ...]]:
    """Keyword tables of articles, each as `extract` gives it; the terms of all are weighed in one go."""
    found = [
        analyse(one.units, background, rules, vectors=one.vectors, title=one.title, skip=one.skip)
        for one in articles
    ]
    if not found:
        return []
    parts = score.parts(np.hstack([about for _, _, about, _ in found]), rules.weights)
    scores = score.totals(parts, rules.weights["bias"])
    tables, start = [], 0
    for one, (own, nested, _, known) in zip(articles, found, strict=True):
        end = start + len(own)
        tables.append(_table(one, own, nested, known, parts[:, start:end], scores[start:end], rules))
        start = end
    return tables


def _table(
    article: Given,
    found: Sequence[Term],
    nested: Nesting,
    known: People,
    parts: NDArray[np.float64],
    scores: Sequence[float],
    rules: KeywordRules,
) -> tuple[Keyword, ...]:
    """The rows of an article, best first."""
    least = score.log_odds(rules.weights["least"])
    best = max(scores, default=0.0)
    kinds = {unit.index: unit.kind for unit in article.units}
    theme_of = {unit.index: theme for unit, theme in zip(article.units, article.themes, strict=True)}
    return tuple(
        _row(
            found[i],
            (scores[i] - least) / (best - least),
            dict(zip(score.PARTS, parts[:, i].tolist(), strict=True)),
            theme_of,
            kinds,
            known,
        )
        for i in choose.choose(found, nested, scores, article.top, least)
    )


def analyse(
    units: Sequence[Unit],
    background: Background,
    rules: KeywordRules,
    *,
    vectors: NDArray[np.float32] | None = None,
    title: str | None = None,
    skip: Sequence[str] = (),
) -> tuple[list[Term], Nesting, NDArray[np.float64], People]:
    """All terms of an article, which hold others, what is known about each, and the people in it.

    Returns
    -------
    tuple
        The third has a row for each of `score.FEATURES` and a column for each term.
    """
    read = [unit for unit in units if unit.kind in _READ and not _is_contact(unit.text)]
    tokens = {unit.index: columns(unit.tokens) for unit in units}
    spans, coined = quotes.coined(read, rules)
    repaired = names.names_in(read, tokens, rules)
    out = frozenset(map(key_of, (*skip, *_reporters(units))))
    chunks = [
        chunk
        for unit in read
        for chunk in words.noun_chunks(
            unit,
            tokens[unit.index],
            _joined(spans.get(unit.index, ()), repaired.get(unit.index, ())),
            background,
            rules,
            out,
        )
        if not (unit.kind == "title" and _is_label(unit.text, chunk.ends[-1]))
    ]
    if bases := particles.without_particles(words.count(chunks), background, rules):
        chunks = [particles.rename(chunk, bases, rules) for chunk in chunks]
    known = people.people_in({unit.index: unit.text for unit in read}, chunks, rules)
    found, nested = terms.collect(units, chunks, known, rules, frozenset(map(key_of, coined)))
    about = score.features(found, nested, units, tokens, known, rules, title=title, vectors=vectors)
    return found, nested, about, known


def _reporters(units: Sequence[Unit]) -> set[str]:
    """Who writes, as the article says it somewhere."""
    return {
        name
        for unit in units
        if any(word in unit.text for word in REPORTERS)
        for name in _REPORTER.findall(unit.text)
    }


def _joined(coined: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """All of the first, and those of the others that share nothing with them."""
    apart = [one for one in names if not any(one[0] < end and start < one[1] for start, end in coined)]
    return [*coined, *apart]


def _is_label(title: str, end: int) -> bool:
    """Whether words that end here are a title's label for what kind of article it is: [데스크 칼럼]."""
    return title[:1] in _OPENING and end <= title.find(_OPENING[title[0]])


def _is_contact(text: str) -> bool:
    """Whether a line tells whom to call or write to."""
    return not text.endswith(("다.", "요.", "다", "요")) and bool(_CONTACT.search(text))


def _row(
    term: Term,
    share: float,
    parts: dict[str, float],
    theme_of: Mapping[int, str | None],
    kinds: Mapping[int, str],
    known: People,
) -> Keyword:
    forms, main = term.forms, term.main
    units = sorted({place.unit for place in term.places})
    votes: dict[str, int] = {}
    for place in term.places:
        if (theme := theme_of[place.unit]) is not None:
            votes[theme] = votes.get(theme, 0) + 1
    told = [i for i in units if kinds[i] not in ("title", "heading")]
    return Keyword(
        term=main,
        variants=tuple(sorted((f for f in forms if f != main), key=lambda form: (-forms[form], form))),
        tag="NP" if len(term.words) > 1 else term.words[0].tag,
        count=term.times,
        score=round(share, 4),
        theme=min(votes, key=lambda name: (-votes[name], name), default=None),
        sentences=tuple(units),
        kind=_kind(term, known),
        first=(told or units)[0],
        parts=parts,
    )


def _kind(term: Term, known: People) -> str:
    if any(word.key in known.roles for word in term.words):
        return "person"
    if all(word.tag in PROPER for word in term.words):
        return "name"
    return "compound" if len(term.words) > 1 or term.words[0].morphemes > 1 else "noun"
