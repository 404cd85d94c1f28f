"""What is known of an article before its figures are read: whom it is about, of what period, of what day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..korean.expressions import longest_first, of_words
from ..korean.names import is_name
from ..korean.particles import POSSESSIVE, TOPIC
from ..korean.periods import Calendar, moved, quarter_name
from ..korean.quotes import OPENS
from ..records import FigureRules
from .candidates import TOPICAL
from .context import About, Prominence, Sentence
from .owners import TOPICS

#: Code points of a name; what is longer is a description.
_LONGEST = 20
#: The same of what a title begins with (`_OPENING`).
_LONGEST_HEAD = 21
_DAY = 10
#: Sentences at the top of an article that name whom it is about.
LEAD = 3
#: Units at the top that tell of what period the results are.
_TOP = 10
#: Periods that an article names most.
_PERIODS = 2
#: Names that an article speaks of most.
_MOST = 5
#: What else stands behind the name of a company, and behind that of a source.
_SHARES, _SIDE, _BY = "주가(?![가-힣]{2})", "측[은이에]", "에 따르면"
_WORD = re.compile(r"[가-힣A-Za-z0-9&]{2,14}$")
_WORD_LENGTH = 14
_OPENING = re.compile(
    r"(?:\[[^\]]{1,12}\]\s?)?(?:(?P<name>[가-힣A-Za-z0-9&]{2,12}),\s"
    r"|(?P<dated>[가-힣A-Za-z0-9&]{2,12}(?: [가-힣A-Za-z0-9&]{2,8})?)\s(?:[1-4]분기|[상하]반기|20\d\d년)\s)"
)
#: How often an article names what its title begins with, at least.
_OFTEN = 4
_QUOTES = re.compile(f"[{OPENS}「]")
#: Before each quotation, where all are written in a row; no text has it.
_BEGINS = "\0"
#: The company behind a letter: 주식회사 가온배터리 대표이사.
_OWN = re.compile(
    r"(?:주식회사|㈜|\(주\))\s?(?P<a>[가-힣A-Za-z]{2,12})|(?P<b>[가-힣A-Za-z]{2,12})\s(?:대표이사|대표)\s[가-힣]"
    r"|(?P<c>[가-힣A-Za-z]{2,12})에서\s[^.\n]{1,20}(?:맡고|담당하|일하)"
)


class _Words(NamedTuple):
    """What stands behind names of companies and of sources, and what articles on trading and letters say."""

    company: re.Pattern[str]
    source: re.Pattern[str]
    sources: tuple[str, ...]
    trading: tuple[str, ...]
    ourselves: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(rules: FigureRules) -> _Words:
    own = rules.subjects
    office = rf"(?:{of_words(own['offices'])}|최고[가-힣]{{2,4}}책임자|[A-Z]{{2,5}}[ )])"
    sources = of_words(own["foretellers"])
    return _Words(
        # Every branch begins with a letter of its own, which the search looks for before all else.
        re.compile(rf" (?:{office}|{_SHARES}|{_SIDE})|\({office}|의 {_SHARES}|{_SHARES}|{_SIDE}"),
        re.compile(rf" (?:{sources})|{_BY}"),
        (*longest_first(own["foretellers"]), _BY),
        tuple(longest_first(own["trading"])),
        re.compile("|".join(longest_first(own["ourselves"]))),
    )


def about_of(read: Sequence[Sentence | None], calendar: Calendar, text: str, rules: FigureRules) -> About:
    """What is known of an article.

    Parameters
    ----------
    read
        Its sentences; None for those that have nothing to do with figures.
    """
    managers = _managers(_words(rules).company, text)
    main = main_name(read, managers) or next(iter(managers.values()), None)
    result, day = _defaults(read, calendar)
    told_of = main is not None and _is_told_of(main, read)
    titled = None if told_of else _titled(read)
    today = calendar.day.isoformat() if calendar.day else None
    names = [name for one in read if one is not None for name in one.names]
    return About(
        main=titled or main,
        told_of=told_of,
        known=told_of or titled is not None,
        title=" ".join(one.unit.text for one in read if one is not None and one.unit.kind == "title"),
        prominent=_prominent(read, text, managers, _words(rules)),
        persons=frozenset(managers),
        times=Counter([name.value for name in names]),
        topics=Counter([name.value for name in names if name.kind in TOPICAL]),
        proper=frozenset([name.value for name in names if name.name.proper]),
        result=result,
        day=day,
        top=_top(read),
        dated=day is not None and day != today,
        most=_most(read),
        month=today[:7] if today else None,
        year=calendar.year,
        market=sum(map(text.count, _words(rules).trading)) >= _OFTEN,
    )


def main_name(read: Sequence[Sentence | None], persons: Collection[str] = ()) -> str | None:
    """Whom the article is about: the name that is most often a topic, those of title and lead before all.

    What somebody says in an interview is about the company.
    """
    counts: Counter[str] = Counter()
    lead = True
    titled = False
    for one in read:
        if one is None:
            continue
        for phrase, name in one.phrases:
            if not name.subject or not name.proper or len(name.subject) > _LONGEST:
                continue
            if name.subject in persons:
                continue
            if one.unit.kind == "title":
                counts[name.subject] += 1 if titled else 4
                titled = True
            elif phrase.particle in TOPICS or name.metric or phrase.particle in POSSESSIVE:
                topic = phrase.particle in TOPIC
                counts[name.subject] += 2 if topic else 1
                if lead and topic:
                    counts[name.subject] += 4
                    lead = False
    best = max(counts, key=lambda name: (counts[name], -len(name), name), default=None)
    return best if best is not None and (counts[best] > 3 or len(counts) == 1) else None


def _is_told_of(main: str, read: Sequence[Sentence | None]) -> bool:
    """Whether the title names it, or the lead, and the article more than once."""
    named = [one for one in read if one is not None and main in one.unit.text]
    text = [one for one in read if one is not None and one.unit.kind == "body"][:LEAD]
    return len(named) > 1 and any(one.unit.kind == "title" or one in text for one in named)


def _titled(read: Sequence[Sentence | None]) -> str | None:
    """What the first quantity of a title is of, where no name is: 전력망 41GW."""
    for one in read:
        if one is not None and one.unit.kind == "title" and one.quantities:
            at = one.quantities[0].start
            for phrase, name in one.phrases:
                if name.subject and name.metric is None and 0 <= at - phrase.end <= 1:
                    return name.subject
    return None


@lru_cache(maxsize=4_096)
def _prominence(*features: str) -> Prominence:
    return Prominence(features)


def _prominent(
    read: Sequence[Sentence | None], text: str, managers: Mapping[str, str], words: _Words
) -> list[tuple[str, Prominence]]:
    """The names that an article speaks of most, with what speaks for each."""
    companies = _words_before(words.company, text) - managers.keys()
    counts: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    title: list[str] = []
    lead: list[str] = []
    bodies = 0
    for one in read:
        if one is None:
            continue
        bodies += one.unit.kind == "body"
        for _, name, value, kind in one.names:
            if not (name.proper or value in companies) or (name.metric and not name.owned):
                continue
            if value in managers:
                continue
            if len(value) > _LONGEST:
                continue
            counts[value] += 1
            topics[value] += kind in TOPICAL
            if one.unit.kind == "title":
                title.append(value)
            elif bodies <= 2 and one.unit.kind == "body" and kind in TOPICAL:
                lead.append(value)
    own_name = (
        next((m["a"] or m["b"] or m["c"] for m in _OWN.finditer(text)), None)
        if words.ourselves.search(text)
        else None
    )
    # Whoever speaks for a company speaks of it.
    own_name = own_name or next(iter(managers.values()), None)
    if own_name is not None:
        counts[own_name] += 1
    head = next((one.unit.text for one in read if one is not None and one.unit.kind == "title"), "")
    # 바로담, 2분기 흑자: a name that begins a title, though Kiwi may take it for other words (바로 담).
    opening = _OPENING.match(head)
    headed = (opening["name"] or opening["dated"]) if opening else None
    if headed and headed not in managers and text.count(headed) >= _OFTEN:
        counts[headed] += 1
        topics[headed] += 1
        title.insert(0, headed)
    if not counts:
        return []
    told = {value: text.count(value) for value in counts}
    score = {
        value: told[value]
        + 2 * topics[value]
        + 4 * (value in title)
        + 3 * (value in lead[:1])
        + 20 * (value == own_name)
        + 6 * (value in companies)
        for value in counts
    }
    ranked = sorted(counts, key=lambda value: (-score[value], value))[:_MOST]
    best = max(1, score[ranked[0]])
    sources = (
        _words_before(words.source, text) if any(word in text for word in words.sources) else frozenset()
    )
    quoted, in_head = _quoted(text), _quoted(head)
    firms = 0
    found = []
    for rank, value in enumerate(ranked):
        share = score[value] / best
        sort = _type(value, companies, sources, quoted)
        firms += sort == "company"
        many = min(told[value] * 20 // max(1, len(read)), 8) // 2
        features = (
            f"doc.{rank}",
            "doc.we" if value == own_name else "doc.they",
            f"doc.title.{title.index(value) if value in title[:2] else 'no'}",
            "doc.quoted" if _BEGINS + value in in_head else "doc.plain",
            f"doc.lead.{lead.index(value) if value in lead[:2] else 'no'}",
            f"doc.many.{many}",
            f"doc.share.{int(share * 4)}",
            f"firm.{min(firms, 3)}" if sort == "company" else "firm.-",
            f"type.{sort}",
        )
        found.append((value, _prominence(*features)))
    return found


def _managers(office: re.Pattern[str], text: str) -> Mapping[str, str]:
    """Full names before an office, by name the company between, where it is told too.

    서지안 of 서지안 한빛전자 대표, if 서지안 대표 stands there as well.
    """
    before, found = set[str](), dict[str, str]()
    for one in office.finditer(text):
        word = _word_before(text, one.start())
        if word is not None and is_name(word):
            before.add(word)
        elif word is not None and (name := _word_before(text, one.start() - len(word) - 1)) is not None:
            found.setdefault(name, word)
    return {name: company for name, company in found.items() if name in before}


def _word_before(text: str, end: int) -> str | None:
    """The word that ends there."""
    word = _WORD.search(text, max(0, end - _WORD_LENGTH), end) if end > 0 else None
    return word[0] if word else None


def _words_before(behind: re.Pattern[str], text: str) -> frozenset[str]:
    """The words that stand before what a pattern finds."""
    found = [_word_before(text, one.start()) for one in behind.finditer(text)]
    return frozenset([word for word in found if word is not None])


def _quoted(text: str) -> str:
    """How what stands in quotation marks begins, each behind a mark: for a name to be looked for in."""
    begins = [one.end() for one in _QUOTES.finditer(text)]
    return "".join([_BEGINS + text[start : start + _LONGEST_HEAD] for start in begins])


def _type(value: str, companies: frozenset[str], sources: frozenset[str], quoted: str) -> str:
    """What kind of name it is, by what stands beside it: a company, a product, who counts or foretells."""
    word = value.rpartition(" ")[2]
    if word in companies:
        return "company"
    if word in sources:
        return "source"
    return "product" if value[-1].isdigit() or _BEGINS + value in quoted else "-"


def _top(read: Sequence[Sentence | None]) -> str | None:
    """The first period that title or lead name, shorter than a year and longer than a day."""
    bodies = 0
    for one in read:
        if one is None:
            continue
        bodies += one.unit.kind == "body"
        if bodies > LEAD:
            break
        for period in one.periods:
            if period.name and not period.until and not period.passing and 4 < len(period.name) < _DAY:
                return period.name
    return None


def _most(read: Sequence[Sentence | None]) -> tuple[str, ...]:
    """The periods that are named most, not what is said by the way."""
    counts: Counter[str] = Counter()
    for sentence in read:
        for one in sentence.periods if sentence is not None else ():
            if one.name and not one.until and not one.passing:
                counts[one.name] += 1
    return tuple([name for name, count in counts.most_common(_PERIODS) if count > 1])


def _defaults(read: Sequence[Sentence | None], calendar: Calendar) -> tuple[str | None, str | None]:
    """The period that the article's results are of, and the day of its prices."""
    result = day = None
    this = False
    for nth, one in enumerate(one for one in read if one is not None):
        for period in one.periods:
            this = this or period.back == "same"
            if period.name is None or period.until:
                continue
            of_results = "Q" in period.name or "H" in period.name
            if result is None and of_results and (nth < _TOP or one.unit.kind == "heading"):
                result = period.name
            elif day is None and len(period.name) == _DAY:
                day = period.name
    if result is None and this and calendar.day is not None:
        result = moved(quarter_name((calendar.day.month + 2) // 3, calendar), "quarter")
    return result, day or (calendar.day.isoformat() if calendar.day else None)
