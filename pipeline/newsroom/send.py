"""An issue sent: to an address that tests it, then to all, each at most once.

Before a server is given a message, the tables say that it is on its way (``sending``); after the server took
it, that it is ``sent``. Whatever ends the process between the two, nobody knows whether the message arrived:
it is told, and sent again only where somebody asks for that. In every other moment it is known, and the next
run goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ..records import Digest, SendError
from ..settings import SendingSettings, load_messages
from ..writers.addresses import Mailbox, mailboxes
from . import articles, issues
from .letters import key_of, letter, recipients_in
from .room import Newsroom
from .smtp import Mailer

#: What became of a message to somebody.
Fate = Literal["sent", "sent-before", "unknown", "unknown-before", "refused", "passing", "waiting"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message to a recipient."""

    recipient: str
    fate: Fate
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of an issue.

    Attributes
    ----------
    test
        It went to the address that tests it, and to nobody else.
    outcomes
        One a recipient.
    """

    date: str
    test: bool
    outcomes: tuple[Outcome, ...]


def send(
    room: Newsroom,
    date: str | None = None,
    *,
    test: bool = False,
    now: bool = False,
    dry: bool = False,
    again: Collection[str] = (),
    told: Callable[[Outcome], None] = lambda one: None,
) -> Sent:
    """Send an issue: first to `sending.test`, and when that was done for this very version, to all.

    Parameters
    ----------
    date
        ISO date of the issue; default: the last one.
    test
        To the address that tests it, also where that was done.
    now
        To all, also where no address has tested it.
    dry
        Nothing is sent and nothing kept: the outcomes say who would get it (``waiting``).
    again
        Addresses of which nobody knows whether they got it, and that shall get it (again); ``*``: all such.
    told
        Called with each outcome.

    Raises
    ------
    SendError
        ``no-issue``, ``changed`` (its files are not what the tables know), ``unwritten`` (they lack its
        editor's changes), ``no-sender``, ``no-recipient``, ``no-server``, ``no-test``, ``no-secret``; and
        what keeps the server from taking any message: ``server``, ``login``, ``certificate``, ``insecure``.
    ConfigError
        The list of recipients is wrong.
    FolderBusyError
        Another process sends.
    """
    lock = None if dry else room.lock("send")
    try:
        issue, digest = issue_to_send(room, date)
        s = room.settings.sending
        if not digest.newsletter.sender:
            raise SendError("no-sender")
        if not s.server:
            raise SendError("no-server")
        mark = f"test {issue.sha256}"
        is_test = test or not (now or _tested(room, issue.date, mark))
        boxes = mailboxes(s.test) if is_test else _recipients(room, digest)
        if is_test and not boxes:
            raise SendError("no-test")
        if not boxes:
            raise SendError("no-recipient")
        work = _Sending(room, issue, digest, again, told)
        for box in boxes:
            if dry:
                work.would(box, test=is_test)
            elif is_test:
                work.test(box, mark)
            else:
                work.send(box)
        work.close()
        return Sent(date=issue.date, test=is_test, outcomes=tuple(work.outcomes))
    finally:
        if lock is not None:
            lock.release()


def issue_to_send(room: Newsroom, date: str | None) -> tuple[issues.Kept, Digest]:
    """An issue as it was written; the last one without a date.

    Raises
    ------
    SendError
        ``no-issue``; ``changed``: its files are not what the tables know; ``unwritten``: its editor's changes
        are not in them.
    """
    found = issues.issue(room.base, date) if date else issues.latest(room.base)
    digest = issues.digest_of(room.base, found.date) if found else None
    if found is None or digest is None:
        raise SendError("no-issue", date or "")
    if not found.sent and issues.mark_of(room.changes(found.date)) != found.changes:
        raise SendError("unwritten", found.date)
    file = room.issue_folder(found.date) / "digest.json"
    if not file.is_file() or sha256(file.read_bytes()).hexdigest() != found.sha256:
        raise SendError("changed", found.date)
    return found, digest


def _recipients(room: Newsroom, digest: Digest) -> tuple[Mailbox, ...]:
    file = room.settings.sending.recipients
    if file:
        return recipients_in(Path(file))
    return mailboxes(digest.newsletter.recipient)


def _tested(room: Newsroom, date: str, mark: str) -> bool:
    words = "SELECT 1 FROM sent WHERE issue = ? AND recipient LIKE 'test %' AND state = 'sent' AND detail = ?"
    return room.base.one(words, (date, mark)) is not None


def secret_of(s: SendingSettings, variable: str = "") -> str:
    """A secret out of the environment, else out of the file that the settings name.

    Raises
    ------
    SendError
        ``no-secret``: it is in neither.
    """
    name = variable or s.secret
    found = os.environ.get(name, "") if name else ""
    if not found and s.secret_file and not variable:
        try:
            found = Path(s.secret_file).read_text(encoding="utf-8").strip("\r\n")
        except OSError as error:
            raise SendError("no-secret", f"{s.secret_file}: {error.strerror or error}") from error
    if not found:
        raise SendError("no-secret", name)
    return found


class _Sending:
    def __init__(
        self,
        room: Newsroom,
        issue: issues.Kept,
        digest: Digest,
        again: Collection[str],
        told: Callable[[Outcome], None],
    ) -> None:
        self._room, self._base, self._issue = room, room.base, issue
        self._again, self._tell = {one.casefold() for one in again}, told
        self._s = room.settings.sending
        self._sender = mailboxes(digest.newsletter.sender)[0].address
        texts = load_messages(room.settings.lang)
        self._letter = letter(digest, texts, room.templates, one_click=self._s.one_click)
        self._mailer: Mailer | None = None
        self._count = 0
        self.outcomes: list[Outcome] = []

    def close(self) -> None:
        """Let go of the server."""
        if self._mailer is not None:
            self._mailer.close()

    def would(self, box: Mailbox, *, test: bool) -> None:
        """Say what would become of a message."""
        fate = "waiting" if test else self._known(key_of(box)) or "waiting"
        self._say(box, fate)

    def test(self, box: Mailbox, mark: str) -> None:
        """Send a message that tests the issue; it may be sent as often as somebody likes."""
        self._deliver(box, lambda: None)
        with self._base.change():
            self._put(f"test {key_of(box)}", "sent", mark)
        self._say(box, "sent")

    def send(self, box: Mailbox) -> None:
        """Send a message to somebody who has not got it."""
        key = key_of(box)
        fate = self._known(key)
        if fate is not None:
            self._say(box, fate)
            return
        doubted = self._state(key) == "sending"
        try:
            self._deliver(box, lambda: self._begin(key))
        except SendError as error:
            if error.reason != "unknown" and not doubted:
                self._end(key, "refused" if error.reason == "refused" else None, error.detail)
            fates: dict[str, Fate] = {"refused": "refused", "passing": "passing", "unknown": "unknown"}
            if error.reason not in fates:
                raise
            self._say(box, fates[error.reason], error.detail)
        else:
            self._end(key, "sent", "")
            self._say(box, "sent")

    def _known(self, key: str) -> Fate | None:
        """What is known of a recipient that keeps us from sending; None where nothing does."""
        state = self._state(key)
        if state in ("", "refused"):
            return None
        if state == "sent":
            return "sent-before"
        return None if self._again & {key, "*"} else "unknown-before"

    def _state(self, key: str) -> str:
        words = "SELECT state FROM sent WHERE issue = ? AND recipient = ?"
        row = self._base.one(words, (self._issue.date, key))
        return str(row[0]) if row else ""

    def _deliver(self, box: Mailbox, begin: Callable[[], None]) -> None:
        if self._mailer is None:
            self._mailer = Mailer(self._s, secret_of(self._s) if self._s.user else "")
        if self._count:
            time.sleep(self._s.pause)
        self._count += 1
        self._mailer.deliver(self._sender, box.address, self._letter.to(box), begin)

    def _begin(self, key: str) -> None:
        """From now on the server may have it."""
        with self._base.change():
            self._base.run(
                "UPDATE issues SET sent = ? WHERE date = ? AND sent = ''", (articles.now(), self._issue.date)
            )
            self._put(key, "sending", "")

    def _end(self, key: str, state: str | None, detail: str) -> None:
        """Keep how it ended; None where the server has not got it, and may be given it again."""
        with self._base.change():
            if state is None:
                values = (self._issue.date, key)
                self._base.run("DELETE FROM sent WHERE issue = ? AND recipient = ?", values)
            else:
                self._put(key, state, detail)

    def _put(self, key: str, state: str, detail: str) -> None:
        values = (self._issue.date, key, state, articles.now(), detail)
        self._base.run("INSERT OR REPLACE INTO sent VALUES (?,?,?,?,?)", values)

    def _say(self, box: Mailbox, fate: Fate, detail: str = "") -> None:
        one = Outcome(box.address, fate, detail)
        self.outcomes.append(one)
        self._tell(one)
