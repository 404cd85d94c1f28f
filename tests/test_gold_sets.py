"""What is fitted to and what is held back: every labelled set says it, and training refuses the latter."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate.sets import NAME, refuse_held, use_of
from pipeline.records import GoldError

from .conftest import ROOT, TRAINING

HELD = ROOT / "tests" / "gold"
SETS = [folder for place in (TRAINING, HELD) for folder in sorted(place.iterdir()) if folder.is_dir()]


@pytest.mark.parametrize("folder", SETS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_a_set_says_what_it_is_for(folder: Path) -> None:
    assert use_of(folder) == ("fit" if folder.is_relative_to(TRAINING) else "held")
    assert use_of(next(file for file in folder.rglob("*") if file.is_file())) == use_of(folder)


#: Articles whose figures are learned from: held back of them are their picks, themes and keyphrases.
OTHER_LABELS = {("figures", "editor-picks")}


def test_no_text_is_in_both() -> None:
    """A text that was learned from and is measured on flatters, whatever the sets are called."""
    held = [(folder, _lines(folder)) for folder in SETS if not folder.is_relative_to(TRAINING)]
    learned = [(folder, _lines(folder)) for folder in SETS if folder.is_relative_to(TRAINING)]
    assert sum(len(lines) for _, lines in held) > 100
    shared = {(a.name, b.name) for a, fit in learned for b, kept in held if fit & kept}
    assert shared <= OTHER_LABELS


def _lines(folder: Path) -> set[str]:
    return {
        line.strip()
        for file in chain(folder.rglob("*.txt"), folder.rglob("*.md"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if len(line) > 60
    }


@pytest.mark.parametrize(
    "call",
    [
        ("themes", "tests/gold/themes"),
        ("keywords", "tests/gold/keywords"),
        ("keywords", "tests/gold/keywords/agent-commerce.toml"),
        ("stories", "models/training/stories/fresh.jsonl", "--apart", "tests/gold/themes/articles"),
        ("editor", "--data", "tests/gold"),
    ],
    ids=" ".join,
)
def test_training_refuses_what_is_held(call: tuple[str, ...], tmp_path: Path) -> None:
    given = [str(ROOT / part) if "/" in part else part for part in call]
    done = CliRunner().invoke(app, ["train", *given, "-o", str(tmp_path / "model.toml")])
    assert done.exit_code == 2
    assert "held" in done.output
    assert not list(tmp_path.iterdir())


def test_data_of_ones_own_need_say_nothing(tmp_path: Path) -> None:
    assert use_of(tmp_path) is None
    refuse_held([tmp_path])


@pytest.mark.parametrize("text", ["", 'use = "both"', "use =", "use = 1"])
def test_a_set_that_says_neither_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match="not a set"):
        use_of(tmp_path / "articles")
