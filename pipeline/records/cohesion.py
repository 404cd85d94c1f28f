"""What holds an article together: the rules by which a sentence leans on another, and what they found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CohesionRule:
    """One way in which a Korean sentence leans on another (``configs/cohesion/*.toml``).

    Attributes
    ----------
    id
        ``connectives.contrast``: the file, then the rule.
    at
        Where its cues are looked for; empty: it has a test instead.
    cue
        Regular expressions.
    test
        Name of a predicate over morphemes, for what no expression says.
    antecedent
        Name of what finds the sentences that it leans on.
    unless
        Names of conditions under which it does not hold.
    example, against
        What leans by this rule, and what looks like it and does not: runs of sentences, of which the last is
        meant.
    source
        A grammar or paper that says so.
    """

    id: str
    antecedent: str
    at: str = ""
    cue: tuple[str, ...] = ()
    test: str = ""
    unless: tuple[str, ...] = ()
    example: tuple[tuple[str, ...], ...] = ()
    against: tuple[tuple[str, ...], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohesionRules:
    """All rules, in the order in which they are tried, and the lists that their tests share.

    Attributes
    ----------
    words
        Lists of words, by name; in some files a list may hold regular expressions (`patterns`).
    """

    rules: tuple[CohesionRule, ...]
    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lean:
    """One reason why a sentence can't stand alone.

    Attributes
    ----------
    rule
        Its id.
    on
        Indices of units before it, the nearest first: any one of them makes it understood. Empty: nothing
        that a summary could take does.
