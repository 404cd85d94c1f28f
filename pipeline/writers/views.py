"""What the templates are given: the records, and what they need to look up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as calendar
from typing import Any

from ..records import OTHER, Digest, DigestSource, Failure, Line, Report, Story
from .colours import PALETTE, accents
from .numbers import disagreements_view, figures_view
from .templating import outlet

#: Pieces left out that are named; of the others the number is told.
_LEFT_OUT = 20


def report_view(report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the report templates."""
    return {
        "report": report,
        "t": _section(texts),
        "labels": {theme.id: theme.label for theme in report.themes},
        "chosen": [report.sentences[i] for i in report.summary],
        "genre": texts[f"notes.genre-{report.genre}"] if report.genre else "",
    }


def digest_view(digest: Digest, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the digest templates.

    ``number`` gives sources their footnotes, in the order in which the issue first quotes them. ``lead`` is
    the story that opens the issue (it stands in its theme too), ``colour`` the place of a theme in the
    palette, ``quotes`` the lines of each source, for the folded copies that footnotes lead to.
    """
    stories = [story for theme in digest.themes for story in theme.stories]
    stories.sort(key=lambda story: story.id != digest.lead)
    ordered = _by_appearance(digest, stories)
    labels = {theme.id: theme.label for theme in digest.themes}
    colour = {theme.id: _colour(n, theme.id) for n, theme in enumerate(digest.themes)}
    return {
        "digest": digest,
        "t": _section(texts),
        "date": _date(digest.date, texts),
        "sources": ordered,
        "article_count": len(digest.sources),
        "number": {source.id: n for n, source in enumerate(ordered, 1)},
        "source": {source.id: source for source in ordered},
        "labels": labels,
        "themes": {theme.id: theme for theme in digest.themes},
        "colour": colour,
        "palette": PALETTE,
        "accent": accents(digest.newsletter.accent),
        "lead": next((story for story in stories if story.id == digest.lead), None),
        "anchor": {story.id: f"story-{n}" for n, story in enumerate(stories, 1)},
        "shares": _shares(digest, colour),
        "quotes": _quotes(stories),
        "outlets": {story.id: _once(_outlets(story, ordered)) for story in stories},
        "heard": {story.id: _heard(_outlets(story, ordered), texts) for story in stories},
        "glance_text": " ".join(line.text for line in digest.glance[:2]),
        "failures": [(failure, failure_text(failure, texts)) for failure in digest.failures],
        "no_articles": [
            (one, texts.get(f"genres.{one.genre}", one.genre)) for one in digest.left_out[:_LEFT_OUT]
        ],
        "figures": figures_view(digest, texts),
        "disagreements": disagreements_view(digest, texts),
        "more_no_articles": max(0, len(digest.left_out) - _LEFT_OUT),
    }


def _by_appearance(digest: Digest, stories: list[Story]) -> list[DigestSource]:
    first: dict[str, int] = {}
    for story in stories:
        for article in [line.article for line in story.lines] + list(story.articles):
            first.setdefault(article, len(first))
    return sorted(digest.sources, key=lambda source: first.get(source.id, len(first)))


def _colour(position: int, theme: str) -> int:
    last = len(PALETTE) - 1
    return last if theme == OTHER else position % last


def _shares(digest: Digest, colour: Mapping[str, int]) -> list[dict[str, Any]]:
    """Parts of the theme bar, from 0 to 100."""
    total = sum(theme.share for theme in digest.themes) or 1.0
    parts = []
    at = 0.0
    for theme in digest.themes:
        width = 100 * theme.share / total
        parts.append(
            {"theme": theme, "colour": colour[theme.id], "x": round(at, 2), "width": round(width, 2)}
        )
        at += width
    return parts


def _quotes(stories: list[Story]) -> dict[str, list[Line]]:
    quotes: dict[str, list[Line]] = {}
    for story in stories:
        for line in story.lines:
            quotes.setdefault(line.article, []).append(line)
    return {article: sorted(lines, key=lambda line: line.sentence) for article, lines in quotes.items()}


def _outlets(story: Story, sources: list[DigestSource]) -> list[DigestSource]:
    return [source for source in sources if source.id in story.articles and source.id not in story.copies]


def _once(sources: list[DigestSource]) -> list[DigestSource]:
    """The first source of each outlet."""
    first: dict[str, DigestSource] = {}
    for source in sources:
        first.setdefault(outlet(source), source)
    return list(first.values())


def _heard(sources: list[DigestSource], texts: Mapping[str, str]) -> str:
    """How many outlets a story is from; articles, where one of them tells no outlet."""
    publishers = {source.publisher for source in sources}
    if None in publishers:
        return texts["digest.article-count"].format(count=len(sources)) if len(sources) > 1 else ""
    return texts["digest.outlet-count"].format(count=len(publishers)) if len(publishers) > 1 else ""


def _date(date: str | None, texts: Mapping[str, str]) -> str:
    try:
        day = calendar.fromisoformat(date or "")
    except ValueError:
        return date or ""
    weekday = texts["digest.weekdays"].split()[day.weekday()]
    month = texts["digest.months"].split()[day.month - 1]
    return texts["digest.long-date"].format(year=day.year, month=month, day=day.day, weekday=weekday)


def _section(texts: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix("digest."): text for key, text in texts.items() if key.startswith("digest.")} | {
        "lang": texts["cli.code"]
    }


def failure_text(failure: Failure, texts: Mapping[str, str]) -> str:
    """What a failure says to a person."""
    text = texts.get(f"failures.{failure.reason}", failure.reason)
    if not failure.detail:
        text = text.replace(" ({detail})", "")
    return text.replace("{detail}", failure.detail)
