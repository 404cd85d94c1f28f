"""Words as written: what stands between spaces and particles, put together out of Kiwi's morphemes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..korean.spelling import HYPHENS, key_of
from ..korean.tags import COMPOUND, NOUNS
from ..records import Background, KeywordRules, Token, Unit

_INSIDE_LATIN = frozenset("/&+.:'’" + HYPHENS)
# What a number counts that begins a word with it: 5배증가; not 4대강, 1인가구.
_COUNTERS = frozenset("배회위명개원세살층평도주급점종건곳")
# Bound nouns that a number makes a name with: 2차전지, 4차산업혁명.
_ORDINALS = frozenset("차호인")

# Suffixes (XSN) that decide what the word before them can be.
_PLURAL = "들"
_OPENERS = frozenset(
    {"형", "용", "급", "별", "제"}
)  # 생성형 AI, 서버용 D램: they open a phrase, and are none alone
_CLOSED = frozenset(
    {"적", "쯤", "당", "씩", "째", "짜리", "간", "끼리", "경", "여", "님", "가량", "발", "상"}
)
# Units of one small letter: 5m is no name, 5G and 1c are.
_UNIT_LETTERS = frozenset("mgltshwvxk")

_CALENDAR = re.compile(r"[1-4]q\d*|q[1-4]|fy\d*|[12]h\d*|h[12]", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d")
# What stands for a name that is not told (A사, B씨), and who speaks (Q.).
_VEILED = re.compile(r"[a-z](?:사|씨|군|양|국)|[qa]\.")
# Who writes: 경제칼럼니스트, 산업부기자.
_BYLINE = re.compile(r".*(?:칼럼니스트|편집부|논설위원|기자|특파원)")
# Particles whose first letter, 이, Kiwi takes for the end of an unknown name: 루테늄이나.
_AFTER_I = frozenset({"나", "랑", "며", "든", "라도"})
_PARTICLES = (
    "에서",
    "으로",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "도",
    "만",
    "로",
    "와",
    "과",
    *"아야",
)
# By which a name is called: “도담아”.
_VOCATIVES = frozenset({"아", "야"})
_HANGUL = re.compile(r"[가-힣]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A noun or name as written.

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
    start, end
        In the text of its unit.
    verb
        It is the noun of a verb (투자하다).
    opens
        It may open a phrase, but is nothing alone (생성형).
    """

    text: str
    key: str
    tag: str
    rarity: float
    morphemes: int
    start: int
    end: int
    verb: bool = False
    opens: bool = False


def runs(
    unit: Unit,
    names: Sequence[tuple[int, int]],
    background: Background,
    rules: KeywordRules,
    skip: frozenset[str] = frozenset(),
) -> list[list[Word]]:
    """Words of a unit, in runs with nothing but a space between them.

    Parameters
    ----------
    names
        Spans that are one name, whatever the morphemes say (see `names`).
    skip
        Keys that belong to nobody's table: reporters, the publisher.
    """
    found: list[list[Word]] = []
    end: int | None = None
    for word in _words(unit, names, background):
        if _never(word, rules) or word.key in skip:
            end = None
            continue
        if end is None or not _next(unit.text, found[-1][-1], end, word.start):
            found.append([])
        found[-1].append(word)
        end = None if word.verb else word.end
    return found


def _next(text: str, before: Word, end: int, start: int) -> bool:
    """Whether a word goes on from the one before: 인공지능(AI) 데이터센터 holds AI 데이터센터."""
    gap = text[end:start]
    return gap == " " or (gap == ") " and text[before.start - 1 : before.start] == "(")


def without_particles(texts: Mapping[str, int], background: Background) -> dict[str, str]:
    """Words that Kiwi left a particle on (전력망이), with the word that the article writes elsewhere.

    Parameters
    ----------
    texts
        How often the article has each word.
    """
    found = {}
    for text in texts:
        if f"{text}/NNG" in background.frequency or f"{text}/NNP" in background.frequency:
            continue
        for particle in _PARTICLES:
            base = text.removesuffix(particle)
            called = particle in _VOCATIVES and len(base) >= 2 and texts.get(base, 0) >= 3 * texts[text]
            if (
                base != text
                and _HANGUL.fullmatch(text)
                and (called or (len(base) >= 3 and texts.get(base, 0) >= texts[text]))
            ):
                found[text] = base
                break
    return found


def rename(run: Sequence[Word], bases: Mapping[str, str]) -> list[Word]:
    """The run with particles taken off, as `without_particles` found them."""
    return [
        replace(word, text=base, key=key_of(base), end=word.start + len(base))
        if (base := bases.get(word.text))
        else word
        for word in run
    ]


def count(found: Iterable[Sequence[Word]]) -> Counter[str]:
    """How often each word occurs."""
    return Counter(word.text for run in found for word in run)


def _never(word: Word, rules: KeywordRules) -> bool:
    key = word.key
    patterns = _CALENDAR.fullmatch(key), _DATED.match(key), _VEILED.fullmatch(key), _BYLINE.fullmatch(key)
    return key in rules.never or any(patterns)


def _words(unit: Unit, names: Sequence[tuple[int, int]], background: Background) -> Iterator[Word]:
    tokens = _sharp(_with_names(unit, names))
    group: list[Token] = []
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if _joins(token, group, tokens[i + 1 : i + 3]):
            group.append(token)
            continue
        if group and (word := _word(unit, group, token, background)):
            yield word
        group = [token] if _begins(token, following) else []
    if group and (word := _word(unit, group, None, background)):
        yield word


def _with_names(unit: Unit, names: Sequence[tuple[int, int]]) -> list[Token]:
    if not names:
        return list(unit.tokens)
    covered = {i for start, end in names for i in range(start, end)}
    tokens = [t for t in unit.tokens if not any(i in covered for i in range(t.start, t.end))]
    tokens += [Token(unit.text[start:end], "NNP", start, end) for start, end in names]
    # A morpheme that a name cuts through leaves its rest: 바로담은 is 바로담 and 은, whatever Kiwi saw.
    ends = {end for _, end in names}
    for t in unit.tokens:
        for end in ends.intersection(range(t.start + 1, t.end)):
            tokens.append(Token(unit.text[end : t.end], "JX", end, t.end))
    return sorted(tokens, key=lambda t: (t.start, t.end))


def _begins(token: Token, following: Token | None) -> bool:
    if token.tag in NOUNS or token.tag in ("XPN", "SN"):
        return True
    touches = following is not None and following.start == token.end and following.tag in NOUNS
    return token.tag == "MM" and token.end - token.start == 1 and touches  # 고(MM) 영향, written 고영향


def _sharp(tokens: Sequence[Token]) -> list[Token]:
    """C# and F#, of which Kiwi reads the rest of the word as a hashtag: C#으로."""
    found: list[Token] = []
    for token in tokens:
        if token.tag == "W_HASHTAG" and found and found[-1].tag == "SL" and found[-1].end == token.start:
            found += [Token("#", "SW", token.start, token.start + 1)]
            if token.end - token.start > 1:
                found += [Token(token.form[1:], "JX", token.start + 1, token.end)]
        else:
            found.append(token)
    return found


def _joins(token: Token, group: list[Token], after: Sequence[Token]) -> bool:
    """Whether a morpheme goes on with a word, seen from those that come after it."""
    if not group or token.start != group[-1].end:
        return False
    if token.tag in COMPOUND:
        return True
    following = after[0] if after and after[0].start == token.end else None
    if token.form in ("+", "++", "#"):
        return group[-1].tag == "SL"
    if following is not None:
        if token.tag == "MM" and token.end - token.start == 1:
            return following.tag in NOUNS and group[-1].tag in NOUNS  # 매출총이익률
        if token.form in _INSIDE_LATIN and _is_inside(token, group, following, after[1:]):
            return True
        if token.tag == "NNB" and token.form in _ORDINALS and len(group) == 1 and group[0].tag == "SN":
            return following.tag in NOUNS
    # 한국식, 서해과학기술대; what 대 counts begins with a number.
    return token.tag == "NNB" and token.form in ("식", "대") and group[-1].tag in NOUNS


def _is_inside(mark: Token, group: list[Token], following: Token, after: Sequence[Token]) -> bool:
    """Whether a mark stands inside a name: A/S, F-35, K-푸드, ESG-경영, 누리-7; not LG-한화, 서울-부산."""
    last = group[-1].tag
    if last in ("SL", "SN") and following.tag in ("SL", "SN"):
        return "SL" in (last, following.tag)
    if mark.form not in HYPHENS:
        return False
    if following.tag in ("NNG", "NNP", "XR"):
        letter = last == "SL" and len(group) == 1 and len(group[0].form) == 1
        return letter or (following.tag == "NNG" and any(token.tag == "SL" for token in group))
    if (
        following.tag == "SN"
        and last in ("NNP", "NNG")
        and following.form.isdigit()
        and len(following.form) <= 3
    ):
        return not after or after[0].start > following.end or after[0].tag.startswith(("J", "VCP"))
    return False


def _word(unit: Unit, group: list[Token], after: Token | None, background: Background) -> Word | None:
    if group[-1].tag == "XSN" and group[-1].form == _PLURAL:
        group = group[:-1]
    while group and group[0].tag == "XSN":
        group = group[1:]
    if len(group) > 2 and (group[-2].tag, group[-1].form) == ("SN", "가"):
        group = group[:-1]  # 트레이니움2가: Kiwi reads a noun
    letters = (c for token in group for c in token.form)
    if not any(c.isalpha() for c in letters) or not any(token.tag in NOUNS for token in group):
        return None
    if _is_number(group):
        return None
    last, touches = group[-1], after is not None and after.start == group[-1].end
    if touches and after is not None and after.form == "@":
        return None  # the name of a mailbox
    if last.tag == "XSN" and last.form in _CLOSED:
        return None
    if after is not None and touches and after.tag.startswith("XSA"):
        return None
    if after is not None and touches and last.tag == "XR" and after.tag.startswith(("V", "E", "MAG")):
        return None
    start, end = group[0].start, last.end
    if touches and after is not None and _has_vowel(last, after, background):
        end -= 1
    text = unit.text[start:end]
    tags = {token.tag for token in group}
    nouns = [token for token in group if token.tag in NOUNS]
    return Word(
        text=text,
        key=key_of(text),
        tag="SL" if "SL" in tags else "NNP" if "NNP" in tags else "NNG",
        rarity=max(rarity(f"{token.form}/{token.tag}", background) for token in nouns),
        morphemes=len(nouns) + sum(token.tag == "XSN" for token in group),
        start=start,
        end=end,
        verb=touches and after is not None and after.tag.startswith("XSV") and "SL" not in tags,
        opens=last.tag == "XSN" and last.form in _OPENERS - {"제"},
    )


def _has_vowel(last: Token, after: Token, background: Background) -> bool:
    """Whether the 이 at the end of a name that nobody knows belongs to the particle: 루테늄 + 이나."""
    return (
        (last.tag, after.form) in {("NNP", form) for form in _AFTER_I}
        and len(last.form) >= 3
        and last.form.endswith("이")
        and f"{last.form}/NNP" not in background.frequency
    )


def _is_number(group: list[Token]) -> bool:
    """Whether a word is a number with what it counts (6세대, 300MW) and not a name (5G, 3D프린터)."""
    if group[0].tag != "SN":
        return False
    nouns = [token.tag in ("NNG", "NNP") for token in group[2:]]
    if len(group[0].form) <= 2 and nouns and all(nouns) and group[1].form not in _COUNTERS:
        return False  # 4대강, 2차전지
    if len(group) < 2 or group[1].tag != "SL" or "." in group[0].form:
        return True
    return len(group) == 2 and (len(group[1].form) > 1 or group[1].form in _UNIT_LETTERS)


def rarity(key: str, background: Background) -> float:
    """Inverse document frequency of ``form/tag``, smoothed: ln((1 + N) / (1 + df))."""
    return math.log((1 + background.documents) / (1 + background.frequency.get(key, 0)))
