"""The steps one by one, for whoever trains, measures or writes theme sets and word lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from .. import keywords, korean, stories, themes
from ..records import Article, Failure, Report, Unit, WordSuggestion
from ..settings import load_theme_model
from .batches import log_failure
from .once import analysed_once
from .parts import people
from .pipeline import Pipeline
from .steps import Analysed


def check_themes(pipeline: Pipeline) -> tuple[themes.Finding, ...]:
    """What would make sentences fall into the wrong theme of the set."""
    tools = pipeline.tools

    def units_of(texts: Sequence[str]) -> list[Unit]:
        tokens = tools.tokenize(texts)
        return [Unit(n, t, 0, len(t), "body", None, n, tokens[n]) for n, t in enumerate(texts)]

    # A set is looked at by its own words, whatever was learned from articles.
    return themes.check(tools.theme_set, units_of, tools.encoder.encode, load_theme_model())


def suggest_terms(
    pipeline: Pipeline, terms: Sequence[str], articles: Iterable[Article | Failure] = (), top: int = 20
) -> tuple[themes.Suggestion, ...]:
    """Words near the given ones, from Kiwi's vectors and from articles."""
    units = (u for a in articles if isinstance(a, Article) for u in pipeline.document(a).units)
    near = partial(korean.neighbours, pipeline.tools.kiwi, top=top)
    return themes.suggest(terms, near, units, top)


def keyword_terms(
    pipeline: Pipeline, analysed: Analysed
) -> list[tuple[tuple[str, ...], dict[str, float], list[tuple[str, str]]]]:
    """All terms that a keyword table could have: their forms, features and words, to learn from."""
    tools, document = pipeline.tools, analysed.document
    given = keywords.Given(
        document.units,
        document.tokens,
        vectors=analysed.similar,
        title=document.title,
        skip=people(document.article.source.author),
    )
    _, (found,), known = keywords.analyse([given], tools.background, tools.keyword_rules)
    return [
        (tuple(term.forms), dict(zip(keywords.FEATURES, row, strict=True)), keywords.said(term.words))
        for term, row in zip(found.terms, known.T.tolist(), strict=True)
    ]


def story_pairs(pipeline: Pipeline, reports: Sequence[Report]) -> Iterator[stories.Pair]:
    """Pairs of reports that grouping compares, as positions, with what is known about them."""
    tools = analysed_once(pipeline.tools, reports)
    return stories.pairs(reports, tools.encoder.encode, tools.tokenize, tools.story_rules)


def suggest_words(
    pipeline: Pipeline,
    articles: Iterable[Article | Failure],
    least: int,
    failed: Callable[[Failure], None] = log_failure,
) -> tuple[WordSuggestion, ...]:
    """Words of the articles that the dictionary lacks; `least` is how often a word has to occur."""
    tools = pipeline.tools
    good: list[Article] = []
    for item in articles:
        if isinstance(item, Failure):
            failed(item)
        else:
            good.append(item)
    units = [document.units for document in pipeline.documents(good)]
    texts = [unit.text for own in units for unit in own if unit.kind != "boilerplate"]
    extracted = tools.kiwi.extract_words(texts, min_cnt=least) if texts else ()
    return keywords.suggest(
        units,
        [form for form, *_ in extracted],
        lambda text: tools.tokenize([text])[0],
        tools.background,
        tools.keyword_rules,
        least,
    )
