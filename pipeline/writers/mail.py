"""E-mail: the page that mail programs show, and the whole message."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from ..records import Digest
from .addresses import Mailbox, header, mailboxes
from .shorter import shorter as _shorter
from .templating import link, plain, render, short
from .views import digest_view

#: Gmail clips a message after 102 KB of HTML.
LARGEST = 100_000
#: Failures that are told one by one.
_FAILURES = 20
_SEOUL = timezone(timedelta(hours=9))
_HOUR = 7
_LOGO = "logo@yoyak"
_LINE_END = "\r\n"


def digest_email(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """HTML for mail programs: tables, styles inside the tags, no picture but none needed, under 100 KB.

    Whole threads are left out, those worth least first, with a line that says how many, until it fits.
    """
    return _page(digest, texts, templates, None)


def digest_eml(digest: Digest, texts: Mapping[str, str], templates: Path | None = None) -> str:
    """A message (RFC 5322) with the text and the HTML, ready to be sent.

    Sender, recipient and list headers are the newsletter's. The date is the issue's, at seven in the
    morning in Seoul; without one the mail server dates the message. Same digest, same bytes.
    """
    letter = digest.newsletter
    html = _page(digest, texts, templates, f"cid:{_LOGO}" if letter.logo else None)
    text = render(
        "digest.txt",
        {**digest_view(digest, texts), "unsubscribe": _unsubscribe(letter.unsubscribe)},
        templates,
    )
    message = EmailMessage(policy=SMTP)
    view = digest_view(digest, texts)
    # By Header: EmailMessage itself loses the space where it breaks a long line of Hangul, and the quotation
    # marks of a name with a comma (CPython 3.11).
    subject = Header(_subject(digest, view["t"]), "utf-8", header_name="Subject")
    head = [f"Subject: {subject.encode(linesep=_LINE_END)}"]
    for name, value in (("From", letter.sender), ("To", letter.recipient), ("Reply-To", letter.reply_to)):
        addresses = _addresses(value)
        if addresses:
            head.append(header(name, addresses))
    date = stamp(digest.date)
    if date:
        message["Date"] = date
    mark = sha256(f"{digest.title}\n{digest.date}\n{digest.number}\n{html}".encode()).hexdigest()[:32]
    host = next((a.domain for a in _addresses(letter.sender) if a.domain), "yoyak.invalid")
    message["Message-ID"] = f"<{mark}@{host}>"
    if letter.list_id:
        message["List-Id"] = f"<{re.sub(r'[^A-Za-z0-9.-]', '', letter.list_id)}>"
    unsubscribe = _unsubscribe(letter.unsubscribe)
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        if unsubscribe.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if link(letter.home):
        message["List-Archive"] = f"<{letter.home}>"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    if letter.logo:
        kind, _, data = letter.logo.partition(",")
        page = message.get_payload()[1]  # type: ignore[index]
        page.add_related(  # type: ignore[union-attr]
            b64decode(data), "image", kind.split("/")[1].split(";")[0], cid=f"<{_LOGO}>", disposition="inline"
        )
    for n, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"yoyak-{n}-{mark}")
    return _LINE_END.join((*head, message.as_string()))


def _page(digest: Digest, texts: Mapping[str, str], templates: Path | None, logo: str | None) -> str:
    from css_inline import CSSInliner

    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)

    left = replace(digest, failures=digest.failures[:_FAILURES])
    while True:
        values = {
            **digest_view(left, texts),
            "article_count": len(digest.sources),
            "logo": logo,
            "unsubscribe": _unsubscribe(digest.newsletter.unsubscribe),
            "left_out": _stories(digest) - _stories(left),
            "failures_left_out": len(digest.failures) - len(left.failures),
        }
        page = re.sub(r"\n{2,}", "\n", inliner.inline(render("digest.email.html", values, templates)))
        over = len(page.encode()) / LARGEST
        shorter = _shorter(left, over) if over > 1 else None
        if shorter is None:
            return page
        left = shorter


def _stories(digest: Digest) -> int:
    return sum(len(theme.stories) for theme in digest.themes)


def _subject(digest: Digest, t: Mapping[str, str]) -> str:
    number = f" {t['issue'].format(number=digest.number)}" if digest.number is not None else ""
    lead = next((s.headline for theme in digest.themes for s in theme.stories if s.id == digest.lead), "")
    line = f"[{short(digest.title, 60)}{number}] {short(lead, 90)}" if lead else f"{digest.title}{number}"
    return short(plain(line), 150)


def subject_of(digest: Digest, texts: Mapping[str, str]) -> str:
    """What an issue's message says of it in its head."""
    return _subject(digest, {"issue": texts["digest.issue"]})


def _addresses(value: str) -> tuple[Mailbox, ...]:
    return mailboxes(plain(value))


def _unsubscribe(value: str) -> str | None:
    """An https or mailto address; nothing else belongs in the header."""
    if value.startswith("mailto:"):
        return value if re.fullmatch(r"mailto:[^\s<>\"]+", value) else None
    return value if link(value) and urlsplit(value).scheme == "https" else None


def stamp(date: str | None) -> str | None:
    """Date of an issue as mail and feeds write it; None without a date."""
    try:
        day = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return format_datetime(day.replace(hour=_HOUR, tzinfo=_SEOUL))
