"""People: names before what they are (박정우 해오름시장, 이수민 씨)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..records import KeywordRules, Unit
from .words import Word

_NAME = re.compile(r"[가-힣]{3}|(?:남궁|황보|제갈|선우|독고|사공|서문)[가-힣]{1,2}")
_KNOWN = 8.0  # nats: a word that the background has more than a few times is no person


def find(
    units: Sequence[Unit], runs: Sequence[tuple[int, list[Word]]], rules: KeywordRules
) -> dict[str, str]:
    """People by the key of their name, with the role that the article gives them last.

    A word is a person where half of its places or more are before a role.
    """
    texts = {unit.index: unit.text for unit in units}
    role = "|".join(sorted(map(re.escape, rules.roles), key=lambda r: (-len(r), r)))
    titled = re.compile(
        rf"\s?(?:[가-힣A-Za-z0-9&·]+\s){{0,3}}?[가-힣A-Za-z]{{0,8}}(?P<role>{role})(?![가-힣]{{2}})"
    )
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    roles: dict[str, str] = {}
    for index, run in runs:
        for word in run:
            seen[word.key] += 1
            if _could_be(word, rules) and (match := titled.match(texts[index], word.end)):
                named[word.key] += 1
                roles[word.key] = match["role"]
    return {key: roles[key] for key, n in named.items() if 2 * n >= seen[key]}


def _could_be(word: Word, rules: KeywordRules) -> bool:
    return (
        word.tag in ("NNP", "NNG")
        and bool(_NAME.fullmatch(word.text))
        and word.text[0] in rules.surnames
        and word.rarity >= _KNOWN
    )
