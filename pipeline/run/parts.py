"""What the steps are given: settings and data files turned into values."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import encode, keywords, korean, summarize, themes
from ..records import (
    OTHER,
    DigestPlan,
    EditorModel,
    Failure,
    Genre,
    Keyword,
    KeywordRules,
    LeftOut,
    Newsletter,
    QuoteLimits,
    Report,
    Sentence,
    StoryRules,
    ThemeSet,
    ThemeSummary,
    Unit,
)
from ..settings import ConfigError, Settings, load_background, load_editor, load_logo, load_settings, resource

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

    from ..encode import Encoder


_log = logging.getLogger("yoyak")


def log_failure(failure: Failure) -> None:
    """Log a warning: what happens to failures when nobody asks for them."""
    _log.warning("%s: %s: %s %s", failure.source, failure.step, failure.reason, failure.detail)


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


def editor_for(settings: Settings) -> EditorModel:
    """Weights of the method `editor`: the user's, else ours."""
    file = settings.summary.weights
    return load_editor(Path(file) if file else None)


def encoder_for(name: str, kiwi: Kiwi) -> Encoder:
    """An encoder by name, over the morphemes of `kiwi`."""
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
    return DigestPlan(
        lines_per_story=s.digest.lines_per_story,
        stories_per_theme={**limits, "*": s.digest.stories_per_theme},
        order=tuple(named_theme("newsletter.order", theme, theme_set) for theme in s.newsletter.order),
        brief=rules.brief,
        limits=QuoteLimits(
            forbids=rights.forbids, sentences=rights.sentences, share=rights.share, strict=rights.strict
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


def sentences_of(
    units: Sequence[Unit],
    assigned: Sequence[themes.Assignment | None],
    salience: Mapping[int, float],
    needs: Mapping[int, tuple[int, ...]],
    speech: Collection[int],
) -> tuple[Sentence, ...]:
    """Units with what the steps have found of them, by index."""
    return tuple(
        Sentence(
            index=unit.index,
            text=unit.text,
            start=unit.start,
            end=unit.end,
            kind=unit.kind,
            section=unit.section,
            theme=one.theme if one else None,
            second=one.second if one else None,
            scores=one.scores if one else {},
            salience=salience.get(unit.index, 0.0),
            needs=needs.get(unit.index, ()),
            speech=unit.index in speech,
        )
        for unit, one in zip(units, assigned, strict=True)
    )


def people(author: str | None) -> tuple[str, ...]:
    """Names of people in a by-line; an organisation may be what its own article is about."""
    return tuple(re.findall(r"(?<![가-힣])[가-힣]{2,4}(?![가-힣])", author or ""))


def followed(rules: KeywordRules, theme_set: ThemeSet) -> KeywordRules:
    """The terms of the themes are terms that the newsletter follows."""
    terms = (form for theme in theme_set.themes for t in theme.terms for form in (t.name, *t.variants))
    return replace(rules, known=rules.known | frozenset(map(keywords.key_of, terms)))


def with_found(labels: dict[str, str], found: Sequence[themes.FoundTheme]) -> dict[str, str]:
    """Labels with those of found themes behind the configured ones, other last."""
    configured = {theme: label for theme, label in labels.items() if theme != OTHER}
    return {**configured, **{theme.id: theme.label for theme in found}, OTHER: labels[OTHER]}


def check_genres(names: Sequence[str], known: Sequence[Genre]) -> None:
    """Raise a `ConfigError` unless all that a digest leaves out is a genre."""
    for name in names:
        check_known("digest.leave_out", name, [genre.id for genre in known])


def without(
    reports: Sequence[Report],
    out: Collection[str],
    genres: Sequence[Genre],
    group: Callable[[Sequence[Report]], Sequence[Sequence[int]]],
) -> tuple[tuple[Report, ...], tuple[LeftOut, ...]]:
    """Reports of articles, and what is left out as none.

    A picture with its line stays where it belongs to the story of an article; a list never does.
    """
    lists = {genre.id for genre in genres if genre.listing}
    gone = {n for n, report in enumerate(reports) if report.genre in out}
    told = [n for n, report in enumerate(reports) if n not in gone or report.genre not in lists]
    if not gone.isdisjoint(told):
        for members in group([reports[n] for n in told]):
            own = {told[member] for member in members}
            if not own <= gone:
                gone -= own
    left = (report for n, report in enumerate(reports) if n in gone)
    return (
        tuple(report for n, report in enumerate(reports) if n not in gone),
        tuple(LeftOut(one.id, one.title, one.source.path, one.genre or "") for one in left),
    )


def theme_summaries(
    s: Settings,
    labels: Mapping[str, str],
    theme_of: Sequence[str | None],
    ranking: Sequence[int],
    table: Sequence[Keyword],
    ties: summarize.Ties,
) -> tuple[ThemeSummary, ...]:
    """What an article says about each theme, in the order of the labels; empty ones are left out.

    Parameters
    ----------
    theme_of
        By index of the unit.
    ranking
        Indices of the sentences that are told of, best first.
    """
    found = []
    for theme, label in labels.items():
        own = [i for i in ranking if theme_of[i] == theme]
        if own:
            terms = [keyword.term for keyword in table if keyword.theme == theme]
            found.append(
                ThemeSummary(
                    id=theme,
                    label=label,
                    share=round(len(own) / len(ranking), 4),
                    sentences=tuple(sorted(own)),
                    summary=summarize.of_theme(ranking, own, s.summary.per_theme, ties),
                    keywords=tuple(terms[: s.keywords.per_theme]),
                )
            )
    return tuple(found)
