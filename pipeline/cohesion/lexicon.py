"""The word lists that several rules share, and the expressions that are made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..korean.expressions import any_of, of_words
from ..korean.particles import PARTICLES, SUBJECT, TOO, TOPIC
from ..korean.times import CALENDAR
from ..records import CohesionRules

#: What an opening stands behind, and what has to follow it; what may follow an ending.
_LEADING = re.compile(r"[\s\"“”'‘’`(\[<〈《「『…·\-–—>*#]*+")
BOUNDARY, CLOSE = r"(?=[\s,，.…]|$)", r"[\s.!?…”\"'’)\]]*$"
#: Code points at the end of a text in which its ending is looked for.
TAIL = 24
_PARTICLE = f"(?:{'|'.join(PARTICLES)})(?![가-힣])"
#: The rule of 첫째: it opens a list, the further points lean on that.
_FIRST = "points.first"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by the name of their list, and expressions that look for some of these.

    Attributes
    ----------
    called
        A title, perhaps with a team, and a particle: 교수는, 교수팀이. Its group is the title.
    person
        A full name and its title, perhaps with a house between them.
    measure, bare_measure
        A result, and one that begins a text, perhaps after a time: 2분기 매출은.
    speaker, address
        A word, or the ending of a text, by which the writer or the reader is the subject.
    point
        How a point of a list opens.
    told
        How a sentence ends that says whose words those before it are.
    """

    words: Mapping[str, frozenset[str]]
    called: re.Pattern[str]
    person: re.Pattern[str]
    team: re.Pattern[str]
    veiled: re.Pattern[str]
    measure: re.Pattern[str]
    bare_measure: re.Pattern[str]
    speaker: re.Pattern[str]
    address: re.Pattern[str]
    point: re.Pattern[str]
    told: re.Pattern[str]

    @classmethod
    def of(cls, rules: CohesionRules) -> Lexicon:
        """Compile the lists of the rules."""
        words, patterns = rules.words, rules.patterns
        points = (r for r in rules.rules if r.antecedent == "point" or r.id == _FIRST)
        further = (cue for rule in points for cue in rule.cue)
        measures = of_words(words["measures"])
        when = rf"\d[\d~∼·.]*(?:{'|'.join(CALENDAR)})?|{of_words(words['frames'])}"
        return cls(
            words=words,
            called=re.compile(rf"({of_words(words['titles'])})(?: ?(?:연구)?팀)?{_PARTICLE}"),
            person=re.compile(
                rf"(?<![가-힣])[가-힣]{{3}} (?:[가-힣A-Z]{{1,20}} )?[가-힣]{{0,10}}"
                rf"(?:{of_words(words['titles'])})(?![가-힣])"
            ),
            team=any_of(patterns["teams"]),
            veiled=any_of(patterns["veiled"]),
            measure=re.compile(measures),
            bare_measure=re.compile(
                rf"\W*(?:(?:{when})(?:에|에는|엔|의)?,? )*(?:{measures})(?:\([^)]+\))?"
                rf"(?:{of_words((*TOPIC, *SUBJECT[:2], TOO[0]))}) "
            ),
            speaker=re.compile(of_words(word for word in words["speakers"] if len(word) > 1)),
            address=any_of(patterns["addresses"], CLOSE),
            point=any_of([*patterns["heads"], *further], BOUNDARY),
            told=any_of(patterns["told"], CLOSE),
        )


def opening(text: str) -> int:
    """Where a text opens, behind quotation marks and brackets."""
    match = _LEADING.match(text)
    return match.end() if match else 0


def opens_point(text: str, lexicon: Lexicon) -> bool:
    """Whether a text opens with a point of a list."""
    return lexicon.point.match(text, opening(text)) is not None
