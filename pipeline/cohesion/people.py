"""People who are called again by surname and title, or by a letter: 박 교수는, 남궁 교수팀이, A씨는."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..korean.expressions import of_words
from ..korean.names import CALLED, COMPOUND
from ..korean.spelling import is_syllable
from ..records import Token
from .article import Article, Need
from .lexicon import Lexicon

#: What a title stands behind: a surname, of two syllables too, or a letter for one that is kept back.
_SURNAME = re.compile(rf"(?:(?<![가-힣A-Za-z])(?:{COMPOUND}|[가-힣A-Z])) ?\Z")
_LONGEST = 4
_AGED = re.compile(r"\(\d\d(?:세)?[,)]")
_WHOLE_NAME = re.compile(r"(?<![가-힣])[가-힣]{3}")
#: What follows the surname, or the letter, of somebody whose name is kept back: 정모(34)씨, A(34)씨, B 씨.
_UNNAMED = re.compile(
    rf"(?:(?<=[A-Z])|(?<=[가-힣])모) ?(?:\(\d\d(?:세)?[^)]*\))? ?(?:{of_words(CALLED)})(?![가-힣]{{2}})"
)
#: Code points of a full name, of a given name, and between the name and its title.
_NAME, _GIVEN, _APART = 3, 2, 28

Called = tuple[str, str]


def called_again(i: int, article: Article) -> list[Called]:
    """Surname and title of those who are called so here, unless the title of the article names them."""
    text = article.units[i].text
    found = set()
    for match in article.lexicon.called.finditer(text):
        at = match.start()
        surname = _SURNAME.search(text[max(0, at - _LONGEST) : at])
        if surname is not None:
            found.add((surname[0].strip(), match[1]))
    if not found:
        return []
    headline = _surface(article.title)
    return sorted(one for one in found if not _gives_name(headline, *one))


def full_names(i: int, article: Article, called: Sequence[Called]) -> list[Need]:
    """For each of those called 박 교수 or A씨 the sentences that introduce them."""
    return [need for one in called if (need := _introductions(i, article, *one))]


def names_person(text: str, lexicon: Lexicon) -> bool:
    """Whether a title names somebody: 양시온 하람로보틱스 대표."""
    return lexicon.person.search(text) is not None


def is_aged(text: str) -> bool:
    """Whether somebody's age stands in a text: 고창일(52)."""
    return _AGED.search(text) is not None


def _introductions(i: int, article: Article, surname: str, title: str) -> Need:
    """The sentences that give the full name of someone called 박 교수; the first that speaks of A씨."""
    units = article.units
    found = [j for j in range(i - 1, -1, -1) if _gives_name(units[j].text, surname, title)]
    if surname.isascii():
        return tuple(found[-1:])
    whole = [j for j in found if any(token.tag == "EF" for token in units[j].tokens[-4:])]
    # 집배원 고창일(52). is no sentence, but no by-line either.
    return tuple(whole or [j for j in found if is_aged(units[j].text)])


def _surface(tokens: Sequence[Token]) -> str:
    """The text of tokens again, but for contractions."""
    return "".join(
        " " * (token.start > before.end) + token.form
        for before, token in pairwise((Token("", "", 0, 0), *tokens))
    )


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
            ends = after.startswith((title, CALLED[0])) or not is_syllable(after[:1])
            titled = (
                title in after
                or CALLED[0] in after
                or _AGED.match(after)
                or title in text[max(0, at - 3 - len(title)) : at]
            )
            if ends and titled and _WHOLE_NAME.match(text, at):
                return True
        at = text.find(surname, at + 1)
    return False
