"""Named features of sentences: what the `editor` method weighs.

Amounts (nouns, predicates, centrality, …) are standard scores within the article, so that weights mean the
same in a short and in a long one, and count up to 1.5, so that no sentence comes for a single one of them
(winsorized from above, Tukey 1962); facts about a single sentence (a cue word, a question) are 0 or 1.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ..korean.expressions import any_of
from ..korean.tags import ACTIONS, NAMES, NOUNS, NUMBERS
from ..korean.wording import Overlap, closed, count, overlap, words_of
from ..records import OTHER, Token
from .baselines import textrank_scores
from .draft import Draft

Table = NDArray[np.float64]

_NOUNS = NOUNS | NUMBERS
_NAMES = NAMES | {"W_SERIAL"}
_TOPICS = 8
_FIGURES = 3
#: What an amount counts at most, in standard deviations above the article's mean.
_MOST = 1.5
#: Code points at the end of a sentence in which its predicate is looked for.
_TAIL = 40
_DIGIT = re.compile(r"\d")
_QUOTES = frozenset("“”\"‘’'「」『』")
_CLOSERS = re.compile(r"[”\"]")
#: Most characters in quotation marks that are a name or a word, not what somebody says.
_NAMED = 7

#: The amounts; all other features lie between 0 and 1.
AMOUNTS = (
    "nouns", "predicates", "names", "figures", "news", "introduces", "topic", "textrank", "centrality",
    "title", "position",
)  # fmt: skip
FACTS = (
    "heading", "opening", "theme", "announcement", "emphasis", "quote", "fragment", "pointer", "aside",
)  # fmt: skip
FEATURES = (*AMOUNTS, *FACTS)


def features(draft: Draft, words: Overlap | None = None) -> Table:
    """Rows of n values, one for each of `FEATURES`.

    ========== =======================================================================================
    nouns      nouns, names and figures: how much it tells
    predicates verbs: how much it says about them
    names      names and Latin words
    figures    sums of money and large quantities, up to three
    news       nouns that the article has not used before
    introduces those of them that it comes back to
    topic      nouns among the eight that most of the article's sentences share
    textrank   TextRank (Mihalcea & Tarau 2004), which favours long sentences
    centrality sum of the cosines with all sentences: degree centrality (Erkan & Radev 2004), which does not
    title      nouns that it shares with the title
    position   minus the logarithm of its place among the whole sentences
    heading    share of its section heading's nouns that it has
    opening    it opens its paragraph or section (1, ½) where the article has such
    theme      score of its theme, unless that is `other`
    quote      share of it that is quoted speech
    fragment   it has no closed predicate: a caption, a line of key words
    ========== =======================================================================================

    ``announcement``, ``emphasis``, ``pointer`` and ``aside`` are word lists of ``configs/cues.toml``, which
    says too what counts as a figure. A pointer too is what introduces the quotation that follows, or what
    the next sentence turns round.

    Parameters
    ----------
    words
        The words that they share, where these are known already.
    """
    tokens, n = draft.tokens, len(draft.units)
    row, noun = words_of(tokens, _NOUNS)
    spread = np.bincount(noun, minlength=len(tokens.forms))
    new = np.zeros(len(noun), dtype=bool)
    new[np.unique(noun, return_index=True)[1]] = True
    whole = closed(draft.units, tokens)

    def having(kept: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(row[kept], minlength=n)

    amounts = {
        "nouns": count(tokens, _NOUNS),
        "predicates": count(tokens, ACTIONS),
        "names": count(tokens, _NAMES),
        "figures": _figures(draft),
        "news": having(new),
        "introduces": having(new & (spread[noun] > 1)),
        "topic": having(_topics(tokens.forms, spread)[noun]),
        "textrank": textrank_scores(overlap(tokens) if words is None else words),
        "centrality": np.round((draft.vectors * draft.vectors.sum(axis=0)).sum(axis=1), 5),
        "title": having(_among(tokens.forms, _nouns(draft.title))[noun]),
        "position": [-math.log1p(before) for before in accumulate(whole[:-1], initial=0)] if n else [],
    }
    facts = {
        "heading": _heading(draft, row, noun),
        "opening": _opening(draft),
        "theme": [score if theme != OTHER else 0.0 for theme, score in draft.themes],
        "quote": [_quoted(unit.text) for unit in draft.units],
        "fragment": [not one for one in whole],
        **{name: _found(draft, name) for name in ("announcement", "emphasis", "aside")},
        "pointer": _pointing(draft),
    }
    table = np.array([amounts[name] for name in AMOUNTS], dtype=np.float64)
    away = table - table.sum(axis=1, keepdims=True) / max(n, 1)
    spreads = np.sqrt((away * away).sum(axis=1, keepdims=True) / max(n, 1))
    found = np.zeros((len(FEATURES), n))
    scores = found[: len(AMOUNTS)]
    np.divide(away, spreads, out=scores, where=spreads > 1e-9)
    np.minimum(scores, _MOST, out=scores)
    found[len(AMOUNTS) :] = np.array([facts[name] for name in FACTS], dtype=np.float64)
    return found


def _topics(forms: Sequence[str], spread: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which forms most sentences share, the first in the alphabet of equals."""
    least = min(np.sort(spread)[-_TOPICS:].tolist(), default=0)
    shared = sorted(np.flatnonzero(spread >= least).tolist(), key=lambda k: (-spread[k], forms[k]))
    found = np.zeros(len(forms), dtype=bool)
    found[shared[:_TOPICS]] = True
    return found


def _nouns(tokens: Iterable[Token]) -> set[str]:
    return {token.form for token in tokens if token.tag in _NOUNS}


def _among(forms: Sequence[str], some: Collection[str]) -> NDArray[np.bool_]:
    return np.array([form in some for form in forms], dtype=bool)


def _figures(draft: Draft) -> list[int]:
    patterns = draft.cues.get("figures")
    if not patterns:
        return [0] * len(draft.units)
    cue = _cue(patterns)
    return [
        min(_FIGURES, sum(1 for _ in cue.finditer(unit.text))) if _DIGIT.search(unit.text) else 0
        for unit in draft.units
    ]


def _found(draft: Draft, name: str) -> list[bool]:
    patterns = draft.cues.get(name)
    if not patterns:
        return [False] * len(draft.units)
    if name == "emphasis":
        cue = _cue(patterns)
        return [cue.search(unit.text) is not None for unit in draft.units]
    heads = tuple(pattern for pattern in patterns if pattern.startswith("^"))
    tails = tuple(pattern for pattern in patterns if not pattern.startswith("^"))
    tail = _cue(tails) if tails else None
    found = [tail is not None and tail.search(u.text[-_TAIL:]) is not None for u in draft.units]
    if heads:
        head = _cue(heads)
        found = [
            one or head.match(unit.text) is not None for one, unit in zip(found, draft.units, strict=True)
        ]
    return found


def _pointing(draft: Draft) -> list[bool]:
    """What asks or points ahead, introduces the quotation that follows, or is turned round by the next."""
    found, units = _found(draft, "pointer"), draft.units
    lists = [draft.cues.get(name, ()) for name in ("introduction", "concession", "turn")]
    if not all(lists):
        return found
    introduction, concession, turn = (_cue(patterns) for patterns in lists)
    for i, (unit, after) in enumerate(pairwise(units)):
        if after.text[:1] in _QUOTES:
            found[i] |= _QUOTES.isdisjoint(unit.text) and introduction.search(unit.text[-_TAIL:]) is not None
        elif turn.match(after.text):
            found[i] |= concession.search(unit.text) is not None
    return found


def _heading(draft: Draft, row: NDArray[np.int64], noun: NDArray[np.int64]) -> NDArray[np.float64]:
    share = np.zeros(len(draft.units))
    for tokens in set(draft.sections):
        head = _nouns(tokens)
        if head:
            below = np.array([own == tokens for own in draft.sections])
            has = np.bincount(row[_among(draft.tokens.forms, head)[noun]], minlength=len(share))
            share[below] = has[below] / len(head)
    return share


def _opening(draft: Draft) -> list[float]:
    """1 after a heading, ½ at the start of a paragraph; nothing where every sentence has its own."""
    blocks = Counter(unit.block for unit in draft.units)
    if not draft.before or max(blocks.values(), default=0) < 2:
        return [0.0] * len(draft.units)
    found = []
    for i, unit in enumerate(draft.units):
        starts = unit.kind == "body" and (i == 0 or draft.units[i - 1].block != unit.block)
        found.append((1.0 if draft.before[i] in ("heading", "title", None) else 0.5) if starts else 0.0)
    return found


def _quoted(text: str) -> float:
    """Share of a text that is quoted: from the first mark that opens to the next one that closes."""
    quoted, before, free = 0, -1, False  # `free`: the mark before closes nothing, and may open
    for match in _CLOSERS.finditer(text):
        close = match.start()
        opens = before if free and text[before] == '"' else text.find("“", before + 1, close)
        free = opens < 0 or close - opens - 1 <= _NAMED
        quoted += 0 if free else close - opens - 1
        before = close
    return min(1.0, quoted / len(text)) if quoted else 0.0


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(patterns)
