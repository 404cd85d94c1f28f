"""yoyak for Python: articles in, reports out; reports in, a digest out. `steps` and `digests` do the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar, Unpack, overload

from .. import cohesion, keywords, themes
from ..digest import Basis
from ..encode import Encoder, Encodes
from ..readers.rows import Row, read_row, read_rows
from ..records import (
    Article,
    Changes,
    Cohesion,
    Digest,
    DigestKeyword,
    Document,
    Draft,
    Edited,
    Failure,
    Overview,
    Report,
    ThemeSet,
    Trend,
)
from ..settings import Settings, changed, load_settings
from . import batches, digests, steps
from . import overview as overviews
from .once import analysed_once
from .steps import Analysed, Explained
from .tools import Given, Method, Tools, given, load_tools

C = TypeVar("C")


class Pipeline:
    """Articles in, reports out; reports in, a digest out.

    Parameters
    ----------
    settings
        Default: those of ``configs/default.toml``.
    encoder
        The name of an encoder, or an object in its place: an `encode.Encoder`, or anything with
        ``encode(texts)`` that gives one row a text, such as a ``SentenceTransformer``.
    method
        The name of a method, or a function in its place: a `Draft` into what each of its sentences is
        worth, as those of `salience.METHODS` do. With ``run.engine = "processes"`` objects go to the
        workers by pickle, as in any pool of processes.

    Attributes
    ----------
    tools
        All that was loaded, for whoever takes the steps one by one (`lab`).

    Raises
    ------
    ConfigError
        When a setting names what does not exist (a method, an engine, a theme set).
    EncoderError
        When the encoder can't be had.
    TypeError
        When an object can do no such thing.

    Notes
    -----
    Threads can share one: nothing in it changes. A pool of processes can be given one, or its methods.

    Examples
    --------
    >>> pipeline = Pipeline(method="lead")
    >>> report = pipeline.report("아마존이 설비투자를 늘린다. 올해 2천억 달러를 쓴다.")
    >>> [report.sentences[i].text for i in report.summary]
    ['아마존이 설비투자를 늘린다.', '올해 2천억 달러를 쓴다.']
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        encoder: str | Encoder | Encodes | None = None,
        method: str | Method | None = None,
    ) -> None:
        names = {"encoder.name": encoder, "summary.method": method}
        named = {key: name for key, name in names.items() if isinstance(name, str)}
        own = given(
            None if isinstance(encoder, str) else encoder, None if isinstance(method, str) else method
        )
        if named:
            settings = changed(settings or load_settings(), named)
        self.tools: Tools = load_tools(settings, own)

    def __reduce__(self) -> tuple[Callable[[Settings, Given], Pipeline], tuple[Settings, Given]]:
        """Another process gets the settings, and loads the rest anew: once, however often it gets them."""
        return _pipeline_here, (self.settings, self.tools.given)

    @property
    def settings(self) -> Settings:
        """As they were given."""
        return self.tools.settings

    @property
    def theme_set(self) -> ThemeSet:
        """The configured themes."""
        return self.tools.theme_set

    def labels(self) -> dict[str, str]:
        """Theme labels by id in the language of the settings, in the order of the set, other last."""
        return dict(self.tools.labels)

    # ── articles to reports ────────────────────────────────────────────────────────────────────────

    def stream(
        self, articles: Iterable[Article | Failure], failed: Callable[[Failure], None] = batches.log_failure
    ) -> Iterator[Report]:
        """Reports of articles, in their order, as they get ready.

        Parameters
        ----------
        articles
            As `read` gives them.
        failed
            Called with each failure, of reading too. The default logs a warning.
        """
        return batches.stream(steps.reports, articles, self.tools, failed)

    @overload
    def pipe(
        self, rows: Iterable[Row], *, as_tuples: Literal[False] = False
    ) -> Iterator[Report | Failure]: ...

    @overload
    def pipe(
        self, rows: Iterable[tuple[Row, C]], *, as_tuples: Literal[True]
    ) -> Iterator[tuple[Report | Failure, C]]: ...

    def pipe(self, rows: Iterable[Any], *, as_tuples: bool = False) -> Iterator[Any]:
        """Reports of texts or records that a program holds, one for one and in their order.

        Parameters
        ----------
        rows
            Texts, records as ``.jsonl`` has them, or articles.
        as_tuples
            Rows come as ``(row, context)``, and go as ``(report, context)``: in the manner of spaCy.

        Yields
        ------
        Report or Failure
            A failure in the place of what is no article; `Failure.reason` says why.
        """
        waiting: deque[Any] = deque()

        def first(pairs: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
            for row, context in pairs:
                waiting.append(context)
                yield row

        articles = read_rows(first(rows) if as_tuples else rows, self.settings.reading())
        made = batches.each(steps.reports, articles, self.tools)
        return ((one, waiting.popleft()) for one in made) if as_tuples else made

    def explained(
        self, articles: Iterable[Article | Failure], failed: Callable[[Failure], None] = batches.log_failure
    ) -> Iterator[Explained]:
        """As `stream`; each report comes with what decided the theme of each sentence."""
        return batches.stream(steps.explained, articles, self.tools, failed)

    def report(self, article: Row | Analysed) -> Report | Failure:
        """The report of one article, or why there is none.

        Parameters
        ----------
        article
            An article, its text, or a record with its fields. A string is the text, not the name of a file:
            for that there is `read`.
        """
        if isinstance(article, Analysed):
            return steps.trouble(article.document, self.tools) or steps.reports((article,), self.tools)[0]
        return batches.made(steps.reports, (read_row(article, self.settings.reading(), "text"),), self.tools)[
            0
        ]

    def documents(self, articles: Sequence[Article]) -> list[Document]:
        """Articles split into units with their morphemes, all analysed in one call."""
        return steps.documents(articles, self.tools)

    def document(self, article: Article) -> Document:
        """An article split into units with their morphemes."""
        return self.documents((article,))[0]

    def analyse(self, article: Article | Document | Analysed) -> Analysed:
        """What the steps find in an article, found once: report, draft and reasons are made of it."""
        if isinstance(article, Analysed):
            return article
        document = self.document(article) if isinstance(article, Article) else article
        return steps.analyse((document,), self.tools)[0]

    def held(self, document: Document) -> Cohesion:
        """What the units of a document lean on, and what is quoted in several, by itself."""
        return cohesion.read(document, self.tools.cohesion)

    def draft(self, article: Article | Document | Analysed) -> Draft:
        """What the summarization methods are given, for training and evaluation."""
        return steps.draft(self.analyse(article), self.tools)

    # ── reports to a digest ────────────────────────────────────────────────────────────────────────

    def digest(
        self,
        reports: Iterable[Report],
        failures: Iterable[Failure] = (),
        *,
        title: str | None = None,
        date: str | None = None,
        number: int | None = None,
        last: Digest | None = None,
        earlier: Sequence[Digest] = (),
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
        earlier
            Those before it, the latest first: nothing that they printed is told again.
        """
        return self.basis(
            reports, failures, title=title, date=date, number=number, last=last, earlier=earlier
        ).digest

    def basis(
        self,
        reports: Iterable[Report],
        failures: Iterable[Failure] = (),
        **issue: Unpack[digests.Issue],
    ) -> Basis:
        """As `digest` and of the same arguments, with all that an editor's changes are made out of."""
        return digests.basis(reports, failures, self.tools, **issue)

    def edited(self, basis: Basis, changes: Changes) -> Edited:
        """An issue with its editor's changes, and those of them that hold no longer.

        It takes time by what the issue prints, whatever the number of articles.
        """
        return digests.edited(basis, changes, self.tools)

    def group(self, reports: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
        """Stories of reports, as positions. The order of the reports decides ties."""
        return tuple(
            group.members for group in digests.stories_of(reports, analysed_once(self.tools, reports))
        )

    def discover(self, reports: Sequence[Report]) -> tuple[themes.FoundTheme, ...]:
        """Themes among the sentences of a batch that no configured one took; none when it is set so."""
        return digests.discovered(reports, analysed_once(self.tools, reports))

    def discovered_in(self, reports: Sequence[Report]) -> tuple[int, int]:
        """In how many sentences themes are looked for, and of how many that no configured theme took."""
        sizes = [themes.left_in(report) for report in reports]
        looked_at = themes.looked_at(reports, self.settings.themes.discover_sentences)
        return sum(sizes[r] for r in looked_at), sum(sizes)

    def overview(self, reports: Iterable[Report], issues: Sequence[Digest] = ()) -> Overview:
        """A batch at a glance: its sentences on a map, its themes by outlet, its keywords over issues.

        Parameters
        ----------
        reports
            Their order does not matter.
        issues
            Earlier ones, in any order: without any there is no timeline.
        """
        return overviews.overview(reports, issues, self.tools)

    # ── keyword tables over reports ────────────────────────────────────────────────────────────────

    def batch_keywords(self, reports: Sequence[Report], top: int) -> tuple[DigestKeyword, ...]:
        """One keyword table for all articles."""
        return keywords.batch_table(reports, top, self.tools.keyword_rules.aliases)

    def theme_keywords(self, reports: Sequence[Report], top: int) -> dict[str, tuple[DigestKeyword, ...]]:
        """A keyword table for each theme, by its id: what sets it apart from the others."""
        return keywords.theme_tables(reports, top, self.tools.keyword_rules.aliases)

    def compare_keywords(
        self, now: Sequence[DigestKeyword], before: Sequence[DigestKeyword]
    ) -> tuple[Trend, ...]:
        """How the keywords changed between two batches, the strongest change first."""
        return keywords.compare(now, before, self.tools.keyword_rules.aliases)


def _pipeline_here(settings: Settings, given: Given) -> Pipeline:
    made = Pipeline.__new__(Pipeline)
    made.tools = batches.tools_here(settings, given)
    return made
