"""An encoder as KeyBERT and BERTopic want one: a subclass of the ``BaseEmbedder`` that each of them has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..encode import Encoder, Encodes, adapted
from ..run import load_encoder

#: One of each name in a process: what is fitted stays small, and can be copied and kept.
_loaded = lru_cache(maxsize=4)(load_encoder)


def encoder_of(encoder: str | Encoder | Encodes | None) -> Encoder:
    """An encoder by its name, or an object as one; None: the settings'."""
    return _loaded(encoder) if encoder is None or isinstance(encoder, str) else adapted(encoder)


#: Where each has its class.
_BASES = {"keybert": "keybert.backend", "bertopic": "bertopic.backend"}


def embedder(encoder: str | Encoder | Encodes | None = None) -> Any:
    """A backend for ``KeyBERT(model=…)`` and ``BERTopic(embedding_model=…)``.

    ::

        from keybert import KeyBERT
        from sklearn.feature_extraction.text import CountVectorizer

        words = CountVectorizer(tokenizer=yoyak.words, token_pattern=None)
        KeyBERT(model=yoyak.embedder()).extract_keywords(text, vectorizer=words)

    Parameters
    ----------
    encoder
        As `load_encoder` takes it, or an object in its place; default: the settings'.

    Returns
    -------
    keybert.backend.BaseEmbedder, bertopic.backend.BaseEmbedder
        An instance of the classes of those that are installed.

    Raises
    ------
    ModuleNotFoundError
        Neither is installed.
    """
    bases = [import_module(home).BaseEmbedder for name, home in _BASES.items() if find_spec(name)]
    if not bases:
        raise ModuleNotFoundError("neither keybert nor bertopic is installed: pip install keybert")
    own = encoder_of(encoder)

    def embed(self: Any, documents: Iterable[str], verbose: bool = False) -> NDArray[np.float32]:
        return own.encode(list(documents))

    made = type("YoyakEmbedder", tuple(bases), {"embed": embed, "__module__": __name__})
    return made()
