"""Second mentions: 박 교수, 연구팀, 이번 실험 lean on the sentence that introduces them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, product

from ..records import LeaningWords, Token, Unit
from .clauses import is_person
from .outside import NAMES
from .patterns import Patterns

#: A noun that so many sentences name is what the article is about: any of them introduces it.
_TOPICAL = 3
#: What stands before a team that is told apart from others: 취리히대 연구팀, 최만수 교수(사진) 연구팀.
_TELLS_APART = NAMES | {"XPN", "XSN", "NNB", "NP", "NR", "SN", "MM", "ETM", "JKG", "JC", "SB", "SSC"}
#: Morphemes before it that are looked at for that.
_TELLING = 30
_SUBJECT = frozenset(("JKS", "JX", "JKG"))
_FIGURE = re.compile(r"\d")
_AGED = re.compile(r"\(\d\d(?:세)?[,)]")
_WHOLE_NAME = re.compile(r"(?<![가-힣])[가-힣]{3}")
#: What follows the surname, or the letter, of somebody whose name is kept back: 정모(34)씨, A(34)씨, B 씨.
_UNNAMED = re.compile(r"(?:(?<=[A-Z])|(?<=[가-힣])모) ?(?:\(\d\d(?:세)?[^)]*\))? ?(?:씨|군|양)(?![가-힣]{2})")
#: Code points of a full name, of a given name, and between the name and its title.
_NAME, _GIVEN, _APART = 3, 2, 28

#: What a sentence needs: one of these positions, the nearest first. Empty: there is none to be had.
Need = tuple[int, ...]


def introductions(
    i: int,
    units: Sequence[Unit],
    clause: Sequence[Token],
    words: LeaningWords,
    patterns: Patterns,
    title: Sequence[Token] = (),
) -> list[Need]:
    """For what a sentence mentions again, the sentences before it that introduce it.

    What nothing before introduces is no second mention, nor is somebody whom the title names.
    """
    text = units[i].text
    found = _people(i, units, patterns, title)
    if patterns.veiled.search(text):
        found += _veiled(i, units, patterns)
    if patterns.team.search(text):
        found.append(_team(i, units, patterns))
    if patterns.bare_measure.match(text) and _FIGURE.search(text):
        found.append(_owner(i, units, patterns))
    if patterns.recall.search(text) and (name := _recalled(clause, words)) is not None:
        found.append(naming(i, name, units)[0])
    return [need for need in found if need]


def naming(i: int, name: str, units: Sequence[Unit], title: Sequence[Token] = ()) -> tuple[Need, bool]:
    """The nearest sentence before that names a thing; any such when it is what the article is about.

    Returns
    -------
    need
        Nearest first; empty when there is none.
    about
        Whether the article is about it: many sentences name it, or the title.
    """
    named = [j for j, unit in enumerate(units) if _names(unit, name)]
    found = tuple(j for j in reversed(named) if j < i)
    about = len(named) >= _TOPICAL or any(token.form == name for token in title)
    return (found if about else found[:1]), about


def speaks_of_person(unit: Unit, words: LeaningWords) -> bool:
    """Whether a sentence names a person, or speaks of one by a noun or a pronoun."""
    return _AGED.search(unit.text) is not None or any(is_person(token, words) for token in unit.tokens)


def _names(unit: Unit, name: str) -> bool:
    return name in unit.text and any(t.form == name and t.tag in NAMES for t in unit.tokens)


def _people(i: int, units: Sequence[Unit], patterns: Patterns, title: Sequence[Token]) -> list[Need]:
    """For each of those called 박 교수, 박 교수팀 or A씨 here, the sentences that introduce them."""
    if not patterns.titled.search(units[i].text):
        return []
    called = {(match[1], match[2]) for match in patterns.called.finditer(units[i].text)}
    headline = _surface(title) if called else ""
    return [_person(i, units, *one) for one in sorted(called) if not _gives_name(headline, *one)]


def _surface(tokens: Sequence[Token]) -> str:
    """The text of tokens again, but for contractions."""
    return "".join(
        " " * (token.start > before.end) + token.form
        for before, token in pairwise((Token("", "", 0, 0), *tokens))
    )


def _person(i: int, units: Sequence[Unit], surname: str, title: str) -> Need:
    """The sentences that give the full name of someone called 박 교수; the first that speaks of A씨."""
    found = [j for j in range(i - 1, -1, -1) if _gives_name(units[j].text, surname, title)]
    if surname.isascii():
        return tuple(found[-1:])
    whole = [j for j in found if any(token.tag == "EF" for token in units[j].tokens[-4:])]
    # 집배원 고창일(52). is no sentence, but no by-line either.
    return tuple(whole or [j for j in found if _AGED.search(units[j].text)])


def _gives_name(text: str, surname: str, title: str) -> bool:
    """Whether a text introduces someone.

    백승조 … 대표, 백승조(47) 씨, 백승조씨, 대표 백승조; or, the name kept back, 백모(47)씨, A씨.
    """
    at = text.find(surname)
    while at >= 0:
        if _UNNAMED.match(text, at + len(surname), at + _APART):
            return True
        for end in {at + _NAME, at + len(surname) + _GIVEN}:
            after = text[end : end + _APART]
            ends = after.startswith((title, "씨")) or not "가" <= after[:1] <= "힣"
            titled = (
                title in after
                or "씨" in after
                or _AGED.match(after)
                or title in text[max(0, at - 3 - len(title)) : at]
            )
            if ends and titled and _WHOLE_NAME.match(text, at):
                return True
        at = text.find(surname, at + 1)
    return False


def _veiled(i: int, units: Sequence[Unit], patterns: Patterns) -> list[Need]:
    """For each company called A사 here, the first sentence that speaks of it."""
    called = sorted({match[0] for match in patterns.veiled.finditer(units[i].text)})
    first = ((j for j in range(i) if name in units[j].text) for name in called)
    return [(j,) for j in (next(found, None) for found in first) if j is not None]


def _team(i: int, units: Sequence[Unit], patterns: Patterns) -> Need:
    """The sentences that tell which team it is that is called 연구팀 here."""
    if not any(not own for own in _teams(units[i], patterns, subject=True)):
        return ()
    told = [(j, own) for j in range(i - 1, -1, -1) for own in _teams(units[j], patterns) if own]
    return tuple(dict.fromkeys(j for j, own in told if _is_same(own, told[0][1])))


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two teams are told apart by the same: 취리히대; or 구 교수팀 and one of 구민재 교수."""
    pairs = [sorted(pair, key=len) for pair in product(one, other)]
    return bool(one & other) or any(len(a) < _NAME <= len(b) and b.startswith(a) for a, b in pairs)


def _teams(unit: Unit, patterns: Patterns, subject: bool = False) -> list[frozenset[str]]:
    """For each team of a sentence the words before it that tell it apart; none for a bare 연구팀."""
    tokens, found = unit.tokens, []
    starts = [token.start for token in tokens] if patterns.team.search(unit.text) else []
    for match in patterns.team.finditer(unit.text):
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        if first == after or (first and tokens[first - 1].end > match.start()):
            continue
        if tokens[after - 1].end > match.end():
            continue  # 연구소장
        if subject and (after == len(tokens) or tokens[after].tag not in _SUBJECT):
            continue
        n = first
        while n and first - n < _TELLING and tokens[n - 1].tag in _TELLS_APART:
            n -= 1
        found.append(frozenset(unit.text[tokens[n].start : match.start()].split()))
    return found


def _owner(i: int, units: Sequence[Unit], patterns: Patterns) -> Need:
    """The nearest sentence that says whose results are told: 북미 사업부의 매출은, not 2분기 매출은."""
    for j in range(i - 1, -1, -1):
        text = units[j].text
        if patterns.measure.search(text) and not patterns.bare_measure.match(text):
            return (j,)
    return ()


def _recalled(clause: Sequence[Token], words: LeaningWords) -> str | None:
    """The noun of 이번 실험은, unless the clause names it before."""
    for n, token in enumerate(clause[:-1]):
        if token.form in words.recalls and token.tag == "NNG":
            name = clause[n + 1]
            known = any(own.form == name.form for own in clause[:n])
            if name.tag in NAMES and name.form not in words.recurring and not known:
                return name.form
    return None
