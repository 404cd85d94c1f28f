"""What a term is worth in its article: a sum of parts, each of which a reader can be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..records import CONTENT_KINDS, KeywordRules, Unit
from .terms import Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def features(
    terms: Sequence[Term],
    units: Sequence[Unit],
    vectors: NDArray[np.float32] | None,
    people: frozenset[str],
    rules: KeywordRules,
) -> list[dict[str, float]]:
    """What is known about each term, in order of `terms`."""
    content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
    heads = frozenset(unit.index for unit in units if unit.kind in ("title", "heading"))
    rank = {index: n for n, index in enumerate(content)}
    close = _closeness(content, vectors)
    counts = {term.key: len(term.places) for term in terms}
    blocks = {unit.index: unit.block for unit in units}
    sections = {unit.index: unit.section for unit in units}
    return [
        _features(term, rank, heads, close, counts, blocks, sections, people, rules, len(content))
        for term in terms
    ]


def _features(
    term: Term,
    rank: Mapping[int, int],
    heads: frozenset[int],
    close: Mapping[int, float],
    counts: Mapping[str, int],
    blocks: Mapping[int, int],
    sections: Mapping[int, int | None],
    people: frozenset[str],
    rules: KeywordRules,
    length: int,
) -> dict[str, float]:
    units = sorted({place.unit for place in term.places})
    told = [place for place in term.places if not place.verb]
    verbs = len(term.places) - len(told)
    weight = len(told) + 0.4 * verbs
    words = term.words
    first = min((rank[i] for i in units if i in rank), default=length)
    size = len(words)
    least = min((counts.get(part, 0) for part in term.parts), default=0) or len(term.places)
    name = any(w.tag in ("NNP", "SL") for w in words)
    latin = all(w.tag == "SL" for w in words)
    share = [0.0 if w.key in rules.alone else 1.0 for w in words]
    text = "".join(w.text for w in words)
    return {
        "count": math.log1p(weight),
        "once": float(len(term.places) == 1),
        "rarity": sum(w.rarity for w in words) / size,
        "rarest": max(w.rarity for w in words),
        "spread": math.log(len({blocks[i] for i in units})),
        "sections": math.log1p(len({sections[i] for i in units if sections[i] is not None})),
        "early": 1.0 / (1.0 + first / 3.0),
        "late": first / max(1, length),
        "heading": float(any(i in heads for i in units)),
        "centre": max((close.get(i, 0.0) for i in units), default=0.0),
        "introduced": float(term.introduced),
        "name": float(name),
        "latin": float(latin),
        "quoted": float(any(place.quoted for place in term.places)),
        "two": float(size == 2),
        "long": float(size >= 3),
        "glue": len(term.places) / max(least, len(term.places)) if size > 1 else 0.0,
        "repeated": math.log(len(term.places)) if size > 1 else 0.0,
        "common": float(size == 1 and words[0].key in rules.common),
        "weak": (1.0 - sum(share) / size) if size > 1 else 0.0,
        "commonpart": sum(w.key in rules.common for w in words) / size if size > 1 else 0.0,
        "person": float(any(w.key in people for w in words)),
        "verb": verbs / len(term.places),
        "compound": float(size == 1 and words[0].morphemes >= 2),
        "short": float(len(text) <= 2 and not latin),
        "letters": math.log(len(text)),
    }


def _closeness(content: Sequence[int], vectors: NDArray[np.float32] | None) -> dict[int, float]:
    """Cosine of each body sentence with the article's mean, scaled to the closest one."""
    if vectors is None or not content:
        return {}
    import numpy as np

    rows = vectors[list(content)]
    mean = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    if length == 0:
        return {}
    cosines = rows @ (mean / length)
    top = float(cosines.max()) or 1.0
    return {index: float(c) / top for index, c in zip(content, cosines, strict=True)}
