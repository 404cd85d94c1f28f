"""Whether a sentence has a subject of its own, and which of its nouns are topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..records import LeaningWords, Token, Unit
from .outside import NAMES, NOUNS, Outside, touches_noun
from .patterns import Patterns

#: What may stand between a noun and its particle.
_AFTER_NOUN = NOUNS | {"XSN", "SW", "SSC", "ETN", "SB", "NP", "SF", "SO"}
#: Particles of what is defined, for which Kiwi has several tags.
_DEFINED = frozenset(("란", "이란"))
#: Letters of an `Outside`: what may name a subject without a particle, and measures after a clause.
_TELLING, _ANY = re.compile("[p,]"), re.compile(".")
_AFTER_CLAUSE = re.compile("(?<=[e,])[nN](?=[sx])")
_TOPICS = frozenset(("은", "는", "ᆫ", "도", "란", "이란", "마저", "조차"))
#: A share as the subject, whose particle Kiwi reads as a verb (30%는: 늘다) or a copula.
_SHARE = re.compile(r"[%％](?:는|은|도|(?:가|이)(?!\s?넘))(?=\s)")
_DIGIT = re.compile(r"\d")
#: Code points at the end of a sentence in which its ending is looked for.
_TAIL = 24


def lacks_subject(unit: Unit, outside: Outside, words: LeaningWords, patterns: Patterns) -> bool:
    """Whether a full sentence has no subject: the one of the sentence before goes on.

    A subject inside a clause counts, for whether it is the main one can't be told without a parse; but not
    that of a clause which modifies a noun and has no room for another (1000억달러가 넘는 자산을 가졌다),
    nor where the predicate is a noun and the clause modifies it (주민 83명이 사는 마을이다).
    """
    tokens, shape = outside.tokens, outside.shape
    if "f" not in shape[-3:]:
        return False
    n = shape.find("x")
    while n >= 0:
        if is_topic(tokens, n, words) and not _marks_object(tokens, n, words):
            return False
        n = shape.find("x", n + 1)
    if _names_subject(unit, outside, words, patterns):
        return False
    if _SHARE.search(unit.text) or patterns.address.search(unit.text[-_TAIL:]):
        return False
    last = _last_subject(outside, words)
    if last < 0:
        return True
    predicate = _nominal_predicate(tokens)
    if predicate is None or tokens[predicate].form in words.auxiliary_nouns:
        return False
    return shape.find("t", last + 1, predicate + 1) >= 0


def _names_subject(unit: Unit, outside: Outside, words: LeaningWords, patterns: Patterns) -> bool:
    """Whether what no topic particle marks is a subject: a word defined, a headline's, the writer."""
    tokens, shape = outside.tokens, outside.shape
    rare = "란" in unit.text or patterns.speaker.search(unit.text) is not None
    for match in (_ANY if rare else _TELLING).finditer(shape):
        n = match.start()
        form = tokens[n].form
        if form in _DEFINED and shape[n] != "x":
            return True
        if (shape[n] == "," or form in words.speakers) and _names_itself(tokens, n, words):
            return True
    return False


def _last_subject(outside: Outside, words: LeaningWords) -> int:
    """Where the last particle of a subject stands; -1 when there is none."""
    tokens, shape = outside.tokens, outside.shape
    for n in range(len(shape) - 1, -1, -1):
        if shape[n] == "s" or (
            shape[n] == "m" and tokens[n].form == "이" and touches_noun(tokens[: n + 1], n)
        ):
            before = tokens[n - 1] if n else None
            if before is not None and before.tag == "NNB" and before.form in words.predicate_nouns:
                continue
            if not _is_modifying(n, outside, words):
                return n
    return -1


def _is_modifying(n: int, outside: Outside, words: LeaningWords) -> bool:
    """Whether a subject is that of a clause which modifies a noun, and of nothing else in the sentence.

    The clause is no more than subject and predicate, and the predicate takes no object, so that the noun
    behind it is not what the subject acts on: 회의론이 커지는 가운데, 값이 싼 땅을, not 정부가 만든 법을 nor
    정부가 큰 집을. The sentence then does something to an object.
    """
    tokens, shape = outside.tokens, outside.shape
    inner = shape.find("s", n + 1)
    if inner > 0 and tokens[n - 1].form in words.aspects:
        # 직원이 천 명이 넘는 공장
        between = tokens[n + 1 : inner]
        if all(token.tag in NOUNS for token in between) and any(
            token.tag in ("SN", "NR") for token in between
        ):
            return _is_modifying(inner, outside, words)
    at = _predicate(n, tokens, words)
    if at is None or at + 1 >= len(tokens) or shape[at] != "t" or tokens[at + 1].tag not in NAMES:
        return False
    head = at + 1
    while tokens[head].form not in words.empty_nouns and tokens[head + 1 : head + 2]:
        if tokens[head + 1].tag not in NAMES:
            break
        head += 1
    # 값이 오를 전망이다, 값이 오르는 추세를 보인다: there the noun says how it is with the subject.
    rest = [token.tag for token in tokens[head + 1 :]]
    if rest[:1] in (["JKO"], ["VCP"], ["JKS"]) and tokens[head].form in words.auxiliary_nouns | words.manners:
        return False
    will_do = any(
        (one.form, one.tag, two.form) in (("면", "EC", "되"), ("으면", "EC", "되"))
        for one, two in pairwise(tokens)
    )
    return "JKO" in rest and not will_do


def _predicate(n: int, tokens: Sequence[Token], words: LeaningWords) -> int | None:
    """Where the predicate ends that follows a subject at once and takes no object; None for any other."""
    at = n + 1
    while at < len(tokens) and (tokens[at].tag == "MAG" or _is_adverb(at, tokens)):
        at += 2 if _is_adverb(at, tokens) else 1
    if at + 1 >= len(tokens):
        return None
    stem, verb = tokens[at], tokens[at]
    if stem.tag in ("NNG", "XR") and tokens[at + 1].tag.startswith(("XSV", "XSA")):
        at += 1
        verb = tokens[at]
    passive = verb.tag.startswith("XSV") and verb.form in ("되", "당하")
    if verb.tag.startswith(("VA", "XSA")) and stem.form not in words.intransitive:
        # 규모가 큰 공장을; in 회사가 큰 공장을 the subject goes on.
        if n == 0 or tokens[n - 1].form not in words.aspects:
            return None
    elif not passive and stem.form not in words.intransitive:
        return None
    at += 1
    while at + 1 < len(tokens) and (
        tokens[at].tag in ("EP", "VX") or (tokens[at].tag == "EC" and tokens[at + 1].tag == "VX")
    ):
        at += 1
    return at


def _is_adverb(at: int, tokens: Sequence[Token]) -> bool:
    """Whether an adjective and 게 stand there: 빠르게."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].tag.startswith("VA") and after is not None and (after.form, after.tag) == ("게", "EC")


def lacks_owner(unit: Unit, outside: Outside, words: LeaningWords, patterns: Patterns) -> bool:
    """Whether a result after a clause is nobody's in its sentence: 수요가 줄면서 매출이 563억원으로 …."""
    if not patterns.measure.search(unit.text):
        return False
    tokens, shape = outside.tokens, outside.shape
    for match in _AFTER_CLAUSE.finditer(shape):
        n = match.start()
        if tokens[n].form in words.measures:
            named = any(shape[k] in "NL" or is_topic(tokens, k, words) for k in range(n))
            return not named and _DIGIT.search(unit.text, tokens[n].end) is not None
    return False


def _nominal_predicate(tokens: Sequence[Token]) -> int | None:
    """Where the noun of a predicate like 마을이다 stands."""
    for n in range(len(tokens) - 1, 0, -1):
        if tokens[n].tag == "VCP":
            after = next((token.tag for token in tokens[n + 1 :] if token.tag != "EP"), None)
            return n - 1 if after == "EF" else None
    return None


def is_topic(tokens: Sequence[Token], n: int, words: LeaningWords) -> bool:
    """Whether a particle marks the topic of its sentence, not a time or a frame."""
    token = tokens[n]
    if token.tag != "JX":
        return token.form in _DEFINED
    before = tokens[n - 1] if n else None
    if before is not None and before.tag == "JKB":
        # 업계에서는 may be who, 국내에서는 where, and either stands by itself; 오르는 상황에서도 does not.
        modified = n > 2 and tokens[n - 2].form in words.empty_nouns and tokens[n - 3].tag == "ETM"
        return before.form == "에서" and not modified
    if token.form not in _TOPICS:
        return False
    if n + 1 < len(tokens) and tokens[n + 1].tag.startswith("JK") and tokens[n + 1].start == token.end:
        return False  # 서비스만으로
    if before is None or before.end < token.start:
        return True  # after a quotation
    if before.tag not in _AFTER_NOUN:
        return False
    if before.form in words.frames and not (before.form == "일" and n > 1 and tokens[n - 2].tag == "ETM"):
        return False  # 10일은; but not 차별하는 일은
    return not (before.tag == "NNB" and before.form in words.predicate_nouns)


def _marks_object(tokens: Sequence[Token], n: int, words: LeaningWords) -> bool:
    """Whether 도 marks what somebody does something with: 요금 감면도 함께 안내했다."""
    if tokens[n].form != "도":
        return False
    verb = [token for token in tokens[n + 1 :] if token.tag != "MAG"][:2]
    # Not 공개되다: Kiwi takes the noun and 되 apart.
    return bool(verb) and verb[0].form in words.transitive and verb[-1].form != "되"


def _names_itself(tokens: Sequence[Token], n: int, words: LeaningWords) -> bool:
    """A headline's subject (오픈AI, 새 모델 공개했다), or the writer's own."""
    token = tokens[n]
    if token.tag == "SP":
        return 0 < n < 6 and tokens[n - 1].tag in ("NNP", "SL")
    return token.form in words.speakers and token.tag in ("NP", "NNG")
