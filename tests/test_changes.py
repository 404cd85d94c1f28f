"""An editor's changes: they hold through a re-run, and all else stays consistent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.digest import Basis
from pipeline.records import (
    Changes,
    Comment,
    ConfigError,
    Digest,
    Disagreement,
    Edited,
    Headline,
    Hidden,
    Line,
    LineKey,
    LineOrder,
    Merged,
    Moved,
    Pin,
    Replaced,
    Report,
    Side,
    StoryKey,
    StoryOrder,
    Thread,
)
from pipeline.settings import load_changes, load_messages, load_settings, read_changes
from pipeline.writers import DIGEST_WRITERS, changes_toml, dump

Edit = Callable[[Changes], Digest]


@pytest.fixture(scope="module")
def basis(pipeline: Pipeline, seed_reports: list[Report]) -> Basis:
    return pipeline.basis(seed_reports)


@pytest.fixture
def edit(pipeline: Pipeline, basis: Basis) -> Edit:
    def made(changes: Changes) -> Digest:
        found = pipeline.edited(basis, changes)
        assert found.unmet == ()
        _consistent(found.digest, basis)
        return found.digest

    return made


def _stories(digest: Digest) -> list[Thread]:
    return [one for section in digest.themes for one in section.stories]


def _lines(digest: Digest) -> list[Line]:
    return [line for one in _stories(digest) for line in one.lines]


def _key(one: Thread) -> StoryKey:
    return StoryKey(one.articles[0], one.theme)


def _line_key(line: Line) -> LineKey:
    return LineKey(line.article, line.sentence, line.text)


def _consistent(digest: Digest, basis: Basis) -> None:
    """What holds for every issue, whoever made it."""
    spots = [(line.article, line.sentence) for line in _lines(digest)]
    assert len(spots) == len(set(spots))
    sources = {source.id: source for source in digest.sources}
    assert list(sources) == [source.id for source in basis.digest.sources]
    quoted: dict[str, set[int]] = {name: set() for name in sources}
    for line in _lines(digest):
        sentences = basis.reports[line.article].sentences
        assert line.text == sentences[line.sentence].text
        around = ((-1, line.before), (0, line.text), (1, line.after))
        quoted[line.article].update(line.sentence + n for n, text in around if text is not None)
    for odds in digest.disagreements:
        for side in odds.sides:
            if side.text != side.written:
                quoted[side.article].add(side.sentence)
    for name, source in sources.items():
        assert source.quoted == len(quoted[name]), name
        assert not source.restricted or source.over or source.quoted <= 5
    stories = _stories(digest)
    assert digest.lead in {one.id for one in stories}
    assert len({one.id for one in stories}) == len(stories)
    for section in digest.themes:
        assert section.stories
        for one in section.stories:
            assert one.theme == section.id
            assert {line.article for line in one.lines} <= set(one.articles)
            where = [
                t.id for t in digest.themes for o in t.stories if o.event == one.event and t is not section
            ]
            assert list(one.elsewhere) == where
    assert sum(section.share for section in digest.themes) == pytest.approx(1)
    assert {line.text for line in digest.glance} <= {line.text for line in _lines(digest)}
    assert {table.theme for table in digest.figures} <= {section.id for section in digest.themes}


def test_without_changes_the_issue_is_what_it_was(pipeline: Pipeline, basis: Basis) -> None:
    assert pipeline.edited(basis, Changes(version=7)) == Edited(basis.digest)


def test_a_story_leads(edit: Edit, basis: Basis) -> None:
    one = next(s for s in _stories(basis.digest) if s.id != basis.digest.lead and len(s.lines) > 1)
    made = edit(Changes(lead=_key(one)))
    assert made.lead == one.id
    assert [line.text for line in _lines(made) if line.lead] == [line.text for line in one.lines]


def test_a_dropped_story_and_line_are_gone_and_room_in_rights_is_free(edit: Edit, basis: Basis) -> None:
    lead = next(s for s in _stories(basis.digest) if s.id == basis.digest.lead)
    other = next(s for s in _stories(basis.digest) if s.event != lead.event and len(s.lines) > 1)
    made = edit(Changes(dropped=(_key(lead), _line_key(other.lines[1]))))
    assert made.lead not in (lead.id, None)
    assert lead.id not in {s.id for s in _stories(made)}
    assert other.lines[1].text not in {line.text for line in _lines(made)}


def test_stories_sections_and_lines_in_an_order(edit: Edit, basis: Basis) -> None:
    section = next(t for t in basis.digest.themes if len(t.stories) > 2)
    story = next(s for s in section.stories if len(s.lines) > 1 and s.lines[0].text != s.headline)
    names = [s.articles[0] for s in section.stories]
    wanted = [names[2], names[0]]
    sections = [t.id for t in basis.digest.themes][::-1]
    lines = tuple(map(_line_key, story.lines[::-1]))
    made = edit(
        Changes(
            sections=tuple(sections),
            order=(StoryOrder(section.id, tuple(wanted)), LineOrder(_key(story), lines)),
        )
    )
    assert [t.id for t in made.themes] == sections
    (now,) = (t for t in made.themes if t.id == section.id)
    assert [s.articles[0] for s in now.stories] == [names[2], names[0], names[1], *names[3:]]
    (told,) = (s for s in now.stories if s.id == story.id)
    assert [line.text for line in told.lines] == [line.text for line in story.lines][::-1]


def _swap(basis: Basis) -> tuple[Thread, Line, LineKey]:
    """A line of a free source, and a sentence of its article that is not printed."""
    printed = {(line.article, line.sentence) for line in _lines(basis.digest)}
    free = {source.id for source in basis.digest.sources if not source.restricted}
    for one in _stories(basis.digest):
        for line in one.lines:
            if line.article in free and one.lines[0].text != one.headline and not line.lead:
                report = basis.reports[line.article]
                for index in report.ranking[::-1]:
                    if (report.id, index) not in printed:
                        return one, line, LineKey(report.id, index, report.sentences[index].text)
    raise AssertionError


def test_a_line_for_another_of_its_article_in_its_place(edit: Edit, basis: Basis) -> None:
    one, line, by = _swap(basis)
    made = edit(Changes(replaced=(Replaced(_line_key(line), by),)))
    (now,) = (s for s in _stories(made) if s.id == one.id)
    assert [x.text for x in now.lines] == [by.text if x == line else x.text for x in one.lines]
    assert next(x for x in now.lines if x.text == by.text).reason.startswith("editor")


def test_what_says_the_same_gives_way_to_the_editors_line(pipeline: Pipeline, basis: Basis) -> None:
    twins = {
        (line.article, line.sentence): also
        for line in _lines(basis.digest)
        for also in line.also
        if not also.copy
    }
    (spot, also), *_ = twins.items()
    text = basis.reports[also.article].sentences[also.sentence].text
    theme = next(s.theme for s in _stories(basis.digest) for x in s.lines if (x.article, x.sentence) == spot)
    made = pipeline.edited(basis, Changes(lines=(Pin(LineKey(also.article, also.sentence, text), theme),)))
    if not made.unmet:
        told = {(line.article, line.sentence) for line in _lines(made.digest)}
        assert (also.article, also.sentence) in told
        assert spot not in told
    _consistent(made.digest, basis)


def test_rights_hold_against_the_editor_and_that_is_told(pipeline: Pipeline, basis: Basis) -> None:
    source = next(s for s in basis.digest.sources if s.restricted and s.quoted and s.sentences > 12)
    report = basis.reports[source.id]
    theme = next(s.theme for s in report.sentences if s.theme)
    pins = tuple(Pin(LineKey(report.id, i, report.sentences[i].text), theme) for i in sorted(report.ranking))
    made = pipeline.edited(basis, Changes(lines=pins))
    (now,) = (s for s in made.digest.sources if s.id == source.id)
    assert 0 < now.quoted <= 5
    assert now.quoted_share <= 0.2
    assert {(one.kind, one.why) for one in made.unmet} == {("pinned", "rights")}
    assert len(made.unmet) == len(pins) - now.quoted
    _consistent(made.digest, basis)


def test_headlines_and_words_are_the_editors_and_marked(edit: Edit, basis: Basis) -> None:
    one = _stories(basis.digest)[3]
    made = edit(
        Changes(
            headlines=(Headline(_key(one), "편집자의 제목"),),
            words=(
                Comment("이번 주는 조용했습니다.", "opening"),
                Comment("고쳐 읽어 주세요.", _key(one)),
            ),
        )
    )
    assert made.retitled == (one.id,)
    assert next(s.headline for s in _stories(made) if s.id == one.id) == "편집자의 제목"
    assert [(w.text, w.place) for w in made.words] == [
        ("이번 주는 조용했습니다.", "opening"),
        ("고쳐 읽어 주세요.", one.id),
    ]


def test_a_line_and_a_story_move_to_another_theme(edit: Edit, basis: Basis) -> None:
    stories = _stories(basis.digest)
    one = next(s for s in stories if len(s.lines) > 1 and s.id != basis.digest.lead)
    to = next(t.id for t in basis.digest.themes if t.id not in (one.theme, *one.elsewhere))
    line = one.lines[-1]
    made = edit(Changes(moved=(Moved(_line_key(line), to),)))
    (now,) = (s for s in _stories(made) if s.event == one.event and s.theme == to)
    assert [x.text for x in now.lines] == [line.text]
    made = edit(Changes(moved=(Moved(_key(one), to),), headlines=(Headline(_key(one), "옮긴 꼭지"),)))
    (now,) = (s for s in _stories(made) if s.event == one.event and s.theme == to)
    assert now.headline == "옮긴 꼭지"
    assert {x.text for x in now.lines} == {x.text for x in one.lines}
    assert one.id not in {s.id for s in _stories(made)}


def test_an_article_that_was_not_printed_is_pinned(seed_reports: list[Report]) -> None:
    pipeline = Pipeline(load_settings(None, {"digest.length": "8", "digest.figures": 5}))
    basis = pipeline.basis(seed_reports)
    told = {a for s in _stories(basis.digest) for a in s.articles if s.lines}
    left = next(r for r in basis.reports.values() if r.id not in told and r.title and len(r.themes) > 1)
    theme = left.themes[0].id
    made = pipeline.edited(basis, Changes(pinned=(StoryKey(left.id, theme),)))
    assert made.unmet == ()
    _consistent(made.digest, basis)
    (now,) = (s for s in _stories(made.digest) if left.id in s.articles and s.theme == theme)
    assert now.headline == left.title
    assert now.lines
    assert now.worth == max(s.worth for s in _stories(made.digest))
    row = basis.digest.figures[0].rows[0]
    made = pipeline.edited(basis, Changes(rows=(Hidden("figures", row.subject, row.metric, row.period),)))
    assert row in [r for table in basis.digest.figures for r in table.rows]
    assert row not in [r for table in made.digest.figures for r in table.rows]


def test_keywords_are_hidden_and_merged_and_others_move_up(edit: Edit, basis: Basis) -> None:
    table = basis.digest.keywords
    made = edit(Changes(hidden=(table[0].term,), merged=(Merged(table[2].term, table[1].term),)))
    assert len(made.keywords) == len(table)
    assert made.keywords[0].term == table[1].term
    assert made.keywords[0].count == table[1].count + table[2].count
    assert table[2].term in made.keywords[0].variants
    assert not {k.term for k in made.keywords} & {table[0].term, table[2].term}
    for section in made.themes:
        assert table[0].term not in {k.term for k in section.keywords}


def test_disagreements_are_hidden(pipeline: Pipeline, basis: Basis) -> None:
    report = next(r for r in basis.reports.values() if r.title and len(r.ranking) > 3)
    sides = tuple(
        Side(report.id, i, report.sentences[i].text, n, "원", "1원") for n, i in enumerate(report.ranking[:2])
    )
    one = Disagreement("한빛", "매출", "2025", sides)
    odd = replace(basis, disagreements=(one,), digest=replace(basis.digest, disagreements=(one,)))
    assert pipeline.edited(odd, Changes()).digest.disagreements
    made = pipeline.edited(odd, Changes(rows=(Hidden("disagreements", "한빛", "매출", "2025"),))).digest
    assert made.disagreements == ()
    assert made.sources == basis.digest.sources


# ── what comes after ───────────────────────────────────────────────────────────────────────────────


def _all(basis: Basis) -> Changes:
    """Every kind of change, on stories that leave room for each."""
    one, line, by = _swap(basis)
    others = [s for s in _stories(basis.digest) if s.event != one.event and len(s.lines) > 1]
    a, b, c, d = others[:4]
    to = next(t.id for t in basis.digest.themes if t.id not in (d.theme, *d.elsewhere))
    section = basis.digest.themes[1]
    return Changes(
        version=3,
        lead=_key(a),
        pinned=(_key(b),),
        lines=(Pin(_line_key(b.lines[0]), b.theme),),
        dropped=(_key(c), _line_key(b.lines[-1])),
        replaced=(Replaced(_line_key(line), by),),
        headlines=(Headline(_key(one), '"새" 제목 \\ 하나'),),
        moved=(Moved(_line_key(d.lines[-1]), to),),
        sections=(section.id,),
        order=(
            StoryOrder(section.id, tuple(s.articles[0] for s in section.stories[::-1])),
            LineOrder(_key(one), (by,)),
        ),
        hidden=(basis.digest.keywords[0].term,),
        merged=(Merged(basis.digest.keywords[2].term, basis.digest.keywords[1].term),),
        rows=(Hidden("figures", None, "매출", None),),
        words=(Comment("첫 줄\n둘째 줄\t\x7f", "opening"), Comment("덧붙임", _key(one))),
    )


def _holds(made: Digest, basis: Basis) -> None:
    """What `_all` asks for is there."""
    one, line, by = _swap(basis)
    others = [s for s in _stories(basis.digest) if s.event != one.event and len(s.lines) > 1]
    a, b, c, d = others[:4]
    told = {x.text: s for s in _stories(made) for x in s.lines}
    now = {(x.articles[0], x.theme): x for x in _stories(made)}
    lead = next(s for s in _stories(made) if s.id == made.lead)
    assert a.articles[0] in lead.articles and a.theme == lead.theme
    assert told[b.lines[0].text].theme == b.theme
    assert not any(s.theme == c.theme and c.articles[0] in s.articles for s in _stories(made))
    assert b.lines[-1].text not in told and line.text not in told
    assert told[by.text].headline == '"새" 제목 \\ 하나'
    assert told[d.lines[-1].text].theme != d.theme
    assert made.themes[0].id == basis.digest.themes[1].id
    assert basis.digest.keywords[0].term not in {k.term for k in made.keywords}
    assert basis.digest.keywords[2].term not in {k.term for k in made.keywords}
    assert [w.text for w in made.words] == ["첫 줄\n둘째 줄\t\x7f", "덧붙임"]
    assert now


def test_every_change_outlives_two_new_articles_and_a_new_version(
    pipeline: Pipeline, basis: Basis, seed_reports: list[Report], hostile_reports: list[Report]
) -> None:
    changes = _all(basis)
    _holds(pipeline.edited(basis, changes).digest, basis)
    # Two new articles on what is told already, older than all: ids of events and the choice change.
    again = [
        replace(r, id=f"a-{r.id}", source=replace(r.source, published="2020-01-01", sha256=str(n)))
        for n, r in enumerate(seed_reports[:2])
    ]
    # Another version cuts one more unit in front of each article.
    shifted = [
        replace(
            report,
            sentences=(
                replace(report.sentences[0], kind="boilerplate", text="머리말", theme=None),
                *(
                    replace(s, index=s.index + 1, needs=tuple(i + 1 for i in s.needs), section=None)
                    for s in report.sentences
                ),
            ),
            ranking=tuple(i + 1 for i in report.ranking),
            summary=tuple(i + 1 for i in report.summary),
            themes=tuple(
                replace(t, summary=tuple(i + 1 for i in t.summary), sentences=()) for t in report.themes
            ),
            figures=(),
        )
        for report in seed_reports
    ]
    for batch in ([*seed_reports, *again], [*seed_reports, *hostile_reports], shifted):
        later = pipeline.basis(batch)
        made = pipeline.edited(later, changes)
        assert made.unmet == ()
        _holds(made.digest, basis)


def test_what_holds_no_longer_is_told(pipeline: Pipeline, basis: Basis, seed_reports: list[Report]) -> None:
    changes = _all(basis)
    one, line, _ = _swap(basis)
    gone = pipeline.basis([r for r in seed_reports if r.id not in (one.articles[0], line.article)])
    told = {(u.kind, u.why) for u in pipeline.edited(gone, changes).unmet}
    assert told >= {("headline", "article"), ("words", "article"), ("replaced", "article")}
    empty = pipeline.edited(pipeline.basis([]), changes)
    assert empty.digest.themes == ()
    assert {u.kind for u in empty.unmet} >= {"lead", "pinned", "headline", "replaced", "moved", "words"}
    lost = replace(
        changes, replaced=(Replaced(LineKey(line.article, 3, "없는 문장"), LineKey(line.article, 4, "x")),)
    )
    assert ("replaced", "sentence") in {(u.kind, u.why) for u in pipeline.edited(basis, lost).unmet}
    named = replace(changes, moved=(Moved(_key(one), "없는 주제"),))
    assert ("moved", "theme") in {(u.kind, u.why) for u in pipeline.edited(basis, named).unmet}


# ── the file ───────────────────────────────────────────────────────────────────────────────────────


def test_the_file_says_what_the_record_does(basis: Basis, tmp_path: Path) -> None:
    changes = _all(basis)
    file = tmp_path / "issue.toml"
    assert load_changes(file) == Changes()
    file.write_text(changes_toml(changes), encoding="utf-8")
    assert load_changes(file) == changes
    assert changes_toml(load_changes(file)) == changes_toml(changes)
    odd = Changes(hidden=('따옴표" \\ \n\t\r\x00\x1f\x7f끝', "", "# 아님", "[[words]]"))
    assert read_changes(changes_toml(odd).encode(), file) == odd


def test_an_editors_comments_in_the_file_stay(tmp_path: Path) -> None:
    changes = Changes(
        version=1, hidden=("상승률",), words=(Comment("여는 말", "opening"), Comment("닫는 말", "closing"))
    )
    text = changes_toml(changes)
    text = "# 2월 11일 호\n" + text.replace(
        '[[words]]\nat = "closing"', "# 꼭 넣자\n[[words]] # 끝\nat='closing'"
    )
    text += "# 다 됐다\n"
    (tmp_path / "x").write_text(text, encoding="utf-8")
    assert load_changes(tmp_path / "x") == changes
    later = replace(changes, version=2, lead=StoryKey("a", "chips"), words=changes.words[1:])
    after = changes_toml(later, text)
    assert after.startswith("# 2월 11일 호\nversion = 2\n")
    assert '# 꼭 넣자\n[[words]]\nat = "closing"' in after
    assert after.endswith("# 다 됐다\n")
    assert read_changes(after.encode(), tmp_path / "x") == later


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("version = 'x'", "version"),
        ("[lead]\narticle = 'a'", "lead.theme"),
        ("[[dropped]]\narticle = 'a'", "dropped"),
        ("[[wrong]]\na = 1", "wrong"),
        ("version = ", ""),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    file = tmp_path / "issue.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load_changes(file)
    assert place in told.value.place


def test_words_are_in_the_json(basis: Basis, edit: Edit) -> None:
    made = edit(Changes(words=(Comment("여는 말", "opening"),)))
    assert '"words":[{"text":"여는 말","place":"opening"}]' in dump(made)


def test_the_editors_words_are_set_apart_in_every_format(basis: Basis, edit: Edit) -> None:
    one = next(s for s in _stories(basis.digest) if s.lines and s.id != basis.digest.lead)
    words = (
        Comment("여는 <b>말</b>\n\n둘째 문단", "opening"),
        Comment("맺는 말", "closing"),
        Comment("꼭지에 덧붙인 말", _key(one)),
    )
    made = edit(Changes(words=words, headlines=(Headline(_key(one), "새로 단 제목"),)))
    texts = load_messages("ko")
    for name in ("html", "email", "md", "txt"):
        page = DIGEST_WRITERS[name](made, texts, None)
        for said in ("둘째 문단", "맺는 말", "꼭지에 덧붙인 말", "새로 단 제목"):
            assert page.count(said) == 1, (name, said)
        assert page.count(texts["digest.editor"]) >= 4
        assert texts["digest.made-by-edited"] in page
        assert texts["digest.made-by"] not in page
        assert "<b>말" not in page or name == "txt"
    plain = DIGEST_WRITERS["html"](basis.digest, texts, None)
    assert 'class="editor"' not in plain
    assert texts["digest.made-by"] in plain
