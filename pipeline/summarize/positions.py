"""Between a document's units, by their indices, and the positions of a draft, which stay inside this step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..records import CONTENT_KINDS, Cohesion, Document, EditorModel, Reason
from .choose import Ties
from .draft import Draft, Ranked
from .query import Query, answers
from .reasons import kinds_before, reasons


def draft_of(
    document: Document,
    *,
    similar: NDArray[np.float32],
    central: NDArray[np.float32],
    themes: Sequence[tuple[str, Mapping[str, float]] | None],
    query: Query | None,
    wanted: str,
    cohesion: Cohesion,
    cues: Mapping[str, tuple[str, ...]],
    model: EditorModel,
) -> Draft:
    """What a method is given of a document: its body sentences and items.

    Parameters
    ----------
    similar, central
        Unit rows of all units by the two heads, shape (units, d).
    themes
        Theme of each unit with the scores of all themes; None for what is neither body sentence nor item.
    query, wanted
        What the reader asks for; `wanted` is the id of a theme, empty without one.
    """
    units = document.units
    content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
    answered = answers(units, similar, query) if query else ()
    own = [one for one in themes if one is not None]
    return Draft(
        units=tuple(units[i] for i in content),
        vectors=central[content],
        heads=central[[unit.index for unit in units if unit.kind in ("title", "heading")]],
        themes=tuple((theme, scores.get(theme, 0.0)) for theme, scores in own),
        similar=similar[content],
        before=kinds_before(units),
        title=document.title_tokens,
        sections=tuple(units[k].tokens if (k := units[i].section) is not None else () for i in content),
        answers=tuple(answered[i] for i in content) if answered else (),
        wanted=tuple(scores.get(wanted, 0.0) for _, scores in own) if wanted else (),
        cohesion=cohesion,
        cues=cues,
        model=model,
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """A document's body sentences and items in order of merit, by their indices.

    Attributes
    ----------
    order
        Best first.
    salience
        By index.
    """

    order: tuple[int, ...]
    salience: dict[int, float]
    ties: Ties
    ranked: Ranked
    places: tuple[int, ...]

    @classmethod
    def of(cls, ranked: Ranked, draft: Draft) -> Ranking:
        """What a method makes of a draft, as indices of units."""
        places = tuple(unit.index for unit in draft.units)
        return cls(
            order=tuple(places[i] for i in ranked.order),
            salience=dict(zip(places, ranked.salience, strict=True)),
            ties=Ties.of(ranked, draft.units, places),
            ranked=ranked,
            places=places,
        )

    def reasons(self, chosen: Collection[int], method: str) -> tuple[Reason, ...]:
        """Why the chosen units were taken, best first; `method` is the name of the method."""
        return reasons(self.ranked, self.places, chosen, method)
