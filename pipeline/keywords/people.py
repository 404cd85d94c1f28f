"""People: names before what they are (박정우 해오름시장, 이수민 씨)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..records import KeywordRules, Unit
from .words import Word

_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용나")
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
    titled = re.compile(rf"\s?(?:[가-힣A-Za-z0-9&·]+\s){{0,3}}?[가-힣A-Za-z]{{0,8}}(?P<role>{role})(?![가-힣]{{2}})")
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    roles: dict[str, str] = {}
    for index, run in runs:
        for word in run:
            seen[word.key] += 1
            if _could_be(word) and (match := titled.match(texts[index], word.end)):
                named[word.key] += 1
                roles[word.key] = match["role"]
    return {key: roles[key] for key, n in named.items() if 2 * n >= seen[key]}


def _could_be(word: Word) -> bool:
    return (
        word.tag in ("NNP", "NNG")
        and bool(_NAME.fullmatch(word.text))
        and word.text[0] in _SURNAMES
        and word.rarity >= _KNOWN
    )
