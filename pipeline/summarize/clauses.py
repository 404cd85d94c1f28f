"""What a sentence says of itself: whether it points back, whether it lacks a subject.

Morphemes are Kiwi's. Only those outside of quotations are looked at, for what is quoted is somebody else's
context; the words come from ``configs/leaning.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..records import LeaningWords, Token, Unit
from .expressions import any_of
from .speech import CLOSES, OPENS, quotations

#: Tags of nouns that name something.
NAMES = frozenset(("NNG", "NNP", "SL", "SH", "XR"))
_NOUNS = NAMES | {"NNB", "NR", "SN", "W_SERIAL"}
#: What may stand between a noun and its particle.
_AFTER_NOUN = _NOUNS | {"XSN", "SW", "SSC", "ETN", "SB", "NP", "SF", "SO"}
#: Tags of what may mark a subject.
_MARKING = frozenset(("JKS", "JX", "MM", "SP"))
#: Particles of what is defined, for which Kiwi has several tags.
_DEFINED = frozenset(("란", "이란"))
_TELLING = frozenset(("JX", "ETM", "JKB", "EC", "NP", "NNG", "JC", "VCP", "VV"))
#: What may stand between a determiner and its noun: 이 '반년', 이 두 가지, 이 작은 칩.
_BEFORE_NOUN = frozenset(("SSO", "MM", "VV", "VA", "VA-R", "VA-I", "ETM"))
#: Tags of nouns for people; 씨 is a bound one.
_CALLING = frozenset(("NNG", "NNB", "NNP", "SL"))
_TOPICS = frozenset(("은", "는", "ᆫ", "도", "란", "이란", "마저", "조차"))
_LEADING = re.compile(r"[\s\"“”'‘’`(\[<〈《「『…·\-–—>*#]*")
_QUOTES = re.compile('[“”「」『』"]')
#: A share as the subject, whose particle Kiwi reads as a verb (30%는: 늘다) or a copula.
_SHARE = re.compile(r"[%％](?:는|은|도|(?:가|이)(?!\s?넘))(?=\s)")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile("[②-⑳]")
_ONLY_QUOTES = re.compile(r"\s*(?:“[^”]*”|\"[^\"]*\")[\s.]*$")
_BOUNDARY = r"(?=[\s,，.…]|$)"
#: A surname, or the letter that stands for one.
_SURNAME = "남궁|황보|제갈|선우|독고|사공|서문|[가-힣A-Z]"
#: Code points at the end of a sentence in which its ending is looked for.
_TAIL = 24


def outside_quotes(unit: Unit) -> Sequence[Token]:
    """Tokens that are not quoted."""
    if not _QUOTES.search(unit.text):
        return unit.tokens
    depth, straight = 0, False
    found = []
    for token in unit.tokens:
        char = unit.text[token.start : token.start + 1]
        if char == '"':
            straight = not straight
        elif char and char in "“「『":
            depth += 1
        elif char and char in "”」』":
            depth = max(0, depth - 1)
        elif depth == 0 and not straight:
            found.append(token)
    return found


def first_clause(tokens: Sequence[Token], words: LeaningWords) -> Sequence[Token]:
    """Tokens up to the first connective or final ending; 에 따르면, 에 대해 and 만 해도 are particles."""
    for n, token in enumerate(tokens):
        if token.tag in ("EC", "EF") and not (n and tokens[n - 1].form in words.particle_verbs):
            if n > 1 and (tokens[n - 2].form, tokens[n - 1].form) == ("만", "하"):
                continue
            return tokens[:n]
    return tokens


@dataclass(frozen=True, slots=True)
class Patterns:
    """The expressions of `LeaningWords`, compiled; one that is empty matches nothing."""

    opening: re.Pattern[str]
    ending: re.Pattern[str]
    afterthought: re.Pattern[str]
    cause: re.Pattern[str]
    recap: re.Pattern[str]
    counted: re.Pattern[str]
    address: re.Pattern[str]
    called: re.Pattern[str]
    team: re.Pattern[str]
    veiled: re.Pattern[str]
    recall: re.Pattern[str]
    measure: re.Pattern[str]
    bare_measure: re.Pattern[str]


@lru_cache(maxsize=4)
def compiled(words: LeaningWords) -> Patterns:
    """Compile the expressions of a word list, once."""
    openers = sorted(words.openers, key=lambda opener: (-len(opener), opener))
    measures = sorted(words.measures, key=lambda measure: (-len(measure), measure))
    when = "|".join([r"\d[\d~∼·.]*(?:분기|월|년|일)?", *sorted(words.frames)])
    close = r"[\s.!?…”\"'’)\]]*$"

    return Patterns(
        opening=any_of(openers, _BOUNDARY),
        ending=any_of(words.endings, close),
        afterthought=any_of(words.afterthoughts, close),
        cause=any_of(words.causes, close),
        recap=any_of(words.recaps),
        counted=any_of(words.counted),
        address=any_of(words.addresses, close),
        called=any_of(
            [rf"(?<![가-힣A-Za-z])({_SURNAME}) ?({'|'.join(words.titles)})(?: ?(?:연구)?팀)?"]
            if words.titles
            else (),
            r"(?:는|은|이|가|도|의|에|와|과|를|을|로|께|에게|에게서|한테)(?![가-힣])",
        ),
        team=any_of(words.teams),
        veiled=any_of(words.veiled),
        recall=any_of(sorted(words.recalls)),
        measure=any_of(measures),
        bare_measure=any_of(
            [rf"\W*(?:(?:{when})(?:에|에는|엔|의)?,? )*(?:{'|'.join(measures)})(?:\([^)]+\))?"]
            if measures
            else (),
            "(?:은|는|이|가|도) ",
        ),
    )


def opens_leaning(text: str, patterns: Patterns) -> bool:
    """Whether a text opens with a connective or another of the openers."""
    start = _LEADING.match(text)
    return patterns.opening.match(text, start.end() if start else 0) is not None


def ends_leaning(text: str, outside: Sequence[Token], words: LeaningWords, patterns: Patterns) -> bool:
    """Whether a sentence closes as an explanation of the one before it."""
    tail = text[-_TAIL:]
    if patterns.afterthought.search(tail):
        return True
    topics = (n for n in range(len(outside)) if _is_topic(outside, n, words))
    if patterns.cause.search(tail):
        return not any(outside[n - 1].form in words.explained for n in topics if n)
    return patterns.ending.search(tail) is not None and not any(True for _ in topics)


def recaps(unit: Unit, outside: Sequence[Token], patterns: Patterns) -> bool:
    """Whether a sentence says of all of the one before (이 같은 결론을 얻었다), or counts what that names."""
    recap = patterns.recap.search(unit.text)
    if recap is not None and any(recap.start() <= token.start < recap.end() for token in outside):
        return recap[0].split()[-1] not in unit.text[: recap.start()]
    counted = patterns.counted.search(unit.text)
    return counted is not None and not any(
        token.tag in ("NNP", "SL") and token.start < counted.start() for token in outside
    )


def half_quoted(units: Sequence[Unit]) -> tuple[list[bool], dict[int, int]]:
    """Which units hold a part of a quotation only, its rest standing in others of their block.

    Returns
    -------
    halves
        For each unit whether it is one. In a block that is all one quotation, the answer of an interview,
        none is: its sentences stand like others.
    opened
        The unit that closes such an answer, with the one that opens it.
    """
    found = [False] * len(units)
    opened_by: dict[int, int] = {}
    for rows, inside in quotations(units):
        if not any(inside):
            continue
        if OPENS.match(units[rows[0]].text) and CLOSES.search(units[rows[-1]].text):
            if inside[-1]:
                opened_by[rows[-1]] = max(i for i in rows[:-1] if OPENS.match(units[i].text))
        else:
            for i, half in zip(rows, inside, strict=True):
                found[i] = half
    return found, opened_by


def goes_on(text: str) -> bool:
    """Whether a quotation or an enumeration (①, ②, …) that began before goes on here."""
    closed = text.find("”")
    return (closed >= 0 and not 0 <= text.find("“") < closed) or (
        "①" not in text and _NUMBERED.search(text) is not None
    )


def only_quotes(text: str) -> bool:
    """Whether a sentence is all quotation, so that it doesn't say who speaks."""
    return _ONLY_QUOTES.match(text) is not None


def named_by_determiner(tokens: Sequence[Token], first: int, words: LeaningWords) -> str | None:
    """The noun of 이 드론, 이들 드론, 그런 서비스, unless it is named before.

    Only the first clause is looked at, of `first` tokens, and what a clause modifies (22㎞를 나는 이 드론),
    whose noun can't stand in that clause.
    """
    for n, token in enumerate(tokens):
        if n >= first and (token.tag != "MM" or tokens[n - 1].tag != "ETM"):
            continue
        start = n + 1
        if token.tag in ("MM", "IC"):
            # Kiwi takes the first syllable of 이용 and 애저 for one, and the particle of 편의점이.
            if token.form not in words.determiners or _touches_noun(tokens, n):
                continue
        elif token.tag == "NP" and token.form in ("이", "그") and _is_plural(tokens, n):
            start = n + 2  # 이들 드론
        else:
            continue
        run = _noun_run(tokens, start)
        if not run or not words.set_phrases.isdisjoint((tokens[start].form, run[0])):
            continue
        if run[0] in words.periods and any(own.tag == "SN" for own in tokens[:n]):
            continue  # 10월 1∼20일 … 이 기간
        if run[0] in words.empty_nouns:
            return run[0]
        name = run[0] if run[0] in words.class_nouns else run[-1]  # 이 부문 매출은
        if not any(own.form == name and own.tag in NAMES for own in tokens[:n]):
            return name
    return None


def _touches_noun(tokens: Sequence[Token], n: int) -> bool:
    """Whether a noun ends or begins right where a token does."""
    before, after = tokens[n - 1 : n], tokens[n + 1 : n + 2]
    return any(own.end == tokens[n].start and own.tag in NAMES for own in before) or any(
        own.start == tokens[n].end and own.tag in NAMES for own in after
    )


def _is_plural(tokens: Sequence[Token], n: int) -> bool:
    return n + 2 < len(tokens) and tokens[n + 1].tag == "XSN" and tokens[n + 2].tag in NAMES


def _noun_run(tokens: Sequence[Token], start: int) -> list[str]:
    run: list[str] = []
    for token in tokens[start:]:
        if token.tag in _NOUNS:
            run.append(token.form)
        elif token.tag != "XSN" and (run or token.tag not in _BEFORE_NOUN):
            break
    return run


def points_back(unit: Unit, outside: Sequence[Token], first: int, words: LeaningWords) -> bool:
    """Whether a pronoun stands in the first clause, of `first` tokens, or first of all in a quotation."""
    for n in _pronouns(outside[:first]):
        if outside[n].form in words.pronouns and not _named_before(outside, n):
            return True
    for token in unit.tokens:
        if not token.tag.startswith("S"):
            return token.tag == "NP" and token.form in words.pronouns
    return False


def means_person(outside: Sequence[Token], first: int, words: LeaningWords) -> bool:
    """Whether a pronoun stands for a person whom nothing before it in the sentence names.

    In the first clause, of `first` tokens, any such pronoun; later one that is a topic (… 묻자 그는).
    """
    for n in _pronouns(outside[:-1]):
        after = outside[n + 1]
        if outside[n].form not in words.person_pronouns or after.form not in words.person_particles:
            continue
        if n < first:
            if not _named_before(outside, n):
                return True
        elif after.tag == "JX":
            return not any(own.tag == "NNP" or is_person(own, words) for own in outside[:n])
    return False


def _pronouns(tokens: Sequence[Token]) -> list[int]:
    return [n for n, token in enumerate(tokens) if token.tag == "NP"]


def is_person(token: Token, words: LeaningWords) -> bool:
    """Whether a token is a noun or pronoun for a person."""
    if token.tag == "NP":
        return token.form in words.person_pronouns
    return token.tag in _CALLING and (token.form in words.titles or token.form in words.people)


def _named_before(tokens: Sequence[Token], n: int) -> bool:
    """Whether a person's or thing's name stands before a pronoun of the same clause: 김 대표는 그의 …."""
    possessive = n + 1 < len(tokens) and tokens[n + 1].tag == "JKG"
    return possessive and any(token.tag in ("JKS", "JX") for token in tokens[:n])


def lacks_subject(unit: Unit, outside: Sequence[Token], words: LeaningWords, patterns: Patterns) -> bool:
    """Whether a full sentence has no subject: the one of the sentence before goes on.

    A subject inside a clause counts, for whether it is the main one can't be told without a parse; but not
    where the predicate is a noun and the clause modifies it (주민 83명이 사는 마을이다).
    """
    if "EF" not in [token.tag for token in outside[-3:]] or _SHARE.search(unit.text):
        return False
    last, telling = -1, words.speakers | _DEFINED
    for n, token in enumerate(outside):
        tag, form = token.tag, token.form
        if tag not in _MARKING and form not in telling:
            continue
        if tag == "JKS" or (tag == "MM" and form == "이" and _touches_noun(outside[: n + 1], n)):
            before = outside[n - 1] if n else None
            if before is None or before.tag != "NNB" or before.form not in words.predicate_nouns:
                last = n
        elif tag == "JX" or (form in _DEFINED and tag in _TELLING):
            if _is_topic(outside, n, words):
                return False
        elif (tag == "SP" or form in words.speakers) and _names_itself(outside, n, words):
            return False
    if patterns.address.search(unit.text[-_TAIL:]):
        return False
    if last < 0:
        return True
    predicate = _nominal_predicate(outside)
    if predicate is None or outside[predicate].form in words.auxiliary_nouns:
        return False
    return any(token.tag == "ETM" for token in outside[last + 1 : predicate + 1])


def lacks_owner(unit: Unit, outside: Sequence[Token], words: LeaningWords) -> bool:
    """Whether a result after a clause is nobody's in its sentence: 수요가 줄면서 매출이 563억원으로 …."""
    for n, token in enumerate(outside[:-1]):
        if token.form in words.measures and n and outside[n - 1].tag in ("EC", "SP"):
            named = any(
                own.tag in ("NNP", "SL") or _is_topic(outside, k, words) for k, own in enumerate(outside[:n])
            )
            return (
                not named
                and outside[n + 1].tag in ("JKS", "JX")
                and bool(_DIGIT.search(unit.text, token.end))
            )
    return False


def _nominal_predicate(outside: Sequence[Token]) -> int | None:
    """Where the noun of a predicate like 마을이다 stands."""
    for n in range(len(outside) - 1, 0, -1):
        if outside[n].tag == "VCP":
            after = next((token.tag for token in outside[n + 1 :] if token.tag != "EP"), None)
            return n - 1 if after == "EF" else None
    return None


def _is_topic(outside: Sequence[Token], n: int, words: LeaningWords) -> bool:
    token = outside[n]
    if token.tag != "JX":
        return token.form in _DEFINED
    before = outside[n - 1] if n else None
    if before is not None and before.tag == "JKB":
        return before.form == "에서"  # 업계에서는 may be who, 국내에서는 where, and either stands by itself
    if token.form not in _TOPICS and not (
        token.form == "만" and before is not None and before.tag in ("NNP", "NNG", "NP")
    ):
        return False
    if n + 1 < len(outside) and outside[n + 1].tag.startswith("JK") and outside[n + 1].start == token.end:
        return False  # 서비스만으로
    if before is None or before.end < token.start:
        return True  # after a quotation
    if before.tag not in _AFTER_NOUN:
        return False
    if before.form in words.frames and not (before.form == "일" and n > 1 and outside[n - 2].tag == "ETM"):
        return False  # 10일은; but not 차별하는 일은
    return not (before.tag == "NNB" and before.form in words.predicate_nouns)


def _names_itself(outside: Sequence[Token], n: int, words: LeaningWords) -> bool:
    """A headline's subject (오픈AI, 새 모델 공개했다), or the writer's own."""
    token = outside[n]
    if token.tag == "SP":
        return 0 < n < 6 and outside[n - 1].tag in ("NNP", "SL")
    return token.form in words.speakers and token.tag in ("NP", "NNG")
