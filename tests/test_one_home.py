"""What the house knows of Korean stands once: no list of four of its words stands again elsewhere.

At home are ``configs/korean/`` and ``pipeline/korean/``. A list is a choice of an expression (사진|자료),
words with spaces or commas between them, or an array; four or more of its words in a row that one list at
home has too are that list again.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.korean.spelling import key_of
from pipeline.records import ConfigError
from pipeline.settings import load_themes
from pipeline.settings.data import load_aliases
from pipeline.settings.korean import members, word_classes

from .conftest import ROOT

FEWEST = 4
#: Words of an expression that says something by itself.
SAID = 3
HOMES = (ROOT / "configs" / "korean", ROOT / "pipeline" / "korean")
#: Lists that only look like one of these, by their file and the words that they share: why they stand there.
EXCEPTIONS = {
    (
        "configs/keywords.toml",
        "반응 목소리 이야기 얘기",
    ): "words that say little, not what goes on after a quotation",
    (
        "configs/keywords.toml",
        "한국 미국 중국 일본",
    ): "common ground of business news weighs another way than a place",
    (
        "configs/keywords.toml",
        "정도 수준 가량 안팎",
    ): "words that end no phrase; only some of them round a number",
    (
        "configs/keywords.toml",
        "평균 총 약 최소 최대",
    ): "words that are no keyword; only some of them round a number",
    (
        "configs/glossary/names.toml",
        "갤럭시 갤럭시 아이폰 아이패드 맥북",
    ): "products that are keywords, not what a mail was sent from",
    (
        "configs/figures/compare.toml",
        "남성 여성 남자 여자",
    ): "by what figures of people are parted, not who they are",
    (
        "configs/cohesion/reference.toml",
        "기간 달 때 시기",
    ): "times that a determiner points at, not what stands behind 같은",
    (
        "configs/themes/bigtech.toml",
        "봄 여름 가을 겨울",
    ): "what an article is about that has nothing to do with business",
    (
        "configs/figures/metrics.toml",
        "명 개 곳 가구",
    ): "what users are counted in, not what is counted",
    (
        "configs/figures/metrics.toml",
        "대 개 장 톤",
    ): "what sales are counted in, not what is counted",
}

#: Lists of words that are worth little as keywords: most of a class is, not all of it.
SPELLED_OUT = {
    ("configs/nouns.toml", "frame"),
    ("configs/keywords.toml", "frame"),
    ("configs/keywords.toml", "shell"),
    ("configs/keywords.toml", "deed"),
    ("configs/keywords.toml", "portion"),
    ("configs/nouns.toml", "portion"),
}

_SPACE = re.compile(r"\\s[?*+]*| \??")
_PARTED = re.compile(r"[\s,]+")
_WORD = re.compile(r"[가-힣]+")
_CHOICE = re.compile(
    r"(?:\(\?:)?[가-힣]+(?:\([^()|]*\)\??)?(?:\|(?:\(\?:)?[가-힣]+(?:\([^()|]*\)\??|\[[^\]]*\])?){3,}"
)


def lists_in(text: str) -> Iterator[list[str]]:
    """The choices of a regular expression, and the words of a text where several are Korean."""
    for choice in _CHOICE.findall(_SPACE.sub("", text)):
        yield choice.split("|")
    words = _PARTED.split(text.strip())
    if sum(_WORD.fullmatch(word) is not None for word in words) >= FEWEST:
        yield words


def of_data(value: Any) -> Iterator[list[str]]:
    """Lists of a TOML file."""
    if isinstance(value, str):
        yield from lists_in(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from of_data(one)
    elif isinstance(value, list):
        yield [one for one in value if isinstance(one, str)]
        for one in value:
            yield from of_data(one)


def of_module(text: str) -> Iterator[list[str]]:
    """Lists of a Python file: literals, and what its strings hold; what it is documented with is no list."""
    tree = ast.parse(text)
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from lists_in(node.value)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            members = node.keys if isinstance(node, ast.Dict) else node.elts
            yield [
                one.value for one in members if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]


def lists(path: Path) -> Iterator[list[str]]:
    """Lists of words of a file, each word by its Korean letters."""
    text = path.read_text(encoding="utf-8")
    for words in of_module(text) if path.suffix == ".py" else of_data(tomllib.loads(text)):
        found = [match[0] for word in words if (match := _WORD.search(_SPACE.sub("", word)))]
        if len(set(found)) >= FEWEST:
            yield found


def longest(words: list[str], home: frozenset[str]) -> list[str]:
    """The longest run of words that a list at home has too."""
    best: list[str] = []
    run: list[str] = []
    for word in words:
        run = [*run, word] if word in home else []
        best = max(best, run, key=len)
    return best


def again(files: list[Path], home: set[frozenset[str]]) -> set[tuple[str, str]]:
    """Files with words of theirs that one list at home has too."""
    return {
        (str(path.relative_to(ROOT)), " ".join(run))
        for path in files
        for words in lists(path)
        for known in home
        if len(set(run := longest(words, known))) >= FEWEST
    }


def test_no_list_of_korean_words_stands_twice() -> None:
    files = [*(ROOT / "configs").rglob("*.toml"), *(ROOT / "pipeline").rglob("*.py")]
    # Classes of words have a test of their own, below.
    classes = ROOT / "configs" / "korean" / "words.toml"
    inside = [path for path in files if path.parent in HOMES and path != classes]
    home = {frozenset(words) for path in inside for words in lists(path)}
    assert len(home) > 40
    found = again(sorted(set(files) - {*inside, classes}), home)
    assert found == EXCEPTIONS.keys(), sorted(found ^ EXCEPTIONS.keys())


def korean_strings(path: Path) -> set[str]:
    """What a module says in Korean at some length: three words or more in one string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told
    )
    return {text for text in strings if isinstance(text, str) and len(_WORD.findall(text)) >= SAID}


def test_no_expression_stands_in_two_modules() -> None:
    found: dict[str, set[str]] = {}
    for path in (ROOT / "pipeline").rglob("*.py"):
        for text in korean_strings(path):
            found.setdefault(text, set()).add(str(path.relative_to(ROOT)))
    assert len(found) > 100
    assert {text: where for text, where in found.items() if len(where) > 1} == {}


def test_an_expression_is_seen_and_what_documents_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        '"""보다, 에 비해, 대비."""\nA = re.compile(r"보다|에 비해|대비")\nB = "보다"\n', encoding="utf-8"
    )
    assert korean_strings(path) == {"보다|에 비해|대비"}


def test_a_list_that_stands_twice_is_seen(tmp_path: Path) -> None:
    home = {frozenset(("사진", "자료", "그래픽", "이미지", "출처"))}
    for text, seen in (
        ('a = r"(?:사진|자료|그래픽|출처)\\\\s?="', True),
        ('a = r"(?:자료\\\\s?사진|사진|자료|그래픽(?:뉴스)?|출처)"', True),
        ('a = ("사진", "그래픽", "자료", "출처")', True),
        ('a = "글 사진 자료 그래픽 출처".split()', True),
        ('a = r"(?:사진|자료|글|그래픽|출처)"', False),
        ('a = "(?:사진|자료|그래픽)"', False),
        ('a = "글, 사진, 자료, 그래픽, 출처"', True),
        ('"""사진 자료 그래픽 출처"""', False),
    ):
        path = tmp_path / "a.py"
        path.write_text(text, encoding="utf-8")
        assert (
            any(len(set(longest(words, one))) >= FEWEST for words in lists(path) for one in home) == seen
        ), text


def test_a_theme_does_not_say_what_a_term_is_called_besides() -> None:
    groups = {key_of(form): group for group in load_aliases() for form in group}
    for path in (ROOT / "configs" / "themes").glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for term in (one for theme in (*data["themes"], data.get("outside", {})) for one in theme["terms"]):
            own = groups.get(key_of(term["name"]), ())
            assert not set(own) & set(term.get("variants", ())), term["name"]


def test_a_term_goes_by_all_the_names_of_what_it_names() -> None:
    (azure,) = (
        term for theme in load_themes("bigtech").themes for term in theme.terms if term.name == "애저"
    )
    assert {"Azure", "마이크로소프트 애저"} <= set(azure.variants)


def test_a_class_of_words_stands_nowhere_else() -> None:
    """What several lists ask for is asked for by name: no list spells out most of a class."""
    classes = {name: frozenset(words) for name, words in word_classes().items()}
    home = ROOT / "configs" / "korean" / "words.toml"
    spelled_out = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sorted((ROOT / "configs").rglob("*.toml"))
        if path != home and not {"messages", "glossary"} & set(path.parts)
        for found in of_data(tomllib.loads(path.read_text(encoding="utf-8")))
        for name, words in classes.items()
        if len(words & {part.strip() for one in found for part in one.split(",")}) > len(words) * 2 / 3
    }
    assert spelled_out <= SPELLED_OUT, spelled_out - SPELLED_OUT


def test_every_class_of_words_is_asked_for() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "configs").rglob("*.toml")
        if path.name != "words.toml" or path.parent.name != "korean"
    ]
    asked = {name: sum(text.count(f"(?&{name})") for text in texts) for name in word_classes()}
    assert min(asked.values()) >= 2, asked


def test_an_unknown_class_is_told() -> None:
    with pytest.raises(ConfigError, match="no such class"):
        members(["가격", "(?&nosuch)"])
