"""What the templates are given: the records, and what they need to look up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as calendar
from typing import Any

from ..records import OTHER, Digest, DigestSource, Disagreement, Failure, Line, Report, Thread
from .colours import PALETTE, accents
from .numbers import disagreements_view, figures_view
from .templating import outlet

#: Pieces left out that are named; of the others the number is told.
_LEFT_OUT = 20
#: Disagreements that are shown, those of articles that lines are quoted from first.
_DISAGREEMENTS = 10


def report_view(report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the report templates."""
    return {
        "report": report,
        "t": texts_of(texts),
        "labels": {theme.id: theme.label for theme in report.themes},
        "chosen": [report.sentences[i] for i in report.summary],
        "genre": texts[f"notes.genre-{report.genre}"] if report.genre else "",
    }


def digest_view(digest: Digest, texts: Mapping[str, str]) -> dict[str, Any]:
    """Values for the digest templates.

    ``number`` gives sources their footnotes, in the order in which the issue first quotes them; those that
    are at most named have none, and are only counted. ``lead`` is the thread that opens the issue,
    ``lead_lines`` what stands there, ``lines`` what is left of each thread for its section, ``brief`` the
    threads of a theme that have a headline alone, ``leads_to`` the address of the article that leads a
    thread, ``beside`` where else the event of a thread is told.
    ``colour`` is the place of a theme in the palette, ``quotes`` the lines of each source, for the folded
    copies that footnotes lead to.
    """
    threads = [one for theme in digest.themes for one in theme.stories]
    threads.sort(key=lambda one: one.id != digest.lead)
    lead = next((one for one in threads if one.id == digest.lead), None)
    of = {source.id: source for source in digest.sources}
    opposed = _opposed(digest, threads)
    ordered = _by_appearance(digest, threads, opposed)
    labels = {theme.id: theme.label for theme in digest.themes}
    colour = {theme.id: _colour(n, theme.id) for n, theme in enumerate(digest.themes)}
    anchor = {one.id: f"story-{n}" for n, one in enumerate(threads, 1)}
    return {
        "digest": digest,
        "beside_issues": None,
        "t": texts_of(texts),
        "date": long_date(digest.date, texts),
        "sources": ordered,
        "more_sources": len(digest.sources) - len(ordered),
        "article_count": len(digest.sources),
        "number": {source.id: n for n, source in enumerate(ordered, 1)},
        "source": of,
        "labels": labels,
        "themes": {theme.id: theme for theme in digest.themes},
        "colour": colour,
        "palette": PALETTE,
        "accent": accents(digest.newsletter.accent),
        "lead": lead,
        "lead_lines": [line for one in threads for line in one.lines if line.lead],
        "lines": {one.id: [line for line in one.lines if not line.lead] for one in threads},
        "brief": {
            t.id: [one for one in t.stories if not one.lines and one is not lead] for t in digest.themes
        },
        "beside": _beside(threads, anchor, labels),
        "anchor": anchor,
        "leads_to": {
            one.id: next((of[id_].url for id_ in one.articles[:1] if id_ in of), None) for one in threads
        },
        "shares": _shares(digest, colour),
        "quotes": _quotes(threads),
        "outlets": {one.id: _once(_outlets(one, of)) for one in threads},
        "heard": {one.id: _heard(_outlets(one, of), texts) for one in threads},
        "glance_text": " ".join(line.text for line in digest.glance[:2]),
        "failures": [(failure, failure_text(failure, texts)) for failure in digest.failures],
        "no_articles": [
            (one, texts.get(f"genres.{one.genre}", one.genre)) for one in digest.left_out[:_LEFT_OUT]
        ],
        "figures": figures_view(digest, texts),
        "opposed": opposed,
        "disagreements": disagreements_view(opposed, texts),
        "more_disagreements": len(digest.disagreements) - len(opposed),
        "words": _words(digest),
        "edited": bool(digest.words or digest.retitled),
        "more_no_articles": max(0, len(digest.left_out) - _LEFT_OUT),
    }


def _words(digest: Digest) -> dict[str, list[str]]:
    """The editor's words, by where they stand."""
    words: dict[str, list[str]] = {}
    for one in digest.words:
        words.setdefault(one.place, []).append(one.text)
    return words


def _opposed(digest: Digest, threads: list[Thread]) -> list[Disagreement]:
    quoted = {line.article for one in threads for line in one.lines}
    shown = [one for one in digest.disagreements if one.sides]
    shown.sort(key=lambda one: quoted.isdisjoint(side.article for side in one.sides))
    return shown[:_DISAGREEMENTS]


def _by_appearance(
    digest: Digest, threads: list[Thread], disagreements: list[Disagreement]
) -> list[DigestSource]:
    """Sources that the issue quotes or gives the title of, in the order in which it does."""
    first: dict[str, int] = {}
    for one in threads:
        for line in one.lines:
            first.setdefault(line.article, len(first))
        for article in (place.article for line in one.lines for place in line.also):
            first.setdefault(article, len(first))
        for article in () if one.lines else one.articles[:1]:
            first.setdefault(article, len(first))
    for article in (told.article for table in digest.figures for row in table.rows for told in row.sources):
        first.setdefault(article, len(first))
    for article in (side.article for one in disagreements for side in one.sides):
        first.setdefault(article, len(first))
    return sorted((source for source in digest.sources if source.id in first), key=lambda s: first[s.id])


def _beside(
    threads: list[Thread], anchor: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """For each thread the other sections that tell of its event: their labels, and where to find it there."""
    of = {(one.event, one.theme): anchor[one.id] for one in threads if one.event}
    return {
        one.id: [(labels[t], of[one.event, t]) for t in one.elsewhere if (one.event, t) in of]
        for one in threads
    }


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


def _quotes(threads: list[Thread]) -> dict[str, list[Line]]:
    quotes: dict[str, list[Line]] = {}
    for one in threads:
        for line in one.lines:
            quotes.setdefault(line.article, []).append(line)
    return {article: sorted(lines, key=lambda line: line.sentence) for article, lines in quotes.items()}


def _outlets(one: Thread, sources: Mapping[str, DigestSource]) -> list[DigestSource]:
    return [sources[id_] for id_ in one.articles if id_ in sources and id_ not in one.copies]


def _once(sources: list[DigestSource]) -> list[DigestSource]:
    """The first source of each outlet."""
    first: dict[str, DigestSource] = {}
    for source in sources:
        first.setdefault(outlet(source, ""), source)
    return list(first.values())


def _heard(sources: list[DigestSource], texts: Mapping[str, str]) -> str:
    """How many outlets a thread is from; articles, where one of them tells no outlet."""
    publishers = {source.publisher for source in sources}
    if None in publishers:
        return texts["digest.article-count"].format(count=len(sources)) if len(sources) > 1 else ""
    return texts["digest.outlet-count"].format(count=len(publishers)) if len(publishers) > 1 else ""


def long_date(date: str | None, texts: Mapping[str, str]) -> str:
    """A day as readers see it; what is no ISO date as it is."""
    try:
        day = calendar.fromisoformat(date or "")
    except ValueError:
        return date or ""
    weekday = texts["digest.weekdays"].split()[day.weekday()]
    month = texts["digest.months"].split()[day.month - 1]
    return texts["digest.long-date"].format(year=day.year, month=month, day=day.day, weekday=weekday)


def texts_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts of issues by their short keys, as templates have them."""
    return {key.removeprefix("digest."): text for key, text in texts.items() if key.startswith("digest.")} | {
        "lang": texts["cli.code"]
    }


def failure_text(failure: Failure, texts: Mapping[str, str]) -> str:
    """What a failure says to a person."""
    text = texts.get(f"failures.{failure.reason}", failure.reason)
    if not failure.detail:
        text = text.replace(" ({detail})", "")
    return text.replace("{detail}", failure.detail)
