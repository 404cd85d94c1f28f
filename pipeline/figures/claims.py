"""What is known of a figure beside its record, to tell whether another one is of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..korean.spelling import is_short_for, key_of
from ..korean.tags import NAMES, NAMING, NOUNS, PREDICATES
from ..records import CompareRules, Figure, Report, Token
from .agreeing import bound_of
from .periods import Calendar, find_periods

#: Units that a growth is told in, and what follows a metric that is one.
_SHARES = frozenset({"%", "배"})
_GROWTH = re.compile(r"\s?(?:성장률|증가율|증감률|상승률|하락률|감소율|신장률|증가폭)$")
_QUARTERLY = re.compile(
    r"전\s?분기|직전\s?분기|QoQ|분기\s?(?:대비|보다|성장|만에)|분기 \S{1,6}\s?(?:성장|증가)", re.IGNORECASE
)
_MONTHLY = re.compile(r"전월|MoM|한 달 (?:전|새)|지난달보다", re.IGNORECASE)
_YEARLY = re.compile(r"전년|작년|지난해|1년 (?:전|새)|YoY|연\s", re.IGNORECASE)
_FROM = re.compile(r"[^\s\d]{0,3}에서(?:는|도)?\s")
_TO = re.compile(r"[^\s\d]{0,3}?(?:으로|로|까지)(?![가-힣])")
_THAN = re.compile(r"[^\s\d]{0,2}(?:보다|에 비해|대비|와 견줘|과 견줘)")
_PAST = re.compile(r"[았었였했됐갔왔났랐렀켰졌쳤꼈]")
_FILLING = re.compile(r"(?:약|총|최대|최소|평균|무려|각각|전체|고작|거의|합계)?\s*$")
_CURRENT = re.compile(r"(?:현재|최근|지금).{0,16}(?:분기|성장률|연\s?$|연\s?\d)|분기 매출이")
_SERIAL = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{1,12}-?\d{1,4}[A-Za-z]?(?![A-Za-z\d])")
_QUARTER_LIKE = re.compile(r"(?:Q|H|FY)\d+", re.IGNORECASE)
#: Where a clause ends.
_CLAUSE = re.compile(r"[,;]|(?<=[며고만데])\s")
_ANNUAL = re.compile(r"연간|한 해|연\s?\d")


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A figure with what stands around it.

    Attributes
    ----------
    article
        Position of its report.
    subjects
        Keys under which its subject goes; empty where it has none.
    metric, growth
        The metric without 성장률 and its like, and whether it is one's growth.
    spare
        What stands before the last word of the metric: 회원 in 회원 갱신율.
    over
        What its growth is measured against.
    period
        Its own, or the nearest that its sentence names.
    own
        Whether its sentence tells subject and metric.
    near, words, names
        Stems around it up to the figures beside it, those of its sentence, and the names among them.
    label
        A noun right before it.
    apart
        Words of each group of `CompareRules.apart` that stand around it.
    parts
        Names of parts of a whole around it.
    serials
        Names with a number around it: ATTO-2.
    each
        How often or for what each it is.
    modal
        ``expected``, ``planned``, ``past`` or ``plain``.
    role
        ``old`` for what another one takes the place of, ``aside`` for what it is measured against.
    running
        Whether it grows from day to day.
    listed
        Whether it stands in an item of a list.
    result
        Whether its metric is one that a report gives for its quarter or year.
    current
        Whether it is told of the quarter that is the last one: 현재 분기 매출.
    annual
        Whether it is told of a year that is not named.
    """

    article: int
    figure: Figure
    day: str | None
    subjects: frozenset[str]
    metric: str
    spare: frozenset[str]
    growth: bool
    over: str
    period: str | None
    own: bool
    near: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    label: str
    apart: tuple[frozenset[str], ...]
    parts: frozenset[str]
    serials: frozenset[str]
    each: str
    modal: str
    role: str
    bound: str
    running: bool
    listed: bool
    result: bool
    current: bool
    annual: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Compiled:
    apart: tuple[re.Pattern[str], ...]
    part: re.Pattern[str]
    each: re.Pattern[str]
    expected: re.Pattern[str]
    planned: re.Pattern[str]
    old: re.Pattern[str]
    running: re.Pattern[str]
    names: Mapping[str, str]
    results: frozenset[str]


@lru_cache(maxsize=4)
def _compiled(rules: CompareRules) -> _Compiled:
    def any_of(words: Iterable[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))

    return _Compiled(
        tuple(re.compile("|".join(one.words)) for one in rules.apart),
        re.compile(
            rf"([가-힣A-Za-z0-9·]{{1,12}})(?:(?<![은는이가을를로에의과와도서])\s)?(?:{any_of(rules.part)})(?![가-힣]{{2}})"
        ),
        re.compile(rf"(?<![가-힣])({any_of(rules.each)})(?:에|으로)?\s?(?:약|최대|평균|총|무려)?\s?$"),
        re.compile(any_of(rules.expected)),
        re.compile(any_of(rules.planned)),
        re.compile(rf"(?:{any_of(rules.old)})(?:의|에는|엔)?\s?(?:약|최대|연|월)?\s?$"),
        re.compile(any_of(rules.running)),
        {key_of(form): key_of(group[0]) for group in rules.aliases for form in group},
        frozenset(key_of(m.name) for m in rules.figures.metrics if m.result),
    )


def keys_of(name: str | None, rules: CompareRules) -> frozenset[str]:
    """Keys under which a name goes: its own, that of its last word, each by its alias."""
    if not name:
        return frozenset()
    names = _compiled(rules).names
    words = name.split()
    forms = {key_of(name), key_of(words[-1])}
    return frozenset(names.get(form, form) for form in forms)


def same_name(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two names are one, or one is the other's short form: 태산 and 태산홀딩스."""
    if ones & others:
        return True
    return any(
        len(min(a, b, key=len)) >= 2
        and (a.startswith(b) or b.startswith(a) or is_short_for(a, b) or is_short_for(b, a))
        for a in ones
        for b in others
    ) and not any(a[-1:].isdigit() or b[-1:].isdigit() for a in ones for b in others)


def claims_of(
    article: int,
    report: Report,
    tokens: Mapping[int, Sequence[Token]],
    calendar: Calendar,
    rules: CompareRules,
) -> list[Claim]:
    """The figures of a report, those in tables left out, with what stands around them.

    Parameters
    ----------
    tokens
        Morphemes of the sentences with figures, by index.
    calendar
        What periods are reckoned from; that of the event, where the article tells no day.
    """
    by_sentence: dict[int, list[Figure]] = {}
    for figure in report.figures:
        sentence = report.sentences[figure.sentence]
        if sentence.start <= figure.start < sentence.end:
            by_sentence.setdefault(figure.sentence, []).append(figure)
    found: list[Claim] = []
    for index, figures in by_sentence.items():
        sentence = report.sentences[index]
        if sentence.kind in ("boilerplate", "heading"):
            continue
        places = []
        at = 0
        for figure in figures:
            at = sentence.text.find(figure.text, at)
            if at < 0:
                break
            places.append((at, at + len(figure.text)))
            at += len(figure.text)
        if len(places) < len(figures):
            continue
        found += _in_sentence(
            article, report, figures, places, sentence.text, tokens.get(index, ()), calendar, rules
        )
    return found


def _in_sentence(
    article: int,
    report: Report,
    figures: Sequence[Figure],
    places: Sequence[tuple[int, int]],
    text: str,
    tokens: Sequence[Token],
    calendar: Calendar,
    rules: CompareRules,
) -> list[Claim]:
    compiled = _compiled(rules)
    roles = [_role(text, n, places, compiled) for n in range(len(places))]
    periods = [one for one in find_periods(text, calendar, rules.figures) if one.name]
    words = frozenset(_stems(tokens, 0, len(text), places, rules))
    commons = rules.figures.subjects["commons"]
    names = frozenset(
        key
        for token in tokens
        if token.tag in NAMES and token.form not in commons
        for key in keys_of(token.form, rules)
        if len(key) > 1 and not _inside(token.start, places)
    )
    found = []
    for n, figure in enumerate(figures):
        start, end = places[n]
        # The old value and the new one stand together.
        first = n - 1 if n and roles[n - 1] == "old" and roles[n] == "" else n
        left = places[first - 1][1] if first else 0
        right = places[n + 1][0] if n + 1 < len(places) else len(text)
        before, behind = text[left:start], text[end:right]
        head = text[: places[0][0]]
        around = f"{before} {_CLAUSE.split(behind, maxsplit=1)[0]}"
        told = figure.metric if "metric" not in figure.inherited else None
        growth = figure.unit in _SHARES and figure.kind == "change"
        if figure.unit in _SHARES and told and _GROWTH.search(told):
            growth, told = True, _GROWTH.sub("", told)
        metric_words = (told or "").split()
        metric = key_of(metric_words[-1]) if metric_words else ""
        if metric in rules.vague:
            metric = ""
        period = figure.period
        if period is None:
            named = [one for one in periods if one.end <= start and not _THAN.match(text, one.end)]
            period = named[-1].name if named else None
        if period and "Q" in period and "period" in figure.inherited and _ANNUAL.search(text, left, start):
            period = period.partition("Q")[0]
        apart = []
        for pattern, one in zip(compiled.apart, rules.apart, strict=True):
            here = set(pattern.findall(f"{figure.metric or ''} {around}"))
            if not here and one.narrows:
                here = set(pattern.findall(head))
            apart.append(frozenset(map(key_of, here)))
        found.append(
            Claim(
                article=article,
                figure=figure,
                day=report.source.published,
                subjects=keys_of(figure.subject, rules),
                metric=metric,
                spare=frozenset(map(key_of, metric_words[:-1])),
                growth=growth,
                over=_over(figure, text, left, start, end, right) if growth or figure.unit == "%p" else "",
                period=period,
                own="subject" not in figure.inherited and "metric" not in figure.inherited,
                near=frozenset(_stems(tokens, left, right, places, rules)),
                words=words,
                names=names,
                label=_label(tokens, text, start, rules),
                apart=tuple(apart),
                parts=frozenset(
                    key_of(m[1])
                    for m in compiled.part.finditer(f"{figure.subject or ''} {before}")
                    if not m[1][0].isdigit()
                ),
                serials=frozenset(_serials(text, tokens, left, right, places)),
                each=rules.each[each[1]] if (each := compiled.each.search(before)) else "",
                modal=_modal(figure, before, behind, text[end:], compiled),
                role=roles[n],
                bound=bound_of(behind),
                running=compiled.running.search(text) is not None,
                result=metric in compiled.results,
                current=figure.period is None
                and period is None
                and _CURRENT.search(text, 0, start) is not None,
                annual=period is None and _ANNUAL.search(text, left, start) is not None,
                listed=report.sentences[figure.sentence].kind == "item",
            )
        )
    return found


def _inside(at: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _stems(
    tokens: Sequence[Token], left: int, right: int, places: Sequence[tuple[int, int]], rules: CompareRules
) -> Iterable[str]:
    """Stems of words between two places; two syllables of a noun stand for it (양산품, 양산)."""
    names = _compiled(rules).names
    for token in tokens:
        if token.start < left or token.end > right or _inside(token.start, places):
            continue
        if token.tag in NOUNS or token.tag in PREDICATES:
            key = key_of(token.form)
            if key in rules.plain:
                continue
            key = names.get(key, key)
            yield key if token.tag not in NAMING or len(key) < 4 else key[:4]


def _serials(
    text: str, tokens: Sequence[Token], left: int, right: int, places: Sequence[tuple[int, int]]
) -> Iterable[str]:
    """Names with a number: ATTO-2, HBM4, 트레이니움2."""
    for match in _SERIAL.finditer(text, left, right):
        if not _inside(match.start(), places) and not _QUARTER_LIKE.fullmatch(match[0]):
            yield key_of(match[0])
    before: Token | None = None
    for token in tokens:
        if token.end > right:
            break
        inside = token.start < left or _inside(token.start, places)
        if token.tag == "W_SERIAL" and not inside:
            yield key_of(token.form)
        elif token.tag == "SN" and not inside and before is not None and before.tag in NAMES:
            yield from [key_of(before.form + token.form)] if before.end == token.start else []
        before = token


def _role(text: str, n: int, places: Sequence[tuple[int, int]], compiled: _Compiled) -> str:
    start, end = places[n]
    if compiled.old.search(text[:start]):
        return "old"
    if n + 1 < len(places) and places[n + 1][0] - end < 24 and _FROM.match(text, end):
        following = places[n + 1][1]
        if _TO.match(text, following) or text[following : following + 1] in (" ", ""):
            return "old"
    if text[max(0, start - 1) : start] == "(" or _THAN.match(text, end):
        return "aside"
    return ""


def _label(tokens: Sequence[Token], text: str, start: int, rules: CompareRules) -> str:
    """A noun that stands right before a figure, with no particle between."""
    filling = _FILLING.search(text, 0, start)
    at = filling.start() if filling else start
    last = [token for token in tokens if token.end <= at]
    if last and last[-1].tag in NAMING and not text[last[-1].end : at].strip():
        key = key_of(last[-1].form)
        return (
            "" if key in rules.plain or last[-1].form in rules.each else _compiled(rules).names.get(key, key)
        )
    return ""


def _over(figure: Figure, text: str, left: int, start: int, end: int, right: int) -> str:
    near = text[left:start] + "#" + text[end:right]
    if _QUARTERLY.search(near.replace("#", figure.text)):
        return "QoQ"
    if _MONTHLY.search(near):
        return "MoM"
    return figure.over or "YoY"


def _modal(figure: Figure, before: str, behind: str, rest: str, compiled: _Compiled) -> str:
    around = f"{before} # {behind}"
    if compiled.planned.search(rest if len(rest) < 80 else behind) and figure.modality != "opinion":
        return "planned"
    if figure.modality == "plan":
        return "planned"
    if compiled.expected.search(around) or figure.modality == "opinion":
        return "expected"
    if figure.modality == "forecast" and compiled.expected.search(rest):
        return "expected"
    return "past" if _PAST.search(behind) else "plain"
