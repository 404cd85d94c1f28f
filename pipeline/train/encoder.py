"""Training ``models/ko-morph``: Kiwi's morpheme vectors, then pairs of Korean sentences.

1. The vectors of Kiwi's language model, centred and whitened; weights by frequency (SIF, Arora et al. 2017).
   This untrained bag is the head for centrality.
2. The head for similarity: weights, a linear map and small moves of the vectors, trained on KorSTS (1 minus
   Pearson's correlation in a batch) and a little on NLI (multiple negatives, contradictions as hard ones).
3. The mean of several runs that differ in their seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.encode.ko_morph import CONFIG, KEYS, WEIGHTS, load_ko_morph
from pipeline.encode.vocabulary import Vocabulary
from pipeline.evaluate.encoder import StsScore, evaluate_encoder, sts_files
from pipeline.records import Token

from .kiwi_vectors import morpheme_vectors, whiten
from .sentence_data import SentenceData, read_sentence_data

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

    from pipeline.encode.st_module import MorphemeBag

Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Token]]]
Progress = Callable[[str, int, int], None]

#: A hashed row that no text shows counts as this rare.
_LEAST = 2e-6
#: Where training starts: SIF weights times these, by tag. Endings and particles say little even when they
#: are rare, verbs say less than nouns, and numbers say more than their frequency lets expect.
_TAG_PRIORS = {"J": 0.37, "E": 0.37, "VCP": 0.37, "XSV": 0.37, "XSA": 0.37, "XSA-I": 0.37} | {
    **dict.fromkeys(("VX", "NNB", "XSN", "NP", "MM", "MAJ"), 0.61),
    **dict.fromkeys(("VV", "VV-I"), 0.74),
    "SN": 2.5,
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that the result depends on besides the data and Kiwi.

    Attributes
    ----------
    numbers, grams
        Rows for numbers, and for character n-grams of words outside Kiwi's model.
    sif
        The constant ``a`` of SIF weights ``a / (a + p)``.
    prior
        How many morphemes of running text the prior by Kiwi's order (Zipf) is worth in ``p``.
    weight_rate, map_rate, row_rate
        Adam's steps at the start; they fall to 0.
    nli
        Weight of the NLI loss.
    anchor
        Weight of the squares of what the weights move by.
    """

    seed: int = 0
    runs: int = 8
    epochs: int = 4
    batch: int = 128
    numbers: int = 2048
    grams: int = 6144
    sif: float = 1e-3
    prior: float = 2e5
    dropout: float = 0.05
    weight_rate: float = 0.01
    map_rate: float = 1e-3
    row_rate: float = 2e-3
    nli: float = 0.1
    anchor: float = 1e-4


def train_encoder(
    data: Path, out: Path, kiwi: Kiwi, tokenize: Tokenize, recipe: Recipe, progress: Progress
) -> list[StsScore]:
    """Make the model folder `out` from Kiwi and the data folder, model card included.

    Parameters
    ----------
    data
        Holds ``korsts/``, ``kornli/``, ``klue/`` and ``news-sentences/``; KorSTS dev isn't touched.
    kiwi
        Whose vectors to take.
    tokenize
        Texts to morphemes.
    progress
        Called with the name of a step, and how much of how much of it is done.

    Returns
    -------
    scores
        Of the model as it was written, on the files of `sts_files`.

    Raises
    ------
    FileNotFoundError
        When a file is missing in the data folder.
    ValueError
        When a file is not what it should be, or Kiwi's model isn't.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    # One thread adds in one order: the result must not depend on the number of cores.
    torch.set_num_threads(1)
    corpus = read_sentence_data(data)
    progress("analyse", 0, 1)
    analysed = dict(zip(corpus.texts, tokenize(corpus.texts), strict=True))
    keys, vectors = morpheme_vectors(kiwi, recipe.seed, lambda done, of: progress("vectors", done, of))
    named = [row for row, key in enumerate(keys) if not key.startswith("/") and "\n" not in key]
    bag = untrained([keys[row] for row in named], vectors[named], list(analysed.values()), recipe)

    def cached(texts: Sequence[str]) -> list[Sequence[Token]]:
        return [analysed[text] for text in texts]

    used = torch.tensor(
        sorted({row for tokens in analysed.values() for row in _rows(bag.vocabulary, tokens)})
    )
    narrow = bag.narrowed(used)
    narrow.analyse = cached
    model = SentenceTransformer(modules=[narrow], device="cpu")
    # Examples for a card that isn't written would only show a progress bar of their own.
    model.model_card_data.widget = [{"text": ""}]
    initial = {name: value.clone() for name, value in narrow.state_dict().items()}
    total = {name: value * 0 for name, value in initial.items()}
    for run in range(recipe.runs):
        narrow.load_state_dict(initial)
        _fit(model, corpus, recipe, run, progress)
        for name, value in narrow.state_dict().items():
            total[name] += value / recipe.runs
    narrow.load_state_dict(total)
    bag.widen(narrow, used)
    out.mkdir(parents=True, exist_ok=True)
    SentenceTransformer(modules=[bag], device="cpu").save(str(out), create_model_card=False)
    scores = evaluate_encoder(load_ko_morph(out, tokenize), sts_files(data))
    _write_card(out, scores, recipe)
    return scores


def untrained(
    keys: Sequence[str], vectors: NDArray[np.float64], analysed: Sequence[Sequence[Token]], recipe: Recipe
) -> MorphemeBag:
    """The bag before training: whitened vectors, SIF weights, random rows for hashed pieces.

    Parameters
    ----------
    keys, vectors
        Morphemes by frequency, ``form/tag``, and their vectors.
    analysed
        Sentences to count morphemes in.
    """
    import torch

    from pipeline.encode.st_module import MorphemeBag

    vocabulary = Vocabulary(keys, recipe.numbers, recipe.grams)
    share = _shares(vocabulary, analysed, recipe.prior)
    known = len(keys)
    # The square root keeps particles from deciding what the common part of all vectors is.
    white = whiten(vectors, np.sqrt(share[:known]))
    hashed = len(vocabulary) - known
    noise = np.random.default_rng(recipe.seed).standard_normal((hashed, vectors.shape[1]))
    rows = np.concatenate([white, noise / np.linalg.norm(noise, axis=1, keepdims=True)])
    weights = recipe.sif / (recipe.sif + share)
    priors = [_TAG_PRIORS.get(tag, _TAG_PRIORS.get(tag[:1], 1.0)) for tag in vocabulary.tags()]
    return MorphemeBag(
        keys,
        recipe.numbers,
        torch.tensor(rows, dtype=torch.float32),
        torch.tensor(np.log(weights * priors), dtype=torch.float32),
        torch.tensor(weights, dtype=torch.float32),
        dropout=recipe.dropout,
    )


def _rows(vocabulary: Vocabulary, tokens: Sequence[Token]) -> Iterable[int]:
    return (row for token in tokens for row in vocabulary.rows(token.form, token.tag))


def _shares(vocabulary: Vocabulary, analysed: Sequence[Sequence[Token]], prior: float) -> NDArray[np.float64]:
    """How often each row is used in running text: counts, over a prior by rank for the many unseen ones."""
    counts = np.zeros(len(vocabulary))
    seen = Counter(row for tokens in analysed for row in _rows(vocabulary, tokens))
    counts[list(seen)] = list(seen.values())
    known = len(vocabulary.keys)
    zipf = 1 / (np.arange(known) + 30)
    total = counts.sum() + prior
    share: NDArray[np.float64] = counts / total
    share[:known] += prior / total * zipf / zipf.sum()
    share[known:] = np.maximum(share[known:], _LEAST)
    return share


def _fit(model: Any, corpus: SentenceData, recipe: Recipe, run: int, progress: Progress) -> None:
    """One run: the trainer of sentence-transformers, with our rates for weights, map and rows."""
    import torch
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from transformers import PrinterCallback

    bag = model[0]
    groups = [
        {"params": [bag.log_weights, bag.tag_weights], "lr": recipe.weight_rate},
        {"params": [bag.map], "lr": recipe.map_rate},
        {"params": [bag.rows], "lr": recipe.row_rate},
    ]
    steps = recipe.epochs * (len(corpus.pairs.scores) // recipe.batch)
    optimizer = torch.optim.Adam(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.0, 1 - step / max(steps, 1)))
    with TemporaryDirectory() as folder:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=folder,
            num_train_epochs=recipe.epochs,
            per_device_train_batch_size=recipe.batch,
            max_grad_norm=0.0,
            dataloader_drop_last=True,
            dataloader_pin_memory=False,
            seed=recipe.seed + run,
            use_cpu=True,
            save_strategy="no",
            logging_strategy="no",
            report_to=[],
            disable_tqdm=True,
        )
        trainer = SentenceTransformerTrainer(
            model=model,
            args=arguments,
            train_dataset=_dataset(corpus, recipe.seed + run),
            loss=_loss(model, recipe.nli, recipe.anchor),
            optimizers=(optimizer, schedule),
            callbacks=[_reporter(f"run {run + 1}/{recipe.runs}", progress)],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()


def _dataset(corpus: SentenceData, seed: int) -> Any:
    """Each scored pair beside a triplet drawn at random: one batch serves both parts of the loss."""
    from datasets import Dataset

    pairs = corpus.pairs
    drawn = np.random.default_rng(seed).integers(len(corpus.triplets), size=len(pairs.scores))
    premises, entailed, contradicting = zip(*(corpus.triplets[i] for i in drawn), strict=True)
    return Dataset.from_dict(
        {
            "sentence1": pairs.left,
            "sentence2": pairs.right,
            "premise": premises,
            "entailed": entailed,
            "contradicting": contradicting,
            "score": pairs.scores,
        }
    )


def _loss(model: Any, nli: float, anchor: float) -> Any:
    from .similarity_loss import SimilarityLoss

    return SimilarityLoss(model, nli, anchor)


def _reporter(name: str, progress: Progress) -> Any:
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            progress(name, state.global_step, state.max_steps)

    return Reporter()


def _write_card(out: Path, scores: Sequence[StsScore], recipe: Recipe) -> None:
    """Fill in the model card: what the model was made with, and what it measures."""
    template = Template(Path(__file__).with_name("encoder_card.md").read_text(encoding="utf-8"))
    size = sum((out / name).stat().st_size for name in (CONFIG, KEYS, WEIGHTS))
    seed = f" --seed {recipe.seed}" if recipe.seed else ""
    card = template.substitute(
        asdict(recipe),
        size=round(size / 1e6),
        morphemes=f"{len((out / KEYS).read_text(encoding='utf-8').splitlines()):,}",
        figures="\n".join(
            f"| {score.name} | {score.pairs:,} | {score.spearman:.1f} | {score.pearson:.1f} |"
            for score in scores
        ),
        command=f"yoyak train encoder --data DIR -o models/{out.name}{seed}",
        kiwi=version("kiwipiepy_model"),
    )
    (out / "README.md").write_text(card, encoding="utf-8")
