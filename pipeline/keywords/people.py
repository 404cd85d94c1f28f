"""People: names before what they are (박정우 해오름시장, 이수민 씨)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..korean.expressions import of_words
from ..korean.spelling import key_of
from ..records import KeywordRules
from .chunks import Chunks


@dataclass(frozen=True, slots=True)
class People:
    """People of an article.

    Attributes
    ----------
    roles
        By the key of their name, what the article says last that they are.
    hosts
        Keys of where the ones that the article asks come from (이서율 한빛증권 연구원), named for that only.
    """

    roles: dict[str, str]
    hosts: frozenset[str]


def people_in(text: str, chunks: Chunks, rules: KeywordRules) -> People:
    """People of an article: words that stand before a role in half of their places or more."""
    titled = _titled(rules)
    named: Counter[str] = Counter()
    roles: dict[str, str] = {}
    hosts: dict[str, list[str]] = {}
    for word, end in zip(chunks.words, chunks.ends, strict=True):
        if word.person and (match := titled.match(text, end)):
            named[word.key] += 1
            roles[word.key] = match["role"]
            hosts[word.key] = [key_of(host) for host in match["host"].split()]
    if not named:
        return People({}, frozenset())
    seen = Counter([word.key for word in chunks.words])
    found = {key: roles[key] for key, n in named.items() if 2 * n >= seen[key]}
    asked = [host for key, role in found.items() if role in rules.sources for host in hosts[key]]
    return People(found, frozenset(host for host in asked if seen[host] == 1))


@lru_cache(maxsize=4)
def _titled(rules: KeywordRules) -> re.Pattern[str]:
    """What stands between a name and what its holder is, and that."""
    role = of_words(rules.roles)
    return re.compile(
        rf"\s?(?P<host>(?:[가-힣A-Za-z0-9&·]+\s){{0,3}}?)[가-힣A-Za-z]{{0,8}}(?P<role>{role})(?![가-힣]{{2}})"
    )
