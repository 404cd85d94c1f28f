"""How a sentence hangs together with others: what cohesion found.

============ ====================================================================================
needs        how many ways in which it leans on another
left-out     its subject is left out
reference, connective, explanation, quotation-part
             it leans by a rule of this file of ``configs/cohesion``
leant-on     how many sentences lean on it
leads-on     the next one does
leads-list   it says nothing without the list below it
============ ====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..draft import Draft

Column = NDArray[np.float64]

#: Features by the file of the rule.
FAMILIES: Mapping[str, str] = {
    "reference": "reference",
    "connectives": "connective",
    "explanations": "explanation",
    "quotation": "quotation-part",
}
EDGES: Mapping[str, tuple[float, ...]] = {
    "needs": (1, 2),
    "left-out": (1,),
    **{name: (1.0,) for name in FAMILIES.values()},
    "leant-on": (1, 2),
    "leads-on": (1,),
    "leads-list": (1,),
}


def values(draft: Draft) -> dict[str, Column]:
    """By name the values of n sentences."""
    n = len(draft.units)
    found = {name: np.zeros(n) for name in EDGES}
    for name, some in (
        ("left-out", draft.left_out),
        ("leads-list", draft.lists),
    ):
        found[name][list(some)] = 1.0
    for i, own in enumerate(draft.leans):
        found["needs"][i] = len({lean.on for lean in own})
        for lean in own:
            family = FAMILIES.get(lean.rule.partition(".")[0])
            if family is not None:
                found[family][i] = 1.0
            for j in lean.on[:1]:
                found["leant-on"][j] += 1.0
                if j == i - 1:
                    found["leads-on"][j] = 1.0
    return found
