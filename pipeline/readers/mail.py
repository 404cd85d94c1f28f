"""Mails as they are saved (.eml): the text, and the attachments that a reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from ..records import Article, Failure, Unreadable
from . import mime
from .article import File, hash_of, is_empty, make_article
from .encodings import Decoded, decode
from .forwards import Inner, bare_subject, cleaned, person, split
from .html import declared_charset
from .markup import markdown_of_fragment

#: Letters from which on the plain version of a mail is believed to be all of it.
_ENOUGH = 200
_DEEPEST = 3


def read_mail(file: File) -> Iterator[Article | Failure | File]:
    """The article of a mail, those of the messages forwarded in its text, then its attachments."""
    message = mime.parse(file.data)
    parts = mime.leaves(message)
    attached = [part for part in parts if mime.file_name(part) or mime.is_message(part)]
    own = [part for part in parts if part not in attached]
    texts = {kind: found for kind in ("text/html", "text/plain") if (found := _text(own, kind)) is not None}
    empty = True
    for one in _messages(file, message, texts):
        if not (isinstance(one, Unreadable) and one.reason == "empty"):
            empty = False
            yield one.failure(file.path) if isinstance(one, Unreadable) else one
    if empty and not attached:
        raise Unreadable("empty")
    if file.depth < _DEEPEST:
        for number, part in enumerate(attached, 1):
            yield from _attachment(file, part, number)


def _attachment(file: File, part: Message, number: int) -> Iterator[File]:
    name = mime.file_name(part)
    if mime.is_message(part):
        name = f"{name.removesuffix('.eml') or f'message-{number}'}.eml"
        data, ending = mime.message_bytes(part), ".eml"
    else:
        data, ending = mime.payload(part), ""
    if data is not None:
        declared = None if ending else mime.charset(part)
        place = f"{file.path}/{name}"
        yield File(place, data, file.reading, declared=declared, depth=file.depth + 1, ending=ending)


def _messages(file: File, message: Message, texts: dict[str, Decoded]) -> Iterator[Article | Unreadable]:
    """The article of the mail itself, and one of each message in its text."""
    found = _chosen(file, texts)
    if found is None:
        yield Unreadable("empty")
        return
    facts = {
        "title": bare_subject(mime.header(message, "Subject")),
        "author": person(mime.header(message, "From")),
        "published": mime.header(message, "Date"),
        "publisher": mime.header(message, "Organization"),
    }
    own, inner = split(found.text)
    all_of_it = [Inner(own, facts)] if own or not inner else []
    for number, one in enumerate([*all_of_it, *inner]):
        place = file.path if not number else f"{file.path}:{number + 1}"
        text = cleaned(one.text)
        try:
            yield make_article(
                file,
                text,
                format="mail",
                title=one.facts.get("title"),
                metadata=one.facts,
                place=place,
                digest=hash_of(text.encode("utf-8", "replace")) if number else None,
                encoding=found.encoding,
                notes=found.notes,
            )
        except Unreadable as error:
            yield error


def _chosen(file: File, texts: dict[str, Decoded]) -> Decoded | None:
    """The version that holds all of the text; the page where the plain one is short."""
    plain, page = texts.get("text/plain"), texts.get("text/html")
    found = plain
    if page is not None and (plain is None or len(re.findall(r"[^\W_]", plain.text)) < _ENOUGH):
        found = Decoded(markdown_of_fragment(page.text, file.limits), page.encoding, page.notes)
        if plain is not None and len(plain.text.strip()) > len(found.text):
            found = plain
    return None if found is None or is_empty(found.text) else found


def _text(parts: list[Message], kind: str) -> Decoded | None:
    """The parts of one kind, each decoded as it declares, one after the other."""
    found: list[Decoded] = []
    for part in parts:
        data = mime.payload(part) if mime.kind(part) == kind else None
        if data is not None and data.strip():
            named = mime.charset(part) or (declared_charset(data) if kind == "text/html" else None)
            found.append(decode(data, named))
    if not found:
        return None
    notes = tuple(dict.fromkeys(note for one in found for note in one.notes))
    return Decoded("\n\n".join(one.text for one in found), found[0].encoding, notes)
