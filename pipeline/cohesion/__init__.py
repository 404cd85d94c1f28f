"""What holds an article together as discourse: on which sentences one leans, and what is quoted in several.

The ties are those of Halliday & Hasan (1976), Cohesion in English: connectives (discourse markers),
reference, what is left out, words that come again. What a sentence leans on is its antecedent.

`read` is the step. A rule is a block in ``configs/cohesion``; what it may ask of morphemes is a function in
`TESTS`, what it may lean on one in `FINDERS`, and when it says nothing one in `CONDITIONS`.
"""

from __future__ import annotations

from .antecedents import FINDERS
from .predicates import CONDITIONS, TESTS
from .read import read
from .rules import Prepared, prepare

__all__ = ["CONDITIONS", "FINDERS", "TESTS", "Prepared", "prepare", "read"]
