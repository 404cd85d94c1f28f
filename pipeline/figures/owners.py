"""Whose a quantity is, and what it measures: by the noun phrases around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.quantities import Quantity
from ..records import FigureRules, Metric
from .context import Context
from .naming import Name
from .phrases import Phrase

#: Particles of the topic and the subject.
TOPICS = frozenset({"은", "는", "이", "가", "도", "만", "께서", "란"})
#: Code points between a subject that is no name and its quantity.
_NEAR = 16
_FAR = 60
_COMPANY = ("그룹", "회사", "업체", "기업", "당사", "은행", "측", "법인")
_SUBJECT_BEHIND = re.compile(r"(?:가량|정도)?[이가]\s")


class Measured(NamedTuple):
    """What a quantity measures.

    Attributes
    ----------
    name
        The phrase that names it, if any.
    told
        Whether its own sentence does.
    at
        Where that phrase begins; -1 where it stands elsewhere.
    """

    name: Name | None
    told: bool
    at: int


_NOTHING = Measured(None, False, -1)


@lru_cache(maxsize=4)
def _cues(
    rules: FigureRules,
) -> tuple[re.Pattern[str], re.Pattern[str], tuple[Metric, ...], tuple[Metric, ...]]:
    before = [metric for metric in rules.metrics if metric.before]
    after = [metric for metric in rules.metrics if metric.after]
    return (
        re.compile("|".join(f"({metric.before})" for metric in before)),
        re.compile("|".join(f"({metric.after})" for metric in after)),
        tuple(before),
        tuple(after),
    )


def fits(quantity: Quantity, metric: Metric | None) -> bool:
    """Whether a metric may be measured in the unit of a quantity."""
    if metric is None or not metric.units or quantity.unit in metric.units:
        return True
    return quantity.unit in ("%", "배") and metric.kind is None


def measured(
    text: str,
    quantity: Quantity,
    phrases: Sequence[tuple[Phrase, Name]],
    last: Measured | None,
    before: Name | None,
    rules: FigureRules,
) -> Measured:
    """What a quantity measures.

    Parameters
    ----------
    last
        What the quantity before it in the sentence does.
    before
        The last metric that the sentences before name.
    """
    best = _NOTHING
    for phrase, name in phrases:
        if phrase.start >= quantity.end:
            gap = phrase.start - quantity.end
            near = 3 if best.name is not None or phrase.particle not in TOPICS else _NEAR
            close = gap <= near and name.metric and fits(quantity, name.known)
            if close and (best.name is None or text[quantity.end : quantity.end + 1] == "의"):
                best = Measured(name, True, phrase.start)
            if gap > _NEAR or close:
                break
            continue
        if name.metric and fits(quantity, name.known):
            best = Measured(name, True, phrase.start)
    before_it, after_it, ones, others = _cues(rules)
    cue = after_it.match(text, quantity.end)
    cued = others[cue.lastindex - 1] if cue and cue.lastindex else None
    if cue is None and (cue := before_it.search(text, max(0, quantity.start - 16), quantity.start)):
        cued = ones[cue.lastindex - 1] if cue.lastindex else None
    fitting = cued is not None and (quantity.unit in cued.units or quantity.unit == "%")
    if cued is not None and fitting and (best.name is None or best.name.known is not cued):
        return Measured(Name(None, cued.name, cued, None, False), True, -1)
    if best.name is not None:
        return best
    if last is not None and last.name is not None and fits(quantity, last.name.known):
        return last
    if before is not None and fits(quantity, before.known):
        return Measured(before._replace(source=None), False, -1)
    return _NOTHING


def subject_of(
    text: str,
    quantity: Quantity,
    phrases: Sequence[tuple[Phrase, Name]],
    what: Measured,
    context: Context,
    last: str | None,
    item: bool,
    rules: FigureRules,
) -> tuple[str | None, bool]:
    """Whose a quantity is, and whether its sentence says so.

    Parameters
    ----------
    last
        Whose the quantity before it in the sentence is.
    item
        Whether the sentence is an item of a list.
    """
    main, strong = context.main, context.strong
    best: tuple[int, str] | None = None
    near: tuple[int, str] | None = None
    company = -1
    topical = False
    for phrase, name in phrases:
        if phrase.start >= quantity.start:
            if (behind := _behind(text, quantity, phrase, name)) is not None:
                return behind, True
            if phrase.start - quantity.end >= _NEAR:
                break
            continue
        topic = phrase.particle in TOPICS
        if name.subject is None:
            if topic and name.metric is None and phrase.parts[-1].endswith(_COMPANY):
                company = phrase.start
            continue
        gap = quantity.start - phrase.end
        if phrase.particle == "(" and gap == 1 and name.metric is None:
            return name.subject, True
        if item and name.metric is None and phrase.start <= 2 and gap <= 1:
            best = phrase.start, name.subject  # - 아마존 322억 달러
        elif name.proper and (
            topic or (phrase.particle in (",", ":") and best is None and name.metric is None)
        ):
            best = phrase.start, name.subject
            topical = phrase.particle in ("은", "는")
        elif name.metric is None and phrase.particle == ":" and phrase.start <= 2:
            best = phrase.start, name.subject  # 알파벳: 124억 달러
        elif name.metric is None and (
            (topic and gap < (_NEAR if strong else _FAR)) or (phrase.particle in ("에", "엔") and gap <= 3)
        ):
            near = phrase.start, name.subject
    told = what.name.known if what.name and what.told else None
    if told is not None and told.whole and best is not None and best[0] < what.at and not topical and main:
        particles = {phrase.particle for phrase, _ in phrases if phrase.start == what.at}
        if particles & {"은", "는"}:
            return main, False  # 경쟁사가 기계를 넣었고, 주가는 14% 빠졌다
    own = what.name if what.told and (best is None or best[0] <= what.at) else None
    if own is not None and own.subject and (own.proper or own.owned):
        return own.subject, True
    if own is not None and own.spare:
        part = own.spare.endswith(tuple(rules.subjects["segments"]))
        if part or (not strong and best is None):
            return own.spare, True
    if near is not None and near[0] > what.at and (best is None or near[0] > best[0]):
        return near[1], True
    if best is not None and best[0] >= company:
        return best[1], True
    if company >= 0 and main:
        return main, False
    known = what.name.known if what.name else None
    if last is not None:
        return last, False
    if known is not None and known.whole and main:
        return main, False
    return context.subject or main, False


def _behind(text: str, quantity: Quantity, phrase: Phrase, name: Name) -> str | None:
    """Whose it is by what follows: 27센트를 엔비디아가 챙긴다; 38%가 라티스 한 곳에서 나온다."""
    if not name.proper or name.metric or phrase.start - quantity.end >= _NEAR:
        return None
    if phrase.particle in ("이", "가") and text[quantity.end : quantity.end + 1] in ("을", "를"):
        return name.subject
    if phrase.particle == "에서" and _SUBJECT_BEHIND.match(text, quantity.end):
        return name.subject
    return None
