"""A newsroom with an issue on the desk, for tests: it answers on a port of this computer."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from queue import Queue

from pipeline import Pipeline, newsroom
from pipeline.desk import Sheet
from pipeline.desk.serving import listen, serve
from pipeline.newsroom import Newsroom
from pipeline.newsroom.gather import gather
from pipeline.records import Changes
from pipeline.settings import load_changes, load_settings

from .conftest import SEEDS

DATE = "2026-02-11"
#: What comes in later: news on an event that the issue tells of, and of another one.
LATER = {
    "a-later.txt": (
        "노던클라우드, 해오름 데이터센터 착공 앞당긴다\n\n"
        "노던클라우드가 전남 해오름시 AI 데이터센터의 착공을 9월에서 7월로 앞당긴다고 11일 밝혔다. "
        "투자액은 7조원 그대로다. 전력은 해상풍력단지에서 60%를 사들인다. "
        "회사는 변전소 공사를 먼저 시작해 2028년 상반기에 첫 서버실을 연다고 설명했다.\n"
    ),
    "b-later.txt": (
        "두레반도체, 평택에 새 공장 짓는다\n\n"
        "두레반도체는 경기 평택에 3조2000억원을 들여 메모리 반도체 공장을 짓는다고 11일 밝혔다. "
        "공사는 내년 3월에 시작해 2029년에 끝난다. 회사는 서버용 D램 주문이 늘었다고 설명했다.\n"
    ),
}


def settled(folder: Path) -> Pipeline:
    """A pipeline with the settings of a newsroom in a folder."""
    return Pipeline(load_settings(folder / newsroom.SETTINGS))


def room_in(folder: Path, pipeline: Pipeline | None = None) -> Newsroom:
    """A newsroom with the seeds in it, and figures in its issues."""
    settings = newsroom.create(folder, "클라우드 아침")
    text = settings.read_text(encoding="utf-8")
    assert "\nfigures = 0" in text
    settings.write_text(text.replace("\nfigures = 0", "\nfigures = 3"), encoding="utf-8")
    for path in sorted(SEEDS.iterdir()):
        if path.is_file():
            shutil.copy(path, folder / newsroom.INBOX / path.name)
    found = newsroom.open(folder)
    found._pipeline = pipeline or settled(folder)
    gather(found)
    return found


def later(room: Newsroom) -> None:
    """Two more articles come in."""
    for name, text in LATER.items():
        (room.folder / newsroom.INBOX / name).write_text(text, encoding="utf-8")
    gather(room)


class Desk:
    """An issue on a desk that answers, until the tests end.

    Attributes
    ----------
    url
        With the token.
    """

    def __init__(self, room: Newsroom) -> None:
        self.sheet = Sheet(room, DATE)
        listening, told = listen(), Queue[str]()
        self.port: int = listening.getsockname()[1]
        threading.Thread(target=serve, args=(self.sheet, listening, told.put), daemon=True).start()
        self.url = told.get(timeout=20)
        self.token = self.url.partition("token=")[2]
        self.base = f"http://127.0.0.1:{self.port}"

    def saved(self) -> Changes:
        """What the file says, but for its number."""
        return replace(load_changes(self.sheet.file), version=0)
