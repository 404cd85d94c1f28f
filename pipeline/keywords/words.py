"""Words as written: what stands between spaces and particles, put together out of Kiwi's morphemes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from ..korean.expressions import of_words
from ..korean.names import CALLED
from ..korean.press import spelled
from ..korean.spelling import HYPHENS, key_of
from ..korean.tags import COMPOUND, ENDINGS, KOREAN_NOUNS, NOUNS, SPOKEN_SYMBOLS, STEMMED
from ..korean.units import COUNTERS, LETTERS, ORDINALS
from ..records import Background, KeywordRules, Token, Unit

#: What stands on both sides of a hyphen inside a name: GPT-5.
_HYPHENED = SPOKEN_SYMBOLS - {"SH"}
#: What stands behind a root that is no noun there: 급격하-, 급격히.
_OF_A_PREDICATE = STEMMED | ENDINGS | {"MAG"}
_BEGIN = NOUNS | {"XPN", "SN", "MM"}
_MAY_JOIN = "SMN"  # first letters of the tags that a word may go on with, besides those of a compound
_INSIDE_LATIN = frozenset("/&+.:'’" + HYPHENS)
_AFTER_LATIN = frozenset({"+", "++", "#"})

_REMEMBERED = 1 << 14  # words
LONGEST = 40  # letters: what goes on longer is no word

# Suffixes (XSN) that decide what the word before them can be.
_PLURAL = "들"
_OPENERS = frozenset("형용급별")  # 생성형 AI, 서버용 D램: they open a phrase, and are none alone
_CLOSED = frozenset({"짜리", "끼리", "가량", *"적쯤당씩째간경여님발상"})

# What a number before it names, and does not count: 3나노, 2공장.
_NUMBERED = frozenset({"나노", "공장", "팹", "캠퍼스"})

_CALENDAR = re.compile(r"[1-4]q\d*|q[1-4]|fy\d*|[12]h\d*|h[12]", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d")
# What stands for a name that is not told (A사, B씨), and who speaks (Q.).
_VEILED = re.compile(rf"[a-z](?:사|국|{of_words(CALLED)})|[qa]\.")
# Who writes: 경제칼럼니스트, 산업부기자.
_BYLINE = re.compile(spelled(r".*(?:(?&writer)|편집부)"))
# Particles whose first letter, 이, Kiwi takes for the end of an unknown name: 루테늄이나.
_AFTER_I = frozenset({"나", "랑", "며", "든", "라도"})
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
    """

    text: str
    key: str
    tag: str
    rarity: float
    morphemes: int
    verb: bool = False
    opens: bool = False
    alone: bool = True


class Chunk(NamedTuple):
    """A noun chunk: words with nothing but a space between them, and where each starts and ends."""

    unit: int
    words: tuple[Word, ...]
    starts: Sequence[int]
    ends: Sequence[int]


class Columns(NamedTuple):
    """Morphemes of a unit, a column for each thing that is known about them."""

    forms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def columns(tokens: Iterable[Token]) -> Columns:
    """Morphemes as columns."""
    return Columns(*zip(*tokens, strict=True))


def noun_chunks(
    unit: Unit,
    tokens: Columns,
    names: Sequence[tuple[int, int]],
    background: Background,
    rules: KeywordRules,
    skip: frozenset[str] = frozenset(),
) -> list[Chunk]:
    """Noun chunks of a unit: words with nothing but a space between them.

    Parameters
    ----------
    names
        Spans that are one name, whatever the morphemes say (see `names`).
    skip
        Keys that belong to nobody's table: reporters, the publisher.
    """
    text = unit.text
    found: list[Chunk] = []
    words: list[Word] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start in _words(text, _named(text, tokens, names), background, rules):
        if word.key in skip:
            continue
        if words and (
            words[-1].verb
            or not (text[ends[-1] : start] == " " or _is_aside(text, starts[-1], ends[-1], start))
        ):
            found.append(Chunk(unit.index, tuple(words), starts, ends))
            words, starts, ends = [], [], []
        words.append(word)
        starts.append(start)
        ends.append(start + len(word.text))
    if words:
        found.append(Chunk(unit.index, tuple(words), starts, ends))
    return found


def _is_aside(text: str, before: int, end: int, start: int) -> bool:
    """Whether a word goes on from the one before in parentheses: AI 데이터센터 of 인공지능(AI) 데이터센터."""
    return text[end:start] == ") " and text[before - 1 : before] == "("


def count(found: Iterable[Chunk]) -> Counter[str]:
    """How often each word occurs."""
    return Counter([word.text for chunk in found for word in chunk.words])


def _words(
    text: str, tokens: Columns, background: Background, rules: KeywordRules
) -> Iterator[tuple[Word, int]]:
    """Words of a text, and where each starts."""
    forms, tags, starts, ends = tokens
    made = _made(background, rules)
    size = len(tags)
    past = 0
    for first in [n for n, tag in enumerate(tags) if tag in _BEGIN]:
        if first < past or (tags[first] == "MM" and not _is_prefix(tokens, first)):
            continue
        past = first + 1
        while (
            past < size
            and starts[past] == ends[past - 1]
            and (tags[past] in COMPOUND or (tags[past][0] in _MAY_JOIN and _joins(tokens, first, past)))
        ):
            past += 1
        end, after = past, None
        if end - first > 1:
            if tags[end - 1] == "XSN" and forms[end - 1] == _PLURAL:
                end -= 1
            if end - first > 2 and forms[end - 1] == "가" and tags[end - 2] == "SN":
                end -= 1  # 트레이니움2가: Kiwi reads a noun
        # Of the particles only those matter whose first letter may be the word's own.
        if (
            end == past < size
            and starts[past] == ends[past - 1]
            and (tags[past][0] != "J" or forms[past] in _AFTER_I)
        ):
            after = forms[past], tags[past]
        start = starts[first]
        word = made[text[start : ends[end - 1]], forms[first:end], tags[first:end], after]
        if word is not None:
            yield word, start


def _named(text: str, tokens: Columns, names: Sequence[tuple[int, int]]) -> Columns:
    """Morphemes, but one for each name."""
    if "W_HASHTAG" not in tokens.tags and not names:
        return tokens
    found = list(zip(*tokens, strict=True))
    if names:
        covered = {i for start, end in names for i in range(start, end)}
        inside = [(start, end) for _, _, start, end in found]
        found = [one for one in found if covered.isdisjoint(range(one[2], one[3]))]
        found += [(text[start:end], "NNP", start, end) for start, end in names]
        # A morpheme that a name cuts through leaves its rest: 바로담은 is 바로담 and 은, whatever Kiwi saw.
        cuts = {end for _, end in names}
        found += [
            (text[cut:end], "JX", cut, end)
            for start, end in inside
            for cut in cuts.intersection(range(start + 1, end))
        ]
        found.sort(key=itemgetter(2, 3))
    return Columns(*zip(*_sharp(found), strict=True))


def _sharp(tokens: Iterable[tuple[str, str, int, int]]) -> Iterator[tuple[str, str, int, int]]:
    """C# and F#, of which Kiwi reads the rest of the word as a hashtag: C#으로."""
    latin = -1  # where a Latin word ends
    for form, tag, start, end in tokens:
        if tag == "W_HASHTAG" and start == latin:
            yield "#", "SW", start, start + 1
            if end - start > 1:
                yield form[1:], "JX", start + 1, end
        else:
            yield form, tag, start, end
        latin = end if tag == "SL" else -1


def _is_prefix(tokens: Columns, at: int) -> bool:
    """Whether a modifier of one letter is written with the noun behind it: 고(MM) 영향, written 고영향."""
    _, tags, starts, ends = tokens
    touches = at + 1 < len(tags) and starts[at + 1] == ends[at]
    return ends[at] - starts[at] == 1 and touches and tags[at + 1] in NOUNS


def _joins(tokens: Columns, first: int, at: int) -> bool:
    """Whether a morpheme that makes no compound goes on with the word that begins at `first`."""
    forms, tags, starts, ends = tokens
    form, tag, before = forms[at], tags[at], tags[at - 1]
    if form in _AFTER_LATIN:
        return before == "SL"
    if at + 1 < len(tags) and starts[at + 1] == ends[at]:
        following = tags[at + 1]
        if tag == "MM" and ends[at] - starts[at] == 1:
            return following in NOUNS and before in NOUNS  # 매출총이익률
        if form in _INSIDE_LATIN and _is_inside(tokens, first, at):
            return True
        if tag == "NNB" and form in ORDINALS and at == first + 1 and before == "SN":
            return following in NOUNS
    # 한국식, 서해과학기술대; what 대 counts begins with a number.
    return tag == "NNB" and form in ("식", "대") and before in NOUNS


def _is_inside(tokens: Columns, first: int, at: int) -> bool:
    """Whether a mark stands inside a name: A/S, F-35, K-푸드, ESG-경영, 누리-7; not LG-한화, 서울-부산."""
    forms, tags, starts, ends = tokens
    last, following = tags[at - 1], tags[at + 1]
    if last in _HYPHENED and following in _HYPHENED:
        return "SL" in (last, following)
    if forms[at] not in HYPHENS:
        return False
    if following in KOREAN_NOUNS or following == "XR":
        letter = last == "SL" and at == first + 1 and len(forms[first]) == 1
        return letter or (following == "NNG" and "SL" in tags[first:at])
    number = forms[at + 1]
    if following == "SN" and last in KOREAN_NOUNS and number.isdigit() and len(number) <= 3:
        return at + 2 == len(tags) or starts[at + 2] > ends[at + 1] or tags[at + 2].startswith(("J", "VCP"))
    return False


#: A word's text, its morphemes' forms and tags, and form and tag of what touches its end.
_Written = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, str] | None]


class _Made(dict[_Written, Word | None]):
    """Words that have been made out of morphemes already; any other is made when it is asked for."""

    def __init__(self, background: Background, rules: KeywordRules) -> None:
        super().__init__()
        self._given = background, rules

    def __missing__(self, written: _Written) -> Word | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        word = self[written] = _word(*written, *self._given)
        return word


_made = lru_cache(maxsize=4)(_Made)


def _word(
    text: str,
    forms: tuple[str, ...],
    tags: tuple[str, ...],
    after: tuple[str, str] | None,
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
    form, tag = after or ("", "")
    if form == "@":
        return None  # the name of a mailbox
    if tag.startswith("XSA") or (tags[-1] == "XR" and tag in _OF_A_PREDICATE):
        return None
    if tags[-1] == "NNP" and form in _AFTER_I and _has_vowel(forms[-1], background):
        text = text[:-1]
    key = key_of(text)
    if _is_never(key, rules):
        return None
    opens = tags[-1] == "XSN" and forms[-1] in _OPENERS
    return Word(
        text=text,
        key=key,
        tag="SL" if "SL" in tags else "NNP" if "NNP" in tags else "NNG",
        rarity=max(rarity(noun, background) for noun in nouns),
        morphemes=len(nouns) + tags.count("XSN"),
        verb=tag.startswith("XSV") and "SL" not in tags,
        opens=opens,
        alone=not opens and is_telling(text, key, rules),
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
