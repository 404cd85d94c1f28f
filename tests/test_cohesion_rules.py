"""Every rule of leaning (``configs/cohesion``) does what its examples say, and something needs each cue."""

from __future__ import annotations

import re
import signal
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any

import pytest

from pipeline import Pipeline
from pipeline.records import Article, LeaningWords, Source, Token, Unit
from pipeline.settings import load_leaning
from pipeline.summarize import clauses, mentions
from pipeline.summarize.outside import Outside, outside_quotes
from pipeline.summarize.patterns import Patterns, compiled
from pipeline.summarize.subjects import is_topic, lacks_owner, lacks_subject

from .conftest import ROOT
from .regexes import Use
from .test_regexes import slow

FILES = sorted((ROOT / "configs/cohesion").glob("*.toml"))
FIELDS = {"id", "at", "cue", "test", "antecedent", "unless", "example", "against", "source"}
ANTECEDENTS = {
    *("before", "point", "person", "named", "day", "full-name", "first-mention", "team", "owner"),
    *("introduction", "whole-quotation", "below", "items", "after", "speaker"),
}
#: The longest line that announces something.
_SHORT = 40
_TAIL = 24
_LEADING = re.compile(r"[\s\"“”'‘’`(\[<〈《「『…·\-–—>*#]*")
_FRAMES = {
    "opening": "(?:{})(?=[\\s,，.…]|$)",
    "ending": "(?:{})[\\s.!?…”\"'’)\\]]*$",
    "anywhere": "(?:{})",
    "even-quoted": "(?:{})",
    "first-clause": "(?:{})",
}
_QUOTED = re.compile('[^“"]+[ ,][“"]')


def read(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


RULES: dict[str, dict[str, Any]] = {
    f"{path.stem}.{rule['id']}": rule for path in FILES for rule in read(path)["rule"]
}
LISTS: dict[str, list[str]] = {
    name: words
    for path in FILES
    for kind in ("words", "patterns")
    for name, words in read(path).get(kind, {}).items()
}


@cache
def pattern(cue: str, at: str) -> re.Pattern[str]:
    """A cue at its place, with the words of the lists that it names."""
    spread = re.sub(r"\{([a-z-]+)\}", lambda named: f"(?:{'|'.join(longest_first(named[1]))})", cue)
    return re.compile(_FRAMES[at].replace("{}", spread))


def longest_first(name: str) -> list[str]:
    return sorted(LISTS[name], key=lambda word: (-len(word), word))


def stands(cue: str, at: str, text: str) -> re.Match[str] | None:
    """Where a cue stands in the text of a sentence."""
    if at == "opening":
        start = _LEADING.match(text)
        return pattern(cue, at).match(text, start.end() if start else 0)
    return pattern(cue, at).search(text, max(0, len(text) - _TAIL) if at == "ending" else 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The last sentence of an example, with those before it."""

    units: tuple[Unit, ...]
    title: str
    title_tokens: Sequence[Token]
    words: LeaningWords
    patterns: Patterns

    @property
    def unit(self) -> Unit:
        return self.units[-1]

    @property
    def outside(self) -> Outside:
        return outside_quotes(self.unit, self.words)


def sentence(example: str, pipeline: Pipeline) -> Sentence:
    parts = example.split(" / ")
    title = parts.pop(0).removeprefix("# ") if example.startswith("# ") else None
    starts = accumulate((len(part) + 2 for part in parts), initial=0)
    spans = tuple((start, start + len(part)) for start, part in zip(starts, parts, strict=False))
    bullets = any(part.startswith("- ") for part in parts)
    text = "## 조건\n\n" + "\n\n".join(parts) if bullets else "  ".join(parts)
    article = Article(
        id="rule",
        title=title,
        source=Source(path="rule", sha256=""),
        text=text,
        body=(0, len(text)),
        sentences=None if bullets else spans,
    )
    (document,) = pipeline.documents([article])
    found = [unit for unit in document.units if unit.kind in ("body", "item")]
    # Sentences that are given have a block each.
    units = tuple(replace(unit, block=0) for unit in found)
    assert len(units) == len(parts), example
    words = load_leaning()
    return Sentence(units, title or "", document.title_tokens, words, compiled(words))


def _topics(one: Sentence) -> list[int]:
    tokens = one.outside.tokens
    return [n for n in range(len(tokens)) if is_topic(tokens, n, one.words)]


def _has_topic(one: Sentence, found: re.Match[str]) -> bool:
    return any(one.outside.tokens[n].form in ("은", "는", "ᆫ", "란", "이란") for n in _topics(one))


def _foretells(one: Sentence, found: re.Match[str]) -> bool:
    last = [token for token in one.outside.tokens if token.start < found.start()][-1:]
    return bool(last) and last[0].tag == "ETM" and last[0].form in ("ᆯ", "을")


def _explained(one: Sentence, found: re.Match[str]) -> bool:
    tokens = one.outside.tokens
    turns = any(token.form in LISTS["turns"] and after.tag == "SP" for token, after in pairwise(tokens))
    return turns or any(tokens[n - 1].form in LISTS["explained"] for n in _topics(one) if n)


def _tagged_before(*tags: str) -> Callable[[Sentence, re.Match[str]], bool]:
    def before(one: Sentence, found: re.Match[str]) -> bool:
        quoted = _QUOTED.match(one.unit.text, 0, found.start())
        start = quoted.end() if quoted else 0
        return any(t.tag in tags and start <= t.start < found.start() for t in one.unit.tokens)

    return before


def _person_in_title(one: Sentence) -> bool:
    """Whether the title names somebody: 양시온 하람로보틱스 대표."""
    titles = "|".join(longest_first("titles"))
    named = rf"(?<![가-힣])[가-힣]{{3}} (?:[가-힣A-Z]+ )?[가-힣]*(?:{titles})(?![가-힣])"
    return re.search(named, one.title) is not None


def _owner_in_title(one: Sentence) -> bool:
    """Whether the title names whose results the nearest sentence tells that says whose: 가람유통의 매출은."""
    (owner,) = _again(one)
    unit = one.units[owner[0]]
    ends = (token.start for token in unit.tokens if token.tag in ("JX", "JKS", "JKG"))
    return unit.text[: next(ends, 0)].split(" ")[-1] in one.title


CONDITIONS: dict[str, Callable[[Sentence, Any], bool]] = {
    "asked": lambda one, found: False,
    "told-after": lambda one, found: False,
    "named-in-title": lambda one, found: False,  # the test asks for it
    "person-in-title": lambda one, found: _person_in_title(one),
    "owner-in-title": lambda one, found: _owner_in_title(one),
    "long": lambda one, found: len(one.unit.text) > _SHORT,
    "named-before": lambda one, found: found[0].split()[-1] in one.unit.text[: found.start()],
    "name-before": _tagged_before("NNP", "SL"),
    "subject-before": _tagged_before("JKS"),
    "topic-of-its-own": _has_topic,
    "topic-or-foretold": lambda one, found: _has_topic(one, found) or _foretells(one, found),
    "explained-topic": _explained,
}


def _again(one: Sentence) -> list[mentions.Need]:
    clause = one.outside.tokens[: one.outside.first]
    words = replace(one.words, recurring=frozenset(LISTS["recurring"]))
    return mentions.introductions(
        len(one.units) - 1, one.units, clause, words, one.patterns, one.title_tokens
    )


TESTS: dict[str, Callable[[Sentence], bool]] = {
    "points_back": lambda one: clauses.points_back(one.unit, one.outside, one.words),
    "means_person": lambda one: clauses.means_person(one.outside, one.words),
    "named_by_determiner": lambda one: clauses.named_by_determiner(one.outside, one.words) is not None,
    "half_quoted": lambda one: clauses.half_quoted(one.units)[0][-1],
    "closes_answer": lambda one: len(one.units) - 1 in clauses.half_quoted(one.units)[1],
    "goes_on": lambda one: clauses.goes_on(one.unit.text),
    "only_quotes": lambda one: clauses.only_quotes(one.unit.text),
    "is_item": lambda one: one.unit.kind == "item",
    "lacks_subject": lambda one: lacks_subject(one.unit, one.outside, one.words, one.patterns),
    "lacks_owner": lambda one: lacks_owner(one.unit, one.outside, one.words, one.patterns),
    "calls_by_title": lambda one: bool(_again(one)),
    "calls_veiled_company": lambda one: bool(_again(one)),
    "calls_bare_team": lambda one: bool(_again(one)),
    "bare_measure": lambda one: bool(_again(one)),
    "recalls_noun": lambda one: bool(_again(one)),
}


def fires(rule: dict[str, Any], example: str, pipeline: Pipeline) -> bool:
    """Whether the last sentence of an example leans by a rule."""
    one = sentence(example, pipeline)
    unless = CONDITIONS[rule.get("unless", "asked")]
    if "test" in rule:
        return TESTS[rule["test"]](one) and not unless(one, None)
    at, text = rule["at"], one.unit.text
    for cue in rule["cue"]:
        found = stands(cue, at, text)
        if found is None:
            continue
        clause = one.outside.tokens[: one.outside.first] if at == "first-clause" else one.outside.tokens
        inside = at not in ("anywhere", "first-clause") or any(
            found.start() <= token.start < found.end() for token in clause
        )
        if inside and not unless(one, found):
            return True
    return False


@cache
def gold() -> tuple[str, ...]:
    """Labelled sentences."""
    folders = (ROOT / "tests/gold/leaning", ROOT / "tests/cases/leaning")
    lines = chain.from_iterable(
        path.read_text(encoding="utf-8").splitlines()
        for folder in folders
        for path in sorted(folder.glob("*.tsv"))
    )
    return tuple(line.rsplit("\t", 1)[-1] for line in lines if not line.startswith("#"))


def test_rules_are_told_apart() -> None:
    assert len(FILES) >= 6 and len(RULES) > 90
    ids = [f"{path.stem}.{rule['id']}" for path in FILES for rule in read(path)["rule"]]
    assert sorted(ids) == sorted(RULES), "an id stands twice"
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+(?:-[a-z]+)*", name) for name in ids)
    lists = [name for path in FILES for kind in ("words", "patterns") for name in read(path).get(kind, {})]
    assert sorted(lists) == sorted(LISTS), "a list stands twice"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lines_are_short(path: Any) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if len(line) > 110]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_word_stands_in_a_list_once(name: str) -> None:
    assert LISTS[name]
    assert len(set(LISTS[name])) == len(LISTS[name])


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_whole(name: str) -> None:
    rule = RULES[name]
    assert set(rule) <= FIELDS
    assert rule["example"] and rule["against"]
    assert rule["antecedent"] in ANTECEDENTS
    assert rule.get("unless", "asked") in CONDITIONS
    if "test" in rule:
        assert rule["test"] in TESTS and not {"cue", "at"} & set(rule)
    else:
        assert rule["at"] in _FRAMES and rule["cue"]
        assert all(pattern(cue, rule["at"]) for cue in rule["cue"])
        assert len(set(rule["cue"])) == len(rule["cue"])


@pytest.mark.parametrize("name", RULES)
def test_a_rule_does_what_its_examples_say(name: str, pipeline: Pipeline) -> None:
    rule = RULES[name]
    assert [one for one in rule["example"] if not fires(rule, one, pipeline)] == []
    assert [one for one in rule["against"] if fires(rule, one, pipeline)] == []


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if "cue" in rule])
def test_something_needs_every_cue(name: str) -> None:
    rule = RULES[name]
    texts = [*(example.split(" / ")[-1] for example in rule["example"]), *gold()]
    idle = [cue for cue in rule["cue"] if not any(stands(cue, rule["at"], text) for text in texts)]
    assert not idle


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="what hangs can't be stopped here")
@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if "cue" in rule])
def test_a_cue_takes_time_in_proportion_to_the_text(name: str) -> None:
    rule = RULES[name]
    at = rule["at"]
    way, most = {"opening": ("match", None), "ending": ("search", _TAIL)}.get(at, ("search", None))
    wrong = [
        text
        for cue in rule["cue"]
        if (text := slow(Use(name, pattern(cue, at), way, most), seed=7, pairs=6, most=40))
    ]
    assert not wrong
