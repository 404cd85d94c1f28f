"""Noun chunks: words put together out of Kiwi's morphemes, with nothing but a space between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..korean.columns import TAG_IDS, TAGS, starting, table
from ..korean.spelling import HYPHENS
from ..korean.suffixes import PLURAL
from ..korean.tags import COMPOUND, KOREAN_NOUNS, NOUNS, PARTICLES, SPOKEN_SYMBOLS
from ..korean.units import ORDINALS
from ..records import Background, KeywordRules
from .reading import Reading, Span
from .words import AFTER_I, Word, made_of

#: What stands on both sides of a hyphen inside a name: GPT-5.
_HYPHENED = SPOKEN_SYMBOLS - {"SH"}
_BEGIN = NOUNS | {"XPN", "SN", "MM"}
_MAY_JOIN = starting(*"SMN") - COMPOUND  # what else a word may go on with, in some places
_PARTICLES = frozenset(map(TAG_IDS.__getitem__, PARTICLES))
_HASHTAG = TAG_IDS["W_HASHTAG"]
_INSIDE_LATIN = frozenset("/&+.:'’" + HYPHENS)
_AFTER_LATIN = frozenset({"+", "++", "#"})
_OF_NOUNS = frozenset({"식", "대"})
_MAY_STAND = _AFTER_LATIN | _INSIDE_LATIN | set(ORDINALS) | _OF_NOUNS  # the same by their forms, but for MM

# How the label of a title opens and closes.
_OPENING = {"[": "]", "【": "】", "<": ">"}


class Chunks(NamedTuple):
    """Words of an article, and its noun chunks: words with nothing but a space between them.

    Attributes
    ----------
    starts, ends
        Where each word does in the text.
    bounds, units
        With which word each chunk begins, with the end of the last one; positions of their units.
    """

    words: tuple[Word, ...]
    starts: list[int]
    ends: list[int]
    bounds: list[int]
    units: list[int]


class Columns(NamedTuple):
    """Morphemes of articles, a column for each thing that is known about them; `tags` are ids."""

    forms: tuple[str, ...]
    tags: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


def noun_chunks(
    read: Reading,
    names: Sequence[Sequence[Span]],
    background: Background,
    rules: KeywordRules,
    skip: Sequence[frozenset[str]],
) -> list[Chunks]:
    """Words of articles, and their noun chunks.

    Parameters
    ----------
    names
        Spans of each article that are one name, whatever the morphemes say (see `names`).
    skip
        Keys that belong to nobody's table: reporters, the publisher.
    """
    words, starts = _words(read.text, _named(read, names), background, rules)
    cuts = [0, *(bisect_left(starts, end) for _, end in read.parts())]
    labels = _labels(read)
    if labels or any(skip):
        told = {n for span in labels for n in range(*(bisect_left(starts, at) for at in span))}
        kept = [
            n
            for out, own in zip(skip, pairwise(cuts), strict=True)
            for n in range(*own)
            if words[n].key not in out and n not in told
        ]
        words, starts = [words[n] for n in kept], [starts[n] for n in kept]
        cuts = [bisect_left(kept, cut) for cut in cuts]
    begin = np.array(starts, dtype=np.intp)
    end = begin + np.array([len(word.text) for word in words], dtype=np.intp)
    verb = np.array([word.verb for word in words], dtype=bool)
    apart = np.ones(len(words), dtype=bool)
    apart[1:] = verb[:-1] | ~_goes_on(read.codes, begin, end)
    first = np.flatnonzero(apart)
    unit = np.searchsorted(read.starts, begin[first], side="right") - 1
    together, ends = tuple(words), end.tolist()
    found = []
    for (a, b), own in zip(pairwise(cuts), pairwise(np.searchsorted(first, cuts).tolist()), strict=True):
        bounds = [*(first[slice(*own)] - a).tolist(), b - a]
        found.append(Chunks(together[a:b], starts[a:b], ends[a:b], bounds, unit[slice(*own)].tolist()))
    return found


def _labels(read: Reading) -> list[Span]:
    """Where titles have labels for what kind of article they are of: [데스크 칼럼]."""
    titles = [n for n, unit in enumerate(read.units) if unit.kind == "title" and unit.text[:1] in _OPENING]
    ends = [read.units[n].text.find(_OPENING[read.units[n].text[0]]) for n in titles]
    return [(read.starts[n], read.starts[n] + end) for n, end in zip(titles, ends, strict=True)]


def _goes_on(codes: NDArray[np.uint32], begin: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether each word but the last goes on with the next: behind a space, or behind parentheses.

    AI 데이터센터 of 인공지능(AI) 데이터센터.
    """
    gap = begin[1:] - end[:-1]
    space = codes[begin[1:] - 1] == ord(" ")
    closed = (codes[end[:-1]] == ord(")")) & (codes[begin[:-1] - 1] == ord("("))
    found: NDArray[np.bool_] = space & ((gap == 1) | ((gap == 2) & closed))
    return found


def _words(
    text: str, morphemes: Columns, background: Background, rules: KeywordRules
) -> tuple[list[Word], list[int]]:
    """Words of a text, and where each starts."""
    made, forms, tags = made_of(background, rules), morphemes.forms, tuple(morphemes.tags.tolist())
    touches = np.zeros(len(tags), dtype=bool)  # whether the next one touches its end
    touches[:-1] = morphemes.starts[1:] == morphemes.ends[:-1]
    touching = touches.tolist()
    words, starts = [], []
    done = 0
    for first, past, start, end, odd in _runs(morphemes, touches):
        if first < done:
            continue
        last = past
        if odd:
            done = past = _past(morphemes, first, past)
            last = _last(morphemes, first, past)
            end = int(morphemes.ends[last - 1])
        # Of the particles only those matter whose first letter may be the word's own.
        after = None
        if last == past and touching[past - 1] and (tags[past] not in _PARTICLES or forms[past] in AFTER_I):
            after = forms[past], tags[past]
        word = made[text[start:end], forms[first:last], tags[first:last], after]
        if word is not None:
            words.append(word)
            starts.append(start)
    return words, starts


def _runs(morphemes: Columns, touches: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Runs of morphemes that make compounds: first and last, where they start and end, and what may be odd.

    A run is odd that may go on, or end before.

    Parameters
    ----------
    touches
        Whether the next morpheme touches the end of each.
    """
    forms, tags, starts, ends = morphemes
    begins, compound = table(_BEGIN)[tags], table(COMPOUND)[tags]
    # A modifier of one letter that is written with the noun behind it: 고(MM) 영향, written 고영향.
    prefix = touches & (ends - starts == 1) & np.append(table(NOUNS)[tags[1:]], False)
    begins &= (tags != TAG_IDS["MM"]) | prefix
    stops = np.flatnonzero(~compound | ~np.append(False, touches[:-1]))  # no run goes on there
    first = np.flatnonzero(begins)
    stop = np.searchsorted(stops, first, side="right")
    own = np.diff(stop, prepend=-1) > 0
    first, past = first[own], np.append(stops, len(tags))[stop[own]]
    last, size = past - 1, past - first
    number = tags == TAG_IDS["SN"]
    odd = touches[last] & table(_MAY_JOIN)[tags[np.minimum(past, len(tags) - 1)]]
    odd[odd] = [forms[n] in _MAY_STAND or tags[n] == TAG_IDS["MM"] for n in past[odd].tolist()]
    kept = odd | (size > 1) | ~number[first]  # a number by itself is no word
    odd |= ((size > 1) & (tags[last] == TAG_IDS["XSN"])) | ((size > 2) & number[last - 1])
    columns = (first, past, starts[first], ends[last], odd)
    return zip(*(one[kept].tolist() for one in columns), strict=True)


def _past(morphemes: Columns, first: int, past: int) -> int:
    """Behind which morpheme a word ends whose first ones are those of a run."""
    _, tags, starts, ends = morphemes
    size = len(tags)
    while past < size and starts[past] == ends[past - 1]:
        tag = TAGS[tags[past]]
        if tag not in COMPOUND and not (tag in _MAY_JOIN and _joins(morphemes, first, past)):
            break
        past += 1
    return past


def _last(morphemes: Columns, first: int, past: int) -> int:
    """Behind which morpheme a word ends without what is no part of the name."""
    forms, tags, _, _ = morphemes
    if past - first > 1:
        if tags[past - 1] == TAG_IDS["XSN"] and forms[past - 1] == PLURAL:
            past -= 1
        if past - first > 2 and forms[past - 1] == "가" and tags[past - 2] == TAG_IDS["SN"]:
            past -= 1  # 트레이니움2가: Kiwi reads a noun
    return past


def _named(read: Reading, names: Sequence[Sequence[Span]]) -> Columns:
    """Morphemes, but one for each name."""
    tokens, bounds = read.tokens, read.tokens.bounds
    hashed = tokens.start[tokens.tag == _HASHTAG].tolist()
    own: dict[int, list[Span]] = {read.unit_at(start): [] for start in hashed}
    for span in chain.from_iterable(names):
        own.setdefault(read.unit_at(span[0]), []).append(span)
    columns = tokens.tag, tokens.start, tokens.end
    parts, forms = [], list[str]()
    done = 0
    for unit, spans in sorted(own.items()):
        first, past = bounds[unit : unit + 2].tolist()
        forms += read.forms[done:first]
        parts.append([one[done:first] for one in columns])
        done = past
        rows = zip(read.forms[first:past], *(one[first:past].tolist() for one in columns), strict=True)
        new, *others = zip(*_sharp(_with_names(read.text, rows, spans)), strict=True)
        forms += new
        parts.append([np.array(one, dtype=np.int32) for one in others])
    parts.append([one[done:] for one in columns])
    return Columns((*forms, *read.forms[done:]), *map(np.concatenate, zip(*parts, strict=True)))


#: Form, id of the tag, start and end of a morpheme.
_Morpheme = tuple[str, int, int, int]


def _with_names(text: str, rows: Iterable[_Morpheme], names: Sequence[Span]) -> list[_Morpheme]:
    found = list(rows)
    covered = {i for start, end in names for i in range(start, end)}
    inside = [(start, end) for _, _, start, end in found]
    found = [one for one in found if covered.isdisjoint(range(one[2], one[3]))]
    found += [(text[start:end], TAG_IDS["NNP"], start, end) for start, end in names]
    # A morpheme that a name cuts through leaves its rest: 바로담은 is 바로담 and 은, whatever Kiwi saw.
    cuts = {end for _, end in names}
    found += [
        (text[cut:end], TAG_IDS["JX"], cut, end)
        for start, end in inside
        for cut in cuts.intersection(range(start + 1, end))
    ]
    return sorted(found, key=itemgetter(2, 3)) if names else found


def _sharp(morphemes: Iterable[_Morpheme]) -> Iterator[_Morpheme]:
    """C# and F#, of which Kiwi reads the rest of the word as a hashtag: C#으로."""
    latin = -1  # where a Latin word ends
    for form, tag, start, end in morphemes:
        if tag == _HASHTAG and start == latin:
            yield "#", TAG_IDS["SW"], start, start + 1
            if end - start > 1:
                yield form[1:], TAG_IDS["JX"], start + 1, end
        else:
            yield form, tag, start, end
        latin = end if tag == TAG_IDS["SL"] else -1


def _joins(morphemes: Columns, first: int, at: int) -> bool:
    """Whether a morpheme that makes no compound goes on with the word that begins at `first`."""
    forms, tags, starts, ends = morphemes
    form, tag, before = forms[at], TAGS[tags[at]], TAGS[tags[at - 1]]
    if form in _AFTER_LATIN:
        return before == "SL"
    if at + 1 < len(tags) and starts[at + 1] == ends[at]:
        following = TAGS[tags[at + 1]]
        if tag == "MM" and ends[at] - starts[at] == 1:
            return following in NOUNS and before in NOUNS  # 매출총이익률
        if form in _INSIDE_LATIN and _is_inside(morphemes, first, at):
            return True
        if tag == "NNB" and form in ORDINALS and at == first + 1 and before == "SN":
            return following in NOUNS
    # 한국식, 서해과학기술대; what 대 counts begins with a number.
    return tag == "NNB" and form in _OF_NOUNS and before in NOUNS


def _is_inside(morphemes: Columns, first: int, at: int) -> bool:
    """Whether a mark stands inside a name: A/S, F-35, K-푸드, ESG-경영, 누리-7; not LG-한화, 서울-부산."""
    forms, _, starts, ends = morphemes
    tags = [TAGS[tag] for tag in morphemes.tags[first : at + 3]]
    last, following = tags[at - 1 - first], tags[at + 1 - first]
    if last in _HYPHENED and following in _HYPHENED:
        return "SL" in (last, following)
    if forms[at] not in HYPHENS:
        return False
    if following in KOREAN_NOUNS or following == "XR":
        letter = last == "SL" and at == first + 1 and len(forms[first]) == 1
        return letter or (following == "NNG" and "SL" in tags[: at - first])
    number = forms[at + 1]
    if following == "SN" and last in KOREAN_NOUNS and number.isdigit() and len(number) <= 3:
        return (
            len(tags) < at + 3 - first or starts[at + 2] > ends[at + 1] or tags[-1].startswith(("J", "VCP"))
        )
    return False
