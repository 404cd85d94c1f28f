"""What is fitted to and what is held back: every labelled set says it, and training refuses the latter."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate.sets import NAME, labelled_by, refuse_held, use_of
from pipeline.records import GoldError

from .conftest import ROOT, TRAINING

HELD = ROOT / "tests" / "gold"
SETS = [folder for place in (TRAINING, HELD) for folder in sorted(place.iterdir()) if folder.is_dir()]


@pytest.mark.parametrize("folder", SETS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_a_set_says_what_it_is_for(folder: Path) -> None:
    assert use_of(folder) == ("fit" if folder.is_relative_to(TRAINING) else "held")
    assert use_of(next(file for file in folder.rglob("*") if file.is_file())) == use_of(folder)


@pytest.mark.parametrize("folder", SETS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_a_set_says_who_labelled_it(folder: Path) -> None:
    said = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    assert said.keys() == {"use", "by", "what", "labels"}
    assert said["by"] == "language models" or said["by"].startswith("people: http")
    assert re.search("anguage model|^As models/training", said["labels"]) or said["by"] != "language models"
    assert (said["by"], folder.name) in {
        (by, name.split("/")[-1]) for by, (name,) in labelled_by([folder]).items()
    }


def test_every_labelled_file_is_in_a_set() -> None:
    files = [file for place in (TRAINING, HELD) for file in place.rglob("*") if file.is_file()]
    assert len(files) > 1000
    outside = {file.name for file in files if use_of(file) is None}
    assert outside == {"README.md"}


MODELS = sorted((*(ROOT / "models").glob("*.toml"), *(ROOT / "models").glob("*.tsv")))


@pytest.mark.parametrize("file", MODELS, ids=lambda f: f.name)
def test_a_model_says_who_labelled_what_it_is_fitted_to(file: Path) -> None:
    head = file.read_text(encoding="utf-8")[:500]
    if file.name == "background.tsv":
        assert "Counted on:" in head  # of texts alone: nobody labelled them
        return
    by = re.match(
        r"# (Labelled by (?:language models|people: http\S+)|Labels as they come with the data): ", head
    )
    assert by is not None
    named = re.findall(r"models/training/[\w-]+", head.split(". ")[0])
    assert {use_of(ROOT / name) for name in named} <= {"fit"}
    assert named or "people" in head
    if named:
        assert {*labelled_by(ROOT / name for name in named)} == {by[1].removeprefix("Labelled by ")}


@pytest.mark.parametrize("page", ["quality.md", "quality.en.md"])
def test_the_command_of_each_model_stands_beside_what_it_printed(page: str) -> None:
    rows = re.findall(
        r"(?m)^\|[^|]+\| `(yoyak train .+?)` \| `(models/.+?)` \| (.+) \|$",
        (ROOT / "docs" / page).read_text("utf-8"),
    )
    assert {name for _, name, _ in rows} == {
        f"models/{file.name}" for file in MODELS if file.suffix == ".toml"
    }


def test_the_encoders_card_says_whose_scores_it_learned() -> None:
    card = (ROOT / "models" / "ko-morph" / "README.md").read_text(encoding="utf-8")
    assert "human scores" in card
    assert "https://github.com/kakaobrain/kor-nlu-datasets" in card


PAGES = [
    page
    for page in (
        *(ROOT / "docs").glob("*.md"),
        *ROOT.glob("models/*.md"),
        TRAINING / "README.md",
        HELD / "README.md",
    )
    if re.search(r"models/training|tests/gold|(?:^|\D)\.\d{2,3}\b", page.read_text(encoding="utf-8"))
    and not page.stem.startswith(("commands", "settings", "schema"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_with_numbers_says_who_labelled(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("\n", " ")
    assert re.search("언어 모델|anguage model", text), (
        f"{page.name} does not say whose labels its numbers are on"
    )


def test_what_a_model_is_fitted_to_stands_in_its_first_lines(tmp_path: Path) -> None:
    from pipeline.cli.train.labels import tell_labels

    file = tmp_path / "model.toml"
    file.write_text("a = 1\n", encoding="utf-8")
    tell_labels(file, [TRAINING / "figures", TRAINING / "stories" / "fresh.jsonl", tmp_path])
    text = file.read_text(encoding="utf-8")
    assert text.startswith(
        "# Labelled by language models: models/training/figures, models/training/stories.\n"
    )
    assert f"# Labels as they come with the data: {tmp_path.name}.\n" in text
    assert tomllib.loads(text) == {"a": 1}


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
