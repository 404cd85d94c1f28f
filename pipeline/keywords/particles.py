"""Particles that Kiwi left on names that it does not know: 전력망이, 브로드컴이."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from ..korean.particles import COMMON, OBJECT, POSSESSIVE
from ..korean.spelling import key_of
from ..records import Background, KeywordRules
from .chunks import Chunks
from .words import Word, made_word

# By which a name is called: “도담아”.
_VOCATIVES = ("아", "야")
# Those that no noun ends in: 리서치의, 인스턴스와; not 낙농가, 정확도, 물리학과.
_PLAIN = frozenset({*OBJECT, *POSSESSIVE, "와", "에", "에서", "으로", "인지", "이지"})
_PARTICLES = (*COMMON, *_VOCATIVES, "인지", "이지")
_PARTICLE_ENDS = frozenset(particle[-1] for particle in _PARTICLES)
_HANGUL = re.compile(r"[가-힣]+")


def without_particles(chunks: Chunks, background: Background, rules: KeywordRules) -> dict[str, str]:
    """Words that Kiwi left a particle on (전력망이, 브로드컴이), with the word that they are.

    That is one that the article writes elsewhere, or one that is known.
    """
    texts = Counter([word.text for word in chunks.words])
    found = {}
    for text in texts:
        for base, particle in _bases(text, background, rules) if text[-1] in _PARTICLE_ENDS else ():
            times = texts.get(base, 0)
            called = particle in _VOCATIVES and len(base) >= 2 and times >= 3 * texts[text]
            again = len(base) >= 3 and times >= texts[text]
            known = key_of(base) in rules.names or (
                len(base) >= 3 and particle in _PLAIN and _is_known(base, background)
            )
            if called or again or known:
                found[text] = base
                break
    return found


@lru_cache(maxsize=1 << 14)
def _bases(text: str, background: Background, rules: KeywordRules) -> tuple[tuple[str, str], ...]:
    """What a word that is not known is without each particle that it may end in, and that particle."""
    if not _HANGUL.fullmatch(text) or _is_known(text, background) or key_of(text) in rules.names:
        return ()
    return tuple((text.removesuffix(p), p) for p in _PARTICLES if text.endswith(p))


def rename(chunks: Chunks, bases: Mapping[str, str], rules: KeywordRules) -> Chunks:
    """Words with particles taken off, as `without_particles` found them."""
    words = tuple(
        [_renamed(word, base, rules) if (base := bases.get(word.text)) else word for word in chunks.words]
    )
    ends = [start + len(word.text) for start, word in zip(chunks.starts, words, strict=True)]
    return chunks._replace(words=words, ends=ends)


def _renamed(word: Word, text: str, rules: KeywordRules) -> Word:
    return made_word(
        text,
        rules,
        tag=word.tag,
        rarity=word.rarity,
        morphemes=word.morphemes,
        verb=word.verb,
        opens=word.opens,
    )


def _is_known(text: str, background: Background) -> bool:
    return f"{text}/NNG" in background.frequency or f"{text}/NNP" in background.frequency
