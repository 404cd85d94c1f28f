"""Sentences and morphemes, by Kiwi: one analysis of the text gives both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .records import Article, Block, Document, Token, Unit

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_WORD = re.compile(r"\w")


@lru_cache(maxsize=4)
def load_kiwi(
    words: Path | None = None,
    multi_word_dictionary: bool = False,
    workers: int = 0,
    user_words: Path | None = None,
) -> Kiwi:
    """One Kiwi a process, for each set of options.

    Parameters
    ----------
    words
        User dictionary in Kiwi's own format (form, tag, score, tab-separated).
    multi_word_dictionary
        Names of several words (젠슨 황) as one. Without it Kiwi starts in two thirds of the time and takes
        190 MiB less; such names then come from `words`, or are put together by the keywords.
    workers
        Kiwi's own threads; 0 for as many as there are processors.
    user_words
        A second dictionary, on top of `words`.

    Raises
    ------
    ValueError
        When a line of a dictionary is no word.
    """
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=workers or None, load_multi_dict=multi_word_dictionary)
    for dictionary in (words, user_words):
        if dictionary is not None:
            kiwi.load_user_dictionary(str(dictionary))
    return kiwi


def tokenize(kiwi: Kiwi, texts: Sequence[str]) -> list[tuple[Token, ...]]:
    """Morphemes of whole texts, for what is not an article: theme examples, queries, titles."""
    return [
        tuple(token for sentence in sentences for token in _tokens(sentence.tokens, 0))
        for sentences in kiwi.split_into_sents(list(texts), return_tokens=True)
    ]


def split(kiwi: Kiwi, laid_out: Iterable[tuple[Article, str | None, Sequence[Block]]]) -> list[Document]:
    """Documents out of articles that have been laid out.

    All their blocks go to Kiwi in one call, so that its threads have work; a block's analysis does not
    depend on its neighbours, hence not on the batch.

    Parameters
    ----------
    laid_out
        Triples of article, title and blocks.
    """
    articles = list(laid_out)
    texts = [block.text for _, _, blocks in articles for block in blocks if block.kind != "boilerplate"]
    analysed = iter(kiwi.split_into_sents(texts, return_tokens=True))
    return [Document(article, title, tuple(_units(blocks, analysed))) for article, title, blocks in articles]


def _units(blocks: Sequence[Block], analysed: Iterable[list[Any]]) -> Iterable[Unit]:
    rest = iter(analysed)
    index, section = 0, None
    for number, block in enumerate(blocks):
        sentences = [] if block.kind == "boilerplate" else next(rest)
        for start, end, tokens in _pieces(block, sentences):
            if block.kind == "heading":
                section = index
            yield Unit(
                index=index,
                text=block.text[start:end],
                start=block.starts[start],
                end=block.ends[end - 1],
                kind=block.kind,
                section=section if block.kind != "heading" else None,
                block=number,
                tokens=tuple(_tokens(tokens, start)),
            )
            index += 1


def _pieces(block: Block, sentences: Sequence[Any]) -> list[tuple[int, int, list[Any]]]:
    """Sentence spans inside a block, with Kiwi's tokens. Leftovers without a word join their neighbour."""
    if block.whole or not sentences:
        return [(0, len(block.text), [token for sentence in sentences for token in sentence.tokens])]
    pieces: list[tuple[int, int, list[Any]]] = []
    for sentence in sentences:
        start, end, tokens = sentence.start, sentence.end, list(sentence.tokens)
        if pieces and not _WORD.search(block.text[start:end]):
            before, _, earlier = pieces.pop()
            start, tokens = before, earlier + tokens
        pieces.append((start, end, tokens))
    return pieces


def _tokens(tokens: Iterable[Any], offset: int) -> Iterable[Token]:
    for token in tokens:
        start = token.start - offset
        yield Token(token.form, token.tag, start, start + token.len)
