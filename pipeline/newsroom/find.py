"""What was printed, found again by its words: SQLite's full-text search over Kiwi's morphemes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..korean.tags import CONTENT, KOREAN_NOUNS, NUMERALS, PROPER
from ..records import Token
from .base import Base

#: Tags of the morphemes by which a text is found: nouns, verbs, adjectives, roots, letters, figures.
_TAGS = CONTENT | NUMERALS
_NOUNS = KOREAN_NOUNS | PROPER
#: What a word of the sentence counts beside one of the title above it.
_SENTENCE, _TITLE = 1.0, 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """A line that an issue printed.

    Attributes
    ----------
    text
        The sentence, or the headline of a story that had no line.
    title, publisher, url
        Of its article; empty where it has none.
    date, number
        Of the issue.
    """

    text: str
    title: str
    publisher: str
    url: str
    date: str
    number: int


def words_of(texts: Sequence[str], tokenize: Callable[[Sequence[str]], list[tuple[Token, ...]]]) -> list[str]:
    """The words by which texts are found, apart by spaces: morphemes, and nouns written together as one."""
    return [
        " ".join(word for run in _runs(tokens) for word in (*run, *_joined(run)))
        for tokens in tokenize(texts)
    ]


def _runs(tokens: Sequence[Token]) -> list[list[str]]:
    """Morphemes by which a text is found; nouns that are written together stand together."""
    runs: list[list[str]] = []
    end = -1
    for token in tokens:
        tag = token.tag.partition("-")[0]
        if tag not in _TAGS:
            continue
        noun = tag in _NOUNS
        if noun and token.start == end:
            runs[-1].append(token.form.casefold())
        else:
            runs.append([token.form.casefold()])
        end = token.end if noun else -1
    return runs


def _joined(run: Sequence[str]) -> list[str]:
    return ["".join(run)] if len(run) > 1 else []


def _asked(run: Sequence[str]) -> str:
    """What finds nouns written together, however Kiwi takes them apart elsewhere."""
    parts = " AND ".join(map(_quoted, run))
    return f"({parts} OR {_quoted(''.join(run))})" if len(run) > 1 else parts


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def find(
    base: Base, query: str, tokenize: Callable[[Sequence[str]], list[tuple[Token, ...]]], most: int = 20
) -> tuple[Found, ...]:
    """Lines that have all words of a query; where none has, those that have most of them. Best first."""
    asked = list(map(_asked, _runs(tokenize([query])[0]))) or list(map(_quoted, query.split()))
    if not asked:
        return ()
    for joint in (" AND ", " OR "):
        rows = base.run(
            "SELECT p.text, p.title, p.publisher, p.url, p.issue, i.number FROM search s"
            " JOIN printed p ON p.issue = s.issue AND p.place = s.place JOIN issues i ON i.date = p.issue"
            " WHERE search MATCH ? ORDER BY bm25(search, 0, 0, ?, ?), p.issue DESC, p.place LIMIT ?",
            (joint.join(dict.fromkeys(asked)), _SENTENCE, _TITLE, most),
        ).fetchall()
        if rows:
            return tuple(Found(*row) for row in rows)
    return ()
