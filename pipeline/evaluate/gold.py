"""Articles with the sentences that people chose as their summary, in three layouts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..readers import read
from ..records import CONTENT_KINDS, Article, Document, GoldError, Source


@dataclass(frozen=True, slots=True)
class Gold:
    """An article and its gold summary.

    Attributes
    ----------
    indices
        Of the chosen sentences, where the source gives sentences.
    texts
        The chosen sentences, where it gives a body.
    """

    article: Article
    indices: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


def read_summaries(path: Path) -> list[Gold]:
    """Read a gold file, or all of a folder (``.json``, ``.jsonl``; recursively, in the order of the names).

    The layouts, told apart by their keys:

    sci-news-sum-kr-50
        an object with ``title``, ``sentences`` and ``summaries`` (indices);
    AI Hub, document summaries
        an object with ``documents``, each with ``title``, ``text`` (paragraphs of sentences, each an object
        with ``sentence``) and ``extractive`` (indices over all paragraphs); or the flat records of the same
        data, with ``article_original`` and ``extractive``;
    yoyak
        an object with ``title`` and either ``sentences`` with ``summary`` (indices), or ``body`` with
        ``summary`` (the chosen sentences as they stand in the body); or with ``article``, a file that any
        reader knows, beside the gold file, and ``summary`` in either way.

    A ``.json`` file holds one object or a list of them, a ``.jsonl`` file one a line.

    Raises
    ------
    GoldError
        For what is none of these.
    OSError
        When a file can't be read.
    """
    files = sorted(p for p in path.rglob("*") if p.suffix in (".json", ".jsonl")) if path.is_dir() else [path]
    golds = [gold for file in files for gold in _read_file(file)]
    if not golds:
        raise GoldError(path, "no-gold-summaries")
    return golds


def positions(gold: Gold, document: Document) -> frozenset[int]:
    """Positions of the gold sentences among the document's body sentences and items.

    Gold sentences that are none of these (a heading, a rights line) are left out.

    Raises
    ------
    GoldError
        When the text of a gold sentence is not in the article.
    """
    content = [unit for unit in document.units if unit.kind in CONTENT_KINDS]
    if gold.article.sentences is not None:
        starts = {gold.article.sentences[i][0] for i in gold.indices}
        ends = {gold.article.sentences[i][1] for i in gold.indices}
        return frozenset(i for i, unit in enumerate(content) if unit.start in starts or unit.end in ends)
    by_text = {_bare(unit.text): i for i, unit in reversed(list(enumerate(content)))}
    known = {_bare(unit.text) for unit in document.units}
    items = {i: _bare(unit.text) for i, unit in enumerate(content) if unit.kind == "item"}
    for text in gold.texts:
        if (bare := _bare(text)) not in known:
            # A sentence of a bullet stands for the bullet.
            item = next((i for i, held in items.items() if bare and bare in held), None)
            if item is None:
                raise GoldError(gold.article.source.path, "not-a-sentence-of-the-article", text)
            by_text[bare] = item
    return frozenset(by_text[bare] for text in gold.texts if (bare := _bare(text)) in by_text)


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _read_file(file: Path) -> Iterator[Gold]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".jsonl":
            records = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            whole = json.loads(text)
            records = whole if isinstance(whole, list) else [whole]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(file, "not-json", error) from error
    for number, record in enumerate(records, 1):
        place = str(file) if len(records) == 1 else f"{file}:{number}"
        try:
            yield from _read_record(record, place, file.parent)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise GoldError(place, "not-as-its-layout", f"{type(error).__name__}: {error}") from error


def _read_record(record: Any, place: str, folder: Path) -> Iterator[Gold]:
    if not isinstance(record, dict):
        raise GoldError(place, "not-an-object")
    if "documents" in record:
        for number, document in enumerate(record["documents"], 1):
            sentences = [one["sentence"] for paragraph in document["text"] for one in paragraph]
            at = f"{place}#{document.get('id', number)}"
            yield _by_index(document.get("title"), sentences, document["extractive"], at)
    elif "article_original" in record:
        yield _by_index(record.get("title"), record["article_original"], record["extractive"], place)
    elif "sentences" in record and ("summaries" in record or "summary" in record):
        chosen = record["summaries"] if "summaries" in record else record["summary"]
        yield _by_index(record.get("title"), record["sentences"], chosen, place)
    elif "article" in record and "summary" in record:
        yield _of_file(folder / record["article"], record["summary"], place)
    elif "body" in record and "summary" in record:
        yield Gold(_article(record.get("title"), record["body"], None, place), texts=tuple(record["summary"]))
    else:
        raise GoldError(place, "none-of-the-gold-layouts", ", ".join(sorted(record)))


def _by_index(title: str | None, sentences: Sequence[str], chosen: Sequence[int | None], place: str) -> Gold:
    """A gold summary by indices; AI Hub pads the list with nulls where fewer than three were chosen."""
    indices = tuple(sorted({int(i) for i in chosen if i is not None}))
    if indices and not 0 <= indices[0] <= indices[-1] < len(sentences):
        raise GoldError(place, "index-out-of-range", f"{list(indices)} / {len(sentences)}")
    return Gold(of_sentences(title, sentences, place), indices)


def of_sentences(title: str | None, sentences: Sequence[str], place: str) -> Article:
    """An article of given sentences, a line each."""
    starts = accumulate((len(s) + 1 for s in sentences), initial=0)
    spans = tuple((start, start + len(s)) for start, s in zip(starts, sentences, strict=False))
    return _article(title, "\n".join(sentences), spans, place)


def _of_file(path: Path, chosen: Sequence[int | str], place: str) -> Gold:
    """A gold summary of an article that stands in a file of its own."""
    article = next(iter(read([path])), None)
    if not isinstance(article, Article):
        raise GoldError(place, "no-article", f"{article.reason if article else 'missing'}: {path}")
    indices = tuple(sorted(one for one in chosen if isinstance(one, int)))
    if indices and (article.sentences is None or not 0 <= indices[0] <= indices[-1] < len(article.sentences)):
        raise GoldError(place, "index-out-of-range", list(indices))
    return Gold(article, indices, tuple(one for one in chosen if isinstance(one, str)))


def _article(title: str | None, text: str, spans: tuple[tuple[int, int], ...] | None, place: str) -> Article:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=digest[:12],
        title=" ".join(title.split()) or None if title else None,
        source=Source(path=place, sha256=digest),
        text=text,
        body=(0, len(text)),
        sentences=spans,
    )
