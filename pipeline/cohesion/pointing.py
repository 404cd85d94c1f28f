"""Pronouns and determiners that point at what was said: 이는, 그의, 이 드론은, 이러한 점에서."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..korean.pointing import BEFORE_NOUNS, SUCH
from ..korean.tags import NAMING, NOMINALS, NOUNS, PREDICATES, SUBJECTS
from ..records import Token
from .article import Article
from .lexicon import Lexicon
from .outside import COMMA, POINTING, POINTING_OR_ROOT, PRONOUN, ROOT, Outside, touches_noun

#: What may stand between a determiner and its noun: 이 '반년', 이 두 가지, 이 작은 칩.
_BEFORE_NOUN = PREDICATES | {"SSO", "MM", "XPN", "ETM"}
#: Tags of nouns for people; 씨 is a bound one.
_CALLING = NAMING | {"NNB"}


def named_by_determiner(i: int, article: Article) -> str | None:
    """The noun of 이 드론, 이들 드론, 그런 서비스, 이 점, unless it is named before.

    Only the first clause is looked at, and what a clause modifies (22㎞를 나는 이 드론), whose noun can't
    stand in that clause; and 이 틈을 behind a clause that no comma ends, for one that a comma ends may have
    said what is meant.
    """
    outside, words = article.outside[i], article.lexicon.words
    tokens = outside.tokens
    if not outside.has(POINTING_OR_ROOT):
        return None
    for n in sorted([*outside.where(POINTING), *_such(outside)]):
        token, start = tokens[n], n + 1
        late = n >= outside.first and not (token.tag == "MM" and outside.is_at(n - 1, "ETM"))
        if late and (token.form != "이" or _said(outside, n) or not _stands_apart(tokens, n)):
            continue
        if token.tag == "XR":
            start = n + 3
        elif token.tag != "NP":
            # Kiwi takes the first syllable of 이용 and 애저 for one, and the particle of 편의점이.
            if token.form not in words["determiners"] or touches_noun(tokens, n):
                continue
        elif token.form in BEFORE_NOUNS and outside.is_at(n + 1, "XSN") and outside.is_at(n + 2, *NOUNS):
            start = n + 2  # 이들 드론
        else:
            continue
        run = _noun_run(tokens, start)
        if not run or not words["set-phrases"].isdisjoint((tokens[start].form, run[0])):
            continue
        if run[0] in words["periods"] and any(own.tag == "SN" for own in tokens[:n]):
            continue  # 10월 1∼20일 … 이 기간
        if run[0] in words["empty-nouns"]:
            if late:
                continue  # 불에 태우면 이 과정에서 …
            return run[0]
        name = run[0] if run[0] in words["class-nouns"] else run[-1]  # 이 부문 매출은
        if not any(own.form == name and own.tag in NOUNS for own in tokens[:n]):
            return name
    return None


def _such(outside: Outside) -> Iterator[int]:
    """Where 이러한 and 그러한 stand, of which Kiwi makes a root, 하 and an ending."""
    for n in outside.where(ROOT):
        if outside.tokens[n].form in SUCH and outside.is_at(n + 1, "XSA") and outside.is_at(n + 2, "ETM"):
            yield n


def _said(outside: Outside, n: int) -> bool:
    """Whether a clause that a comma ends stands before a position."""
    return any(outside.is_at(comma - 1, "EC") for comma in outside.where(COMMA, 1, n + 1))


def _stands_apart(tokens: Sequence[Token], n: int) -> bool:
    """Whether a space follows: not 이자, of which Kiwi may make two."""
    return n + 1 < len(tokens) and tokens[n].end < tokens[n + 1].start


def _noun_run(tokens: Sequence[Token], start: int) -> list[str]:
    run: list[str] = []
    for token in tokens[start:]:
        if token.tag in NOMINALS:
            run.append(token.form)
        elif token.tag != "XSN" and (run or token.tag not in _BEFORE_NOUN):
            break
    return run


def points_back(i: int, article: Article) -> bool:
    """Whether a pronoun that means no person stands in the first clause, or first of all in a quotation."""
    return _has_pronoun(i, article) and not means_person(i, article)


def _has_pronoun(i: int, article: Article) -> bool:
    outside, pronouns = article.outside[i], article.lexicon.words["pronouns"]
    tokens = outside.tokens
    for n in outside.where(PRONOUN, 0, outside.first):
        if tokens[n].form in pronouns and not _named_before(tokens, n):
            return True
    for token in article.units[i].tokens:
        if not token.tag.startswith("S"):
            return token.tag == "NP" and token.form in pronouns
    return False


def means_person(i: int, article: Article) -> bool:
    """Whether a pronoun stands for a person whom nothing before it in the sentence names.

    In the first clause any such pronoun; later one that is a topic (… 묻자 그는).
    """
    outside, words = article.outside[i], article.lexicon.words
    tokens = outside.tokens
    for n in outside.where(PRONOUN, 0, max(0, len(tokens) - 1)):
        after = tokens[n + 1]
        if tokens[n].form not in words["person-pronouns"] or after.form not in words["person-particles"]:
            continue
        if n < outside.first:
            if not _named_before(tokens, n):
                return True
        elif after.tag == "JX":
            return not any(own.tag == "NNP" or is_person(own, article.lexicon) for own in tokens[:n])
    return False


def is_person(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a noun or pronoun for a person."""
    words = lexicon.words
    if token.tag == "NP":
        return token.form in words["person-pronouns"]
    return token.tag in _CALLING and (token.form in words["titles"] or token.form in words["people"])


def _named_before(tokens: Sequence[Token], n: int) -> bool:
    """Whether a person's or thing's name stands before a pronoun of the same clause: 김 대표는 그의 …."""
    possessive = n + 1 < len(tokens) and tokens[n + 1].tag == "JKG"
    return possessive and any(token.tag in SUBJECTS for token in tokens[:n])
