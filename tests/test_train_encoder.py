"""Training and measuring the encoder, on data made up here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encode import load_encoder
from pipeline.evaluate.encoder import evaluate_encoder, read_pairs, sts_files
from pipeline.records import Token
from pipeline.settings import load_background, resource
from pipeline.train.kiwi_vectors import nystrom, whiten
from pipeline.train.sentence_data import read_sentence_data

from .thorough import examples

HEADER = "genre\tfilename\tyear\tid\tscore\tsentence1\tsentence2\n"
EPOCHS = 20
ANIMALS, MONEY = ["고양이", "개", "소", "말"], ["매출", "이익", "주가", "배당"]


def tokenize(texts: object) -> list[list[Token]]:
    return [[Token(word, "NNG", 0, len(word)) for word in text.split()] for text in texts]  # type: ignore[attr-defined]


# ── files ──────────────────────────────────────────────────────────────────────────────────────────


def test_korsts_layout(tmp_path: Path) -> None:
    file = tmp_path / "sts-dev.tsv"
    file.write_text(HEADER + 'a\tb\tc\t1\t3.500\t"그는 "왔다".\t그가 왔다.\n', encoding="utf-8")
    pairs = read_pairs(file)
    assert (pairs.left, pairs.right, pairs.scores) == (('"그는 "왔다".',), ("그가 왔다.",), (3.5,))


def test_klue_layout(tmp_path: Path) -> None:
    file = tmp_path / "klue-sts-v1.1_dev.json"
    labels = {"label": 3.7, "real-label": 3.714, "binary-label": 1}
    row = {"guid": "1", "source": "x", "sentence1": "하나", "sentence2": "둘", "labels": labels}
    file.write_text(json.dumps([row]), encoding="utf-8")
    assert read_pairs(file).scores == (3.714,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", ""),
        ("a.tsv", HEADER),
        ("a.tsv", HEADER + "a\tb\n"),
        ("a.tsv", HEADER + "a\tb\tc\td\tscore\te\tf\n"),
        ("a.json", "[]"),
        ("a.json", '[{"sentence1": "하나"}]'),
        ("a.json", "{"),
    ],
)
def test_not_a_file_of_pairs(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=name):
        read_pairs(tmp_path / name)


def test_files_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sts_files(tmp_path)
    (tmp_path / "korsts").mkdir()
    (tmp_path / "korsts" / "sts-train.tsv").touch()
    (tmp_path / "korsts" / "sts-test.tsv").touch()
    assert [file.name for file in sts_files(tmp_path)] == ["sts-test.tsv"]
    assert sts_files(tmp_path / "korsts" / "sts-train.tsv") == [tmp_path / "korsts" / "sts-train.tsv"]


# ── vectors ────────────────────────────────────────────────────────────────────────────────────────


@examples(20)
@given(seed=st.integers(0, 1000))
def test_nystrom_gives_the_vectors_back_up_to_a_rotation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((60, 5))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    landmarks = rng.choice(60, 30, replace=False)
    found = nystrom(vectors @ vectors[landmarks].T, landmarks, 5)
    assert np.allclose(found @ found.T, vectors @ vectors.T, atol=1e-6)


def test_nystrom_refuses_other_dimensions() -> None:
    vectors = np.random.default_rng(0).standard_normal((60, 5))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for dimensions in (4, 6):
        with pytest.raises(ValueError, match="dimensions"):
            nystrom(vectors @ vectors[:30].T, np.arange(30), dimensions)


def test_whitened_rows_have_no_common_part() -> None:
    rng = np.random.default_rng(0)
    weights = rng.random(500)
    white = whiten(rng.standard_normal((500, 8)) @ rng.standard_normal((8, 8)) + 3, weights)
    assert np.allclose(np.linalg.norm(white, axis=1), 1)
    assert np.abs(weights @ white / weights.sum()).max() < 0.1


# ── the whole of it ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    for folder in ("korsts", "kornli", "klue", "news-sentences"):
        (tmp_path / "data" / folder).mkdir(parents=True)

    def pair() -> tuple[str, str, float]:
        kinds = [(ANIMALS, MONEY)[int(rng.integers(2))] for _ in range(2)]
        one, other = (" ".join(rng.choice(kind, 2)) for kind in kinds)
        return one, other, 5.0 if kinds[0] is kinds[1] else 0.0

    for name, size in (("train", 256), ("dev", 64)):
        rows = [
            f"g\tf\ty\t{i}\t{score}\t{a}\t{b}\n"
            for i, (a, b, score) in enumerate(pair() for _ in range(size))
        ]
        (tmp_path / "data" / "korsts" / f"sts-{name}.tsv").write_text(
            HEADER + "".join(rows), encoding="utf-8"
        )
    nli = "sentence1\tsentence2\tgold_label\n고양이\t개\tentailment\n고양이\t매출\tcontradiction\n"
    (tmp_path / "data" / "kornli" / "xnli.dev.ko.tsv").write_text(nli, encoding="utf-8")
    (tmp_path / "data" / "klue" / "klue-nli-v1_dev.json").write_text("[]", encoding="utf-8")
    (tmp_path / "data" / "news-sentences" / "a.ko").write_text("매출 이익\n", encoding="utf-8")
    return tmp_path / "data"


def test_reading_the_data(data: Path) -> None:
    found = read_sentence_data(data)
    assert found.triplets == (("고양이", "개", "매출"),)
    assert len(found.pairs.scores) == 256
    assert "매출 이익" in found.texts
    (data / "news-sentences" / "a.ko").unlink()
    with pytest.raises(FileNotFoundError):
        read_sentence_data(data)


@pytest.mark.extra("transformers")
def test_training_learns_and_repeats(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.train import encoder as training

    keys = [f"{word}/NNG" for word in ANIMALS + MONEY]

    def made_up(kiwi: object, seed: int, progress: Callable[[int, int], None]) -> object:
        vectors = np.random.default_rng(1).standard_normal((len(keys) + 1, 4))
        return ["/UN", *keys], vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    monkeypatch.setattr(training, "morpheme_vectors", made_up)
    steps: list[tuple[str, int, int]] = []

    def run(name: str, epochs: int) -> float:
        recipe = training.Recipe(runs=2, epochs=epochs, batch=32, numbers=8, grams=8)
        training.train_encoder(
            data,
            tmp_path / name,
            None,
            tokenize,
            recipe,
            lambda *step: steps.append(step),
        )
        encoder = load_encoder(
            str(tmp_path / name), tokenize=tokenize, models=resource("models"), background=load_background()
        )
        (score,) = evaluate_encoder(encoder, sts_files(data))
        return score.spearman

    untrained, trained = run("untrained", 0), run("trained", EPOCHS)
    assert trained > untrained + 10
    assert ("run 2/2", 8 * EPOCHS, 8 * EPOCHS) in steps
    assert run("again", EPOCHS) == trained
    for file in ("model.safetensors", "vocabulary.txt", "config.json", "modules.json"):
        assert (tmp_path / "again" / file).read_bytes() == (tmp_path / "trained" / file).read_bytes()
