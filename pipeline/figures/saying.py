"""How a figure is said: its direction, kind and modality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..korean.quantities import Quantity
from ..records import Direction, FigureKind, FigureRules, Metric, Modality, Token
from .naming import Name

_STEMS = frozenset({"VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I", "NNG", "XR", "VX"})
_BARE = re.compile(r"\s?(?:이?나|만큼|가량|정도|쯤|씩|안팎|남짓)?\s?(?:더\s)?")
_PARTICLE = re.compile(
    r"\s?(?:가량|정도|안팎|수준|쯤|대|초반|중반|후반)?(?:으로|로|을|를|이|가|은|는|에서|에|의|였|이었|이다|다|,|\)|\()"
)
_SHARE = re.compile(
    r"\s?(?:가량|정도|안팎|수준|쯤)?(?:를|을|가|이|에)?\s?(?:차지|해당|이르는|수준|불과|그치|그친|못 미)"
)
_FORETOLD_BEHIND = re.compile(
    r"(?:전망|예상|예측|추정|내다[봤볼보]|점쳤|점친|기대|가이던스|될 것|할 것|일 것|제시|으로 본다|것으로 본)"
)


@lru_cache(maxsize=4)
def _modal(rules: FigureRules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return tuple(  # type: ignore[return-value]
        re.compile("|".join(map(re.escape, sorted(rules.modality[name], key=len, reverse=True))))
        for name in ("forecast", "plan")
    )


def direction_of(
    tokens: Sequence[Token], at: int, end: int, limit: int, rules: FigureRules
) -> tuple[Direction | None, int]:
    """Where a figure went, by the first verb behind it, and where that stands.

    Parameters
    ----------
    at
        Position of the first token that may be behind it.
    end, limit
        Where the figure ends, and where the next one begins.
    """
    up, down = rules.directions["up"], rules.directions["down"]
    seen = 0
    for token in tokens[at:]:
        if token.start < end:
            continue
        if token.start >= limit:
            break
        if token.tag in _STEMS:
            if token.form in up:
                return "up", token.start
            if token.form in down:
                return "down", token.start
            seen += 1
            if seen > 3:
                break
        elif token.tag in ("EF", "SF"):
            break
    return None, -1


def kind_of(text: str, one: Quantity, metric: Metric | None, verb: int, rules: FigureRules) -> FigureKind:
    """What kind of figure it is."""
    bare = verb >= 0 and verb <= _BARE.match(text, one.end).end()  # type: ignore[union-attr]
    near = verb >= 0 and not _PARTICLE.match(text, one.end) and verb - one.end < 8
    if one.unit == "%p":
        return "change"
    if one.unit in ("%", "배"):
        if metric is not None and metric.kind is not None:
            return "change" if bare else metric.kind
        if _SHARE.match(text, one.end) or one.written in ("분의", "절반"):
            return "share"
        if verb >= 0:
            return "change"
        return "rate" if one.unit == "배" else "share" if metric is None else "change"
    if bare or near:
        return "change"
    if one.unit in rules.measures.counted and one.unit not in _MEASURED:
        return "count"
    return "level"


_MEASURED = frozenset(
    {
        "년",
        "개월",
        "달",
        "주일",
        "일",
        "시간",
        "분",
        "초",
        "점",
        "단",
        "분기",
        "층",
        "평",
        "살",
        "세",
        "포인트",
        "bp",
    }
)


def modality_of(text: str, one: Quantity, name: Name | None, rules: FigureRules) -> Modality:
    """Who says so."""
    forecast, plan = _modal(rules)
    if name is not None and name.source is not None:
        return name.source
    if name is not None and name.known is not None and name.known.name in ("목표주가", "상승 여력"):
        return "opinion"
    behind = text[one.end : one.end + 40]
    if forecast.search(behind) or forecast.search(text, max(0, one.start - 10), one.start):
        return "forecast"
    if plan.search(behind):
        return "plan"
    return "reported"
