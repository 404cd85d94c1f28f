"""What the rules look at: the sentences and items of a document, quoted and not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..korean import TAG_IDS
from ..records import CONTENT_KINDS, Document, Kind, Token, Unit, kinds_before
from .lexicon import Lexicon
from .outside import Outside, outside_quotes
from .quotation import Quotations, quotations
from .subjects import lacks_subject

#: What a sentence needs: one of these positions, the nearest first. Empty: there is none to be had.
Need = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The body sentences and items of a document; all but the title by position in `units`.

    Attributes
    ----------
    before
        Kind of the unit right before each of them in the document, boilerplate left out; None at its start.
    outside
        The morphemes of each that are not quoted.
    text
        All of them, a line each.
    headline, title
        The title, and its morphemes.
    subjectless
        Positions of full sentences without a subject.
    pronouns
        Positions of what has a pronoun, quoted or not.
    """

    units: Sequence[Unit]
    before: Sequence[Kind | None]
    outside: Sequence[Outside]
    text: str
    headline: str
    title: Sequence[Token]
    subjectless: frozenset[int]
    pronouns: Sequence[int]
    quotations: Quotations
    lexicon: Lexicon

    @classmethod
    def of(cls, document: Document, lexicon: Lexicon) -> Article:
        """Read a document."""
        units = [unit for unit in document.units if unit.kind in CONTENT_KINDS]
        verbs = lexicon.words["particle-verbs"]
        tags, bounds = document.tokens.tag.astype("uint8").tobytes(), document.tokens.bounds.tolist()
        own_tags = [tags[bounds[unit.index] : bounds[unit.index + 1]] for unit in units]
        outside = [outside_quotes(unit, own, verbs) for unit, own in zip(units, own_tags, strict=True)]
        both = enumerate(zip(units, outside, strict=True))
        return cls(
            units=units,
            before=kinds_before(document.units),
            outside=outside,
            text="\n".join([unit.text for unit in units]),
            headline=document.title or "",
            title=document.title_tokens,
            subjectless=frozenset(i for i, (unit, own) in both if lacks_subject(unit, own, lexicon)),
            pronouns=[i for i, own in enumerate(own_tags) if TAG_IDS["NP"] in own],
            quotations=quotations(units),
            lexicon=lexicon,
        )
