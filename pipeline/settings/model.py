"""The settings, their defaults and their limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from ..korean.press import spelled
from ..records import ZONE, Limits, Reading, Web
from .lengths import IssueLength, Length
from .newsroom import SendingSettings, SourceSettings
from .toml import Checked, compilable, overlaid, read_toml, resource, validated

Lang = Literal["ko", "en"]


class KoreanSettings(Checked):
    """Morphological analysis."""

    words: str = "configs/words.tsv"
    user_words: str = ""
    multi_word_dictionary: bool = False


class EncoderSettings(Checked):
    """Which sentence encoder."""

    name: str = "ko-morph"


class ThemeSettings(Checked):
    """Which theme set, and how sure a theme has to be."""

    set: str = "bigtech"
    threshold: float = Field(0.35, ge=0, le=1)
    discover: bool = True
    discover_sentences: int = Field(6_000, ge=4)
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Sentences that belong to themes of the set, besides its own: what an editor corrected."""

    @field_validator("examples", mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        # Settings are keys of caches, and a dict can't be hashed.
        return tuple(value.items()) if isinstance(value, dict) else value


class SummarySettings(Checked):
    """How to summarize."""

    method: str = "editor"
    genre: Literal["business", "science", "auto"] = "business"
    length: str = "5"
    per_theme: int = Field(2, ge=0, le=50)
    query: str = ""
    theme: str = ""
    weights: str = ""

    @field_validator("length")
    @classmethod
    def _length(cls, value: str) -> str:
        Length.parse(value)
        return value


class KeywordSettings(Checked):
    """How many keywords an article, a theme and a batch get."""

    top: int = Field(15, ge=0, le=1000)
    per_theme: int = Field(5, ge=0, le=1000)


class FigureSettings(Checked):
    """Whether the figures of articles are read."""

    enabled: bool = True


class DigestSettings(Checked):
    """The newsletter."""

    title: str = ""
    keywords: int = Field(15, ge=0, le=1000)
    length: str = "60"
    """Lines of an issue, or minutes of reading: see `IssueLength`."""
    lines_per_event: int = Field(8, ge=1)
    lines_per_story: int = Field(4, ge=1, le=50)
    stories_per_theme: int = Field(20, ge=1)
    figures: int = Field(0, ge=0, le=100)
    """Rows of the table of figures of a theme."""
    hidden: tuple[str, ...] = ()
    """Keywords that no table of an issue shows."""
    aliases: tuple[tuple[str, ...], ...] = ()
    """Groups of keywords that are one thing, besides those of ``configs/aliases.toml``."""
    leave_out: tuple[str, ...] = (
        "personnel", "obituary", "horoscope", "photo", "graphic", "market", "weather", "lottery",
        "activities", "notice",
    )  # fmt: skip

    @field_validator("length")
    @classmethod
    def _length(cls, value: str) -> str:
        IssueLength.parse(value)
        return value


class LimitSettings(Checked):
    """What an input may cost: see `records.Limits`."""

    file_bytes: int = Field(50_000_000, ge=1)
    article_chars: int = Field(2_000_000, ge=1)
    article_sentences: int = Field(1_500, ge=1)
    line_chars: int = Field(200_000, ge=1)
    archive_members: int = Field(100_000, ge=1)
    archive_bytes: int = Field(1_000_000_000, ge=1)
    archive_ratio: int = Field(200, ge=1)
    depth: int = Field(200, ge=1, le=500)
    seconds: float = Field(4.0, gt=0)
    memory_bytes: int = Field(700_000_000, ge=0)
    least_letters: int = Field(8, ge=0)
    korean_share: float = Field(0.25, ge=0, le=1)


class WebSettings(Checked):
    """How pages are fetched: see `records.Web`."""

    agent: str = "yoyak"
    robots: bool = True
    cache: str | None = None
    cache_seconds: float = Field(3600.0, ge=0)
    retries: int = Field(2, ge=0, le=10)
    pages: int = Field(100, ge=1)
    seconds: float = Field(30.0, gt=0)


class FieldSettings(Checked):
    """Which key of a JSON record or column of a table holds what; empty: guessed."""

    title: str = ""
    body: str = ""
    sentences: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    rights: str = ""


class ReadSettings(Checked):
    """How inputs are read; `zone` is the newsroom's, by its IANA name."""

    zone: str = ZONE
    limits: LimitSettings = LimitSettings()
    web: WebSettings = WebSettings()
    fields: FieldSettings = FieldSettings()

    @field_validator("zone")
    @classmethod
    def _is_there(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no such time zone: {value!r} (Asia/Seoul)") from error
        return value


_COLOUR = r"^#[0-9a-fA-F]{6}$"


_ADDRESS = re.compile(r"[^\s<>,;@]@[^\s<>,;@]")


class NewsletterSettings(Checked):
    """What is the same in every issue, and how the sections are laid out."""

    name: str = ""
    tagline: str = ""
    footer: str = ""
    accent: str = Field("#1d4ed8", pattern=_COLOUR)
    logo: str = ""
    home: str = ""
    url: str = ""
    order: tuple[str, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    sender: str = ""
    recipient: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    list_id: str = ""
    templates: str = ""

    @field_validator("sender", "recipient", "reply_to")
    @classmethod
    def _address(cls, value: str) -> str:
        if value.strip() and not _ADDRESS.search(value):
            raise ValueError(
                "an e-mail address, with a name before it if you like: 나래 아침 <news@example.kr>"
            )
        return value

    @field_validator("limits", mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        # Settings are keys of caches, and a dict can't be hashed.
        return tuple(value.items()) if isinstance(value, dict) else value

    @field_validator("limits")
    @classmethod
    def _some(cls, value: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        if any(limit < 0 for _, limit in value):
            raise ValueError("stories of a theme: 0 or more")
        return value


class RightsSettings(Checked):
    """How much of a source that forbids redistribution is quoted."""

    sentences: int = Field(5, ge=0)
    share: float = Field(0.2, ge=0, le=1)
    strict: bool = False
    forbids: tuple[str, ...] = ()
    publishers: tuple[tuple[str, Literal["free", "limited", "headline"]], ...] = ()
    """What may be quoted of single publishers, whatever their articles say of it."""

    @field_validator("publishers", mode="before")
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        return tuple(value.items()) if isinstance(value, dict) else value

    @field_validator("forbids")
    @classmethod
    def _compiles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(compilable(spelled(pattern)) for pattern in value)


class RunSettings(Checked):
    """How the work is spread. Nothing here changes a byte of the output."""

    engine: str = "serial"
    workers: int = Field(0, ge=0, le=1024)
    batch: int = Field(32, ge=1, le=10_000)


class Settings(Checked):
    """All settings; the defaults are those of ``configs/default.toml``."""

    lang: Lang = "ko"
    korean: KoreanSettings = KoreanSettings()
    encoder: EncoderSettings = EncoderSettings()
    themes: ThemeSettings = ThemeSettings()
    summary: SummarySettings = SummarySettings()
    keywords: KeywordSettings = KeywordSettings()
    figures: FigureSettings = FigureSettings()
    digest: DigestSettings = DigestSettings()
    newsletter: NewsletterSettings = NewsletterSettings()
    rights: RightsSettings = RightsSettings()
    sources: SourceSettings = SourceSettings()
    sending: SendingSettings = SendingSettings()
    run: RunSettings = RunSettings()
    read: ReadSettings = ReadSettings()

    def reading(self) -> Reading:
        """The settings of `read`, as the readers take them."""
        fields = self.read.fields.model_dump()
        return Reading(
            limits=Limits(**self.read.limits.model_dump()),
            web=Web(**self.read.web.model_dump()),
            fields=tuple((name, key) for name, key in fields.items() if key),
            zone=self.read.zone,
        )


#: Settings that are paths: in a file, from its folder on; as options, from the working directory.
_PATHS = (
    "korean.user_words",
    "newsletter.logo",
    "newsletter.templates",
    "read.web.cache",
    "sending.recipients",
    "sending.secret_file",
    "sources.inbox",
    "sources.opml",
    "summary.weights",
)
#: Settings that are a name of ours or a path.
_NAMES_OR_PATHS = ("encoder.name", "korean.words", "themes.set")


def _located(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A file's tables, with the paths in them from its folder."""
    for key in (*_PATHS, *_NAMES_OR_PATHS):
        *tables, last = key.split(".")
        value: Any = data
        for name in (*tables, last):
            value = value.get(name) if isinstance(value, dict) else None
        if not isinstance(value, str) or not value:
            continue
        path = folder / Path(value).expanduser()
        if key in _PATHS or value.endswith(".toml") or path.exists():
            data = overlaid(data, _nested((*tables, last), str(path)))
    return data


def _nested(keys: Sequence[str], value: str) -> dict[str, Any]:
    return {keys[0]: _nested(keys[1:], value) if len(keys) > 1 else value}


def load_settings(file: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Settings from the package's defaults, a file over them, and single values over both.

    Parameters
    ----------
    file
        TOML. Keys that it leaves out keep their defaults; paths in it are taken from its folder.
    overrides
        Dotted keys, such as ``{"summary.length": "600자"}``; values of None are passed over.

    Raises
    ------
    ConfigError
        Names the file and the key (with its line) of a wrong key or value.
    """
    default = resource("configs/default.toml")
    data = read_toml(default)
    if file is not None:
        given = read_toml(file)
        validated(Settings, given, file)
        data = overlaid(data, _located(given, file.parent))
    for key, value in (overrides or {}).items():
        if value is not None:
            *tables, last = key.split(".")
            table = data
            for name in tables:
                table = table.setdefault(name, {})
            table[last] = value
    return validated(Settings, data, file or default)
