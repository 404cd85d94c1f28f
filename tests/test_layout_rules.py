"""Boilerplate rules: each finds its example, says its facts, and leaves alone what it is told to."""

from __future__ import annotations

import re
import time
import tomllib
import unicodedata
from operator import attrgetter
from pathlib import Path

import pytest

from pipeline.korean.dates import read_date
from pipeline.layout import lay_out
from pipeline.layout.dress import compiled, undress
from pipeline.records import BoilerplateRule
from pipeline.settings import load_boilerplate

from . import describe
from .conftest import ROOT, article
from .thorough import each, few

RULES = load_boilerplate()
NAME = attrgetter("name")


#: Marks of Markdown, which are not shown.
_MARKS = re.compile(r"[*_ \[]|\]\([^)]*\)")

#: Where a line stands that is boilerplate only there.
STANDS = {
    "masthead": "{}\n\n공장이 두 배로\n\n공장이 3일 문을 열었다. 내년에는 더 커진다고 한다.",
    "edge": "공장이 두 배로\n\n{}\n\n공장이 3일 문을 열었다. 내년에는 더 커진다고 한다.",
    "box": "공장이 두 배로\n\n공장이 3일 문을 열었다. 내년에는 더 커진다고 한다.\n\n{}\n",
    "alone": "공장이 두 배로\n\n공장이 3일 문을 열었다.\n\n{}\n\n내년에는 더 커진다고 한다.",
    "closing": "공장이 두 배로\n\n공장이 3일 문을 열었다. 내년에는 더 커진다고 한다.\n\n{}\n",
}


def _taken(text: str, rule: BoilerplateRule) -> list[tuple[int, int]]:
    """What a rule takes of a text."""
    return [
        (part.start, part.end) for part in undress(text, 0, len(text), compiled((rule,))) if not part.kept
    ]


def _told(key: str, value: str) -> str:
    """A fact as the source has it: dates as days."""
    moment = read_date(value) if key == "published" else None
    return moment.day.isoformat() if moment else value


def test_a_rule_finds_its_example() -> None:
    def check(rule: BoilerplateRule) -> None:
        text = re.sub("[«»]", "", rule.example)
        if rule.where in STANDS:
            whole = STANDS[rule.where].format(text)
            for form in ("NFC", "NFD"):
                laid = lay_out(article(unicodedata.normalize(form, whole)), (rule,))
                taken = [block.text for block in laid.blocks if block.kind == "boilerplate"]
                assert [_MARKS.sub("", one) for one in taken] == [_MARKS.sub("", text)]
                if form == "NFC" and rule.facts:
                    right = {(key, _told(key, value)) for key, value in rule.facts}
                    assert {(key, getattr(laid.article.source, key)) for key, _ in rule.facts} == right
            return
        parts = undress(text, 0, len(text), compiled((rule,)))
        cut = [part for part in parts if not part.kept]
        assert len(cut) == 1
        if rule.where in ("line", "list", "part"):
            assert len(parts) == 1
            assert cut[0].plug == (rule.where == "list")
        else:
            marked = re.search("«(.*)»", rule.example)
            assert marked, "the example of a start, end or inside rule marks what is cut off"
            assert text[cut[0].start : cut[0].end].strip() == marked[1].strip()
        if rule.facts:
            assert cut[0].facts == rule.facts

    each(RULES, NAME, check)


def test_a_rule_reads_every_form_of_its_example() -> None:
    def check(rule: BoilerplateRule) -> None:
        text = re.sub("[«»]", "", rule.example)
        usual = [text[start:end] for start, end in _taken(text, rule)]
        apart = unicodedata.normalize("NFD", text)
        assert [unicodedata.normalize("NFC", apart[a:b]) for a, b in _taken(apart, rule)] == usual
        for char, other in (("=", "&#x3D;"), ("=", "＝"), (" ", "\u00a0"), ("(", "（"), ("ⓒ", "&#9426;")):
            spelled = text.replace(char, other)
            found = [spelled[a:b].replace(other, char) for a, b in _taken(spelled, rule)]
            assert found == usual, spelled

    each(RULES, NAME, check)


@pytest.mark.parametrize(
    "told", ["나래시가 다리를 놓는다고 5일 밝혔다.", "다리는 무단 사용을 막는다고 한다."]
)
def test_a_rule_takes_no_sentence_along(told: str) -> None:
    def check(rule: BoilerplateRule) -> None:
        text = f"{told} 길이는 300m다. {rule.example}"
        parts = undress(text, 0, len(text), compiled(RULES))
        kept = " ".join(text[part.start : part.end] for part in parts if part.kept)
        assert kept.startswith(f"{told} 길이는 300m다.")

    each([rule for rule in RULES if rule.where == "part"], NAME, check)


def test_a_rule_and_its_fellows_leave_alone_what_is_text() -> None:
    def check(rule: BoilerplateRule) -> None:
        for text in rule.against:
            if rule.where in STANDS:
                laid = lay_out(article(STANDS[rule.where].format(text)), RULES)
                assert any(text == block.text for block in laid.blocks if block.kind != "boilerplate")
                continue
            for part in undress(text, 0, len(text), compiled(RULES)):
                assert part.kept, f"{text[part.start : part.end]!r} is no boilerplate"

    each(RULES, NAME, check)


def test_a_rule_says_what_it_leaves_alone() -> None:
    def check(rule: BoilerplateRule) -> None:
        assert rule.against

    each(RULES, NAME, check)


FILES = sorted((ROOT / "configs/boilerplate").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lines_are_short(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 110] == []


def test_the_rule_of_a_line_is_told(tmp_path: Path) -> None:
    rule = next(rule for rule in RULES if rule.where == "line")
    path = tmp_path / "a.txt"
    path.write_text(STANDS["alone"].format(rule.example), encoding="utf-8")
    (line,) = describe.why(str(path))
    names, _, text = line.partition(" | ")
    assert rule.name in names.split(", ")
    assert text == rule.example


def test_every_file_of_rules_is_read() -> None:
    order = tomllib.loads((ROOT / "configs/boilerplate/words.toml").read_text(encoding="utf-8"))["order"]
    assert sorted([*order, "words"]) == [path.stem for path in FILES]


def test_names_of_rules_are_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


#: What a line repeats.
UNITS = (
    "가 ", "저작권", "| ", "기자 ", "@a", "a@b.", "[가", "(", "#가", "ⓒ", "=", "▶", "홍길동·", "1:2", "공유 ",
    " ", "가나",
)  # fmt: skip


@pytest.mark.parametrize("unit", few(UNITS, 5))
def test_a_rule_takes_no_time_over_any_line(unit: str) -> None:
    text = (unit * 600)[:598] + "!x"

    def check(rule: BoilerplateRule) -> None:
        started = time.perf_counter()
        undress(text, 0, len(text), compiled((rule,)))
        assert time.perf_counter() - started < 2

    each(RULES, NAME, check)
