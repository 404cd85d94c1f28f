"""The order of the steps: articles into reports, reports into a digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from .. import cohesion, encode, figures, keywords, korean, layout, stories, summarize, themes
from .. import digest as digest_step
from ..engines import ENGINES, batched, one_blas_thread
from ..records import (
    CONTENT_KINDS,
    OTHER,
    Article,
    Cohesion,
    Digest,
    DigestKeyword,
    Document,
    Failure,
    Note,
    Report,
    Trend,
)
from ..settings import (
    Length,
    Settings,
    load_background,
    load_boilerplate,
    load_cohesion,
    load_cues,
    load_figure_rules,
    load_genres,
    load_keyword_rules,
    load_messages,
    load_settings,
    load_story_rules,
    load_theme_model,
    load_themes,
)
from .parts import (
    check_genres,
    check_known,
    editor_for,
    encoder_for,
    followed,
    kiwi_for,
    kiwi_threads,
    log_failure,
    named_theme,
    newsletter_of,
    people,
    plan_for,
    sentences_of,
    theme_summaries,
    with_found,
    without,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Pipeline:
    """Articles in, reports out; reports in, a digest out.

    Parameters
    ----------
    settings
        Default: those of ``configs/default.toml``.

    Raises
    ------
    ConfigError
        When a setting names what does not exist (a method, an engine, a theme set).
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        s = self.settings
        check_known("summary.method", s.summary.method, summarize.METHODS)
        check_known("run.engine", s.run.engine, ENGINES)
        self.theme_set = load_themes(s.themes.set)
        self._rules, self._genres = load_boilerplate(), load_genres()
        check_genres(s.digest.leave_out, self._genres)
        self._limits = s.reading().limits
        self._story_rules = load_story_rules()
        self._plan = plan_for(s, self._story_rules, self.theme_set)
        self._newsletter = newsletter_of(s)
        self._length = Length.parse(s.summary.length)
        self._kiwi = kiwi_for(s, kiwi_threads(s))
        self._tokenize = partial(korean.tokenize, self._kiwi)
        self._background = load_background()
        self._cohesion = cohesion.prepare(load_cohesion())
        self._cues, self._editor = load_cues(), editor_for(s)
        self._figure_rules = load_figure_rules() if s.figures.enabled else None
        self._encoder = encoder_for(s.encoder.name, self._kiwi)
        self._themes = themes.prepare(self.theme_set, self._encoder.encode, load_theme_model())
        self._keyword_rules = followed(load_keyword_rules(), self.theme_set)
        wanted = s.summary.theme
        self._wanted = named_theme("summary.theme", wanted, self.theme_set) if wanted else ""
        self._query = self._prepared(s.summary.query)

    def _prepared(self, query: str) -> summarize.Query | None:
        """The reader's query, analysed and encoded once."""
        if not query.strip():
            return None
        (tokens,) = korean.tokenize(self._kiwi, [query])
        (row,) = self._encoder.encode_units([query], [tokens], head="similarity")
        return summarize.Query(tokens, row)

    def labels(self) -> dict[str, str]:
        """Theme labels by id in the language of the settings, in the order of the set, other last."""
        lang = self.settings.lang
        found = {theme.id: theme.labels.get(lang, theme.id) for theme in self.theme_set.themes}
        return {**found, OTHER: self.theme_set.other.get(lang, OTHER)}

    # ── articles to reports ────────────────────────────────────────────────────────────────────────

    def report(self, article: Article) -> Report | Failure:
        """The report of one article, or why there is none."""
        return self._reports((article,))[0]

    def document(self, article: Article) -> Document:
        """An article split into units with their morphemes."""
        return self.documents((article,))[0]

    def held(self, document: Document) -> Cohesion:
        """What the units of a document lean on, and what is quoted in several."""
        return cohesion.read(document, self._cohesion)

    def evidence(self, document: Document) -> themes.Evidence:
        """What speaks for which theme in the units of a document."""
        (vectors,) = self._vectors(document, "similarity")
        return themes.gather(document.units, self.held(document), vectors, self._themes)

    def assign(self, document: Document) -> tuple[themes.Assignment | None, ...]:
        """Themes of the units of a document, None for what is neither body sentence nor item."""
        (vectors,) = self._vectors(document, "similarity")
        held, least = self.held(document), self.settings.themes.threshold
        return themes.assign(document.units, held, vectors, self._themes, least)

    def _vectors(self, document: Document, *heads: encode.Head) -> tuple[NDArray[np.float32], ...]:
        units = document.units
        return self._encoder.encode_heads([u.text for u in units], [u.tokens for u in units], heads)

    def stream(
        self, articles: Iterable[Article | Failure], failed: Callable[[Failure], None] = log_failure
    ) -> Iterator[Report]:
        """Reports of articles, in their order, as they get ready.

        Parameters
        ----------
        articles
            As `read` gives them.
        failed
            Called with each failure, of reading too. The default logs a warning.
        """
        run = self.settings.run
        work: Callable[[tuple[Article | Failure, ...]], list[Report | Failure]] = self._reports
        if run.engine != "serial":
            work = partial(_reports_in_worker, self.settings)
        for batch in ENGINES[run.engine](work, batched(articles, run.batch), run.workers):
            for item in batch:
                if isinstance(item, Failure):
                    failed(item)
                else:
                    yield item

    def _reports(self, batch: Sequence[Article | Failure]) -> list[Report | Failure]:
        """Reports of a batch, failures in their places. One bad article costs the others nothing."""
        try:
            documents = iter(self.documents([item for item in batch if isinstance(item, Article)]))
        except Exception as error:
            if len(batch) > 1:
                return [one for item in batch for one in self._reports((item,))]
            return [item if isinstance(item, Failure) else _failure(item, "korean", error) for item in batch]
        with one_blas_thread():
            return [item if isinstance(item, Failure) else self._safely(next(documents)) for item in batch]

    def documents(self, articles: Sequence[Article]) -> list[Document]:
        """Articles laid out, split and analysed: what comes before the report."""
        laid_out = (layout.lay_out(one, self._rules, self.settings.read.zone) for one in articles)
        return korean.split(self._kiwi, [layout.recognize(one, self._genres) for one in laid_out])

    def _safely(self, document: Document) -> Report | Failure:
        if wrong := layout.trouble(document, self._limits):
            return Failure(document.article.source.path, "layout", *wrong)
        try:
            return self._report(document)
        except Exception as error:
            return _failure(document.article, "report", error)

    def _report(self, document: Document) -> Report:
        s = self.settings
        units = document.units
        held = self.held(document)
        vectors, central = self._vectors(document, "similarity", "centrality")
        assigned = themes.assign(units, held, vectors, self._themes, s.themes.threshold)
        theme_of = [one.theme if one else None for one in assigned]

        content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
        draft = self._draft(document, vectors, central, assigned, held)
        ranked = summarize.METHODS[s.summary.method](draft)
        ranking = tuple(content[i] for i in ranked.order)
        salience = dict(zip(content, ranked.salience, strict=True))
        ties = summarize.Ties.of(ranked, draft.units, content)
        lengths = [len(unit.text) for unit in units]
        listing = document.genre is not None and document.genre.listing
        own, wrong = figures.figures_of(document, self._figure_rules) if self._figure_rules else ((), ())
        table = keywords.extract(
            units,
            theme_of,
            self._background,
            self._keyword_rules,
            0 if listing else s.keywords.top,
            vectors=vectors,
            title=document.title,
            skip=people(document.article.source.author),
        )
        told_of = () if listing else ranking
        summary = summarize.choose(told_of, lengths, self._length.amount, self._length.unit, ties)
        taken = frozenset(summary)
        positions = [n for n, i in enumerate(content) if i in taken]
        told = summarize.notes(draft, positions, s.summary.query, self._wanted, s.summary.length)
        if document.genre is not None:
            told = (Note(f"genre-{document.genre.id}"), *(() if listing else told))
        by_theme = theme_summaries(s, self.labels(), theme_of, told_of, table, ties)
        chosen = {*summary, *(i for one in by_theme for i in one.summary)}
        return Report(
            id=document.article.id,
            title=document.title,
            source=document.article.source,
            sentences=sentences_of(units, assigned, salience, ties.needs, held.quoted),
            ranking=ranking,
            summary=summary,
            themes=by_theme,
            keywords=table,
            figures=own,
            warnings=(*document.article.notes, *wrong, *told),
            reasons=summarize.reasons(ranked, content, chosen, s.summary.method),
            genre=document.genre.id if document.genre else None,
        )

    def draft(self, document: Document) -> summarize.Draft:
        """What the summarization methods are given of a document, for training and evaluation."""
        held, (vectors, central) = self.held(document), self._vectors(document, "similarity", "centrality")
        least = self.settings.themes.threshold
        assigned = themes.assign(document.units, held, vectors, self._themes, least)
        return self._draft(document, vectors, central, assigned, held)

    def _draft(
        self,
        document: Document,
        vectors: NDArray[np.float32],
        central: NDArray[np.float32],
        assigned: Sequence[themes.Assignment | None],
        held: Cohesion,
    ) -> summarize.Draft:
        units = document.units
        content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
        answers = summarize.answers(units, vectors, self._query) if self._query else ()
        return summarize.Draft(
            units=tuple(units[i] for i in content),
            vectors=central[content],
            heads=central[[unit.index for unit in units if unit.kind in ("title", "heading")]],
            themes=tuple((a.theme, a.scores.get(a.theme, 0.0)) for a in assigned if a),
            similar=vectors[content],
            before=summarize.kinds_before(units),
            title=document.title_tokens,
            sections=tuple(units[k].tokens if (k := units[i].section) is not None else () for i in content),
            answers=tuple(answers[i] for i in content) if answers else (),
            wanted=tuple(a.scores.get(self._wanted, 0.0) for a in assigned if a) if self._wanted else (),
            cohesion=held,
            cues=self._cues,
            model=self._editor,
        )

    # ── reports to a digest ────────────────────────────────────────────────────────────────────────

    def group(self, reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        """Stories of reports, as positions. The order of the reports decides ties."""
        return tuple(group.members for group in self._grouped(reports))

    def _grouped(self, reports: Sequence[Report]) -> tuple[stories.Group, ...]:
        return stories.group(reports, self._encoder.encode, self._tokenize, self._story_rules)

    def discover(self, reports: Sequence[Report]) -> tuple[themes.FoundTheme, ...]:
        """Themes among the sentences of a batch that no configured one took; none when it is set so."""
        if not self.settings.themes.discover:
            return ()
        rules = self._keyword_rules
        plain = rules.alone | rules.everyday | rules.ordinary | rules.loose
        most = self.settings.themes.discover_sentences
        return themes.discover(
            reports, self._encoder.encode_units, self._tokenize, self._background, plain, most
        )

    def discovered_in(self, reports: Sequence[Report]) -> tuple[int, int]:
        """In how many sentences themes are looked for, and of how many that no configured theme took."""
        sizes = [themes.left_in(report) for report in reports]
        looked_at = themes.looked_at(reports, self.settings.themes.discover_sentences)
        return sum(sizes[r] for r in looked_at), sum(sizes)

    def _on_theme(self, reports: Sequence[Report], theme: str) -> tuple[stories.Fact, ...]:
        """Which sentences of a theme state the same, whatever story they come from."""
        own = {
            n: replace(report, ranking=ranking)
            for n, report in enumerate(reports)
            if (ranking := tuple(i for i in report.ranking if report.sentences[i].theme == theme))
        }
        return stories.facts(own, frozenset(), self._encoder.encode, self._story_rules.counts)

    def digest(
        self,
        reports: Iterable[Report],
        failures: Iterable[Failure] = (),
        *,
        title: str | None = None,
        date: str | None = None,
        number: int | None = None,
        last: Digest | None = None,
    ) -> Digest:
        """Fold reports into one digest; their order does not matter.

        Parameters
        ----------
        title
            Default: the settings', else the newsletter's name, else the language's.
        date
            ISO date; default: the latest one that a source gives.
        number
            Of the issue; default: the one after `last`.
        last
            The issue before, to compare with.
        """
        s = self.settings
        ordered, twice = digest_step.one_each(digest_step.in_order(list(reports)))
        ordered, left_out = without(ordered, s.digest.leave_out, self._genres, self.group)
        found = self.discover(ordered)
        ordered = themes.with_found(ordered, found)
        grouped = self._grouped(ordered)
        return digest_step.fold(
            ordered,
            [(g.members, sorted(g.copies), {f.place: (f.same, f.repeats) for f in g.facts}) for g in grouped],
            (*failures, *twice),
            title=title or s.digest.title or s.newsletter.name or load_messages(s.lang)["digest.title"],
            date=date,
            labels=with_found(self.labels(), found),
            found=frozenset(theme.id for theme in found),
            asides={
                theme.id: {f.place: (f.same, f.repeats) for f in self._on_theme(ordered, theme.id)}
                for theme in found
            },
            plan=self._plan,
            newsletter=self._newsletter,
            keywords=self.batch_keywords(ordered, s.digest.keywords),
            theme_keywords=self.theme_keywords(ordered, s.keywords.per_theme),
            number=number,
            url=s.newsletter.url or None,
            last=last,
            left_out=left_out,
        )

    # ── keyword tables over reports ────────────────────────────────────────────────────────────────

    def batch_keywords(self, reports: Sequence[Report], top: int) -> tuple[DigestKeyword, ...]:
        """One keyword table for all articles."""
        return keywords.batch_table(reports, top, self._keyword_rules.aliases)

    def theme_keywords(self, reports: Sequence[Report], top: int) -> dict[str, tuple[DigestKeyword, ...]]:
        """A keyword table for each theme, by its id: what sets it apart from the others."""
        return keywords.theme_tables(reports, top, self._keyword_rules.aliases)

    def compare_keywords(
        self, now: Sequence[DigestKeyword], before: Sequence[DigestKeyword]
    ) -> tuple[Trend, ...]:
        """How the keywords changed between two batches, the strongest change first."""
        return keywords.compare(now, before, self._keyword_rules.aliases)


@lru_cache(maxsize=1)
def _worker(settings: Settings) -> Pipeline:
    return Pipeline(settings)


def _reports_in_worker(settings: Settings, batch: tuple[Article | Failure, ...]) -> list[Report | Failure]:
    """Work of a process of its own, which makes its pipeline once."""
    return _worker(settings)._reports(batch)


def _failure(article: Article, step: str, error: Exception) -> Failure:
    return Failure(article.source.path, step, "error", f"{type(error).__name__}: {error}")
