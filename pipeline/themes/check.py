"""What is wrong with a theme set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..records import Cohesion, Theme, ThemeModel, ThemeSet, Unit
from .assign import assign
from .evidence import gather
from .prepare import prepare

Vectors = NDArray[np.float32]

_FEW_EXAMPLES, _FEW_TERMS = 5, 4
#: Least score of another theme for an example to count as its.
_SURE = 0.15


@dataclass(frozen=True, slots=True)
class Finding:
    """A weakness of a theme set.

    Attributes
    ----------
    problem
        ``overlap`` (a term of two themes), ``doubled`` (twice in one theme), ``hidden`` (a term that speaks
        against its own theme), ``elsewhere`` (an example that falls into another theme), ``few-terms``,
        ``few-examples``, ``no-definition``, ``no-label``.
    level
        ``error`` makes sentences fall wrong; ``advice`` would make them fall better.
    """

    theme: str
    problem: str
    level: Literal["error", "advice"]
    detail: str = ""


def check(
    theme_set: ThemeSet,
    units_of: Callable[[Sequence[str]], Sequence[Unit]],
    encode: Callable[[Sequence[str]], Vectors],
    model: ThemeModel,
) -> tuple[Finding, ...]:
    """Look for what would make sentences fall into the wrong theme.

    An example is put in as a sentence of its own, by a set that does not have it as an example.

    Parameters
    ----------
    units_of
        Texts to analysed units, one each.
    """
    return (
        *_words(theme_set),
        *_poor(theme_set),
        *_examples(theme_set, units_of, encode, model),
    )


def _words(theme_set: ThemeSet) -> Iterable[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for theme in theme_set.themes:
        words = [word for term in theme.terms for word in (term.name, *term.variants)]
        for word in words:
            owners[word.casefold()].append(theme.id)
        hidden = {word.casefold() for word in theme.against} & {word.casefold() for word in words}
        for word in sorted(hidden):
            yield Finding(theme.id, "hidden", "error", word)
    for word, themes in sorted(owners.items()):
        if len(set(themes)) > 1:
            yield Finding(themes[0], "overlap", "error", f"{word}: {', '.join(dict.fromkeys(themes))}")
        elif len(themes) > 1:
            yield Finding(themes[0], "doubled", "advice", word)


def _poor(theme_set: ThemeSet) -> Iterable[Finding]:
    for theme in theme_set.themes:
        if len(theme.terms) < _FEW_TERMS:
            yield Finding(theme.id, "few-terms", "advice", str(len(theme.terms)))
        if len(theme.examples) < _FEW_EXAMPLES:
            yield Finding(theme.id, "few-examples", "advice", str(len(theme.examples)))
        if not theme.definition:
            yield Finding(theme.id, "no-definition", "advice")
        for lang in ("ko", "en"):
            if not theme.labels.get(lang):
                yield Finding(theme.id, "no-label", "advice", lang)


def _examples(
    theme_set: ThemeSet,
    units_of: Callable[[Sequence[str]], Sequence[Unit]],
    encode: Callable[[Sequence[str]], Vectors],
    model: ThemeModel,
) -> Iterable[Finding]:
    for theme in theme_set.themes:
        units = units_of(theme.examples) if theme.examples else ()
        for unit, text in zip(units, theme.examples, strict=True):
            # An example stands for a sentence of an article that may name its theme elsewhere.
            prepared = replace(prepare(_without(theme_set, theme, text), encode, model), named=frozenset())
            alone = (replace(unit, index=0, section=None),)
            (given,) = assign(gather(alone, Cohesion(), encode([text]), prepared), prepared, 0.0)
            if given is not None and given.scores:
                best = max(given.scores, key=given.scores.__getitem__)
                # Alone, with no article around, an example may well look like none; not like another.
                if best != theme.id and given.scores[best] > max(_SURE, 2 * given.scores[theme.id]):
                    yield Finding(theme.id, "elsewhere", "error", f"{best}: {text}")


def _without(theme_set: ThemeSet, theme: Theme, text: str) -> ThemeSet:
    kept = tuple(example for example in theme.examples if example != text)
    themes = tuple(replace(t, examples=kept) if t is theme else t for t in theme_set.themes)
    return replace(theme_set, themes=themes)
