"""The expressions of ``configs/leaning.toml``, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..records import LeaningWords
from .expressions import any_of

_BOUNDARY = r"(?=[\s,，.…]|$)"
#: A surname, or the letter that stands for one.
_SURNAME = "남궁|황보|제갈|선우|독고|사공|서문|[가-힣A-Z]"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The expressions of `LeaningWords`, compiled; one that is empty matches nothing."""

    opening: re.Pattern[str]
    connective: re.Pattern[str]
    point: re.Pattern[str]
    further: re.Pattern[str]
    closing: re.Pattern[str]
    ending: re.Pattern[str]
    afterthought: re.Pattern[str]
    cause: re.Pattern[str]
    recap: re.Pattern[str]
    counted: re.Pattern[str]
    share: re.Pattern[str]
    address: re.Pattern[str]
    titled: re.Pattern[str]
    called: re.Pattern[str]
    team: re.Pattern[str]
    veiled: re.Pattern[str]
    day: re.Pattern[str]
    speaker: re.Pattern[str]
    recall: re.Pattern[str]
    measure: re.Pattern[str]
    bare_measure: re.Pattern[str]
    lists: re.Pattern[str]


@lru_cache(maxsize=4)
def compiled(words: LeaningWords) -> Patterns:
    """Compile the expressions of a word list, once."""
    openers = sorted(
        [*words.openers, *words.connectives, *words.further], key=lambda opener: (-len(opener), opener)
    )
    measures = sorted(words.measures, key=lambda measure: (-len(measure), measure))
    team = "(?: ?(?:연구)?팀)?"
    particle = "(?:는|은|이|가|도|의|에|와|과|를|을|로|께|에게|에게서|한테)(?![가-힣])"
    titles = "|".join(words.titles)
    when = "|".join([r"\d[\d~∼·.]*(?:분기|월|년|일)?", *sorted(words.frames)])
    close = r"[\s.!?…”\"'’)\]]*$"

    return Patterns(
        opening=any_of(openers, _BOUNDARY),
        connective=any_of(words.connectives, _BOUNDARY),
        lists=any_of(words.lists),
        point=any_of([*words.first, *words.further], _BOUNDARY),
        further=any_of(words.further, _BOUNDARY),
        closing=any_of([*words.endings, *words.afterthoughts, *words.causes], close),
        ending=any_of(words.endings, close),
        afterthought=any_of(words.afterthoughts, close),
        cause=any_of(words.causes, close),
        recap=any_of(words.recaps),
        counted=any_of(words.counted),
        share=any_of(words.shares),
        address=any_of(words.addresses, close),
        # What `called` looks for without the surname: whatever begins with letters is found much faster.
        titled=any_of([f"(?:{titles}){team}"] if titles else (), particle),
        called=any_of(
            [rf"(?<![가-힣A-Za-z])({_SURNAME}) ?({titles}){team}"] if titles else (),
            particle,
        ),
        team=any_of(words.teams),
        veiled=any_of(words.veiled),
        day=any_of(sorted(words.days)),
        speaker=any_of(sorted(word for word in words.speakers if len(word) > 1)),
        recall=any_of(sorted(words.recalls)),
        measure=any_of(measures),
        bare_measure=any_of(
            [rf"\W*(?:(?:{when})(?:에|에는|엔|의)?,? )*(?:{'|'.join(measures)})(?:\([^)]+\))?"]
            if measures
            else (),
            "(?:은|는|이|가|도) ",
        ),
    )
