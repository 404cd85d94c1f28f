"""What can go wrong when an encoder is loaded, and models of sentence-transformers."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.encode import Encoder, load_encoder
from pipeline.encode.ko_morph import NAME, KoMorph, load_ko_morph
from pipeline.records import MissingExtraError, ModelFormatError, ModelNotFoundError, Token
from pipeline.settings import load_background, resource

from .test_encode import MODEL, load, tokenizer

TEXTS = ["아마존이 3분기 실적을 발표했다.", "Graviton4 칩을 쓴다", "…", "그는 안 갔다고 2,000번 말했다."]


def nothing(texts: Sequence[str]) -> list[list[Token]]:
    return [[] for _ in texts]


def by_name(name: str) -> Encoder:
    return load_encoder(name, tokenize=nothing, models=resource("models"), background=load_background())


def copy_of_the_model(folder: Path) -> Path:
    for file in MODEL.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_a_retrained_model_is_read_by_the_numpy_path(tmp_path: Path) -> None:
    assert isinstance(by_name(str(copy_of_the_model(tmp_path))), KoMorph)


def test_our_model_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError) as caught:
        load_encoder(NAME, tokenize=nothing, models=tmp_path, background=load_background())
    assert (caught.value.encoder, caught.value.folder) == (NAME, tmp_path / NAME)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", b"{"),
        ("config.json", b"[]"),
        ("config.json", b'{"format": 99}'),
        ("model.safetensors", b"not tensors"),
        ("vocabulary.txt", "매출/NNG\n".encode()),
        ("vocabulary.txt", b"\xff\xfe"),
    ],
)
def test_our_model_is_damaged(tmp_path: Path, file: str, content: bytes) -> None:
    (copy_of_the_model(tmp_path) / file).write_bytes(content)
    with pytest.raises(ModelFormatError) as caught:
        load_ko_morph(tmp_path, nothing)
    assert caught.value.folder == tmp_path


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtraError) as caught:
        by_name("some/model")
    assert (caught.value.extra, caught.value.encoder) == ("transformers", "some/model")


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        by_name(str(tmp_path))


@pytest.mark.extra("transformers")
def test_neither_model_nor_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelNotFoundError) as caught:
        by_name("nobody/has-this-model")
    assert caught.value.encoder == "nobody/has-this-model"


@pytest.mark.extra("transformers")
def test_sentence_transformers_loads_our_folder() -> None:
    import sentence_transformers

    from pipeline.encode.st_module import MorphemeBag

    ours = load(NAME).encode(TEXTS)
    models = [
        sentence_transformers.SentenceTransformer(str(MODEL), trust_remote_code=True, device="cpu"),
        sentence_transformers.SentenceTransformer(
            modules=[MorphemeBag.load(str(MODEL), tokenize=tokenizer())], device="cpu"
        ),
    ]
    for model in models:
        assert np.abs(model.encode(TEXTS) - ours).max() < 1e-5


@pytest.mark.extra("transformers")
def test_any_model_of_sentence_transformers_is_an_encoder(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = Tokenizer(WordLevel({"매출": 0, "고양이": 1, "[UNK]": 2}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=8)]).save(str(tmp_path))
    encoder = load_encoder(
        str(tmp_path), tokenize=nothing, models=resource("models"), background=load_background()
    )
    vectors = encoder.encode_units(["매출", "고양이", "매출", "!"], [[], [], [], []], "centrality")
    assert encoder.name == str(tmp_path)
    assert encoder.encode([]).shape == (0, 8)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1, 1, 0])
    assert np.array_equal(vectors[0], vectors[2])


def test_the_folder_is_in_the_layout_of_sentence_transformers() -> None:
    (module,) = json.loads((MODEL / "modules.json").read_text(encoding="utf-8"))
    assert module["type"] == "pipeline.encode.st_module.MorphemeBag"
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    assert "license: cc-by-sa-4.0" in card
    assert "yoyak train encoder" in card
