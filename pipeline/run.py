"""The order of the steps: articles into reports, reports into a digest."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import digest as digest_step
from . import encode, keywords, korean, layout, stories, summarize, themes
from .engines import ENGINES, batched
from .readers import read
from .records import (
    CONTENT_KINDS,
    OTHER,
    Article,
    Digest,
    DigestKeyword,
    DigestPlan,
    Document,
    Failure,
    Keyword,
    KeywordRules,
    Newsletter,
    QuoteLimits,
    Report,
    Sentence,
    StoryRules,
    ThemeSummary,
    Trend,
    Unit,
    WordSuggestion,
)
from .settings import (
    ConfigError,
    Length,
    Settings,
    load_background,
    load_boilerplate,
    load_cues,
    load_editor,
    load_keyword_rules,
    load_leaning,
    load_logo,
    load_messages,
    load_settings,
    load_story_rules,
    load_theme_model,
    load_themes,
    resource,
)

if TYPE_CHECKING:
    import numpy as np
    from kiwipiepy import Kiwi
    from numpy.typing import NDArray

    from .encode import Encoder

__all__ = ["Pipeline", "load_encoder", "read"]

_log = logging.getLogger("yoyak")


def _log_failure(failure: Failure) -> None:
    _log.warning("%s: %s: %s %s", failure.source, failure.step, failure.reason, failure.detail)


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
        _known("summary.method", s.summary.method, summarize.METHODS)
        _known("run.engine", s.run.engine, ENGINES)
        self.theme_set = load_themes(s.themes.set)
        self._rules = load_boilerplate()
        self._limits = s.reading().limits
        self._story_rules = load_story_rules()
        self._newsletter = _newsletter(s)
        self._length = Length.parse(s.summary.length)
        self._kiwi = _kiwi(s, _kiwi_threads(s))
        self._background = load_background()
        self._leaning, self._cues, self._editor = load_leaning(), load_cues(), load_editor()
        self._encoder = _encoder(s.encoder.name, self._kiwi)
        self._themes = themes.prepare(self.theme_set, self._encoder.encode, load_theme_model())
        self._keyword_rules = self._followed(load_keyword_rules())
        if s.summary.theme:
            _known("summary.theme", s.summary.theme, self.labels())
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
        return self._documents((article,))[0]

    def evidence(self, document: Document) -> themes.Evidence:
        """What speaks for which theme in the units of a document."""
        vectors = self._vectors(document, "similarity")
        return themes.gather(document.units, vectors, self._themes)

    def assign(self, document: Document) -> tuple[themes.Assignment | None, ...]:
        """Themes of the units of a document, None for what is neither body sentence nor item."""
        vectors = self._vectors(document, "similarity")
        return themes.assign(document.units, vectors, self._themes, self.settings.themes.threshold)

    def reasons(self, document: Document) -> tuple[themes.Reason, ...]:
        """What decided the theme of each body sentence and item of a document."""
        texts = [unit.text for unit in document.units]
        return themes.reasons(self.evidence(document), self.assign(document), self._themes, texts)

    def check_themes(self) -> tuple[themes.Finding, ...]:
        """What would make sentences fall into the wrong theme of the set."""

        def units_of(texts: Sequence[str]) -> list[Unit]:
            tokens = korean.tokenize(self._kiwi, texts)
            return [Unit(n, t, 0, len(t), "body", None, n, tokens[n]) for n, t in enumerate(texts)]

        return themes.check(self.theme_set, units_of, self._encoder.encode, load_theme_model())

    def suggest_terms(
        self, terms: Sequence[str], articles: Iterable[Article | Failure] = (), top: int = 20
    ) -> tuple[themes.Suggestion, ...]:
        """Words near the given ones, from Kiwi's vectors and from articles."""
        units = (u for a in articles if isinstance(a, Article) for u in self.document(a).units)
        near = partial(korean.neighbours, self._kiwi, top=top)
        return themes.suggest(terms, near, units, top)

    def _vectors(self, document: Document, head: encode.Head) -> NDArray[np.float32]:
        units = document.units
        return self._encoder.encode_units([u.text for u in units], [u.tokens for u in units], head=head)

    def stream(
        self, articles: Iterable[Article | Failure], failed: Callable[[Failure], None] = _log_failure
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
            documents = iter(self._documents([item for item in batch if isinstance(item, Article)]))
        except Exception as error:
            if len(batch) > 1:
                return [one for item in batch for one in self._reports((item,))]
            return [item if isinstance(item, Failure) else _failure(item, "korean", error) for item in batch]
        return [item if isinstance(item, Failure) else self._safely(next(documents)) for item in batch]

    def _documents(self, articles: Sequence[Article]) -> list[Document]:
        return korean.split(self._kiwi, [layout.lay_out(article, self._rules) for article in articles])

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
        vectors = self._vectors(document, "similarity")
        assigned = themes.assign(units, vectors, self._themes, s.themes.threshold)
        theme_of = [one.theme if one else None for one in assigned]

        content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
        ranked = summarize.METHODS[s.summary.method](self._draft(document, vectors, assigned))
        ranking = tuple(content[i] for i in ranked.order)
        salience = dict(zip(content, ranked.salience, strict=True))
        needs = {content[i]: tuple(content[j] for j in one) for i, one in enumerate(ranked.needs)}
        unfit = frozenset(content[i] for i in ranked.unfit)
        lengths = [len(unit.text) for unit in units]
        table = keywords.extract(
            units,
            theme_of,
            self._background,
            self._keyword_rules,
            s.keywords.top,
            vectors=vectors,
            title=document.title,
            skip=_people(document.article.source.author),
        )
        sentences = tuple(
            Sentence(
                index=unit.index,
                text=unit.text,
                start=unit.start,
                end=unit.end,
                kind=unit.kind,
                section=unit.section,
                theme=theme_of[unit.index],
                second=one.second if one else None,
                scores=one.scores if one else {},
                salience=salience.get(unit.index, 0.0),
                needs=needs.get(unit.index, ()),
            )
            for unit, one in zip(units, assigned, strict=True)
        )
        summary = summarize.choose(ranking, lengths, self._length.amount, self._length.unit, needs, unfit)
        by_theme = self._theme_summaries(theme_of, ranking, table, needs, unfit)
        chosen = {*summary, *(i for one in by_theme for i in one.summary)}
        return Report(
            id=document.article.id,
            title=document.title,
            source=document.article.source,
            sentences=sentences,
            ranking=ranking,
            summary=summary,
            themes=by_theme,
            keywords=table,
            warnings=document.article.notes,
            reasons=summarize.reasons(ranked, content, chosen, s.summary.method),
        )

    def draft(self, document: Document) -> summarize.Draft:
        """What the summarization methods are given of a document, for training and evaluation."""
        vectors = self._vectors(document, "similarity")
        assigned = themes.assign(document.units, vectors, self._themes, self.settings.themes.threshold)
        return self._draft(document, vectors, assigned)

    def documents(self, articles: Sequence[Article]) -> list[Document]:
        """Articles laid out, split and analysed: what comes before the report."""
        return self._documents(articles)

    def _draft(
        self,
        document: Document,
        vectors: NDArray[np.float32],
        assigned: Sequence[themes.Assignment | None],
    ) -> summarize.Draft:
        s, units = self.settings.summary, document.units
        central = self._vectors(document, "centrality")
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
            wanted=tuple(a.scores.get(s.theme, 0.0) for a in assigned if a) if s.theme else (),
            leaning=self._leaning,
            cues=self._cues,
            model=self._editor,
        )

    def _followed(self, rules: KeywordRules) -> KeywordRules:
        """The terms of the themes are terms that the newsletter follows."""
        terms = (
            form for theme in self.theme_set.themes for t in theme.terms for form in (t.name, *t.variants)
        )
        return replace(rules, known=rules.known | frozenset(map(keywords.key_of, terms)))

    def keyword_terms(
        self, article: Article
    ) -> tuple[Document, list[tuple[tuple[str, ...], dict[str, float]]]]:
        """All terms that a keyword table could have: their forms and features, to learn from."""
        document = self.document(article)
        found, features, _ = keywords.analyse(
            document.units,
            self._background,
            self._keyword_rules,
            vectors=self._vectors(document, "similarity"),
            title=document.title,
            skip=_people(article.source.author),
        )
        return document, [(tuple(t.forms), f) for t, f in zip(found, features, strict=True)]

    def _theme_summaries(
        self,
        theme_of: Sequence[str | None],
        ranking: Sequence[int],
        table: Sequence[Keyword],
        needs: Mapping[int, Sequence[int]],
        unfit: Collection[int],
    ) -> tuple[ThemeSummary, ...]:
        s = self.settings
        shares = Counter(theme_of[i] for i in ranking)
        found = []
        for theme, label in self.labels().items():
            own = [i for i in ranking if theme_of[i] == theme]
            if own:
                terms = [keyword.term for keyword in table if keyword.theme == theme]
                found.append(
                    ThemeSummary(
                        id=theme,
                        label=label,
                        share=round(shares[theme] / len(ranking), 4),
                        sentences=tuple(sorted(own)),
                        summary=summarize.of_theme(ranking, own, s.summary.per_theme, needs, unfit),
                        keywords=tuple(terms[: s.keywords.per_theme]),
                    )
                )
        return tuple(found)

    # ── reports to a digest ────────────────────────────────────────────────────────────────────────

    def group(self, reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        """Stories of reports, as positions. The order of the reports decides ties."""
        return tuple(g.members for g in stories.group(reports, self._encoder.encode, self._story_rules))

    def discover(self, reports: Sequence[Report]) -> tuple[themes.FoundTheme, ...]:
        """Themes among the sentences of a batch that no configured one took; none when it is set so."""
        if not self.settings.themes.discover:
            return ()
        tokenize = partial(korean.tokenize, self._kiwi)
        return themes.discover(reports, self._encoder.encode, tokenize, self._background)

    def _on_theme(self, reports: Sequence[Report], theme: str) -> tuple[stories.Fact, ...]:
        """Which sentences of a theme state the same, whatever story they come from."""
        own = {
            n: replace(report, ranking=ranking)
            for n, report in enumerate(reports)
            if (ranking := tuple(i for i in report.ranking if report.sentences[i].theme == theme))
        }
        return stories.facts(own, frozenset(), self._encoder.encode)

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
        ordered = digest_step.in_order(list(reports))
        found = self.discover(ordered)
        ordered = themes.with_found(ordered, found)
        grouped = stories.group(ordered, self._encoder.encode, self._story_rules)
        return digest_step.fold(
            ordered,
            [(g.members, sorted(g.copies), {f.place: (f.same, f.repeats) for f in g.facts}) for g in grouped],
            tuple(failures),
            title=title or s.digest.title or s.newsletter.name or load_messages(s.lang)["digest.title"],
            date=date,
            labels=_with_found(self.labels(), found),
            found=frozenset(theme.id for theme in found),
            asides={
                theme.id: {f.place: (f.same, f.repeats) for f in self._on_theme(ordered, theme.id)}
                for theme in found
            },
            plan=_plan(s, self._story_rules),
            newsletter=self._newsletter,
            keywords=self.batch_keywords(ordered, s.digest.keywords),
            theme_keywords=self.theme_keywords(ordered, s.keywords.per_theme),
            number=number,
            url=s.newsletter.url or None,
            last=last,
        )

    # ── keyword tables over reports ────────────────────────────────────────────────────────────────

    def suggest_words(
        self,
        articles: Iterable[Article | Failure],
        least: int,
        failed: Callable[[Failure], None] = _log_failure,
    ) -> tuple[WordSuggestion, ...]:
        """Words of the articles that the dictionary lacks; `least` is how often a word has to occur."""
        good: list[Article] = []
        for item in articles:
            if isinstance(item, Failure):
                failed(item)
            else:
                good.append(item)
        units = [document.units for document in self._documents(good)]
        texts = [unit.text for found in units for unit in found if unit.kind != "boilerplate"]
        extracted = self._kiwi.extract_words(texts, min_cnt=least) if texts else ()
        return keywords.suggest(
            units,
            [form for form, *_ in extracted],
            lambda text: korean.tokenize(self._kiwi, [text])[0],
            self._background,
            self._keyword_rules,
            least,
        )

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


def _with_found(labels: dict[str, str], found: Sequence[themes.FoundTheme]) -> dict[str, str]:
    """Labels with those of found themes behind the configured ones, other last."""
    configured = {theme: label for theme, label in labels.items() if theme != OTHER}
    return {**configured, **{theme.id: theme.label for theme in found}, OTHER: labels[OTHER]}


def _plan(s: Settings, rules: StoryRules) -> DigestPlan:
    rights = s.rights
    return DigestPlan(
        lines_per_story=s.digest.lines_per_story,
        stories_per_theme={**dict(s.newsletter.limits), "*": s.digest.stories_per_theme},
        order=s.newsletter.order,
        leans=rules.leans,
        limits=QuoteLimits(
            forbids=rights.forbids, sentences=rights.sentences, share=rights.share, strict=rights.strict
        ),
    )


def _newsletter(s: Settings) -> Newsletter:
    n = s.newsletter
    return Newsletter(
        name=n.name,
        tagline=n.tagline,
        footer=n.footer,
        accent=n.accent,
        logo=load_logo(n.logo),
        home=n.home or None,
        sender=n.sender,
        recipient=n.recipient,
        reply_to=n.reply_to,
        unsubscribe=n.unsubscribe,
        list_id=n.list_id,
    )


@lru_cache(maxsize=1)
def _worker(settings: Settings) -> Pipeline:
    return Pipeline(settings)


def _reports_in_worker(settings: Settings, batch: tuple[Article | Failure, ...]) -> list[Report | Failure]:
    """Work of a process of its own, which makes its pipeline once."""
    return _worker(settings)._reports(batch)


def _failure(article: Article, step: str, error: Exception) -> Failure:
    return Failure(article.source.path, step, "error", f"{type(error).__name__}: {error}")


def _people(author: str | None) -> tuple[str, ...]:
    """Names of people in a by-line; an organisation may be what its own article is about."""
    return tuple(re.findall(r"(?<![가-힣])[가-힣]{2,4}(?![가-힣])", author or ""))


def _known(key: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise ConfigError("settings", key, f"unknown value {value!r}; there are: {', '.join(known)}")


def _words(settings: Settings) -> Path | None:
    if not settings.korean.words:
        return None
    path = Path(settings.korean.words)
    return path if path.is_file() else resource(settings.korean.words)


def _kiwi(settings: Settings, threads: int = 0) -> Kiwi:
    s = settings.korean
    user_words = Path(s.user_words) if s.user_words else None
    if user_words is not None and not user_words.is_file():
        raise ConfigError(user_words, "korean.user_words", "no such file")
    try:
        return korean.load_kiwi(_words(settings), s.multi_word_dictionary, threads, user_words)
    except ValueError as error:
        raise ConfigError(user_words or s.words, "korean.user_words", str(error)) from error


def _kiwi_threads(settings: Settings) -> int:
    # A pool of processes has one core for each already.
    return 1 if settings.run.engine == "processes" else settings.run.workers


def _encoder(name: str, kiwi: Kiwi) -> Encoder:
    return encode.load_encoder(
        name,
        tokenize=partial(korean.tokenize, kiwi),
        models=resource("models"),
        background=load_background(),
    )


def load_encoder(name: str | None = None) -> Encoder:
    """A sentence encoder for use on its own.

    >>> load_encoder("tfidf").encode(["문장 하나", "문장 둘"]).shape
    (2, 8192)

    Parameters
    ----------
    name
        As ``--encoder`` takes it; default: the settings'.
    """
    settings = load_settings()
    kiwi = _kiwi(settings)
    return _encoder(name or settings.encoder.name, kiwi)
