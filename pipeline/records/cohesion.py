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
    words, patterns
        Lists of words, and of regular expressions, by name.
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
    joins
        It only joins the sentence to the other one: what it says, it says without that.
    """

    rule: str
    on: tuple[int, ...]
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Cohesion:
    """What the units of a document have to do with each other, all by index of the unit.

    Attributes
    ----------
    leans
        For each unit what it leans on directly; nothing but body sentences and items leans.
    antecedents
        For each unit whose subject is left out the nearest unit before it that names one, a heading or the
        title too; else None.
    unnamed
        Units that do not name whom they speak of: their subject is left out, or called by its kind alone
        (회사는).
    quoted
        Units that are all somebody's words: a part of a quotation that runs over several of them.
    lists
        Lines that say nothing without what stands below them (다음과 같다), with these units; with none where
        the article has nothing there.
    marks
        For each unit the ids of the rules that hold of it and lean on nothing before it (whoever says I).
    """

    leans: tuple[tuple[Lean, ...], ...] = ()
    antecedents: tuple[int | None, ...] = ()
    unnamed: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    lists: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    marks: tuple[frozenset[str], ...] = ()
