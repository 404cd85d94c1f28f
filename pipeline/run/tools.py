"""Everything that is loaded, once: settings and data files turned into values, dictionaries, models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .. import cohesion, encode, korean, plugins, salience, themes
from ..engines import ENGINES, no_collection
from ..korean.spelling import key_of
from ..records import (
    OTHER,
    Background,
    BoilerplateRule,
    CompareRules,
    ConfigError,
    DigestPlan,
    Draft,
    EditorModel,
    FigureRules,
    Genre,
    KeywordRules,
    Limits,
    Newsletter,
    QuoteLimits,
    Salience,
    StoryRules,
    ThemeSet,
    Token,
)
from ..settings import (
    GENRES,
    IssueLength,
    Length,
    Settings,
    changed,
    load_background,
    load_boilerplate,
    load_cohesion,
    load_compare_rules,
    load_cues,
    load_editor,
    load_figure_rules,
    load_genres,
    load_keyword_rules,
    load_logo,
    load_settings,
    load_story_rules,
    load_theme_model,
    load_themes,
    resource,
)

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

    from ..encode import Encoder, Encodes


#: What each sentence of an article is worth: as those of `salience.METHODS`.
Method = Callable[[Draft], Salience]

#: Words that a Korean reader reads in a minute (Brysbaert 2019).
_WORDS_A_MINUTE = 225


@dataclass(frozen=True, slots=True)
class Given:
    """Objects that stand in for what the settings name; None: as the settings say.

    Attributes
    ----------
    key
        Tells workers whether they have loaded with these objects before; empty without any.
    """

    encoder: Encoder | None = field(default=None, compare=False)
    method: Method | None = field(default=None, compare=False)
    key: str = ""


def given(encoder: Encoder | Encodes | None, method: Method | None) -> Given:
    """Objects for a pipeline; a TypeError names what is none."""
    if method is not None and not callable(method):
        raise TypeError(f"no method: {type(method).__name__} can't be called with a draft")
    own = None if encoder is None else encode.adapted(encoder)
    return Given(own, method, uuid4().hex if own or method else "")


@dataclass(frozen=True, slots=True, eq=False)
class Tools:
    """What the steps work with.

    Attributes
    ----------
    labels
        Of the themes by id, in the language of the settings and the order of the set, other last.
    themes
        The theme set, compiled and encoded.
    query
        The reader's, analysed and encoded; None without one.
    wanted
        Id of the theme asked for; empty without one.
    figure_rules, compare_rules
        None where no figures are wanted.
    """

    settings: Settings
    length: Length
    limits: Limits
    theme_set: ThemeSet
    labels: dict[str, str]
    kiwi: Kiwi
    tokenize: Callable[[Sequence[str]], list[tuple[Token, ...]]]
    encoder: Encoder
    background: Background
    boilerplate: tuple[BoilerplateRule, ...]
    genres: tuple[Genre, ...]
    themes: themes.Prepared
    cohesion: cohesion.Prepared
    cues: dict[str, tuple[str, ...]]
    editors: dict[str, EditorModel]
    query: salience.Query | None
    wanted: str
    keyword_rules: KeywordRules
    figure_rules: FigureRules | None
    compare_rules: CompareRules | None
    story_rules: StoryRules
    plan: DigestPlan
    newsletter: Newsletter
    given: Given = Given()


@no_collection()
def load_tools(settings: Settings | None = None, given: Given = Given()) -> Tools:
    """Load what the settings name.

    Parameters
    ----------
    settings
        Default: those of ``configs/default.toml``.
    given
        Objects that stand in for what the settings name.

    Raises
    ------
    ConfigError
        When a setting names what does not exist (a method, an engine, a theme set).
    EncoderError
        When the encoder can't be had.
    """
    plugins.load()
    s = settings or load_settings()
    # What is cheap to check comes before what is slow to load.
    check_known("summary.method", s.summary.method, salience.METHODS)
    check_known("run.engine", s.run.engine, ENGINES)
    theme_set = with_examples(load_themes(s.themes.set), s.themes.examples)
    genres, story_rules = load_genres(), load_story_rules()
    for name in s.digest.leave_out:
        check_known("digest.leave_out", name, [genre.id for genre in genres])
    plan, newsletter = plan_for(s, story_rules, theme_set), newsletter_of(s)
    wanted = named_theme("summary.theme", s.summary.theme, theme_set) if s.summary.theme else ""
    kiwi = kiwi_for(s, kiwi_threads(s))
    tokenize = partial(korean.tokenize, kiwi)
    encoder = given.encoder or encoder_for(s.encoder.name, kiwi)
    return Tools(
        settings=s,
        length=Length.parse(s.summary.length),
        limits=s.reading().limits,
        theme_set=theme_set,
        labels=labels_of(theme_set, s.lang),
        kiwi=kiwi,
        tokenize=tokenize,
        encoder=encoder,
        background=load_background(),
        boilerplate=load_boilerplate(),
        genres=genres,
        themes=themes.prepare(theme_set, encoder.encode, load_theme_model(theme_set)),
        cohesion=cohesion.prepare(load_cohesion()),
        cues=load_cues(),
        editors=editors_for(s),
        query=_prepared(s.summary.query, tokenize, encoder),
        wanted=wanted,
        keyword_rules=followed(load_keyword_rules(), theme_set),
        figure_rules=load_figure_rules() if s.figures.enabled else None,
        compare_rules=load_compare_rules() if s.figures.enabled else None,
        story_rules=story_rules,
        plan=plan,
        newsletter=newsletter,
        given=given,
    )


def asked(tools: Tools, overrides: Mapping[str, Any]) -> Tools:
    """The same tools for other settings of the summary and the keywords; nothing is loaded anew.

    Parameters
    ----------
    overrides
        Dotted keys of ``summary`` (but not ``weights`` and ``genre``) and ``keywords``; None: as it was.

    Raises
    ------
    ConfigError
        A value that is none.
    """
    s = changed(tools.settings, overrides)
    check_known("summary.method", s.summary.method, salience.METHODS)
    same = s.summary.query == tools.settings.summary.query
    wanted = named_theme("summary.theme", s.summary.theme, tools.theme_set) if s.summary.theme else ""
    return replace(
        tools,
        settings=s,
        length=Length.parse(s.summary.length),
        query=tools.query if same else _prepared(s.summary.query, tools.tokenize, tools.encoder),
        wanted=wanted,
    )


def with_examples(theme_set: ThemeSet, examples: Sequence[tuple[str, Sequence[str]]]) -> ThemeSet:
    """A theme set with further examples by theme. A `ConfigError` names a theme that is not in the set."""
    own = {named_theme("themes.examples", theme, theme_set): texts for theme, texts in examples}
    themes = (replace(t, examples=(*t.examples, *own.get(t.id, ()))) for t in theme_set.themes)
    return replace(theme_set, themes=tuple(themes)) if own else theme_set


def labels_of(theme_set: ThemeSet, lang: str) -> dict[str, str]:
    """Theme labels by id, in the order of the set, other last."""
    labels = {theme.id: theme.labels.get(lang, theme.id) for theme in theme_set.themes}
    return {**labels, OTHER: theme_set.other.get(lang, OTHER)}


def _prepared(
    query: str, tokenize: Callable[[Sequence[str]], list[tuple[Token, ...]]], encoder: Encoder
) -> salience.Query | None:
    """The reader's query, analysed and encoded once."""
    if not query.strip():
        return None
    (tokens,) = tokenize([query])
    (row,) = encoder.encode_units([query], [tokens], head="similarity")
    return salience.Query(tokens, row)


def check_known(key: str, value: str, known: Iterable[str]) -> None:
    """Raise a `ConfigError` for a setting that names nothing of ours."""
    if value not in known:
        raise ConfigError("settings", key, f"unknown value {value!r}; there are: {', '.join(known)}", known)


def named_theme(key: str, value: str, theme_set: ThemeSet) -> str:
    """Id of the theme that a setting names by its id or by its label in any language."""
    named = {label.casefold(): OTHER for label in theme_set.other.values()} | {OTHER: OTHER}
    for theme in reversed(theme_set.themes):
        named |= {name.casefold(): theme.id for name in (*theme.labels.values(), theme.id)}
    if value.strip().casefold() not in named:
        check_known(key, value, [*(theme.id for theme in theme_set.themes), OTHER])
    return named[value.strip().casefold()]


def _words(settings: Settings) -> Path | None:
    if not settings.korean.words:
        return None
    path = Path(settings.korean.words)
    return path if path.is_file() else resource(settings.korean.words)


def kiwi_for(settings: Settings, threads: int = 0) -> Kiwi:
    """Kiwi with the words of the settings; a `ConfigError` names a word list that is wrong."""
    s = settings.korean
    user_words = Path(s.user_words) if s.user_words else None
    if user_words is not None and not user_words.is_file():
        raise ConfigError(user_words, "korean.user_words", "no such file")
    try:
        return korean.load_kiwi(_words(settings), s.multi_word_dictionary, threads, user_words)
    except ValueError as error:
        raise ConfigError(user_words or s.words, "korean.user_words", str(error)) from error


def kiwi_threads(settings: Settings) -> int:
    """Threads for Kiwi itself."""
    # A pool of processes has one core for each already.
    return 1 if settings.run.engine == "processes" else settings.run.workers


def editors_for(settings: Settings) -> dict[str, EditorModel]:
    """Models of the method `editor` by genre: the user's for any, else ours."""
    s = settings.summary
    if s.weights:
        return {s.genre: load_editor(file=Path(s.weights))}
    return {genre: load_editor(genre) for genre in (GENRES if s.genre == "auto" else (s.genre,))}


def encoder_for(name: str, kiwi: Kiwi) -> Encoder:
    """An encoder by name, over the morphemes of `kiwi`."""
    plugins.load()
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
    return encoder_for(name or settings.encoder.name, kiwi_for(settings))


def plan_for(s: Settings, rules: StoryRules, theme_set: ThemeSet) -> DigestPlan:
    """What a digest takes from its batch. A `ConfigError` names a theme that is not in the set."""
    rights = s.rights
    limits = {named_theme("newsletter.limits", theme, theme_set): n for theme, n in s.newsletter.limits}
    length = IssueLength.parse(s.digest.length)
    return DigestPlan(
        lines=length.amount if length.unit == "lines" else None,
        words=_WORDS_A_MINUTE * length.amount if length.unit == "minutes" else None,
        lines_per_event=s.digest.lines_per_event,
        lines_per_story=s.digest.lines_per_story,
        stories_per_theme={**limits, "*": s.digest.stories_per_theme},
        order=tuple(named_theme("newsletter.order", theme, theme_set) for theme in s.newsletter.order),
        brief=rules.brief,
        limits=QuoteLimits(
            forbids=rights.forbids,
            sentences=rights.sentences,
            share=rights.share,
            strict=rights.strict,
            publishers={key_of(name): what for name, what in rights.publishers},
        ),
    )


def newsletter_of(s: Settings) -> Newsletter:
    """What is the same in every issue."""
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


def followed(rules: KeywordRules, theme_set: ThemeSet) -> KeywordRules:
    """The terms of the themes are terms that the newsletter follows."""
    terms = (form for theme in theme_set.themes for t in theme.terms for form in (t.name, *t.variants))
    return replace(rules, known=rules.known | frozenset(map(key_of, terms)))
