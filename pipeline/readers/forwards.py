"""Messages in the text of a mail, forwarded or answered ones: each below lines that tell whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from ..korean.labels import ATTACHED, RECIPIENTS, SENDERS, SENT, TITLE, closed_up
from ..korean.press import DEVICES

_KEYS = {
    "author": ("from", *closed_up(SENDERS)),
    "published": ("date", "sent", "날짜", "일시", *closed_up(SENT)),
    "title": ("subject", TITLE),
    "": ("to", "cc", "bcc", "reply-to", "importance", "attachments", *closed_up(RECIPIENTS), *ATTACHED),
}
_FIELDS = {key: field for field, keys in _KEYS.items() for key in keys}
_HEADER = re.compile(
    r"[ \t]{0,4}\*{0,2}(?P<key>[A-Za-z가-힣][A-Za-z가-힣 -]{1,15}?)\*{0,2} ?[:：]\*{0,2}(?P<value>.*)"
)
_MARK = re.compile(
    r"[-_=*\s]{0,60}(?:(?:Begin )?forwarded message|original message|forwarded by"
    r"|원본 ?(?:메시지|이?메일|메세지)|전달된 ?(?:메시지|이?메일)|전달 ?메시지)[-_=*\s:]{0,60}",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[ \t]{0,20}+>[ \t]?")
_PREFIXES = re.compile(
    r"(?:\s{0,3}(?:re|fw|fwd|답장|회신|전달|전송)\s{0,2}(?:\[\d{1,3}\])?\s{0,2}[:：])+\s*", re.IGNORECASE
)
_SENT_FROM = re.compile(
    rf"(?:\S{{1,10}} )?\S{{0,10}}(?:{'|'.join(DEVICES)}|삼성|LG)[^\n]{{0,20}}"
    r"(?:에서|로) 보[냄냈낸][^\n]{0,12}"
    r"|Sent from [^\n]{1,40}",
    re.IGNORECASE,
)
#: Longest line of such a head, and most lines of one.
_LONGEST, _LINES = 2_000, 30


@dataclass(frozen=True, slots=True)
class Inner:
    """A message in the text of another.

    Attributes
    ----------
    text
        Its own, one level of ``>`` taken off where all of it is quoted.
    facts
        ``title``, ``author`` and ``published``, as far as its head tells them.
    """

    text: str
    facts: dict[str, str]


def bare_subject(subject: str) -> str:
    """A subject without Re: and Fwd:."""
    return _PREFIXES.sub("", subject, count=1) if _PREFIXES.match(subject) else subject


def person(value: str) -> str:
    """The name in a sender, else the address."""
    value = re.sub(r"\[mailto:([^\[\]]{1,200})\]", r"<\1>", value.replace("**", ""))
    name, address = parseaddr(value.strip()[:_LONGEST])
    return name or address or value.strip()


def split(text: str) -> tuple[str, list[Inner]]:
    """The text of the mail itself, empty where there is none, and the messages below it."""
    lines = text.splitlines(keepends=True)
    starts: list[tuple[int, int, dict[str, str]]] = []  # first line of the head, first line below, facts
    at = 0
    while at < len(lines):
        if (found := _head(lines, at)) is not None:
            starts.append((at, *found))
            at = found[0]
        else:
            at += 1
    if not starts:
        return text, []
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    inner = [
        Inner(_unquoted(lines[below:end]), facts) for (_, below, facts), end in zip(starts, ends, strict=True)
    ]
    own = "".join(lines[: starts[0][0]])
    said = "".join(line for line in own.splitlines() if not _SENT_FROM.fullmatch(line.strip())).strip(
        " \t*_-=>"
    )
    return own if said else "", [one for one in inner if one.text.strip()]


def _head(lines: list[str], at: int) -> tuple[int, dict[str, str]] | None:
    """The line below a head that starts here, and what it tells; None where none does."""
    marked = len(lines[at]) < 200 and _MARK.fullmatch(_bare(lines[at])) is not None
    if not marked and _field(lines[at]) is None:
        return None
    facts: dict[str, str] = {}
    seen: set[str] = set()
    last = at + marked
    for n in range(last, min(len(lines), last + _LINES)):
        if not _bare(lines[n]):
            if n - last > 1:
                break
            continue
        if (found := _field(lines[n])) is None:
            if seen and n == last and lines[n][:1] in " \t":
                last = n + 1  # a long list of recipients
                continue
            break
        field, key, value = found
        if key in seen:
            break
        seen.add(key)
        last = n + 1
        if field and value:
            facts.setdefault(field, value)
    if "author" not in facts or len(seen) < (2 if marked else 3):
        return None
    facts["author"] = person(facts["author"])
    if "title" in facts:
        facts["title"] = bare_subject(facts["title"])
    return last, facts


def _bare(line: str) -> str:
    quoted = _QUOTED.match(line)
    return line[quoted.end() if quoted else 0 :].strip()


def _field(line: str) -> tuple[str, str, str] | None:
    if len(line) > _LONGEST or not (match := _HEADER.match(_bare(line))):
        return None
    key = match["key"].replace(" ", "").casefold()
    return (_FIELDS[key], key, match["value"].strip(" *\t")) if key in _FIELDS else None


def _unquoted(lines: list[str]) -> str:
    if all(_QUOTED.match(line) for line in lines if line.strip()):
        lines = [_QUOTED.sub("", line, count=1) for line in lines]
    return "".join(lines)


def cleaned(text: str) -> str:
    """A text without its signature, quoted signatures, and marks of quotations around nothing."""
    return "".join(_kept(text.splitlines(keepends=True)))


def _kept(lines: list[str]) -> Iterator[str]:
    written, signature = False, -1  # how often the signature is quoted that is being left out; -1 for none
    for line in lines:
        rest = line.lstrip("> \t")
        level = line[: len(line) - len(rest)].count(">")
        if signature in (0, level):
            continue
        signature = level if written and rest.rstrip("\r\n") in ("--", "-- ") else -1
        if signature < 0:
            written = written or bool(rest.strip())
            yield line if rest.strip() else line[len(line.rstrip("\r\n")) :]
