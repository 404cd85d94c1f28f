"""What an editor corrected in issues holds in those to come, once it is learned."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline, newsroom
from pipeline.cli import app
from pipeline.newsroom.learning import learned
from pipeline.records import Changes, ConfigError, LineKey, Merged, Moved, Report, StoryKey
from pipeline.settings import Learned, load_learned, load_newsletter
from pipeline.store.marks import mark_of
from pipeline.writers import changes_toml

THEMES = {"aws", "chips", "retail", "capex"}


def test_changes_of_all_issues_add_up() -> None:
    line = LineKey("a", 3, "서버용 칩을 직접 만든다.")
    known = Learned(hidden=("상승률",), aliases=(("GPU", "그래픽카드"),), examples={"aws": (line.text,)})
    issues = [
        Changes(hidden=("상승 률", "전년"), merged=(Merged("지피유", "GPU"),)),
        Changes(
            merged=(Merged("오픈AI", "OpenAI"), Merged("OpenAI", "오픈에이아이")),
            moved=(
                Moved(line, "chips"),
                Moved(StoryKey("a", "aws"), "chips"),
                Moved(LineKey("a", 4, "b"), "봄꽃 축제"),
            ),
        ),
    ]
    found = learned(known, issues, THEMES)
    assert found.hidden == ("상승률", "전년")
    assert found.aliases == (("GPU", "그래픽카드", "지피유"), ("오픈에이아이", "OpenAI", "오픈AI"))
    assert found.examples == {"chips": (line.text,)}
    assert learned(found, issues, THEMES) == found
    assert learned(known, [], THEMES) == known


def test_it_is_shown_first_and_holds_in_later_issues_once_written(
    tmp_path: Path, seed_reports: list[Report]
) -> None:
    folder = tmp_path / "room"
    settings = newsroom.create(folder, "아침")
    before = Pipeline(load_newsletter(settings))
    plain = before.digest(seed_reports)
    first, second, third = (row.term for row in plain.keywords[:3])
    text = '새 "가속기"를 \\ 직접 만든다.'
    changes = Changes(
        hidden=(first,), merged=(Merged(third, second),), moved=(Moved(LineKey("a", 1, text), "chips"),)
    )
    issue = folder / "issues" / "2026-02-11"
    issue.mkdir()
    (issue / "issue.toml").write_text(changes_toml(changes), encoding="utf-8")
    shown = CliRunner().invoke(app, ["learn", "-C", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert f'+  "{first}",' in shown.output
    assert f'"{third}"' in shown.output
    assert not (folder / "learned.toml").exists()
    assert CliRunner().invoke(app, ["learn", "-C", str(folder), "--yes"]).exit_code == 0
    assert load_learned(folder) == learned(Learned(), [changes], THEMES)
    assert CliRunner().invoke(app, ["learn", "-C", str(folder)]).output.count("\n") == 1
    after = Pipeline(load_newsletter(settings))
    made = after.digest(seed_reports)
    assert first not in {row.term for row in made.keywords}
    assert not {second, third} <= {row.term for row in made.keywords}
    assert len(made.keywords) == len(plain.keywords)
    for section in made.themes:
        assert first not in {row.term for row in section.keywords}
    (chips,) = (theme for theme in after.theme_set.themes if theme.id == "chips")
    assert chips.examples[-1] == text
    # Reports are made anew for what changes them, and for nothing else.
    assert mark_of(load_newsletter(settings)) != mark_of(before.settings)
    (folder / "learned.toml").write_text("hidden = ['가']\n", encoding="utf-8")
    assert mark_of(load_newsletter(settings)) == mark_of(before.settings)


def test_a_mistake_in_what_was_learned_is_told(tmp_path: Path) -> None:
    settings = newsroom.create(tmp_path / "room", "아침")
    (tmp_path / "room" / "learned.toml").write_text("hiden = ['가']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="hiden"):
        load_newsletter(settings)
    (tmp_path / "room" / "learned.toml").write_text("[examples]\nnone = ['가']\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="none"):
        Pipeline(load_newsletter(settings))
