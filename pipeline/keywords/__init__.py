"""Keywords: nouns, noun phrases and Latin names, with the sentences that they come from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records import Background, Keyword, Token, Unit

_NOUNS = ("NNG", "NNP", "SL", "XR")
_SUFFIXES = ("XSN",)
_JOINED = ("SN", *_SUFFIXES, *_NOUNS)  # may go on inside a word: Trainium2, 점유율
_LONGEST_PHRASE = 3
_READ = frozenset({"title", "heading", "body", "item", "quote"})


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    tag: str
    rarity: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Seen:
    term: str
    tag: str
    rarity: float
    unit: int


def extract(
    units: Sequence[Unit], themes: Sequence[str | None], background: Background, top: int
) -> tuple[Keyword, ...]:
    """Keyword table of an article.

    A term is a noun or name as it is written between spaces and particles, or up to three of them in a row
    that the article repeats. Its score is its count times its rarity in the background (TF-IDF), more for
    longer phrases, scaled to the best.

    Parameters
    ----------
    themes
        Theme of each unit, or None.
    top
        How many rows.
    """
    seen = [one for unit in units if unit.kind in _READ for one in _terms(unit, background)]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        key = one.term.replace(" ", "").casefold()
        forms[key][one.term] += 1
        where[key].append(one)
    counts = {key: len(places) for key, places in where.items()}
    kept = [key for key in where if _stands(key, forms[key].most_common(1)[0][0], counts)]
    scores = {key: _score(where[key], forms[key]) for key in kept}
    best = max(scores.values(), default=1.0)
    ranked = sorted(kept, key=lambda key: (-round(scores[key], 9), where[key][0].unit, key))[:top]
    return tuple(_row(where[key], forms[key], scores[key] / best, themes) for key in ranked)


def _row(places: list[_Seen], forms: Counter[str], score: float, themes: Sequence[str | None]) -> Keyword:
    shown = sorted(forms, key=lambda form: (-forms[form], form))
    votes = Counter(theme for place in places if (theme := themes[place.unit]) is not None)
    theme = min(votes, key=lambda name: (-votes[name], name), default=None)
    units = tuple(sorted({place.unit for place in places}))
    return Keyword(shown[0], tuple(shown[1:]), places[0].tag, len(places), round(score, 4), theme, units)


def _score(places: list[_Seen], forms: Counter[str]) -> float:
    words = len(next(iter(forms)).split())
    return math.pow(len(places), 0.8) * max(place.rarity for place in places) * (1 + 0.3 * (words - 1))


def _stands(key: str, term: str, counts: dict[str, int]) -> bool:
    """Whether a term stands on its own: a phrase is repeated, a single syllable never is a term."""
    if " " in term:
        return counts[key] >= 2
    return len(term) >= 2


def _terms(unit: Unit, background: Background) -> Iterable[_Seen]:
    words = list(_words(unit, background))
    for word in words:
        yield _Seen(word.text, word.tag, word.rarity, unit.index)
    for run in _runs(unit.text, words):
        for size in range(2, _LONGEST_PHRASE + 1):
            for i in range(len(run) - size + 1):
                part = run[i : i + size]
                text = unit.text[part[0].start : part[-1].end]
                yield _Seen(text, "NP", sum(word.rarity for word in part) / len(part), unit.index)


def _words(unit: Unit, background: Background) -> Iterable[_Word]:
    """Nouns as written: morphemes that follow each other without a gap are one word."""
    group: list[Token] = []
    for token in (*unit.tokens, None):
        touches = bool(group) and token is not None and token.start == group[-1].end
        if token is not None and touches and token.tag in _JOINED:
            group.append(token)
            continue
        if group:
            yield _word(unit.text, group, background)
        group = [token] if token is not None and token.tag in _NOUNS else []


def _word(text: str, group: list[Token], background: Background) -> _Word:
    tags = {token.tag for token in group}
    tag = "SL" if "SL" in tags else "NNP" if "NNP" in tags else "NNG"
    rarity = max(
        math.log((1 + background.documents) / (1 + background.frequency.get(f"{t.form}/{t.tag}", 0)))
        for t in group
        if t.tag in _NOUNS
    )
    start, end = group[0].start, group[-1].end
    return _Word(text[start:end], tag, rarity, start, end)


def _runs(text: str, words: list[_Word]) -> Iterable[list[_Word]]:
    """Words with nothing but a space between them."""
    run: list[_Word] = []
    for word in words:
        if run and text[run[-1].end : word.start] != " ":
            yield run
            run = []
        run.append(word)
    if run:
        yield run
