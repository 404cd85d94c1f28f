"""Run as ``python -m tests.crashing_newsroom [KILLS] [SEED]``: a newsroom killed at any moment of its work.

A feed grows while a newsroom gathers, writes issues, changes them at the desk and sends them; at random
moments its process gets SIGKILL, KILLS times in each of these works. Afterwards an undisturbed run of each
command has to find everything: no article is lost, none is printed twice, no change that the desk said was
saved is gone, nobody gets an issue twice, and whoever did not surely get it is told. Prints the number of
kills; exits with 1 where one of them lost something.
"""

from __future__ import annotations

import email
import email.policy
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
from aiosmtpd.controller import Controller

from pipeline import newsroom
from pipeline.desk import Sheet, serving, views
from pipeline.digest import Basis, fold, in_order
from pipeline.newsroom import Newsroom, room
from pipeline.newsroom.gather import gather
from pipeline.newsroom.send import send
from pipeline.records import Article, ConfigError, Report, Sentence
from pipeline.run.tools import newsletter_of, plan_for
from pipeline.settings import (
    Settings,
    load_changes,
    load_messages,
    load_newsletter,
    load_story_rules,
    load_themes,
)
from pipeline.store import marks
from pipeline.stories import Told
from pipeline.writers import DIGEST_WRITERS, write_whole

from .conftest import ROOT
from .test_newsroom_send import free_port

READERS = 12
#: What is done in a day, and seconds of its work within which it is killed.
WORKS = {"gather": 0.5, "issue": 0.5, "desk": 0.8, "send": 1.0}
#: Kills of each work in a day.
EACH = 4
#: File with the address of the desk.
ADDRESS = "desk.url"
TEXT = (
    "회사{n}호는 {day}일 배터리 공장에 {sum}억원을 투자한다고 밝혔다. 새 설비는 내년 {month}월부터 돌아간다. "
    "회사{n}호는 이 투자로 해마다 배터리 생산을 {share}% 늘릴 수 있다고 설명했다."
)


class Feed:
    """A server whose feed has some more entries each day."""

    def __init__(self) -> None:
        self.count = 0
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = feed.answer(self.path)
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(found)))
                self.end_headers()
                with suppress(ConnectionError):  # who asked was killed
                    self.wfile.write(found)

            def log_message(self, format: str, *args: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/rss"

    def answer(self, path: str) -> bytes:
        if path != "/rss":
            return b""
        items = "".join(
            f"<item><guid>g{n}</guid><title>회사{n}호, 배터리 공장에 투자</title>"
            f"<link>https://example.com/{n}</link><description>{self.text(n)}</description>"
            f'<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">{self.text(n)}</c:encoded></item>'
            for n in range(self.count)
        )
        return f'<rss version="2.0"><channel><title>나래일보</title>{items}</channel></rss>'.encode()

    def text(self, n: int) -> str:
        return TEXT.format(n=n, day=n % 27 + 1, sum=100 + 7 * n, month=n % 11 + 1, share=n % 50 + 3)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Box:
    """Who got which issue."""

    def __init__(self) -> None:
        self.got: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.got[envelope.rcpt_tos[0], str(message["Subject"])] += 1
        return "250 taken"


class Editor:
    """Somebody who hides one keyword after the other, as fast as the desk answers.

    Attributes
    ----------
    saved
        Those of which the desk said that they are saved.
    wrong
        What it should not have answered, or lost.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self.saved: list[str] = []
        self.all = 0
        self.wrong: list[str] = []

    @contextmanager
    def working(self) -> Iterator[None]:
        """A context in which they work as soon as a desk is there, until it goes away."""
        (self._folder / ADDRESS).unlink(missing_ok=True)
        ended = threading.Event()
        thread = threading.Thread(target=self._work, args=(ended,))
        thread.start()
        yield
        ended.set()
        thread.join()

    def _work(self, ended: threading.Event) -> None:
        address = self._folder / ADDRESS
        while not address.exists():
            if ended.wait(0.005):
                return
        url = address.read_text(encoding="utf-8")
        base = url.partition("/?")[0]
        with (
            suppress(httpx.TransportError),
            httpx.Client(base_url=base, headers={"origin": base}, trust_env=False, timeout=60) as client,
        ):
            page = client.get(url, follow_redirects=True)
            while True:
                version = re.search(r'data-version="([^"]+)"', page.text)
                assert version
                self._count += 1
                term = f"낱말{self._count}"
                page = client.post("/change", data={"do": "hide", "term": term, "version": version[1]})
                if page.status_code == 200:
                    self.saved.append(term)
                    self.all += 1
                else:
                    self.wrong.append(f"{page.status_code} {page.text[:200]}")
                    return
                if self._count % 5 == 0 and client.post("/change", data={"do": "write"}).status_code != 200:
                    self.wrong.append("not written")

    def look(self, date: str) -> None:
        """Whether all that was saved is in the file, and nothing but the last that was asked for besides."""
        try:
            there = list(load_changes(self._folder / "issues" / date / "issue.toml").hidden)
        except ConfigError as error:
            self.wrong.append(str(error))
            return
        if there[: len(self.saved)] != self.saved or len(there) > len(self.saved) + 1:
            self.wrong.append(f"{date}: {there} of {self.saved}")
        self.saved = there


@contextmanager
def served() -> Iterator[tuple[Feed, Box, int]]:
    """A feed and a mail server, with its port."""
    feed, box, port = Feed(), Box(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield feed, box, port
    finally:
        server.stop()
        feed.close()


def made(make: object, batch: Sequence[Article], tools: object) -> list[Report]:
    """Reports without an analysis: Kiwi's threads do not live on in a fork."""
    found = []
    for one in batch:
        sentence = Sentence(0, one.text, 0, len(one.text), "body", None, "other", {}, 1.0)
        report = Report(
            id=one.id, title=one.title, source=one.source, sentences=(sentence,), ranking=(0,), summary=(0,),
            themes=(), keywords=(),
        )  # fmt: skip
        found.append(report)
    return found


class Choice:
    """In the place of a pipeline: an issue of all articles. Kiwi's threads do not live on in a fork."""

    tools = None

    def __init__(self, settings: Settings) -> None:
        self._rules, themes = load_story_rules(), load_themes(settings.themes.set)
        self._plan, self._newsletter = plan_for(settings, self._rules, themes), newsletter_of(settings)

    def basis(self, reports: Sequence[Report], **given: Any) -> Basis:
        """An issue with all that changes are made out of."""
        own = in_order(reports)
        return fold(
            own, [((n,), (), {}) for n in range(len(own))], (), title="나래", labels={"other": "그 밖에"},
            plan=self._plan, newsletter=self._newsletter, keywords=(), theme_keywords={}, rows=(0, 0),
            told=Told(self._rules), **given,
        )  # fmt: skip


def work(folder: str, name: str, date: str) -> None:
    """One work of a day."""
    with newsroom.open(folder) as found:
        if name == "gather":
            gather(found)
        elif name == "issue":
            made = found.material(date)
            if not made.sent:
                changes = found.changes(date)
                found.write(made, found.compose(made, changes).digest, changes)
        elif name == "desk":
            serving.serve(
                Sheet(found, date), serving.listen(), lambda url: write_whole(Path(folder) / ADDRESS, url)
            )
        else:
            send(found, date, now=True)


def serve(folder: str) -> None:
    """Do works in forks of this process, which has all loaded: a line for each, and what became of it.

    A line has the work, the day, and the seconds after which it is killed; where they are negative it is not.
    With a fourth word they are counted from when the desk has an address.
    """
    room.made_of = made  # type: ignore[assignment,attr-defined]
    choice = Choice(load_newsletter(Path(folder) / newsroom.SETTINGS))
    Newsroom.pipeline = choice  # type: ignore[method-assign,assignment]
    Newsroom._words = lambda self, texts: list(texts)  # type: ignore[method-assign]
    marks.program()
    # Libraries and templates are loaded once.
    DIGEST_WRITERS["eml"](choice.basis((), date="2026-01-01").digest, load_messages("ko"), None)
    import starlette.applications
    import uvicorn  # noqa: F401

    del starlette
    with newsroom.open(folder) as found:
        sheet = Sheet(found, "2026-01-01")
        views.page("desk.html", sheet, **views.issue_values(sheet))
    for line in sys.stdin:
        name, date, seconds, *up = line.split()
        pid = os.fork()
        if not pid:
            code = 1
            try:
                work(folder, name, date)
                code = 0
            except BaseException as error:
                print(repr(error).replace("\n", " "), file=sys.stderr, flush=True)
            os._exit(code)
        if float(seconds) >= 0:
            while up and not (Path(folder) / ADDRESS).exists() and os.waitpid(pid, os.WNOHANG) == (0, 0):
                time.sleep(0.005)
            time.sleep(float(seconds))
            os.kill(pid, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def crash(kills: int, seed: int, place: Path) -> list[str]:
    """What was lost by so many kills in each work, after how many there were."""
    chance = random.Random(seed)
    lost: list[str] = []
    killed: Counter[str] = Counter()
    with served() as (feed, box, port):
        folder = place / "room"
        newsroom.create(folder)
        (folder / "newsletter.toml").write_text(
            f'[newsletter]\nname = "나래"\nsender = "news@example.com"\n[sources]\nfeeds = ["{feed.url}"]\n'
            f'pause = 0.0\n[read.web]\npages = 1000\n[sending]\nserver = "127.0.0.1"\nport = {port}\n'
            f'security = "none"\nrecipients = "readers.txt"\npause = 0.05\n',
            encoding="utf-8",
        )
        readers = [f"reader{n}@example.com" for n in range(READERS)]
        (folder / "readers.txt").write_text("\n".join(readers), encoding="utf-8")
        editor = Editor(folder)
        code = "import sys; from tests.crashing_newsroom import serve; serve(sys.argv[1])"
        server = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def done(name: str, date: str, seconds: float, up: str = "") -> int:
            assert server.stdin is not None and server.stdout is not None
            server.stdin.write(f"{name} {date} {seconds} {up}\n")
            server.stdin.flush()
            return int(server.stdout.readline())

        day = 0
        while min((killed[name] for name in WORKS), default=0) < kills:
            day += 1
            date = f"2026-{day // 28 + 1:02d}-{day % 28 + 1:02d}"
            feed.count += 3
            editor.saved = []
            for name, seconds in WORKS.items():
                for n in range(EACH):
                    up = "up" if name == "desk" and n else ""
                    with editor.working() if name == "desk" else nullcontext():
                        after = chance.uniform(0.0, seconds)
                        killed[name] += done(name, date, after, up) == -signal.SIGKILL
                    lost += integrity(folder)
                    editor.look(date)
                undisturbed = "issue" if name == "desk" else name
                if status := done(undisturbed, date, -1):
                    lost.append(f"{date} {undisturbed}: {status}")
            lost += sent(folder, date, readers, box)
        assert server.stdin is not None
        server.stdin.close()
        server.wait()
        lost += [*gathered(folder, feed.count), *editor.wrong]
        if not editor.all:
            lost.append("the desk saved nothing")
    counts = ", ".join(f"{killed[name]} in {name}" for name in WORKS)
    return [f"{killed.total()} kills ({counts}), {editor.all} changes saved", *lost]


def integrity(folder: Path) -> list[str]:
    """What is wrong with the tables."""
    base = sqlite3.connect(folder / "newsroom.db", timeout=30)
    try:
        (said,) = base.execute("PRAGMA integrity_check").fetchone()
    finally:
        base.close()
    return [] if said == "ok" else [said]


def sent(folder: Path, date: str, readers: list[str], box: Box) -> list[str]:
    """Who got an issue twice, and who did not get it though nobody is told so."""
    base = sqlite3.connect(folder / "newsroom.db")
    state = dict(base.execute("SELECT recipient, state FROM sent WHERE issue = ?", (date,)).fetchall())
    (count,) = base.execute("SELECT count(*) FROM issues").fetchone()
    base.close()
    wrong = [f"{date}: {who} got {what!r} {n} times" for (who, what), n in box.got.items() if n > 1]
    file = folder / "issues" / date / "digest.eml"
    written = file.read_bytes() if file.exists() else b""
    subject = str(email.message_from_bytes(written, policy=email.policy.default)["Subject"])
    for who in readers:
        if state.get(who) == "sent" and not box.got[who, subject]:
            wrong.append(f"{date}: {who} got nothing")
        if state.get(who) not in ("sent", "sending"):
            wrong.append(f"{date}: {who} is {state.get(who)}")
    if list(state.values()).count("sending") > EACH:
        wrong.append(f"{date}: {state}")
    return wrong if count else [*wrong, f"{date}: no issue"]


def gathered(folder: Path, count: int) -> list[str]:
    """Articles that are not there, not printed, or printed twice."""
    base = sqlite3.connect(folder / "newsroom.db")
    wrong = []
    (articles, reports) = base.execute(
        "SELECT count(*), count(report) FROM articles JOIN reports USING (key) WHERE state = 'new'"
    ).fetchone()
    if (articles, reports) != (count, count):
        wrong.append(f"{articles} articles and {reports} reports of {count}")
    rows = base.execute("SELECT article, count(DISTINCT issue) FROM printed GROUP BY article").fetchall()
    wrong += [f"{article} printed in {n} issues" for article, n in rows if n > 1]
    for (digest,) in base.execute("SELECT date FROM issues"):
        if not (folder / "issues" / digest / "digest.json").is_file():
            wrong.append(f"no files of {digest}")
    stretches = base.execute("SELECT first, last FROM issues ORDER BY date").fetchall()
    wrong += [f"gap after {a}" for (_, a), (b, _) in pairwise(stretches) if a != b]
    base.close()
    return wrong


def main() -> int:
    """Kill as often as asked."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        told, *lost = crash(kills, seed, Path(temporary))
    print(told, *lost, sep="\n")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
