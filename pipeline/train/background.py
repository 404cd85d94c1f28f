"""Document frequencies of morphemes in Korean news: `models/background.tsv`.

Sources, each as its authors published it, named again in the table's head:

- Korean-English parallel news sentences (Park, Hong and Cha 2016), CC BY-SA 3.0: all sentences;
- KLUE-NLI, development set (Park et al. 2021), CC BY-SA 4.0: its premises out of news and policy papers;
- KorSTS, training set (Ham et al. 2020), CC BY-SA 4.0: its sentences out of news.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..records import Token

#: A morpheme seen once says nothing that its absence would not.
_LEAST = 2
_KLUE_SOURCES = frozenset({"wikinews", "wikitree", "policy"})
_KORSTS_GENRE = "main-news"
_HEAD = (
    "# Document frequencies of morphemes in Korean news, by Kiwi; made by `yoyak train background`.",
    "# Counted on: Korean-English parallel news sentences (Park, Hong and Cha 2016, CC BY-SA 3.0);",
    "# KLUE-NLI dev, premises from news and policy papers (Park et al. 2021, CC BY-SA 4.0);",
    "# KorSTS train, news sentences (Ham et al. 2020, CC BY-SA 4.0). This table: CC BY-SA 4.0.",
)


def count_documents(
    sentences: Iterable[str], tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
) -> tuple[int, Counter[str]]:
    """Count the sentences that hold each ``form/tag``; a sentence counts as a document, and once."""
    texts = list(dict.fromkeys(sentence.strip() for sentence in sentences if sentence.strip()))
    counts: Counter[str] = Counter()
    for tokens in tokenize(texts):
        counts.update({f"{token.form}/{token.tag}" for token in tokens})
    return len(texts), counts


def train_background(
    data: Path, out: Path, tokenize: Callable[[Sequence[str]], Sequence[Sequence[Token]]]
) -> tuple[int, int]:
    """Count the news sentences under `data` and write the table to `out`.

    Returns
    -------
    documents, morphemes
        How many sentences were counted, and how many rows were written.

    Raises
    ------
    FileNotFoundError
        When a source is missing: the table never comes out of a part of them unseen.
    """
    documents, counts = count_documents(_sentences(data), tokenize)
    rows = sorted(((n, key) for key, n in counts.items() if n >= _LEAST), key=lambda row: (-row[0], row[1]))
    table = [*_HEAD, f"documents\t{documents}", *(f"{key}\t{n}" for n, key in rows)]
    out.write_text("\n".join(table) + "\n", encoding="utf-8")
    return documents, len(rows)


def _sentences(data: Path) -> Iterator[str]:
    files = sorted((data / "news-sentences").glob("*.ko"))
    if not files:
        raise FileNotFoundError(data / "news-sentences" / "*.ko")
    for file in files:
        yield from file.read_text(encoding="utf-8").splitlines()
    for row in json.loads((data / "klue" / "klue-nli-dev.json").read_text(encoding="utf-8")):
        if row["source"] in _KLUE_SOURCES:
            yield row["premise"]
    with (data / "korsts" / "sts-train.tsv").open(encoding="utf-8", newline="") as lines:
        for fields in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if fields[0] == _KORSTS_GENRE:
                yield from fields[5:7]
