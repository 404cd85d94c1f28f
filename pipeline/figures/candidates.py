"""Whom a quantity may belong to: the names around it, and those that stand before its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import FigureRules, Token
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
#: 이 가운데 38%: a part of what stands before.
_PART = re.compile(r"(?:가운데|중|나머지|전체의?)\s(?:약\s|무려\s)?$")
_SEEN = 12
#: 라티스 한 곳에서 나왔다: where a share is from, or who has it.
_SOURCE = re.compile(
    r"(?:에서|이|가|에게?)?\s?(?:한 곳에서\s)?(?:나오|나왔|나온|나와|차지|몰려|몰린|쏠려|맡|가져|쓰|쓴|썼|들어|해당|이다|였|이었)"
)
#: What follows a quantity, by its particle.
_TAIL = re.compile(
    r"\s?(?:가량|정도|안팎|수준|쯤|대|초반|중반|후반|이상)?\s?"
    r"(?:(?P<to>으?로)|(?P<is>이다|였|이었)|(?P<object>[을를])|(?P<subject>[이가])|(?P<topic>[은는])"
    r"|(?P<of>의)|(?P<mark>[,()]))?"
)
#: Characters of a name; what is longer is a description.
_LONG = 12
#: Endings that leave a clause as it is.
_AUXILIARY = frozenset({"어", "아", "게", "지"})
_NEVER = 1 << 30
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
    clause
        How many clauses of the sentence end before it.
    inside
        Where a clause ends that tells what a noun is, and that it is in; far away for none.
    metric
        Whether a 의 parts it from the metric behind it, empty for no metric.
    source
        Whether what follows tells that something is from it, or its.
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
    clause: int
    inside: int
    metric: str
    source: bool
    features: Features


class Mentions(NamedTuple):
    """The names of a sentence, and where its clauses end."""

    names: Sequence[Mention]
    ends: Sequence[int]


def mentions(sentence: Sentence, about: About) -> Mentions:
    """The names of a sentence."""
    starts = [one.start for one in sentence.quantities]
    ends, inner = _clauses(sentence.unit.tokens)
    text = sentence.unit.text
    found = []
    for phrase, name, value, kind in sentence.names:
        to = phrase.end
        clause = bisect_left(ends, to)
        within = bisect_left(inner, to)
        inside = inner[within] if within < len(inner) else _NEVER
        if clause < len(ends) and ends[clause] < inside:
            inside = _NEVER
        modified = bisect_left(inner, phrase.start)
        known = about.prominent.get(value)
        found.append(
            Mention(
                phrase.start,
                to,
                value,
                kind,
                kind in TOPICAL and name.metric is None,
                "P" if name.proper else "c",
                bisect_left(starts, to),
                clause,
                inside,
                ("owned" if name.owned else "spare" if name.subject is None else "one")
                if name.metric
                else "",
                _SOURCE.match(text, to) is not None,
                _of_name(
                    value.endswith("용"),
                    len(value) > _LONG,
                    value in about.title,
                    min(about.times.get(value, 0), 4),
                    modified > 0 and phrase.start - inner[modified - 1] <= 3,
                    "P" if name.proper else "c",
                    kind,
                    known[0] if known else "doc.-",
                    known[-1] if known else "type.-",
                ),
            )
        )
    return Mentions(found, ends)


def _clauses(tokens: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Where the clauses of a sentence end, and those that tell what a noun is."""
    ends: list[int] = []
    inner: list[int] = []
    for form, tag, start, _ in tokens:
        if tag == "ETM":
            inner.append(start)
        elif tag == "EC" and form not in _AUXILIARY:
            ends.append(start)
    return ends, inner


@lru_cache(maxsize=1_024)
def _of_name(
    made_for: bool,
    long: bool,
    titled: bool,
    times: int,
    modified: bool,
    which: str,
    kind: str,
    rank: str,
    sort: str,
) -> Features:
    """What speaks for a name wherever it stands."""
    found = [
        f"times.{times}",
        f"modified.{modified}.{which}.{kind}",
        f"{rank}.{which}.{kind}",
        f"told.{sort}",
    ]
    if made_for:
        found.append("made-for")
    if long:
        found.append("long")
    if titled:
        found.append("in-title")
    return tuple(found)


class Frame(NamedTuple):
    """What is known of a figure, whosever it is.

    Attributes
    ----------
    state
        Whether its sentence has a topic before it, and whether that is a name; the first figure, or a later one.
    fresh
        What stands between the figure before it and this one: names, topics.
    sort, told, whole, measure
        Of its metric, and its unit.
    part
        Whether it is a part of what stands before.
    tail
        What follows it.
    item
        Whether its sentence is an item of a list, a title, or any other.
    """

    state: str
    fresh: str
    sort: str
    told: str
    whole: bool
    measure: str
    part: bool
    tail: str
    item: str


@lru_cache(maxsize=32_768)
def _before(
    of_name: Features,
    kind: str,
    which: str,
    gap: str,
    back: int,
    between: int,
    clauses: int,
    inside: bool,
    first: bool,
    topic: tuple[bool, bool, bool],
    metric: str,
    mine: bool,
    frame: Frame,
) -> Features:
    """What speaks for a name before the figure, in its sentence.

    Parameters
    ----------
    back
        How many names before the figure it is.
    topic
        Whether it is the last topic, the last that is a name, and the first one.
    """
    role = f"before.{kind}.{which}"
    features = [
        f"{role}.{clauses}.{inside}",
        f"{role}.gap.{gap}",
        f"{role}.rank.{back}",
        f"{role}.between.{between}",
        f"{role}.sort.{frame.sort}",
        f"{role}.measure.{frame.measure}",
        f"{role}.part.{frame.part}",
        f"{role}.tail.{frame.tail}",
        f"{role}.told.{frame.told}",
    ]
    if first:
        features.append(f"first.{kind}.{which}.{frame.item}")
    if topic[0]:
        features.append(f"last-topic.{which}.{frame.told}")
    if topic[1]:
        features.append("last-proper-topic")
    if topic[2]:
        features.append(f"first-topic.{which}")
    if metric:
        features.append(f"metric.{mine}.{metric}.{which}.{frame.whole}")
        features.append(f"metric.{mine}.{metric}.{which}.{between}")
    return (*features, *of_name)


@lru_cache(maxsize=16_384)
def _behind(
    of_name: Features,
    kind: str,
    which: str,
    gap: str,
    between: int,
    clauses: int,
    source: bool,
    metric: str,
    mine: bool,
    frame: Frame,
) -> Features:
    """What speaks for a name behind the figure, in its sentence."""
    role = f"after.{kind}.{which}"
    features = [
        f"{role}.gap.{gap}",
        f"{role}.{clauses}.{between}",
        f"{role}.{frame.state}",
        f"{role}.tail.{frame.tail}",
        f"after.source.{source}.{frame.part}.{frame.measure}",
        f"after.source.{source}.{clauses}.{between}",
        f"after.tail.{frame.tail}.{frame.part}",
    ]
    if metric:
        features.append(f"metric.behind.{mine}.{metric}.{which}.{frame.whole}")
    return (*features, *of_name)


@lru_cache(maxsize=8_192)
def _of_article(known: tuple[str, ...], here: str, headed: bool, frame: Frame) -> Features:
    """What speaks for a name that the article speaks of much; `here` is where its sentence names it."""
    first, we, title, quoted, lead, many, share, sort = known
    return (
        first, we, title, quoted, lead, many, share, sort,
        f"{first}.{here}",
        f"{first}.{here}.{frame.state}.{frame.told}",
        f"{first}.{frame.item}.{headed}",
        f"{first}.{frame.sort}",
        f"{first}.{frame.measure}",
        f"{we}.{frame.state[0]}",
        f"{title}.{frame.sort}",
        f"{quoted}.{frame.sort}",
        f"{quoted}.{frame.measure}",
        f"{many}.{frame.state[0]}",
        f"{sort}.{here}",
        f"{sort}.{frame.sort}",
        f"{sort}.{frame.measure}",
    )  # fmt: skip


class _Standing(NamedTuple):
    """What speaks for the names that stand before a sentence, and for none."""

    figured: Features
    opened: Features
    last: Features
    spoken: Features
    told: Features
    heading: Features
    main: Features
    none: Features


@lru_cache(maxsize=8_192)
def _standing(frame: Frame, near: bool, left: bool, strong: bool, counted: bool, same: bool) -> _Standing:
    state, told, fresh = frame.state, frame.told, frame.fresh
    return _Standing(
        (
            f"figured.{near}.{state}.{told}",
            f"figured.{frame.item}.{near}",
            f"figured.{fresh}.{near}",
            f"figured.{frame.sort}.{near}",
            f"figured.{frame.part}",
        ),
        (f"opened.{near}.{state}.{told}", f"opened.{fresh}", f"opened.{frame.part}"),
        (
            f"last.{state}",
            f"last.{told}.{frame.whole}",
            f"last.{fresh}.{told}",
            f"last.{fresh}.{same}",
            f"last.{frame.sort}",
            f"last.part.{frame.part}",
        ),
        (
            f"spoken.{state}.{told}",
            f"spoken.whole.{frame.whole}",
            f"spoken.left.{left}",
            f"spoken.{fresh}",
        ),
        (f"before-it.{state}", f"before-it.{fresh}.{told}"),
        (f"heading.{state}", f"heading.{told}", f"heading.{fresh}"),
        (
            f"main.{state}.{told}",
            f"main.strong.{strong}",
            f"main.whole.{frame.whole}.{state}",
            f"main.{fresh}",
        ),
        (
            "none",
            f"none.{state}",
            f"none.{told}.{counted}",
            f"none.{fresh}",
            f"none.{frame.measure}",
            f"none.{frame.item}",
        ),
    )


def subject_candidates(
    quantity: Quantity,
    nth: int,
    sentence: Sentence,
    own: Mentions,
    what: Measured,
    context: Context,
    last: str | None,
    same: bool,
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
    same
        Whether that one measures the same.
    """
    ballot = Ballot()
    text = sentence.unit.text
    start, end = quantity.start, quantity.end
    about = context.about
    names = own.names
    before = [one for one in names if one.start < start]
    topics = [one for one in before if one.topical]
    proper = [one for one in topics if one.which == "P"]
    frame = _framed(text, quantity, nth, sentence, before, topics, proper, what, rules)
    count = len(before)
    first_topic, last_topic = (topics[0], topics[-1]) if topics else (None, None)
    last_proper = proper[-1] if proper else None
    clause, closed = bisect_left(own.ends, start), bisect_left(own.ends, end)
    here: dict[str, str] = {}
    for rank, one in enumerate(names):
        at, to, value, kind, _, which, past, ended, inside, metric, source, of_name = one
        mine = at == what.at and what.told
        if rank < count:
            here[value] = "before"
            features = _before(
                of_name,
                kind,
                which,
                _gap(start - to),
                min(count - rank, 4),
                min(max(0, nth - past), 2),
                min(clause - ended, 2),
                inside < start,
                rank == 0,
                (one is last_topic, one is last_proper, one is first_topic),
                metric,
                mine,
                frame,
            )
        else:
            here.setdefault(value, "after")
            features = _behind(
                of_name,
                kind,
                which,
                _gap(at - end),
                min(past - nth - 1, 2),
                min(ended - closed, 2),
                source,
                metric,
                mine,
                frame,
            )
        ballot.tell(value, features)
    headed = context.own is not None
    for name, known_of in about.prominent.items():
        ballot.add(name, _of_article(known_of, here.get(name, "far"), headed, frame))
    standing = _standing(
        frame, context.near, context.left, context.strong, quantity.unit in rules.measures.counted, same
    )
    if context.figured is not None:
        ballot.add(context.figured, standing.figured)
    if context.opened is not None:
        ballot.add(context.opened, standing.opened)
    if last is not None:
        ballot.add(last, standing.last)
    if context.subject is not None:
        ballot.add(context.subject, standing.spoken)
    if context.topic is not None:
        ballot.add(context.topic, standing.told)
    if context.own is not None:
        ballot.add(context.own, standing.heading)
    if context.main is not None:
        ballot.add(context.main, standing.main)
    ballot.add(None, standing.none)
    return ballot


def _framed(
    text: str,
    quantity: Quantity,
    nth: int,
    sentence: Sentence,
    before: Sequence[Mention],
    topics: Sequence[Mention],
    proper: Sequence[Mention],
    what: Measured,
    rules: FigureRules,
) -> Frame:
    """What is known of a figure, whosever it is."""
    start = quantity.start
    state = ("P" if proper else "c" if topics else "n") + ("1" if nth == 0 else "2")
    if _POINTED.search(text, 0, start):
        state += "!"
    fresh = [one for one in before if one.past >= nth]
    known = what.name.known if what.name else None
    sort = sort_of(known)
    sort = "named" if sort == "none" and what.name is not None and what.name.metric else sort
    measure = measure_of(quantity.unit, rules.measures.money)
    if measure == "other" and quantity.unit in rules.measures.counted:
        measure = "count"
    kind = sentence.unit.kind
    tail = _TAIL.match(text, quantity.end)
    return Frame(
        state,
        ("P" if any(one.which == "P" for one in fresh) else "c" if fresh else "n")
        + ("!" if any(one.topical for one in fresh) else ""),
        sort,
        "told" if what.told else "bare",
        known is not None and known.whole,
        measure,
        _PART.search(text, max(0, start - _SEEN), start) is not None,
        (tail.lastgroup if tail else None) or "none",
        kind if kind in ("item", "title") else "body",
    )
