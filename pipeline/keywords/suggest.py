"""Words that the dictionary lacks: proposed out of the articles, for a person to take or leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from ..korean import columns
from ..korean.particles import LONGER, OBJECT, TOPIC
from ..korean.spelling import key_of
from ..records import Background, KeywordRules, Token, Unit, WordSuggestion
from . import appositions
from .chunks import noun_chunks
from .names import names_in
from .reading import Given, Reading, Span, reading

_HANGUL = re.compile(r"[가-힣][가-힣0-9]*|[가-힣]+[A-Za-z]+[가-힣]*|[A-Za-z]+[가-힣]+")
_LATIN = re.compile(r"[A-Za-z]")
_PARTICLE_END = re.compile(rf".{{3,}}(?:[{''.join((*TOPIC, *OBJECT))}]|{'|'.join(LONGER)})")
_SCORE = 3.0  # as the words in configs/words.tsv: enough to win over the pieces


def suggest(
    articles: Sequence[Sequence[Unit]],
    extracted: Iterable[str],
    tokenize: Callable[[str], Sequence[Token]],
    background: Background,
    rules: KeywordRules,
    least: int,
) -> tuple[WordSuggestion, ...]:
    """Words that Kiwi takes apart, the most frequent first.

    Parameters
    ----------
    articles
        Units of each article.
    extracted
        Forms that Kiwi's own unsupervised extraction gives for the same texts.
    tokenize
        Morphemes of one text, with the dictionary as it is.
    least
        How often the articles have a word, at least; names that an article itself introduces with their
        Latin form are told once only, and come in any case.
    """
    text = "\n".join(unit.text for units in articles for unit in units)
    read = reading([Given(units, columns([unit.tokens for unit in units])) for units in articles])
    names = names_in(read, rules)
    told = Counter(_told(read, names, background, rules))
    repaired = Counter([read.text[slice(*span)] for own in names for span in own])
    found: dict[str, Literal["introduced", "repeated", "extracted"]] = {}
    found.update(dict.fromkeys(extracted, "extracted"))
    found.update(dict.fromkeys(repaired, "repeated"))
    found.update(dict.fromkeys(told, "introduced"))
    rows = []
    for form, why in found.items():
        often = text.count(form)
        if not _HANGUL.fullmatch(form) or _PARTICLE_END.fullmatch(form) or len(form) < 2:
            continue
        if key_of(form) in rules.never | rules.alone | rules.roles:
            continue
        if (why == "introduced" or often >= least) and len(tokenize(form)) > 1:
            rows.append(WordSuggestion(form, "NNP", _SCORE, often, why))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.form)))


def _told(
    read: Reading, names: Sequence[Sequence[Span]], background: Background, rules: KeywordRules
) -> Iterator[str]:
    """Forms that stand before their Latin spelling in parentheses: 트레이니움(Trainium)."""
    found = noun_chunks(read, names, background, rules, [frozenset()] * len(names))
    for part, chunks in zip(read.parts(), found, strict=True):
        counts = appositions.count(chunks)
        for form, inside in appositions.pairs_in(read.text, part, chunks, counts, rules):
            capital = inside[:1].isupper() and not inside.isupper()  # a name; an acronym spells out a phrase
            if _LATIN.match(inside) and " " not in form and capital:
                yield form
