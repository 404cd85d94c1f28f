"""Every regular expression of the package, how it is used, and texts that could make it slow."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from re import _constants as c  # type: ignore[attr-defined]  # the parser of `re`; nothing public shows a pattern's parts
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pipeline
from pipeline import cohesion, settings
from pipeline.layout import dress, edges

from .conftest import ROOT

#: Ways to use a pattern; the last are those of `re` that look at all of a text.
_WAYS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn"})
_SUSPECTS = " \t\n\r0123가각ㅋ다a_Z.,;:!?-–—=~*#|@/\\<>()[]{}\"'“”‘’·…▶▲■①\u200b\u0301\u3000&\x01"
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
#: Longest text that some are given.
_MOST: dict[str, int] = {}
#: Characters that stand for all others of their kind.
_MOST_UNITS = 12


@dataclass(frozen=True, slots=True)
class Use:
    """A pattern and a way in which the package uses it.

    Attributes
    ----------
    most
        Longest text that it is ever given, in code points; None where nothing bounds it.
    """

    where: str
    pattern: re.Pattern[Any]
    way: str
    most: int | None = None

    def run(self, text: str) -> None:
        """Use the pattern on a text, to the end."""
        given: Any = text if isinstance(self.pattern.pattern, str) else text.encode("utf-8", "replace")
        if self.way == "finditer":
            for _ in self.pattern.finditer(given):
                pass
        elif self.way == "sub":
            self.pattern.sub(given[:0], given)
        else:
            getattr(self.pattern, self.way)(given)


# ── what there is ──────────────────────────────────────────────────────────────────────────────────


def uses() -> list[Use]:
    """Every use of every pattern: of modules, in calls of `re`, and out of data files."""
    found = {(use.pattern.pattern, use.pattern.flags, use.way, use.most): use for use in _all()}
    return list(found.values())


def _all() -> Iterator[Use]:
    for module in _modules():
        source = (ROOT / module.replace(".", "/")).with_suffix(".py")
        if not source.exists():
            source = ROOT / module.replace(".", "/") / "__init__.py"
        tree = ast.parse(source.read_text(encoding="utf-8"))
        ways = _ways(tree)
        try:
            loaded = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name not in ("torch", "sklearn"):
                raise
            continue  # `make test` has neither
        for name, value in vars(loaded).items():
            for pattern in _patterns(value):
                for way in ways.get(name, ()) or ("search",):
                    yield Use(f"{module}.{name}", pattern, way, _MOST.get(f"{module}.{name}"))
        yield from _inline(module, tree)
    yield from _of_data()


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not found.name.startswith(("pipeline.train", "pipeline.evaluate", "pipeline.cli")):
            yield found.name


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Patterns in a value: itself, or in what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns(one, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one, depth + 1)
    elif depth < 4 and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns(getattr(value, field.name), depth + 1)


def _ways(tree: ast.AST) -> dict[str, tuple[str, ...]]:
    """How the names of a module are used: ``_LINE.finditer(…)``, also where it is a part of something."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _WAYS and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add("sub" if node.attr == "subn" else node.attr)
    return {name: tuple(sorted(ways)) for name, ways in found.items()}


def _inline(module: str, tree: ast.AST) -> Iterator[Use]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        written = node.args[0]
        if not (isinstance(written, ast.Constant) and isinstance(written.value, str | bytes)):
            continue
        named = {n.attr for part in ast.walk(node) if isinstance(part, ast.Attribute) for n in [part]}
        flags = sum(getattr(re, name) for name in named & {"IGNORECASE", "DOTALL", "MULTILINE"})
        if node.func.attr in _WAYS:
            yield Use(f"{module}:{node.lineno}", re.compile(written.value, flags), node.func.attr)


def _of_data() -> Iterator[Use]:
    rules = settings.load_boilerplate()
    for rule in rules:
        way, most = {
            "start": ("match", dress._REACH),
            "end": ("search", dress._REACH),
            "inside": ("search", None),
            **dict.fromkeys(("edge", "masthead", "box", "closing", "alone"), ("fullmatch", edges._LONGEST)),
        }.get(rule.where, ("fullmatch", dress._LONGEST))
        yield Use(f"boilerplate, {rule.name}", re.compile(rule.pattern), way, most)
    held = cohesion.prepare(settings.load_cohesion())
    for place in held.places.values():
        for own in place.rules:
            if own.pattern:
                way = "match" if own.at == "opening" else "finditer"
                yield Use(f"cohesion, {own.id}", re.compile(own.pattern), way)
    for field in fields(held.lexicon):
        for found in _patterns(getattr(held.lexicon, field.name)):
            way = "match" if field.name in ("bare_measure", "point") else "finditer"
            yield Use(f"cohesion, {field.name}", found, way)
    for name, written in settings.load_cues().items():
        for one in written:
            yield Use(f"cues, {name}", re.compile(one), "search")
    stories = settings.load_story_rules()
    for one in (*stories.preview, *stories.result):
        yield Use("stories", re.compile(one), "findall")
    for name, one in stories.recurring.items():
        yield Use(f"stories, {name}", re.compile(one), "search")
    for one in settings.load_settings().rights.forbids:
        yield Use("rights", re.compile(one, re.IGNORECASE), "search")


# ── what could make it slow ────────────────────────────────────────────────────────────────────────


def hostile(use: Use, seed: int = 0, pairs: int = 60) -> Iterator[tuple[str, str, str]]:
    """Beginnings, pieces to be repeated and ends: characters, pairs, and words that the pattern knows."""
    chance = random.Random(seed)
    pattern = use.pattern
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = _parser.parse(written, flags & ~re.DEBUG)
    dotall = bool(flags & re.DOTALL)
    singles = _representatives(tree, dotall)
    for before, body in _places(tree, "", chance):
        first = [node for node, _ in _sets(body, repeated=False)]
        fitting = [one for one in singles if any(_meets(node, one, dotall) for node in first)]
        words = {word for _ in range(3) if (word := _sample(body, chance))}
        for unit in [*chance.sample(fitting, min(3, len(fitting))), *sorted(words)]:
            yield before, unit, chance.choice(("", "\x01", "다\x01"))
        if before:
            yield "", before[:40], ""  # it begins again and again
    both = [a + b for a in singles for b in singles if a != b]
    for unit in [*singles, *(both if len(both) <= pairs else chance.sample(both, pairs))]:
        yield "", unit, ""
        yield "", unit, "\x01"


def _places(tree: Any, before: str, chance: random.Random) -> Iterator[tuple[str, Any]]:
    """What is repeated in a pattern, and a text that leads up to it."""
    for op, value in tree:
        if op in _REPEATS and value[1] > 1:
            yield before[:200], value[2]
        for child in _children(op, value):
            yield from _places(child, before, chance)
        before += _sample([(op, value)], chance)


def _representatives(tree: Any, dotall: bool) -> list[str]:
    """Characters of which each meets other sets of the pattern than the others: those in repeats first."""
    sets = list(_sets(tree, repeated=False))
    drawn = [char for node, _ in sets for char in _members(node)]
    best: dict[tuple[bool, ...], tuple[int, str]] = {}
    for char in dict.fromkeys([*_SUSPECTS, *drawn]):
        met = tuple(_meets(node, char, dotall) for node, _ in sets)
        weight = sum(4 if often else 1 for (_, often), hit in zip(sets, met, strict=True) if hit)
        if met not in best:
            best[met] = (weight, char)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1]))
    return [char for _, char in ranked[:_MOST_UNITS]]


def _children(op: Any, value: Any) -> Any:
    if op in _REPEATS:
        return [value[2]]
    if op is c.SUBPATTERN:
        return [value[3]]
    if op is c.BRANCH:
        return value[1]
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    if op is c.ATOMIC_GROUP:
        return [value]
    return []


def _sets(tree: Any, repeated: bool) -> Iterator[tuple[Any, bool]]:
    for op, value in tree:
        if op in (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY):
            yield (op, value), repeated
        many = op in _REPEATS and value[1] > 1
        for child in _children(op, value):
            yield from _sets(child, repeated or many)


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: lambda x: x.isdecimal(),
    c.CATEGORY_NOT_DIGIT: lambda x: not x.isdecimal(),
    c.CATEGORY_SPACE: lambda x: x.isspace(),
    c.CATEGORY_NOT_SPACE: lambda x: not x.isspace(),
    c.CATEGORY_WORD: lambda x: x.isalnum() or x == "_",
    c.CATEGORY_NOT_WORD: lambda x: not (x.isalnum() or x == "_"),
}


def _meets(node: Any, char: str, dotall: bool) -> bool:
    op, value = node
    if op is c.LITERAL:
        return bool(ord(char) == value)
    if op is c.NOT_LITERAL:
        return bool(ord(char) != value)
    if op is c.ANY:
        return dotall or char != "\n"
    if op is c.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if op is c.CATEGORY:
        return bool(_CATEGORIES[value](char))
    negated = value[0][0] is c.NEGATE
    return bool(negated) != any(_meets(one, char, dotall) for one in value if one[0] is not c.NEGATE)


def _members(node: Any) -> list[str]:
    op, value = node
    if op is c.LITERAL:
        return [chr(value)]
    if op is c.RANGE:
        return [chr(value[0])]
    if op is c.IN and value[0][0] is not c.NEGATE:
        return [char for one in value for char in _members(one)]
    return []


def _sample(tree: Any, chance: random.Random) -> str:
    """A text that the pattern, or a part of it, could find (assertions apart)."""
    found: list[str] = []
    for op, value in tree:
        if op in (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY):
            fitting = [x for x in (*_members((op, value)), *_SUSPECTS) if _meets((op, value), x, False)]
            found.append(chance.choice(fitting) if fitting else "")
        elif op in _REPEATS:
            low, high, body = value
            times = chance.randint(low, min(int(high), low + 2))
            found.extend(_sample(body, chance) for _ in range(min(times, 20)))
        elif op is c.BRANCH:
            found.append(_sample(chance.choice(value[1]), chance))
        elif op is c.SUBPATTERN:
            found.append(_sample(value[3], chance))
        elif op is c.ATOMIC_GROUP:
            found.append(_sample(value, chance))
    return "".join(found)
