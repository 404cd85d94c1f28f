"""What a digest takes from its articles: stories, at a glance, rights, the issue before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline import Pipeline
from pipeline.records import Article, Digest, DigestSource, Report, Source
from pipeline.settings import ConfigError, load_settings
from pipeline.writers import dump, load_digest

from .conftest import PIECES, reports_of

FORBIDDEN = "ⓒ 가람일보, 무단전재·재배포 금지"


@pytest.fixture(scope="module")
def digest(pipeline: Pipeline, seed_reports: list[Report]) -> Digest:
    return pipeline.digest(seed_reports)


def _article(name: str, text: str, *, rights: str | None = None, title: str | None = None) -> Article:
    return Article(
        id=name,
        title=title,
        source=Source(path=f"{name}.txt", rights=rights, sha256="0" * 64),
        text=text,
        body=(0, len(text)),
    )


def _lines(digest: Digest) -> list[tuple[str, int]]:
    return [(line.article, line.sentence) for t in digest.themes for s in t.stories for line in s.lines]


def test_every_line_is_verbatim_and_every_neighbour_too(digest: Digest, seed_reports: list[Report]) -> None:
    of = {report.id: report for report in seed_reports}
    for theme in digest.themes:
        for story in theme.stories:
            for line in story.lines:
                sentences = of[line.article].sentences
                assert line.text == sentences[line.sentence].text
                assert line.before in (None, sentences[line.sentence - 1].text)
                assert line.after is None or line.after == sentences[line.sentence + 1].text
    assert {line.text for line in digest.glance} <= {
        line.text for theme in digest.themes for story in theme.stories for line in story.lines
    }


def test_a_story_quotes_its_own_articles(digest: Digest) -> None:
    for theme in digest.themes:
        for story in theme.stories:
            assert {line.article for line in story.lines} <= set(story.articles)
            if story.id.startswith(f"story-{theme.id}-"):
                assert len(story.articles) == 1


def test_no_line_stands_twice(digest: Digest) -> None:
    lines = _lines(digest)
    assert len(lines) == len(set(lines)) > 30


def test_the_lead_is_the_story_of_most_outlets(digest: Digest) -> None:
    stories = [story for theme in digest.themes for story in theme.stories]
    lead = next(story for story in stories if story.id == digest.lead)
    assert len(lead.articles) == max(len(story.articles) for story in stories) == 3


def test_at_a_glance_has_a_line_of_each_theme_in_their_order(digest: Digest) -> None:
    shown = [line.theme for line in digest.glance]
    assert shown == [theme.id for theme in digest.themes if theme.id != "other"]
    assert sum(theme.share for theme in digest.themes) == pytest.approx(1, abs=0.01)


def test_what_is_shown_alone_names_whom_it_speaks_of(pipeline: Pipeline) -> None:
    text = (
        "회사는 결국 칩 설계를 외부에 맡기기로 했다. "
        "한빛전자는 내년 3월 새 인공지능 칩 공장을 평택에 짓는다.\n\n"
        "회사에 따르면 새 반도체 공장에는 2조원이 든다. "
        "두레전자는 같은 달 용인에서 반도체 칩 생산을 시작한다."
    )
    report = pipeline.report(_article("named", text))
    assert isinstance(report, Report)
    assert [s.text.split()[0] for s in report.sentences if s.unnamed] == ["회사는", "회사에"]
    digest = pipeline.digest([report])
    shown = [line.text for line in digest.glance]
    shown += [story.headline for theme in digest.themes for story in theme.stories]
    assert shown and not [one for one in shown if one.startswith("회사")], shown


def test_headlines_are_titles_or_short_sentences(digest: Digest, seed_reports: list[Report]) -> None:
    of = {report.id: report for report in seed_reports}
    for theme in digest.themes:
        for story in theme.stories:
            titles = [of[article].title for article in story.articles if of[article].title]
            if story.headline not in titles:
                assert story.lines[0].text == story.headline


# ── rights ─────────────────────────────────────────────────────────────────────────────────────────


def _quoted(digest: Digest, reports: list[Report]) -> dict[str, set[int]]:
    """What a reader can read of each article, found by its text."""
    shown: dict[str, set[int]] = {report.id: set() for report in reports}
    for theme in digest.themes:
        for story in theme.stories:
            for line in story.lines:
                shown[line.article].add(line.sentence)
                shown[line.article].update(
                    at
                    for at, text in ((line.sentence - 1, line.before), (line.sentence + 1, line.after))
                    if text is not None
                )
    return shown


def test_sources_that_forbid_it_are_quoted_within_the_limits(
    digest: Digest, seed_reports: list[Report]
) -> None:
    of = {report.id: report for report in seed_reports}
    quoted = _quoted(digest, seed_reports)
    restricted = [source for source in digest.sources if source.restricted]
    assert len(restricted) >= 5
    for source in digest.sources:
        body = {s.index: len(s.text) for s in of[source.id].sentences if s.kind in ("body", "item")}
        share = sum(body.get(i, 0) for i in quoted[source.id]) / sum(body.values())
        assert source.quoted == len(quoted[source.id])
        assert source.quoted_share == pytest.approx(share, abs=1e-4)
        if source.restricted:
            assert source.quoted <= 5
            assert share <= 0.2
            assert source.publisher


def test_a_source_that_allows_it_is_not_held_back(digest: Digest) -> None:
    free = next(source for source in digest.sources if source.rights and source.rights.startswith("CC BY"))
    assert not free.restricted
    assert free.quoted > 3


@pytest.mark.parametrize(
    "footer",
    [
        "AI 학습 금지",
        "<저작권자 ⓒ 나래일보, AI 학습 및 활용 금지>",
        "본 기사의 AI 학습 및 활용을 금지합니다.",
        "생성형 AI 학습·활용 금지",
        "인공지능(AI) 학습 및 활용 금지",
    ],
)
def test_who_forbids_that_machines_learn_from_it_is_quoted_within_the_limits(
    pipeline: Pipeline, footer: str
) -> None:
    text = "나래전자가 3분기에 영업이익 1200억원을 냈다. 매출은 2조3000억원으로 1년 전보다 12% 늘었다.\n\n"

    def source_of(text: str) -> DigestSource:
        report = pipeline.report({"title": "나래전자, 흑자 전환", "body": text})
        assert isinstance(report, Report)
        return pipeline.digest([report]).sources[0]

    source = source_of(text + footer)
    assert source.restricted and "학습" in (source.rights or "")
    said = "정부가 AI 학습 금지 법안을 내놨다. 법안은 내년에 시행한다."
    assert not source_of(text + said).restricted


def test_a_restricted_article_of_which_nothing_good_fits_is_a_headline_and_a_link(pipeline: Pipeline) -> None:
    long = (
        "나래전자가 3분기에 매출 2조3000억원과 영업이익 1200억원을 내며 여섯 분기 만에 흑자로 돌아섰고, "
        "서버용 D램 주문이 늘어난 덕에 반도체 부문의 이익률이 18%까지 올라섰다고 11일 밝혔다.",
        "나래전자는 내년 설비투자를 올해보다 35% 많은 4조원으로 늘려 둘째 반도체 공장의 가동을 "
        "2027년 하반기로 앞당기고, 생산 능력을 지금의 두 배로 키울 계획이라고 덧붙였다.",
    )
    body = f"{long[0]} 날씨는 맑았다. 행사는 조용했다.\n\n{long[1]} 박수가 나왔다. 모두 웃었다."
    record = {"title": "나래전자, 흑자 전환", "body": body, "url": "https://example.com/1"}
    for rights in ("무단 전재 및 재배포 금지", ""):
        report = pipeline.report({**record, "rights": rights})
        assert isinstance(report, Report)
        stories = [one for theme in pipeline.digest([report]).themes for one in theme.stories]
        lines = {line.text for one in stories for line in one.lines}
        assert not lines if rights else lines >= set(long)
        assert not rights or {one.headline for one in stories} == {"나래전자, 흑자 전환"}


@pytest.mark.parametrize("strict", [False, True])
def test_a_very_short_article_gives_one_sentence_or_with_strict_rights_none(strict: bool) -> None:
    pipeline = Pipeline(load_settings(None, {"rights.strict": strict}))
    text = "클라우드 회사 나래가 서울에 데이터센터를 짓는다. 투자액은 3천억원이고 내년 봄에 공사를 시작한다."
    reports = list(pipeline.stream([_article("a", text, rights=FORBIDDEN, title="나래, 서울에 데이터센터")]))
    made = pipeline.digest(reports)
    (source,) = made.sources
    assert source.quoted == (0 if strict else 1)
    assert source.over is not strict
    assert len(_lines(made)) == source.quoted
    untitled = list(pipeline.stream([_article("b", text, rights=FORBIDDEN)]))
    stories = [story for theme in pipeline.digest(untitled).themes for story in theme.stories]
    assert len(stories) == (0 if strict else 1)


def test_limits_are_settings() -> None:
    pipeline = Pipeline(load_settings(None, {"rights.sentences": 1, "rights.share": 0.9}))
    text = "\n".join(f"클라우드 매출이 {n}% 늘어 고객사 {n}00곳이 서비스를 옮겼다." for n in range(2, 9))
    reports = list(pipeline.stream([_article("a", text, rights=FORBIDDEN, title="나래 실적")]))
    assert pipeline.digest(reports).sources[0].quoted == 1


# ── the newsletter, and the issue before ───────────────────────────────────────────────────────────


def test_sections_and_their_stories_follow_the_settings(seed_reports: list[Report]) -> None:
    pipeline = Pipeline(
        load_settings(None, {"newsletter.order": ["capex", "chips"], "newsletter.limits": {"chips": 1}})
    )
    themes = pipeline.digest(seed_reports).themes
    assert [theme.id for theme in themes][:2] == ["capex", "chips"]
    assert len(themes[1].stories) == 1


def test_number_url_and_earlier_issues_come_from_the_issue_before(seed_reports: list[Report]) -> None:
    pipeline = Pipeline(load_settings(None, {"newsletter.url": "https://brief.example/{number}/{date}"}))
    first = pipeline.digest(seed_reports[:6], number=7, date="2026-02-04")
    assert first.url == "https://brief.example/7/2026-02-04"
    second = pipeline.digest(seed_reports, date="2026-02-11", last=load_digest(dump(first)))
    assert second.number == 8
    assert [(issue.number, issue.date, issue.url) for issue in second.earlier] == [
        (7, "2026-02-04", "https://brief.example/7/2026-02-04")
    ]
    third = pipeline.digest(seed_reports, last=second)
    assert [issue.number for issue in third.earlier] == [8, 7]


def test_keywords_are_compared_with_the_issue_before(digest: Digest, pipeline: Pipeline) -> None:
    last = replace(digest, keywords=(digest.keywords[2], digest.keywords[1], *digest.keywords[3:-1]))
    reports: list[Report] = []
    empty = pipeline.digest(reports, last=last)
    assert empty.keywords == ()
    assert all(keyword.change is None for keyword in digest.keywords)


def test_rising_falling_new_and_unmoved_keywords(
    digest: Digest, pipeline: Pipeline, seed_reports: list[Report]
) -> None:
    first, second, third, *rest = digest.keywords
    made = pipeline.digest(seed_reports, last=replace(digest, keywords=(second, third, *rest)))
    assert [(k.change, k.last) for k in made.keywords[:3]] == [("new", None), ("down", 1), ("down", 2)]
    made = pipeline.digest(seed_reports, last=replace(digest, keywords=(first, third, second, *rest)))
    assert [(k.change, k.last) for k in made.keywords[:4]] == [
        ("same", 1),
        ("up", 3),
        ("down", 2),
        ("same", 4),
    ]


def test_a_digest_of_the_first_version_can_be_compared_with(digest: Digest) -> None:
    data = json.loads(dump(digest))
    for key in ("newsletter", "number", "url", "lead", "glance", "earlier"):
        del data[key]
    for keyword in data["keywords"]:
        del keyword["change"], keyword["last"]
    assert load_digest(json.dumps(data)).title == digest.title


def test_odd_dates_do_not_become_the_date_of_the_issue(pipeline: Pipeline) -> None:
    dates = ("2026-02-10", "어제", "2026-13-45", "Wed, 11 Feb 2026 08:26:00 GMT", None)
    articles = [
        replace(
            _article(f"a{n}", "클라우드 매출이 24% 늘었다고 회사가 밝혔다."),
            source=Source(path=f"a{n}", published=date, sha256="0" * 64),
        )
        for n, date in enumerate(dates)
    ]
    assert pipeline.digest(list(pipeline.stream(articles))).date == "2026-02-10"


@pytest.mark.parametrize(
    "wrong",
    [
        {"newsletter.accent": "red"},
        {"newsletter.logo": "logo.svg"},
        {"newsletter.logo": "missing.png"},
        {"rights.share": 2},
        {"rights.forbids": ["("]},
        {"newsletter.limits": {"aws": -1}},
    ],
)
def test_wrong_settings_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong)).replace(".", r"\.")):
        Pipeline(load_settings(None, wrong))


def test_no_line_dangles(pipeline: Pipeline) -> None:
    reports, _ = reports_of(pipeline, PIECES)
    text = (
        "나래전자가 서버용 새 반도체 칩을 10일 내놓았다. "
        "이는 메모리 64GB를 담아 전력을 37% 덜 쓰고 값이 61만원인 반도체다."
    )
    (made,) = pipeline.stream([_article("leaning", text)])
    first, second = made.sentences
    own = [replace(made, sentences=(first, replace(second, needs=(0,))))]
    of = {report.id: report for report in (*reports, *own)}
    leaning = 0
    for theme in (*pipeline.digest(reports).themes, *pipeline.digest(own).themes):
        for story in theme.stories:
            shown = {(line.article, line.sentence) for line in story.lines}
            for article, index in shown:
                needs = of[article].sentences[index].needs
                leaning += bool(needs)
                assert {(article, i) for i in needs} <= shown, of[article].sentences[index].text
    assert leaning, "there are lines that lean, together with what they lean on"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"newsletter.order": ["capex", "chipz"]}, "newsletter.order.*chipz.*capex"),
        ({"newsletter.limits": {"반도체": 2, "구름": 1}}, "newsletter.limits.*구름"),
        ({"newsletter.limits": {"": 1}}, "newsletter.limits"),
        ({"newsletter.order": ["*"]}, "newsletter.order"),
        ({"newsletter.sender": "나래 아침, 편집국"}, "newsletter.sender"),
        ({"newsletter.reply_to": "<@>"}, "newsletter.reply_to"),
    ],
)
def test_a_setting_that_names_nothing_is_told(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        Pipeline(load_settings(None, wrong))


def test_sections_are_named_by_id_or_label(pipeline: Pipeline, seed_reports: list[Report]) -> None:
    label = pipeline.labels()["capex"]
    by_label = Pipeline(load_settings(None, {"newsletter.order": [label, "OTHER"]}))
    assert [theme.id for theme in by_label.digest(seed_reports).themes][:2] == ["capex", "other"]
