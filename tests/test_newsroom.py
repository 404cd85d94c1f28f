"""A newsroom: what comes in, what becomes of it, and what the issues are made of."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import Pipeline, newsroom
from pipeline.newsroom import Newsroom
from pipeline.newsroom.base import MIGRATIONS, Base
from pipeline.newsroom.find import find
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
    assert room.reports(room.material("2026-02-12")) == ()
    drop(room, "two.txt", TWO)
    gather(room)
    second = issued(room, "2026-02-12")
    assert "데이터센터" in second
    assert "1200억원" not in second
    assert room.reports(room.material("2026-02-12", since="2000-01-01")) == room.reports(
        room.material("2026-02-12")
    )
    again = room.material("2026-02-11")
    assert [report.title for report in room.reports(again)] == ["나래전자, 3분기 흑자 전환"], (
        "its own articles"
    )
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
    assert room.reports(room.material("2026-02-12")) == ()


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
    assert room.reports(room.material("2026-02-11")) == ()


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


def test_issues_lead_to_each_other_and_are_listed(room: Newsroom) -> None:
    import feedparser

    drop(room, "one.txt", ONE)
    gather(room)
    issued(room, "2026-02-11")
    drop(room, "two.txt", TWO)
    gather(room)
    issued(room, "2026-02-12")
    pages = {
        date: (room.issue_folder(date) / "digest.html").read_text(encoding="utf-8")
        for date in ("2026-02-11", "2026-02-12")
    }
    assert 'rel="next" href="../2026-02-12/digest.html"' in pages["2026-02-11"]
    assert 'rel="prev" href="../2026-02-11/digest.html"' in pages["2026-02-12"]
    index = (room.folder / "issues" / "index.html").read_text(encoding="utf-8")
    for link in re.findall(r'href="([^"#]+)"', index + pages["2026-02-12"].replace("../", "")):
        assert (room.folder / "issues" / link).is_file(), link
    assert "나래전자, 3분기 흑자 전환" in index
    feed = feedparser.parse((room.folder / "issues" / "feed.xml").read_bytes())
    assert not feed.bozo and feed.version == "atom10"
    assert [entry.link for entry in feed.entries] == ["2026-02-12/digest.html", "2026-02-11/digest.html"]
    assert len({entry.id for entry in feed.entries}) == 2
    assert "데이터센터" in feed.entries[0].content[0].value


def test_what_was_printed_is_found_by_its_morphemes(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    drop(room, "two.txt", TWO)
    gather(room)
    issued(room, "2026-02-11")
    tokenize = room.pipeline.tools.tokenize
    found = find(room.base, "설비를 투자했다", tokenize)
    assert found[0].text == "나래전자는 내년 설비투자를 4조원으로 늘릴 계획이다."
    assert (found[0].date, found[0].number) == ("2026-02-11", 1)
    assert find(room.base, '"D램 주문', tokenize)[0].text.startswith("서버용 D램 주문이")
    assert "나래전자" in find(room.base, "나래전자", tokenize)[0].text
    assert find(room.base, "나래전자 OR NEAR(", tokenize)
    assert find(room.base, "없는낱말뿐", tokenize) == ()
    assert find(room.base, "", tokenize) == ()
    made = room.material("2026-02-11")
    empty = replace(room.compose(made).digest, themes=(), lead=None, glance=())
    room.write(made, empty)
    assert find(room.base, "설비를 투자했다", tokenize) == (), "it is printed no more"


def test_nothing_of_any_earlier_issue_is_told_again(room: Newsroom) -> None:
    for number, (name, text) in enumerate((("one", ONE), ("two", TWO)), 1):
        drop(room, f"{name}.txt", text)
        gather(room)
        issued(room, f"2026-02-1{number}")
    drop(
        room,
        "again.txt",
        ONE.replace("흑자 전환", "흑자로 돌아서") + "회사는 배당도 늘리기로 했다고 덧붙였다.\n",
    )
    gather(room)
    digest = room.compose(room.material("2026-02-13")).digest
    threads = [one for theme in digest.themes for one in theme.stories]
    assert "1200억원" not in " ".join(line.text for one in threads for line in one.lines)
    assert {(one.follows.number, one.follows.date) for one in threads if one.follows} == {(1, "2026-02-11")}


def test_an_editors_changes_hold(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    drop(room, "two.txt", TWO)
    gather(room)
    made = room.material("2026-02-11")
    (one,) = [report for report in room.reports(made) if "나래전자" in (report.title or "")]
    theme = next(t.id for t in room.compose(made).digest.themes for s in t.stories if s.articles[0] == one.id)
    path = room.issue_folder("2026-02-11") / newsroom.CHANGES
    path.parent.mkdir(parents=True)
    path.write_text(
        f'dropped = [{{ article = "{one.id}", theme = "{theme}" }}]\n'
        'lead = { article = "gone", theme = "aws" }\n',
        encoding="utf-8",
    )
    edited = room.compose(made)
    assert all(one.id not in s.articles for t in edited.digest.themes if t.id == theme for s in t.stories)
    assert [(unmet.kind, unmet.why) for unmet in edited.unmet] == [("lead", "article")]


def test_a_base_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "newsroom.db"
    base = sqlite3.connect(file)
    for statement in MIGRATIONS[0]:
        base.execute(statement)
    base.execute("INSERT INTO taken VALUES ('a', 'b')")
    base.execute("PRAGMA user_version=1")
    base.commit()
    base.close()
    found = Base(file)
    assert found.one("SELECT * FROM taken") == ("a", "b")
    assert found.one("PRAGMA user_version") == (len(MIGRATIONS),)
    assert found.one("SELECT head FROM issues") is None
    found.close()


def test_what_the_choice_made_is_kept_until_something_else_is_there(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(room, "one.txt", ONE)
    drop(room, "two.txt", TWO)
    gather(room)
    first = room.basis(room.material("2026-02-11"))
    with monkeypatch.context() as patched:
        patched.setattr(Pipeline, "basis", None)
        kept = room.basis(room.material("2026-02-11"))
    assert kept.digest == first.digest
    assert dict(kept.reports) == dict(first.reports)
    for field in (
        "facts",
        "labels",
        "found",
        "counts",
        "plan",
        "keywords",
        "theme_keywords",
        "rows",
        "figures",
    ):
        assert getattr(kept, field) == getattr(first, field), field
    for article, event in first.events.items():
        other = kept.events[article]
        assert all(getattr(other, name) == getattr(event, name) for name in event.__slots__)
    drop(room, "three.txt", ONE.replace("나래전자", "다온전자").replace("1200억", "1300억"))
    gather(room)
    assert len(room.basis(room.material("2026-02-11")).reports) == 3
    room.settings = room.settings.model_copy(update={"lang": "en"})
    monkeypatch.setattr(Pipeline, "basis", None)
    with pytest.raises(TypeError):  # it is not kept for other settings
        room.basis(room.material("2026-02-11"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_can_only_be_read_is_searched_and_looked_at(room: Newsroom) -> None:
    drop(room, "one.txt", ONE)
    gather(room)
    issued(room, "2026-02-11")
    room.close()
    (room.folder / "issues" / "2026-02-11").chmod(0o500)
    room.folder.chmod(0o500)
    try:
        with newsroom.open(room.folder) as other:
            other._pipeline = room.pipeline
            assert "1200억원" in find(other.base, "영업이익", room.pipeline.tools.tokenize)[0].text
            made = other.material("2026-02-11")
            assert other.compose(made).digest.themes
            with pytest.raises(OSError, match="denied"):
                other.write(made, other.compose(made).digest)
    finally:
        room.folder.chmod(0o700)
        (room.folder / "issues" / "2026-02-11").chmod(0o700)
