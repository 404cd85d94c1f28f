"""What the grouping looks at in a report: its title and lead, names, figures, dates and kind of event."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from ..korean.spelling import key_of, words_of
from ..korean.tags import NAMES, NOUNS
from ..records import CONTENT_KINDS, Background, Report, StoryRules, Token
from .actors import Actors, actors
from .figures import Figure, days, periods, quantities

if TYPE_CHECKING:
    Vectors = NDArray[np.float32]
    Encode = Callable[[Sequence[str]], Vectors]
    Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

#: From how rare on a noun tells events apart, in log odds of documents.
RARE = 6.0
_LEAD = 3
#: Sentences whose nouns are compared, and those that are analysed; few articles have more.
_OPENING, SENTENCES = 10, 40
#: Characters of a sentence that are encoded; none that a person wrote is longer.
_LONGEST = 400


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One article, as the grouping sees it.

    Attributes
    ----------
    head, lead, body
        Unit rows: the title with the first sentence, the first sentences, and the whole article.
    rows
        Unit rows of the title and of each of the first sentences.
    terms, names
        Keyword scores as unit vectors: all of them, and names only.
    actors
        Who and where.
    title
        Words of the title, by their first two syllables; those with numbers are left out.
    words
        How rare each noun of the title and first sentences is: the logarithm of its inverse document
        frequency.
    rarer
        Those that are rarer than `RARE`.
    squared
        Sum of the squares of these.
    lead_figures, figures
        Of the title and first sentences, and of the whole article.
    stance
        Whether it looks ahead to an event or reports its outcome; None when it can't be told.
    kinds
        Kinds of recurring event that it is of.
    """

    head: Vectors
    lead: Vectors
    body: Vectors
    rows: Vectors
    terms: dict[str, float]
    names: dict[str, float]
    actors: Actors
    title: frozenset[str]
    words: dict[str, float]
    rarer: dict[str, float]
    squared: float
    lead_figures: frozenset[Figure]
    figures: frozenset[Figure]
    periods: dict[str, frozenset[str]]
    days: frozenset[int]
    date: date | None
    stance: Literal["preview", "result"] | None
    kinds: frozenset[str]


def analysed(reports: Sequence[Report], tokenize: Tokenize) -> list[Sequence[Sequence[Token]]]:
    """The morphemes of titles and first sentences, a title's first; one without a title has none there."""
    texts = [[(report.title or "")[:_LONGEST], *islice(_content(report), SENTENCES)] for report in reports]
    found = iter(tokenize([text[:_LONGEST] for own in texts for text in own]))
    return [list(islice(found, len(own))) for own in texts]


def profiles(
    reports: Sequence[Report],
    morphemes: Sequence[Sequence[Sequence[Token]]],
    encode: Encode,
    rules: StoryRules,
) -> list[Profile]:
    """Profiles of reports, their texts encoded in one go.

    Parameters
    ----------
    morphemes
        As `analysed` gives them.
    """
    texts: list[str] = []
    spans = []
    for report in reports:
        start = len(texts)
        body = list(_content(report))
        lead = ([report.title] if report.title else []) + body[:_LEAD]
        texts.extend(lead)
        texts.extend(body[_LEAD:_LEAD * 4])  # fmt: skip
        spans.append((start, start + min(2, len(lead)), start + len(lead), len(texts)))
    rows = encode([text[:_LONGEST] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
    named = [actors(report, own, rules.names) for report, own in zip(reports, morphemes, strict=True)]
    rare = [_rarity(own[: _OPENING + 1], rules.background) for own in morphemes]
    return [
        _profile(
            report,
            rules,
            own,
            words,
            rows[start:body],
            *(_mean(rows[start:end]) for end in (head, lead, body)),
        )
        for report, own, words, (start, head, lead, body) in zip(reports, named, rare, spans, strict=True)
    ]


def _profile(
    report: Report,
    rules: StoryRules,
    named: Actors,
    words: dict[str, float],
    rows: Vectors,
    head: Vectors,
    lead: Vectors,
    body: Vectors,
) -> Profile:
    content = list(_content(report))
    opening = " ".join([report.title or "", *content[:_LEAD]])
    first = " ".join([report.title or "", *content[:1]])
    return Profile(
        head=head,
        lead=lead,
        body=body,
        rows=rows,
        terms=_unit({key_of(k.term): k.score for k in report.keywords}),
        names=_unit({key_of(k.term): k.score for k in report.keywords if k.tag in NAMES}),
        actors=named,
        title=frozenset(
            word[:2] for word in words_of(report.title or "") if len(word) > 1 and word.isalpha()
        ),
        words=words,
        rarer={word: much for word, much in words.items() if much > RARE},
        squared=sum(words[word] * words[word] for word in sorted(words)),
        lead_figures=quantities(opening, rules.counts),
        figures=quantities(" ".join([report.title or "", *content]), rules.counts),
        periods=periods(first),
        days=days(opening),
        date=report.source.day,
        stance=_stance(report.title or "", content, rules),
        kinds=frozenset(kind for kind, pattern in rules.recurring.items() if re.search(pattern, opening)),
    )


def _content(report: Report) -> Iterator[str]:
    return (s.text for s in report.sentences if s.kind in CONTENT_KINDS)


def _stance(title: str, content: Sequence[str], rules: StoryRules) -> Literal["preview", "result"] | None:
    """A preview looks ahead in its title or first sentence and reports nothing there."""
    opening = " ".join([title, *content[:2]])
    ahead = sum(len(re.findall(pattern, opening)) for pattern in rules.preview)
    behind = sum(len(re.findall(pattern, opening)) for pattern in rules.result)
    if ahead > behind:
        return "preview"
    return "result" if behind > ahead else None


def _rarity(analysed: Sequence[Sequence[Token]], background: Background) -> dict[str, float]:
    """How rare nouns of two syllables or more are: their inverse document frequencies, as logarithms."""
    found = {}
    for token in (token for own in analysed for token in own):
        if token.tag in NOUNS and len(token.form) > 1:
            seen = background.frequency.get(f"{token.form}/{token.tag}", 0)
            found[token.form.casefold()] = math.log((background.documents + 1) / (seen + 1))
    return found


def _mean(rows: Vectors) -> Vectors:
    total: Vectors = rows.sum(axis=0)
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length else total


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()} if length else {}
