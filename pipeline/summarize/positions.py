"""Between a document's units, by their indices, and the positions of a draft, which stay inside this step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..korean import some
from ..records import CONTENT_KINDS, Cohesion, Document, EditorModel, Kind, Lean, Reason, Unit
from .choose import Ties
from .draft import Draft, Ranked, Why
from .query import Query, answers


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
    place = {index: i for i, index in enumerate(content)}
    answered = answers(units, similar, query) if query else ()
    own = [one for one in themes if one is not None]
    return Draft(
        units=tuple(units[i] for i in content),
        tokens=some(document.tokens, content),
        vectors=central[content],
        heads=central[[unit.index for unit in units if unit.kind in ("title", "heading")]],
        themes=tuple((theme, scores.get(theme, 0.0)) for theme, scores in own),
        similar=similar[content],
        before=_kinds_before(units),
        title=document.title_tokens,
        sections=tuple(units[k].tokens if (k := units[i].section) is not None else () for i in content),
        answers=tuple(answered[i] for i in content) if answered else (),
        wanted=tuple(scores.get(wanted, 0.0) for _, scores in own) if wanted else (),
        leans=tuple(
            tuple(Lean(lean.rule, tuple(place[j] for j in lean.on), lean.joins) for lean in cohesion.leans[i])
            for i in content
        )
        if cohesion.leans
        else (),
        lists={place[line]: tuple(place[j] for j in below) for line, below in cohesion.lists.items()},
        cues=cues,
        model=model,
    )


def _kinds_before(units: Sequence[Unit]) -> tuple[Kind | None, ...]:
    """For each body sentence and item the kind of the unit right before it, boilerplate left out."""
    kinds: list[Kind | None] = []
    last: Kind | None = None
    for unit in units:
        if unit.kind in CONTENT_KINDS:
            kinds.append(last)
        if unit.kind != "boilerplate":
            last = unit.kind
    return tuple(kinds)


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
            ties=Ties.of(ranked, draft.first, places),
            ranked=ranked,
            places=places,
        )

    def reasons(self, chosen: Collection[int], method: str) -> tuple[Reason, ...]:
        """Why the chosen units were taken, best first.

        Parameters
        ----------
        method
            Names the only feature of a method that gives no reasons of its own: its salience.
        """
        ranked, places = self.ranked, self.places
        told = []
        for rank, i in enumerate(ranked.order, 1):
            if places[i] not in chosen:
                continue
            plain = ranked.salience[i]
            why = ranked.explain(i) if ranked.explain else Why(score=plain, features={method: plain})
            told.append(
                Reason(
                    sentence=places[i],
                    rank=rank,
                    score=why.score,
                    features=why.features,
                    redundancy=why.redundancy,
                    covers=why.covers,
                    needs=tuple(places[j] for j in ranked.needs[i]) if ranked.needs else (),
                    needed_by=places[why.needed_by] if why.needed_by is not None else None,
                    beat=tuple(replace(one, sentence=places[one.sentence]) for one in why.beat),
                )
            )
        return tuple(told)
