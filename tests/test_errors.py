"""Errors are one tree: ``except YoyakError`` is enough."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline
from pipeline import DataError, Pipeline, YoyakError, load_encoder
from pipeline.evaluate.gold import read_summaries
from pipeline.settings import load_settings, load_themes
from pipeline.writers import load_digest, load_report

#: Modules that need the packages of an extra.
EXTRA = {"pipeline.encode.st_module", "pipeline.train.similarity_loss"}


def test_every_error_of_the_package_is_of_the_tree() -> None:
    names = [m.name for m in pkgutil.walk_packages(pipeline.__path__, "pipeline.")]
    modules = [importlib.import_module(name) for name in names if name not in EXTRA]
    errors = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, BaseException)
        and value.__module__.startswith("pipeline.")
    }
    assert len(errors) >= 10
    assert {error for error in errors if not issubclass(error, YoyakError)} == set()
    assert {error.__module__ for error in errors} == {"pipeline.records.errors"}
    assert all(error.__doc__ for error in errors)
    tree = importlib.import_module("pipeline.records.errors").__doc__ or ""
    assert [error.__name__ for error in errors if error.__name__ not in tree] == []


def setting(folder: Path) -> object:
    return load_settings(None, {"run.batch": "many"})


def unknown_setting(folder: Path) -> object:
    (folder / "own.toml").write_text("[summary]\nlenght = '5'\n", encoding="utf-8")
    return load_settings(folder / "own.toml")


def method(folder: Path) -> object:
    return Pipeline(load_settings(None, {"summary.method": "guess"}))


def theme_set(folder: Path) -> object:
    (folder / "set.toml").write_text("id = 'x'\n[[themes]]\n", encoding="utf-8")
    return load_themes(str(folder / "set.toml"))


def no_theme_set(folder: Path) -> object:
    return Pipeline(load_settings(None, {"themes.set": "nowhere"}))


def model_folder(folder: Path) -> object:
    return load_encoder(str(folder))


def damaged_model(folder: Path) -> object:
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    return Pipeline(load_settings(None, {"encoder.name": str(folder)}))


def gold(folder: Path) -> object:
    (folder / "gold.json").write_text("{}", encoding="utf-8")
    return read_summaries(folder / "gold.json")


@pytest.mark.parametrize(
    "wrong",
    [setting, unknown_setting, method, theme_set, no_theme_set, model_folder, damaged_model, gold],
)
def test_one_clause_catches_what_can_go_wrong(wrong: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(YoyakError) as caught:
        wrong(tmp_path)
    assert str(caught.value)


@pytest.mark.parametrize("load", [load_report, load_digest])
def test_what_is_no_record_names_its_key(load: Callable[[str], object]) -> None:
    with pytest.raises(DataError, match=r"^schema: "):
        load('{"schema": "nobody/1"}')


def test_a_setting_that_is_wrong_is_a_value_error_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lenght"):
        unknown_setting(tmp_path)
