"""How a sentence hangs together with others: what cohesion found.

============ ====================================================================================
needs        how many ways in which it leans on another
joins        it is only joined to one
left-out     its subject is left out
reference, connective, explanation, subject-gap, quotation-part, point, mention, time
             it leans by a rule of this file of ``configs/cohesion``
determiner, pronoun, because
             … by this rule
leant-on     how many sentences lean on it
leads-on     the next one does
leads-list   it says nothing without the list below it
============ ====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from ...records import Draft

Column = NDArray[np.float64]

#: Features by the file of the rule, and by the rule where it holds for many sentences.
FAMILIES: Mapping[str, str] = {
    "reference": "reference",
    "reference.determiner": "determiner",
    "reference.pronoun": "pronoun",
    "connectives": "connective",
    "explanations": "explanation",
    "explanations.because": "because",
    "subjects": "subject-gap",
    "quotation": "quotation-part",
    "points": "point",
    "mentions": "mention",
    "times": "time",
}
EDGES: Mapping[str, tuple[float, ...]] = {
    "needs": (1, 2),
    "joins": (1,),
    "left-out": (1,),
    **dict.fromkeys(FAMILIES.values(), (1.0,)),
    "leant-on": (1, 2),
    "leads-on": (1,),
    "leads-list": (1,),
}


def values(drafts: Sequence[Draft]) -> dict[str, Column]:
    """By name the values of the sentences of some articles."""
    sizes = [len(draft.units) for draft in drafts]
    found = {name: np.zeros(sum(sizes)) for name in EDGES}
    for draft, start, size in zip(drafts, accumulate(sizes, initial=0), sizes, strict=False):
        _add(draft, {name: column[start : start + size] for name, column in found.items()})
    return found


def _add(draft: Draft, found: Mapping[str, Column]) -> None:
    """Set the values of the sentences of an article."""
    for name, some in (
        ("left-out", draft.left_out),
        ("leads-list", draft.lists),
    ):
        if some:
            found[name][list(some)] = 1.0
    for i, own in enumerate(draft.leans):
        found["needs"][i] = len({lean.on for lean in own})
        for lean in own:
            for name in (lean.rule, lean.rule.partition(".")[0]):
                if name in FAMILIES:
                    found[FAMILIES[name]][i] = 1.0
            if lean.joins:
                found["joins"][i] = 1.0
            for j in lean.on[:1]:
                found["leant-on"][j] += 1.0
                if j == i - 1:
                    found["leads-on"][j] = 1.0
