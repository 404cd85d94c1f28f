"""Words of a theme set in sentences, found themes, reasons, and the commands for theme sets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline, read, themes
from pipeline.cli import app
from pipeline.korean import columns
from pipeline.records import OTHER, Report
from pipeline.run import lab
from pipeline.run.steps import theme_reasons
from pipeline.settings import ConfigError, load_settings, load_themes, resource
from pipeline.themes.lexicon import AGAINST, COMPARED, CORE, HINT, PREDICATE, SUBJECT, TERM, Hit, hits_in

from .conftest import PIECES, SEEDS, article

ARTICLES = {file.name: file for file in PIECES}
PRICED = [
    "stock-brief.txt",
    "analyst-note.txt",
    "bear-case.md",
    "azure-investor-blog.md",
    "google-cloud-blog.md",
]
SETS = sorted(resource("configs/themes").glob("*.toml"))


def hits(pipeline: Pipeline, text: str, theme: str) -> list[Hit]:
    unit = next(u for u in pipeline.document(article(text)).units if u.kind == "body")
    side = [t.id for t in pipeline.theme_set.themes].index(theme)
    (found,) = hits_in([unit], columns([unit.tokens]), pipeline.tools.themes.lexicon)
    return [hit for hit in found if hit.phrase.theme == side]


@pytest.mark.parametrize(
    ("text", "theme", "role"),
    [
        ("AWS의 성장률은 지난해보다 높다.", "aws", SUBJECT),
        ("고객은 AWS를 고른다.", "aws", CORE),
        ("애저는 AWS보다 빠르게 큰다.", "aws", COMPARED),
        ("매출은 AWS가 아니라 소매에서 나온다.", "aws", COMPARED),
        ("가장 큰 부담은 감가상각이다.", "capex", PREDICATE),
    ],
)
def test_the_particle_tells_the_role(pipeline: Pipeline, text: str, theme: str, role: int) -> None:
    assert role in {hit.role for hit in hits(pipeline, text, theme) if hit.phrase.kind == TERM}


@pytest.mark.parametrize(
    "text", ["감자칩 봉지가 작아졌다.", "실리콘 조리도구를 씻었다.", "실리콘밸리에서 창업했다."]
)
def test_a_phrase_that_speaks_against_hides_the_term(pipeline: Pipeline, text: str) -> None:
    assert {hit.phrase.kind for hit in hits(pipeline, text, "chips")} <= {AGAINST, HINT}


def test_words_start_and_end_where_morphemes_do(pipeline: Pipeline) -> None:
    assert not [h for h in hits(pipeline, "노바텍스 2를 달았다.", "aws") if h.phrase.text == "노바"]
    assert not hits(pipeline, "GPUs라는 이름의 게임이다.", "chips")
    assert [h for h in hits(pipeline, "섬에 건물을 지었다.", "capex") if h.phrase.text == "짓다"]
    assert all(h.inside for h in hits(pipeline, "KT클라우드는 적자다.", "aws") if h.phrase.text == "클라우드")


# ── found themes ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def priced(pipeline: Pipeline) -> list[Report]:
    return list(pipeline.stream(read([ARTICLES[name] for name in PRICED])))


def test_share_prices_become_a_theme_by_themselves(pipeline: Pipeline, priced: list[Report]) -> None:
    digest = pipeline.digest(priced)
    found = [theme for theme in digest.themes if theme.found]
    assert any("주가" in theme.label or "목표" in theme.label for theme in found)
    order = [(theme.id == OTHER, theme.found) for theme in digest.themes]
    assert order == sorted(order)
    for theme in found:
        assert theme.stories
        assert all(story.theme == theme.id and story.lines for story in theme.stories)


def test_found_themes_do_not_depend_on_the_order_of_articles(
    pipeline: Pipeline, priced: list[Report]
) -> None:
    assert pipeline.digest(priced) == pipeline.digest(priced[::-1])


def test_no_theme_is_found_where_nothing_belongs_together(pipeline: Pipeline) -> None:
    assert pipeline.discover([]) == ()
    alone = list(pipeline.stream(read([SEEDS / "short-notice.txt", ARTICLES["offtopic-sports.txt"]])))
    assert pipeline.discover(alone) == ()


def test_reasons_name_the_words_and_add_up(pipeline: Pipeline) -> None:
    analysed = pipeline.analyse(
        article("AWS 매출은 24% 늘었다. 이는 가장 높은 성장률이다. 당일 배송 물량도 늘었다.")
    )
    found = theme_reasons(analysed, pipeline.tools)
    assert [reason.theme for reason in found] == [a.theme for a in analysed.assigned if a]
    assert found[0].words[0] == "AWS"
    for reason in found:
        if reason.theme != OTHER:
            assert sum(value for _, value in reason.weights) > -0.3


# ── theme sets ──────────────────────────────────────────────────────────────────────────────────────


def run(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(arg) for arg in args])
    return done.exit_code, done.output


@pytest.mark.parametrize("file", SETS, ids=lambda p: p.stem)
def test_shipped_sets_have_nothing_wrong(file: Path) -> None:
    code, output = run("themes", "check", file)
    assert code == 0, output


def theme(name: str, rest: str) -> str:
    return f'[[themes]]\nid = "{name}"\nlabels = {{ ko = "{name}" }}\n{rest}\n'


CHIP = 'terms = [{ name = "칩" }]'
BROKEN = {
    "overlap": theme("a", CHIP) + theme("b", CHIP),
    "hidden": theme("a", CHIP + '\nagainst = ["칩"]'),
    "doubled": theme("a", 'terms = [{ name = "칩", variants = ["칩"] }]'),
    "few-terms": theme("a", CHIP),
    "few-examples": theme("a", CHIP),
    "no-definition": theme("a", CHIP),
    "no-label": theme("a", CHIP),
    "elsewhere": theme("a", 'terms = [{ name = "반도체" }]\nexamples = ["당일 배송과 택배가 늘었다."]')
    + theme(
        "b",
        'terms = [{ name = "배송" }, { name = "택배" }]\nexamples = ["배송이 빨라졌다.", "택배가 늘었다."]',
    ),
}


@pytest.mark.parametrize("problem", BROKEN)
def test_check_names_the_problem(tmp_path: Path, pipeline: Pipeline, problem: str) -> None:
    file = tmp_path / "set.toml"
    file.write_text('id="x"\nlabels={ko="묶음"}\n' + BROKEN[problem], encoding="utf-8")
    settings = pipeline.settings.themes.model_copy(update={"set": str(file)})
    other = Pipeline(pipeline.settings.model_copy(update={"themes": settings}))
    assert problem in {finding.problem for finding in lab.check_themes(other)}


@pytest.mark.parametrize(
    "text", ['id="x"\nlabels={ko="가"}\n[[themes]]\nid="a"\nlabels={ko="가"}\nterms=[]',
             'id="x"\nlabels={ko="가"}\ncolour="red"\n[[themes]]\nid="a"\nlabels={ko="가"}\nterms=[{name="칩"}]'],
    ids=["no-terms", "unknown-key"],
)  # fmt: skip
def test_a_set_that_breaks_the_format_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "set.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"set\.toml"):
        load_themes(str(file))
    assert run("themes", "check", file)[0] == 2


def test_suggest_finds_words_near_and_used_together(pipeline: Pipeline) -> None:
    near = {one.term: one for one in lab.suggest_terms(pipeline, ["배송", "설비투자"], read([SEEDS]), top=60)}
    assert "택배" in near
    assert near["택배"].near is not None
    assert any(one.together is not None for one in near.values())
    assert "배송" not in near
    assert run("themes", "suggest", "배송", "--top", "5")[0] == 0


def test_themes_shows_and_explains() -> None:
    code, output = run("themes", "--why", SEEDS / "amazon-q4-results.txt")
    assert code == 0
    assert "█" in output
    assert "aws: AWS" in output


def test_themes_are_looked_for_in_some_articles_where_there_are_too_many(
    pipeline: Pipeline, priced: list[Report]
) -> None:
    copies = [replace(report, id=f"{report.id}-{n}") for report in priced for n in range(6)]
    few = Pipeline(load_settings(None, {"themes.discover_sentences": 150}))
    looked_at, left = few.discovered_in(copies)
    assert looked_at <= 150 < left
    found = few.discover(copies)
    assert any("주가" in theme.label or "목표" in theme.label for theme in found)
    heard = {r for theme in found for r, _ in theme.sentences}
    # What is alike joins from the articles that were not looked at, too.
    assert len(heard) > len(themes.looked_at(copies, 150))
    backwards = few.discover(copies[::-1])
    assert {theme.label: len(theme.sentences) for theme in found} == {
        theme.label: len(theme.sentences) for theme in backwards
    }
    looked_at, left = pipeline.discovered_in(priced)
    assert looked_at == left


def test_a_limit_on_what_is_looked_at_is_told(tmp_path: Path) -> None:
    config = tmp_path / "few.toml"
    config.write_text("[themes]\ndiscover_sentences = 10\n")
    files = [str(ARTICLES[name]) for name in PRICED]
    done = CliRunner().invoke(app, ["digest", *files, "--config", str(config), "--format", "txt"])
    assert done.exit_code == 0, done.output
    assert "themes.discover_sentences" in done.stderr
    assert "themes.discover_sentences" not in CliRunner().invoke(app, ["digest", *files[:1]]).stderr
