"""What the house knows of Korean stands once: tags, letters that mean something together, words in code.

`test_one_home` looks for lists of words. Here is what is smaller than a list: sets of Kiwi's tags, classes
of letters in regular expressions (은는, 다요죠), and Korean in the code of a step, which has to say why.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.korean import TAGS, bullets, endings, numerals, particles, press, spelling, times

from .conftest import ROOT
from .thorough import each

CODE = [path for path in (ROOT / "pipeline").rglob("*.py") if "korean" not in path.parts]
DATA = [path for path in (ROOT / "configs").rglob("*.toml") if "korean" not in path.parts]

#: Letters that mean something together, by the name that they have at home.
LETTERS = {
    name: frozenset("".join(letters))
    for name, letters in {
        "TOPIC": particles.TOPIC,
        "SUBJECT": particles.SUBJECT[:2],
        "TOPIC, SUBJECT": (*particles.TOPIC, *particles.SUBJECT[:2]),
        "OBJECT": particles.OBJECT,
        "TOPIC, OBJECT": (*particles.TOPIC, *particles.OBJECT),
        "SUBJECT, OBJECT": (*particles.SUBJECT[:2], *particles.OBJECT),
        "COMPANY": particles.COMPANY,
        "SYLLABLES": particles.SYLLABLES,
        "POLITE": endings.POLITE,
        "TALKED": endings.TALKED,
        "STATED": endings.STATED,
        "CLOSED": endings.CLOSED,
        "FINAL": endings.FINAL,
        "NOMINAL": endings.NOMINAL,
        "QUOTED": endings.QUOTED,
        "PAST": endings.PAST,
        "TENSES": endings.TENSES,
        "SCALES": numerals.SCALES,
        "LETTERS": spelling.LETTERS,
        "WEEKDAYS": times.WEEKDAYS,
    }.items()
}
#: Of these, those with which no other class may begin: a larger one is the same with more.
WHOLE = ("STATED", "CLOSED", "FINAL", "NOMINAL", "QUOTED", "PAST", "SCALES", "LETTERS", "WEEKDAYS")

#: Modules of steps that hold Korean in their code, by what it is; all other Korean is data or at home.
WHY = {
    "single morphemes that a predicate of the rules asks for": [
        "cohesion/antecedents", "cohesion/lexicon", "cohesion/outside", "cohesion/people",
        "cohesion/pointing", "cohesion/subjects", "themes/lexicon", "themes/evidence",
    ],
    "what stands around a quantity, told by the position in which it stands there": [
        "figures/about", "figures/agreeing", "figures/around", "figures/candidates",
        "figures/claims", "figures/dating", "figures/matching", "figures/naming", "figures/owners",
        "figures/facing", "figures/fiscal", "figures/growing", "figures/milestones", "figures/phrases",
        "figures/sameness", "figures/surroundings", "figures/values", "evaluate/planted",
        "figures/prices", "figures/quantities", "figures/reading", "figures/saying", "figures/tables",
        "figures/resolving", "figures/times", "evaluate/figures",
    ],
    "what Kiwi takes for something else, beside what it takes it for": [
        "keywords/chunks", "keywords/names", "keywords/particles", "keywords/reading", "keywords/words",
        "stories/actors",
    ],
    "numbers with the words around them, as the stories' models were fitted to them": [
        "stories/counts", "stories/figures", "stories/kinds",
    ],
    "marks, labels and predicates by which a line is no sentence of its article": [
        "layout/__init__", "layout/dress", "layout/edges", "layout/guards", "layout/headings", "layout/lines",
        "layout/stretches", "layout/turns", "layout/wraps",
    ],
    "names of fields, styles and boxes, as programs and boards write them": [
        "readers/article", "readers/docx", "readers/fields", "readers/forwards", "readers/furniture",
        "readers/grids", "readers/hangul", "readers/html", "readers/jsons", "readers/press",
    ],
    "which syllables stand alone where a line of a page breaks": ["readers/pdf"],
    "what people write in settings": ["settings/data", "settings/lengths", "settings/model"],
}  # fmt: skip

#: Sets of tags that no set of `korean.tags` begins, by module: why they stand there.
OWN_TAGS = {
    ("cohesion/outside", "JKS MM"): "where a subject is looked for, and what ends the search",
    ("cohesion/subjects", "EC SP"): "what stands before a noun that opens a clause",
    ("keywords/names", "SS VCP"): "prefixes of tags, not tags",
    ("keywords/names", "MAG VA IC"): "what Kiwi takes the first syllable of a name for",
    ("keywords/names", "VA ETM"): "two morphemes, in their order",
    ("train/encoder", "VX NNB XSN NP MM MAJ"): "where training starts, by tag",
    ("train/encoder", "VV VV-I"): "where training starts, by tag",
}

_RANGE = re.compile(r"[가-힣]-[가-힣]|[ㄱ-ㆎ]-[ㄱ-ㆎ]|[ᄀ-ᇿ]-[ᄀ-ᇿ]")
_LETTER = re.compile(r"[가-힣ㄱ-ㆎᄀ-ᇿ]")
_CLASS = re.compile(r"(?<!\\)\[\^?((?:\\.|[^\]\\])*)\]")
_CHOICE = re.compile(r"\(\?:([가-힣](?:\|[가-힣])+)\)")


def strings(path: Path) -> Iterator[str]:
    """What stands in a file, but for what documents it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from of_data(tomllib.loads(text))
        return
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def of_data(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from of_data(one)


def letters_at_home(text: str) -> Iterator[tuple[str, str]]:
    """Classes and choices of single letters that have a name at home."""
    classes = [match for match in _CLASS.finditer(text) if not _RANGE.search(match[1])]
    for match in (*classes, *_CHOICE.finditer(text)):
        found = frozenset(_LETTER.findall(match[1]))
        for name, letters in LETTERS.items():
            if found == letters or (name in WHOLE and found > letters):
                yield name, match[0]


def speaks_korean(path: Path) -> bool:
    """Whether a module has Korean in it, but for the whole of the alphabet."""
    return any(_LETTER.search(_RANGE.sub("", text)) for text in strings(path))


def own_tags(path: Path) -> set[str]:
    """Sets and sequences of two tags or more that stand by themselves."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    joined = {
        id(side) for node in ast.walk(tree) if isinstance(node, ast.BinOp) for side in (node.left, node.right)
    } | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.AugAssign)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            members = node.elts
        elif isinstance(node, ast.Call):
            members = node.args
        else:
            continue
        tags = [one.value for one in members if isinstance(one, ast.Constant) and one.value in TAGS]
        if len(tags) > 1 and id(node) not in joined:
            found.add(" ".join(map(str, tags)))
    return found


def module(path: Path) -> str:
    return str(path.relative_to(ROOT / "pipeline").with_suffix(""))


def test_letters_that_mean_something_together_are_called_by_their_name() -> None:
    def check(path: Path) -> None:
        assert [found for text in strings(path) for found in letters_at_home(text)] == []

    each([*CODE, *DATA], str, check)


def test_korean_in_the_code_of_a_step_says_why() -> None:
    speaking = {module(path) for path in CODE if speaks_korean(path)}
    reasoned = {name for names in WHY.values() for name in names}
    assert speaking == reasoned, sorted(speaking ^ reasoned)


def test_signs_of_rights_are_called_by_their_name() -> None:
    signs = re.compile(rf"[{press.SIGNS}]|{re.escape(press.TYPED)}|{press.OWNERS}|\[Cc\]opyright")

    def check(path: Path) -> None:
        assert [text for text in strings(path) if signs.search(text)] == []

    each([path for path in CODE if path.stem != "symbols"], str, check)  # which are a font's
    patterns = [
        text
        for path in sorted((ROOT / "configs" / "boilerplate").glob("*.toml"))
        for one in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", ())
        for text in (one["pattern"],)
    ]
    assert [text for text in patterns if re.search(rf"[{press.SIGNS}]", text)] == []


def test_bullets_are_called_by_their_name() -> None:
    """A choice of a few shapes says what each of them does; most of them are what begins any line."""
    found = [
        (module(path), own)
        for path in CODE
        for text in strings(path)
        for own in _CLASS.findall(text)
        if len(set(own) & set(bullets.SHAPES)) > len(bullets.SHAPES) / 2
    ]
    assert found == []


def test_a_set_of_tags_begins_with_one_at_home() -> None:
    found = {(module(path), one) for path in CODE for one in own_tags(path)}
    assert found == OWN_TAGS.keys(), sorted(found ^ OWN_TAGS.keys())


def test_no_step_cuts_tags_into_letters() -> None:
    cut = re.compile(r"\btag\[(?:0|:\d)\]|\btag\.startswith\(\(")
    assert [module(path) for path in CODE if cut.search(path.read_text(encoding="utf-8"))] == [
        "train/encoder",  # priors for all particles and endings that have none of their own
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[은는] ", ["TOPIC"]), ("(?:이|가)", ["SUBJECT"]), ("[^다요죠]$", ["STATED"]),
        ("[다요죠네까라]", ["STATED", "CLOSED", "FINAL"]), ("[은는도]", []), ("[가-힣다요죠]", []),
        ("[만억조]", ["SCALES"]), (r"\[은는]", []),
    ],
)  # fmt: skip
def test_letters_are_seen(text: str, names: list[str]) -> None:
    assert [name for name, _ in letters_at_home(text)] == names


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('A = frozenset({"NNG", "NNP"})', True), ('A = NOUNS | {"NNG", "NNP"}', False),
        ('if tag in ("JKS", "JX"): ...', True), ('if tag == "JKS": ...', False),
        ('A = x.is_at(1, "JKS", "JX")', True), ('A = ("주", "일")', False),
    ],
)  # fmt: skip
def test_sets_of_tags_are_seen(
    code: str, seen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.module", lambda path: path.stem)
    path = tmp_path / "a.py"
    path.write_text(code, encoding="utf-8")
    assert bool(own_tags(path)) == seen
