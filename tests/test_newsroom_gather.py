"""Feeds and pages gathered, against a server on loopback."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import Pipeline, newsroom
from pipeline.newsroom import Newsroom
from pipeline.newsroom.asking import politely
from pipeline.newsroom.gather import Gathered, gather
from pipeline.newsroom.opml import feeds_in
from pipeline.readers.near import Near
from pipeline.records import ConfigError

BODY = (
    "{name}는 11일 {what} 공장에 {sum}억원을 투자한다고 밝혔다. 새 설비는 내년 3월부터 돌아간다. "
    "{name}는 이 투자로 해마다 {what} 생산을 20% 늘릴 수 있다고 설명했다. 공장은 부산 강서구에 있다."
)
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers by path; counts and times what is asked for."""

    url: str = ""
    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    def feed(self, *items: str, etag: str = "") -> None:
        """Put a feed on it that says 304 to whoever has it."""
        body = (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>나래일보</title>'
            + "".join(items)
            + "</channel></rss>"
        ).encode()

        def answer(request: BaseHTTPRequestHandler) -> Answer:
            if etag and request.headers["If-None-Match"] == etag:
                return 304, {}, b""
            return 200, {"Content-Type": "application/rss+xml", **({"ETag": etag} if etag else {})}, body

        self.answers["/rss"] = answer

    def page(self, path: str, title: str, text: str) -> None:
        """Put an article on it."""
        html = (
            f'<html lang="ko"><head><meta charset="utf-8"><title>{title}</title></head><body>'
            f"<article><h1>{title}</h1><p>{text}</p></article></body></html>"
        )
        self.answers[path] = 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            found.asked[path] += 1
            found.times.append(time.monotonic())
            answer = found.answers.get(path, (404, {}, b""))
            status, headers, body = answer(self) if callable(answer) else answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{http.server_port}"
    yield found
    http.shutdown()
    http.server_close()


def item(number: int, title: str, text: str, link: str, more: str = "") -> str:
    return (
        f"<item><guid>g{number}</guid><title>{title}</title><link>{link}</link>"
        f"<description>{text}</description>{more}</item>"
    )


def whole(text: str) -> str:
    return f'<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">{text}</c:encoded>'


@pytest.fixture
def room(tmp_path: Path, pipeline: Pipeline, server: Server) -> Iterator[Newsroom]:
    newsroom.create(tmp_path / "room")
    with opened(tmp_path / "room", pipeline, f'feeds = ["{server.url}/rss"]') as found:
        yield found


def opened(folder: Path, pipeline: Pipeline, sources: str) -> Newsroom:
    text = f"[sources]\npause = 0.0\n{sources}\n[read.web]\nretries = 0\nseconds = 5.0\n"
    (folder / "newsletter.toml").write_text(text, encoding="utf-8")
    found = newsroom.open(folder)
    found._pipeline = pipeline
    return found


def counts(found: Gathered) -> dict[str, int]:
    return {name: count for name, count in found.counts.items() if count and name != "reports"}


def test_full_text_comes_from_the_page_where_the_feed_has_a_summary(room: Newsroom, server: Server) -> None:
    one = BODY.format(name="나래전자", what="반도체", sum=1200)
    two = BODY.format(name="한빛제약", what="백신", sum=300)
    server.feed(
        item(1, "나래전자 투자", "한 줄", f"{server.url}/1", whole(f"<p>{one}</p>")),
        item(2, "한빛제약 투자", "나래일보가 전하는 한빛제약 소식 요약", f"{server.url}/2"),
        etag='"a"',
    )
    server.page("/2", "한빛제약 투자", two)
    assert counts(gather(room)) == {"new": 2}
    texts = {
        report.title: [s.text for s in report.sentences]
        for report in room.reports(room.material("2026-02-11"))
    }
    assert any("1200억원" in text for text in texts["나래전자 투자"])
    assert any("300억원" in text for text in texts["한빛제약 투자"])
    assert server.asked["/1"] == 0
    assert counts(gather(room)) == {}, "304"
    assert server.asked["/2"] == 1
    assert server.asked["/rss"] == 2


def test_only_what_is_new_is_asked_for(room: Newsroom, server: Server) -> None:
    entries = [item(n, f"{n}번 회사 투자", "소식의 짧은 요약입니다", f"{server.url}/{n}") for n in (1, 2)]
    for n in (1, 2):
        server.page(f"/{n}", f"{n}번 회사 투자", BODY.format(name=f"회사{n}호", what="배터리", sum=100 * n))
    server.feed(entries[0])
    assert counts(gather(room)) == {"new": 1}
    server.feed(*entries)
    assert counts(gather(room)) == {"new": 1}
    assert (server.asked["/1"], server.asked["/2"]) == (1, 1)


def test_a_page_is_asked_for_though_the_feed_has_it_no_more(room: Newsroom, server: Server) -> None:
    first = BODY.format(name="나래전자", what="배터리", sum=1200)
    server.feed(item(1, "나래전자 투자", "나래전자가 배터리 공장에 크게 투자한다고 한다.", f"{server.url}/1"))
    server.answers["/1"] = 503, {}, b""
    assert counts(gather(room)) == {"new": 1}
    second = BODY.format(name="한빛전자", what="반도체", sum=700)
    server.feed(item(2, "한빛전자 투자", second, f"{server.url}/2", whole(second)), etag='"2"')
    assert counts(gather(room)) == {"new": 1}
    server.page("/1", "나래전자 투자", first)
    assert counts(gather(room)) == {"corrected": 1}
    assert counts(gather(room)) == {}
    assert server.asked["/1"] == 3
    texts = {r.title: r.sentences[-1].text for r in room.reports(room.material("2026-02-11"))}
    assert texts["나래전자 투자"] == "공장은 부산 강서구에 있다."


def test_a_page_that_fails_in_passing_is_asked_for_again(room: Newsroom, server: Server) -> None:
    server.feed(
        item(1, "나래전자 투자", "나래전자가 반도체 공장에 투자한다는 소식이다.", f"{server.url}/1"),
        etag='"a"',
    )
    server.answers["/1"] = 503, {}, b""
    found = gather(room)
    assert [(failure.source, failure.reason) for failure in found.failures] == [(f"{server.url}/1", "server")]
    assert counts(found) == {"new": 1}, "what the feed says, until the page can be had"
    server.page("/1", "나래전자 투자", BODY.format(name="나래전자", what="반도체", sum=1200))
    assert counts(gather(room)) == {"corrected": 1}
    (report,) = room.reports(room.material("2026-02-11"))
    assert any("1200억원" in sentence.text for sentence in report.sentences)
    assert counts(gather(room)) == {}
    server.answers["/2"] = 404, {}, b""
    server.feed(item(2, "없는 글", "", f"{server.url}/2"))
    assert [failure.reason for failure in gather(room).failures] == ["gone"]
    assert gather(room).failures == (), "there is no use in asking again"
    assert server.asked["/2"] == 1


def test_sources_are_told_by_their_true_reason_and_tried_again(
    room: Newsroom, server: Server, pipeline: Pipeline
) -> None:
    server.page("/page", "피드가 아닌 쪽", BODY.format(name="나래전자", what="반도체", sum=1))
    server.answers["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /private\n"
    server.answers["/broken"] = 500, {}, b""
    server.answers["/closed"] = 403, {}, b""
    names = ("/page", "/none", "/private", "/broken", "/closed")
    feeds = [server.url + name for name in names] + ["http://127.0.0.1:1/rss"]
    with opened(room.folder, pipeline, f"feeds = {feeds}".replace("'", '"')) as other:
        found = gather(other)
        reasons = {failure.source.removeprefix(server.url): failure.reason for failure in found.failures}
        assert reasons == {
            "/page": "not-a-feed", "/none": "gone", "/private": "robots", "/broken": "server",
            "/closed": "forbidden", "http://127.0.0.1:1/rss": "no-server",
        }  # fmt: skip
        row = other.base.one("SELECT failures, reason FROM sources WHERE name = ?", (f"{server.url}/none",))
        assert row == (1, "gone")
        server.answers["/none"] = server.answers["/rss"] = (
            200,
            {"Content-Type": "text/xml"},
            b"<rss><channel/></rss>",
        )
        reasons = {
            failure.source.removeprefix(server.url): failure.reason for failure in gather(other).failures
        }
        assert "/none" not in reasons
        assert server.asked["/private"] == 0
    # An empty feed is one in which nothing stands just now.
    assert gather(room).failures == ()


def test_a_corrected_entry_takes_the_place_of_what_was_not_printed(room: Newsroom, server: Server) -> None:
    def say(amount: int) -> None:
        text = BODY.format(name="나래전자", what="반도체", sum=amount)
        server.feed(item(1, "나래전자 투자", "한 줄", f"{server.url}/1", whole(f"<p>{text}</p>")))

    say(1200)
    gather(room)
    say(1300)
    assert counts(gather(room)) == {"corrected": 1}
    made = room.material("2026-02-11")
    assert len(made.articles) == 1
    room.write(made, room.compose(made).digest)
    assert "1300억원" in (room.issue_folder("2026-02-11") / "digest.md").read_text(encoding="utf-8")
    say(1400)
    (late,) = gather(room).told
    assert (late.how, late.issue) == ("late", "2026-02-11")
    assert room.reports(room.material("2026-02-12")) == ()


def test_an_entry_that_is_deleted_is_withdrawn(room: Newsroom, server: Server) -> None:
    def atom(body: str) -> Answer:
        head = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        return (
            200,
            {"Content-Type": "application/atom+xml"},
            f"{head}<title>나래</title>{body}</feed>".encode(),
        )

    text = BODY.format(name="나래전자", what="반도체", sum=1200)
    server.answers["/rss"] = atom(
        f"<entry><id>tag:a</id><title>나래전자 투자</title><content>{text}</content></entry>"
    )
    assert counts(gather(room)) == {"new": 1}
    server.answers["/rss"] = atom('<at:deleted-entry ref="tag:a" when="2026-02-11T00:00:00Z"/>')
    assert counts(gather(room)) == {"withdrawn": 1}
    assert room.reports(room.material("2026-02-11")) == ()


def test_one_page_in_two_feeds_is_one_article(room: Newsroom, server: Server, pipeline: Pipeline) -> None:
    entry = item(1, "나래전자 투자", "나래전자 소식을 짧게 전합니다", f"{server.url}/1?utm_source=rss")
    server.feed(entry)
    server.answers["/other"] = server.answers["/rss"]
    server.page("/1", "나래전자 투자", BODY.format(name="나래전자", what="반도체", sum=1200))
    feeds = f'feeds = ["{server.url}/rss", "{server.url}/other"]'
    with opened(room.folder, pipeline, feeds) as other:
        assert counts(gather(other)) == {"new": 1}
        assert counts(gather(other)) == {}
        assert server.asked["/1"] == 1


def test_a_page_of_ones_own_and_a_list_of_feeds(room: Newsroom, server: Server, pipeline: Pipeline) -> None:
    server.page("/note", "알림", BODY.format(name="한빛시", what="수소", sum=50))
    text = BODY.format(name="나래전자", what="반도체", sum=1200)
    server.feed(item(1, "나래전자 투자", "", f"{server.url}/1", whole(text)))
    (room.folder / "feeds.opml").write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="경제">'
        f'<outline type="rss" text="나래" xmlUrl="{server.url}/rss"/></outline></body></opml>',
        encoding="utf-8",
    )
    with opened(room.folder, pipeline, f'opml = "feeds.opml"\naddresses = ["{server.url}/note"]') as other:
        assert counts(gather(other)) == {"new": 2}
        assert counts(gather(other)) == {"known": 1}, "a page without marks is looked at again"
    (room.folder / "feeds.opml").write_text("<html/>", encoding="utf-8")
    with pytest.raises(ConfigError, match="no OPML"):
        feeds_in(room.folder / "feeds.opml")


def test_links_into_our_own_network_are_not_followed(
    room: Newsroom, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = server.url.replace("127.0.0.1", "localhost")
    server.feed(
        item(1, "안쪽으로", "안쪽 서버로 이끄는 글의 요약이 여기 길게 적혀 있다.", f"{inside}/admin"),
        item(2, "돌려서", "돌려서 이끄는 글의 요약이 여기 길게 적혀 있다.", f"{server.url}/round"),
    )
    server.answers["/round"] = 302, {"Location": f"{inside}/admin"}, b""
    found = gather(room)
    assert {failure.reason for failure in found.failures} <= {"private"}
    assert server.asked["/admin"] == 0
    assert server.asked["/round"] == 1
    near = Near(["intern.example"])
    assert (
        near.hides("http://10.0.0.1/")
        and near.hides("http://[::1]/")
        and near.hides("http://169.254.169.254/")
    )
    assert not near.hides("http://INTERN.example/") and not near.hides("http://1.1.1.1/")


def test_servers_are_asked_in_turn_and_slowly() -> None:
    running: Counter[str] = Counter()
    most: Counter[str] = Counter()
    seen: list[tuple[str, float]] = []
    lock = threading.Lock()

    def ask(task: str) -> str:
        host = task.split("/")[2]
        with lock:
            running[host] += 1
            most[host] = max(most[host], running[host])
            seen.append((host, time.monotonic()))
        time.sleep(0.01)
        with lock:
            running[host] -= 1
        if task.endswith("3"):
            raise ValueError(task)
        return task

    tasks = [(url, url) for n in range(4) for host in "ab" if (url := f"http://{host}/{n}")]
    before = {"b"}
    found = dict(politely(tasks, ask, 2, lambda url: 0.05, before))
    assert sum(isinstance(answer, ValueError) for answer in found.values()) == 2
    assert set(found) == {url for url, _ in tasks}
    assert most == {"a": 1, "b": 1}
    times = [at for host, at in seen if host == "a"]
    assert min(later - at for at, later in pairwise(times)) >= 0.05
    assert before == {"a", "b"}
