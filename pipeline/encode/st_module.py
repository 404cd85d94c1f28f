"""`ko-morph` as a module of sentence-transformers: for training it, and for users who have torch anyway.

>>> SentenceTransformer("models/ko-morph", trust_remote_code=True).encode(["문장 하나", "문장 둘"])
>>> SentenceTransformer(modules=[MorphemeBag.load("models/ko-morph")])  # the same

Nothing in the pipeline imports this file: the numpy path is `ko_morph`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from sentence_transformers.base.modules import InputModule
from torch import Tensor, nn

from .ko_morph import CONFIG, FORMAT, KEYS, WEIGHTS, read_model
from .vocabulary import Vocabulary

Tokenize = Callable[[Sequence[str]], Sequence[Sequence[Any]]]


class MorphemeBag(InputModule):  # type: ignore[misc]
    """A weighted sum of morpheme vectors and a linear map of it, with rows of length 1.

    Parameters
    ----------
    keys
        ``form/tag`` of the first rows; see `Vocabulary`.
    numbers
        How many rows follow for numbers; the rest is for character n-grams.
    rows
        Vectors, float32 of shape (len(keys) + numbers + grams, d).
    log_weights
        Logarithm of the weight of each row, shape (len(rows),).
    centrality
        Weights of the head for centrality, which isn't trained and is only carried along.
    tokenize
        Texts to morphemes with `form` and `tag`; by default a Kiwi without a user dictionary.
    dropout
        Share of the morphemes that are left out while training.
    """

    def __init__(
        self,
        keys: Sequence[str],
        numbers: int,
        rows: Tensor,
        log_weights: Tensor,
        centrality: Tensor,
        mapping: Tensor | None = None,
        tokenize: Tokenize | None = None,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.vocabulary = Vocabulary(keys, numbers, len(rows) - len(keys) - numbers)
        self.rows = nn.Parameter(rows)
        self.log_weights = nn.Parameter(log_weights)
        # What all morphemes of a tag share, so that rare ones move with the common ones of their kind.
        tags = self.vocabulary.tags()
        number = {tag: i for i, tag in enumerate(sorted(set(tags)))}
        self.register_buffer("tags", torch.tensor([number[tag] for tag in tags]), persistent=False)
        self.tag_weights = nn.Parameter(torch.zeros(len(number)))
        self.map = nn.Parameter(torch.eye(rows.shape[1]) if mapping is None else mapping)
        self.register_buffer("centrality", centrality)
        self.register_buffer("positions", None, persistent=False)
        self.dropout = dropout
        self.analyse = tokenize or _kiwi

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """Rows of the morphemes of texts, one after the other, and where each text starts."""
        find = self.vocabulary.rows
        parts = [
            [find(token.form, token.tag) for token in tokens]
            for tokens in self.analyse([(prompt or "") + text for text in inputs])
        ]
        pieces = [rows for text in parts for rows in text]
        lengths = [sum(map(len, text)) for text in parts]
        index = torch.tensor([row for rows in pieces for row in rows], dtype=torch.long)
        return {
            "input_ids": index if self.positions is None else self.positions[index],
            "shares": torch.tensor([len(rows) ** -0.5 for rows in pieces for _ in rows], dtype=torch.float32),
            "offsets": torch.tensor([0, *lengths[:-1]], dtype=torch.long).cumsum(0),
        }

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Add ``sentence_embedding``, shape (n, d)."""
        index = features["input_ids"]
        logarithms = self.log_weights[index] + self.tag_weights[self.tags[index]]
        weights = logarithms.exp() * features["shares"]
        if self.training and self.dropout:
            weights = weights * (torch.rand_like(weights) >= self.dropout)
        bags = nn.functional.embedding_bag(
            index, self.rows, features["offsets"], mode="sum", per_sample_weights=weights
        )
        features["sentence_embedding"] = nn.functional.normalize(bags @ self.map, dim=-1)
        return features

    def narrowed(self, used: Tensor) -> MorphemeBag:
        """A copy with only the rows `used`: training on texts that need no others is several times faster."""
        bag = copy.deepcopy(self)
        bag.rows = nn.Parameter(self.rows.detach()[used])
        bag.log_weights = nn.Parameter(self.log_weights.detach()[used])
        bag.tags, bag.centrality = self.tags[used], self.centrality[used]
        bag.positions = torch.full((len(self.rows),), -1).index_put((used,), torch.arange(len(used)))
        return bag

    def widen(self, narrow: MorphemeBag, used: Tensor) -> None:
        """Take over what a narrowed copy has learnt."""
        with torch.no_grad():
            self.rows[used], self.log_weights[used] = narrow.rows, narrow.log_weights
            self.tag_weights.copy_(narrow.tag_weights)
            self.map.copy_(narrow.map)

    def get_embedding_dimension(self) -> int:
        """Columns of an embedding."""
        return int(self.map.shape[1])

    @property
    def max_seq_length(self) -> None:
        """No limit."""
        return None

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the folder that `load` and the numpy path read: int8 rows, 16-bit weights."""
        folder = Path(output_path)
        rows = self.rows.detach().double().numpy()
        scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
        tensors = {
            "rows": np.rint(rows / scales[:, None]).astype(np.int8),
            "similarity.weights": _half(
                (self.log_weights + self.tag_weights[self.tags]).exp().detach().double().numpy() * scales
            ),
            "similarity.map": self.map.detach().numpy().astype(np.float32),
            "centrality.weights": _half(self.centrality.double().numpy() * scales),
        }
        save_file(tensors, folder / WEIGHTS)
        # safetensors makes files that only their owner can read, and a wheel keeps that.
        (folder / WEIGHTS).chmod(0o644)
        (folder / KEYS).write_text("".join(f"{key}\n" for key in self.vocabulary.keys), encoding="utf-8")
        config = {
            "format": FORMAT,
            "dimensions": int(rows.shape[1]),
            "numbers": self.vocabulary.numbers,
            "grams": self.vocabulary.grams,
            "heads": ["similarity", "centrality"],
        }
        (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(
        cls, model_name_or_path: str, subfolder: str = "", tokenize: Tokenize | None = None, **hub: Any
    ) -> MorphemeBag:
        """Read a folder, or a model of this kind on a hub."""
        names = ("token", "cache_folder", "revision", "local_files_only")
        wanted = {name: hub[name] for name in names if name in hub}
        files = [
            cls.load_file_path(model_name_or_path, file, subfolder=subfolder, **wanted)
            for file in (CONFIG, WEIGHTS, KEYS)
        ]
        folder = Path(files[0] or model_name_or_path).parent if files[0] else Path(model_name_or_path)
        config, tensors, keys = read_model(folder)
        # Weights are stored times the scale of their row, so the integers serve as rows.
        weights = {
            name: torch.from_numpy(tensors[f"{name}.weights"].astype(np.float32))
            for name in ("similarity", "centrality")
        }
        return cls(
            keys,
            config["numbers"],
            torch.from_numpy(tensors["rows"].astype(np.float32)),
            weights["similarity"].log(),
            weights["centrality"],
            torch.from_numpy(tensors["similarity.map"]),
            tokenize,
        )


def _half(values: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float16]]:
    """Weights in 16 bits, up to a common factor that no cosine sees."""
    halves: np.ndarray[Any, np.dtype[np.float16]] = (values / values.max()).astype(np.float16)
    return halves


def _kiwi(texts: Sequence[str]) -> list[Any]:
    return list(_load_kiwi().tokenize(list(texts)))


@lru_cache(maxsize=1)
def _load_kiwi() -> Any:
    from kiwipiepy import Kiwi

    from ..korean import CUTOFF

    kiwi = Kiwi(load_multi_dict=False)
    kiwi.global_config.cutoff_threshold = CUTOFF  # as the vectors that yoyak makes
    return kiwi
