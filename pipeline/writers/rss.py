"""RSS 2.0: a feed of issues, this one first."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from ..records import Digest, Issue
from .mail import stamp
from .templating import link, render
from .views import digest_view


def digest_rss(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """Feed of this issue and the earlier ones that the digest knows of."""
    view = digest_view(digest, texts)
    stories = [story for theme in digest.themes for story in theme.stories]
    stories.sort(key=lambda story: story.id != digest.lead)
    now = Issue(
        title=digest.title,
        number=digest.number,
        date=digest.date,
        url=digest.url,
        headlines=tuple(story.headline for story in stories),
    )
    issues = []
    for issue in (now, *digest.earlier):
        lines = digest.glance if issue is now else ()
        html = render("issue.html", {**view, "lines": lines, "headlines": issue.headlines}, templates)
        issues.append({"issue": issue, "html": html, "stamp": stamp(issue.date), "guid": _guid(issue)})
    home = digest.newsletter.home or digest.url
    return render("digest.rss", {**view, "issues": issues, "home": home}, templates)


def _guid(issue: Issue) -> str:
    """The address of an issue, or what else tells it from the others."""
    name = f"{issue.title}\n{issue.number}\n{issue.date}\n{issue.headlines[:1]}"
    return link(issue.url) or "urn:sha256:" + sha256(name.encode("utf-8", "replace")).hexdigest()
