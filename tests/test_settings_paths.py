"""Paths in a settings file are taken from its folder, those of options from the working directory."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.run.tools import kiwi_for, newsletter_of
from pipeline.settings import (
    ConfigError,
    load_cohesion,
    load_cues,
    load_genres,
    load_settings,
    load_story_rules,
    load_themes,
)
from pipeline.settings.toml import _line_of

from .conftest import ROOT


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings and what they name; the working directory is another one."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "house" / "templates").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path / "house"


def test_every_path_of_a_file_is_taken_from_its_folder(house: Path) -> None:
    (house / "mine.toml").write_text(
        'korean = { user_words = "words.tsv" }\n[themes]\nset = "sets/coffee.toml"\n'
        '[summary]\nweights = "../weights.toml"\n[read.web]\ncache = "cache"\n'
        '[newsletter]\nlogo = "logo.png"\ntemplates = "templates"\n'
    )
    for file in (house / "mine.toml", Path("../house/mine.toml")):
        found = load_settings(file)
        for path, wanted in (
            (found.korean.user_words, house / "words.tsv"),
            (found.themes.set, house / "sets" / "coffee.toml"),
            (found.summary.weights, house / ".." / "weights.toml"),
            (found.read.web.cache, house / "cache"),
            (found.newsletter.logo, house / "logo.png"),
            (found.newsletter.templates, house / "templates"),
        ):
            assert path is not None
            assert Path(path).resolve() == wanted.resolve()


def test_names_empty_and_absolute_values_stay_as_they_are(house: Path) -> None:
    config = house / "mine.toml"
    config.write_text(
        f'[themes]\nset = "realestate"\n[encoder]\nname = "tfidf"\n[korean]\nwords = "configs/words.tsv"\n'
        f'user_words = ""\n[newsletter]\ntemplates = "{ROOT.as_posix()}/pipeline/templates"\n'
    )
    found = load_settings(config)
    assert (found.themes.set, found.encoder.name, found.korean.words) == (
        "realestate",
        "tfidf",
        "configs/words.tsv",
    )
    assert found.korean.user_words == ""
    assert Path(found.newsletter.templates) == ROOT / "pipeline" / "templates"


def test_options_are_taken_from_the_working_directory(house: Path) -> None:
    (house / "mine.toml").write_text('[newsletter]\ntemplates = "templates"\n')
    found = load_settings(house / "mine.toml", {"newsletter.templates": "here", "themes.set": "set.toml"})
    assert (found.newsletter.templates, found.themes.set) == ("here", "set.toml")


def test_a_word_list_beside_the_settings_is_used(house: Path) -> None:
    (house / "words.tsv").write_text("뷁나래\tNNP\t0\n", encoding="utf-8")
    (house / "mine.toml").write_text('[korean]\nuser_words = "words.tsv"\n')
    document = Pipeline(load_settings(house / "mine.toml"))
    assert "뷁나래" in [token.form for token in document.tools.kiwi.tokenize("뷁나래는 새 회사다.")]


def test_what_is_missing_is_told_with_the_path_that_was_tried(house: Path) -> None:
    config = house / "mine.toml"
    config.write_text(
        '[korean]\nuser_words = "no.tsv"\n[newsletter]\nlogo = "no.png"\n[themes]\nset = "no.toml"\n'
    )
    found = load_settings(config)
    for broken, name in (
        (lambda: kiwi_for(found), "no.tsv"),
        (lambda: newsletter_of(found), "no.png"),
        (lambda: load_themes(found.themes.set), "no.toml"),
    ):
        with pytest.raises(ConfigError) as told:
            broken()
        assert str(house / name) in str(told.value)


def test_a_key_that_names_nothing_is_an_error(house: Path) -> None:
    config = house / "mine.toml"
    config.write_text('[read.web]\ncahce = "cache"\n')
    with pytest.raises(ConfigError, match=r"read\.web\.cahce \(line 2\)"):
        load_settings(config)


def test_expressions_of_our_own_files_compile(tmp_path: Path) -> None:
    # Files of others are compiled as they are loaded; ours only here.
    copied = Path(shutil.copytree(ROOT / "configs", tmp_path / "configs"))
    assert [one.words for one in load_genres(copied / "genres.toml")] == [one.words for one in load_genres()]
    # Some rules are compared by identity.
    assert repr(load_story_rules(copied / "stories.toml")) == repr(load_story_rules())
    assert load_cues(copied / "cues.toml") == load_cues()
    assert load_cohesion(copied / "cohesion") == load_cohesion()


def test_an_expression_that_does_not_compile_is_told(tmp_path: Path) -> None:
    text = (ROOT / "configs" / "cues.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "cues.toml"
    wrong.write_text(re.sub(r"(?m)^aside = \[", "aside = ['(', ", text), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"aside.*not a regular expression"):
        load_cues(wrong)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("rule.0.against", 5),
        ("rule.1.against", 6),
        ("rule.2.against", 10),
        ("words.a", 2),
        ("tail.z", 12),
        ("z", 12),
        ("words.nope", None),
    ],
)
def test_an_error_names_the_line_of_its_own_block(tmp_path: Path, keys: str, line: int | None) -> None:
    path = tmp_path / "rules.toml"
    blocks = ("[words]\na = 1", "[[rule]]\nid = 1\nagainst = 2", "[[rule]]\nid = 3")
    path.write_text(
        "\n".join((*blocks, "[[rule]]\nid = 4\nagainst = 3", "[tail]\nz = 1\n")), encoding="utf-8"
    )
    assert _line_of(path, keys.split(".")) == line
