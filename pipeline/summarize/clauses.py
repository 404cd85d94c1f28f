"""What a sentence says of itself: whether it points back, goes on, explains.

Morphemes are Kiwi's; the words come from ``configs/leaning.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..records import LeaningWords, Token, Unit
from .outside import NAMES, NOUNS, Outside, touches_noun
from .patterns import Patterns
from .speech import CLOSES, OPENS, quotations
from .subjects import is_topic

#: What may stand between a determiner and its noun: 이 '반년', 이 두 가지, 이 작은 칩.
_BEFORE_NOUN = frozenset(("SSO", "MM", "XPN", "VV", "VA", "VA-R", "VA-I", "ETM"))
#: Tags of nouns for people; 씨 is a bound one.
_CALLING = frozenset(("NNG", "NNB", "NNP", "SL"))
_LEADING = re.compile(r"[\s\"“”'‘’`(\[<〈《「『…·\-–—>*#]*")
_NUMBERED = re.compile("[②-⑳]")
_FIRST_QUOTE = re.compile('[^“"]+[ ,][“"]')
_ONLY_QUOTES = re.compile(r"\s*(?:“[^”]*”|\"[^\"]*\")[\s.]*$")
_SAID = re.compile("e(?=,)")
#: Particles of a topic that an ending may explain; 도 only adds to one.
_EXPLAINED = frozenset(("은", "는", "ᆫ", "란", "이란"))
#: Forms of the ending of what is to come (늘어날 것이다), which Kiwi tags as ETM.
_PROSPECTIVE = frozenset(("ᆯ", "을"))
_SUCH = frozenset(("이러", "그러"))
_POINTING = re.compile("[mip]")
#: Code points at the end of a sentence in which its ending is looked for.
_TAIL = 24


def opens_leaning(text: str, patterns: Patterns) -> bool:
    """Whether a text opens with a connective or another of the openers."""
    return _opens(text, patterns.opening)


def only_joins(text: str, patterns: Patterns) -> bool:
    """Whether what opens a text joins it to another, and names nothing of that."""
    return _opens(text, patterns.connective)


def opens_point(text: str, patterns: Patterns, further: bool = False) -> bool:
    """Whether a text opens with a point of a list; with a further one."""
    return _opens(text, patterns.further if further else patterns.point)


def _opens(text: str, pattern: re.Pattern[str]) -> bool:
    start = _LEADING.match(text)
    return pattern.match(text, start.end() if start else 0) is not None


def ends_leaning(text: str, outside: Outside, words: LeaningWords, patterns: Patterns) -> bool:
    """Whether a sentence closes as an explanation of the one before it."""
    tail = text[-_TAIL:]
    if not patterns.closing.search(tail):
        return False
    if patterns.afterthought.search(tail):
        return True
    tokens = outside.tokens
    topics = (n for n in range(len(tokens)) if is_topic(tokens, n, words))
    if patterns.cause.search(tail):
        # … 급증했는데, 공장이 모여 있기 때문이다: the sentence has said what it explains.
        said = any(tokens[match.start()].form in words.turns for match in _SAID.finditer(outside.shape))
        return not said and not any(tokens[n - 1].form in words.explained for n in topics if n)
    ending = patterns.ending.search(tail)
    if ending is None or any(tokens[n].form in _EXPLAINED for n in topics):
        return False
    at = len(text) - len(tail) + ending.start()
    before = next((token for token in reversed(tokens) if token.start < at), None)
    prospective = before is not None and before.tag == "ETM" and before.form in _PROSPECTIVE
    return not (prospective and ending[0].startswith(tuple(words.foretold)))


def recaps(unit: Unit, outside: Outside, patterns: Patterns) -> bool:
    """Whether a sentence says of all of the one before (이 같은 결론을 얻었다), or counts what that names."""
    text = unit.text
    recap = patterns.recap.search(text)
    if recap is not None and any(recap.start() <= token.start < recap.end() for token in outside.tokens):
        return recap[0].split()[-1] not in text[: recap.start()]
    for pattern, tags in ((patterns.counted, ("NNP", "SL")), (patterns.share, ("JKS",))):
        found = pattern.search(text)
        if found is not None:
            # Whoever is quoted is not what he counts: 권 교수는 “두 문제를 함께 …”.
            quoted = _FIRST_QUOTE.match(text, 0, found.start())
            start = quoted.end() if quoted else 0
            return not any(t.tag in tags and start <= t.start < found.start() for t in unit.tokens)
    return False


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


def named_by_determiner(outside: Outside, words: LeaningWords) -> str | None:
    """The noun of 이 드론, 이들 드론, 그런 서비스, unless it is named before.

    Only the first clause is looked at, and what a clause modifies (22㎞를 나는 이 드론), whose noun can't
    stand in that clause; and 이 틈을 behind a clause that no comma ends, for one that a comma ends may have
    said what is meant.
    """
    tokens, shape = outside.tokens, outside.shape
    for n in sorted([*(match.start() for match in _POINTING.finditer(shape)), *_such(tokens)]):
        token, start = tokens[n], n + 1
        late = n >= outside.first and shape[n - 1 : n + 1] != "tm"
        if late and (token.form != "이" or _SAID.search(shape, 0, n) or not _stands_apart(tokens, n)):
            continue
        if token.tag == "XR":
            start = n + 3
        elif shape[n] != "p":
            # Kiwi takes the first syllable of 이용 and 애저 for one, and the particle of 편의점이.
            if token.form not in words.determiners or touches_noun(tokens, n):
                continue
        elif token.form in ("이", "그") and _is_plural(tokens, n):
            start = n + 2  # 이들 드론
        else:
            continue
        run = _noun_run(tokens, start)
        if not run or not words.set_phrases.isdisjoint((tokens[start].form, run[0])):
            continue
        if run[0] in words.periods and any(own.tag == "SN" for own in tokens[:n]):
            continue  # 10월 1∼20일 … 이 기간
        if run[0] in words.empty_nouns:
            if late:
                continue  # 불에 태우면 이 과정에서 …
            return run[0]
        name = run[0] if run[0] in words.class_nouns else run[-1]  # 이 부문 매출은
        if not any(own.form == name and own.tag in NAMES for own in tokens[:n]):
            return name
    return None


def _such(tokens: Sequence[Token]) -> Iterator[int]:
    """Where 이러한 and 그러한 stand, of which Kiwi makes a root, 하 and an ending."""
    for n, token in enumerate(tokens[:-2]):
        if (
            token.tag == "XR"
            and token.form in _SUCH
            and tokens[n + 1].tag == "XSA"
            and tokens[n + 2].tag == "ETM"
        ):
            yield n


def _stands_apart(tokens: Sequence[Token], n: int) -> bool:
    """Whether a space follows: not 이자, of which Kiwi may make two."""
    return n + 1 < len(tokens) and tokens[n].end < tokens[n + 1].start


def _is_plural(tokens: Sequence[Token], n: int) -> bool:
    return n + 2 < len(tokens) and tokens[n + 1].tag == "XSN" and tokens[n + 2].tag in NAMES


def _noun_run(tokens: Sequence[Token], start: int) -> list[str]:
    run: list[str] = []
    for token in tokens[start:]:
        if token.tag in NOUNS:
            run.append(token.form)
        elif token.tag != "XSN" and (run or token.tag not in _BEFORE_NOUN):
            break
    return run


def points_back(unit: Unit, outside: Outside, words: LeaningWords) -> bool:
    """Whether a pronoun stands in the first clause, or first of all in a quotation."""
    tokens = outside.tokens
    for n in _pronouns(outside.shape, outside.first):
        if tokens[n].form in words.pronouns and not _named_before(tokens, n):
            return True
    for token in unit.tokens:
        if not token.tag.startswith("S"):
            return token.tag == "NP" and token.form in words.pronouns
    return False


def means_person(outside: Outside, words: LeaningWords) -> bool:
    """Whether a pronoun stands for a person whom nothing before it in the sentence names.

    In the first clause any such pronoun; later one that is a topic (… 묻자 그는).
    """
    tokens = outside.tokens
    for n in _pronouns(outside.shape, len(tokens) - 1):
        after = tokens[n + 1]
        if tokens[n].form not in words.person_pronouns or after.form not in words.person_particles:
            continue
        if n < outside.first:
            if not _named_before(tokens, n):
                return True
        elif after.tag == "JX":
            return not any(own.tag == "NNP" or is_person(own, words) for own in tokens[:n])
    return False


def _pronouns(shape: str, stop: int) -> Iterator[int]:
    n = shape.find("p", 0, stop)
    while n >= 0:
        yield n
        n = shape.find("p", n + 1, stop)


def is_person(token: Token, words: LeaningWords) -> bool:
    """Whether a token is a noun or pronoun for a person."""
    if token.tag == "NP":
        return token.form in words.person_pronouns
    return token.tag in _CALLING and (token.form in words.titles or token.form in words.people)


def _named_before(tokens: Sequence[Token], n: int) -> bool:
    """Whether a person's or thing's name stands before a pronoun of the same clause: 김 대표는 그의 …."""
    possessive = n + 1 < len(tokens) and tokens[n + 1].tag == "JKG"
    return possessive and any(token.tag in ("JKS", "JX") for token in tokens[:n])
