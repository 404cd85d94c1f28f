"""Particles (조사) by what they do, and those of them that are known by their spelling alone."""

from __future__ import annotations

from functools import lru_cache

from .expressions import of_words

SUBJECT = ("이", "가", "께서")
TOPIC = ("은", "는")
OBJECT = ("을", "를")
POSSESSIVE = ("의",)
PLACE = ("에", "에서", "에게", "에게서", "께", "한테")
WAY = ("로", "으로", "로서", "으로서", "로써", "으로써")
COMPANY = ("와", "과")
#: What joins two nouns; the second of each is a word of its own too.
JOINING = (*COMPANY, "이나", "나", "및")
#: Where something is, what was told of a place or of somebody: all that 에 begins.
AT = ("에", "엔", "에는", "에서", "에선", "에서는", "에게")
#: Of what adds to a noun, those that take a topic's place; what one defines has 란 behind it.
TOO, EVEN, DEFINED = ("도", "만"), ("마저", "조차"), ("란", "이란")
#: What adds to a noun or sets it apart.
UNTIL = "까지"
AUXILIARY = (*TOO, UNTIL, "부터", "처럼", "보다", *EVEN, "이나", "나")
#: What is said or thought of a noun: AI라는 말, 위기라고.
QUOTING = ("라고", "라는", "란", "이라고", "이라는", "이란", "라며", "이라며")
#: The copula, which is written like one: 문제이며.
COPULA = ("이다", "이며", "이고", "이라", "이었다", "였다")
#: Its past, behind a consonant and behind a vowel.
WAS = ("이었", "였")
#: How it ends a sentence, behind any noun; and behind one that ends in a vowel.
CLOSING = ("이다", "이었다", "입니다", "이었습니다", "이에요", "예요", "이죠", "이지요")
SHORT_CLOSING = ("다", "였다", "였습니다", "죠")

#: Kiwi's spellings of those that are contracted: 난(나는), 걸(것을).
CONTRACTED_TOPIC, CONTRACTED_OBJECT = "ᆫ", "ᆯ"
#: The topic of a sentence as its tokens spell it.
TOPICS = frozenset({*TOPIC, CONTRACTED_TOPIC, *DEFINED})

#: The commonest, with which most nouns of running text end.
COMMON = (*SUBJECT[:2], *TOPIC, *OBJECT, *POSSESSIVE, "에", "에서", "로", "으로", *COMPANY, "도", "만")
#: The same of one syllable, for a class of characters.
SYLLABLES = "".join(one for one in COMMON if len(one) == 1)
#: Those of two syllables that hardly a noun ends with.
LONGER = ("에서", "에게", "으로", "까지", "부터", "보다")
#: Of two one behind the other.
LAYERED = ("에는", "에도", "에서는", "으로는")
#: Syllables that most words of running text end with: particles and endings.
WORD_END = f"{SYLLABLES}서며고면지게데한된할될던린운른려여년월일까다요니"
#: All that follows a noun only; 은, 는, 을, 만 and 나 look like endings of verbs.
AMBIGUOUS = frozenset({*TOPIC, "을", "만", "이나", "나"})
#: All, longest first, as one is looked for at the end of a word.
PARTICLES = tuple(
    sorted(
        {*SUBJECT, *TOPIC, *OBJECT, *POSSESSIVE, *PLACE, *WAY, *COMPANY, *AUXILIARY, *QUOTING, "에서는"},
        key=lambda one: (-len(one), one),
    )
)  # fmt: skip

#: Particles besides, which are looked for only where a noun is known to end before them: 오늘만큼, 내년에야.
_MORE = ("만큼", "마다", "밖에", "대로", "까진", "부턴", "보단", "야", "라도", "이라도", "말고", "만해도")
#: How the copula goes on beside what stands above: 내년이면, 지금인가, 올해일까.
_BEING = (
    "인",
    "인가",
    "인데",
    "인지",
    "일",
    "일까",
    "일지",
    "임",
    "면",
    "지만",
    "라면",
    "라서",
    "니",
    "니까",
)
_IS = of_words((*COPULA, *CLOSING, *SHORT_CLOSING, *QUOTING, *_BEING, *(f"이{one}" for one in _BEING[8:])))
#: What may stand between a noun and the end of its word, as a part of an expression: 에는, 까지도, 이었다;
#: not 리기 behind 이번 달.
REST_OF_WORD = rf"(?:{of_words({*PARTICLES, *AT, *_MORE})}){{0,3}}(?:(?:{_IS})요?)?(?![가-힣])"

#: How particles and endings begin after a vowel and after a consonant. Kiwi's model knows one of the two.
ALLOMORPHS = (
    ("는다", "ᆫ다"),
    ("습", "ᆸ"),
    ("은", "ᆫ"),
    ("을", "ᆯ"),
    ("음", "ᆷ"),
    ("으", ""),
    ("이", ""),
    ("는", "은"),
    ("를", "을"),
    ("가", "이"),
    ("와", "과"),
    ("예요", "에요"),
)


@lru_cache(maxsize=1 << 14)
def bare(word: str, least: int = 2) -> str:
    """A word without its particle, as far as so many syllables are left."""
    return next(
        (word[: -len(one)] for one in PARTICLES if word.endswith(one) and len(word) - len(one) >= least), word
    )
