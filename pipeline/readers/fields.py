"""Records into articles: which key holds what, as it is told or guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from ..korean.dates import read_date
from ..korean.labels import DATES, SIGNERS, TITLE
from ..records import Article, Limits, Note, Unreadable
from .article import METADATA, File, folded, make_article
from .encodings import is_mojibake, undone
from .escapes import body_of
from .markup import markdown_of_fragment

#: What newsrooms and collectors call a field, the likeliest first; compared without case, blanks, _ and -.
NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "headline", "subject", TITLE, f"기사{TITLE}", "newstitle", "articletitle", "head", "name",
    ),
    "body": (
        "body", "content", "text", "본문", "내용", "기사본문", "articlebody", "bodytext", "fulltext",
        "maintext", "contenthtml", "contenttext", "newscontent", "article", "contents", "기사내용",
        "기사", "전문", "원문", "description", "summary",
    ),
    "sentences": (
        "sentences", "문장", "문장들",
    ),
    "url": (
        "url", "link", "href", "permalink", "주소", "링크", "기사주소", "원문주소", "articleurl",
        "newsurl", "originallink", "source",
    ),
    "publisher": (
        "publisher", "press", "media", "outlet", "언론사", "매체", "매체명", "신문사", "provider",
        "sitename", "site", "source", "출처",
    ),
    "author": (
        "author", "authors", "writer", "byline", "reporter", "기자", "기자명", *SIGNERS, "creator",
    ),
    "published": (
        "published", "publishedat", "publisheddate", "publishdate", "pubdate", "date", "datetime",
        "datepublished", "createdat", "created", "regdate", "일자", "날짜", *DATES, "timestamp", "time",
    ),
    "rights": (
        "rights", "copyright", "license", "licence", "저작권", "이용조건",
    ),
}  # fmt: skip
#: What they call a record's own id.
_IDS = (
    "id", "articleid", "newsid", "documentid", "docid", "contentid", "guid", "기사id", "기사번호",
    "뉴스식별자",
)  # fmt: skip
_LONGEST_ID = 200
_LINES = tuple(name for name in ("title", *METADATA) if name != "published")
#: Values that say whether something is published, not when: ``published: true``.
_FLAGS = frozenset({"true", "false", "yes", "no", "y", "n", "on", "off", "0", "1", "공개", "비공개"})
_FOLD = re.compile(r"[\s_\-.]+")
_KOREAN = re.compile(r"[가-힣]")


def mapping(keys: Iterable[str], told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which key holds which field: as told, else by its name."""
    keys = [key for key in keys if isinstance(key, str)]
    by_name = {_FOLD.sub("", key).casefold(): key for key in reversed(keys)}
    found = {name: key for name, key in told if key in keys}
    for name, names in NAMES.items():
        taken = set(found.values())
        key = next((by_name[n] for n in names if n in by_name and by_name[n] not in taken), None)
        if name not in found and key is not None and not (name == "body" and "sentences" in found):
            found[name] = key
    return found


def metadata_of(record: Mapping[str, Any], found: dict[str, str], zone: str) -> dict[str, str | None]:
    """The title and the metadata of a record, as `found` says; a date that names a day goes first.

    Raises
    ------
    Unreadable
        A field of the wrong type.
    """
    dates = {key: text for key in _date_keys(record, found) if (text := _date_text(record.get(key)))}
    if dates:
        named = (key for key, text in dates.items() if read_date(text, zone))
        found["published"] = next(named, next(iter(dates)))
    values = {name: text_of(record, found[name]) for name in _LINES if name in found}
    values["published"] = dates.get(found.get("published", ""))
    _sort_sources(found, values)
    return values


def _date_keys(record: Mapping[str, Any], found: Mapping[str, str]) -> list[str]:
    """Keys that may hold the date, the likeliest first."""
    first = [found["published"]] if "published" in found else []
    by_name = {_FOLD.sub("", key).casefold(): key for key in record if isinstance(key, str)}
    taken = {key for name, key in found.items() if name != "published"}
    others = [by_name[name] for name in NAMES["published"] if name in by_name]
    return list(dict.fromkeys(key for key in (*first, *others) if key not in taken))


def _date_text(value: Any) -> str | None:
    """A date as text; None for a flag or for none. Databases wrap dates, and Java lists their parts."""
    for key in ("$date", "$numberLong", "_seconds", "seconds", "value", "name"):
        if isinstance(value, Mapping) and key in value:
            value = value[key]
    if isinstance(value, list) and 3 <= len(value) <= 7 and all(isinstance(part, int) for part in value):
        clock = ":".join(f"{part:02}" for part in [*value[3:6], 0][:3]) if len(value) > 3 else ""
        value = f"{value[0]}-{value[1]}-{value[2]} {clock}"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(str(value).split())
    return None if text.casefold() in _FLAGS or text == "nan" else text or None


def own_id(record: Mapping[str, Any], told: Iterable[tuple[str, str]]) -> str | None:
    """The id that a record has of its own; None for what can be none."""
    by_name = {_FOLD.sub("", key).casefold(): key for key in record if isinstance(key, str)}
    key = dict(told).get("id") or next((by_name[name] for name in _IDS if name in by_name), None)
    if key is None or isinstance(record.get(key), Mapping | list):
        return None
    try:
        text = text_of(record, key)
    except Unreadable:
        return None
    return folded(text) if text and len(text) <= _LONGEST_ID else None


def kept_of(record: Mapping[str, Any], keep: Iterable[str], limits: Limits) -> dict[str, str]:
    """Columns that go along with an article, as text: lists and objects as JSON; empty ones are left out.

    Raises
    ------
    Unreadable
        One is too long, or can't be written as UTF-8.
    """
    by_name = {_FOLD.sub("", key).casefold(): key for key in record if isinstance(key, str)}
    found = {}
    for name in keep:
        value = record.get(name if name in record else by_name.get(_FOLD.sub("", name).casefold(), name))
        if value is None or value == "" or (isinstance(value, float) and value != value):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        if len(text) > limits.line_chars:
            raise Unreadable("bad-field", f"{name}: {len(text):,} > {limits.line_chars:,}")
        _sound(name, text)
        found[name] = text
    return found


def guesses(found: Mapping[str, str], told: Iterable[tuple[str, str]]) -> tuple[Note, ...]:
    """A note of what was guessed; fields that bear their own name need none."""
    given = dict(told)
    guessed = [f"{name}={key}" for name, key in found.items() if name != key and given.get(name) != key]
    return (Note("fields", ", ".join(guessed)),) if guessed else ()


def article_of(
    file: File,
    record: Mapping[str, Any],
    *,
    place: str,
    name: str,
    digest: str,
    format: str,
    encoding: str | None,
    notes: tuple[Note, ...] = (),
) -> Article:
    """Make an article out of a record.

    Raises
    ------
    Unreadable
        No body, or a field of the wrong type.
    """
    told = file.reading.fields
    found = mapping(record, told)
    if not {"body", "sentences"} & found.keys() or all(
        record.get(found.get(k, "")) is None for k in ("body", "sentences")
    ):
        long = _longest(record)
        if long is None or any(name == "body" for name, _ in told):
            raise Unreadable("no-body-field", ", ".join(map(str, list(record)[:12])))
        found = {**{k: v for k, v in found.items() if v != long}, "body": long}
    values = metadata_of(record, found, file.reading.zone)
    spans = None
    if found.get("sentences") is not None and record.get(found["sentences"]) is not None:
        text, spans = _sentences(record, found["sentences"])
    else:
        body = record[found["body"]]
        if isinstance(body, list) and all(isinstance(part, str) for part in body):
            body = "\n\n".join(body)  # a list of paragraphs
        if not isinstance(body, str):
            raise Unreadable("bad-field", f"{found['body']}: not a text")
        text, more = sound_body(file, body)
        notes = (*notes, *more)
    return make_article(
        file,
        text,
        format=format,
        title=values.pop("title", None),
        metadata=values,
        place=place,
        name=name,
        digest=digest,
        sentences=spans,
        encoding=encoding,
        own=own_id(record, told),
        kept=kept_of(record, file.reading.keep, file.limits),
        notes=(*notes, *guesses(found, told)),
    )


def sound_body(file: File, body: str) -> tuple[str, tuple[Note, ...]]:
    """A body as it is; mojibake undone, HTML as Markdown."""
    text, how = undone(body)
    notes = (Note("mojibake", how),) if how else ()
    if not how and is_mojibake(text):
        raise Unreadable("mojibake")
    text, is_html = body_of(text)
    if is_html:
        return markdown_of_fragment(text, file.limits), (*notes, Note("html-body"))
    return text, notes


def _longest(record: Mapping[str, Any]) -> str | None:
    """The field with the longest Korean text, where it is long enough to be a body."""
    texts = {key: value for key, value in record.items() if isinstance(value, str) and len(value) >= 40}
    korean = {key: len(_KOREAN.findall(value)) for key, value in texts.items()}
    best = max(korean, key=korean.__getitem__, default=None)
    return best if best is not None and korean[best] >= 20 else None


def _sort_sources(found: dict[str, str], values: dict[str, str | None]) -> None:
    """A ``source`` is an address or a name, as its value tells."""
    url, publisher = values.get("url"), values.get("publisher")
    if url and not re.match(r"(?:https?:)?//|www\.", url):
        values["url"] = None
        if not publisher:
            values["publisher"], found["publisher"] = url, found.pop("url")
    elif publisher and not url and re.match(r"https?://", publisher):
        values["url"], values["publisher"] = publisher, None
        found["url"] = found.pop("publisher")


def text_of(record: Mapping[str, Any], key: str) -> str | None:
    """A field as one line of text: a name out of an object, a list joined, a number as it is written.

    Raises
    ------
    Unreadable
        When it is none of these.
    """
    value = record.get(key)
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list):
        parts = [part.get("name") if isinstance(part, Mapping) else part for part in value]
        value = ", ".join(part for part in parts if isinstance(part, str))
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable("bad-field", f"{key}: not a text")
    text = " ".join(undone(str(value))[0].split())
    _sound(key, text)
    return text or None


def _sentences(record: Mapping[str, Any], key: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text and the spans in it of sentences that the record gives: one a line, as they are."""
    sentences = record[key]
    if not isinstance(sentences, list) or not all(isinstance(s, str) for s in sentences):
        raise Unreadable("bad-field", f"{key}: not a list of texts")
    for sentence in sentences:
        _sound(key, sentence)
    starts = accumulate((len(s) + 1 for s in sentences), initial=0)
    spans = tuple((start, start + len(s)) for start, s in zip(starts, sentences, strict=False))
    return "\n".join(sentences), spans


def _sound(key: str, value: str) -> None:
    """Raise for what can't be written as UTF-8: JSON can spell half of a surrogate pair, a file can't."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable("bad-field", f"{key}: lone surrogate at character {error.start}") from error
    if "\0" in value:
        raise Unreadable("bad-field", f"{key}: NUL at character {value.index(chr(0))}")
