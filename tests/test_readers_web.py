"""Addresses, against a server on loopback."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.readers import read
from pipeline.records import Article, Failure, Limits, Note, Reading, Web

from .conftest import ROOT

PAGE = (ROOT / "tests/cases/readers/page.html").read_bytes()
EUCKR = (ROOT / "tests/cases/readers/page-br.html").read_text(encoding="utf-8").encode("cp949")
READING = Reading(limits=Limits(file_bytes=100_000), web=Web(retries=1, seconds=5))

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers by path; counts what is asked for."""

    url: str = ""
    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def read(self, path: str, reading: Reading = READING) -> list[Article | Failure]:
        return list(read(self.url + path, reading))


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            found.asked[path] += 1
            answer = found.answers.get(path, (404, {}, b""))
            status, headers, body = answer(self) if callable(answer) else answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the client has heard enough

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{http.server_port}"
    yield found
    http.shutdown()
    http.server_close()


def html(body: bytes, **headers: str) -> Answer:
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, body


def test_a_page(server: Server) -> None:
    server.answers["/news/1"] = html(PAGE)
    (article,) = server.read("/news/1?id=3")
    assert isinstance(article, Article)
    assert article.title == "부산항 밤바다를 지키는 자율 예인선"
    assert article.source.path == f"{server.url}/news/1?id=3"
    assert article.source.url == "https://example.com/news/20260303001", "the page's canonical address"
    assert article.source.publisher == "파도일보"


def test_the_encoding_that_only_the_server_names(server: Server) -> None:
    server.answers["/a"] = 200, {"Content-Type": "text/html; charset=EUC-KR"}, EUCKR
    (article,) = server.read("/a")
    assert isinstance(article, Article)
    assert article.source.encoding == "cp949"
    assert article.source.url == f"{server.url}/a"


def test_a_feed_gives_its_full_texts_and_the_pages_of_the_others(server: Server) -> None:
    feed = (ROOT / "tests/cases/readers/feed-rss.xml").read_text(encoding="utf-8")
    server.answers["/rss"] = (
        200,
        {"Content-Type": "application/rss+xml"},
        feed.replace("https://example.com/2", "/page").replace("https://example.com/3", "/gone").encode(),
    )
    server.answers["/page"] = html(PAGE)
    first, second, third = server.read("/rss")
    assert isinstance(first, Article)
    assert first.source.format == "feed"
    assert isinstance(second, Article)
    assert second.source.format == "html"
    assert isinstance(third, Failure)
    assert (third.reason, third.detail) == ("web", "HTTP 404")
    limited = server.read("/rss", replace(READING, web=Web(pages=1)))
    assert len(limited) == 1


def test_robots_are_respected_and_asked_once(server: Server) -> None:
    server.answers["/robots.txt"] = 200, {}, b"User-agent: yoyak\nDisallow: /private/\n"
    server.answers["/private/a"] = html(PAGE)
    server.answers["/open/a"] = html(PAGE)
    found = list(read([server.url + "/private/a", server.url + "/open/a"], READING))
    assert {type(item) for item in found} == {Article, Failure}
    assert [item.reason for item in found if isinstance(item, Failure)] == ["robots"]
    assert server.asked["/robots.txt"] == 1
    assert server.asked["/private/a"] == 0
    careless = replace(READING, web=Web(robots=False))
    assert isinstance(server.read("/private/a", careless)[0], Article)


def test_a_redirect_is_followed_and_its_target_asks_robots_again(server: Server) -> None:
    server.answers["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /secret\n"
    server.answers["/old"] = 301, {"Location": "/new"}, b""
    server.answers["/new"] = html(PAGE)
    server.answers["/to-secret"] = 302, {"Location": "/secret"}, b""
    server.answers["/secret"] = html(PAGE)
    server.answers["/round"] = 302, {"Location": "/round"}, b""
    server.answers["/file"] = 302, {"Location": "file:///etc/hostname"}, b""
    assert isinstance(server.read("/old")[0], Article)
    reasons = {path: item.reason for path in ("/to-secret", "/round", "/file")
               for item in server.read(path) if isinstance(item, Failure)}  # fmt: skip
    assert reasons == {"/to-secret": "robots", "/round": "web", "/file": "web"}
    assert server.asked["/secret"] == 0


def test_a_passing_fault_is_asked_again_and_a_lasting_one_is_told(server: Server) -> None:
    tries = iter([503, 200])
    server.answers["/robots.txt"] = 404, {}, b""
    server.answers["/once"] = lambda _: (next(tries), {"Content-Type": "text/html", "Retry-After": "0"}, PAGE)
    server.answers["/always"] = 503, {"Retry-After": "0"}, b""
    assert isinstance(server.read("/once")[0], Article)
    (failure,) = server.read("/always")
    assert isinstance(failure, Failure)
    assert failure.detail == "HTTP 503"
    assert server.asked["/always"] == 2


def test_too_large_and_too_slow_answers_are_cut_off(server: Server) -> None:
    server.answers["/large"] = html(PAGE * 40)

    def slow(handler: BaseHTTPRequestHandler) -> Answer:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b"a")
                handler.wfile.flush()
            except OSError:
                break
            time.sleep(0.1)
        return 200, {}, b""

    server.answers["/slow"] = slow
    assert [item.reason for item in server.read("/large") if isinstance(item, Failure)] == ["too-large"]
    impatient = replace(READING, web=Web(retries=0, seconds=0.5))
    started = time.perf_counter()
    assert [item.reason for item in server.read("/slow", impatient) if isinstance(item, Failure)] == [
        "too-slow"
    ]
    assert time.perf_counter() - started < 3


def test_the_cache_spares_the_server_and_asks_whether_it_still_holds(server: Server, tmp_path: Path) -> None:
    def tagged(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers.get("If-None-Match") == '"a"':
            return 304, {}, b""
        return html(PAGE, ETag='"a"')

    server.answers["/a"] = tagged
    fresh = replace(READING, web=Web(cache=str(tmp_path / "cache")))
    stale = replace(READING, web=Web(cache=str(tmp_path / "cache"), cache_seconds=0))
    first = server.read("/a", fresh)
    assert server.read("/a", fresh) == first
    assert server.asked["/a"] == 1
    assert server.read("/a", stale) == first
    assert server.asked["/a"] == 2


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::bad/", "http://", "https://localhost:99999/"]
)
def test_addresses_that_lead_nowhere(url: str) -> None:
    (failure,) = read(url, Reading(web=Web(retries=0), limits=Limits(seconds=2)))
    assert isinstance(failure, Failure)
    assert failure.reason in ("web", "robots")


def test_a_server_that_is_down_is_told_as_such(server: Server) -> None:
    server.answers["/robots.txt"] = 503, {"Retry-After": "0"}, b""
    server.answers["/rss"] = html(PAGE)
    for _ in range(2):
        (failure,) = server.read("/rss")
        assert isinstance(failure, Failure)
        assert (failure.reason, failure.detail) == ("web", "HTTP 503 (robots.txt)")
    assert server.asked["/rss"] == 0, "a failing server is not asked for pages"
    (failure,) = read("http://127.0.0.1:1/rss", Reading(web=Web(retries=0), limits=Limits(seconds=2)))
    assert isinstance(failure, Failure)
    assert failure.reason == "web"
    assert "refused" in failure.detail


def test_a_server_that_does_not_answer_is_told_as_such(server: Server) -> None:
    def late(_: BaseHTTPRequestHandler) -> Answer:
        time.sleep(1.5)
        return 200, {}, b""

    server.answers["/robots.txt"] = late
    (failure,) = server.read("/a", Reading(web=Web(retries=0), limits=Limits(seconds=0.5)))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.detail.partition(":")[0]) == ("web", "ReadTimeout")


def _feed(server: Server, *items: str) -> None:
    text = "".join(f"<item>{item}</item>" for item in items)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>한빛뉴스</title>{text}</channel></rss>'
    server.answers["/rss"] = 200, {"Content-Type": "application/rss+xml; charset=utf-8"}, body.encode()


def test_a_page_that_is_gone_is_told_where_its_feed_says_too_little(server: Server) -> None:
    long = "나래시는 강변 공원을 두 배로 넓힌다고 5일 밝혔다. 공사는 가을에 끝난다."
    _feed(
        server,
        "<title>하나</title><link>/gone/1</link><description>공원 소식</description>",
        f"<title>둘</title><link>/gone/2</link><description>{long}</description>",
        "<title>셋</title><link>/gone/3</link>"
        "<description>&lt;a href='/x'&gt;나래시 강변 공원 두 배로 넓힌다&lt;/a&gt;</description>",
    )
    first, second, third = server.read("/rss")
    for failure in (first, third):
        assert isinstance(failure, Failure)
        assert (failure.reason, failure.detail) == ("web", "HTTP 404")
    assert isinstance(second, Article)
    assert second.text == long
    assert Note("page", "HTTP 404") in second.notes


def test_an_entry_that_a_feed_holds_twice_is_told(server: Server) -> None:
    one = "<title>하나</title><guid>x1</guid><description>나래시는 공원을 넓힌다고 밝혔다.</description>"
    _feed(server, f"{one}<link>/gone/1</link>", f"{one}<link>/gone/1?utm_source=a</link>")
    server.answers["/gone/1"] = html(PAGE)
    first, second = server.read("/rss")
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert (second.reason, second.detail) == ("duplicate", f"{server.url}/rss:1")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<?xml version='1.0'?><urlset><url><loc>http://a.example/</loc></url></urlset>", "not-a-feed"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><title>a</title></channel></rss>", "no-entries"),
        (b"Service unavailable", "not-a-feed"),
        (b"", "empty"),
    ],
)
def test_what_is_no_feed_is_told(server: Server, body: bytes, reason: str) -> None:
    server.answers["/rss"] = 200, {"Content-Type": "application/rss+xml"}, body
    (failure,) = server.read("/rss")
    assert isinstance(failure, Failure)
    assert failure.reason == reason
