"""HTML: one file, no script, no outside request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..records import Digest, Newsletter, Report
from .colours import PALETTE, accents
from .templating import link, render
from .views import digest_view, report_view, texts_of


@dataclass(frozen=True, slots=True)
class Beside:
    """Pages beside that of an issue, as links from it: the issues before and after it, and the list."""

    before: str | None
    after: str | None
    all: str

    def at(self, date: str | None) -> str | None:
        """Page of an earlier issue."""
        return f"../{date}/digest.html" if date else None


def report_html(report: Report, texts: Mapping[str, str]) -> str:
    """HTML page of a report."""
    return render("report.html", report_view(report, texts))


def digest_html(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """HTML page of a digest."""
    return render("digest.html", digest_view(digest, texts), templates)


def digest_page(digest: Digest, texts: Mapping[str, str], templates: Path | None, beside: Beside) -> str:
    """HTML page of a digest among the pages of the other issues."""
    return render("digest.html", {**digest_view(digest, texts), "beside_issues": beside}, templates)


def archive(
    issues: Sequence[Mapping[str, object]],
    newsletter: Newsletter,
    texts: Mapping[str, str],
    templates: Path | None,
) -> dict[str, str]:
    """The pages that lead to all issues: ``index.html`` and ``feed.xml`` (Atom, RFC 4287).

    Parameters
    ----------
    issues
        The last one first: ``title``, ``number``, ``date`` (long), ``day`` (ISO), ``updated`` (RFC 3339),
        ``headlines``, ``glance``, ``place`` (of its page from here), ``address`` (on the web, or None),
        ``id``.
    """
    t = texts_of(texts)
    own = {
        "issues": issues,
        "newsletter": newsletter,
        "t": t,
        "accent": accents(newsletter.accent),
        "palette": PALETTE,
    }
    own["name"] = newsletter.name or texts["digest.title"]
    own["id"] = link(newsletter.home) or f"urn:sha256:{sha256(str(own['name']).encode()).hexdigest()}"
    return {
        "index.html": render("archive.html", own, templates),
        "feed.xml": render("archive.atom", own, templates),
    }
