"""What a term is worth in its article: a sum of parts, each of which a reader can be shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..korean.spelling import key_of
from ..korean.tags import NOUNS
from ..records import CONTENT_KINDS, KeywordRules, Token, Unit
from .people import People
from .terms import Place, Term, nesting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Which features make up each part of a score, as ``--why`` shows them.
PARTS: dict[str, tuple[str, ...]] = {
    "frequency": ("free", "repeated", "once", "oncename", "wholes"),
    "background": ("rarity", "common", "ordinary"),
    "spread": ("spread", "shared"),
    "position": ("early", "label", "topic"),
    "headings": ("heading",),
    "centre": ("centre",),
    "form": (
        "short", "letters", "compound", "two", "long", "endsname", "latin", "name",
        "quoted", "introduced", "listed", "verb", "person", "source", "place", "loose", "metric",
    ),
    "glossary": ("known",),
}  # fmt: skip
FEATURES: tuple[str, ...] = tuple(name for names in PARTS.values() for name in names)


# Named once, among others: “OpenAI, Visa, 블랙록 등”.
_LISTED = re.compile(r"(?:\([^)]*\))?(?:, ?\S|·\S| 등|[와과] \S+ ?등)")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the features of all terms of an article share."""

    texts: Mapping[int, str]
    rank: Mapping[int, int]
    heads: frozenset[int]
    items: frozenset[int]
    blocks: Mapping[int, int]
    close: Mapping[int, float]
    title: str
    tokens: Mapping[int, Sequence[Token]]
    nouns: Mapping[str, int]


def features(
    terms: Sequence[Term],
    units: Sequence[Unit],
    title: str | None,
    vectors: NDArray[np.float32] | None,
    people: People,
    rules: KeywordRules,
) -> list[dict[str, float]]:
    """What is known about each term, by the names of `FEATURES`, in the order of `terms`.

    Parameters
    ----------
    title
        Of the article, where it does not stand in the text.
    vectors
        Unit rows for `units`, shape (n, d); None leaves the centre out.
    people
        As `people.find` gives them.
    """
    content = [unit.index for unit in units if unit.kind in CONTENT_KINDS]
    setting = _Setting(
        texts={unit.index: unit.text for unit in units},
        rank={index: n for n, index in enumerate(content)},
        heads=frozenset(unit.index for unit in units if unit.kind in ("title", "heading")),
        items=frozenset(unit.index for unit in units if unit.kind == "item"),
        blocks={unit.index: unit.block for unit in units},
        close=_closeness(units, content, vectors),
        title=key_of(title or ""),
        tokens={unit.index: unit.tokens for unit in units},
        nouns=Counter(t.form for u in units if u.kind in CONTENT_KINDS for t in u.tokens if t.tag in NOUNS),
    )
    held = nesting(terms)
    found = []
    for i, term in enumerate(terms):
        nested = max((len(p) for j, p in held[i].items() if len(terms[j].places) >= 2), default=0)
        found.append(_features(term, max(0, term.count - nested), setting, people, rules))
    return found


def _features(
    term: Term, free: int, setting: _Setting, people: People, rules: KeywordRules
) -> dict[str, float]:
    words, places, size = term.words, term.places, len(term.words)
    units = {place.unit for place in places}
    count = term.count
    once = count == 1
    named = [w.tag in ("NNP", "SL") and w.key not in rules.common for w in words]
    latin = all(w.tag == "SL" for w in words)
    text = "".join(w.text for w in words)
    after = [setting.texts[p.unit][p.end : p.end + 1] for p in places]
    said = list(zip(places, after, strict=True))
    first = min((setting.rank[i] for i in units if i in setting.rank), default=len(setting.rank))
    keys = {key_of(form) for form in term.forms}
    return {
        # How often it stands outside of longer phrases, and how often with nothing beside it.
        "free": math.log1p(free),
        "wholes": math.log1p(sum(place.whole for place in places)),
        "repeated": math.log(count) if size > 1 else 0.0,
        "once": float(once),
        "oncename": float(once and size == 1 and any(named)),
        "rarity": sum(w.rarity for w in words) / size,
        "common": float(size == 1 and words[0].key in rules.common),
        "ordinary": float(size == 1 and words[0].key in rules.ordinary),
        "spread": math.log(len({setting.blocks[i] for i in units})),
        "shared": math.log1p(_elsewhere(term, setting)),
        "early": 1.0 / (1.0 + first / 3.0),
        "label": float(any(_opens_item(p, a, size, setting.items) for p, a in said)),
        "topic": float(any(a in ("은", "는") for a in after)),
        "heading": float(bool(units & setting.heads) or any(key in setting.title for key in keys)),
        "centre": max((setting.close.get(i, 0.0) for i in units), default=0.0),
        "short": float(len(text) <= 2 and not any(named)),
        "letters": math.log(len(text)),
        "compound": float(size == 1 and words[0].morphemes >= 2),
        "two": float(size == 2),
        "long": float(size >= 3),
        "endsname": float(size > 1 and named[-1] and not named[0]),
        "latin": float(latin),
        "name": float(size == 1 and any(named)),
        "quoted": float(any(place.quoted for place in places)),
        "introduced": float(term.introduced),
        "listed": float(once and bool(_LISTED.match(setting.texts[places[0].unit], places[0].end))),
        "verb": sum(place.verb for place in places) / len(places),
        "person": float(any(w.key in people.roles for w in words)),
        "source": float(
            any(people.roles.get(w.key) in rules.sources or w.key in people.hosts for w in words)
        ),
        "place": float(words[0].key in rules.places and (size == 1 or once)),
        "loose": float(size > 1 and words[-1].key in rules.loose),
        "metric": float(size == 1 and words[0].key in rules.metrics),
        "known": float(bool(keys & rules.known)),
    }  # fmt: skip


def _elsewhere(term: Term, setting: _Setting) -> int:
    """How often the most frequent of its nouns stands elsewhere: 투자, where 과잉 투자 is named once."""
    place = term.places[0]
    own = {
        token.form
        for token in setting.tokens[place.unit]
        if token.tag in NOUNS and token.start >= place.start and token.end <= place.end
    }
    return max(0, max((setting.nouns.get(form, 0) for form in own), default=0) - term.count)


def _opens_item(place: Place, after: str, size: int, items: frozenset[int]) -> bool:
    """Whether it is what an item is about: “- 수주 잔고: …”, or all that a short item says."""
    return place.unit in items and place.start <= 2 and (after == ":" or (not after and size <= 2))


def parts(found: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """The parts of a score, in log odds."""
    return {
        part: round(sum(weights[name] * found[name] for name in names), 4) for part, names in PARTS.items()
    }


def log_odds(chance: float) -> float:
    """A chance as log odds."""
    return math.log(chance / (1.0 - chance))


def _closeness(
    units: Sequence[Unit], content: Sequence[int], vectors: NDArray[np.float32] | None
) -> dict[int, float]:
    """Cosine of each body sentence with the article's mean, scaled to the closest one."""
    if vectors is None or not content:
        return {}
    import numpy as np

    row = {unit.index: n for n, unit in enumerate(units)}
    rows = vectors[[row[i] for i in content]].astype(np.float64)
    mean = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    if length == 0:
        return {}
    cosines = rows @ (mean / length)
    top = float(cosines.max()) or 1.0
    return {index: round(float(c) / top, 6) for index, c in zip(content, cosines, strict=True)}
