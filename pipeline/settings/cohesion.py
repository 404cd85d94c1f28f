"""The rules by which a sentence leans on another, out of ``configs/cohesion``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from ..korean.pointing import DETERMINERS
from ..korean.press import spelled
from ..records import CohesionRule, CohesionRules, ConfigError
from .figures import load_metrics
from .korean import load_people, members, vocabulary
from .toml import Checked, compilable, read_toml, resource, validated

#: Files in the order in which their rules are tried.
FILES = ("points", "connectives", "reference", "times", "mentions", "subjects", "explanations", "quotation")
#: What stands between the sentences of an example.
_BETWEEN = " / "


class _RuleFile(Checked):
    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    antecedent: str
    at: str = ""
    cue: tuple[str, ...] = ()
    test: str = ""
    unless: str | tuple[str, ...] = ()
    example: tuple[str, ...] = Field(min_length=1)
    against: tuple[str, ...] = Field(min_length=1)
    source: str = ""

    @field_validator("cue")
    @classmethod
    def _compile(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(compilable(spelled(cue, vocabulary()), info) for cue in value)


class _CohesionFile(Checked):
    rule: tuple[_RuleFile, ...] = ()
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    patterns: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("patterns")
    @classmethod
    def _compile(cls, value: dict[str, tuple[str, ...]], info: ValidationInfo) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(compilable(spelled(one, vocabulary()), info) for one in own)
            for name, own in value.items()
        }


def load_cohesion(folder: Path | None = None) -> CohesionRules:
    """All rules of ``configs/cohesion``, in order, with the lists that they share.

    Raises
    ------
    ConfigError
        When an expression does not compile, or a rule or list stands there twice.
    """
    root = folder or resource("configs/cohesion")
    rules: dict[str, CohesionRule] = {}
    people = load_people()
    words: dict[str, frozenset[str]] = {
        "titles": people.titles,
        "people": people.nouns,
        "determiners": DETERMINERS,
        "measures": frozenset(form for m in load_metrics() if m.owned for form in (m.name, *m.also)),
    }
    patterns: dict[str, tuple[str, ...]] = {}
    for name in FILES:
        path = root / f"{name}.toml"
        file = validated(_CohesionFile, read_toml(path), path, tested=folder is None)
        for rule in file.rule:
            made = _made(f"{name}.{rule.id}", rule)
            if made.id in rules:
                raise ConfigError(path, "rule", f"{made.id} stands there twice")
            rules[made.id] = made
        for key in (*file.words, *file.patterns):
            if key in words or key in patterns:
                raise ConfigError(path, key, "another file has a list of this name")
        words |= {key: frozenset(members(own)) for key, own in file.words.items()}
        patterns |= file.patterns
    return CohesionRules(rules=tuple(rules.values()), words=words, patterns=patterns)


def _made(name: str, rule: _RuleFile) -> CohesionRule:
    return CohesionRule(
        id=name,
        antecedent=rule.antecedent,
        at=rule.at,
        cue=rule.cue,
        test=rule.test,
        unless=(rule.unless,) if isinstance(rule.unless, str) else rule.unless,
        example=tuple(tuple(one.split(_BETWEEN)) for one in rule.example),
        against=tuple(tuple(one.split(_BETWEEN)) for one in rule.against),
        source=rule.source,
    )
