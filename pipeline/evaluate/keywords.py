"""Keyword tables against keyphrases that an editor has chosen."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..keywords.words import rarity
from ..korean.spelling import key_of
from ..korean.tags import NAMING
from ..readers import read
from ..readers.article import File
from ..readers.text import read_text
from ..records import Article, Background, DataError, Document, Failure, Keyword, Reading
from ..settings import load_background
from .read_by import ARTICLES, READERS, path_of
from .sets import NAME

if TYPE_CHECKING:
    from ..run import Pipeline

#: Depths at which tables are cut.
DEPTHS = (10, 15)


class _Gold(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    article: str | None = Field(None, validation_alias=AliasChoices("article", "file", "path"))
    record: int = Field(1, ge=1)
    text: str | None = Field(None, validation_alias=AliasChoices("text", "body"))
    split: str | None = None
    phrases: tuple[str | tuple[str, ...], ...] = Field(
        validation_alias=AliasChoices("phrases", "keyphrases", "keywords"), min_length=1
    )

    @field_validator("phrases", mode="before")
    @classmethod
    def _forms(cls, phrases: Any) -> Any:
        """Forms of phrases that are given as objects: ``{"canonical": "…", "variants": ["…"]}``."""
        if not isinstance(phrases, list):
            return phrases
        return [
            list(dict.fromkeys((one.get("canonical", ""), *one.get("variants", ()))))
            if isinstance(one, dict)
            else one
            for one in phrases
        ]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with the keyphrases that an editor chose, each with the forms that count as it."""

    name: str
    article: Article
    split: str | None
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over articles, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def read_keyphrases(path: Path, split: str | None = None) -> Iterator[GoldArticle]:
    """Read a gold file, or all of a folder: ``.toml`` and ``.json`` hold one article, ``.jsonl`` one a line.

    An entry has ``phrases`` (a form, or a list of forms, each) and either ``article``, a file beside it (with
    ``record`` for the n-th of a JSON Lines file), or the article's ``text``. A folder of several readers'
    labels has ``articles/`` and ``reader-a/``, ``reader-b/``, whose files are named as the articles are.

    Parameters
    ----------
    split
        Only entries of this split.

    Raises
    ------
    DataError
        Names the file that breaks the format, or whose article can't be read.
    """
    for file in _files(path):
        for n, entry in enumerate(_entries(file), 1):
            try:
                gold = _Gold.model_validate(entry)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                raise DataError(file, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
            if split is None or gold.split == split:
                phrases = tuple((p,) if isinstance(p, str) else p for p in gold.phrases)
                name = file.stem if n == 1 and file.suffix != ".jsonl" else f"{file.stem}:{n}"
                name = f"{file.parent.name}/{name}" if _beside(file) else name
                yield GoldArticle(name, _article(gold, file), gold.split, phrases)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if (path / ARTICLES).is_dir() and (own := sorted(path.glob(f"{READERS}/*.json"))):
        return own
    return sorted(p for p in path.iterdir() if p.suffix == ".toml" and p.name != NAME)


def _beside(file: Path) -> Path | None:
    """The article that a reader's file is named for."""
    return path_of(file.parent.parent, file.stem) if file.parent.match(READERS) else None


def _entries(file: Path) -> list[Any]:
    text = file.read_text(encoding="utf-8")
    try:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        found = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    except ValueError as error:
        raise DataError(file, str(error)) from error
    return found if isinstance(found, list) else [found]


def _article(gold: _Gold, file: Path) -> Article:
    if gold.article is not None:
        where = file.parent / gold.article
        found = next(islice(read([where]), gold.record - 1, None), None)
    elif named := _beside(file):
        found = next(iter(read([named])), None)
    elif gold.text and gold.text.strip():
        found = next(read_text(File(file.name, gold.text.encode(), Reading())), None)
    else:
        raise DataError(file, "article: missing")
    if found is None or isinstance(found, Failure):
        raise DataError(file, f"article: {found.reason if found else 'missing'}")
    return found


def judge(
    gold: Path, split: str | None, pipeline: Pipeline
) -> tuple[list[GoldArticle], dict[str, list[list[tuple[str, ...]]]]]:
    """Tables for the articles of gold data, by method: ``ours`` and the two baselines.

    Raises
    ------
    DataError
        When gold data can't be read, there is none, or an article gives no table.
    """
    golds = list(read_keyphrases(gold, split))
    if not golds:
        raise DataError(gold, "no gold data" + (f" of split {split}" if split else ""))
    articles = {one.article.id: one for one in golds}
    made = {key: _tables(one, pipeline) for key, one in articles.items()}
    names = ("ours", "plain-count", "tf-idf")
    return golds, {name: [made[one.article.id][n] for one in golds] for n, name in enumerate(names)}


def _tables(gold: GoldArticle, pipeline: Pipeline) -> tuple[list[tuple[str, ...]], ...]:
    """Our table of an article, and those of the two baselines."""
    analysed = pipeline.analyse(gold.article)
    report = pipeline.report(analysed)
    if isinstance(report, Failure):
        raise DataError(gold.name, f"{report.reason} {report.detail}")
    document = analysed.document
    return rows_of(report.keywords), plain_count(document), tf_idf(document, load_background())


def measure(tables: Sequence[Sequence[Sequence[str]]], golds: Sequence[GoldArticle], depth: int) -> Quality:
    """Precision, recall and F1 of tables cut at `depth`, spelling variants folded; means over articles.

    Parameters
    ----------
    tables
        For each article its rows, each with all its forms.
    """
    scores = [_measure(table[:depth], gold) for table, gold in zip(tables, golds, strict=True)]
    n = max(1, len(scores))
    return Quality(*(sum(column) / n for column in zip(*scores, strict=True))) if scores else Quality(0, 0, 0)


def _measure(rows: Sequence[Sequence[str]], gold: GoldArticle) -> tuple[float, float, float]:
    found = [frozenset(map(key_of, forms)) for forms in rows]
    hits = sum(any(keys & found_keys for found_keys in found) for keys in _keys(gold))
    precision, recall = hits / max(1, len(rows)), hits / len(gold.phrases)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def agreement(golds: Sequence[GoldArticle], depth: int) -> Quality | None:
    """How well another reader's phrases do as a table; None where no article has two readers."""
    by_article: dict[str, list[GoldArticle]] = {}
    for one in golds:
        by_article.setdefault(one.article.id, []).append(one)
    pairs = [(a, b) for own in by_article.values() for a in own for b in own if a is not b]
    return measure([a.phrases for a, _ in pairs], [b for _, b in pairs], depth) if pairs else None


def matches(gold: GoldArticle, forms: Sequence[str]) -> bool:
    """Whether one of the forms is one of a gold phrase."""
    keys = frozenset(map(key_of, forms))
    return any(keys & phrase for phrase in _keys(gold))


def missed(gold: GoldArticle, rows: Sequence[Sequence[str]]) -> list[str]:
    """Gold phrases that no row has."""
    found = frozenset(key_of(form) for forms in rows for form in forms)
    return [forms[0] for forms, keys in zip(gold.phrases, _keys(gold), strict=True) if not keys & found]


def _keys(gold: GoldArticle) -> list[frozenset[str]]:
    return [frozenset(map(key_of, forms)) for forms in gold.phrases]


def rows_of(keywords: Sequence[Keyword]) -> list[tuple[str, ...]]:
    """The rows of a keyword table, each with all its forms."""
    return [(keyword.term, *keyword.variants) for keyword in keywords]


def plain_count(document: Document) -> list[tuple[str, ...]]:
    """Baseline: nouns by how often they occur."""
    counts = _nouns(document)
    return [(form,) for (form, _) in sorted(counts, key=lambda noun: (-counts[noun], noun))]


def tf_idf(document: Document, background: Background) -> list[tuple[str, ...]]:
    """Baseline: nouns by their count times their rarity in the background (Salton & Buckley 1988)."""
    counts = _nouns(document)
    scores: Mapping[tuple[str, str], float] = {
        (form, tag): n * rarity(f"{form}/{tag}", background) for (form, tag), n in counts.items()
    }
    return [(form,) for (form, _) in sorted(scores, key=lambda noun: (-round(scores[noun], 9), noun))]


def _nouns(document: Document) -> Counter[tuple[str, str]]:
    return Counter(
        (token.form, token.tag)
        for unit in document.units
        for token in unit.tokens
        if token.tag in NAMING and len(token.form) > 1
    )
