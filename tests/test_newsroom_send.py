"""An issue sent, against servers on loopback: SMTP (aiosmtpd), listmonk and Ghost."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from pipeline import Pipeline, newsroom
from pipeline.newsroom import Newsroom, issues, smtp
from pipeline.newsroom.drafts import draft
from pipeline.newsroom.gather import gather
from pipeline.newsroom.letters import recipients_in
from pipeline.newsroom.send import Outcome, send
from pipeline.records import ConfigError, DataError, SendError
from pipeline.run.tools import newsletter_of
from pipeline.settings import Settings

from .test_newsroom import ONE, drop

READERS = "# 독자\n하나 <one@example.com>\ntwo@example.com\n\nTwo@Example.com\nthree@example.com\n"


@dataclass
class Box:
    """What a mail server was given; it may refuse, or go away."""

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    rcpt: Callable[[str], str | None] = lambda address: None
    data: Callable[[str], str | None] = lambda address: None
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if answer := self.rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = self.data(address)
        if answer is None or answer == "drop":
            self.messages.append((address, envelope.content))
        if answer == "drop":
            server.transport.abort()  # type: ignore[union-attr]
        return answer or "250 taken"

    @property
    def to(self) -> list[str]:
        return [address for address, _ in self.messages]


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def box() -> Iterator[Box]:
    found = Box()
    found.port = free_port()
    server = Controller(found, hostname="127.0.0.1", port=found.port)
    server.start()
    yield found
    server.stop()


@pytest.fixture
def room(tmp_path: Path, pipeline: Pipeline, box: Box, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.setattr(smtp, "WAIT", 0.01)
    folder = tmp_path / "room"
    newsroom.create(folder)
    (folder / "readers.txt").write_text(READERS, encoding="utf-8")
    with opened(folder, pipeline, f'server = "127.0.0.1"\nport = {box.port}\nsecurity = "none"') as found:
        drop(found, "one.txt", ONE)
        gather(found)
        made = found.material("2026-02-11")
        found.write(made, found.compose(made).digest)
        yield found


def opened(folder: Path, pipeline: Pipeline, sending: str, letter: str = "") -> Newsroom:
    (folder / "newsletter.toml").write_text(
        "[newsletter]\n"
        'name = "나래 아침"\nsender = "나래 아침 <news@example.com>"\n'
        f'unsubscribe = "https://example.com/bye"\n{letter}\n'
        f'[sending]\ntest = "desk@example.com"\nrecipients = "readers.txt"\nretries = 2\n{sending}\n',
        encoding="utf-8",
    )
    found = newsroom.open(folder)
    found._pipeline = as_set(pipeline, found.settings)
    return found


def as_set(pipeline: Pipeline, settings: Settings) -> Pipeline:
    """A pipeline that is loaded already, with what its newsletter says of itself."""
    made = Pipeline.__new__(Pipeline)
    made.tools = replace(pipeline.tools, settings=settings, newsletter=newsletter_of(settings))
    return made


def fates(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    return {one.recipient: one.fate for one in outcomes}


def test_it_goes_to_the_test_address_and_then_to_each_once(room: Newsroom, box: Box) -> None:
    dry = send(room, dry=True)
    assert (dry.test, box.to) == (True, [])
    first = send(room)
    assert (first.test, box.to) == (True, ["desk@example.com"])
    assert not room.material("2026-02-11").sent, "it may be changed after a test"
    assert fates(send(room).outcomes) == dict.fromkeys(
        ("one@example.com", "two@example.com", "three@example.com"), "sent"
    )
    assert box.to[1:] == ["one@example.com", "two@example.com", "three@example.com"]
    again = send(room)
    assert set(fates(again.outcomes).values()) == {"sent-before"}
    assert len(box.to) == 4
    assert room.material("2026-02-11").sent
    with pytest.raises(DataError):
        room.write(room.material("2026-02-11"), room.compose(room.material("2026-02-11")).digest)


def test_each_message_is_whole_and_names_its_own_recipient(room: Newsroom, box: Box) -> None:
    send(room, now=True)
    found = [email.message_from_bytes(data, policy=email.policy.default) for _, data in box.messages]
    assert [one["To"] for one in found] == ["하나 <one@example.com>", "two@example.com", "three@example.com"]
    assert len({one["Message-ID"] for one in found}) == 3
    assert {one["List-Unsubscribe"] for one in found} == {"<https://example.com/bye>"}
    assert {one["List-Unsubscribe-Post"] for one in found} == {None}, "the address takes no POST"
    for one in found:
        assert "1200억원" in one.get_body(("html",)).get_content()  # type: ignore[union-attr]
        assert one["From"] == "나래 아침 <news@example.com>"
    raw = (room.issue_folder("2026-02-11") / "digest.eml").read_bytes()
    assert b"List-Unsubscribe:" in raw and b"List-Unsubscribe-Post" not in raw


def test_an_address_of_ones_own_to_unsubscribe(room: Newsroom, box: Box, pipeline: Pipeline) -> None:
    text = (room.folder / "newsletter.toml").read_text(encoding="utf-8")
    text = text.replace("com/bye", "com/bye?who={address}") + "one_click = true\n"
    (room.folder / "newsletter.toml").write_text(text, encoding="utf-8")
    with newsroom.open(room.folder) as other:
        other._pipeline = as_set(pipeline, other.settings)
        made = other.material("2026-02-11")
        other.write(made, other.compose(made).digest)
        send(other, now=True)
    one = email.message_from_bytes(box.messages[0][1], policy=email.policy.default)
    assert one["List-Unsubscribe"] == "<https://example.com/bye?who=one@example.com>"
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = one.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "bye?who=one@example.com" in page


def test_errors_that_pass_are_tried_again_and_others_are_told(room: Newsroom, box: Box) -> None:
    tries = iter(["451 later"])
    box.rcpt = lambda address: next(tries, None) if address.startswith("one") else None
    box.data = lambda address: "554 spam" if address.startswith("two") else None
    found = send(room, now=True).outcomes
    assert fates(found) == {
        "one@example.com": "sent",
        "two@example.com": "refused",
        "three@example.com": "sent",
    }
    assert found[1].detail == "554 spam"
    box.data = lambda address: "452 full"
    assert fates(send(room, now=True).outcomes)["two@example.com"] == "passing"
    box.data = lambda address: None
    assert fates(send(room, now=True).outcomes)["two@example.com"] == "sent"
    assert sorted(box.to) == ["one@example.com", "three@example.com", "two@example.com"]


def test_what_may_have_arrived_is_told_and_not_sent_again(room: Newsroom, box: Box) -> None:
    box.data = lambda address: "drop" if address.startswith("two") else None
    assert fates(send(room, now=True).outcomes) == {
        "one@example.com": "sent", "two@example.com": "unknown", "three@example.com": "sent",
    }  # fmt: skip
    box.data = lambda address: None
    assert fates(send(room, now=True).outcomes)["two@example.com"] == "unknown-before"
    assert box.to.count("two@example.com") == 1
    assert fates(send(room, now=True, again=["two@example.com"]).outcomes)["two@example.com"] == "sent"


def test_a_server_that_is_not_there_leaves_all_to_be_sent(
    room: Newsroom, box: Box, pipeline: Pipeline
) -> None:
    with opened(room.folder, pipeline, 'server = "127.0.0.1"\nport = 1\nsecurity = "none"') as other:
        with pytest.raises(SendError) as error:
            send(other, now=True)
        assert error.value.reason == "server"
    with opened(room.folder, pipeline, 'server = "mail.example.com"\nsecurity = "none"') as other:
        with pytest.raises(SendError) as error:
            send(other, now=True)
        assert error.value.reason == "insecure"
    assert set(fates(send(room, now=True).outcomes).values()) == {"sent"}


def test_what_keeps_an_issue_from_being_sent(room: Newsroom, box: Box) -> None:
    file = room.issue_folder("2026-02-11") / "digest.json"
    good = file.read_bytes()
    file.write_bytes(good + b" ")
    for date, reason in (("2026-02-11", "changed"), ("2026-02-12", "no-issue")):
        with pytest.raises(SendError) as error:
            send(room, date)
        assert error.value.reason == reason
    file.write_bytes(good)
    (room.folder / "readers.txt").write_text("nobody\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 1"):
        send(room, now=True)
    assert box.to == []


def test_addresses_are_read_once_each(tmp_path: Path) -> None:
    file = tmp_path / "readers.txt"
    file.write_text(READERS, encoding="utf-8")
    assert [one.address for one in recipients_in(file)] == [
        "one@example.com", "two@example.com", "three@example.com",
    ]  # fmt: skip


def test_over_tls_with_a_password(
    room: Newsroom, tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    taken = Box()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (b"news", b"hush")
        return AuthResult(success=good, handled=good)

    class Server(Controller):
        def factory(self) -> SMTP:
            return SMTP(
                taken, tls_context=context, require_starttls=True, authenticator=check, auth_required=True
            )

    port = free_port()
    server = Server(taken, hostname="localhost", port=port)
    server.start()
    (tmp_path / "secret").write_text("hush\n", encoding="utf-8")
    sending = f'server = "localhost"\nport = {port}\nuser = "news"\nsecret_file = "{tmp_path / "secret"}"'
    monkeypatch.delenv("YOYAK_SMTP_PASSWORD", raising=False)
    try:
        with opened(room.folder, pipeline, sending) as other:
            with pytest.raises(SendError) as error:
                send(other, test=True)
            assert error.value.reason == "certificate"
            monkeypatch.setenv("SSL_CERT_FILE", str(cert))
            send(other, test=True)
            assert taken.to == ["desk@example.com"]
            for wrong in ("wrong", "비밀"):
                monkeypatch.setenv("YOYAK_SMTP_PASSWORD", wrong)
                with pytest.raises(SendError) as error:
                    send(other, test=True)
                assert error.value.reason == "login"
            (tmp_path / "secret").unlink()
            monkeypatch.delenv("YOYAK_SMTP_PASSWORD")
            with pytest.raises(SendError) as error:
                send(other, test=True)
            assert error.value.reason == "no-secret"
    finally:
        server.stop()


# ── drafts ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Api:
    """A server of an API: what it was asked, and what it holds."""

    url: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    held: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def api() -> Iterator[Api]:
    found = Api()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            found.asked.append((self.command, self.path.split("?")[0], self.headers["Authorization"]))
            given = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
            status, body = _listmonk(self, given) if self.path.startswith("/api") else _ghost(self, given)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    def _listmonk(request: BaseHTTPRequestHandler, given: Any) -> tuple[int, Any]:
        if request.headers["Authorization"] != "token api:abc":
            return 403, {"message": "invalid"}
        if request.command == "GET":
            return 200, {"data": {"results": list(found.held.values())}}
        found.held["1"] = {"status": "draft", **found.held.get("1", {}), **given, "id": 1}
        return 200, {"data": found.held["1"]}

    def _ghost(request: BaseHTTPRequestHandler, given: Any) -> tuple[int, Any]:
        if request.command == "GET":
            there = found.held.get("post")
            return (200, {"posts": [there]}) if there else (404, {"errors": [{"message": "not found"}]})
        found.held["post"] = {"updated_at": "2026", **given["posts"][0], "id": "abc"}
        return 201, {"posts": [found.held["post"]]}

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{http.server_port}"
    yield found
    http.shutdown()
    http.server_close()


def test_a_draft_for_listmonk_is_there_once(
    room: Newsroom, api: Api, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = f'[sending.listmonk]\nurl = "{api.url}"\nuser = "api"\nlists = [3]'
    with opened(room.folder, pipeline, table) as other:
        monkeypatch.delenv("YOYAK_LISTMONK_TOKEN", raising=False)
        with pytest.raises(SendError) as error:
            draft(other, "listmonk")
        assert error.value.reason == "no-secret"
        monkeypatch.setenv("YOYAK_LISTMONK_TOKEN", "abc")
        assert draft(other, "listmonk") == draft(other, "listmonk") == f"{api.url}/admin/campaigns/1"
        assert [method for method, *_ in api.asked] == ["GET", "POST", "GET", "PUT"]
        made = api.held["1"]
        assert (made["lists"], made["type"], made["subject"]) == ([3], "regular", made["subject"])
        assert "1200억원" in made["body"] and "{{ UnsubscribeURL }}" in made["body"]
        made["status"] = "finished"
        with pytest.raises(SendError) as error:
            draft(other, "listmonk")
        assert error.value.reason == "published"
        monkeypatch.setenv("YOYAK_LISTMONK_TOKEN", "wrong")
        with pytest.raises(SendError, match="HTTP 403"):
            draft(other, "listmonk")


def test_a_draft_for_ghost_is_there_once(
    room: Newsroom, api: Api, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOYAK_GHOST_KEY", "kid:00ff")
    with opened(room.folder, pipeline, f'[sending.ghost]\nurl = "{api.url}"') as other:
        assert draft(other, "ghost") == draft(other, "ghost") == f"{api.url}/ghost/#/editor/post/abc"
    assert [method for method, *_ in api.asked] == ["GET", "POST", "GET", "PUT"]
    made = api.held["post"]
    assert (made["slug"], made["status"]) == ("yoyak-2026-02-11", "draft")
    assert "1200억원" in made["html"] and "<html" not in made["html"]
    head, payload, _ = api.asked[0][2].removeprefix("Ghost ").split(".")
    assert len(head) > 10 and len(payload) > 10
    monkeypatch.setenv("YOYAK_GHOST_KEY", "nonsense")
    with (
        opened(room.folder, pipeline, f'[sending.ghost]\nurl = "{api.url}"') as other,
        pytest.raises(SendError),
    ):
        draft(other, "ghost")


def test_braces_of_an_article_are_no_template() -> None:
    from pipeline.newsroom.drafts import _for_listmonk

    assert _for_listmonk("값은 {{ .Secret }}") == '값은 {{ "{{" }} .Secret }}'


def test_the_issue_of_the_tables_is_what_was_written(room: Newsroom) -> None:
    found = issues.digest_of(room.base, "2026-02-11")
    assert found is not None and found.date == "2026-02-11"


def test_an_issue_with_changes_that_are_not_in_its_files_is_not_sent(room: Newsroom, box: Box) -> None:
    file = room.issue_folder("2026-02-11") / newsroom.CHANGES
    file.write_text('version = 1\nhidden = ["D램"]\n', encoding="utf-8")
    with pytest.raises(SendError, match="unwritten"):
        send(room, now=True)
    assert box.to == []
    made = room.material("2026-02-11")
    room.write(made, room.compose(made).digest)
    file.write_text('# 다시 적음\nversion = 7\nhidden = ["D램"]\n', encoding="utf-8")
    send(room, now=True)
    assert len(box.to) == 3
