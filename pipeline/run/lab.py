"""The steps one by one, for whoever trains, measures or writes theme sets and word lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from .. import keywords, korean, stories, themes
from ..records import Article, Document, Failure, Report, Unit, WordSuggestion
from ..settings import load_theme_model
from .parts import log_failure, people
from .pipeline import Pipeline


def reasons(pipeline: Pipeline, document: Document) -> tuple[themes.Reason, ...]:
    """What decided the theme of each body sentence and item of a document."""
    texts = [unit.text for unit in document.units]
    return themes.reasons(pipeline.evidence(document), pipeline.assign(document), pipeline._themes, texts)


def check_themes(pipeline: Pipeline) -> tuple[themes.Finding, ...]:
    """What would make sentences fall into the wrong theme of the set."""

    def units_of(texts: Sequence[str]) -> list[Unit]:
        tokens = korean.tokenize(pipeline._kiwi, texts)
        return [Unit(n, t, 0, len(t), "body", None, n, tokens[n]) for n, t in enumerate(texts)]

    return themes.check(pipeline.theme_set, units_of, pipeline._encoder.encode, load_theme_model())


def suggest_terms(
    pipeline: Pipeline, terms: Sequence[str], articles: Iterable[Article | Failure] = (), top: int = 20
) -> tuple[themes.Suggestion, ...]:
    """Words near the given ones, from Kiwi's vectors and from articles."""
    units = (u for a in articles if isinstance(a, Article) for u in pipeline.document(a).units)
    near = partial(korean.neighbours, pipeline._kiwi, top=top)
    return themes.suggest(terms, near, units, top)


def keyword_terms(
    pipeline: Pipeline, article: Article
) -> tuple[Document, list[tuple[tuple[str, ...], dict[str, float]]]]:
    """All terms that a keyword table could have: their forms and features, to learn from."""
    document = pipeline.document(article)
    found, _, known, _ = keywords.analyse(
        document.units,
        pipeline._background,
        pipeline._keyword_rules,
        vectors=pipeline._vectors(document, "similarity")[0],
        title=document.title,
        skip=people(article.source.author),
    )
    return document, [
        (tuple(term.forms), dict(zip(keywords.FEATURES, row, strict=True)))
        for term, row in zip(found, known.T.tolist(), strict=True)
    ]


def story_pairs(
    pipeline: Pipeline, reports: Sequence[Report]
) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Pairs of reports that grouping compares, as positions, with what is known about them."""
    return stories.pairs(reports, pipeline._encoder.encode, pipeline._tokenize, pipeline._story_rules)


def suggest_words(
    pipeline: Pipeline,
    articles: Iterable[Article | Failure],
    least: int,
    failed: Callable[[Failure], None] = log_failure,
) -> tuple[WordSuggestion, ...]:
    """Words of the articles that the dictionary lacks; `least` is how often a word has to occur."""
    good: list[Article] = []
    for item in articles:
        if isinstance(item, Failure):
            failed(item)
        else:
            good.append(item)
    units = [document.units for document in pipeline.documents(good)]
    texts = [unit.text for found in units for unit in found if unit.kind != "boilerplate"]
    extracted = pipeline._kiwi.extract_words(texts, min_cnt=least) if texts else ()
    return keywords.suggest(
        units,
        [form for form, *_ in extracted],
        lambda text: korean.tokenize(pipeline._kiwi, [text])[0],
        pipeline._background,
        pipeline._keyword_rules,
        least,
    )
