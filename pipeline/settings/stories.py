"""What tells one event from another: ``configs/stories.toml``, ``models/stories.toml``, and common words."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationInfo, field_validator

from ..korean.press import PAPERS, spelled
from ..korean.spelling import letters_of
from ..records import NameRules, StoryRules
from .data import load_background, load_keyword_rules
from .korean import load_places, load_units, vocabulary
from .toml import Checked, compilable, read_toml, resource, validated


class _NamesFile(Checked):
    endings: str
    ordinary: str


class _Examples(Checked):
    preview: tuple[str, ...]
    result: tuple[str, ...]
    brief: tuple[str, ...]
    recurring: dict[str, str]


class _KindFile(Checked):
    nouns: str
    example: str
    against: str


class _StoriesFile(Checked):
    preview: tuple[str, ...]
    result: tuple[str, ...]
    brief: tuple[str, ...]
    recurring: dict[str, str]
    kinds: dict[str, _KindFile]
    names: _NamesFile
    example: _Examples
    against: _Examples

    @field_validator("preview", "result", "brief", "recurring")
    @classmethod
    def _compiles(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, dict):
            return {name: compilable(spelled(pattern, vocabulary()), info) for name, pattern in value.items()}
        return tuple(compilable(spelled(pattern, vocabulary()), info) for pattern in value)


@lru_cache(maxsize=4)
def load_story_rules(file: Path | None = None) -> StoryRules:
    """Rules of the stories."""
    path = file or resource("configs/stories.toml")
    data = validated(_StoriesFile, read_toml(path), path, tested=file is None)
    weights = TypeAdapter(dict[str, dict[str, float]]).validate_python(
        read_toml(resource("models/stories.toml"))
    )
    return StoryRules(
        preview=data.preview,
        result=data.result,
        brief=data.brief,
        recurring=data.recurring,
        kinds={
            noun: n for n, kind in enumerate(data.kinds.values()) for noun in kind.nouns.casefold().split()
        },
        names=_names(data.names),
        counts=load_units(),
        background=load_background(),
        weights=weights["alike"],
        sides=weights["sides"],
    )


def _names(file: _NamesFile) -> NameRules:
    keywords, places = load_keyword_rules(), load_places()
    same: defaultdict[str, set[str]] = defaultdict(set)
    for group in keywords.aliases:
        forms = set(map(letters_of, group))
        for form in forms:
            same[form] |= forms
    return NameRules(
        endings=(*file.endings.split(), *PAPERS),
        ordinary=_common_nouns()
        | keywords.ordinary
        | keywords.everyday
        | set(file.ordinary.casefold().split()),
        same={form: frozenset(forms) for form, forms in same.items()},
        known=frozenset(map(letters_of, keywords.names)),
        places=frozenset(map(letters_of, places.known - places.countries)),
    )


def _common_nouns() -> frozenset[str]:
    """Words that the news uses as nouns more than as names."""
    frequency = load_background().frequency
    nouns = (key.rpartition("/")[0] for key in frequency if key.endswith("/NNG"))
    return frozenset(n.casefold() for n in nouns if frequency[f"{n}/NNG"] > frequency.get(f"{n}/NNP", 0))
