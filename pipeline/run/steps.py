"""The order of the steps: articles into documents, what is found in them, and their reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import cohesion, figures, keywords, korean, layout, salience, summarize, themes
from ..encode import EncodesNumbered, Head
from ..engines import no_collection, one_blas_thread
from ..korean.columns import Numbered, numbered
from ..korean.packing import pack
from ..records import (
    Article,
    Cohesion,
    Document,
    Draft,
    Failure,
    Figure,
    Keyword,
    Note,
    Report,
    Salience,
    ThemeSummary,
)
from .parts import people, sentences_of, theme_summaries
from .tools import Method, Tools

#: For what is alike, and for what is central.
_HEADS: tuple[Head, ...] = ("similarity", "centrality")


@dataclass(frozen=True, slots=True, eq=False)
class Analysed:
    """What the steps have found in a document, found once: reports, reasons, training and measuring read it.

    All of it is by the index of a unit.

    Attributes
    ----------
    cohesion
        What each unit leans on, and what is quoted in several.
    similar, central
        Unit rows by the two heads of the encoder, float32 of shape (units, d).
    evidence
        What speaks for which theme.
    assigned
        Theme of each unit; None for what is neither body sentence nor item.
    """

    document: Document
    cohesion: Cohesion
    similar: NDArray[np.float32]
    central: NDArray[np.float32]
    evidence: themes.Evidence
    assigned: tuple[themes.Assignment | None, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A report, and what decided the theme of each body sentence and item."""

    report: Report
    reasons: tuple[themes.Reason, ...]


@no_collection()
def documents(articles: Sequence[Article], tools: Tools) -> list[Document]:
    """Articles laid out, split and analysed by Kiwi, all in one call: what comes before all else."""
    laid_out = (layout.lay_out(one, tools.boilerplate, tools.settings.read.zone) for one in articles)
    return korean.split(tools.kiwi, [layout.recognize(one, tools.genres) for one in laid_out])


@no_collection()
def analyse(documents: Sequence[Document], tools: Tools) -> list[Analysed]:
    """What is found in documents, whatever is made of it, each step over all of them before the next.

    Article by article the same steps take a fifth longer: the code and the tables of one drive those of the
    others out of the processor's caches, and the arrays of one article are so short that numpy's calls take
    longer than its sums. What goes over a batch gives each article the bits that it has by itself.
    """
    if not documents:
        return []
    held = [cohesion.read(document, tools.cohesion) for document in documents]
    with one_blas_thread():
        morphemes = numbered([document.tokens for document in documents])
        rows = _encoded(documents, morphemes, tools)
        units, similar = [document.units for document in documents], [own for own, _ in rows]
        evidence = themes.gather_all(units, morphemes, held, similar, tools.themes)
        found = iter(themes.assign(evidence, tools.themes, tools.settings.themes.threshold))
        assigned = [tuple(islice(found, len(own))) for own in units]
    return [
        Analysed(document, own, similar, central, said, given)
        for document, own, (similar, central), said, given in zip(
            documents, held, rows, evidence.parts(), assigned, strict=True
        )
    ]


def _encoded(
    documents: Sequence[Document], morphemes: Numbered, tools: Tools
) -> list[tuple[NDArray[np.float32], ...]]:
    """Unit rows of each document by both heads: for what is alike, and for what is central."""
    encoder = tools.encoder
    if isinstance(encoder, EncodesNumbered):
        rows = encoder.encode_numbered(morphemes, _HEADS)
        bounds = pairwise(accumulate((len(document.units) for document in documents), initial=0))
        return [tuple(head[start:end] for head in rows) for start, end in bounds]
    # One article at a time: what units are encoded together with may change their bits.
    return [
        encoder.encode_heads([unit.text for unit in own], [unit.tokens for unit in own], _HEADS)
        for own in (document.units for document in documents)
    ]


def draft(analysed: Analysed, tools: Tools, told: Sequence[Figure] | None = None) -> Draft:
    """What the summarization methods are given; `told` are the figures, where these are known already."""
    return salience.draft_of(
        analysed.document,
        similar=analysed.similar,
        central=analysed.central,
        themes=[(one.theme, one.scores) if one else None for one in analysed.assigned],
        query=tools.query,
        wanted=tools.wanted,
        cohesion=analysed.cohesion,
        figures=figures_of((analysed,), tools)[0][0] if told is None else told,
        cues=tools.cues,
        model=salience.model_for(
            tools.settings.summary.genre, tools.editors, analysed.document.units, tools.cues
        ),
    )


def ranked(draft: Draft, method: str | Method) -> summarize.Ranked:
    """The sentences of a draft in order of merit, by their positions."""
    worth = salience.METHODS[method] if isinstance(method, str) else method
    return summarize.rank(draft, worth(draft))


def _worth(drafts: Sequence[Draft], method: str | Method) -> list[Salience]:
    """What the sentences of each draft are worth."""
    if isinstance(method, str):
        if several := salience.TOGETHER.get(method):
            return several(drafts)
        method = salience.METHODS[method]
    return [method(one) for one in drafts]


def figures_of(
    analysed: Sequence[Analysed], tools: Tools
) -> list[tuple[tuple[Figure, ...], tuple[Note, ...]]]:
    """The figures that articles report, and notes on what is written like one and has no value."""
    if tools.figure_rules is None:
        return [((), ())] * len(analysed)
    documents = [one.document for one in analysed]
    return figures.figures_of(documents, tools.figure_rules, [one.cohesion.antecedents for one in analysed])


@no_collection()
def reports(analysed: Sequence[Analysed], tools: Tools) -> list[Report]:
    """The reports of articles, each step over all of them before the next, as `analyse` does.

    So is what reports are put together from: summaries, reasons, sentences and morphemes in a report's own
    order take a fortieth longer.
    """
    told = figures_of(analysed, tools)
    method = tools.given.method or tools.settings.summary.method
    with one_blas_thread():
        drafts = [draft(one, tools, own) for one, (own, _) in zip(analysed, told, strict=True)]
        ranked = [
            summarize.rank(one, worth) for one, worth in zip(drafts, _worth(drafts, method), strict=True)
        ]
        rankings = [summarize.indexed(own, one) for own, one in zip(ranked, drafts, strict=True)]
        tables = _keywords(analysed, tools)
    parts = list(zip(analysed, drafts, rankings, tables, strict=True))
    chosen = [_chosen(*own, tools) for own in parts]
    reasons = [
        ranking.reasons({*own.summary, *(i for theme in own.themes for i in theme.summary)})
        for ranking, own in zip(rankings, chosen, strict=True)
    ]
    morphemes = [pack(one.document.tokens, one.document.title_tokens) for one in analysed]
    sentences = [
        sentences_of(one.document.units, one.assigned, own.salience, own.needs, one.cohesion)
        for one, own in zip(analysed, rankings, strict=True)
    ]
    made = [
        Report(
            id=one.document.article.id,
            title=one.document.title,
            source=one.document.article.source,
            sentences=sentences[n],
            ranking=tuple(rankings[n].order),
            summary=chosen[n].summary,
            themes=chosen[n].themes,
            keywords=tables[n],
            figures=told[n][0],
            warnings=(*one.document.article.notes, *told[n][1], *chosen[n].notes),
            reasons=reasons[n],
            genre=one.document.genre.id if one.document.genre else None,
            morphemes=morphemes[n],
        )
        for n, one in enumerate(analysed)
    ]
    differing = [_differing(report, one.document, tools) for report, one in zip(made, analysed, strict=True)]
    return [
        replace(report, warnings=(*report.warnings, *notes)) if notes else report
        for report, notes in zip(made, differing, strict=True)
    ]


def _keywords(analysed: Sequence[Analysed], tools: Tools) -> list[tuple[Keyword, ...]]:
    given = [
        keywords.Given(
            one.document.units,
            one.document.tokens,
            [theme.theme if theme else None for theme in one.assigned],
            0 if _is_listing(one.document) else tools.settings.keywords.top,
            vectors=one.similar,
            title=one.document.title,
            skip=people(one.document.article.source.author),
        )
        for one in analysed
    ]
    return keywords.extract_all(given, tools.background, tools.keyword_rules)


def _is_listing(document: Document) -> bool:
    return document.genre is not None and document.genre.listing


class _Chosen(NamedTuple):
    """What an article's report tells of it: of all, and of each theme."""

    summary: tuple[int, ...]
    themes: tuple[ThemeSummary, ...]
    notes: tuple[Note, ...]


def _chosen(
    analysed: Analysed, drafted: Draft, ranking: summarize.Ranked, table: tuple[Keyword, ...], tools: Tools
) -> _Chosen:
    """What a report tells of an article, and notes on that; of a list it tells nothing."""
    s, units, genre = tools.settings, analysed.document.units, analysed.document.genre
    listing = _is_listing(analysed.document)
    told_of = summarize.Ranked() if listing else ranking
    lengths = [len(unit.text) for unit in units]
    summary = summarize.choose(told_of, lengths, tools.length.amount, tools.length.unit)
    notes = salience.notes(drafted, summary, s.summary.query, tools.wanted, s.summary.length)
    if genre is not None:
        notes = (Note(f"genre-{genre.id}"), *(() if listing else notes))
    theme_of = [one.theme if one else None for one in analysed.assigned]
    return _Chosen(summary, theme_summaries(s, tools.labels, theme_of, told_of, table), notes)


def _differing(made: Report, document: Document, tools: Tools) -> tuple[Note, ...]:
    """Notes on what an article gives two values for."""
    if tools.compare_rules is None or not made.figures:
        return ()
    tokens = {unit.index: unit.tokens for unit in document.units}
    return tuple(
        Note("figures-differ", ": ".join([one.metric or "", " / ".join(s.written for s in one.sides)]))
        for one in figures.within(made, tokens, tools.compare_rules)
    )


def theme_reasons(analysed: Analysed, tools: Tools) -> tuple[themes.Reason, ...]:
    """What decided the theme of each body sentence and item."""
    texts = [unit.text for unit in analysed.document.units]
    return themes.reasons(analysed.evidence, analysed.assigned, tools.themes, texts)


def explained(analysed: Sequence[Analysed], tools: Tools) -> list[Explained]:
    """The reports of articles with the reasons for their themes."""
    made = reports(analysed, tools)
    return [Explained(one, theme_reasons(of, tools)) for one, of in zip(made, analysed, strict=True)]


def trouble(document: Document, tools: Tools) -> Failure | None:
    """Why a document is no article that a report can be made of; None when it is one."""
    wrong = layout.trouble(document, tools.limits)
    return Failure(document.article.source.path, "layout", *wrong) if wrong else None
