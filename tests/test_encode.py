from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from pipeline import encode, korean
from pipeline.encode import ENCODERS, Encoder, load_encoder
from pipeline.encode.ko_morph import NAME, load_ko_morph, read_model
from pipeline.evaluate.encoder import evaluate_encoder
from pipeline.records import Token
from pipeline.settings import load_background, resource

from .conftest import ROOT, SHARED, needs_shared
from .thorough import examples

MODEL = resource("models") / NAME

tags = st.sampled_from(["NNG", "NNP", "VV", "VV-R", "VA-I", "JX", "EF", "SL", "SN", "SF", "W_URL", "XYZ", ""])
tokens = st.builds(lambda form, tag: Token(form, tag, 0, len(form)), st.text(max_size=8), tags)
sentences = st.lists(st.lists(tokens, max_size=12), max_size=6)


def tokenizer() -> encode.Tokenize:
    return partial(korean.tokenize, korean.load_kiwi())


@pytest.fixture(scope="module", params=sorted(ENCODERS))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load(request.param)


@pytest.fixture(scope="module")
def ko_morph() -> Encoder:
    return load(NAME)


def load(name: str) -> Encoder:
    return load_encoder(name, tokenize=tokenizer(), models=resource("models"), background=load_background())


def units(
    encoder: Encoder, tokens: Sequence[Sequence[Token]], head: encode.Head = "similarity"
) -> np.ndarray:
    return encoder.encode_units([""] * len(tokens), tokens, head)


def words(*pairs: str) -> list[Token]:
    split = [pair.rpartition("/") for pair in pairs]
    return [Token(form, tag, 0, len(form)) for form, _, tag in split]


def cosine(encoder: Encoder, one: Sequence[Token], other: Sequence[Token]) -> float:
    left, right = units(encoder, [one, other])
    return float(left @ right)


# ── the contract of every encoder ──────────────────────────────────────────────────────────────────


def test_rows_of_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(["아마존이 실적을 발표했다.", "고양이가 잔다", "…"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimensions)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1, 0])
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_related_sentences_are_closer(encoder: Encoder) -> None:
    one, other, far = encoder.encode(
        ["아마존의 분기 매출이 늘었다.", "아마존 매출이 증가했다.", "고양이가 소파에서 잔다."]
    )
    assert one @ other > one @ far + 0.1


def test_as_many_tokens_as_texts(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="2 texts"):
        encoder.encode_units(["하나", "둘"], [[]])


@examples(60)
@given(data=sentences)
@pytest.mark.parametrize("head", ["similarity", "centrality"])
def test_rows_have_length_one_or_zero(encoder: Encoder, data: list[list[Token]], head: encode.Head) -> None:
    lengths = np.linalg.norm(units(encoder, data, head).astype(np.float64), axis=1)
    assert all(abs(length - 1) < 1e-5 or length == 0 for length in lengths)


@examples(60)
@given(data=sentences)
@pytest.mark.parametrize("head", ["similarity", "centrality"])
def test_a_row_does_not_depend_on_its_batch(
    encoder: Encoder, data: list[list[Token]], head: encode.Head
) -> None:
    together = units(encoder, data, head)
    for row, sentence in zip(together, data, strict=True):
        assert row.tobytes() == units(encoder, [sentence], head)[0].tobytes()


@examples(40)
@given(text=st.text(max_size=60))
def test_any_text_encodes(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text.encode("utf-8", "replace").decode()])).all()


# ── ko-morph ───────────────────────────────────────────────────────────────────────────────────────


def test_order_of_morphemes_and_batch_size_leave_every_bit(ko_morph: Encoder) -> None:
    line = words("아마존/NNP", "실적/NNG", "발표/NNG", "FBI/SL", "2,000/SN")
    many = units(ko_morph, [line] * 200)
    assert len({row.tobytes() for row in many}) == 1
    assert many[0].tobytes() == units(ko_morph, [line[::-1]])[0].tobytes()


def test_the_heads_differ(ko_morph: Encoder) -> None:
    line = [words("매출/NNG", "이/JKS", "늘/VV", "었/EP", "다/EF")]
    assert not np.array_equal(units(ko_morph, line), units(ko_morph, line, "centrality"))


def test_a_user_word_finds_its_form_under_another_tag(ko_morph: Encoder) -> None:
    assert cosine(ko_morph, words("매출/NNG"), words("매출/NNP")) == pytest.approx(1)


def test_allomorphs_and_conjugation_classes_are_one(ko_morph: Encoder) -> None:
    for one, other in [
        ("를/JKO", "을/JKO"),
        ("습니다/EF", "ᆸ니다/EF"),
        ("받/VV-R", "받/VV"),
        ("돕/VV", "돕/VV-I"),
    ]:
        assert cosine(ko_morph, words(one), words(other)) == pytest.approx(1), one


def test_a_latin_name_is_like_itself_and_its_variants(ko_morph: Encoder) -> None:
    same = cosine(ko_morph, words("Graviton/SL"), words("GRAVITON/SL"))
    kin = cosine(ko_morph, words("Graviton/SL"), words("Gravitons/SL"))
    other = cosine(ko_morph, words("Graviton/SL"), words("Bedrock/SL"))
    assert same == pytest.approx(1)
    assert kin > 0.5 > other


def test_numbers_are_wholes(ko_morph: Encoder) -> None:
    assert cosine(ko_morph, words("2,000/SN"), words("2000/SN")) == pytest.approx(1)
    assert abs(cosine(ko_morph, words("2000/SN"), words("200/SN"))) < 0.5


def test_another_kiwi_with_other_ids_gives_the_same_vectors(tmp_path: Path, ko_morph: Encoder) -> None:
    """Token ids of Kiwi 0.22 and 0.24 differ nearly everywhere: rows in another order must change nothing."""
    config, tensors, keys = read_model(MODEL)
    order = np.random.default_rng(0).permutation(len(keys))
    rows = np.concatenate([order, np.arange(len(keys), len(tensors["rows"]))])
    shuffled = {name: t[rows] if len(t) == len(rows) else t for name, t in tensors.items()}
    save_file({name: np.ascontiguousarray(t) for name, t in shuffled.items()}, tmp_path / "model.safetensors")
    (tmp_path / "vocabulary.txt").write_text("".join(f"{keys[i]}\n" for i in order), encoding="utf-8")
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    texts = ["아마존이 3분기 실적을 발표했다.", "어제 KBS를 봤습니다", "그는 걸었다"]
    renumbered = load_ko_morph(tmp_path, tokenizer())
    assert np.array_equal(renumbered.encode(texts), ko_morph.encode(texts))


def test_the_pipeline_needs_no_torch() -> None:
    code = (
        "import sys; from pipeline import load_encoder; load_encoder('ko-morph').encode(['문장 하나']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_loading_is_quick() -> None:
    """Half a second is promised; a busy machine is allowed three times the bare import of numpy on top."""
    bare = "import time; t = time.perf_counter(); import numpy; print(time.perf_counter() - t)"
    load = (
        "import time; t = time.perf_counter(); from pathlib import Path;"
        "from pipeline.encode.ko_morph import load_ko_morph;"
        f"load_ko_morph(Path({str(MODEL)!r}), list); print(time.perf_counter() - t)"
    )

    def best(code: str) -> float:
        runs = [
            subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
            for _ in range(3)
        ]
        return min(float(run.stdout) for run in runs)

    assert best(load) < 0.5 + 3 * best(bare)


@pytest.mark.usefixtures("kiwi_anew")
def test_encoding_is_cheap_beside_the_analysis(ko_morph: Encoder) -> None:
    texts = [f"아마존은 {n}분기에 클라우드 매출이 {n * 7}% 늘었다고 밝혔다." for n in range(400)]
    tokenize = tokenizer()
    tokenize(texts[:20])

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    documents = [list(tokenize(texts[i : i + 20])) for i in range(0, len(texts), 20)]
    encoding = min(seconds(lambda: [units(ko_morph, document) for document in documents]) for _ in range(5))
    korean.forget(korean.load_kiwi())
    analysis = seconds(lambda: tokenize(texts))
    assert encoding < analysis / 2


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) <= 22_000_000


@needs_shared
def test_quality_on_korsts() -> None:
    (dev,) = evaluate_encoder(load(NAME), [SHARED / "data" / "korsts" / "sts-dev.tsv"])
    assert dev.pairs == 1500
    assert dev.spearman >= 80


@needs_shared
def test_ko_morph_beats_tfidf_on_korsts() -> None:
    file = SHARED / "data" / "korsts" / "sts-dev.tsv"
    (ours,), (plain,) = evaluate_encoder(load(NAME), [file]), evaluate_encoder(load("tfidf"), [file])
    assert ours.spearman > plain.spearman + 3
