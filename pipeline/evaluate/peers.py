"""Other libraries on the same articles, for what they cost beside ours (`cost`).

All get Kiwi's sentences and words, each analysed in its own turn: they have no Korean words of their own, or
want data from the network for them (newspaper4k). KeyBERT and BERTopic, which bring no model along, get our
encoder.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..adapters import embedder
from ..korean.tags import CONTENT

#: Sentences of a summary, and keywords.
_SENTENCES, _KEYWORDS = 5, 15


@dataclass(frozen=True, slots=True)
class Given:
    """What a peer gets: Kiwi, and of each article its title and its body."""

    kiwi: Any
    titles: Sequence[str]
    bodies: Sequence[str]

    def words(self, text: str) -> list[str]:
        """Content words of a text, by Kiwi."""
        return [token.form for token in self.kiwi.tokenize(text) if token.tag in CONTENT]

    def sentences(self, text: str) -> list[str]:
        """Sentences of a text, by Kiwi."""
        return [one.text for one in self.kiwi.split_into_sents(text)]


class _KiwiTokenizer:
    """Sentences and words for sumy, by Kiwi, each text analysed once."""

    def __init__(self, kiwi: Any) -> None:
        self._kiwi = kiwi
        self._words: dict[str, tuple[str, ...]] = {}

    def to_sentences(self, text: str) -> tuple[str, ...]:
        found = self._kiwi.split_into_sents(text, return_tokens=True)
        for one in found:
            self._words[one.text] = tuple(t.form for t in one.tokens if t.tag in CONTENT)
        return tuple(one.text for one in found)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return self._words.get(sentence, ())


def sumy(given: Given) -> None:
    """Five sentences by LexRank, as sumy has it."""
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer

    for body in given.bodies:
        parser = PlaintextParser.from_string(body, _KiwiTokenizer(given.kiwi))
        LexRankSummarizer()(parser.document, _SENTENCES)


def lexrankr(given: Given) -> None:
    """Sentences by LexRank, one a cluster, as lexrankr has it; asked for a number, version 1.0 fails."""
    from lexrankr import LexRank

    for body in given.bodies:
        made = LexRank(given.words)
        with contextlib.suppress(ValueError):  # too short a text for its clusters
            made.summarize(body)
            made.probe()


def krwordrank(given: Given) -> None:
    """Keywords by KR-WordRank."""
    from krwordrank.word import KRWordRank

    for body in given.bodies:
        with contextlib.suppress(ValueError):  # too short a text for it
            KRWordRank(min_count=2, max_length=10).extract(given.sentences(body), beta=0.85, max_iter=10)


def keybert(given: Given) -> None:
    """Keywords by KeyBERT."""
    from keybert import KeyBERT
    from sklearn.feature_extraction.text import CountVectorizer

    model = KeyBERT(model=embedder())
    for body in given.bodies:
        words = CountVectorizer(tokenizer=given.words, token_pattern=None)
        model.extract_keywords(body, vectorizer=words, top_n=_KEYWORDS)


def bertopic(given: Given) -> None:
    """Topics of all sentences of the batch by BERTopic."""
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer

    sentences = [one for body in given.bodies for one in given.sentences(body)]
    words = CountVectorizer(tokenizer=given.words, token_pattern=None)
    # Too few sentences for UMAP's neighbours or HDBSCAN's clusters.
    with contextlib.suppress(ValueError, TypeError):
        BERTopic(embedding_model=embedder(), vectorizer_model=words).fit_transform(sentences)


def newspaper4k(given: Given) -> None:
    """Keywords and five sentences by newspaper4k; pages, which it reads too, are none of this."""
    from newspaper import nlp
    from newspaper.text import StopWords

    stop = StopWords("ko")
    stop.tokenizer = given.words
    for title, body in zip(given.titles, given.bodies, strict=True):
        keys = nlp.keywords(body, stop, _KEYWORDS)
        nlp.scored_sentences(given.sentences(body), given.words(title), keys, stop)


#: What there is to compare with, and the package that it comes in.
PEERS: dict[str, tuple[str, Callable[[Given], None]]] = {
    "sumy": ("sumy", sumy),
    "lexrankr": ("lexrankr", lexrankr),
    "krwordrank": ("krwordrank", krwordrank),
    "keybert": ("keybert", keybert),
    "bertopic": ("bertopic", bertopic),
    "newspaper4k": ("newspaper", newspaper4k),
}


def contest(name: str, given: Given) -> Callable[[], None]:
    """What a peer does with all articles, to be timed."""

    def run() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            PEERS[name][1](given)

    return run
