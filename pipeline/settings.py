"""Settings, and the data files of the package: theme sets, word lists, boilerplate rules, messages.

Everything that is read from `configs/` and `models/` is read here, so that the steps take values only.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from .records import (
    OTHER,
    Background,
    BoilerplateRule,
    EditorModel,
    LeaningWords,
    Limits,
    Reading,
    StoryRules,
    Term,
    Theme,
    ThemeModel,
    ThemeSet,
    Web,
)

Lang = Literal["ko", "en"]
_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Path of a data file or folder, such as ``configs/default.toml``.

    The wheel carries ``configs/`` and ``models/`` inside the package; a checkout has them beside it.
    """
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name


class ConfigError(ValueError):
    """A settings, theme or rules file that can't be used. The message names the file and the place."""

    def __init__(self, file: Path | str, place: str, problem: str) -> None:
        super().__init__(f"{file}: {place}: {problem}" if place else f"{file}: {problem}")
        self.file, self.place, self.problem = str(file), place, problem


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ── length of a summary ────────────────────────────────────────────────────────────────────────────

_LENGTH = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>%|자|chars?|문장|sentences?)?")


class Length(_Model):
    """How long a summary is to be: sentences, a share of the sentences, or characters."""

    amount: float = Field(gt=0)
    unit: Literal["sentences", "share", "chars"]

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read ``5``, ``20%`` or ``600자`` (also ``600chars``).

        Raises
        ------
        ValueError
            When the text is none of these, or the amount is not positive (a share: above 100).
        """
        match = _LENGTH.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a length: {text!r} (5, 20%, 600자)")
        amount, unit = float(match["n"]), match["unit"] or ""
        if amount <= 0 or (unit == "%" and amount > 100):
            raise ValueError(f"out of range: {text!r}")
        if unit == "%":
            return cls(amount=amount / 100, unit="share")
        if unit.startswith(("자", "char")):
            return cls(amount=amount, unit="chars")
        if amount != int(amount):
            raise ValueError(f"a number of sentences is whole: {text!r}")
        return cls(amount=amount, unit="sentences")


# ── settings ───────────────────────────────────────────────────────────────────────────────────────


class KoreanSettings(_Model):
    """Morphological analysis."""

    words: str = "configs/words.tsv"
    multi_word_dictionary: bool = False


class EncoderSettings(_Model):
    """Which sentence encoder."""

    name: str = "ko-morph"


class ThemeSettings(_Model):
    """Which theme set, and how sure a theme has to be."""

    set: str = "bigtech"
    threshold: float = Field(0.35, ge=0, le=1)
    discover: bool = True


class SummarySettings(_Model):
    """How to summarize."""

    method: str = "editor"
    length: str = "5"
    per_theme: int = Field(2, ge=0, le=50)
    query: str = ""
    theme: str = ""

    @field_validator("length")
    @classmethod
    def _length(cls, value: str) -> str:
        Length.parse(value)
        return value


class KeywordSettings(_Model):
    """How many keywords an article, a theme and a batch get."""

    top: int = Field(15, ge=0, le=1000)
    per_theme: int = Field(5, ge=0, le=1000)


class DigestSettings(_Model):
    """The newsletter."""

    title: str = ""
    keywords: int = Field(15, ge=0, le=1000)
    lines_per_story: int = Field(4, ge=1, le=50)
    stories_per_theme: int = Field(20, ge=1)


class LimitSettings(_Model):
    """What an input may cost: see `records.Limits`."""

    file_bytes: int = Field(50_000_000, ge=1)
    article_chars: int = Field(2_000_000, ge=1)
    line_chars: int = Field(500_000, ge=1)
    archive_members: int = Field(100_000, ge=1)
    archive_bytes: int = Field(1_000_000_000, ge=1)
    archive_ratio: int = Field(200, ge=1)
    depth: int = Field(200, ge=1, le=500)
    seconds: float = Field(30.0, gt=0)
    least_letters: int = Field(8, ge=0)
    korean_share: float = Field(0.25, ge=0, le=1)


class WebSettings(_Model):
    """How pages are fetched: see `records.Web`."""

    agent: str = "yoyak"
    robots: bool = True
    cache: str | None = None
    cache_seconds: float = Field(3600.0, ge=0)
    retries: int = Field(2, ge=0, le=10)
    pages: int = Field(100, ge=1)


class FieldSettings(_Model):
    """Which key of a JSON record or column of a table holds what; empty: guessed."""

    title: str = ""
    body: str = ""
    sentences: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    rights: str = ""


class ReadSettings(_Model):
    """How inputs are read."""

    limits: LimitSettings = LimitSettings()
    web: WebSettings = WebSettings()
    fields: FieldSettings = FieldSettings()


_COLOUR = r"^#[0-9a-fA-F]{6}$"


class NewsletterSettings(_Model):
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


class RightsSettings(_Model):
    """How much of a source that forbids redistribution is quoted."""

    sentences: int = Field(3, ge=0)
    share: float = Field(0.2, ge=0, le=1)
    strict: bool = False
    forbids: tuple[str, ...] = ()

    @field_validator("forbids")
    @classmethod
    def _compiles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value


class RunSettings(_Model):
    """How the work is spread. Nothing here changes a byte of the output."""

    engine: str = "serial"
    workers: int = Field(0, ge=0, le=1024)
    batch: int = Field(32, ge=1, le=10_000)


class Settings(_Model):
    """All settings; the defaults are those of ``configs/default.toml``."""

    lang: Lang = "ko"
    korean: KoreanSettings = KoreanSettings()
    encoder: EncoderSettings = EncoderSettings()
    themes: ThemeSettings = ThemeSettings()
    summary: SummarySettings = SummarySettings()
    keywords: KeywordSettings = KeywordSettings()
    digest: DigestSettings = DigestSettings()
    newsletter: NewsletterSettings = NewsletterSettings()
    rights: RightsSettings = RightsSettings()
    run: RunSettings = RunSettings()
    read: ReadSettings = ReadSettings()

    def reading(self) -> Reading:
        """The settings of `read`, as the readers take them."""
        fields = self.read.fields.model_dump()
        return Reading(
            limits=Limits(**self.read.limits.model_dump()),
            web=Web(**self.read.web.model_dump()),
            fields=tuple((name, key) for name, key in fields.items() if key),
        )


def load_settings(file: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Settings from the package's defaults, a file over them, and single values over both.

    Parameters
    ----------
    file
        TOML. Keys that it leaves out keep their defaults.
    overrides
        Dotted keys, such as ``{"summary.length": "600자"}``; values of None are passed over.

    Raises
    ------
    ConfigError
        Names the file and the key (with its line) of a wrong key or value.
    """
    default = resource("configs/default.toml")
    data = _toml(default)
    if file is not None:
        given = _toml(file)
        _validated(Settings, given, file)
        data = _merge(data, given)
    for key, value in (overrides or {}).items():
        if value is not None:
            *tables, last = key.split(".")
            table = data
            for name in tables:
                table = table.setdefault(name, {})
            table[last] = value
    return _validated(Settings, data, file or default)


# ── data files ─────────────────────────────────────────────────────────────────────────────────────


class _TermFile(_Model):
    name: str = Field(min_length=1)
    variants: tuple[str, ...] = ()


class _ThemeFile(_Model):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    labels: dict[Lang, str]
    definition: str = ""
    terms: tuple[_TermFile, ...] = Field(min_length=1)
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class _OutsideFile(_Model):
    terms: tuple[_TermFile, ...] = ()
    hints: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class _ThemeSetFile(_Model):
    id: str
    labels: dict[Lang, str]
    other: dict[Lang, str] = {"ko": "기타", "en": "Other"}
    themes: tuple[_ThemeFile, ...] = Field(min_length=1)
    outside: _OutsideFile = _OutsideFile()


class _ThemeModelFile(_Model):
    fitted: dict[str, str]
    cues: dict[str, str]
    weights: dict[str, dict[str, float]]

    @field_validator("cues")
    @classmethod
    def _compile(cls, value: dict[str, str]) -> dict[str, str]:
        for pattern in value.values():
            re.compile(pattern)
        return value


def load_theme_model(file: Path | None = None) -> ThemeModel:
    """Weights and cues of the theme step, from ``models/themes.toml``."""
    path = file or resource("models/themes.toml")
    data = _validated(_ThemeModelFile, _toml(path), path)
    return ThemeModel(weights=data.weights, cues=data.cues, fitted=data.fitted)


def load_themes(name: str) -> ThemeSet:
    """Theme set by name (``bigtech``: ``configs/themes/bigtech.toml``) or by path of a TOML file.

    Raises
    ------
    ConfigError
        When there is no such set, or it breaks the format.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = resource(f"configs/themes/{name}.toml")
        if not path.is_file():
            known = ", ".join(sorted(p.stem for p in resource("configs/themes").glob("*.toml")))
            raise ConfigError(name, "themes", f"no such theme set; there are: {known}; or give a .toml file")
    data = _validated(_ThemeSetFile, _toml(path), path)
    ids = [theme.id for theme in data.themes]
    doubled = sorted({i for i in ids if ids.count(i) > 1 or i == "other"})
    if doubled:
        raise ConfigError(path, "themes", f"theme id used twice or reserved: {', '.join(doubled)}")
    return ThemeSet(
        id=data.id,
        labels={str(k): v for k, v in data.labels.items()},
        other={str(k): v for k, v in data.other.items()},
        themes=tuple(
            Theme(
                id=theme.id,
                labels={str(k): v for k, v in theme.labels.items()},
                definition=theme.definition,
                terms=tuple(Term(term.name, term.variants) for term in theme.terms),
                against=theme.against,
                examples=theme.examples,
                hints=theme.hints,
            )
            for theme in data.themes
        ),
        outside=Theme(
            id=OTHER,
            labels={str(k): v for k, v in data.other.items()},
            definition="",
            terms=tuple(Term(term.name, term.variants) for term in data.outside.terms),
            against=data.outside.against,
            examples=data.outside.examples,
            hints=data.outside.hints,
        ),
    )


class _RuleFile(_Model):
    name: str
    where: Literal["line", "start", "end", "list"]
    pattern: str
    example: str
    facts: dict[Literal["author", "publisher", "published", "rights", "url"], str] = {}
    against: tuple[str, ...] = ()

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value


class _RulesFile(_Model):
    rule: tuple[_RuleFile, ...]


def load_boilerplate(file: Path | None = None) -> tuple[BoilerplateRule, ...]:
    """Rules for what is not the article, from ``configs/boilerplate.toml``."""
    path = file or resource("configs/boilerplate.toml")
    return tuple(
        BoilerplateRule(
            rule.name, rule.where, rule.pattern, rule.example, tuple(sorted(rule.facts.items())), rule.against
        )
        for rule in _validated(_RulesFile, _toml(path), path).rule
    )


class _StoriesFile(_Model):
    preview: tuple[str, ...]
    result: tuple[str, ...]
    leans: tuple[str, ...]
    recurring: dict[str, str]

    @field_validator("preview", "result", "leans", "recurring")
    @classmethod
    def _compiles(cls, value: Any) -> Any:
        for pattern in value.values() if isinstance(value, dict) else value:
            re.compile(pattern)
        return value


@lru_cache(maxsize=4)
def load_story_rules(file: Path | None = None) -> StoryRules:
    """Words that tell events of one kind apart, from ``configs/stories.toml``."""
    path = file or resource("configs/stories.toml")
    data = _validated(_StoriesFile, _toml(path), path)
    return StoryRules(
        preview=data.preview, result=data.result, leans=data.leans, recurring=data.recurring
    )


_IMAGES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_LARGEST_LOGO = 200_000


def load_logo(name: str) -> str | None:
    """A picture as a ``data:`` address, for pages that must not ask anyone for anything.

    Raises
    ------
    ConfigError
        When the file is missing, too large, or no picture that mail and browsers show.
    """
    if not name:
        return None
    path = Path(name)
    kind = _IMAGES.get(path.suffix.lower())
    if kind is None:
        raise ConfigError(name, "newsletter.logo", f"not a picture; there are: {', '.join(_IMAGES)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(name, "newsletter.logo", error.strerror or str(error)) from error
    if len(data) > _LARGEST_LOGO:
        raise ConfigError(name, "newsletter.logo", f"{len(data)} bytes; at most {_LARGEST_LOGO}")
    return f"data:image/{kind};base64,{b64encode(data).decode('ascii')}"


class _LeaningFile(_Model):
    openers: tuple[str, ...]
    endings: tuple[str, ...]
    afterthoughts: tuple[str, ...]
    days: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    set_phrases: frozenset[str]
    empty_nouns: frozenset[str]
    frames: frozenset[str]
    addresses: tuple[str, ...]
    speakers: frozenset[str]
    auxiliary_nouns: frozenset[str]
    predicate_nouns: frozenset[str]

    @field_validator("openers", "endings", "afterthoughts", "addresses")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value


def load_leaning(file: Path | None = None) -> LeaningWords:
    """Words by which a sentence leans on one before it, from ``configs/leaning.toml``."""
    path = file or resource("configs/leaning.toml")
    return LeaningWords(**dict(_validated(_LeaningFile, _toml(path), path)))


class _CuesFile(_Model):
    announcement: tuple[str, ...]
    emphasis: tuple[str, ...]
    pointer: tuple[str, ...]
    aside: tuple[str, ...]
    figures: tuple[str, ...]

    @field_validator("*")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value


def load_cues(file: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Cue words by feature, as regular expressions, from ``configs/cues.toml``."""
    path = file or resource("configs/cues.toml")
    return dict(_validated(_CuesFile, _toml(path), path))


class _EditorFile(_Model):
    redundancy: float = Field(ge=0)
    coverage: float = Field(ge=0)
    query: float = Field(ge=0)
    theme: float = Field(ge=0)
    weights: dict[str, float]
    prior: dict[str, float]


def load_editor(file: Path | None = None, *, prior: bool = False) -> EditorModel:
    """Weights of the ``editor`` method, from ``models/editor.toml``.

    Parameters
    ----------
    prior
        The weights that training starts from and is held to, instead of the trained ones.
    """
    path = file or resource("models/editor.toml")
    data = _validated(_EditorFile, _toml(path), path)
    return EditorModel(
        weights=data.prior if prior else data.weights,
        redundancy=data.redundancy,
        coverage=data.coverage,
        query=data.query,
        theme=data.theme,
    )


@lru_cache(maxsize=4)
def load_background(file: Path | None = None) -> Background:
    """Document frequencies of morphemes, from ``models/background.tsv``.

    The file has a line ``documents<TAB>n`` and then ``form/tag<TAB>count`` lines, most frequent first.
    """
    path = file or resource("models/background.tsv")
    frequency: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        documents = int(next(rows)[1])
        for key, count in rows:
            frequency[key] = int(count)
    return Background(documents, frequency)


@lru_cache(maxsize=4)
def load_messages(lang: Lang) -> dict[str, str]:
    """Texts for people, by dotted key, in the language that is asked for."""
    flat: dict[str, str] = {}
    for section, texts in _toml(resource(f"configs/messages/{lang}.toml")).items():
        flat.update({f"{section}.{key}": text for key, text in texts.items()})
    return flat


# ── reading and checking TOML ──────────────────────────────────────────────────────────────────────

_M = TypeVar("_M", bound=BaseModel)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, "", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, "", f"not UTF-8: byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, "", str(error)) from error


def _validated(model: type[_M], data: Mapping[str, Any], path: Path) -> _M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        keys = [str(key) for key in first["loc"]]
        problem = first["msg"]
        if first["type"] == "extra_forbidden":
            problem = f"unknown key {keys[-1]!r}"
        elif not isinstance(first["input"], dict | list):
            problem += f" (given: {first['input']!r})"
        line = _line_of(path, keys)
        raise ConfigError(path, ".".join(keys) + (f" (line {line})" if line else ""), problem) from error


def _line_of(path: Path, keys: list[str]) -> int | None:
    """Line of a dotted key: below its table's head where there is one, else its first mention."""
    names = [key for key in keys if not key.isdigit()]
    if not names:
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    table = re.compile(r"\s*\[+\s*" + r"\s*\.\s*".join(map(re.escape, names[:-1])) + r"\s*\]+")
    head = next((n for n, line in enumerate(lines) if names[:-1] and table.match(line)), 0)
    key = re.compile(rf"\s*(?:\[+\s*)?['\"]?{re.escape(names[-1])}['\"]?\s*(?:=|\]|\.)")
    return next((n + 1 for n in range(head, len(lines)) if key.match(lines[n])), None)


def _merge(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged
