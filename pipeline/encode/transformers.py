"""Any model that encodes texts as an encoder; those of sentence-transformers need ``[transformers]``."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from ..records import MissingExtraError, ModelFormatError, ModelNotFoundError, Token


class Transformer:
    """Encoder over texts, by a model that is loaded already.

    The last bits of a row depend on what it is encoded together with (padding, the shape of a batch), so
    callers that promise reproducible output encode one article at a time.
    """

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self._model = model
        # Only models of sentence-transformers have a bar to be hidden, and say how long their rows are.
        told = getattr(model, "get_embedding_dimension", None)
        self._options = {"show_progress_bar": False} if told else {}
        self.dimensions = int(told() if told else np.asarray(model.encode(["a"])).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for texts, shape (n, d)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        worded = [i for i, text in enumerate(texts) if any(map(str.isalnum, text))]
        if worded:
            found = self._model.encode([texts[i] for i in worded], **self._options)
            found = np.nan_to_num(np.asarray(found, dtype=np.float32))
            lengths = np.linalg.norm(found, axis=1, keepdims=True)
            vectors[worded] = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
        return vectors

    def encode_heads(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], heads: Sequence[str]
    ) -> tuple[NDArray[np.float32], ...]:
        """The same rows for all heads: this encoder has one."""
        return (self.encode_units(texts, tokens),) * len(heads)

    def encode_units(
        self, texts: Sequence[str], tokens: Sequence[Sequence[Token]], head: str = "similarity"
    ) -> NDArray[np.float32]:
        """Rows for units by their texts; such models have one head."""
        if len(texts) != len(tokens):
            raise ValueError(f"{len(texts)} texts, but tokens for {len(tokens)}")
        return self.encode(texts)


def load_transformer(name: str) -> Transformer:
    """Load a model by its name on the Hugging Face hub, or from a folder.

    What is in the cache is used without asking the network.

    Raises
    ------
    MissingExtraError
        When sentence-transformers isn't installed.
    ModelNotFoundError
        When there is no such folder, nothing in the cache, and nothing to be had over the network.
    ModelFormatError
        When a folder is there but is no such model.
    """
    folder = Path(name)
    if folder.is_dir() and not any((folder / file).is_file() for file in ("modules.json", "config.json")):
        raise ModelFormatError(folder, "neither modules.json nor config.json")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtraError("transformers", name) from error
    try:
        try:
            model = SentenceTransformer(name, local_files_only=True, device=None)
        except (OSError, ValueError):
            if folder.is_dir() or os.environ.get("HF_HUB_OFFLINE") == "1" or not _reachable():
                raise
            model = SentenceTransformer(name)
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        if folder.is_dir():
            raise ModelFormatError(folder, str(error)) from error
        raise ModelNotFoundError(name) from error
    return Transformer(name, model)


def _reachable() -> bool:
    """Whether the hub's name resolves; without that, its client would retry for a minute."""
    from urllib.request import getproxies

    from huggingface_hub.constants import ENDPOINT

    if getproxies():
        return True  # the proxy resolves names
    try:
        socket.getaddrinfo(urlsplit(ENDPOINT).hostname, 443)
    except OSError:
        return False
    return True
