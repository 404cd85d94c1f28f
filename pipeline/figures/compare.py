"""Where articles, or the sentences of one, give values for the same thing that can't both be right.

What tells two figures apart comes first: a disagreement that is none costs more than one that is missed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from ..korean.spelling import key_of
from ..records import CompareRules, Disagreement, Report, Side, Token
from .agreeing import agree, ends_of
from .claims import Claim, claims_of, same_name
from .periods import Calendar

Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

#: A day for articles that tell none, so that their periods are reckoned alike.
_SOME_DAY = date(2000, 6, 15)
#: Figures that two articles on one event have in common.
_LINKED = 2.5
#: What a small or round figure adds to them, and the articles of a batch that may hold a name that tells an event.
_CHANCE, _RARE = 1 / 3, 8
_YEAR = 4
#: High end over low end of a range that says little: 두 자릿수.
_WIDE = 1.3
#: Letters of a subject that may be a name.
_NAME = 3
#: Articles that hold one name, of which each is compared with each.
_FEW = 60
#: Share (Dice 1945) of the words around two figures of one thing: alone, and with the same metric or period.
_ALIKE, _SOMEWHAT = 0.5, 0.28
#: Figures of an article that are compared.
_FIGURES = 400


def disagreements(
    reports: Sequence[Report], stories: Iterable[Sequence[int]], tokenize: Tokenize, rules: CompareRules
) -> tuple[Disagreement, ...]:
    """Disagreements of a batch.

    Parameters
    ----------
    reports
        In an order that the order of files does not change.
    stories
        Positions of the reports that tell of one event.
    tokenize
        Texts to morphemes.
    """
    indices = [sorted({figure.sentence for figure in report.figures}) for report in reports]
    texts = [report.sentences[i].text for report, own in zip(reports, indices, strict=True) for i in own]
    analysed = iter(tokenize(texts))
    tokens = [{i: next(analysed) for i in own} for own in indices]
    days = sorted(report.source.day for report in reports if report.source.day)
    default = days[-1] if days else _SOME_DAY
    claims = [
        claims_of(n, report, tokens[n], _calendar(report, default), rules)[:_FIGURES]
        for n, report in enumerate(reports)
    ]
    pairs = [pair for own in claims for pair in _inside(own, rules)]
    told_of = _of_one_event(claims, stories, rules)
    for a, b in sorted(told_of | _of_one_name(claims)):
        pairs += _across(claims[a], claims[b], (a, b) in told_of, rules)
    return _told(pairs, reports)


def within(
    report: Report, tokens: Mapping[int, Sequence[Token]], rules: CompareRules
) -> tuple[Disagreement, ...]:
    """Disagreements inside an article."""
    claims = claims_of(0, report, tokens, _calendar(report, _SOME_DAY), rules)[:_FIGURES]
    return _told(_inside(claims, rules), [report])


def _calendar(report: Report, default: date) -> Calendar:
    day = report.source.day or default
    return Calendar(day, day.year, {})


def _of_one_event(
    claims: Sequence[Sequence[Claim]], stories: Iterable[Sequence[int]], rules: CompareRules
) -> set[tuple[int, int]]:
    """Pairs of articles of one story, and those that share rare names, and figures that are no chance."""
    plain = {
        key_of(name) for one in rules.figures.metrics for name in (one.name, *one.also)
    } | rules.figures.common
    names = [_names(own) - plain for own in claims]
    values = [{(claim.figure.unit, claim.figure.value) for claim in own} for own in claims]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, own_names in enumerate(names):
        for name in own_names:
            holders[name].append(n)
    found = {pair for members in stories for pair in combinations(sorted(members), 2)}
    shared: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if len(members) <= _RARE:
            shared.update(combinations(members, 2))
    for (a, b), count in shared.items():
        told = [_telling(unit, value, rules) for unit, value in values[a] & values[b]]
        weight = sum(told) + _CHANCE * (len(told) - sum(told)) + 0.5 * min(3, count - 1)
        if any(told) and weight >= _LINKED:
            found.add((a, b))
    return found


def _of_one_name(claims: Sequence[Sequence[Claim]]) -> set[tuple[int, int]]:
    """Pairs of articles that give a metric of one subject."""
    holders: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
    for n, own in enumerate(claims):
        for claim in own:
            if claim.metric and claim.own:
                for key in claim.subjects:
                    holders[key, claim.metric, claim.figure.unit].add(n)
    few = (sorted(members) for members in holders.values() if len(members) <= _FEW)
    return {pair for members in few for pair in combinations(members, 2)}


def _names(claims: Sequence[Claim]) -> set[str]:
    """Names by which an event may be known: those of its sentences, and subjects that are no short word."""
    found = {key for one in claims for key in one.names | one.serials}
    return found | {key for one in claims if one.own for key in one.subjects if len(key) >= _NAME}


def _telling(unit: str, value: int | float | tuple[int | float, int | float], rules: CompareRules) -> bool:
    """Whether two articles hardly share a value by chance."""
    low = value[0] if isinstance(value, tuple) else value
    return unit in rules.figures.measures.money or low != int(low) or (abs(low) >= 100 and unit != "%")


def _inside(claims: Sequence[Claim], rules: CompareRules) -> list[tuple[Claim, Claim]]:
    """Pairs of figures of one article: only what it gives for one thing by name, in sentences that are alike."""
    return [
        (a, b)
        for a, b in combinations(claims, 2)
        if a.figure.sentence != b.figure.sentence
        and not (a.listed or b.listed)
        and a.metric
        and a.metric == b.metric
        and a.spare == b.spare
        and a.subjects & b.subjects
        and (a.own or b.own)
        and a.period == b.period
        and a.modal == b.modal
        and a.figure.kind == b.figure.kind
        and _opposed(a, b, rules)
        and _dice(a.near, b.near) >= _SOMEWHAT
    ]


def _across(
    ones: Sequence[Claim], others: Sequence[Claim], linked: bool, rules: CompareRules
) -> list[tuple[Claim, Claim]]:
    candidates = [
        (_likeness(a, b), n, m)
        for n, a in enumerate(ones)
        for m, b in enumerate(others)
        if a.figure.unit == b.figure.unit
        and _opposed(a, b, rules)
        and (_same_thing(a, b, ones, others) if linked else _named(a, b))
    ]
    if not candidates:
        return []
    confirmed = {n for n, a in enumerate(ones) if any(_confirms(a, b) for b in others)}
    confirmed2 = {m for m, b in enumerate(others) if any(_confirms(b, a) for a in ones)}
    best: dict[int, float] = {}
    best2: dict[int, float] = {}
    for score, n, m in candidates:
        best[n] = max(best.get(n, 0.0), score)
        best2[m] = max(best2.get(m, 0.0), score)
    return [
        (ones[n], others[m])
        for score, n, m in candidates
        if n not in confirmed and m not in confirmed2 and score >= best[n] and score >= best2[m]
    ]


def _confirms(one: Claim, other: Claim) -> bool:
    """Whether another article gives a figure's value too, for what may be the same."""
    if one.figure.unit != other.figure.unit:
        return False
    if one.figure.value == other.figure.value:
        return True
    low, high = ends_of(other.figure)
    close = one.growth == other.growth and one.metric == other.metric and high <= _WIDE * low
    return close and agree(one.figure, other.figure)


def _opposed(a: Claim, b: Claim, rules: CompareRules) -> bool:
    """Whether two values can't both be right, and nothing tells their things apart."""
    one, other = a.figure, b.figure
    if one.unit != other.unit or a.role or b.role or a.growth != b.growth or a.over != b.over:
        return False
    if one.value == other.value or agree(one, other, (a.bound, b.bound)):
        return False
    if (one.kind == "change") != (other.kind == "change") and not a.growth:
        return False
    if (
        one.unit == "%"
        and not a.growth
        and {one.kind, other.kind} == {"share", "rate"}
        and a.metric != b.metric
    ):
        return False
    if a.growth and None not in (one.direction, other.direction) and one.direction != other.direction:
        return False
    if a.period != b.period and a.period is not None and b.period is not None:
        return False
    if {a.modal, b.modal} in ({"expected", "past"}, {"expected", "plain"}, {"planned", "past"}):
        return False
    if a.each != b.each and not {a.each, b.each} <= {"", "연"}:
        return False
    if a.label and b.label and not same_name(frozenset({a.label}), frozenset({b.label})):
        return False
    if (a.running or b.running) and a.day != b.day:
        return False
    if a.serials and b.serials and not a.serials & b.serials:
        return False
    if (
        (a.parts or b.parts)
        and not a.parts & b.parts
        and not (a.parts and b.parts and a.metric == b.metric == "")
    ):
        if a.article == b.article or not _harmless(a, b):
            return False
    return not _kept_apart(a, b, rules)


def _harmless(a: Claim, b: Claim) -> bool:
    """Whether a part that only one sentence names stands in the other one all the same."""
    return all(any(part[:2] == word[:2] for word in b.words) for part in a.parts) and all(
        any(part[:2] == word[:2] for word in a.words) for part in b.parts
    )


def _kept_apart(a: Claim, b: Claim, rules: CompareRules) -> bool:
    for one, ours, theirs in zip(rules.apart, a.apart, b.apart, strict=True):
        if ours and theirs:
            if not ours & theirs:
                return True
        elif one.narrows and (ours or theirs):
            return True
    return False


def _named(a: Claim, b: Claim) -> bool:
    """Whether two figures of different events are of one thing: by name, metric and period."""
    if not (a.metric and a.metric == b.metric and a.spare == b.spare and a.subjects & b.subjects):
        return False
    timed = (a.period is not None and a.period == b.period) or _of_now(a, b)
    return timed and a.own and b.own


def _of_now(a: Claim, b: Claim) -> bool:
    """Whether one tells the quarter or year, and the other says that it is of the last one, or of this one."""
    for one, other in ((a, b), (b, a)):
        if one.annual and other.period is not None and len(other.period) == _YEAR:
            return True
    quarter = a.period if b.current else b.period if a.current else None
    return quarter is not None and "Q" in quarter


def _same_thing(a: Claim, b: Claim, ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether two figures of one event are of one thing."""
    alike = _dice(a.near, b.near)
    if not _one_subject(a, b):
        inherited = "subject" in (*a.figure.inherited, *b.figure.inherited)
        if not (inherited and alike >= _SOMEWHAT and _beside(a, b, ones, others)):
            return False
    timed = a.period is not None and a.period == b.period
    if (a.result or b.result) and not (timed or _of_now(a, b)):
        return False
    if a.metric and b.metric:
        if a.metric != b.metric:
            return False
        if a.spare and b.spare and not a.spare & b.spare:
            return False
        if a.spare != b.spare and not (_only(a, ones) and _only(b, others)):
            return False
        return timed or alike >= _SOMEWHAT or (_only(a, ones) and _only(b, others))
    shared = len(a.near & b.near)
    if shared < 2:
        return False
    return alike >= _ALIKE or (alike >= _SOMEWHAT and (timed or _beside(a, b, ones, others)))


def _only(claim: Claim, own: Sequence[Claim]) -> bool:
    """Whether an article gives a metric but one value in this unit."""
    return all(
        other.figure.value == claim.figure.value
        for other in own
        if other.metric == claim.metric
        and other.figure.unit == claim.figure.unit
        and other.growth == claim.growth
    )


def _beside(a: Claim, b: Claim, ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether figures beside the two, in their sentences, are the same."""
    beside = [one for one in ones if one.figure.sentence == a.figure.sentence and one is not a]
    beside2 = [other for other in others if other.figure.sentence == b.figure.sentence and other is not b]
    return any(
        one.figure.unit == other.figure.unit and agree(one.figure, other.figure)
        for one in beside
        for other in beside2
    )


def _one_subject(a: Claim, b: Claim) -> bool:
    """Whether two figures may be one subject's: by name, or because one sentence names the other's."""
    if not a.subjects or not b.subjects or same_name(a.subjects, b.subjects):
        return True
    return _mentions(b, a.subjects) or _mentions(a, b.subjects)


def _mentions(claim: Claim, subjects: frozenset[str]) -> bool:
    stems = claim.names | claim.words | claim.serials
    return any(key in stems or key[:4] in stems or (key[:2] in stems and len(key) < 4) for key in subjects)


def _dice(ones: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(ones & others) / (len(ones) + len(others)) if ones and others else 0.0


def _likeness(a: Claim, b: Claim) -> float:
    return (
        _dice(a.near, b.near)
        + 0.3 * _dice(a.words, b.words)
        + 0.5 * (a.metric == b.metric and a.metric != "")
        + 0.3 * (a.period == b.period and a.period is not None)
        + 0.2 * bool(a.subjects & b.subjects)
    )


def _told(pairs: Sequence[tuple[Claim, Claim]], reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Disagreements, each with all who say something on it: pairs that share a side are one."""
    groups: list[set[Claim]] = []
    for pair in pairs:
        joined = set(pair).union(*(group for group in groups if not group.isdisjoint(pair)))
        groups = [group for group in groups if group.isdisjoint(pair)]
        groups.append(joined)
    told = [_disagreement(sorted(group, key=_place), reports) for group in groups]
    return tuple(sorted(told, key=lambda one: [(s.article, s.sentence, s.written) for s in one.sides]))


def _place(claim: Claim) -> tuple[int, int]:
    return claim.article, claim.figure.start


def _disagreement(claims: Sequence[Claim], reports: Sequence[Report]) -> Disagreement:
    sides: dict[tuple[int, object], Side] = {}
    for claim in claims:
        report, figure = reports[claim.article], claim.figure
        text = report.sentences[figure.sentence].text
        side = Side(report.id, figure.sentence, text, figure.value, figure.unit, figure.text)
        sides.setdefault((claim.article, figure.value), side)
    return Disagreement(
        subject=_most(claim.figure.subject for claim in claims),
        metric=_most(claim.figure.metric for claim in claims),
        period=_most(claim.period for claim in claims),
        sides=tuple(sides.values()),
    )


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], len(value), value)) if counts else None
