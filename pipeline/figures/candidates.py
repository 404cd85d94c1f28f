"""Whom a quantity may belong to: the names around it, and those that stand before its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..korean.quantities import Quantity
from ..records import FigureRules
from .choosing import Ballot
from .context import Context, Sentence
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


@lru_cache(maxsize=4_096)
def _of_article(
    known: tuple[str, ...], state: str, told: str, item: str, headed: bool, sort: str, measure: str
) -> tuple[str, ...]:
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


def subject_candidates(
    quantity: Quantity,
    nth: int,
    sentence: Sentence,
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
    last
        Whose the quantity before it in the sentence is.
    """
    ballot = Ballot()
    text = sentence.unit.text
    start, end = quantity.start, quantity.end
    own, about = sentence.names, context.about
    before = [one for one in own if one.phrase.start < start]
    topics = [one for one in before if one.kind in TOPICAL and one.name.metric is None]
    proper = [one for one in topics if one.name.proper]
    state = ("P" if proper else "c" if topics else "n") + ("1" if nth == 0 else "2")
    known = what.name.known if what.name else None
    whole = known is not None and known.whole
    told = "told" if what.told else "bare"
    sort = sort_of(known)
    sort = "named" if sort == "none" and what.name is not None and what.name.metric else sort
    measure = measure_of(quantity.unit, rules.measures.money)
    item = "item" if sentence.unit.kind == "item" else "body"
    if _POINTED.search(text, 0, start):
        state += "!"
    count = len(before)
    for rank, one in enumerate(own):
        phrase, name, value, kind = one
        which = "P" if name.proper else "c"
        if rank < count:
            gap = _gap(start - phrase.end)
            between = sum(phrase.end <= q.start < start for q in sentence.quantities)
            features = [
                f"before.{kind}.{which}",
                f"before.gap.{gap}.{which}",
                f"rank.{min(count - rank, 4)}.{which}",
                f"between.{min(between, 2)}.{kind in TOPICAL}",
            ]
            if rank == 0:
                features.append(f"first.{which}.{sentence.unit.kind == 'item'}")
            if topics and one is topics[-1]:
                features.append(f"last-topic.{which}")
            if proper and one is proper[-1]:
                features.append("last-proper-topic")
            if topics and one is topics[0]:
                features.append(f"first-topic.{which}")
        else:
            gap = _gap(phrase.start - end)
            features = [f"after.{kind}.{which}", f"after.gap.{gap}.{which}.{state}"]
        if name.metric:
            mine = phrase.start == what.at and what.told
            owned = "owned" if name.owned else "spare" if name.subject is None else "one"
            features.append(f"metric.{mine}.{owned}.{which}.{whole}")
        if value.endswith("용"):
            features.append("made-for")
        if len(value) > _LONG:
            features.append("long")
        if value in about.title:
            features.append("in-title")
        features.append(f"times.{min(about.times.get(value, 0), 4)}")
        ballot.add(value, features, True)
    headed = context.own is not None
    for value, known_of in about.prominent.items():
        ballot.add(value, _of_article(known_of, state, told, item, headed, sort, measure))
    if context.figured is not None:
        ballot.add(
            context.figured, (f"figured.{context.near}.{state}.{told}", f"figured.{item}.{context.near}")
        )
    if last is not None:
        ballot.add(last, (f"last.{state}", f"last.{told}.{whole}"))
    if context.subject is not None:
        ballot.add(
            context.subject,
            (f"spoken.{state}.{told}", f"spoken.whole.{whole}", f"spoken.left.{context.left}"),
        )
    if context.own is not None:
        ballot.add(context.own, (f"heading.{state}", f"heading.{told}"))
    if context.main is not None:
        ballot.add(
            context.main,
            (f"main.{state}.{told}", f"main.strong.{context.strong}", f"main.whole.{whole}.{state}"),
        )
    ballot.add(None, ("none", f"none.{state}", f"none.{told}.{quantity.unit in rules.measures.counted}"))
    return ballot
