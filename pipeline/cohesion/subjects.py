"""Whether a sentence has a subject of its own, and which of its nouns are topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..korean import particles
from ..korean.particles import DEFINED, EVEN, TOO, TOPICS
from ..korean.tags import (
    ADJECTIVAL,
    ADJECTIVES,
    AUXILIARY,
    CASES,
    KOREAN_NOUNS,
    NOMINALS,
    NOUNS,
    NUMERALS,
    PREDICATES,
    PROPER,
    VERBAL_NOUNS,
    VERBALIZERS,
)
from ..records import Token, Unit
from .lexicon import Lexicon
from .outside import (
    ADNOMINAL,
    COMMA,
    COPULA,
    FINAL,
    NAME,
    PRONOUN,
    SUBJECT,
    SUBJECT_OR_DETERMINER,
    SUBJECT_OR_TOPIC,
    TOPIC,
    Outside,
    touches_noun,
)

#: What may stand between a noun and its particle.
_AFTER_NOUN = NOMINALS | {"XSN", "SW", "SSC", "ETN", "SB", "NP", "SF", "SO"}
#: Particles of what is defined, for which Kiwi has several tags.
_DEFINED = frozenset(DEFINED)
_TOPICS = TOPICS | {TOO[0], *EVEN}
#: A share as the subject, whose particle Kiwi reads as a verb (30%는: 늘다) or a copula.
_SHARE = re.compile(
    rf"[%％](?:[{''.join((*particles.TOPIC, TOO[0]))}]|[{''.join(particles.SUBJECT[:2])}](?!\s?넘))(?=\s)"
)
_DIGIT = re.compile(r"\d")
#: Code points at the end of a sentence in which its ending is looked for.
_TAIL = 24
#: Morphemes at its end among which a final ending stands.
_CLOSING = 3
#: Morphemes before the comma of a headline's subject.
_HEADLINE = 6


def lacks_subject(unit: Unit, outside: Outside, lexicon: Lexicon) -> bool:
    """Whether a full sentence has no subject: the one of a sentence before goes on."""
    closes = outside.has(FINAL, max(0, len(outside.tags) - _CLOSING))
    return closes and not has_subject(unit, outside, lexicon)


def has_subject(unit: Unit, outside: Outside, lexicon: Lexicon) -> bool:
    """Whether a sentence, a heading or a title names its subject.

    A subject inside a clause counts, for whether it is the main one can't be told without a parse; but not
    that of a clause which modifies a noun and has no room for another (1000억달러가 넘는 자산을 가졌다),
    nor where the predicate is a noun and the clause modifies it (주민 83명이 사는 마을이다).
    """
    tokens, words = outside.tokens, lexicon.words
    for n in outside.where(TOPIC):
        # 국내에서도 여전히 1위다: where it is so is not who is.
        if n and tokens[n - 1].tag == "JKB" and _nominal_predicate(outside) is not None:
            continue
        if is_topic(tokens, n, lexicon) and not _marks_object(tokens, n, lexicon):
            return True
    if _names_subject(unit, outside, lexicon):
        return True
    if _SHARE.search(unit.text) or lexicon.address.search(unit.text[-_TAIL:]):
        return True
    last = _last_subject(outside, lexicon)
    if last < 0:
        return False
    predicate = _nominal_predicate(outside)
    if predicate is None or tokens[predicate].form in words["auxiliary-nouns"]:
        return True
    return not outside.has(ADNOMINAL, last + 1, predicate + 1)


def _names_subject(unit: Unit, outside: Outside, lexicon: Lexicon) -> bool:
    """Whether what no topic particle marks is a subject: a word defined, a headline's, the writer."""
    tokens, speakers = outside.tokens, lexicon.words["speakers"]
    if any(0 < n < _HEADLINE and tokens[n - 1].tag in PROPER for n in outside.where(COMMA)):
        return True
    if DEFINED[0] in unit.text and any(t.form in _DEFINED and t.tag != "JX" for t in tokens):
        return True
    if any(tokens[n].form in speakers for n in outside.where(PRONOUN)):
        return True
    return lexicon.speaker.search(unit.text) is not None and any(
        t.form in speakers and t.tag == "NNG" for t in tokens
    )


def _last_subject(outside: Outside, lexicon: Lexicon) -> int:
    """Where the last particle of a subject stands; -1 when there is none."""
    tokens, words = outside.tokens, lexicon.words
    for n in reversed(outside.where(SUBJECT_OR_DETERMINER)):
        if tokens[n].tag == "MM" and not (tokens[n].form == "이" and touches_noun(tokens[: n + 1], n)):
            continue
        before = tokens[n - 1] if n else None
        if before is not None and before.tag == "NNB" and before.form in words["predicate-nouns"]:
            continue
        if not _is_modifying(n, outside, lexicon):
            return n
    return -1


def _is_modifying(n: int, outside: Outside, lexicon: Lexicon) -> bool:
    """Whether a subject is that of a clause which modifies a noun, and of nothing else in the sentence.

    The clause is no more than subject and predicate, and the predicate takes no object, so that the noun
    behind it is not what the subject acts on: 회의론이 커지는 가운데, 값이 싼 땅을, not 정부가 만든 법을 nor
    정부가 큰 집을. The sentence then does something to an object.
    """
    tokens, words = outside.tokens, lexicon.words
    inner = next(iter(outside.where(SUBJECT, n + 1)), -1)
    if inner > 0 and tokens[n - 1].form in words["aspects"]:
        # 직원이 천 명이 넘는 공장
        between = tokens[n + 1 : inner]
        if all(token.tag in NOMINALS for token in between) and any(
            token.tag in NUMERALS for token in between
        ):
            return _is_modifying(inner, outside, lexicon)
    at = _predicate(n, tokens, lexicon)
    if at is None or not outside.is_at(at, "ETM") or not outside.is_at(at + 1, *NOUNS):
        return False
    head = at + 1
    while tokens[head].form not in words["empty-nouns"] and tokens[head + 1 : head + 2]:
        if tokens[head + 1].tag not in NOUNS:
            break
        head += 1
    # 값이 오를 전망이다, 값이 오르는 추세를 보인다: there the noun says how it is with the subject.
    rest = [token.tag for token in tokens[head + 1 :]]
    tells = tokens[head].form in words["auxiliary-nouns"] or tokens[head].form in words["manners"]
    if rest[:1] in (["JKO"], ["VCP"], ["JKS"]) and tells:
        return False
    will_do = any(
        (one.form, one.tag, two.form) in (("면", "EC", "되"), ("으면", "EC", "되"))
        for one, two in pairwise(tokens)
    )
    return "JKO" in rest and not will_do


def _predicate(n: int, tokens: Sequence[Token], lexicon: Lexicon) -> int | None:
    """Where the predicate ends that follows a subject at once and takes no object; None for any other."""
    words = lexicon.words
    at = n + 1
    while at < len(tokens) and (tokens[at].tag == "MAG" or _is_adverb(at, tokens)):
        at += 2 if _is_adverb(at, tokens) else 1
    if at + 1 >= len(tokens):
        return None
    stem, verb = tokens[at], tokens[at]
    if stem.tag in VERBAL_NOUNS and tokens[at + 1].tag in VERBALIZERS:
        at += 1
        verb = tokens[at]
    passive = verb.tag.startswith("XSV") and verb.form in ("되", "당하")
    if verb.tag in ADJECTIVAL and stem.form not in words["intransitive"]:
        # 규모가 큰 공장을; in 회사가 큰 공장을 the subject goes on.
        if n == 0 or tokens[n - 1].form not in words["aspects"]:
            return None
    elif not passive and stem.form not in words["intransitive"]:
        return None
    at += 1
    while at + 1 < len(tokens) and (
        tokens[at].tag in AUXILIARY or (tokens[at].tag == "EC" and tokens[at + 1].tag == "VX")
    ):
        at += 1
    if tokens[at].tag == "EC" and at + 1 < len(tokens) and tokens[at + 1].tag in PREDICATES:
        # 쉬지 않고 움직이는
        return _predicate(at, tokens, lexicon)
    return at


def _is_adverb(at: int, tokens: Sequence[Token]) -> bool:
    """Whether an adjective and 게 stand there: 빠르게."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].tag in ADJECTIVES and after is not None and (after.form, after.tag) == ("게", "EC")


def lacks_owner(unit: Unit, outside: Outside, lexicon: Lexicon) -> bool:
    """Whether a result after a clause is nobody's in its sentence: 수요가 줄면서 매출이 563억원으로 …."""
    text = unit.text
    if not lexicon.measure.search(text):
        return False
    tokens = outside.tokens
    for particle in outside.where(SUBJECT_OR_TOPIC, 2):
        n = particle - 1
        after_clause = outside.is_at(n, *KOREAN_NOUNS) and outside.is_at(n - 1, "EC", "SP")
        if after_clause and tokens[n].form in lexicon.words["measures"]:
            named = outside.has(NAME, 0, n) or any(is_topic(tokens, k, lexicon) for k in range(n))
            return not named and _DIGIT.search(text, tokens[n].end) is not None
    return False


def _nominal_predicate(outside: Outside) -> int | None:
    """Where the noun of a predicate like 마을이다 stands."""
    n = max(outside.where(COPULA, 1), default=0)
    if not n:
        return None
    after = next((token.tag for token in outside.tokens[n + 1 :] if token.tag != "EP"), None)
    return n - 1 if after == "EF" else None


def topics(outside: Outside, lexicon: Lexicon) -> list[int]:
    """Where the particles of topics stand."""
    tokens = outside.tokens
    return [n for n in range(len(tokens)) if is_topic(tokens, n, lexicon)]


def is_topic(tokens: Sequence[Token], n: int, lexicon: Lexicon) -> bool:
    """Whether a particle marks the topic of its sentence, not a time or a frame."""
    token, words = tokens[n], lexicon.words
    if token.tag != "JX":
        return token.form in _DEFINED
    before = tokens[n - 1] if n else None
    if before is not None and before.tag == "JKB":
        # 업계에서는 may be who, 국내에서는 where, and either stands by itself; 오르는 상황에서도 does not.
        modified = n > 2 and tokens[n - 2].form in words["empty-nouns"] and tokens[n - 3].tag == "ETM"
        return before.form == "에서" and not modified
    if token.form not in _TOPICS:
        return False
    if n + 1 < len(tokens) and tokens[n + 1].tag in CASES and tokens[n + 1].start == token.end:
        return False  # 서비스만으로
    if before is None or before.end < token.start:
        return True  # after a quotation
    if before.tag not in _AFTER_NOUN:
        return False
    if before.form in words["frames"] and not (before.form == "일" and n > 1 and tokens[n - 2].tag == "ETM"):
        return False  # 10일은; but not 차별하는 일은
    return not (before.tag == "NNB" and before.form in words["predicate-nouns"])


def _marks_object(tokens: Sequence[Token], n: int, lexicon: Lexicon) -> bool:
    """Whether 도 marks what somebody does something with: 요금 감면도 함께 안내했다."""
    if tokens[n].form != "도":
        return False
    verb = [token for token in tokens[n + 1 :] if token.tag != "MAG"][:2]
    # Not 공개되다: Kiwi takes the noun and 되 apart.
    return bool(verb) and verb[0].form in lexicon.words["transitive"] and verb[-1].form != "되"
