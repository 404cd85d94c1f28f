"""What holds an article together: on which sentences a sentence leans, and what is quoted in several.

`read` is the step. A rule is a block in ``configs/cohesion``; what it may ask of morphemes is a function in
`TESTS`, what it may lean on one in `FINDERS`, and when it says nothing one in `CONDITIONS`.
"""

from __future__ import annotations

from .antecedents import FINDERS
from .predicates import CONDITIONS, TESTS
from .read import read
from .rules import Prepared, prepare

__all__ = ["CONDITIONS", "FINDERS", "TESTS", "Prepared", "prepare", "read"]
