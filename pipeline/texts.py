"""Texts in, answers out: what ``import yoyak`` offers to whoever wants no object at all.

Each function takes what `Pipeline.pipe` takes: a text, a record (``{"title": …, "body": …}``) or an
`Article`. What is to be read from files is read first: ``yoyak.themes(yoyak.read("articles/"))``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from .korean.tags import NOUNS
from .readers.rows import Row, read_row, read_rows
from .records import Article, ArticleError, Failure, Report
from .run import Pipeline, batches, steps
from .run.tools import Tools, asked
from .settings import load_messages
from .writers import DIGEST_WRITERS, failure_text

#: How many stories a summary tells of where nobody says.
_LENGTH = 5


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    """Loaded when it is first needed: half a second."""
    return Pipeline()


def summarize(
    text: Row,
    length: int | str = _LENGTH,
    *,
    query: str | None = None,
    theme: str | None = None,
    method: str | None = None,
) -> list[str]:
    """The sentences that a newsletter would print of an article, in the order of the article.

    >>> summarize("아마존이 설비투자를 늘린다. 올해 2천억 달러를 쓴다.", length=1)
    ['아마존이 설비투자를 늘린다.']

    Parameters
    ----------
    text
        The article. A string is its text, not the name of a file.
    length
        Sentences (``3``), a share of them (``"20%"``) or characters (``"600자"``).
    query, theme
        What the summary is to answer, or to lean to: see ``[summary]`` in ``configs/default.toml``.
    method
        ``editor`` (the default), ``lexrank``, ``textrank``, ``centroid`` or ``lead``.

    Returns
    -------
    list of str
        Each a verbatim slice of the text. `Pipeline.report` has their offsets, themes and reasons.

    Raises
    ------
    ArticleError
        There is nothing to be summarized: no text, not Korean, too short.
    ConfigError
        A length, theme or method that is none.
    """
    overrides = {
        "summary.length": str(length),
        "summary.query": query,
        "summary.theme": theme,
        "summary.method": method,
    }
    report = _report(text, overrides)
    return [report.sentences[i].text for i in report.summary]


def keywords(text: Row, top: int = 10) -> list[tuple[str, float]]:
    """The keywords of an article with their scores, the weightiest first.

    >>> keywords("HBM 수요가 늘었다. HBM 값이 올랐다.", top=1)[0][0]
    'HBM'

    Returns
    -------
    list of (str, float)
        Other names of the same thing count with it; `Pipeline.report` has them, its kind and its sentences.

    Raises
    ------
    ArticleError
        There is nothing to be read.
    """
    report = _report(text, {"keywords.top": top})
    return [(one.term, one.score) for one in report.keywords]


def themes(texts: Row | Iterable[Row]) -> dict[str, list[str]]:
    """The sentences of articles by theme, by the names of the themes in the order of their set.

    >>> themes(["AWS 매출이 20% 늘었다. 반도체 값도 올랐다."])
    {'AWS·클라우드': ['AWS 매출이 20% 늘었다.'], '반도체': ['반도체 값도 올랐다.']}

    Parameters
    ----------
    texts
        Articles, or one of them. What none can be made of is passed over with a warning.

    Raises
    ------
    ArticleError
        No article is left.
    """
    pipeline = _pipeline()
    found: dict[str, list[str]] = {}
    for report in _reports(texts, pipeline):
        for one in report.themes:
            found.setdefault(one.label, []).extend(report.sentences[i].text for i in one.sentences)
    order = list(pipeline.labels().values())
    return {label: found[label] for label in order if label in found}


def digest(texts: Row | Iterable[Row], *, title: str | None = None, format: str = "md") -> str:
    """One newsletter out of articles.

    Parameters
    ----------
    texts
        Articles, or one of them. What none can be made of is named at its end.
    title
        Default: the settings'.
    format
        ``md``, ``txt``, ``html``, ``email``, ``eml``, ``json`` or ``rss``.

    Returns
    -------
    str
        The document. `Pipeline.digest` gives the record behind it.

    Raises
    ------
    ArticleError
        No article is left.
    ValueError
        A format that there is not.
    """
    if format not in DIGEST_WRITERS:
        raise ValueError(f"unknown format {format!r}; there are: {', '.join(DIGEST_WRITERS)}")
    pipeline = _pipeline()
    failures: list[Failure] = []
    made = pipeline.digest(_reports(texts, pipeline, failures), failures, title=title)
    return DIGEST_WRITERS[format](made, load_messages(pipeline.settings.lang), None)


def words(text: str) -> list[str]:
    """The words of a text that carry content, without particles and endings, in their order.

    The tokenizer of a vectorizer: ``CountVectorizer(tokenizer=yoyak.words, token_pattern=None)``.

    >>> words("데이터센터에서 메모리를 썼다.")
    ['데이터센터', '메모리']
    """
    (tokens,) = _pipeline().tools.tokenize([text])
    return [token.form for token in tokens if token.tag in NOUNS]


def _report(text: Row, overrides: dict[str, Any]) -> Report:
    """The report of one text."""
    tools = asked(_pipeline().tools, overrides)
    (made,) = batches.made(steps.reports, (read_row(text, tools.settings.reading(), "text"),), tools)
    if isinstance(made, Failure):
        raise _error(made, tools)
    return made


def _reports(
    texts: Row | Iterable[Row], pipeline: Pipeline, failures: list[Failure] | None = None
) -> Sequence[Report]:
    """The reports of texts; failures are told, or kept where there is a list for them."""
    rows = [texts] if isinstance(texts, str | Mapping | Article | Failure) else texts
    reports: list[Report] = []
    wrong: list[Failure] = []
    for one in batches.each(steps.reports, read_rows(rows, pipeline.settings.reading()), pipeline.tools):
        if isinstance(one, Failure):
            wrong.append(one)
        else:
            reports.append(one)
    if not reports:
        nothing = Failure("texts", "read", "nothing")
        raise _error(wrong[0] if wrong else nothing, pipeline.tools)
    for failure in wrong if failures is None else ():
        batches.log_failure(failure)
    if failures is not None:
        failures.extend(wrong)
    return reports


def _error(failure: Failure, tools: Tools) -> ArticleError:
    return ArticleError(failure, failure_text(failure, load_messages(tools.settings.lang)))
