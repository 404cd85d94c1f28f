"""The contracts of the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.cli.cluster import RAY
from pipeline.engines import ENGINES
from pipeline.salience import METHODS
from pipeline.settings import Lang, load_messages
from pipeline.writers import DIGEST_WRITERS, ENDINGS, REPORT_WRITERS, load_report
from pipeline.writers.tables import KEYWORD_WRITERS

from .conftest import ROOT, SEEDS
from .thorough import few

NOTICE = SEEDS / "short-notice.txt"


def yoyak(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a good article and one of each trouble."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_bytes(NOTICE.read_bytes())
    (folder / "latin.txt").write_bytes(bytes(range(256)))
    (folder / "empty.md").write_text("\n \n")
    (folder / "front.md").write_text("+++\ntitle = \n+++\n본문이다.\n")
    (folder / "records.jsonl").write_text(
        '{"title": "제목", "body": 3}\nnot json\n[]\n{"body": "반도체 값이 올랐다."}\n'
    )
    return folder


def test_summarize_prints_json_lines() -> None:
    done = yoyak("summarize", SEEDS, "--format", "json", "--length", "3")
    assert done.exit_code == 0, done.output
    reports = [load_report(line) for line in done.stdout.splitlines()]
    assert len(reports) == 14
    assert all(len(r.summary) == min(3, len(r.ranking)) for r in reports)


def test_summarize_writes_a_file_for_each_article_and_format(tmp_path: Path) -> None:
    done = yoyak("summarize", NOTICE, "-o", tmp_path / "out", "--format", ",".join(REPORT_WRITERS))
    assert done.exit_code == 0, done.output
    report = load_report((next((tmp_path / "out").glob("*.json"))).read_bytes())
    assert {p.name for p in (tmp_path / "out").glob("[!.]*")} == {
        f"{report.id}.{name}" for name in REPORT_WRITERS
    }


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_digest_in_every_format(name: str, tmp_path: Path) -> None:
    done = yoyak(
        "digest", NOTICE, "-o", tmp_path, "--title", "아침 <요약>", "--date", "2026-02-11", "--format", name
    )
    assert done.exit_code == 0, done.output
    written = (tmp_path / f"digest.{ENDINGS.get(name, name)}").read_text(encoding="utf-8")
    assert ("11 Feb 2026" if name in ("eml", "rss") else "2026-02-11") in written
    assert "<요약>" not in written or name in ("txt", "json")


@pytest.mark.parametrize("engine", few(["serial", "processes"], 1))
def test_digest_does_not_depend_on_order_or_engine(engine: str, tmp_path: Path) -> None:
    files = sorted(SEEDS.iterdir())[:4]
    calls = [files, files[::-1], [*files[2:], *files[:2], files[0]]]
    for i, inputs in enumerate(calls):
        extra = ["--engine", engine, "--workers", "2"] if i == 2 else []
        assert yoyak("digest", *inputs, "-o", tmp_path / str(i), *extra).exit_code == 0
    for name in DIGEST_WRITERS:
        file = f"digest.{ENDINGS.get(name, name)}"
        versions = {(tmp_path / str(i) / file).read_bytes() for i in range(len(calls))}
        assert len(versions) == 1, name


def test_bad_input_never_stops_a_batch(mixed: Path) -> None:
    done = yoyak("summarize", mixed, mixed / "nowhere.txt", "--format", "json")
    assert done.exit_code == 3
    assert len(done.stdout.splitlines()) == 2, "the two good articles"
    for name in (
        "latin.txt",
        "empty.md",
        "front.md",
        "records.jsonl:1",
        "records.jsonl:2",
        "records.jsonl:3",
        "nowhere",
    ):
        assert name in done.stderr, name


def test_failures_stand_in_the_digest(mixed: Path, tmp_path: Path) -> None:
    done = yoyak("digest", mixed, "-o", tmp_path / "out")
    assert done.exit_code == 3
    digest = json.loads((tmp_path / "out" / "digest.json").read_text(encoding="utf-8"))
    assert len(digest["failures"]) == 6
    assert {failure["step"] for failure in digest["failures"]} == {"read"}


def test_exit_codes(tmp_path: Path) -> None:
    assert yoyak("summarize", tmp_path / "none.txt").exit_code == 1
    assert yoyak("summarize", tmp_path).exit_code == 1, "an empty folder"
    assert yoyak("summarize").exit_code == 2
    for wrong in (
        ["--length", "0"], ["--length", "many"], ["--length", "120%"], ["--method", "gpt"],
        ["--themes", "none"], ["--format", "docx"], ["--lang", "fr"], ["--engine", "cloud"],
        ["--config", str(tmp_path / "no.toml")],
    ):  # fmt: skip
        assert yoyak("summarize", NOTICE, *wrong).exit_code == 2, wrong
    assert yoyak("digest", NOTICE, "--date", "2026-2-1").exit_code == 2


def test_standard_input_and_the_second_copy() -> None:
    text = "+++\ntitle = '제목'\npublished = 2026-01-02\n+++\n반도체 값이 올랐다. 서버 주문이 늘었다.\n"
    done = yoyak("summarize", "-", "-", "--format", "json", stdin=text)
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert (report["title"], report["source"]["path"], report["source"]["published"]) == (
        "제목",
        "-",
        "2026-01-02",
    )
    first = report["sentences"][0]
    assert text[first["start"] : first["end"]] == first["text"] == "반도체 값이 올랐다."


def test_a_copy_is_read_once_and_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(NOTICE.read_bytes())
    done = yoyak("summarize", tmp_path, "--format", "json")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
    assert "b.txt" in done.stderr


def test_characters_as_length() -> None:
    done = yoyak("summarize", SEEDS, "--format", "json", "--length", "200자")
    for line in done.stdout.splitlines():
        report = load_report(line)
        assert sum(len(report.sentences[i].text) for i in report.summary) <= 200


@pytest.mark.parametrize("which", ["report", "digest"])
def test_output_keeps_to_its_schema(which: str) -> None:
    schema = json.loads(yoyak("schema", which).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    command = "summarize" if which == "report" else "digest"
    done = yoyak(command, SEEDS, "--format", "json")
    for text in done.stdout.splitlines() if which == "report" else [done.stdout]:
        jsonschema.validate(json.loads(text), schema)


@pytest.mark.parametrize("name", ["table", *KEYWORD_WRITERS])
def test_keywords_in_every_format(name: str) -> None:
    done = yoyak("keywords", SEEDS / "trainium-cost.md", "--format", name, "--top", "5")
    assert done.exit_code == 0, done.output
    assert "GPU" in done.stdout


def test_themes_show_every_sentence() -> None:
    done = yoyak("themes", NOTICE)
    assert done.exit_code == 0
    assert done.stdout.count("데이터베이스") >= 2


def test_messages_in_english() -> None:
    assert "there is no such file" in yoyak("summarize", "nowhere.txt", "--lang", "en").stderr
    assert "그런 파일이나 폴더가 없습니다" in yoyak("summarize", "nowhere.txt").stderr


def test_both_languages_have_the_same_texts() -> None:
    ko, en = load_messages("ko"), load_messages("en")
    assert ko.keys() == en.keys()
    fields = {key: sorted(set(re.findall(r"{(\w+)}", text))) for key, text in ko.items()}
    assert fields == {key: sorted(set(re.findall(r"{(\w+)}", text))) for key, text in en.items()}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_help_lists_what_there_is(lang: Lang) -> None:
    texts = load_messages(lang)
    for key, known in (("method", METHODS), ("engine", (*ENGINES, RAY))):
        told = texts[f"cli.{key}"].partition(": ")[2].split(", ")
        assert told == list(known)
    sets = sorted(p.stem for p in (ROOT / "configs/themes").glob("*.toml"))
    assert all(name in texts["cli.themes-option"] for name in sets)


def test_a_wrong_setting_is_named_with_its_place(tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text('lang = "ko"\n\n[summary]\nlenght = "5"\n')
    done = yoyak("summarize", NOTICE, "--config", config)
    assert done.exit_code == 2
    assert "mine.toml" in done.stderr
    assert "summary.lenght (line 4)" in done.stderr
    config.write_text("[keywords]\ntop = -1\n")
    done = yoyak("summarize", NOTICE, "--config", config)
    assert (done.exit_code, "keywords.top (line 2)" in done.stderr) == (2, True)


def test_settings_of_a_file_count(tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text('[summary]\nlength = "1"\n[keywords]\ntop = 3\n')
    report = json.loads(
        yoyak("summarize", SEEDS / "capex-race.txt", "--format", "json", "--config", config).stdout
    )
    assert (len(report["summary"]), len(report["keywords"])) == (1, 3)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--length", "150%"], "--length: 모르는 값 150% (가능: 문장 수 5, 본문의 20%(100%까지)"),
        (["--method=lexrnk"], "--method: 모르는 값 lexrnk (가능: editor, lexrank, "),
        (["--theme", "chip", "--lang", "en"], "--theme: unknown value chip (known: aws, chips, "),
        (["--themes", "nosuch"], "--themes: 모르는 값 nosuch (가능: bigtech, realestate)"),
        (["--lang", "fr"], "--lang: 모르는 값 fr (가능: ko, en)"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_wrong_option_is_told_by_its_name(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["yoyak", "summarize", str(NOTICE), *arguments])
    done = yoyak("summarize", NOTICE, *arguments)
    assert done.exit_code == 2
    assert done.output.startswith(told)


def test_an_issue_is_as_long_as_asked(tmp_path: Path) -> None:
    counts = []
    assert yoyak("summarize", SEEDS, "-o", tmp_path, "--format", "json").exit_code == 0
    for length in ("1", "3", "60", "1분"):
        done = yoyak("digest", "--from", tmp_path, "--length", length, "--format", "json")
        assert done.exit_code == 0, done.output
        stories = [story for theme in json.loads(done.stdout)["themes"] for story in theme["stories"]]
        lines = [line["text"] for story in stories for line in story["lines"]]
        counts.append((len(lines), sum(len(line.split()) for line in lines)))
    assert [count for count, _ in counts[:2]] == [1, 3]
    assert 15 < counts[2][0] <= 60
    assert 100 < counts[3][1] <= 225
    done = yoyak("digest", SEEDS, "--length", "many")
    assert done.exit_code == 2


def test_a_failure_without_a_detail_has_no_empty_parentheses(tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(128, 256)) * 20)
    done = yoyak("summarize", tmp_path / "noise.txt")
    assert done.exit_code == 1
    assert "()" not in done.output
