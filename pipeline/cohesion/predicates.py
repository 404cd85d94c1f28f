"""What a rule may ask of the morphemes of a sentence, and the conditions under which one says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from ..korean.endings import PROSPECTIVE
from ..korean.particles import TOPICS
from ..korean.quotes import SAID_CLOSING, SAID_OPENING, STRAIGHT
from ..korean.tags import NAMES
from .article import Article
from .lexicon import TAIL
from .mentions import bare_result, bare_team, is_owner_in_title, recalls, veiled
from .outside import tagged
from .people import called_again, names_person
from .pointing import means_person, named_by_determiner, points_back
from .quotation import goes_on, is_only_quotation
from .subjects import lacks_owner, topics

#: Of a unit: whether it holds, or what is to be found before; false when it does not.
Test = Callable[[int, Article], object]
#: Of an article: the positions of the units of which a test may hold.
Chance = Callable[[Article], Collection[int]]
#: Of a unit and where the cue stands in its text; None for a rule with a test.
Condition = Callable[[int, Article, Any], bool]

#: Particles of a topic that an ending may explain; 도 only adds to one.
_EXPLAINED = TOPICS
#: Forms of the ending of what is to come (늘어날 것이다), which Kiwi tags as ETM.
_PROSPECTIVE = frozenset(PROSPECTIVE)
_FIRST_QUOTE = re.compile(f"[^{SAID_OPENING}{STRAIGHT}]+[ ,][{SAID_OPENING}{STRAIGHT}]")
_COMMA, _SUBJECT, _NAME = tagged(["SP"]), frozenset(("JKS",)), NAMES
#: Longest sentence, in letters, that only points elsewhere.
_POINTER = 40


def leaves_subject_out(i: int, article: Article) -> bool:
    """Whether a body sentence that is not the first of its article has no subject."""
    return i > 0 and i in article.subjectless and article.units[i].kind == "body"


TESTS: dict[str, Test] = {
    "is_item": lambda i, article: article.units[i].kind == "item",
    "points_back": points_back,
    "means_person": means_person,
    "named_by_determiner": named_by_determiner,
    "calls_by_title": called_again,
    "calls_veiled_company": veiled,
    "recalls_noun": recalls,
    "calls_bare_team": bare_team,
    "bare_measure": bare_result,
    "lacks_owner": lambda i, article: lacks_owner(article.units[i], article.outside[i], article.lexicon),
    "lacks_subject": leaves_subject_out,
    "goes_on": lambda i, article: goes_on(article.units[i].text),
    "half_quoted": lambda i, article: i in article.quotations.halves,
    "closes_answer": lambda i, article: i in article.quotations.opened,
    "only_quotes": lambda i, article: is_only_quotation(article.units[i].text),
}


def _all_with(article: Article, found: re.Pattern[str]) -> Collection[int]:
    """All units of an article in which an expression finds something, else none."""
    return range(len(article.units) if found.search(article.text) else 0)


def _having(article: Article, *marks: str) -> Collection[int]:
    """The units that have one of some marks; most articles have none."""
    own = [mark for mark in marks if mark in article.text]
    return sorted({i for mark in own for i, unit in enumerate(article.units) if mark in unit.text})


#: What a test asks for at least, found for all of an article: most have no team, no A사 and few pronouns.
CHANCES: dict[str, Chance] = {
    "is_item": lambda article: [i for i, unit in enumerate(article.units) if unit.kind == "item"],
    "points_back": lambda article: article.pronouns,
    "means_person": lambda article: article.pronouns,
    "calls_veiled_company": lambda article: _all_with(article, article.lexicon.veiled),
    "recalls_noun": lambda article: _having(article, *article.lexicon.words["recalls"]),
    "calls_bare_team": lambda article: _all_with(article, article.lexicon.team),
    "bare_measure": lambda article: _all_with(article, article.lexicon.measure),
    "lacks_owner": lambda article: _all_with(article, article.lexicon.measure),
    "lacks_subject": lambda article: article.subjectless,
    "goes_on": lambda article: _having(article, SAID_CLOSING),
    "half_quoted": lambda article: article.quotations.halves,
    "closes_answer": lambda article: article.quotations.opened,
    "only_quotes": lambda article: _having(article, SAID_OPENING, STRAIGHT),
}


def has_topic(i: int, article: Article, cue: re.Match[str]) -> bool:
    """The sentence has a topic of its own."""
    outside = article.outside[i]
    return any(outside.tokens[n].form in _EXPLAINED for n in topics(outside, article.lexicon))


def foretells(i: int, article: Article, cue: re.Match[str]) -> bool:
    """A verb in ㄹ stands before the ending, which foretells and explains nothing: 늘어날 것이다."""
    words = article.lexicon.words["foretold"]
    if not cue[0].startswith(tuple(words)):
        return False
    before = next((token for token in reversed(article.outside[i].tokens) if token.start < cue.start()), None)
    return before is not None and before.tag == "ETM" and before.form in _PROSPECTIVE


def is_explained(i: int, article: Article, cue: re.Match[str]) -> bool:
    """The sentence itself says what it gives the reason of: 이유는 …; 급증했는데, …."""
    outside, words = article.outside[i], article.lexicon.words
    tokens = outside.tokens
    if any(n and tokens[n - 1].form in words["explained"] for n in topics(outside, article.lexicon)):
        return True
    return any(
        outside.is_at(n - 1, "EC") and tokens[n - 1].form in words["turns"] for n in outside.where(_COMMA, 1)
    )


def is_said_before(i: int, article: Article, cue: re.Match[str]) -> bool:
    """The last word of the cue stands before it in the sentence."""
    return cue[0].split()[-1] in article.units[i].text[: cue.start()]


def is_named_before(i: int, article: Article, cue: re.Match[str]) -> bool:
    """A name stands before the cue in the sentence: 한빛마트와 두레유통은 … 두 회사의."""
    return _stands_before(i, article, cue, _NAME)


def has_subject_before(i: int, article: Article, cue: re.Match[str]) -> bool:
    """The particle of a subject stands before the cue in the sentence."""
    return _stands_before(i, article, cue, _SUBJECT)


def _stands_before(i: int, article: Article, cue: re.Match[str], tags: frozenset[str]) -> bool:
    unit = article.units[i]
    # Whoever is quoted is not what he counts: 권 교수는 “두 문제를 함께 …”.
    quoted = _FIRST_QUOTE.match(unit.text, 0, cue.start())
    start = quoted.end() if quoted else 0
    return any(token.tag in tags and start <= token.start < cue.start() for token in unit.tokens)


def is_told_after(i: int, article: Article, cue: object) -> bool:
    """The next sentence says whose words a quotation is: … 부소장은 이같이 말했다."""
    after = article.units[i + 1].text if i + 1 < len(article.units) else ""
    return article.lexicon.told.search(after[-TAIL:]) is not None


CONDITIONS: dict[str, Condition] = {
    "topic-of-its-own": has_topic,
    "topic-or-foretold": lambda i, article, cue: has_topic(i, article, cue) or foretells(i, article, cue),
    "explained-topic": is_explained,
    "named-before": is_said_before,
    "name-before": is_named_before,
    "subject-before": has_subject_before,
    "told-after": is_told_after,
    "counted-from-one": lambda i, article, cue: "①" in article.units[i].text[: cue.start()],
    "person-in-title": lambda i, article, cue: names_person(article.headline, article.lexicon),
    "owner-in-title": lambda i, article, cue: is_owner_in_title(i, article),
    "long": lambda i, article, cue: len(article.units[i].text) > _POINTER,
}
#: The condition under which a rule only joins: a reader asked for the sentence.
ASKED = "asked"
