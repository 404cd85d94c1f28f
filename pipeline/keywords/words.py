"""Words as written: what stands between spaces and particles, put together out of Kiwi's morphemes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.columns import TAGS
from ..korean.expressions import of_words
from ..korean.labels import ANSWERS, ASKS
from ..korean.names import CALLED, is_name
from ..korean.press import spelled
from ..korean.spelling import key_of
from ..korean.suffixes import CLOSING, NUMBERED, OPENING
from ..korean.tags import ENDINGS, KOREAN_NOUNS, NOUNS, STEMMED
from ..korean.units import COUNTERS, LETTERS
from ..records import Background, KeywordRules

#: What stands behind a root that is no noun there: 급격하-, 급격히.
_OF_A_PREDICATE = STEMMED | ENDINGS | {"MAG"}
_KNOWN = 8.0  # nats: a word that the background has more than a few times is no person
_REMEMBERED = 1 << 14  # words
LONGEST = 40  # letters: what goes on longer is no word

# Suffixes (XSN) that decide what the word before them can be.
_OPENERS, _CLOSED, _NUMBERED = frozenset(OPENING), frozenset(CLOSING), frozenset(NUMBERED)

_CALENDAR = re.compile(r"[1-4]q\d*|q[1-4]|fy\d*|[12]h\d*|h[12]", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d")
# What stands for a name that is not told (A사, B씨), and who speaks (Q.).
_VEILED = re.compile(rf"[a-z](?:사|국|{of_words(CALLED)})|[{ASKS[0]}{ANSWERS[0]}]\.", re.IGNORECASE)
# Who writes: 경제칼럼니스트, 산업부기자.
_BYLINE = re.compile(spelled(r".*(?:(?&writer)|편집부)"))
#: Particles whose first letter, 이, Kiwi takes for the end of an unknown name: 루테늄이나.
AFTER_I = frozenset({"나", "랑", "며", "든", "라도"})
# Verbs that Kiwi takes for a name: 버벅여요.
_ENDED = re.compile(r"[가-힣]{1,20}[아어여해네군지세까]요")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A noun or name as written, wherever it stands.

    Attributes
    ----------
    key
        What all its spellings share: no spaces or hyphens, one letter case.
    tag
        ``NNG``, ``NNP`` or ``SL``, by its most telling morpheme.
    rarity
        Of its rarest morpheme against the background, in nats.
    morphemes
        How many nouns it is made of.
    verb
        It is the noun of a verb (투자하다).
    opens
        It may open a phrase, but is nothing alone (생성형).
    alone
        It may be a term by itself.
    first, last
        A phrase may begin with it, and end.
    role
        It is what people are.
    person
        It may be the name of somebody.
    """

    text: str
    key: str
    tag: str
    rarity: float
    morphemes: int
    verb: bool
    opens: bool
    alone: bool
    first: bool
    last: bool
    role: bool
    person: bool


#: A word's text, its morphemes' forms and ids of tags, and form and tag of what touches its end.
_Written = tuple[str, tuple[str, ...], tuple[int, ...], tuple[str, int] | None]


class _Made(dict[_Written, Word | None]):
    """Words that have been made out of morphemes already; any other is made when it is asked for."""

    def __init__(self, background: Background, rules: KeywordRules) -> None:
        super().__init__()
        self._given = background, rules

    def __missing__(self, written: _Written) -> Word | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        text, forms, ids, after = written
        tags = tuple([TAGS[tag] for tag in ids])
        behind = (after[0], TAGS[after[1]]) if after else ("", "")
        word = self[written] = _word(text, forms, tags, behind, *self._given)
        return word


#: Words of morphemes, by what they are written with.
made_of = lru_cache(maxsize=4)(_Made)


def _word(
    text: str,
    forms: tuple[str, ...],
    tags: tuple[str, ...],
    after: tuple[str, str],
    background: Background,
    rules: KeywordRules,
) -> Word | None:
    """The word that morphemes make with what touches their end, if they make one."""
    nouns = [f"{form}/{tag}" for form, tag in zip(forms, tags, strict=True) if tag in NOUNS]
    if not nouns or not any(c.isalpha() for form in forms for c in form) or _is_number(forms, tags):
        return None
    if tags[-1] == "XSN" and forms[-1] in _CLOSED:
        return None
    if len(tags) == 1 and tags[0] != "SL" and _ENDED.fullmatch(text):
        return None
    if tags[0] == "SN" and len(forms) > 2 and forms[-1] in rules.never:
        return None  # 16GW가량
    form, tag = after
    if form == "@":
        return None  # the name of a mailbox
    if tag.startswith("XSA") or (tags[-1] == "XR" and tag in _OF_A_PREDICATE):
        return None
    if tags[-1] == "NNP" and form in AFTER_I and _has_vowel(forms[-1], background):
        text = text[:-1]
    if _is_never(key_of(text), rules):
        return None
    return made_word(
        text,
        rules,
        tag="SL" if "SL" in tags else "NNP" if "NNP" in tags else "NNG",
        rarity=max(rarity(noun, background) for noun in nouns),
        morphemes=len(nouns) + tags.count("XSN"),
        verb=tag.startswith("XSV") and "SL" not in tags,
        opens=tags[-1] == "XSN" and forms[-1] in _OPENERS,
    )


def made_word(
    text: str, rules: KeywordRules, *, tag: str, rarity: float, morphemes: int, verb: bool, opens: bool
) -> Word:
    """A word, and what it may be in a term by its text."""
    key = key_of(text)
    role = key in rules.roles
    return Word(
        text=text,
        key=key,
        tag=tag,
        rarity=rarity,
        morphemes=morphemes,
        verb=verb,
        opens=opens,
        alone=not opens and is_telling(text, key, rules),
        first=len(text) <= LONGEST and not role and key not in rules.not_first,
        last=not opens and not verb and not role and key not in rules.not_last,
        role=role,
        person=rarity >= _KNOWN and tag in KOREAN_NOUNS and is_name(text),
    )


def _has_vowel(name: str, background: Background) -> bool:
    """Whether the 이 at the end of a name that nobody knows belongs to the particle: 루테늄 + 이나."""
    return len(name) >= 3 and name.endswith("이") and f"{name}/NNP" not in background.frequency


def _is_number(forms: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether a word is a number with what it counts (6세대, 300MW) and not a name (5G, 3D프린터)."""
    if tags[0] != "SN":
        return False
    named = len(tags) > 2 and all(tag in KOREAN_NOUNS for tag in tags[2:])
    if len(forms[0]) <= 2 and (
        (named and forms[1] not in COUNTERS) or (len(forms) == 2 and forms[1] in _NUMBERED)
    ):
        return False  # 4대강, 2차전지, 3나노
    if len(tags) < 2 or tags[1] != "SL" or "." in forms[0]:
        return True
    return len(tags) == 2 and (len(forms[1]) > 1 or forms[1] in LETTERS)


def _is_never(key: str, rules: KeywordRules) -> bool:
    patterns = _CALENDAR.fullmatch(key), _DATED.match(key), _VEILED.fullmatch(key), _BYLINE.fullmatch(key)
    return key in rules.never or any(patterns)


def is_telling(text: str, key: str, rules: KeywordRules) -> bool:
    """Whether a word may be a term by itself."""
    if key in rules.alone or key in rules.everyday or key in rules.roles:
        return False
    return 2 <= len(text) <= LONGEST or (text.isascii() and text.isupper())


def rarity(key: str, background: Background) -> float:
    """Inverse document frequency of ``form/tag``, smoothed: ln((1 + N) / (1 + df))."""
    return math.log((1 + background.documents) / (1 + background.frequency.get(key, 0)))
