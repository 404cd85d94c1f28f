"""The desk: what can be changed, who may, and what of it is in the file."""

from __future__ import annotations

import gc
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pipeline.desk import Sheet, views
from pipeline.desk.actions import ACTIONS
from pipeline.desk.asked import Asked, mark
from pipeline.newsroom import Newsroom
from pipeline.records import BadChangeError, Changes, ConfigError, Digest, SentError, StaleError, Thread

from .desk import DATE, Desk, later, room_in


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with room_in(tmp_path_factory.mktemp("desk") / "room") as found:
        yield found


@pytest.fixture
def sheet(room: Newsroom) -> Sheet:
    (room.issue_folder(DATE) / "issue.toml").unlink(missing_ok=True)
    return Sheet(room, DATE)


@pytest.fixture(scope="module")
def desk(room: Newsroom) -> Desk:
    (room.issue_folder(DATE) / "issue.toml").unlink(missing_ok=True)
    return Desk(room)


@pytest.fixture
def client(desk: Desk) -> Iterator[httpx.Client]:
    desk.sheet.file.unlink(missing_ok=True)
    with httpx.Client(base_url=desk.base, headers={"origin": desk.base}, trust_env=False) as found:
        found.get(desk.url, follow_redirects=True)
        yield found


def _stories(digest: Digest) -> list[Thread]:
    return [one for section in digest.themes for one in section.stories]


def _do(sheet: Sheet, name: str, **form: str | list[str]) -> Digest:
    fields = {key: value if isinstance(value, list) else [value] for key, value in form.items()}

    def make(changes: Changes, basis: object, digest: Digest) -> Changes:
        return ACTIONS[name](changes, Asked(sheet.basis, digest, fields, sheet.articles))

    sheet.change(sheet.version, make)
    assert sheet.edited.unmet == ()
    return sheet.edited.digest


def _line(one: Thread, n: int) -> dict[str, str]:
    line = one.lines[n]
    return {"story": mark(one.id), "article": mark(line.article), "sentence": str(line.sentence)}


# ── what can be done ───────────────────────────────────────────────────────────────────────────────


def test_doing_a_thing_twice_takes_it_back(sheet: Sheet) -> None:
    before = sheet.edited.digest
    one = next(s for s in _stories(before) if s.id != before.lead and len(s.lines) > 1)
    for name, form in (
        ("lead", {"story": mark(one.id)}),
        ("pin-story", {"story": mark(one.id)}),
        ("pin-line", _line(one, 1)),
    ):
        _do(sheet, name, **form)
        assert replace(sheet.changes, version=0) != Changes()
        assert _do(sheet, name, **form) == before
        assert replace(sheet.changes, version=0) == Changes()


def test_a_story_that_was_moved_is_moved_back_and_keeps_its_headline(sheet: Sheet) -> None:
    before = sheet.edited.digest
    one = next(s for s in _stories(before) if s.id != before.lead and not s.elsewhere and s.lines)
    to = next(t.id for t in before.themes if t.id != one.theme)
    _do(sheet, "headline", story=mark(one.id), text="  편집자의\n제목 ")
    moved = _do(sheet, "move-story", story=mark(one.id), to=to)
    now = next(s for s in _stories(moved) if s.event == one.event and s.theme == to)
    assert now.headline == "편집자의 제목"
    _do(sheet, "headline", story=mark(now.id), text="두 번째")
    assert len(sheet.changes.headlines) == 1
    back = _do(sheet, "move-story", story=mark(now.id), to=one.theme)
    assert next(s.headline for s in _stories(back) if s.id == one.id) == "두 번째"
    assert sheet.changes.moved == ()
    _do(sheet, "headline", story=mark(one.id), text="")
    assert sheet.edited.digest == before


def test_a_line_that_was_swapped_is_swapped_again_back_and_dropped(sheet: Sheet) -> None:
    before = sheet.edited.digest
    printed = {(x.article, x.sentence) for s in _stories(before) for x in s.lines}
    free = {s.id for s in before.sources if not s.restricted}
    one = next(s for s in _stories(before) if len(s.lines) > 1 and s.lines[1].article in free)
    article = one.lines[1].article
    others = [i for i in sheet.basis.reports[article].ranking if (article, i) not in printed]
    form = _line(one, 1)
    for by in others[:2]:
        made = _do(sheet, "swap", **form, by=str(by))
        form = {**form, "sentence": str(by)}
        assert len(sheet.changes.replaced) == 1
        assert (article, by) in {(x.article, x.sentence) for s in _stories(made) for x in s.lines}
    assert _do(sheet, "swap", **form, by=str(one.lines[1].sentence)) == before
    form = _line(one, 1)
    _do(sheet, "swap", **form, by=str(others[0]))
    made = _do(sheet, "drop-line", **{**form, "sentence": str(others[0])})
    told = {(x.article, x.sentence) for s in _stories(made) for x in s.lines}
    assert not {(article, others[0]), (article, one.lines[1].sentence)} & told
    _do(sheet, "add-line", article=mark(article), sentence=str(others[0]), to=one.theme)
    made = sheet.edited.digest
    assert (article, others[0]) in {(x.article, x.sentence) for s in _stories(made) for x in s.lines}


def test_an_article_that_the_issue_left_out_becomes_a_story(sheet: Sheet) -> None:
    one = next(s for s in _stories(sheet.edited.digest) if s.lines)
    without = _do(sheet, "drop-story", story=mark(one.id))
    assert one.id not in {s.id for s in _stories(without)}
    made = _do(sheet, "add-story", article=mark(one.articles[0]), to=one.theme)
    assert one.id in {s.id for s in _stories(made)}


def test_what_makes_no_sense_is_refused_and_nothing_is_saved(sheet: Sheet) -> None:
    one = _stories(sheet.edited.digest)[0]
    line = _line(one, 0)
    wrong: list[tuple[str, dict[str, str | list[str]]]] = [
        ("lead", {"story": "x"}),
        ("lead", {"story": ["a", "b"]}),
        ("headline", {"story": mark(one.id), "text": "가" * 301}),
        ("words", {"place": "everywhere", "text": "x"}),
        ("words", {"place": "opening", "text": "가" * 5001}),
        ("drop-line", {**line, "sentence": "99999"}),
        ("drop-line", {**line, "sentence": "-1"}),
        ("drop-line", {**line, "sentence": "1e3"}),
        ("drop-line", {**line, "article": "../../etc/passwd"}),
        ("swap", {**line, "by": line["sentence"]}),
        ("move-line", {**line, "to": "nowhere"}),
        ("order-lines", {"story": mark(one.id), "lines": ["a|b"]}),
        ("order-lines", {"story": mark(one.id), "lines": [line["article"] + "|²"]}),
        ("hide-row", {"table": "sources"}),
        ("merge", {"term": "GPU", "into": "gpu"}),
    ]
    for name, form in wrong:
        with pytest.raises(BadChangeError):
            _do(sheet, name, **form)
    assert not sheet.file.exists()


# ── the file ───────────────────────────────────────────────────────────────────────────────────────


def test_undo_and_redo_go_through_the_file(sheet: Sheet) -> None:
    _do(sheet, "hide", term="가")
    _do(sheet, "hide", term="나")
    assert sheet.undo(sheet.version)
    assert sheet.changes.hidden == ("가",)
    assert Sheet(sheet.room, DATE).changes == sheet.changes
    assert sheet.redo(sheet.version)
    assert not sheet.redo(sheet.version)
    assert list(sheet.changes.hidden) == ["가", "나"]
    assert sheet.changes.version == 4
    sheet.undo(sheet.version)
    _do(sheet, "hide", term="다")
    assert not sheet.can_redo


def test_two_windows_and_a_hand_do_not_overwrite_each_other(sheet: Sheet) -> None:
    seen = sheet.version
    _do(sheet, "hide", term="가")
    with pytest.raises(StaleError):
        sheet.change(seen, lambda changes, *_: replace(changes, hidden=("나",)))
    other = Sheet(sheet.room, DATE)
    seen = sheet.version
    _do(other, "hide", term="나")
    with pytest.raises(StaleError):
        sheet.change(seen, lambda changes, *_: replace(changes, hidden=("다",)))
    text = sheet.file.read_text(encoding="utf-8").replace('"나"', '"손으로"')
    seen = sheet.version
    sheet.file.write_text("# 내가 고침\n" + text, encoding="utf-8")
    with pytest.raises(StaleError):
        sheet.undo(seen)
    assert sheet.changes.hidden == ("가", "손으로")
    _do(sheet, "hide", term="다")
    assert sheet.file.read_text(encoding="utf-8").startswith("# 내가 고침\n")
    sheet.undo(sheet.version)
    sheet.undo(sheet.version)
    assert sheet.changes.hidden == ("가", "나")


def test_a_file_that_cannot_be_read_is_not_overwritten(sheet: Sheet) -> None:
    _do(sheet, "hide", term="가")
    seen = sheet.version
    sheet.file.write_text("hidden = [", encoding="utf-8")
    with pytest.raises(ConfigError):
        sheet.change(seen, lambda changes, *_: replace(changes, hidden=()))
    assert sheet.file.read_text(encoding="utf-8") == "hidden = ["


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_full_disk_changes_nothing(sheet: Sheet) -> None:
    _do(sheet, "hide", term="가")
    sheet.file.parent.chmod(0o500)
    try:
        with pytest.raises(OSError, match="denied"):
            _do(sheet, "hide", term="나")
    finally:
        sheet.file.parent.chmod(0o700)
    assert sheet.changes.hidden == ("가",)


def test_a_sent_issue_is_only_looked_at(sheet: Sheet) -> None:
    sheet.material = replace(sheet.material, sent=True)
    with pytest.raises(SentError):
        _do(sheet, "hide", term="가")
    assert not sheet.file.exists()


# ── who may ────────────────────────────────────────────────────────────────────────────────────────


def _version(client: httpx.Client) -> str:
    found = re.search(r'data-version="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def test_the_address_gives_a_cookie_and_a_change_is_saved(client: httpx.Client, desk: Desk) -> None:
    first = httpx.get(desk.url, trust_env=False)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= set(first.headers["set-cookie"].split("; "))
    seen = _version(client)
    done = client.post("/change", data={"do": "hide", "term": "가", "version": seen})
    assert done.status_code == 200
    assert "저장" not in done.headers["hx-trigger"]  # ASCII, as headers are
    assert desk.saved().hidden == ("가",)
    late = client.post("/change", data={"do": "hide", "term": "나", "version": seen})
    assert late.status_code == 409
    assert "다른 창" in late.text
    assert desk.saved().hidden == ("가",)


def test_pages_say_that_nothing_from_elsewhere_runs(client: httpx.Client) -> None:
    for path in ("/", "/issue", "/articles", "/changes", "/preview", "/style.css", "/static/desk.js"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text.split("<main")[0])
    mail = client.get("/email", params={"scheme": "dark"})
    assert mail.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_others_are_refused(client: httpx.Client, desk: Desk) -> None:
    good = {"do": "hide", "term": "가", "version": _version(client)}
    bare = httpx.Client(base_url=desk.base, trust_env=False)
    assert bare.get("/").status_code == 403
    assert bare.get("/?token=wrong").status_code == 403
    assert bare.get("/static/desk.js").status_code == 403
    assert bare.post("/change", data=good, headers={"origin": desk.base}).status_code == 403
    cookies = dict(client.cookies)
    for headers, status in (
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": f"http://localhost:{desk.port}"}, 403),
        ({"origin": f"http://127.0.0.1:{desk.port + 1}"}, 403),
        ({}, 403),
        ({"origin": desk.base, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://evil.example", "host": "evil.example"}, 421),
        ({"origin": desk.base, "host": "evil.example"}, 421),
        ({"origin": desk.base, "host": "127.0.0.1"}, 421),
        ({"origin": desk.base, "cookie": "yoyak-desk-1=x; a"}, 403),
    ):
        with httpx.Client(base_url=desk.base, cookies=cookies, trust_env=False) as other:
            if "cookie" in headers:
                other.cookies.clear()
            assert other.post("/change", data=good, headers=headers).status_code == status, headers
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/change").status_code == 405
    assert client.get("/change", params=good).status_code == 405
    assert desk.saved() == Changes()


def _raw(desk: Desk, client: httpx.Client, request: str, body: bytes = b"") -> bytes:
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    head = f"{request} HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {cookie}\r\n"
    with socket.create_connection(("127.0.0.1", desk.port), 10) as found:
        found.sendall(f"{head}Origin: {desk.base}\r\n".encode() + body)
        return found.recv(65536)


def test_requests_that_say_two_things_are_refused(client: httpx.Client, desk: Desk) -> None:
    end = b"Connection: close\r\n\r\n"
    for request, more in (
        ("GET /", b"Host: evil.example\r\n" + end),
        ("POST /change", b"Origin: http://evil.example\r\nContent-Length: 0\r\n" + end),
        ("POST /change", b"Content-Length: 5\r\nContent-Length: 500000000\r\n" + end),
        ("POST /change", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + end + b"0\r\n\r\n"),
    ):
        assert _raw(desk, client, request, more).split(b" ")[1] in (b"400", b"403"), more
    with socket.create_connection(("127.0.0.1", desk.port), 10) as bare:
        bare.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert bare.recv(100).split(b" ")[1] == b"421"
    assert desk.saved() == Changes()


def test_no_path_leads_out(client: httpx.Client, desk: Desk) -> None:
    for path in (
        "/static/../../../pyproject.toml", "/static/..%2f..%2fsheet.py", "/static/%2e%2e/__init__.py",
        "//etc/passwd", "/static//etc/passwd", "/static/htmx.LICENSE", "/issues/../newsletter.toml",
        "/article?article=../../newsletter.toml", "/article?article=%00", "/static/desk.js%00",
    ):  # fmt: skip
        answer = _raw(desk, client, f"GET {path}", b"Connection: close\r\n\r\n")
        assert answer.split(b" ")[1] in (b"404", b"400"), path
        assert b"[project]" not in answer and b"root:" not in answer


def test_ten_megabytes_are_refused(client: httpx.Client, desk: Desk) -> None:
    much = {"do": "words", "place": "opening", "text": "a" * 10_000_000, "version": _version(client)}
    # The answer may come, and the line be closed, before all of it is sent.
    with suppress(httpx.WriteError):
        assert client.post("/change", data=much).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield b"do=hide&term="
        for _ in range(100):
            yield b"a" * 100_000

    with suppress(httpx.WriteError):
        assert client.post("/change", content=pieces()).status_code == 413
    assert _raw(desk, client, "POST /change", b"Content-Length: -1\r\n\r\n").split(b" ")[1] in (
        b"400",
        b"413",
    )
    assert desk.saved() == Changes()


def test_odd_bodies_are_told_and_change_nothing(client: httpx.Client, desk: Desk) -> None:
    seen = _version(client)
    bodies = (
        b"\xff\xfe", b"do=hide", b"do=nothing&version=" + seen.encode(), b"&" * 30_000,
        f"do=hide&term=%00%ff&term=b&version={seen}".encode(), f"do=forget&mark=x&version={seen}".encode(),
        f"do=order-lines&story=x&lines=a|b&version={seen}".encode(),
    )  # fmt: skip
    for body in bodies:
        answer = client.post("/change", content=body)
        assert answer.status_code in (400, 409), body
        assert 'class="notice"' in answer.text
    assert desk.saved() == Changes()


# ── articles come in ───────────────────────────────────────────────────────────────────────────────


def test_with_ten_thousand_articles_a_change_is_quick_and_the_page_small(sheet: Sheet) -> None:
    reports = dict(sheet.basis.reports)
    events = dict(sheet.basis.events)
    sources = list(sheet.basis.digest.sources)
    for n, (report, source) in enumerate(zip(list(reports.values()) * 800, sources * 800, strict=True)):
        name = f"{report.id}-{n}"
        reports[name] = replace(report, id=name)
        event = events[report.id]
        main = {name: event.main[report.id]}
        events[name] = replace(event, id=f"event-{name}", articles=(name,), main=main)
        sources.append(replace(source, id=name, quoted=0))
    digest = replace(sheet.basis.digest, sources=tuple(sources))
    sheet.basis = replace(sheet.basis, reports=reports, events=events, digest=digest)
    sheet.articles = {mark(name): name for name in reports}
    assert len(reports) > 10_000
    one = next(s for s in _stories(digest) if len(s.lines) > 1)
    gc.collect()
    gc.freeze()
    page(sheet)
    took = []
    for name, form in (
        ("drop-line", _line(one, 1)),
        ("headline", {"story": mark(one.id), "text": "편집자의 제목"}),
        ("add-story", {"article": list(sheet.articles)[-1]}),
        ("hide", {"term": digest.keywords[0].term}),
    ):
        start = time.process_time()
        _do(sheet, name, **form)
        text = page(sheet)
        took.append(time.process_time() - start)
        assert len(text.encode()) < 500_000
    gc.unfreeze()
    assert max(took) < 0.15, took


def page(sheet: Sheet) -> str:
    return views.page("desk.issue.html", sheet, **views.issue_values(sheet))


def test_new_articles_come_in_and_the_changes_stand(tmp_path: Path, room: Newsroom) -> None:
    with room_in(tmp_path / "room", room.pipeline) as own:
        sheet = Sheet(own, DATE)
        one = next(s for s in _stories(sheet.edited.digest) if len(s.lines) > 1)
        _do(sheet, "drop-line", **_line(one, 1))
        _do(sheet, "headline", story=mark(one.id), text="편집자 제목")
        count = len(sheet.material.articles)
        later(own)
        sheet.again()
        assert len(sheet.material.articles) == count + 2
        assert sheet.edited.unmet == ()
        told = _stories(sheet.edited.digest)
        assert "편집자 제목" in {s.headline for s in told}
        assert one.lines[1].text not in {x.text for s in told for x in s.lines}
        written = sheet.write()
        assert "편집자 제목" in written[0].read_text(encoding="utf-8")
