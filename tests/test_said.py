"""What a person meets in Korean is Korean: click's, pydantic's and the parsers' messages too."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.records import ConfigError
from pipeline.settings import Settings, in_korean, load_messages, load_settings
from pipeline.settings.said import _table

from .conftest import SEEDS

NOTICE = str(SEEDS / "short-notice.txt")
#: What may stay in Latin letters: names of options, files, commands and values, in quotes or with a hyphen.
_NAMES = re.compile(
    r"'[^']*'|`[^`]*`|--?[\w-]+|\S*[./\\]\S*|\byoyak(?: [a-z-]+)*|\(준 값: .*?\)$|"
    r"\[[^\]]*\]|\b(?:ko|en|true|false|UTF-8|TOML|JSON|Asia|Seoul|COMMAND|example)\b|[{<][^}>]*[}>]"
)


def english_in(text: str) -> list[str]:
    return re.findall(
        r"[A-Za-z]{3,}(?: [a-z]{2,})+|\b(?:Error|Usage|Invalid|Missing)\b", _NAMES.sub("", text)
    )


@pytest.mark.parametrize(
    "words",
    [
        "nope",
        "summarize",
        "summarize --lenth 3 x",
        "summarize x --length",
        "summarize x --why=3",
        "summarize x --words nofile",
        "summarize x --words seeds",
        "summarize x --per-theme two",
        "summarize x --per-theme -1",
        "summarize x --workers 1.5",
        "bench x --rounds 0",
        "keywords x --top",
        "schema",
        "schema other",
        "schema report digest",
        "themes check",
        "train nothing",
        "evaluate",
        "digest x --number first",
    ],
)
def test_wrong_calls_are_told_in_korean(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEEDS.parent)
    done = CliRunner().invoke(app, words.split(), prog_name="yoyak")
    assert done.exit_code == 2
    assert re.search("[가-힣]", done.stderr)
    assert not english_in(done.stderr), done.stderr


def test_english_stays_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["yoyak", "nope", "--lang", "en"])
    done = CliRunner().invoke(app, ["nope", "--lang", "en"])
    assert (done.exit_code, "No such command 'nope'" in done.stderr) == (2, True)


def test_help_is_korean_to_the_last_word() -> None:
    def commands(command: Any, words: list[str]) -> Iterator[list[str]]:
        yield words
        for name, inner in getattr(command, "commands", {}).items():
            yield from commands(inner, [*words, name])

    from typer.main import get_command

    every = list(commands(get_command(app), []))
    assert len(every) > 25
    for words in every:
        done = CliRunner().invoke(app, [*words, "--help"], prog_name="yoyak")
        assert done.exit_code == 0
        for line in done.stdout.splitlines():
            # Metavars and commands stand at the beginning of a line, what people read behind them.
            assert "Show this message" not in line
            assert not re.match(r"(?:Usage|Options|Arguments|Commands|Error):", line)
            assert not re.search(r"\[required|\[default|<str>|<int|<path>|<file>|\[OPTIONS\]", line), line


def wrong(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, Any]]:
    """A wrong value for each setting: of another type, too small, too large."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from wrong(field.annotation, f"{above}{name}.")
        else:
            for value in (-7, 10**12, "nonsense", [1], {"a": 1}, 0.5):
                yield f"{above}{name}", value


def test_wrong_settings_are_told_in_korean() -> None:
    told: set[str] = set()
    for key, value in wrong(Settings):
        try:
            load_settings(None, {key: value})
        except ConfigError as error:
            told.add(in_korean(error.problem))
    assert len(told) > 30
    assert [text for text in told if english_in(text)] == []


@pytest.mark.parametrize(
    "text", ["a = ", "a = x", "a 1", "a = 1 b = 2", 'a = "x', "[t\n", "a = [1", "a=1\na=2"]
)
def test_broken_toml_is_told_in_korean(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert not english_in(in_korean(str(caught.value))), str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', "[1 2]", "[1,]", '{"a": }', '"x', "1 2", '"\\x"', '"\t"']
)
def test_broken_json_is_told_in_korean(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert not english_in(in_korean(str(caught.value))), str(caught.value)


def test_what_is_unknown_stays_as_it_is() -> None:
    assert in_korean("Something else: entirely") == "Something else: entirely"
    assert in_korean("") == ""
    deep = "Value error, " * 5_000 + "x"
    assert in_korean(deep).endswith("x")


def test_every_message_of_the_table_is_found_by_itself() -> None:
    for one in _table():
        example = "".join(
            literal + name for literal, name in zip(one.literals, (*one.names, ""), strict=True)
        )
        found = next(other for other in _table() if other.matched(example) is not None)
        assert found is one or found.literals[0] == one.literals[0] or found.literals[0] == "", example
        one.korean.format(**dict.fromkeys(one.names, "x"))


def test_failures_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"body": }', encoding="utf-8")
    done = CliRunner().invoke(app, ["summarize", str(tmp_path / "broken.json")])
    assert done.exit_code == 1
    assert "1째 줄" in done.stderr
    assert {"click.usage", "click.error"} <= load_messages("ko").keys()
