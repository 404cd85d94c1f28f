"""Whom a quantity may belong to: the names around it, and those that stand before its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..korean.expressions import of_words
from ..korean.particles import AT, CLOSING, DEFINED, OBJECT, SUBJECT, TOO, TOPIC, WAS, WAY
from ..korean.pointing import BEFORE_KNOWN
from ..korean.quantities import Quantity
from .cases import Case
from .choosing import Ballot, Features, Known, Scale, Weighed
from .context import About, Context, Prominence, Sentence
from .naming import Name, Named
from .owners import Measured
from .phrases import Phrase

#: Particles by what they make of a phrase.
_CLASSES: Mapping[str, str] = {
    **dict.fromkeys((*TOPIC, DEFINED[0]), "topic"),
    **dict.fromkeys(SUBJECT, "subject"),
    **dict.fromkeys(TOO, "too"),
    **dict.fromkeys(OBJECT, "object"),
    **dict.fromkeys(AT, "place"),
    **dict.fromkeys(WAY[:2], "as"),
    "": "bare", ",": "comma", ":": "colon", "(": "bracket", ")": "bracket",
}  # fmt: skip
TOPICAL = frozenset({"topic", "subject", "too"})
_IS = re.compile(rf"(?:{of_words((*WAS, '입니', CLOSING[0], *CLOSING[4:6]))}|다[.\s])")
_POINTED = re.compile(rf"(?:^|\s)(?:{of_words(BEFORE_KNOWN)})\s")
#: Characters of a name; what is longer is a description.
_LONG = 12


def named(text: str, phrases: Sequence[tuple[Phrase, Name]]) -> list[Named]:
    """The phrases of a sentence that may name whose a figure is."""
    found = []
    for phrase, name in phrases:
        if value := name.subject or name.spare:
            kind = _CLASSES.get(phrase.particle, "other")
            if kind == "bare" and _IS.match(text, phrase.end):
                kind = "is"
            found.append(Named(phrase, name, value, kind))
    return found


def _gap(size: int) -> str:
    return "0" if size <= 2 else "1" if size <= 8 else "2" if size <= 20 else "3" if size <= 50 else "4"


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What a name is, wherever it stands; one object for each kind.

    Attributes
    ----------
    particle
        What its particle makes of it.
    which
        ``P`` for a name, ``c`` for any other word.
    metric
        How it stands to a metric behind it, empty for none.
    features
        What speaks for it.
    """

    particle: str
    which: str
    metric: str
    features: Features


@lru_cache(maxsize=4_096)
def _kind(
    particle: str, which: str, metric: str, made_for: bool, long: bool, titled: bool, times: int
) -> Kind:
    features = [f"times.{times}"]
    if made_for:
        features.append("made-for")
    if long:
        features.append("long")
    if titled:
        features.append("in-title")
    return Kind(particle, which, metric, tuple(features))


class Mention(NamedTuple):
    """A name in a sentence, with what does not hang on the figure that is asked for.

    Attributes
    ----------
    start, end
        Code points into the unit's text.
    past
        How many quantities of the sentence begin before it ends.
    topic
        What it is if its sentence is about it: `Kind.which`; else empty.
    """

    start: int
    end: int
    past: int
    topic: str
    value: str
    kind: Kind


def mentions(sentence: Sentence, about: About) -> list[Mention]:
    """The names of a sentence."""
    starts = [one.start for one in sentence.quantities]
    title, times, persons = about.title, about.times, about.persons
    found = []
    for (start, end, _, _, _), name, value, particle in sentence.names:
        if value in persons:
            continue
        which = "P" if name.proper else "c"
        metric = ""
        if name.metric is not None:
            metric = "owned" if name.owned else "spare" if name.subject is None else "one"
        kind = _kind(
            particle,
            which,
            metric,
            value.endswith("용"),
            len(value) > _LONG,
            value in title,
            min(times[value], 4),
        )
        topic = which if name.metric is None and particle in TOPICAL else ""
        found.append(Mention(start, end, bisect_left(starts, end), topic, value, kind))
    return found


#: What a topic may be: the first of its sentence, the last one, the last that is a name.
_FIRST, _LAST, _LAST_NAME = 1, 2, 4


@lru_cache(maxsize=16_384)
def _before(
    scale: Scale,
    kind: Kind,
    gap: str,
    back: int,
    between: int,
    first: str,
    topic: int,
    mine: bool,
    whole: bool,
) -> Weighed:
    """What speaks for a name before the figure; it is `back` names back, and `first` in its sentence."""
    which = kind.which
    features = [
        f"before.{kind.particle}.{which}",
        f"before.{kind.particle}.{gap}.{which}",
        f"before.gap.{gap}.{which}",
        f"rank.{back}.{which}",
        f"between.{between}.{kind.particle in TOPICAL}",
    ]
    if first:
        features.append(f"first.{which}.{first}")
    if topic & _LAST:
        features.append(f"last-topic.{which}")
    if topic & _LAST_NAME:
        features.append("last-proper-topic")
    if topic & _FIRST:
        features.append(f"first-topic.{which}")
    if kind.metric:
        features.append(f"metric.{mine}.{kind.metric}.{which}.{whole}")
    return scale(*features, *kind.features)


@lru_cache(maxsize=16_384)
def _behind(scale: Scale, kind: Kind, gap: str, state: str, mine: bool, whole: bool) -> Weighed:
    """What speaks for a name behind the figure."""
    which = kind.which
    features = [
        f"after.{kind.particle}.{which}",
        f"after.{kind.particle}.{gap}.{which}",
        f"after.gap.{gap}.{which}.{state}",
    ]
    if kind.metric:
        features.append(f"metric.{mine}.{kind.metric}.{which}.{whole}")
    return scale(*features, *kind.features)


@dataclass(frozen=True, slots=True, eq=False)
class _Situation:
    """What the names that the article speaks of most are weighed by besides; one object for each."""

    state: str
    told: str
    item: str
    headed: bool
    sort: str
    measure: str


@lru_cache(maxsize=4_096)
def _situation(state: str, told: str, item: str, headed: bool, sort: str, measure: str) -> _Situation:
    return _Situation(state, told, item, headed, sort, measure)


@lru_cache(maxsize=16_384)
def _of_much(scale: Scale, known: Prominence, situation: _Situation) -> Weighed:
    """What speaks for a name that the article speaks of much."""
    first, we, title, quoted, _, many, _, firm, a = known.features
    state, sort, measure = situation.state, situation.sort, situation.measure
    return scale(
        *known.features,
        f"{first}.{state}.{situation.told}",
        f"{first}.{situation.item}.{situation.headed}",
        f"{first}.{sort}",
        f"{first}.{measure}",
        f"{we}.{state[0]}",
        f"{title}.{sort}",
        f"{quoted}.{sort}",
        f"{quoted}.{measure}",
        f"{many}.{state[0]}",
        f"{firm}.{state}.{situation.told}",
        f"{firm}.{sort}",
        f"{firm}.{measure}",
        f"{a}.{sort}",
        f"{a}.{measure}",
    )


class Much(dict[_Situation, Sequence[tuple[str, Weighed]]]):
    """What speaks for the names that an article speaks of most, in each situation that its figures are in."""

    __slots__ = ("_prominent", "_scale")

    def __init__(self, about: About, scale: Scale) -> None:
        self._prominent, self._scale = about.prominent, scale

    def __missing__(self, situation: _Situation) -> Sequence[tuple[str, Weighed]]:
        of_each = [(name, _of_much(self._scale, known, situation)) for name, known in self._prominent]
        self[situation] = of_each
        return of_each


class _Standing(NamedTuple):
    """What speaks for the names that stand before a sentence, and for none."""

    figured: Weighed
    last: Weighed
    spoken: Weighed
    heading: Weighed
    main: Weighed
    none: Weighed


@lru_cache(maxsize=4_096)
def _standing(
    scale: Scale,
    state: str,
    told: str,
    item: str,
    whole: bool,
    near: bool,
    left: bool,
    strong: bool,
    counted: bool,
) -> _Standing:
    return _Standing(
        scale(f"figured.{near}.{state}.{told}", f"figured.{item}.{near}"),
        scale(f"last.{state}", f"last.{told}.{whole}"),
        scale(f"spoken.{state}.{told}", f"spoken.whole.{whole}", f"spoken.left.{left}"),
        scale(f"heading.{state}", f"heading.{told}"),
        scale(f"main.{state}.{told}", f"main.strong.{strong}", f"main.whole.{whole}.{state}"),
        scale("none", f"none.{state}", f"none.{told}.{counted}"),
    )


def pointed(text: str) -> int:
    """Where the first word of a sentence ends that points back: 이 회사; its length where there is none."""
    found = _POINTED.search(text)
    return found.end() if found else len(text) + 1


def subject_candidates(
    quantity: Quantity,
    case: Case,
    own: Sequence[Mention],
    pointing: int,
    what: Measured,
    context: Context,
    last: str | None,
    known: Known,
    much: Much,
    scale: Scale,
) -> Ballot:
    """Whom a quantity may belong to, with what speaks for each.

    Parameters
    ----------
    own
        The names of the sentence.
    pointing
        Where its first word that points back ends (`pointed`).
    last
        Whose the quantity before it in the sentence is.
    known
        What speaks for the names that the article speaks of most and for those of the sentences before.
    much
        What more speaks for the first of these.
    """
    start, end = quantity.start, quantity.end
    nth, kind, sort, measure, told, whole, counted, _, _ = case
    count = first_topic = last_topic = last_name = 0  # positions from 1 on
    for at, _, _, topic, _, _ in own:
        if at >= start:
            break
        count += 1
        if topic:
            last_topic = count
            first_topic = first_topic or count
            if topic == "P":
                last_name = count
    state = ("P" if last_name else "c" if last_topic else "n") + ("2" if nth else "1")
    if pointing <= start:
        state += "!"
    item = "item" if kind == "item" else "body"
    measured_at = what.at if what.told else -1
    names: list[tuple[str, Weighed]] = []
    for rank, (at, to, past, topic, value, is_a) in enumerate(own, 1):
        metric = is_a.metric != ""
        mine, of_whole = metric and at == measured_at, metric and whole
        if rank > count:
            names.append((value, _behind(scale, is_a, _gap(at - end), state, mine, of_whole)))
            continue
        as_topic = (
            _FIRST * (rank == first_topic) + _LAST * (rank == last_topic) + _LAST_NAME * (rank == last_name)
            if topic
            else 0
        )
        back, between = count - rank + 1, nth - past
        names.append(
            (
                value,
                _before(
                    scale,
                    is_a,
                    _gap(start - to),
                    back if back < 4 else 4,
                    0 if between < 0 else between if between < 2 else 2,
                    "" if rank > 1 else "True" if item == "item" else "False",
                    as_topic,
                    mine,
                    of_whole,
                ),
            )
        )
    own_name = context.own
    more: list[tuple[str | None, Weighed]] = []
    standing = _standing(scale, state, told, item, whole, context.near, context.left, context.strong, counted)
    if context.figured is not None:
        more.append((context.figured, standing.figured))
    if last is not None:
        more.append((last, standing.last))
    if context.subject is not None:
        more.append((context.subject, standing.spoken))
    if own_name is not None:
        more.append((own_name, standing.heading))
    if context.main is not None:
        more.append((context.main, standing.main))
    more.append((None, standing.none))
    situation = _situation(state, told, item, own_name is not None, sort, measure)
    return Ballot(scale, names, more, known, much[situation])
