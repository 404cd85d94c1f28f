"""A draft of a document: its units by their indices into positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..korean import some
from ..records import (
    CONTENT_KINDS,
    Cohesion,
    Document,
    Draft,
    EditorModel,
    Figure,
    Lean,
    kinds_before,
)
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
    figures: Sequence[Figure] = (),
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
    figures
        Those of the document. A table's are left out: no sentence says them.
    """
    units = document.units
    content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
    place = {index: i for i, index in enumerate(content)}
    answered = answers(units, similar, query) if query else ()
    own = [one for one in themes if one is not None]
    told: dict[int, list[Figure]] = {}
    for figure in figures:
        unit = units[figure.sentence]
        if unit.start <= figure.start < unit.end:
            told.setdefault(figure.sentence, []).append(figure)
    return Draft(
        units=tuple(units[i] for i in content),
        tokens=some(document.tokens, content),
        vectors=central[content],
        themes=tuple((theme, scores.get(theme, 0.0)) for theme, scores in own),
        similar=similar[content],
        before=kinds_before(units),
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
        marks=tuple(cohesion.marks[i] for i in content) if cohesion.marks else (),
        lists={place[line]: tuple(place[j] for j in below) for line, below in cohesion.lists.items()},
        figures=tuple(tuple(told.get(i, ())) for i in content) if told else (),
        headline=tuple(one for unit in units if unit.kind == "title" for one in told.get(unit.index, ())),
        left_out=frozenset(
            place[i] for i in content if cohesion.antecedents and cohesion.antecedents[i] is not None
        ),
        cues=cues,
        model=model,
    )
