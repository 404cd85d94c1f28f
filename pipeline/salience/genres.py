"""Which editor an article is for: one of business, or one of science."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..korean.expressions import any_of
from ..records import CONTENT_KINDS, EditorModel, Unit

#: Share of an article's sentences that speak of research from which on it is of science.
_RESEARCH = 0.1


def model_for(
    genre: str,
    models: Mapping[str, EditorModel],
    units: Sequence[Unit],
    cues: Mapping[str, tuple[str, ...]],
) -> EditorModel:
    """The model that an article is ranked by.

    Parameters
    ----------
    genre
        A name of `models`, or ``auto``: as the article's own words say.
    """
    return models[_genre(units, cues) if genre == "auto" and len(models) > 1 else genre]


def _genre(units: Sequence[Unit], cues: Mapping[str, tuple[str, ...]]) -> str:
    research = any_of(cues["research"])
    texts = [unit.text for unit in units if unit.kind in CONTENT_KINDS]
    speaks = sum(research.search(text) is not None for text in texts)
    return "science" if texts and speaks >= _RESEARCH * len(texts) else "business"
