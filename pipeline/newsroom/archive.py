"""The pages that lead to all issues, and from each to its neighbours."""

from __future__ import annotations

from datetime import date as calendar
from hashlib import sha256
from pathlib import Path

from ..records import Newsletter
from ..writers import write_whole
from ..writers.html import Beside, archive
from ..writers.templating import link
from ..writers.views import long_date
from . import issues
from .base import Base

#: Issues in the feed.
_FEED = 30


def beside(base: Base, date: str) -> Beside:
    """What leads from the page of an issue to the others."""
    before, after = issues.before(base, date), issues.after(base, date)
    return Beside(
        before=f"../{before.date}/digest.html" if before else None,
        after=f"../{after.date}/digest.html" if after else None,
        all="../index.html",
    )


def write_archive(
    base: Base, folder: Path, newsletter: Newsletter, texts: dict[str, str], templates: Path | None
) -> tuple[Path, ...]:
    """Write ``index.html`` and ``feed.xml`` into the folder of issues.

    Raises
    ------
    OSError
        It can't be written to.
    """
    home = (newsletter.home or "").rstrip("/")
    found = []
    for one in issues.listed(base):
        place = f"{one.date}/digest.html"
        address = link(one.head.url) or (link(f"{home}/{place}") if home else None)
        name = f"{newsletter.list_id or newsletter.name}\n{one.date}"
        found.append(
            {
                "title": one.head.title,
                "number": one.number,
                "day": one.date,
                "date": long_date(calendar.fromisoformat(one.date).isoformat(), texts),
                "updated": one.written,
                "headlines": one.head.headlines,
                "glance": one.head.glance,
                "place": place,
                "address": address,
                "id": address or f"urn:sha256:{sha256(name.encode()).hexdigest()}",
            }
        )
    pages = archive(found, newsletter, texts, templates)
    pages["feed.xml"] = archive(found[:_FEED], newsletter, texts, templates)["feed.xml"]
    for name, text in pages.items():
        write_whole(folder / name, text)
    return tuple(folder / name for name in pages)
