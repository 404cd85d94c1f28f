"""Endings of verbs and adjectives, by what they tell."""

from __future__ import annotations

#: Syllables that sentences end with before their stop: most, questions too, and 네.
PLAIN, POLITE = "다", "요죠"
STATED = PLAIN + POLITE
CLOSED = STATED + "까"
FINAL = CLOSED + "네"
#: … as somebody talks; how formal speech ends, statements and questions.
TALKED = FINAL.removeprefix(PLAIN)
FORMAL, FORMALLY_ASKED = "니다", "니까"
#: What ends a sentence, and what may close behind it, as parts of regular expressions; a line that ends so.
STOPS, CLOSER = ".!?…。", r"[\"'”’」』)\]]"
CLOSERS = f"{CLOSER}*"
STOPPED = rf"[{STOPS}]{CLOSERS}$"
#: … those of notes: 확인함, 발표됨.
NOMINAL = "음함됨임"
#: What stands before the 고 or 며 of what somebody says: 오른다고, 하자며.
QUOTED = "다라자냐"
#: Consonants that a syllable may end in, in the order of Unicode; none before them.
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def ending_in(consonant: str) -> frozenset[str]:
    """The syllables that end in a consonant: of ㄴ 간, 난, 단."""
    step = len(_CODAS)
    return frozenset(map(chr, range(ord("가") + _CODAS.index(consonant), ord("힣") + 1, step)))


def _closed_by(syllable: str, consonant: str) -> str:
    return chr(ord(syllable) + _CODAS.index(consonant))


#: Ends as chatting closes them with a consonant: 되용, 갑니당, 했넴.
CHATTED = "".join(_closed_by(end, added) for end in FINAL + "지여어자까" for added in "ㄱㄴㅁㅂㅅㅇㅋ")

#: What is to come, as Kiwi spells it: 늘어날, 먹을.
PROSPECTIVE = ("ᆯ", "을")
#: Syllables of a past that verbs are contracted with, and those of one that stand by themselves.
PAST = "았었였했됐갔왔났랐렀켰졌쳤꼈"
#: Any syllable that tells of the past, 있 and 겠 left out: 렸, 샀.
ANY_PAST = "".join(sorted(ending_in("ㅆ") - {"있", "겠"}))
TENSES = "었았였겠"
#: What a word ends with that began before it: endings, and particles behind a plural.
REST = (
    "다",
    "요",
    "며",
    "고",
    "지만",
    "면서",
    "니다",
    "다고",
    "다며",
    "다는",
    "라는",
    "습니다",
    "는데",
    "으며",
    "으면",
    "려고",
    "도록",
    "던",
    "들은",
    "들이",
    "들을",
    "들의",
    "들도",
)
