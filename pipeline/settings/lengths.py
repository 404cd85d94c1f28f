"""How long a summary and an issue are: 20%, 400자, 5문장; 30줄, 3분."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from .toml import Checked

_LENGTH = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>%|자|chars?|문장|sentences?)?")
_ISSUE = re.compile(r"(?P<n>\d{1,6})\s*(?P<unit>줄|lines?|분|min(?:utes?)?)?")


class Length(Checked):
    """How long a summary is to be: sentences, a share of the sentences, or characters."""

    amount: float = Field(gt=0)
    unit: Literal["sentences", "share", "chars"]

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read ``5``, ``20%`` or ``600자`` (also ``600chars``).

        Raises
        ------
        ValueError
            When the text is none of these, or the amount is not positive (a share: above 100).
        """
        match = _LENGTH.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a length: {text!r} (5, 20%, 600자)")
        amount, unit = float(match["n"]), match["unit"] or ""
        if amount <= 0 or (unit == "%" and amount > 100):
            raise ValueError(f"out of range: {text!r}")
        if unit == "%":
            return cls(amount=amount / 100, unit="share")
        if unit.startswith(("자", "char")):
            return cls(amount=amount, unit="chars")
        if amount != int(amount):
            raise ValueError(f"a number of sentences is whole: {text!r}")
        return cls(amount=amount, unit="sentences")


class IssueLength(Checked):
    """How long an issue is to be at most."""

    amount: int = Field(gt=0)
    unit: Literal["lines", "minutes"]

    @classmethod
    def parse(cls, text: str) -> IssueLength:
        """Read ``80`` (also ``80줄``, ``80 lines``) or ``3분`` (also ``3 minutes``).

        Raises
        ------
        ValueError
            When the text is none of these, or the amount is not positive.
        """
        match = _ISSUE.fullmatch(text.strip())
        if not match or not int(match["n"]):
            raise ValueError(f"not a length of an issue: {text!r} (80, 3분)")
        minutes = (match["unit"] or "").startswith(("분", "min"))
        return cls(amount=int(match["n"]), unit="minutes" if minutes else "lines")
