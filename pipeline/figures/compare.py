"""Where articles, or the sentences of one, give values for the same thing that can't both be right."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from ..korean.periods import Calendar
from ..korean.spelling import key_of
from ..records import CompareRules, Disagreement, Figure, Report, Side, Token
from .agreeing import DATE
from .around import keys_of, owner_of
from .claims import Claim, Seen, claims_of
from .facing import Facing
from .fiscal import quarters_of
from .matching import (
    ALIKE,
    SOMEWHAT,
    confirms,
    dice,
    left_opposed,
    likeness,
    named_alike,
    of_parts,
    opposed,
    timed,
    told_alike,
    worded_alike,
)
from .milestones import milestones
from .sameness import Place, sameness, worded_of_one
from .values import are_near

Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]

#: A day for articles that tell none, so that their periods are reckoned alike.
_SOME_DAY = date(2000, 6, 15)
#: Figures that two articles on one event have in common.
_LINKED = 2.5
#: What a small or round figure adds to them; articles of a batch that may hold a name that tells an event.
_CHANCE, _RARE = 0.1, 8
_LEAST = 2
#: Letters of a subject that may be a name.
_NAME = 3
#: Articles that hold one name, of which each is compared with each.
_FEW = 60
#: Articles up to which those of an event are compared each with each, and with how many otherwise.
_WHOLE, _FULLEST = 200, 5
#: Figures of an article that are compared.
_FIGURES = 400
#: How likely two figures of one event have to be one thing to be told as differing: mornings that are left
#: out of training have nothing above it that is no disagreement.
_SURE = 0.6


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
    stories = [tuple(members) for members in stories]
    claims = claims_of_batch(reports, tokenize, rules, stories)
    pairs = [pair for own in claims for pair in _inside(own, rules)]
    told_of = _of_one_event(claims, stories, rules)
    compared = sorted(told_of | _of_one_name(claims))
    facing = Facing(claims, rules).pairs(compared, [pair in told_of for pair in compared])
    for (a, b), open_, told in facing:
        pairs += _across(claims[a], claims[b], (a, b) in told_of, rules, open_, told)
    return _told(pairs, reports)


def claims_of_batch(
    reports: Sequence[Report], tokenize: Tokenize, rules: CompareRules, stories: Iterable[Sequence[int]]
) -> list[list[Claim]]:
    """The figures of each report that are compared, with what stands around them.

    Parameters
    ----------
    tokenize
        Texts to morphemes.
    stories
        Positions of the reports that tell of one event.
    """
    own_quarters = [quarters_of(" ".join([one.text for one in report.sentences])) for report in reports]
    quarters = list(own_quarters)
    for members in stories:
        told = {number: months for n in members for number, months in own_quarters[n].items()}
        for n in members:
            quarters[n] = {**told, **own_quarters[n]}
    days = sorted(report.source.day for report in reports if report.source.day)
    default = days[-1] if days else _SOME_DAY
    # When something is done is compared as figures are, among its like.
    dates = [milestones(report, _calendar(report, default), rules) for report in reports]
    indices = [
        sorted({figure.sentence for figure in (*report.figures, *own)})
        for report, own in zip(reports, dates, strict=True)
    ]
    texts = [report.sentences[i].text for report, own in zip(reports, indices, strict=True) for i in own]
    analysed = iter(tokenize(texts))
    tokens = [{i: next(analysed) for i in own} for own in indices]
    found: list[list[Claim]] = []
    seen: Seen = {}  # outlets repeat each other word for word
    for n, (report, own) in enumerate(zip(reports, dates, strict=True)):
        calendar = _calendar(report, default)
        kinds = (report, replace(report, figures=own)) if own else (report,)
        of_kind = [claims_of(n, one, tokens[n], calendar, rules, quarters[n], seen) for one in kinds]
        found.append([claim for several in of_kind for claim in several[:_FIGURES]])
    return found


def within(
    report: Report, tokens: Mapping[int, Sequence[Token]], rules: CompareRules
) -> tuple[Disagreement, ...]:
    """Disagreements inside an article.

    Parameters
    ----------
    tokens
        Morphemes of its sentences, by index.
    """
    by_name: defaultdict[tuple[str | None, str, str, str], list[Figure]] = defaultdict(list)
    for one in report.figures:
        listed = report.sentences[one.sentence].kind == "item"
        if one.metric and "metric" not in one.inherited and not listed:
            by_name[one.period, one.metric, one.unit, one.kind].append(one)
    # What gives one metric one value, or tells its values in one sentence, needs no closer look.
    sentences: set[int] = set()
    for own in by_name.values():
        told = {one.sentence for one in own}
        if len(told) > 1 and len({one.value for one in own}) > 1:
            sentences |= told
    figures = [one for one in report.figures if one.sentence in sentences]
    if len(figures) <= _FIGURES:
        sentences = _of_shared_subjects(report, figures, tokens, rules)
    if not sentences:
        return ()
    kept = replace(report, figures=tuple(one for one in figures if one.sentence in sentences))
    claims = claims_of(0, kept, tokens, _calendar(report, _SOME_DAY), rules, {}, {})[:_FIGURES]
    return _told(_inside(claims, rules), [report])


def _of_shared_subjects(
    report: Report, figures: Iterable[Figure], tokens: Mapping[int, Sequence[Token]], rules: CompareRules
) -> set[int]:
    """Sentences of figures that may be of whom another sentence's are: a closer look costs ten times as much.

    A figure's subject is its own or a name right before it, as `claims_of` decides. What `_inside` asks of
    two figures besides, as far as it takes no reading: one kind and unit, two values, a metric that is told.
    """
    holders: defaultdict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    ends: dict[int, int] = {}
    for one in figures:
        sentence = report.sentences[one.sentence]
        if not sentence.start <= one.start < sentence.end:
            continue
        text = sentence.text
        start = text.find(one.text, ends.get(one.sentence, 0))
        ends[one.sentence] = start + len(one.text) if start >= 0 else 0
        if one.kind != "share" and (one.metric is None or "metric" in one.inherited):
            continue
        owner = owner_of(tokens.get(one.sentence, ()), text, start) if start >= 0 else ""
        unit = rules.counters.get(one.unit, one.unit)
        for key in keys_of(one.subject, rules) | keys_of(owner, rules):
            holders[key, unit, one.kind].append(one)
    return {
        one.sentence
        for alike in holders.values()
        if len({one.sentence for one in alike}) > 1
        and len({one.value for one in alike}) > 1
        and any("subject" not in one.inherited for one in alike)
        for one in alike
    }


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
    values = [{(claim.unit, claim.figure.value) for claim in own} for own in claims]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, own_names in enumerate(names):
        for name in own_names:
            holders[name].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if len(members) <= _RARE:
            shared.update(combinations(members, 2))
    few = len(claims) <= _WHOLE
    told = {
        pair
        for members in stories
        for pair in (combinations(sorted(members), 2) if few else _with_fullest(members, claims))
    }
    found = set(told)
    for (a, b), count in shared.items():
        telling = [_telling(unit, value, rules) for unit, value in values[a] & values[b]]
        weight = sum(telling) + _CHANCE * (len(telling) - sum(telling)) + 0.5 * min(2, count - 1)
        if sum(telling) >= _LEAST and weight >= _LINKED:
            found.add((a, b))
    return found


def _with_fullest(members: Sequence[int], claims: Sequence[Sequence[Claim]]) -> Iterator[tuple[int, int]]:
    """Pairs of articles of which one is among those that tell most figures: what others tell, these do."""
    ordered = sorted(members, key=lambda n: (-len(claims[n]), n))
    for at, one in enumerate(ordered[:_FULLEST]):
        yield from ((min(one, other), max(one, other)) for other in ordered[at + 1 :])


def _of_one_name(claims: Sequence[Sequence[Claim]]) -> set[tuple[int, int]]:
    """Pairs of articles that give a metric of one subject."""
    holders: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
    for n, own in enumerate(claims):
        for claim in own:
            if claim.metric and claim.own:
                for key in claim.subjects:
                    holders[key, claim.metric, claim.unit].add(n)
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
    """Pairs of figures of one article: what it gives for one name, metric and period, in like sentences."""
    return [
        (a, b)
        for a, b in combinations(claims, 2)
        if a.figure.unit != DATE
        and a.figure.sentence != b.figure.sentence
        and not (a.listed or b.listed)
        and a.metric
        and a.metric == b.metric
        and a.spare == b.spare
        and a.subjects & b.subjects
        and (_proper(a) or _proper(b))
        and (a.own or b.own)
        and a.period == b.period
        and a.modal == b.modal
        and a.figure.kind == b.figure.kind
        and opposed(a, b, rules)
        and dice(a.near, b.near) >= (SOMEWHAT if a.period is not None else ALIKE)
    ]


def _proper(claim: Claim) -> bool:
    """Whether a figure's subject is a name that stands in its sentence."""
    return any(key.startswith(name) for key in claim.subjects for name in claim.names | claim.serials)


def _across(
    ones: Sequence[Claim],
    others: Sequence[Claim],
    linked: bool,
    rules: CompareRules,
    may_be_opposed: Sequence[Place],
    may_confirm: Sequence[Place],
) -> list[tuple[Claim, Claim]]:
    open_pairs = [(n, m) for n, m in may_be_opposed if _may_be_opposed(ones[n], others[m], linked, rules)]
    weighed: dict[Place, float] = {}
    likely = open_pairs
    if linked:
        # Nearly all pairs end here: only of the others it matters what speaks against them.
        near = [(n, m) for n, m in open_pairs if are_near(ones[n], others[m])]
        weighed = sameness(near, ones, others, rules, _SURE) if near else {}
        unlikely = {pair for pair in near if weighed.get(pair, 0.0) < _SURE}
        likely = [pair for pair in open_pairs if pair not in unlikely]
    if not likely:
        return []
    rows, columns = {n for n, _ in likely}, {m for _, m in likely}
    open_to = {n for n, _ in open_pairs}, {m for _, m in open_pairs}
    told = [
        (n, m)
        for n, m in may_confirm
        if (n in rows or m in columns)
        and (
            (n in open_to[0] and confirms(ones[n], others[m]))
            or (m in open_to[1] and confirms(others[m], ones[n]))
        )
    ]
    if linked:
        rivals = {(n, m) for n, m in (*open_pairs, *told) if n in rows or m in columns}
        scores = weighed | sameness(rivals - weighed.keys(), ones, others, rules)
    else:
        scores = {(n, m): likeness(ones[n], others[m]) for n, m in open_pairs}
        scores |= dict.fromkeys(told, math.inf)
    tops = [_tops(scores, own, side) for side, own in enumerate((others, ones))]
    return [
        (ones[n], others[m])
        for n, m in likely
        if _is_top(scores[n, m], others[m], tops[0][n]) and _is_top(scores[n, m], ones[n], tops[1][m])
    ]


def _tops(scores: Mapping[Place, float], own: Sequence[Claim], side: int) -> dict[int, dict[object, float]]:
    """For each figure of an article, how likely it is each value that the other one gives."""
    found: defaultdict[int, dict[object, float]] = defaultdict(dict)
    for pair, score in scores.items():
        values, value = found[pair[side]], own[pair[1 - side]].figure.value
        values[value] = max(values.get(value, -math.inf), score)
    return found


def _is_top(score: float, claim: Claim, tops: Mapping[object, float]) -> bool:
    """Whether a figure is likelier than all that have other values; the same one may be told twice."""
    return all(score > other for value, other in tops.items() if value != claim.figure.value)


def _may_be_opposed(a: Claim, b: Claim, linked: bool, rules: CompareRules) -> bool:
    """Whether two figures, whose values differ, may be one thing, however likely it is."""
    if linked and are_near(a, b):
        return left_opposed(a, b) and worded_of_one(a, b)
    named = named_alike(a, b, rules) or (linked and (told_alike(a, b) or worded_alike(a, b)))
    return named and left_opposed(a, b) and not of_parts(a, b) and (not linked or timed(a) == timed(b))


def _told(pairs: Sequence[tuple[Claim, Claim]], reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Disagreements, each with all who say something on it: pairs that share a side are one."""
    group_of: dict[Claim, list[Claim]] = {}
    groups: dict[int, list[Claim]] = {}
    for pair in pairs:
        # The members of the smaller group go into the larger one; what was joined last comes last.
        own = sorted({id(g): g for g in (group_of.setdefault(c, [c]) for c in pair)}.values(), key=len)
        for claim in own[0] if len(own) > 1 else ():
            own[-1].append(claim)
            group_of[claim] = own[-1]
        for one in own:
            groups.pop(id(one), None)
        groups[id(own[-1])] = own[-1]
    told = [_disagreement(sorted(group, key=_place), reports) for group in groups.values()]
    return tuple(sorted(told, key=lambda one: [(s.article, s.sentence, s.written) for s in one.sides]))


def _place(claim: Claim) -> tuple[int, int]:
    return claim.article, claim.figure.start


def _disagreement(claims: Sequence[Claim], reports: Sequence[Report]) -> Disagreement:
    sides: dict[tuple[int, object], Side] = {}
    for claim in claims:
        report, figure = reports[claim.article], claim.said
        text = report.sentences[figure.sentence].text
        side = Side(report.id, figure.sentence, text, figure.value, figure.unit, figure.text)
        sides.setdefault((claim.article, figure.value), side)
    named = [claim for claim in claims if claim.subjects & (claim.names | claim.serials)] or claims
    return Disagreement(
        subject=_most(claim.figure.subject for claim in named),
        metric=_most(claim.figure.metric for claim in claims if claim.metric),
        period=_most(claim.period for claim in claims),
        sides=tuple(sides.values()),
    )


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], len(value), value)) if counts else None
