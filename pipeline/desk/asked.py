"""What a request asks to be changed, checked against the issue that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from ..digest import Basis
from ..records import CONTENT_KINDS, BadChangeError, Changes, Digest, LineKey, StoryKey, Thread

#: The longest headline, and the longest words of an editor.
HEADLINE, WORDS = 300, 5000


def mark(name: str) -> str:
    """A short name for the id of an article or a story: ids are long, and a page has them many times."""
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be changed, and in what.

    Attributes
    ----------
    digest
        The issue as the editor sees it.
    form
        Fields of the request, each with all of its values.
    articles
        Ids of articles by their short names.
    """

    basis: Basis
    digest: Digest
    form: Mapping[str, Sequence[str]]
    articles: Mapping[str, str]

    def one(self, name: str) -> str:
        """A field's value."""
        values = self.form.get(name, ())
        if len(values) != 1:
            raise BadChangeError(name)
        return values[0]

    def number(self, name: str) -> int:
        """A field's value as a number."""
        value = self.one(name)
        if not (value.isascii() and value.removeprefix("-").isdigit() and len(value) < 7):
            raise BadChangeError(name)
        return int(value)

    def text(self, name: str, most: int) -> str:
        """Words of the editor's, their line ends as they are here."""
        value = self.one(name).replace("\r\n", "\n").strip()
        if len(value) > most:
            raise BadChangeError(name)
        return value

    def story(self) -> Thread:
        """The story that ``story`` names."""
        name = self.one("story")
        for section in self.digest.themes:
            for one in section.stories:
                if mark(one.id) == name:
                    return one
        raise BadChangeError("story")

    def key(self, one: Thread) -> StoryKey:
        """What finds a story again: its first article, and its theme, by its label if it was found."""
        return StoryKey(one.articles[0], self.named(one.theme))

    def named(self, theme: str) -> str:
        """How changes name a theme."""
        return self.basis.labels[theme] if theme in self.basis.found else theme

    def theme(self, name: str = "to") -> str:
        """The theme that a field names."""
        theme = self.one(name)
        if theme not in self.basis.labels:
            raise BadChangeError(name)
        return theme

    def line(self, field: str = "sentence") -> LineKey:
        """The sentence that ``article`` and a field name."""
        return self.key_of(self.article(), self.number(field))

    def line_of(self, value: str) -> LineKey:
        """The sentence that ``article|sentence`` names."""
        article, _, number = value.rpartition("|")
        if not (number.isascii() and number.isdigit()):
            raise BadChangeError("lines")
        return self.key_of(self.article(article), int(number[:7]))

    def article(self, name: str = "") -> str:
        """Id of an article by its short name, or of the one that ``article`` names."""
        found = self.articles.get(name or self.one("article"))
        if found is None:
            raise BadChangeError("article")
        return found

    def key_of(self, article: str, sentence: int) -> LineKey:
        """What finds a sentence again."""
        report = self.basis.reports.get(article)
        if report is None or not 0 <= sentence < len(report.sentences):
            raise BadChangeError("sentence")
        here = report.sentences[sentence]
        if here.kind not in (*CONTENT_KINDS, "quote"):
            raise BadChangeError("sentence")
        return LineKey(article, sentence, here.text)

    def is_story(self, changes: Changes, key: StoryKey, one: Thread) -> bool:
        """Whether a key of the changes means a story of the issue."""
        event = self.basis.events.get(key.article)
        if event is None or event.id != one.event:
            return False
        to = {
            self.named(key.theme) if key.theme in self.basis.labels else key.theme,
            *(
                moved.to
                for moved in changes.moved
                if isinstance(moved.what, StoryKey)
                and moved.what.theme == key.theme
                and self.basis.events.get(moved.what.article) is event
            ),
        }
        return self.named(one.theme) in to
