"""Document frequencies of morphemes in Korean news: `models/background.tsv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..records import Token

#: A morpheme seen once says nothing that its absence would not.
_LEAST = 2


def count_documents(
    sentences: Iterable[str], tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
) -> tuple[int, Counter[str]]:
    """Count the sentences that hold each ``form/tag``; a sentence counts as a document."""
    texts = [sentence for sentence in sentences if sentence.strip()]
    counts: Counter[str] = Counter()
    for tokens in tokenize(texts):
        counts.update({f"{token.form}/{token.tag}" for token in tokens})
    return len(texts), counts


def train_background(
    data: Path, out: Path, tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
) -> tuple[int, int]:
    """Count the sentences in ``data/news-sentences/*.ko`` and write the table to `out`.

    Returns
    -------
    documents, morphemes
        How many sentences were counted, and how many rows were written.

    Raises
    ------
    FileNotFoundError
        When the folder has no such file.
    """
    files = sorted((data / "news-sentences").glob("*.ko"))
    if not files:
        raise FileNotFoundError(data / "news-sentences" / "*.ko")
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    documents, counts = count_documents(lines, tokenize)
    rows = sorted(((n, key) for key, n in counts.items() if n >= _LEAST), key=lambda row: (-row[0], row[1]))
    table = [f"documents\t{documents}", *(f"{key}\t{n}" for n, key in rows)]
    out.write_text("\n".join(table) + "\n", encoding="utf-8")
    return documents, len(rows)
