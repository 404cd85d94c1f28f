"""Sets of Kiwi's part-of-speech tags, each under the name of what it is for.

The tags are those of the Sejong corpus (21세기 세종계획) with Kiwi's own: ``W_`` for what is written as one
(``W_SERIAL``: serial numbers), and ``-R`` and ``-I`` for regular and irregular stems that look alike.
"""

from __future__ import annotations

from .columns import starting

#: Verbs and adjectives, with their regular and irregular stems.
VERBS = frozenset({"VV", "VV-R", "VV-I"})
ADJECTIVES = frozenset({"VA", "VA-R", "VA-I"})
#: What a clause says of its subject.
PREDICATES = VERBS | ADJECTIVES

#: Names as Kiwi knows them: proper nouns, and words in Latin letters or Chinese characters (美).
NAMES = frozenset({"NNP", "SL", "SH"})
#: Of these, names in Korean or Latin letters.
PROPER = frozenset({"NNP", "SL"})
#: Nouns in Korean letters, and those that 하다 makes verbs of (강력하다, 증가하다).
KOREAN_NOUNS = frozenset({"NNG", "NNP"})
VERBAL_NOUNS = frozenset({"NNG", "XR"})
#: Words that name a thing by themselves.
NAMING = NAMES | {"NNG"}
#: The same with the roots of verbs in 하다 (강력): what a sentence is about.
NOUNS = NAMING | {"XR"}
#: Numbers in digits, and those that are written as one with marks.
NUMBERS = frozenset({"SN", "W_SERIAL"})
#: The same in words: 여덟.
NUMERALS = frozenset({"SN", "NR"})
#: All that can stand for a noun in a sentence: bound nouns and numerals too.
NOMINALS = NOUNS | NUMBERS | {"NNB", "NR"}
#: What is no word by itself behind a noun: suffixes, bound nouns (명, 것).
DEPENDENT = frozenset({"XSN", "NNB"})
#: What a noun takes before and behind it to make another: 재-, -들.
AFFIXES = frozenset({"XPN", "XSN"})
#: What a noun phrase is put together of; what stands before the noun that it modifies: 그, 새로운, 나래의.
PHRASE = NOMINALS | AFFIXES | {"NP"}
MODIFIERS = frozenset({"MM", "ETM", "JKG"})
#: What a compound noun is put together of.
COMPOUND = NOUNS | NUMBERS | {"XSN", "XPN"}
#: Words that carry content, as TextRank counts them (Mihalcea & Tarau 2004): no endings, particles, adverbs.
CONTENT = NOUNS | NUMBERS | PREDICATES

#: What somebody does: verbs, and nouns made verbs by 하다 and 되다.
ACTIONS = VERBS | {"XSV"}
#: What makes verbs and adjectives of nouns: 하다, 되다, 스럽다; those that make adjectives, and adjectives.
VERBALIZERS = starting("XSV", "XSA")
ADJECTIVAL = starting("VA", "XSA")
#: Stems of all kinds, 이다 among them; endings; all that makes a predicate.
STEMMED, ENDINGS = starting("V"), starting("E")
PREDICATIVE = STEMMED | ENDINGS | starting("X")
#: Words that stand between a verb and its last ending: 갔-, 가고 있-.
AUXILIARY = frozenset({"EP", "VX"})
#: Where a clause ends, and where a sentence does, with its stop.
CLAUSE_ENDS, SENTENCE_ENDS = frozenset({"EC", "EF"}), frozenset({"EF", "SF"})
#: Words that point: determiners, pronouns. Kiwi may take a determiner for an exclamation.
POINTING = frozenset({"MM", "NP"})
POINTERS = POINTING | {"IC"}

#: Particles, and those of them that tell what a noun is to its verb.
PARTICLES, CASES = starting("J"), starting("JK")
#: Particles of the subject, and those of the topic (JX has 도, 만 and their like as well).
SUBJECTS = frozenset({"JKS", "JX"})
#: Symbols that are read aloud; all other tags in S are marks.
SPOKEN_SYMBOLS = frozenset({"SL", "SH", "SN"})
#: First two letters of the tags of stems and what follows them, and of all that begins no word.
STEMS = frozenset({"VV", "VA", "VX", "VC", "XS", "EP"})
BOUND = frozenset({"XS", "EP", "EF", "EC", "ET", "JK", "JX", "JC", "VC"})


#: Quotation marks and brackets.
BRACKETS = frozenset({"SS", "SSO", "SSC"})
#: Punctuation, and symbols that say nothing.
MARKS = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB"})


def is_mark(tag: str) -> bool:
    """Whether it is punctuation or a symbol that says nothing."""
    return tag in MARKS
