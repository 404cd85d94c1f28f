"""A newsroom: what comes in, what becomes of it, and what the issues are made of."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import Pipeline, newsroom
from pipeline.newsroom import Newsroom
from pipeline.newsroom.base import MIGRATIONS
from pipeline.newsroom.gather import Gathered, gather
from pipeline.newsroom.intake import label_of
from pipeline.records import ConfigError, DataError
from pipeline.settings import load_labels, resource
from pipeline.settings.toml import read_toml

ONE = (
    "나래전자, 3분기 흑자 전환\n\n"
    "나래전자가 3분기에 영업이익 1200억원을 냈다고 11일 밝혔다. "
    "매출은 2조3000억원으로 1년 전보다 12% 늘었다. "
    "서버용 D램 주문이 늘어난 덕이라고 회사는 설명했다. 나래전자는 내년 설비투자를 4조원으로 늘릴 계획이다.\n"
)
TWO = (
    "한빛클라우드, 부산에 데이터센터 짓는다\n\n"
    "한빛클라우드는 부산 강서구에 40MW급 데이터센터를 짓는다고 12일 밝혔다. 투자 규모는 6000억원이다. "
    "공사는 내년 3월에 시작해 2028년에 끝난다. 부산시는 전력 공급을 돕기로 했다.\n"
)


@pytest.fixture
def room(tmp_path: Path, pipeline: Pipeline) -> Iterator[Newsroom]:
    newsroom.create(tmp_path / "room", "나래 아침")
    with newsroom.open(tmp_path / "room") as found:
        found._pipeline = pipeline
        yield found


def drop(room: Newsroom, name: str, text: str) -> None:
    """A file in the inbox, written a while ago."""
    path = room.folder / "inbox" / name
    path.write_text(text, encoding="utf-8")


def issued(room: Newsroom, date: str) -> str:
    made = room.material(date)
    room.write(made, room.compose(made).digest)
    return (room.issue_folder(date) / "digest.md").read_text(encoding="utf-8")


def test_a_newsroom_is_made_once_and_its_settings_hold(tmp_path: Path) -> None:
    settings = newsroom.create(tmp_path / "a", '나래 "아침"')
    assert newsroom.open(tmp_path / "a").settings.newsletter.name == '나래 "아침"'
    with pytest.raises(FileExistsError):
        newsroom.create(tmp_path / "a")
    settings.write_text("[sources]\nfeeds = ['feed.xml']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="https://"):
        newsroom.open(tmp_path / "a")
    with pytest.raises(FileNotFoundError):
        newsroom.open(tmp_path / "b")


def test_what_comes_in_is_printed_once(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    assert gather(room).counts == {"new": 1, "reports": 1}
    first = issued(room, "2026-02-11")
    assert "1200억원" in first
    assert gather(room).counts == {"known": 1, "reports": 0}
    assert room.material("2026-02-12").reports == ()
    drop(room, "two.txt", TWO)
    gather(room)
    second = issued(room, "2026-02-12")
    assert "데이터센터" in second
    assert "1200억원" not in second
    assert room.material("2026-02-12", since="2000-01-01").reports == room.material("2026-02-12").reports
    again = room.material("2026-02-11")
    assert [report.title for report in again.reports] == ["나래전자, 3분기 흑자 전환"], "its own articles"
    assert (again.number, room.material("2026-02-12").number) == (1, 2)


def test_files_that_are_as_they_were_are_not_read_again(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(room, "one.txt", ONE)
    now = time.time_ns()
    monkeypatch.setattr("pipeline.readers.time.time_ns", lambda: now + 10_000_000_000)
    assert gather(room).counts == {"new": 1, "reports": 1}
    assert gather(room).counts == {"reports": 0}


def test_a_corrected_file_takes_the_place_of_what_was_not_printed(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    gather(room)
    drop(room, "one.txt", ONE.replace("1200억원", "1300억원"))
    found = gather(room)
    assert found.counts["corrected"] == 1
    assert "1300억원" in (text := issued(room, "2026-02-11")) and "1200억원" not in text
    drop(room, "one.txt", ONE.replace("1200억원", "1400억원"))
    (late,) = gather(room).told
    assert (late.how, late.issue) == ("late", "2026-02-11")
    assert room.material("2026-02-12").reports == ()


def test_a_withdrawn_article_is_no_news(room: Newsroom) -> None:
    def line(title: str, body: str) -> str:
        return f'{{"title": "{title}", "publisher": "나래일보", "body": "{body}"}}\n'

    drop(
        room,
        "a.jsonl",
        line("한빛시 예산 확정", "한빛시가 예산 3조원을 확정했다고 밝혔다. 복지에 1조원을 쓴다."),
    )
    gather(room)
    drop(
        room,
        "b.jsonl",
        line("[전문취소] 한빛시 예산 확정", "이 기사는 사실과 달라 전문을 취소합니다. 양해 바랍니다."),
    )
    (told,) = gather(room).told
    assert (told.how, told.title, told.issue) == ("withdrawn", "한빛시 예산 확정", None)
    assert room.material("2026-02-11").reports == ()


def test_labels_are_told_from_what_looks_like_them() -> None:
    labels = load_labels()
    for one in read_toml(resource("configs/newsroom.toml"))["label"]:
        assert {label_of(title, labels)[0] for title in one["example"]} == {one["id"]}
        assert {label_of(title, labels)[0] for title in one["against"]} == {""}


def test_a_base_of_a_later_version_is_refused(room: Newsroom) -> None:
    base = sqlite3.connect(room.folder / "newsroom.db")
    assert base.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    base.execute("PRAGMA user_version=99")
    base.close()
    with pytest.raises(DataError, match="version 99"):
        newsroom.open(room.folder)


def test_what_was_sent_changes_no_more(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    gather(room)
    made = room.material("2026-02-11")
    room.write(made, room.compose(made).digest)
    with pytest.raises(DataError, match="sent"):
        room.write(replace(made, sent=True), room.compose(made).digest)


def test_gathering_one_at_a_time(room: Newsroom) -> None:
    from pipeline.records import FolderBusyError

    lock = room.lock("gather")
    with pytest.raises(FolderBusyError) as busy:
        gather(room)
    assert Path(busy.value.folder) == room.folder
    lock.release()
    assert isinstance(gather(room), Gathered)
