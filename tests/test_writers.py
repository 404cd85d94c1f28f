"""The digest in every format: golden files, inert text, mail that can be sent, templates of one's own."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from email import message_from_string, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from pipeline import Pipeline
from pipeline.cli import app
from pipeline.records import Digest, Failure, Report, TemplateError
from pipeline.settings import load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS, ENDINGS, dump, init_templates, load_digest
from pipeline.writers.colours import accents, contrast
from pipeline.writers.mail import LARGEST
from pipeline.writers.templating import link, markdown, plain, short
from pipeline.writers.views import digest_view, report_view

from .conftest import ROOT, SEEDS, reports_of
from .hostile import MARK

GOLDEN = Path(__file__).with_name("golden") / "digest"
FAULTS = ROOT / "tests" / "faults"
KO = load_messages("ko")


@pytest.fixture(scope="module")
def digest(pipeline: Pipeline, seed_reports: list[Report]) -> Digest:
    made = pipeline.digest(seed_reports, number=1)
    # Where the checkout stands must not show.
    here = str(SEEDS.parent) + os.sep
    return replace(made, sources=tuple(replace(s, path=s.path.removeprefix(here)) for s in made.sources))


@pytest.fixture(scope="module")
def hostile(hostile_reports: list[Report], digest: Digest) -> Digest:
    settings = load_settings(
        None,
        {
            "newsletter.name": "<script>window.hacked=1</script>",
            "newsletter.footer": "{{ 7*7 }} <b>굵게",
            "newsletter.sender": "악당\r\nBcc: victim@evil.example <a@b.example>",
            "newsletter.unsubscribe": "javascript:window.hacked=1",
            "newsletter.list_id": "a\r\nX-Hacked: 1",
        },
    )
    own = Pipeline(settings)
    return own.digest(hostile_reports, title="<script>window.hacked=1</script>", last=digest)


# ── golden files ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_the_digest_of_seeds_is_as_it_was(digest: Digest, name: str) -> None:
    """``YOYAK_GOLDEN=write`` (``make golden``) takes over what is made now; look at the difference."""
    file = GOLDEN / f"digest.{ENDINGS.get(name, name)}"
    made = DIGEST_WRITERS[name](digest, KO, None).encode()
    if os.environ.get("YOYAK_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    assert made == file.read_bytes(), f"{file.name} differs; make golden writes it anew"


@pytest.fixture(scope="module")
def kinds() -> Digest:
    """Every kind of story: what `test_the_second_issue_has_every_kind_of_story` counts up."""
    settings = load_settings(
        None,
        {
            "newsletter.name": "나래 아침",
            "newsletter.tagline": "클라우드와 칩",
            "newsletter.footer": "보낸 곳: 나래",
            "newsletter.sender": "나래 아침, 편집국 <news@example.kr>",
            "newsletter.recipient": "readers@example.kr",
            "newsletter.unsubscribe": "https://example.kr/bye",
            "newsletter.home": "https://example.kr/issues",
            "newsletter.url": "https://example.kr/issues/{number}",
            "newsletter.order": ["aws"],
            "newsletter.limits": {"retail": 0},
            "newsletter.accent": "#ffe600",
            "digest.figures": 5,
        },
    )
    own = Pipeline(settings)
    reports, failures = reports_of(own, [GOLDEN.parent / "kinds.jsonl"])
    assert not failures
    here = str(GOLDEN.parent) + os.sep
    placed = [replace(r, source=replace(r.source, path=r.source.path.removeprefix(here))) for r in reports]
    before = [r for r in placed if (r.title or "").startswith(("[속보]", "다온", "하늘군"))]
    last = own.digest(before, number=3, date="2026-02-04")
    placed = [r for r in placed if not (r.title or "").startswith("하늘군")]
    return own.digest(placed, [Failure("나쁜.pdf", "read", "too-large", "> 50,000,000")], last=last)


def test_the_second_issue_has_every_kind_of_story(kinds: Digest) -> None:
    stories = [(theme, story) for theme in kinds.themes for story in theme.stories]
    lines = [line for _, story in stories for line in story.lines]
    sources = {source.id: source for source in kinds.sources}
    assert any(story.copies for _, story in stories)
    assert any(place.copy for line in lines for place in line.also)
    assert any(not place.copy for line in lines for place in line.also)
    assert any(line.speech for line in lines)
    assert any(theme.found for theme, _ in stories)
    assert any(line.lead for line in lines)
    assert any(story.headline == story.lines[0].text for _, story in stories if story.lines)
    assert any(not story.lines for _, story in stories), "a title alone"
    assert any(story.elsewhere for _, story in stories)
    assert any(story.follows for _, story in stories)
    assert any(source.restricted and not source.over for source in kinds.sources)
    assert any(source.over for source in kinds.sources)
    assert any(source.publisher is None for source in kinds.sources)
    assert any(source.title is None for source in kinds.sources)
    assert any(not source.quoted for source in kinds.sources)
    assert any(sources[story.articles[0]].title is None for _, story in stories)
    assert kinds.failures
    assert {keyword.change for keyword in kinds.keywords} >= {"new", "down"}
    assert kinds.earlier
    assert kinds.lead not in {story.id for story in kinds.themes[0].stories}, "the lead is of another theme"
    assert "retail" not in {theme.id for theme in kinds.themes}, "a theme without stories"


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_the_digest_of_every_kind_is_as_it_was(kinds: Digest, name: str) -> None:
    file = GOLDEN.parent / "kinds" / f"digest.{ENDINGS.get(name, name)}"
    made = DIGEST_WRITERS[name](kinds, KO, None).encode()
    if os.environ.get("YOYAK_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    assert made == file.read_bytes(), f"{file.name} differs; make golden writes it anew"


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_a_digest_of_nothing_is_written(pipeline: Pipeline, name: str) -> None:
    empty = pipeline.digest([], number=1)
    made = DIGEST_WRITERS[name](empty, KO, None)
    assert made.strip()
    assert DIGEST_WRITERS[name](pipeline.digest([], last=empty), KO, None).strip()
    if name in ("md", "html", "email"):
        assert "다룰 이야기가 없습니다" in made


# ── inert ──────────────────────────────────────────────────────────────────────────────────────────


class _Page(HTMLParser):
    """Tags, attributes and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src"):
                self.addresses.append(value or "")


def _html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def _parsed(text: str) -> EmailMessage:
    message = message_from_string(text, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("name", ["html", "email", "eml"])
def test_hostile_articles_are_text_in_html(hostile: Digest, name: str) -> None:
    made = DIGEST_WRITERS[name](hostile, KO, None)
    page = _Page(_html_of(_parsed(made)) if name == "eml" else made)
    assert not page.tags & {"script", "iframe", "img", "object", "form", "input", "base", "link", "i", "b"}
    assert not [attribute for attribute in page.attributes if attribute.startswith("on")]
    assert {a for a in page.addresses if not a.startswith("#")} <= {"https://example.com/ok"}
    assert "#" in "".join(page.addresses) or name != "html"


def test_hostile_articles_are_text_in_markdown(hostile: Digest) -> None:
    made = DIGEST_WRITERS["md"](hostile, KO, None)
    bare = re.sub(r"\\.", "", made)
    assert not re.search(r"<[a-zA-Z/!]", bare)
    assert set(re.findall(r"\]\(([^)]*)\)", bare)) <= {"https://example.com/ok"}
    assert "**굵게**" not in bare
    assert not re.search(r"(?<!\()https?://(?!example\.com/ok)", bare)


def test_hostile_articles_are_text_in_a_feed(hostile: Digest) -> None:
    root = ElementTree.fromstring(DIGEST_WRITERS["rss"](hostile, KO, None))
    assert [element.tag for element in root.iter() if element.tag in ("script", "b", "i")] == []
    for description in root.iter("description"):
        page = _Page(description.text or "")
        assert page.tags <= {"ul", "ol", "li", "strong"}


@pytest.mark.parametrize("name", DIGEST_WRITERS)
def test_nothing_hidden_and_nothing_endless_gets_out(hostile: Digest, name: str) -> None:
    made = DIGEST_WRITERS[name](hostile, KO, None)
    if name == "eml":
        made = _html_of(_parsed(made))
    assert "49" not in re.findall(r"\{\{ (\S+) \}\}", made)
    if name != "json":
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u061c\U000e0000-\U000e007f]", made)
        assert "가" * 2000 not in made
    if name not in ("rss",):
        assert MARK in made
    made.encode("utf-8")


def test_no_header_comes_from_outside(hostile: Digest) -> None:
    message = _parsed(DIGEST_WRITERS["eml"](hostile, KO, None))
    assert "Bcc" not in message
    assert "X-Hacked" not in message
    assert "List-Unsubscribe" not in message


@pytest.mark.parametrize(
    ("url", "follow"),
    [
        ("https://example.com/a?b=1#c", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//evil.example", False),
        ("https://", False),
        ("https://a b.example", False),
        ('https://a.example/"onclick=', False),
        ("https://[broken", False),
        ("mailto:a@b.example", False),
    ],
)
def test_only_web_addresses_are_followed(url: str, follow: bool) -> None:
    assert (link(url) == url) is follow


def test_text_is_cut_cleaned_and_escaped() -> None:
    assert short("가" * 10, 5) == "가가가가…"
    assert short("가나다", 5) == "가나다"
    assert plain("가\u202e나\n\t다\x00\ud800") == "가나 다"
    assert markdown("1. <b>*굵게*</b> [x](y)") == r"1\. \<b\>\*굵게\*\</b\> \[x\](y)"
    assert markdown("www.evil.example https://evil.example") == r"www\.evil.example https\://evil.example"


# ── mail and feed ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def letter(seed_reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Digest:
    logo = tmp_path_factory.mktemp("logo") / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    settings = load_settings(
        None,
        {
            "newsletter.name": "클라우드 아침",
            "newsletter.sender": "클라우드 아침 <news@example.com>",
            "newsletter.recipient": "readers@example.com",
            "newsletter.reply_to": "desk@example.com",
            "newsletter.unsubscribe": "https://example.com/bye",
            "newsletter.list_id": "morning.example.com",
            "newsletter.home": "https://example.com/issues",
            "newsletter.url": "https://example.com/issues/{number}",
            "newsletter.logo": str(logo),
        },
    )
    return Pipeline(settings).digest(seed_reports, number=3, date="2026-02-11")


def test_a_message_is_ready_to_be_sent(letter: Digest) -> None:
    made = DIGEST_WRITERS["eml"](letter, KO, None)
    assert made == DIGEST_WRITERS["eml"](letter, KO, None)
    assert all(len(line) <= 998 for line in made.split("\r\n"))
    assert "\n" not in made.replace("\r\n", "")
    message = _parsed(made)
    assert str(message["Subject"]).startswith("[클라우드 아침 제3호] ")
    lead = next(s.headline for t in letter.themes for s in t.stories if s.id == letter.lead)
    assert str(message["Subject"]).endswith(lead), "no space is lost where the line is folded"
    assert message["From"].addresses[0].display_name == "클라우드 아침"
    assert str(message["To"]) == "readers@example.com"
    assert str(message["Date"]) == "Wed, 11 Feb 2026 07:00:00 +0900"
    assert str(message["List-Id"]) == "<morning.example.com>"
    assert str(message["List-Unsubscribe"]) == "<https://example.com/bye>"
    assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(message["Message-ID"]).endswith("@example.com>")
    assert message.get_content_type() == "multipart/alternative"
    text = message.get_body(("plain",))
    assert text is not None
    assert "클라우드 아침" in text.get_content()
    assert "https://example.com/bye" in text.get_content()
    html = _html_of(message)
    assert 'src="cid:logo@yoyak"' in html
    assert "https://example.com/issues/3" in html
    images = [part for part in message.walk() if part.get_content_maintype() == "image"]
    assert [image["Content-ID"] for image in images] == ["<logo@yoyak>"]


def test_a_sender_may_have_a_comma(letter: Digest) -> None:
    named = replace(
        letter.newsletter, sender="나래 아침, 편집국 <news@example.kr>", recipient="a@b.kr, c@d.kr"
    )
    message = _parsed(DIGEST_WRITERS["eml"](replace(letter, newsletter=named), KO, None))
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("나래 아침, 편집국", "news@example.kr")
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.kr", "c@d.kr"]
    assert str(message["Message-ID"]).endswith("@example.kr>")


def test_mail_html_has_its_styles_inside_its_tags(digest: Digest) -> None:
    made = DIGEST_WRITERS["email"](digest, KO, None)
    body = made[made.index("<body") :]
    assert len(re.findall(r"<(?:td|h1|h2|h3|p)\b", body)) > 100
    assert not re.findall(r"<(?:h1|h2|h3|p)\b(?![^>]*style=)", body)
    assert "@media" in made
    assert "<svg" not in made


def test_mail_html_stays_under_the_size_that_gmail_clips(digest: Digest) -> None:
    story = digest.themes[0].stories[-1]
    sources = {source.id: source for source in digest.sources}
    many = tuple(replace(story, id=f"{story.id}-{n}") for n in range(400))
    long = replace(
        digest,
        themes=(replace(digest.themes[0], stories=(*digest.themes[0].stories, *many)), *digest.themes[1:]),
        sources=(
            *digest.sources,
            *(replace(sources[story.articles[0]], id=f"more-{n}") for n in range(300)),
        ),
    )
    made = DIGEST_WRITERS["email"](long, KO, None)
    assert len(made.encode()) < 102_000
    assert re.search(r"기사 묶음 \d+개를 줄였습니다", made)
    assert digest.themes[-1].stories[0].headline[:10] in made
    assert DIGEST_WRITERS["email"](digest, KO, None).count("줄였습니다") == 0


@pytest.fixture(scope="module")
def cut_apart(pipeline: Pipeline) -> Digest:
    """Lines cite articles outside their story, and each theme has few stories."""
    reports, failures = reports_of(pipeline, [FAULTS / "r-02-mail-cut.jsonl"])
    assert not failures
    made = pipeline.digest(reports, [Failure(f"f{n}", "read", "empty") for n in range(30)])
    stories = [story for theme in made.themes for story in theme.stories]
    cited = {p.article for story in stories for line in story.lines for p in line.also}
    assert cited
    return made


@pytest.mark.parametrize("largest", [24_000, 20_000, 15_000, 9_500, 8_000, 6_500])
def test_a_mail_gets_under_any_limit(
    cut_apart: Digest, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.writers.mail.LARGEST", largest)
    whole = sum(len(theme.stories) for theme in cut_apart.themes)
    made = DIGEST_WRITERS["email"](cut_apart, KO, None)
    assert len(made.encode()) <= largest
    told = re.search(r"기사 묶음 (\d+)개를 줄였습니다", made)
    assert (int(told[1]) if told else 0) == whole - made.count('class="lines"')
    # Every number in the text leads to a row of the list of sources.
    assert {int(n) for n in re.findall(r'class="note"[^>]*>\[(\d+)\]', made)} <= {
        int(n) for n in re.findall(r'class="number"[^>]*>(\d+)<', made)
    }
    assert "기사 5건" in made, "the issue is of five articles, however many are left"


def test_one_story_a_theme_is_cut_too(digest: Digest) -> None:
    """Forty found themes of one long story each."""
    story = next(s for theme in digest.themes for s in theme.stories if s.lines)
    text = "긴 문장이 이어진다 " * 70
    lines = tuple(replace(line, text=text) for line in story.lines[:1] * 5)
    themes = tuple(
        replace(
            digest.themes[0],
            id=f"t{n}",
            stories=(replace(story, id=f"s{n}", theme=f"t{n}", headline=f"이야기 {n}", lines=lines),),
        )
        for n in range(40)
    )
    made = DIGEST_WRITERS["email"](replace(digest, themes=themes, lead="s7", glance=()), KO, None)
    assert len(made.encode()) <= LARGEST
    assert "이야기 7<" in made, "the lead stays"
    assert 3 < made.count('class="lines"') < 40


def test_the_first_of_each_theme_and_those_of_most_outlets_stay(digest: Digest) -> None:
    theme, story = digest.themes[0], digest.themes[0].stories[0]
    bare = replace(story, copies=())
    own = [replace(bare, id=f"s{n}", headline=f"이야기{n}.", articles=bare.articles[:1]) for n in range(300)]
    own[290] = replace(own[290], articles=tuple(source.id for source in digest.sources[:3]))
    made = DIGEST_WRITERS["email"](
        replace(digest, themes=(replace(theme, stories=tuple(own)), *digest.themes[1:])), KO, None
    )
    assert "이야기290." in made
    assert "이야기0." in made
    assert "이야기289." not in made
    assert all(theme.stories[0].headline[:10] in made for theme in digest.themes[1:])


def test_a_feed_lists_this_issue_and_the_ones_before(letter: Digest, digest: Digest) -> None:
    earlier = load_digest(
        dump(replace(letter, number=2, date="2026-02-04", url="https://example.com/issues/2"))
    )
    settings = load_settings(None, {"newsletter.home": "https://example.com"})
    made = Pipeline(settings).digest([], last=earlier, date="2026-02-11")
    made = replace(digest, earlier=made.earlier, newsletter=letter.newsletter)
    channel = ElementTree.fromstring(DIGEST_WRITERS["rss"](made, KO, None)).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "클라우드 아침"
    assert channel.findtext("link") == "https://example.com/issues"
    items = channel.findall("item")
    assert [item.findtext("pubDate") for item in items] == [
        "Wed, 11 Feb 2026 07:00:00 +0900",
        "Wed, 04 Feb 2026 07:00:00 +0900",
    ]
    assert len({item.findtext("guid") for item in items}) == 2
    assert items[1].findtext("link") == "https://example.com/issues/2"


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffe600", "#1d4ed8", "#808080"])
def test_every_accent_can_be_read(colour: str) -> None:
    light, dark = accents(colour)
    assert min(contrast(light, paper) for paper in ("#ffffff", "#f6f7fa")) >= 4.5
    assert min(contrast(dark, paper) for paper in ("#171b24", "#1e2430")) >= 4.5


# ── no name hides another ──────────────────────────────────────────────────────────────────────────


def _named(template: str) -> tuple[set[str], set[str]]:
    """Names of macros and imports of a template, and of what its loops, arguments and `set` fill."""
    from jinja2 import Environment, nodes

    tree = Environment().parse((ROOT / "pipeline" / "templates" / template).read_text(encoding="utf-8"))
    own = {node.name for node in tree.find_all(nodes.Macro)} | {n.target for n in tree.find_all(nodes.Import)}
    return own, {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}


@pytest.mark.parametrize("path", sorted((ROOT / "pipeline" / "templates").glob("*")), ids=lambda p: p.name)
def test_no_name_of_a_template_hides_a_value(digest: Digest, seed_reports: list[Report], path: Path) -> None:
    view = digest_view(digest, KO) if path.name != "report.html" else report_view(seed_reports[0], KO)
    macros, filled = _named(path.name)
    assert not (macros | filled) & set(view)
    assert not macros & filled


# ── templates ──────────────────────────────────────────────────────────────────────────────────────


def test_a_template_of_ones_own_stands_in_for_one(digest: Digest, tmp_path: Path) -> None:
    copied = init_templates(tmp_path)
    assert {"digest.html", "digest.email.html", "digest.md", "digest.txt", "digest.rss", "parts.html"} <= {
        path.name for path in copied
    }
    for name in DIGEST_WRITERS:
        assert DIGEST_WRITERS[name](digest, KO, tmp_path) == DIGEST_WRITERS[name](digest, KO, None)
    for path in copied[1:]:
        path.unlink()
    (tmp_path / "digest.md").write_text("# 우리 소식 {{ digest.number }}\n", encoding="utf-8")
    assert DIGEST_WRITERS["md"](digest, KO, tmp_path) == "# 우리 소식 1\n"
    assert DIGEST_WRITERS["txt"](digest, KO, tmp_path) == DIGEST_WRITERS["txt"](digest, KO, None)


def test_templates_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "digest.md").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        init_templates(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["digest.md"]


def test_a_template_can_only_fill_in_values(digest: Digest, tmp_path: Path) -> None:
    attack = "{{ digest.__class__.__mro__[1].__subclasses__() }}"
    (tmp_path / "digest.md").write_text(attack, encoding="utf-8")
    with pytest.raises(TemplateError, match="SecurityError"):
        DIGEST_WRITERS["md"](digest, KO, tmp_path)


@pytest.mark.parametrize(
    ("name", "written", "line"),
    [
        ("digest.md", "하나\n{{ digest.nope.deep }}\n", 2),
        ("digest.md", "하나\n\n{% if %}\n", 3),
        ("digest.md", "\n{{ 1 / 0 }}", 2),
        ("digest.md", "\n\n{% include 'missing.md' %}", 3),
        ("digest.md", "\n{{ 5 | filterless }}", 2),
        ("digest.md", "\n{% for x in 3 %}{% endfor %}", 2),
        ("digest.md", "{{ t.issue.format(wrong=1) }}", 1),
        ("digest.md", "\n한글".encode("cp949"), 2),
        ("parts.html", "\n{% macro thread_box(one, own) %}\n{{ one.nope.deep }}{% endmacro %}", 3),
    ],
)
def test_a_template_that_fails_says_where(
    digest: Digest, tmp_path: Path, name: str, written: str | bytes, line: int
) -> None:
    (tmp_path / name).write_bytes(written if isinstance(written, bytes) else written.encode())
    with pytest.raises(TemplateError) as caught:
        DIGEST_WRITERS["html" if name == "parts.html" else "md"](digest, KO, tmp_path)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / name), line)


def test_a_template_may_begin_with_a_byte_order_mark(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "digest.md").write_text("# {{ digest.number }}", encoding="utf-8-sig")
    assert DIGEST_WRITERS["md"](digest, KO, tmp_path) == "# 1"


def _digest(args: list[str], *inputs: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["digest", *map(str, inputs), *args])
    return result.exit_code, result.stderr


def test_one_format_that_fails_does_not_take_the_others_along(tmp_path: Path) -> None:
    own, out = tmp_path / "own", tmp_path / "out"
    own.mkdir()
    (own / "digest.md").write_text("하나\n{{ digest.nope.deep }}\n", encoding="utf-8")
    (out / "digest.json").mkdir(parents=True)
    code, told = _digest(["-o", str(out), "--template", str(own)], FAULTS / "r-01-html-copies.jsonl")
    assert code == 3
    assert f"{own / 'digest.md'}:2" in told
    assert "digest.json" in told
    there = {path.name for path in out.iterdir() if path.is_file()}
    assert there == {f"digest.{ENDINGS.get(n, n)}" for n in DIGEST_WRITERS} - {"digest.md", "digest.json"}


def test_a_writer_that_breaks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DIGEST_WRITERS, "rss", lambda *_: [][0])
    code, told = _digest(["-o", str(tmp_path)], FAULTS / "r-01-html-copies.jsonl")
    assert code == 3
    assert "rss" in told
    assert "IndexError" in told
    assert len(list(tmp_path.iterdir())) == len(DIGEST_WRITERS) - 1


@pytest.mark.parametrize("where", ["file", "stdout"])
def test_nothing_written_is_no_success(tmp_path: Path, where: str) -> None:
    (tmp_path / "digest.md").write_text("{{ nope }}", encoding="utf-8")
    out = ["-o", str(tmp_path / "out")] if where == "file" else []
    code, told = _digest(
        [*out, "--format", "md", "--template", str(tmp_path)], FAULTS / "r-01-html-copies.jsonl"
    )
    assert code == 2
    assert f"{tmp_path / 'digest.md'}:1" in told
