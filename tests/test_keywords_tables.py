"""Tables over several articles, their formats and commands, and the user dictionary."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import Pipeline, read
from pipeline.cli import app
from pipeline.evaluate.keywords import GoldArticle, measure, missed, read_keyphrases
from pipeline.keywords import batch_table, compare, theme_tables
from pipeline.records import DigestKeyword, KeywordRow, KeywordTable, Report
from pipeline.settings import ConfigError, load_settings
from pipeline.writers.tables import COLUMNS, keywords_csv, keywords_markdown, report_table

from .conftest import ROOT, SEEDS, article

NOTICE = SEEDS / "short-notice.txt"
CHIPS = SEEDS / "trainium-cost.md"


def yoyak(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


# ── the second pass ────────────────────────────────────────────────────────────────────────────────


def test_order_of_articles_does_not_show(seed_reports: list[Report]) -> None:
    assert batch_table(seed_reports, 30) == batch_table(seed_reports[::-1], 30)
    assert theme_tables(seed_reports, 10) == theme_tables(seed_reports[::-1], 10)


def test_batch_rows_add_up(seed_reports: list[Report]) -> None:
    for row in batch_table(seed_reports, 20):
        own = [
            (r.id, k)
            for r in seed_reports
            for k in r.keywords
            if {k.term, *k.variants} & {row.term, *row.variants}
        ]
        assert row.count >= sum(k.count for _, k in own if k.term == row.term)
        assert {id for id, k in own if k.term == row.term} <= set(row.articles) == set(row.sentences)
        assert any(row.first == s.text for r in seed_reports for s in r.sentences)


def test_variants_fold_across_articles(pipeline: Pipeline) -> None:
    reports = [
        pipeline.report(article("설비투자가 늘었다. 설비투자는 데이터센터로 갔다.", name="one")),
        pipeline.report(article("자본 지출이 줄었다. 자본 지출은 부담이다.", name="two")),
    ]
    table = pipeline.batch_keywords([r for r in reports if isinstance(r, Report)], 10)
    (row,) = [k for k in table if "자본 지출" in (k.term, *k.variants)]
    assert {row.term, *row.variants} == {"설비투자", "자본 지출"}
    assert len(row.articles) == 2


def test_a_theme_table_is_what_sets_it_apart(seed_reports: list[Report]) -> None:
    tables = theme_tables(seed_reports, 5)
    found = {theme: {k.term for k in rows} for theme, rows in tables.items()}
    assert "GPU" in found["chips"] and "GPU" not in found["retail"]
    assert "AWS" in found["aws"] and "자본 지출" in found["capex"]
    for theme, rows in tables.items():
        assert all(k.theme == theme and k.score <= 1.0 for k in rows)
        assert [k.score for k in rows] == sorted((k.score for k in rows), reverse=True)


def row(term: str, count: int, *variants: str) -> DigestKeyword:
    return DigestKeyword(term, variants, "NNG", count, 1.0, None, ("a",))


def test_comparison_of_two_batches() -> None:
    now = [row("전력", 30), row("칩", 10), row("로봇", 6), row("AWS", 20)]
    before = [row("전력", 5), row("칩", 10), row("메타버스", 8), row("AWS", 40)]
    trends = {t.keyword.term: t for t in compare(now, before)}
    assert {term: t.change for term, t in trends.items()} == {
        "전력": "rising", "칩": "steady", "로봇": "new", "메타버스": "gone", "AWS": "falling",
    }  # fmt: skip
    assert (trends["전력"].before, trends["전력"].now) == (5, 30)
    assert (trends["메타버스"].before, trends["메타버스"].now) == (8, 0)
    assert trends["전력"].z > 0 > trends["AWS"].z


def test_comparison_by_hand() -> None:
    # One term of 4 in 10 against 1 in 10; prior counts 5 of 20, as Monroe et al. (2008), equations 15–22.
    (trend,) = [
        t for t in compare([row("a", 4), row("b", 6)], [row("a", 1), row("b", 9)]) if t.keyword.term == "a"
    ]
    first, second = math.log((4 + 5) / (10 + 20 - 4 - 5)), math.log((1 + 5) / (10 + 20 - 1 - 5))
    assert trend.z == round((first - second) / math.sqrt(1 / 9 + 1 / 6), 2)


def test_comparison_folds_variants_and_reverses() -> None:
    there, back = [row("트레이니움", 4, "Trainium")], [row("Trainium", 2, "트레이니움")]
    (one,) = compare([*there, row("x", 1)], [*back, row("x", 1)])[:1]
    assert (one.before, one.now) == (2, 4)
    (other,) = compare([*back, row("x", 1)], [*there, row("x", 1)])[:1]
    assert other.z == -one.z


# ── formats ────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = ("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=x", "＝HYPERLINK", "\r=x")


def hostile() -> KeywordTable:
    rows = tuple(
        KeywordRow(text, text, n, text, (text,), "noun", "NNG", 1, 0.5, text, text, ("1",))
        for n, text in enumerate(HOSTILE, 1)
    )
    return KeywordTable("t", "=t", (), rows)


def test_no_cell_is_a_formula(pipeline: Pipeline) -> None:
    rows = list(csv.reader(io.StringIO(keywords_csv([hostile()], {}))))
    assert len(rows) == len(HOSTILE) + 1
    for cells in rows[1:]:
        assert not any(cell[:1] in "=+-@\t\r＝＋－＠" for cell in cells if cell)
        assert cells[3].lstrip("'").strip() in {text.strip() for text in HOSTILE}


def test_csv_reads_back(seed_reports: list[Report]) -> None:
    tables = [report_table(r) for r in seed_reports]
    rows = list(csv.DictReader(io.StringIO(keywords_csv(tables, {}))))
    assert tuple(rows[0]) == COLUMNS
    assert [r["term"] for r in rows] == [k.term for r in seed_reports for k in r.keywords]
    assert all(r["first"] for r in rows)


def test_markdown_stays_a_table(pipeline: Pipeline) -> None:
    from pipeline.settings import load_messages

    sly = replace(hostile(), rows=tuple(replace(r, term="a|b\n# c", first="<b>|") for r in hostile().rows))
    lines = keywords_markdown([sly], load_messages("ko")).splitlines()
    body = [line for line in lines if line.startswith("| ")]
    assert len(body) == len(HOSTILE) + 1
    assert all(line.replace("\\|", "").count("|") == 10 for line in body)
    assert not any("<b>" in line for line in body)


def test_files_in_a_folder(tmp_path: Path) -> None:
    done = yoyak("keywords", CHIPS, "-o", tmp_path, "--format", "csv-bom,json,md,parquet", "--top", "5")
    assert done.exit_code == 0, done.output
    assert {p.name for p in tmp_path.iterdir()} == {f"keywords.{e}" for e in ("csv", "json", "md", "parquet")}
    assert (tmp_path / "keywords.csv").read_bytes().startswith(b"\xef\xbb\xbftable,")
    (line,) = (tmp_path / "keywords.json").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)["keywords"]
    assert {
        "term",
        "variants",
        "tag",
        "count",
        "score",
        "theme",
        "sentences",
        "kind",
        "first",
        "parts",
    } == set(found[0])

    import pyarrow.parquet as pq

    table = pq.read_table(tmp_path / "keywords.parquet").to_pylist()
    assert [r["term"] for r in table] == [k["term"] for k in found]
    assert table[0]["variants"] == found[0]["variants"]
    assert [int(i) for i in table[0]["sentences"]] == found[0]["sentences"]


def test_parquet_without_pyarrow_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = yoyak("keywords", NOTICE, "--format", "parquet", "-o", tmp_path)
    assert done.exit_code == 2
    assert "pip install pyarrow" in done.output


@pytest.mark.parametrize("by", ["article", "theme", "batch"])
def test_tables_by(by: str) -> None:
    done = yoyak("keywords", SEEDS, "--by", by, "--format", "json", "--top", "4")
    assert done.exit_code == 0, done.output
    tables = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tables) == {"article": 14, "theme": 5, "batch": 1}[by]
    assert all(len(t["keywords"]) <= 4 for t in tables)


def test_wrong_by_is_wrong_usage() -> None:
    assert yoyak("keywords", NOTICE, "--by", "week").exit_code == 2


def test_why_shows_the_parts() -> None:
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["keywords", str(CHIPS), "--why", "--top", "3"])
    assert done.exit_code == 0
    assert "빈도 +" in done.stdout and "배경 +" in done.stdout


def test_compare_with_a_folder_and_with_a_digest(tmp_path: Path) -> None:
    earlier = [SEEDS / "capex-race.txt", NOTICE]
    folder = tmp_path / "last-week"
    folder.mkdir()
    for path in earlier:
        (folder / path.name).write_bytes(path.read_bytes())
    done = yoyak("keywords", CHIPS, "--compare", folder, "--format", "json", "--top", "40")
    assert done.exit_code == 0, done.output
    rows = {t["keyword"]["term"]: t for t in json.loads(done.stdout)["keywords"]}
    assert rows["GPU"]["change"] == "new"
    assert rows["빅테크"]["change"] == "gone"

    assert yoyak("digest", *earlier, "-o", tmp_path / "out", "--format", "json").exit_code == 0
    done = yoyak("keywords", CHIPS, "--compare", tmp_path / "out", "--format", "md")
    assert done.exit_code == 0, done.output
    assert "새로 등장 (0 →" in done.stdout


# ── the user dictionary ────────────────────────────────────────────────────────────────────────────


def test_suggested_words_can_be_pasted(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "바로담은 회비를 내렸다. 바로담이 새 기능을 냈다. 손님은 바로담으로 옮겼다.\n\n"
        "새 칩 빛가람온(Bitgaramon)이 나왔다. 인공지능(AI) 수요가 늘었다.\n",
        encoding="utf-8",
    )
    done = yoyak("words", "suggest", text)
    assert done.exit_code == 0, done.output
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {form for form, _, _ in lines} >= {"바로담"}
    assert "인공지능" not in {form for form, _, _ in lines}

    words = tmp_path / "words.tsv"
    words.write_text(done.stdout, encoding="utf-8")
    assert yoyak("words", "suggest", text, "--words", words).stdout == "", "nothing is left to propose"


def test_user_words_are_names(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("은하수달\tNNP\t3.0\n", encoding="utf-8")
    one = article("은하수달 앱이 인기다. 은하수달은 새로 나왔다.")
    report = Pipeline(load_settings(None, {"korean.user_words": str(words)})).report(one)
    assert isinstance(report, Report)
    (found,) = [k for k in report.keywords if k.term == "은하수달"]
    assert (found.tag, found.kind) == ("NNP", "name")


def test_wrong_dictionaries_are_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("낱말만\n", encoding="utf-8")
    done = yoyak("keywords", NOTICE, "--words", bad)
    assert (done.exit_code, "bad.tsv" in done.output) == (2, True)
    with pytest.raises(ConfigError):
        Pipeline(load_settings(None, {"korean.user_words": str(tmp_path / "none.tsv")}))


# ── measuring ──────────────────────────────────────────────────────────────────────────────────────


def gold(*phrases: tuple[str, ...]) -> GoldArticle:
    return GoldArticle("a", article("본문이다."), None, phrases)


def test_measure_by_hand() -> None:
    one = gold(("설비투자", "자본 지출"), ("AWS",), ("트레이니움",), ("광고",))
    rows = [("자본지출",), ("aws", "Amazon Web Services"), ("날씨",)]
    found = measure([rows], [one], 15)
    assert (round(found.precision, 3), found.recall) == (0.667, 0.5)
    assert round(found.f1, 3) == 0.571
    assert measure([rows], [one], 1).recall == 0.25
    assert missed(one, rows) == ["트레이니움", "광고"]


def test_gold_in_every_form(tmp_path: Path) -> None:
    texts = {
        "a.txt": "아마존은 칩을 만든다.",
        "a.toml": 'article = "a.txt"\nphrases = ["아마존", ["칩", "반도체"]]\n',
        "b.json": '{"text": "구글도 만든다.", "keyphrases": ["구글"]}',
        "c.jsonl": '{"file": "a.txt", "keywords": ["칩"]}\n{"body": "끝.", "phrases": ["끝"]}\n',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (one,) = read_keyphrases(tmp_path)
    assert one.phrases == (("아마존",), ("칩", "반도체"))
    assert [g.article.text for g in read_keyphrases(tmp_path / "b.json")] == ["구글도 만든다."]
    assert len(list(read_keyphrases(tmp_path / "c.jsonl"))) == 2


@pytest.mark.parametrize(
    "text", ["phrases = []", 'article = "none.txt"\nphrases = ["a"]', "= x", 'phrases = ["a"]']
)
def test_wrong_gold_is_wrong_usage(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    done = yoyak("evaluate", "keywords", tmp_path)
    assert (done.exit_code, "a.toml" in done.output) == (2, True)


def test_evaluate_prints_ours_beside_the_baselines() -> None:
    done = CliRunner(env={"COLUMNS": "160"}).invoke(
        app, ["evaluate", "keywords", str(ROOT / "models/training/keywords/capex-race.toml")]
    )
    assert done.exit_code == 0, done.output
    assert all(name in done.stdout for name in ("yoyak", "TF-IDF", "명사 빈도", "F1@10", "F1@15"))


@pytest.mark.extra("train")
def test_train_writes_weights(tmp_path: Path) -> None:
    out = tmp_path / "keywords.toml"
    done = yoyak("train", "keywords", ROOT / "models/training/keywords/capex-race.toml", "-o", out)
    assert done.exit_code == 0, done.output
    assert "density = " in out.read_text(encoding="utf-8")


def test_articles_of_the_gold_are_there() -> None:
    golds = list(read_keyphrases(ROOT / "models/training/keywords"))
    assert all(12 <= len(one.phrases) <= 20 for one in golds)
    assert len({(one.article.id, one.phrases) for one in golds}) == len(golds)
    assert not [item for item in read([SEEDS]) if item.__class__.__name__ == "Failure"]
