"""One event told from different sides: a report, a column, questions and answers.

Their words differ. What they have in common is rare, and stands in many of their sentences; and neither is
about somebody, or some place, that the other one hardly knows.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

from ..korean.particles import bare
from ..korean.places import CAPITAL, DISTRICTS, TOWNS
from ..korean.spelling import is_short_for, letters_of, words_of
from ..korean.tags import COMPOUND, NAMING
from ..records import CONTENT_KINDS, Background, NameRules, Report, StoryRules, Token
from .actors import Actors
from .kinds import kinds_of, of_a_kind, periods_in

#: What speaks for one event told from two sides, what against it, and what only says how much there is to
#: share: `sides_features` says what they are.
SIDES_FOR = (
    "rest", "titled", "kind", "figures_told", "lead_figures", "known_terms", "known_names", "nearest",
)  # fmt: skip
SIDES_AGAINST = (
    "rivals", "strange_titles", "nothing_but_names", "subjects", "other_period", "figures_apart", "recurs",
    "stance", "vague", "late", "next_reports", "undated", "aliens", "short_names",
)  # fmt: skip
SIDES_FREE = ("reports", "headings", "long")
SIDES = (*SIDES_FOR, *SIDES_AGAINST, *SIDES_FREE)

#: An article of the batch says as much of how common a word is as so many of the background.
_BATCH = 20
#: From how rare on a noun tells events apart, and how rare those are of which sentences are made that touch
#: what another article tells: logarithms of inverse document frequencies.
_RARE, _RARER = 4.0, 4.6
#: How much of that is enough, in all and for the words that there are.
_ENOUGH, _DENSE = 20.0, 3.0
#: Least of that in common before two articles are compared.
_WORTH = 2.0
#: Weight of the words of a title from which on they surely say what an article is about.
_SURE = 8.0
#: A title and the sentences in which a report says it again.
_LEAD = 3
#: What a title counts beside the share of sentences that have a name.
_TITLE = 0.3
#: Share of sentences from which on a name of the first one is what an article without names in its title is
#: about.
_ABOUT = 0.15
#: Two articles are about somebody else when each has so little of the other's names, for what that one has.
_HARDLY = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What an article tells, as far as it is compared with other sides of its event.

    Attributes
    ----------
    nouns
        How rare each of its nouns and compounds is, in the batch and in the news.
    sentences
        Its rarer nouns by sentence, without the title.
    title, letters
        Letters of the title and of each sentence.
    subject
        Words of the title that come again, with the share of the sentences that have them.
    heading
        Nouns of the title that are no names of `who`, with how rare they are.
    report
        How far its first sentences say again what its title says: those of a report do, those of a column
        don't.
    kinds
        How much of what happens in it is of each kind of event; of length 1, or nothing.
    periods, lead_periods
        Quarters, halves and months that it names, in all and in its first sentences.
    who, where
        Known names, and places, that it is about: of its title, or of its first sentence.
    names
        All that it may be called by another name for.
    called
        Its nouns that are part of a name of `who`, or have one in them.
    """

    nouns: Mapping[str, float]
    sentences: tuple[frozenset[str], ...]
    title: str
    letters: tuple[str, ...]
    subject: Mapping[str, float]
    heading: Mapping[str, float]
    report: float
    kinds: tuple[float, ...]
    periods: frozenset[str]
    lead_periods: frozenset[str]
    who: frozenset[str]
    where: frozenset[str]
    names: frozenset[str]
    called: frozenset[str]


def sides(
    reports: Sequence[Report],
    analysed: Sequence[Sequence[Sequence[Token]]],
    named: Sequence[Actors],
    copies: Collection[int],
    rules: StoryRules,
) -> list[Side]:
    """Sides of the articles of a batch.

    Parameters
    ----------
    analysed
        The morphemes of each title and of the first sentences.
    named
        Names of the openings.
    copies
        Positions of articles that do not make a word common.
    """
    # What is told word for word is analysed as one object.
    of_text = {id(tokens): tokens for own in analysed for tokens in own}
    known = {at: _nouns(tokens) for at, tokens in of_text.items()}
    nouns = [[known[id(tokens)] for tokens in own] for own in analysed]
    everywhere = [frozenset().union(*own) for own in nouns]
    held = Counter(noun for i, own in enumerate(everywhere) if i not in copies for noun in sorted(own))
    rarity = _rarity(held, len(reports) - len(copies), rules.background)
    places = {
        word[:-1] for one in named for word in one.words if word.endswith(TOWNS) and len(word) > 2
    } | rules.names.places
    return [
        _side(report, own, {noun: rarity[noun] for noun in sorted(found)}, one, rules, places)
        for report, own, found, one in zip(reports, nouns, everywhere, named, strict=True)
    ]


def worth_comparing(told: Sequence[Side], most: int | None = None) -> list[list[int]]:
    """For each article those before it with which it has rare nouns in common.

    Parameters
    ----------
    most
        How many; those that have most.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for i, side in enumerate(told):
        common: defaultdict[int, float] = defaultdict(float)
        for noun in sorted(set().union(*side.sentences)):
            for j in holders[noun]:
                common[j] += side.nouns[noun] - _RARE
            holders[noun].append(i)
        likely = ((-much, j) for j, much in common.items() if much >= _WORTH)
        found.append(sorted(j for _, j in (likely if most is None else nsmallest(most, likely))))
    return found


def nearest(told: Sequence[Side], compared: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    """Pairs, the smaller number first, of which one has as much in common with no other article.

    Parameters
    ----------
    compared
        For each article those before it that are looked at.
    """
    dense = {
        (j, i): _dense(_much(told[i], told[i].nouns.keys() & told[j].nouns.keys()), told[i], told[j])
        for i, found in enumerate(compared)
        for j in found
    }
    best: list[tuple[float, float]] = [(0.0, 0.0)] * len(told)
    for pair, value in dense.items():
        for i in pair:
            best[i] = max(best[i], (value, best[i][0]), (best[i][0], value))
    return frozenset(
        pair for pair, value in dense.items() if any(value == best[i][0] > best[i][1] for i in pair)
    )


def in_common(one: Side, other: Side) -> dict[str, float]:
    """What two articles have in common, by the words that they use.

    The ``rest`` of their rare nouns, once the names of whom they are about are left out, for one company is
    in much of the news; how much one knows of the other's title, ``titled``, and whether they are of one
    ``kind``; how little each has of the ``subjects`` of the other's title; and how far both are ``reports``,
    which say in their first sentences what their titles say.
    """
    common = (one.nouns.keys() & other.nouns.keys()) - one.called - other.called
    (sure, known), (other_sure, other_known) = _subject(one, other), _subject(other, one)
    return {
        "rest": math.sqrt(_much(one, common) / _ENOUGH),
        "titled": max(_titled(one, other), _titled(other, one)),
        "kind": of_a_kind(one.kinds, other.kinds),
        "subjects": (1.0 - max(known, other_known)) * sure * other_sure,
        "reports": min(one.report, other.report),
    }


@lru_cache(maxsize=1)  # a pair is asked about as told alike, then as told from two sides
def rivals(one: Side, other: Side, names: NameRules) -> bool:
    """Whether two articles are about different companies, authorities or districts, or different places.

    Each is then about some that the other one mentions far less, if at all.
    """
    return any(
        ours
        and theirs
        and max(_shares(one, ours, other, names), _shares(other, theirs, one, names)) < _HARDLY
        for ours, theirs in ((one.who, other.who), (one.where, other.where))
    )


def _side(
    report: Report,
    nouns: Sequence[frozenset[str]],
    rarity: Mapping[str, float],
    named: Actors,
    rules: StoryRules,
    places: Collection[str],
) -> Side:
    names = rules.names
    content = [s.text for s in report.sentences if s.kind in CONTENT_KINDS][: len(nouns) - 1]
    title, letters = letters_of(report.title or ""), tuple(map(letters_of, content))
    most = max(3, len(letters))
    counts = {noun: sum(noun in text for text in letters) for noun in sorted(nouns[0])}
    called = named.main | {letters_of(k.term) for k in report.keywords if k.kind == "name"}
    first = content[0] if content else ""
    who, where = _who(title, report.title or "", called, names), _where(title, called | named.opening, places)
    if not who:
        shares = {
            name: _level(letters, title, (name,)) for name in _who(letters_of(first), first, called, names)
        }
        who = {name for name in sorted(shares, key=lambda n: (-shares[n], n))[:1] if shares[name] >= _ABOUT}
    if not where:
        where = _where(letters_of(first), called | named.opening, places)
    districts = {name for name in where if name.endswith(DISTRICTS)}
    acting = frozenset((who - where - names.places) | districts)
    calls = frozenset(noun for noun in rarity if any(noun in name or name in noun for name in acting))
    heading = {noun: max(0.0, rarity[noun] - 1.0) for noun in sorted(nouns[0])}
    said = math.fsum(rare for noun, rare in heading.items() if any(noun in own for own in nouns[1:_LEAD]))
    opening = " ".join([report.title or "", *content[: _LEAD - 1]])
    return Side(
        nouns=rarity,
        sentences=tuple(frozenset(n for n in own if rarity[n] > _RARER) for own in nouns[1:]),
        title=title,
        letters=letters,
        subject={n: c / most for n, c in counts.items() if c > 1 or (c and len(letters) < 5)},
        heading={noun: rare for noun, rare in heading.items() if noun not in calls},
        report=said / (math.fsum(heading.values()) or 1.0),
        kinds=kinds_of(nouns, rules.kinds),
        periods=periods_in(" ".join([report.title or "", *content])),
        lead_periods=periods_in(opening),
        who=acting,
        where=frozenset(where),
        names=called,
        called=calls,
    )


def _who(letters: str, text: str, called: Collection[str], names: NameRules) -> set[str]:
    """Companies, products and authorities that a text names: those that are known, or end like one."""
    words = {form for word in words_of(text) for form in (word, bare(word)) if form in names.known}
    return words | {
        name
        for name in called
        if name in letters and (name in names.known or name.endswith(names.long_endings))
    }


def _where(letters: str, called: Collection[str], places: Collection[str]) -> set[str]:
    """Districts, towns and states that a text names."""
    return {
        name
        for name in called
        if name in letters
        and name != CAPITAL
        and (name in places or (name.endswith(DISTRICTS) and len(name) > 2))
    }


def _nouns(tokens: Sequence[Token]) -> frozenset[str]:
    """Nouns of two letters or more, and those that are put together of them."""
    found = {token.form.casefold() for token in tokens if token.tag in NAMING and len(token.form) > 1}
    run: list[Token] = []
    for token in tokens:
        if run and token.start == run[-1].end and token.tag in COMPOUND:
            run.append(token)
            continue
        if len(run) > 1:
            found.add("".join(one.form for one in run).casefold())
        run = [token] if token.tag in NAMING else []
    if len(run) > 1:
        found.add("".join(one.form for one in run).casefold())
    return frozenset(found)


def _rarity(held: Mapping[str, int], articles: int, background: Background) -> defaultdict[str, float]:
    """Inverse document frequencies of nouns, as logarithms; those of copies alone say nothing."""
    seen: defaultdict[str, int] = defaultdict(int)
    for key, count in background.frequency.items():
        form = key.rpartition("/")[0].casefold()
        seen[form] = max(seen[form], count)
    documents = background.documents + _BATCH * articles + 1
    return defaultdict(
        float, {noun: math.log(documents / (seen[noun] + _BATCH * count + 1)) for noun, count in held.items()}
    )


def _much(one: Side, common: Collection[str]) -> float:
    """How much two articles have in common: their nouns, the rarer the more."""
    return math.fsum(max(0.0, one.nouns[noun] - _RARE) for noun in common)


def _dense(much: float, one: Side, other: Side) -> float:
    """How much that is, for the nouns of the shorter one."""
    return min(1.0, much / math.sqrt(max(1, min(len(one.nouns), len(other.nouns)))) / _DENSE)


def _titled(one: Side, other: Side) -> float:
    """How much of the one's title the other one says, the rarer the more, but for who they are about."""
    title = one.heading.keys() - other.called
    total = math.fsum(one.heading[noun] for noun in title)
    return math.fsum(one.heading[noun] for noun in title & other.nouns.keys()) / total if total else 0.5


def _subject(one: Side, other: Side) -> tuple[float, float]:
    """How surely the title says what the one is about, and how much of it the other tells as often."""
    total = math.fsum(one.nouns[noun] for noun in one.subject)
    if not total:
        return 0.0, 0.0
    known = math.fsum(
        one.nouns[noun] * min(1.0, _level(other.letters, other.title, (noun,)) / (share + _TITLE))
        for noun, share in one.subject.items()
    )
    return min(1.0, total / _SURE), known / total


def _shares(one: Side, own: Collection[str], other: Side, names: NameRules) -> float:
    """How often the other names those that the one is about, for how often the one does: the best of them."""
    best = 0.0
    for name in sorted(own):
        forms = {name, *names.same.get(name, ())}
        first = {form[:1] for form in forms}  # a short form begins like the long one
        forms |= {
            known
            for known in other.names | other.who
            if known[:1] in first
            and any(is_short_for(form, known) or is_short_for(known, form) for form in forms)
        }
        level = max(0.05, _level(one.letters, one.title, (name,)))
        best = max(best, min(1.0, _level(other.letters, other.title, forms) / level))
    return best


def _level(letters: Sequence[str], title: str, forms: Collection[str]) -> float:
    """How much an article is about a name: by the share of its sentences that have it, and its title."""
    having = _having(letters, frozenset(forms))
    return having / max(3, len(letters)) + _TITLE * any(form in title for form in forms)


@lru_cache(maxsize=1 << 14)  # an article is compared with many, and asked for the same words
def _having(letters: Sequence[str], forms: frozenset[str]) -> int:
    if len(forms) == 1:
        (form,) = forms
        return sum([form in text for text in letters])
    return sum([any(form in text for form in forms) for text in letters])
