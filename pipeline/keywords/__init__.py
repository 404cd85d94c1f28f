"""Keywords: what an article is about, a row for each thing, ready for a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..korean.spelling import key_of
from ..records import Background, Keyword, KeywordRules, Unit
from . import choose, names, people, quotes, score, terms, words
from .people import People
from .suggest import suggest
from .tables import batch_table, compare, theme_tables
from .terms import Term
from .words import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["analyse", "batch_table", "compare", "extract", "suggest", "theme_tables"]

_READ = frozenset({"title", "heading", "body", "item", "quote"})
# An address begins where a word does, and is bounded: 100,000 letters in a row must not cost their square.
_CONTACT = re.compile(r"\b\d{2,4}-\d{3,4}-\d{4}\b|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_REPORTER = re.compile(r"([가-힣]{2,4})\s?(?:[가-힣]{0,6}기자|특파원|통신원)")


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
    found, features, known = analyse(units, background, rules, vectors=vectors, title=title, skip=skip)
    parts = [score.parts(one, rules.weights) for one in features]
    scores = [sum(one.values()) + rules.weights["bias"] for one in parts]
    least = score.log_odds(rules.weights["least"])
    best = max(scores, default=0.0)
    kinds = {unit.index: unit.kind for unit in units}
    theme_of = {unit.index: theme for unit, theme in zip(units, themes, strict=True)}
    return tuple(
        _row(found[i], (scores[i] - least) / (best - least), parts[i], theme_of, kinds, known)
        for i in choose.choose(found, scores, top, least)
    )


def analyse(
    units: Sequence[Unit],
    background: Background,
    rules: KeywordRules,
    *,
    vectors: NDArray[np.float32] | None = None,
    title: str | None = None,
    skip: Sequence[str] = (),
) -> tuple[list[Term], list[dict[str, float]], People]:
    """All terms of an article, what is known about each (`score.FEATURES`), and the people in it."""
    read = [unit for unit in units if unit.kind in _READ and not _is_contact(unit.text)]
    spans, coined = quotes.coined(read, rules)
    runs = _runs(units, read, spans, background, rules, skip)
    known = people.find(units, runs, rules)
    found = terms.collect(units, runs, known, rules, frozenset(map(key_of, coined)))
    return found, score.features(found, units, title, vectors, known, rules), known


def _runs(
    units: Sequence[Unit],
    read: Sequence[Unit],
    coined: Mapping[int, Sequence[tuple[int, int]]],
    background: Background,
    rules: KeywordRules,
    skip: Sequence[str],
) -> list[tuple[int, list[Word]]]:
    found = names.find(read, rules)
    spans = {unit.index: _joined(coined.get(unit.index, ()), found.get(unit.index, ())) for unit in read}
    reporters = {name for unit in units for name in _REPORTER.findall(unit.text)}
    out = frozenset(map(key_of, (*skip, *reporters)))
    runs = [
        (unit.index, run)
        for unit in read
        for run in words.runs(unit, spans.get(unit.index, ()), background, rules, out)
    ]
    bases = words.without_particles(words.count(run for _, run in runs), background)
    return [(index, words.rename(run, bases)) for index, run in runs] if bases else runs


def _joined(coined: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """All of the first, and those of the others that share nothing with them."""
    apart = [one for one in names if not any(one[0] < end and start < one[1] for start, end in coined)]
    return [*coined, *apart]


def _is_contact(text: str) -> bool:
    """Whether a line tells whom to call or write to."""
    return bool(_CONTACT.search(text)) and not text.endswith(("다.", "요.", "다", "요"))


def _row(
    term: Term,
    share: float,
    parts: dict[str, float],
    theme_of: Mapping[int, str | None],
    kinds: Mapping[int, str],
    known: People,
) -> Keyword:
    forms = term.forms
    main = term.main
    units = sorted({place.unit for place in term.places})
    votes = Counter(theme for place in term.places if (theme := theme_of[place.unit]) is not None)
    told = [i for i in units if kinds[i] not in ("title", "heading")]
    return Keyword(
        term=main,
        variants=tuple(sorted((f for f in forms if f != main), key=lambda form: (-forms[form], form))),
        tag="NP" if len(term.words) > 1 else term.words[0].tag,
        count=term.count,
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
    if all(word.tag in ("NNP", "SL") for word in term.words):
        return "name"
    return "compound" if len(term.words) > 1 or term.words[0].morphemes > 1 else "noun"
