"""Names of people: a surname with a given name of one or two syllables (박도윤, 남궁민, 이솔)."""

from __future__ import annotations

import re

#: Surnames of two syllables.
COMPOUND_SURNAMES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
#: Surnames of one syllable, and rare ones, which begin more words than names.
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용나"
)
RARE_SURNAMES = frozenset("예경봉사부가복태목피두감동음빈온호범라")
#: Surnames in regular expressions: of one syllable, rare ones too; of two.
SURNAME = f"[{''.join(sorted(SURNAMES | RARE_SURNAMES))}]"
COMPOUND = "|".join(COMPOUND_SURNAMES)
#: What is said behind the name, or the letter, of somebody who is kept back: 정모씨, A양.
CALLED = ("씨", "군", "양")
#: A name as a by-line has it, whatever the surname.
BYLINE = "[가-힣]{2,4}"
_FULL_NAME = re.compile(rf"(?:{COMPOUND})[가-힣]{{1,2}}|[{''.join(sorted(SURNAMES))}][가-힣]{{2}}")


def is_name(word: str) -> bool:
    """Whether a word is made like a full name: a surname and two syllables; 남궁민 has one.

    Names of two syllables (이솔) look like other words too often.
    """
    return _FULL_NAME.fullmatch(word) is not None
