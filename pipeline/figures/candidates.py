"""Whom a quantity may belong to: the names around it, and those that stand before its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import FigureRules
from .choosing import Ballot, Features
from .context import About, Context, Sentence
from .dating import measure_of, sort_of
from .naming import Name, Named
from .owners import Measured
from .phrases import Phrase

#: Particles by what they make of a phrase.
_CLASSES: Mapping[str, str] = {
    **dict.fromkeys(("은", "는", "란"), "topic"),
    **dict.fromkeys(("이", "가", "께서"), "subject"),
    **dict.fromkeys(("도", "만"), "too"),
    **dict.fromkeys(("을", "를"), "object"),
    **dict.fromkeys(("에", "엔", "에는", "에서", "에선", "에서는", "에게"), "place"),
    **dict.fromkeys(("로", "으로"), "as"),
    "": "bare", ",": "comma", ":": "colon", "(": "bracket", ")": "bracket",
}  # fmt: skip
TOPICAL = frozenset({"topic", "subject", "too"})
_IS = re.compile(r"(?:이었|였|입니|이다|다[.\s]|이에요|예요)")
_POINTED = re.compile(r"(?:^|\s)(?:이|그|이들|그의|해당|이번)\s")
#: Characters of a name; what is longer is a description.
_LONG = 12
_NO_TOPIC = (False, False, False)


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


class Mention(NamedTuple):
    """A name in a sentence, with what does not hang on the figure that is asked for.

    Attributes
    ----------
    start, end
        Code points into the unit's text.
    topical
        Whether its sentence is about it.
    which
        ``P`` for a name, ``c`` for any other word.
    past
        How many quantities of the sentence begin before it ends.
    metric
        Whether a 의 parts it from the metric behind it, empty for no metric.
    features
        What speaks for the name wherever it stands.
    """

    start: int
    end: int
    value: str
    kind: str
    topical: bool
    which: str
    past: int
    metric: str
    features: Features


def mentions(sentence: Sentence, about: About) -> list[Mention]:
    """The names of a sentence."""
    starts = [one.start for one in sentence.quantities]
    found = []
    for phrase, name, value, kind in sentence.names:
        found.append(
            Mention(
                phrase.start,
                phrase.end,
                value,
                kind,
                kind in TOPICAL and name.metric is None,
                "P" if name.proper else "c",
                bisect_left(starts, phrase.end),
                ("owned" if name.owned else "spare" if name.subject is None else "one")
                if name.metric
                else "",
                _of_name(
                    value.endswith("용"),
                    len(value) > _LONG,
                    value in about.title,
                    min(about.times.get(value, 0), 4),
                ),
            )
        )
    return found


@lru_cache(maxsize=64)
def _of_name(made_for: bool, long: bool, titled: bool, times: int) -> Features:
    """What speaks for a name wherever it stands."""
    found = [f"times.{times}"]
    if made_for:
        found.append("made-for")
    if long:
        found.append("long")
    if titled:
        found.append("in-title")
    return tuple(found)


@lru_cache(maxsize=16_384)
def _of_mention(
    of_name: Features,
    kind: str,
    which: str,
    gap: str,
    back: int,
    between: int,
    first: str,
    topic: tuple[bool, bool, bool],
    state: str,
    metric: str,
    mine: bool,
    whole: bool,
) -> Features:
    """What speaks for a name in the figure's sentence.

    Parameters
    ----------
    back
        How many names before the figure it is; 0 for what stands behind the figure.
    first
        Whether its sentence is an item, where it begins with it; else empty.
    topic
        Whether it is the last topic, the last that is a name, and the first one.
    """
    if back:
        features = [
            f"before.{kind}.{which}",
            f"before.gap.{gap}.{which}",
            f"rank.{back}.{which}",
            f"between.{between}.{kind in TOPICAL}",
        ]
        if first:
            features.append(f"first.{which}.{first}")
        if topic[0]:
            features.append(f"last-topic.{which}")
        if topic[1]:
            features.append("last-proper-topic")
        if topic[2]:
            features.append(f"first-topic.{which}")
    else:
        features = [f"after.{kind}.{which}", f"after.gap.{gap}.{which}.{state}"]
    if metric:
        features.append(f"metric.{mine}.{metric}.{which}.{whole}")
    return (*features, *of_name)


@lru_cache(maxsize=4_096)
def _of_article(
    known: tuple[str, ...], state: str, told: str, item: str, headed: bool, sort: str, measure: str
) -> Features:
    """What speaks for a name that the article speaks of much."""
    first, we, title, quoted, _, many, _ = known
    return (
        *known,
        f"{first}.{state}.{told}",
        f"{first}.{item}.{headed}",
        f"{first}.{sort}",
        f"{first}.{measure}",
        f"{we}.{state[0]}",
        f"{title}.{sort}",
        f"{quoted}.{sort}",
        f"{quoted}.{measure}",
        f"{many}.{state[0]}",
    )


class _Standing(NamedTuple):
    """What speaks for the names that stand before a sentence, and for none."""

    figured: Features
    last: Features
    spoken: Features
    heading: Features
    main: Features
    none: Features


@lru_cache(maxsize=4_096)
def _standing(
    state: str, told: str, item: str, whole: bool, near: bool, left: bool, strong: bool, counted: bool
) -> _Standing:
    return _Standing(
        (f"figured.{near}.{state}.{told}", f"figured.{item}.{near}"),
        (f"last.{state}", f"last.{told}.{whole}"),
        (f"spoken.{state}.{told}", f"spoken.whole.{whole}", f"spoken.left.{left}"),
        (f"heading.{state}", f"heading.{told}"),
        (f"main.{state}.{told}", f"main.strong.{strong}", f"main.whole.{whole}.{state}"),
        ("none", f"none.{state}", f"none.{told}.{counted}"),
    )


def subject_candidates(
    quantity: Quantity,
    nth: int,
    sentence: Sentence,
    own: Sequence[Mention],
    what: Measured,
    context: Context,
    last: str | None,
    rules: FigureRules,
) -> Ballot:
    """Whom a quantity may belong to, with what speaks for each.

    Parameters
    ----------
    nth
        Position of the quantity in its sentence.
    own
        The names of the sentence.
    last
        Whose the quantity before it in the sentence is.
    """
    ballot = Ballot()
    start, end = quantity.start, quantity.end
    about = context.about
    before = [one for one in own if one.start < start]
    topics = [one for one in before if one.topical]
    proper = [one for one in topics if one.which == "P"]
    state = ("P" if proper else "c" if topics else "n") + ("1" if nth == 0 else "2")
    known = what.name.known if what.name else None
    whole = known is not None and known.whole
    told = "told" if what.told else "bare"
    sort = sort_of(known)
    sort = "named" if sort == "none" and what.name is not None and what.name.metric else sort
    measure = measure_of(quantity.unit, rules.measures.money)
    item = "item" if sentence.unit.kind == "item" else "body"
    if _POINTED.search(sentence.unit.text, 0, start):
        state += "!"
    count = len(before)
    first_topic, last_topic = (topics[0], topics[-1]) if topics else (None, None)
    last_proper = proper[-1] if proper else None
    for rank, one in enumerate(own):
        at, to, value, kind, _, which, past, metric, of_name = one
        mine = at == what.at and what.told
        if rank < count:
            features = _of_mention(
                of_name,
                kind,
                which,
                _gap(start - to),
                min(count - rank, 4),
                min(max(0, nth - past), 2),
                "" if rank else str(item == "item"),
                (one is last_topic, one is last_proper, one is first_topic),
                "",
                metric,
                mine,
                whole,
            )
        else:
            gap = _gap(at - end)
            features = _of_mention(of_name, kind, which, gap, 0, 0, "", _NO_TOPIC, state, metric, mine, whole)
        ballot.tell(value, features)
    headed = context.own is not None
    for name, known_of in about.prominent.items():
        ballot.add(name, _of_article(known_of, state, told, item, headed, sort, measure))
    standing = _standing(
        state,
        told,
        item,
        whole,
        context.near,
        context.left,
        context.strong,
        quantity.unit in rules.measures.counted,
    )
    if context.figured is not None:
        ballot.add(context.figured, standing.figured)
    if last is not None:
        ballot.add(last, standing.last)
    if context.subject is not None:
        ballot.add(context.subject, standing.spoken)
    if context.own is not None:
        ballot.add(context.own, standing.heading)
    if context.main is not None:
        ballot.add(context.main, standing.main)
    ballot.add(None, standing.none)
    return ballot
