"""What decided the theme of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records import OTHER
from .assign import Assignment
from .context import surroundings
from .evidence import Evidence
from .lexicon import AGAINST, TERM
from .model import OTHER_SIDE, SAID, STANDS, THEME, choose
from .prepare import Prepared

#: Features by what they stand for; the rest count as the sentence's manner.
GROUPS: dict[str, tuple[str, ...]] = {
    "terms": ("term", "terms", "subject", "core", "aside", "inside", "headed", "ending", "point", "against"),
    "hints": ("hint", "bare_hint", "late_hint", "predicate_hint", "topical_hint", "no_hint"),
    "examples": ("nearest", "separator"),
    "heading": ("heading", "bare_heading", "rival_heading", "heading_hint"),
    "article": (
        "bare_title",
        "share",
        "bare_share",
        "article_near",
        "article_like",
        "thin",
        "adrift",
        "foreign",
    ),
    "rivals": ("rival_term", "rival_point", "rival_share", "rival_under_heading"),
}
_GROUP = {feature: group for group, features in GROUPS.items() for feature in features}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit has its theme.

    Attributes
    ----------
    unit
        Its position.
    rival
        The side that came second.
    words
        Terms and hints of the theme that were found, and of the rival; phrases that spoke against.
    weights
        By group of features (`GROUPS`, ``manner``, ``around``), how much more they speak for the theme
        than for the rival, in log-odds; the weightiest first.
    """

    unit: int
    theme: str
    rival: str
    words: tuple[str, ...]
    rival_words: tuple[str, ...]
    against: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]


def reasons(
    evidence: Evidence, assigned: Sequence[Assignment | None], prepared: Prepared, texts: Sequence[str]
) -> tuple[Reason, ...]:
    """Reasons for the theme of each body sentence and item.

    Parameters
    ----------
    texts
        Of all units, for the words that were found.
    """
    model = prepared.model
    first = choose(SAID, evidence.said, evidence.alone, model)
    around = surroundings(first, evidence)
    second = choose(STANDS, around, evidence.alone, model)
    told = []
    for n, u in enumerate(evidence.place.content.tolist()):
        one = assigned[u]
        if one is None:
            continue
        chosen = prepared.ids.index(one.theme)
        rival = max((t for t in range(len(prepared.ids)) if t != chosen), key=lambda t: second[n, t])
        said = _sums(SAID, n, chosen, evidence, prepared)
        for group, value in _sums(SAID, n, rival, evidence, prepared).items():
            said[group] = said.get(group, 0.0) - value
        own = model.weights.get(f"{STANDS}.{THEME}", {}).get("own", 1.0)
        total = {group: own * value for group, value in said.items()}
        # What the second reading adds to the first: the units around.
        lead = float(_log_odds(second[n, chosen], second[n, rival]))
        total["around"] = lead - own * float(_log_odds(first[n, chosen], first[n, rival]))
        ranked = sorted(total.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        told.append(
            Reason(
                u,
                one.theme,
                prepared.ids[rival],
                _words(evidence, u, chosen, texts[u], against=False),
                _words(evidence, u, rival, texts[u], against=False),
                _words(evidence, u, chosen, texts[u], against=True),
                tuple((group, round(value, 2)) for group, value in ranked if abs(value) >= 0.05),
            )
        )
    return tuple(told)


def _log_odds(a: float, b: float) -> float:
    import math

    return math.log((a + 1e-6) / (b + 1e-6))


def _sums(stage: str, n: int, side: int, evidence: Evidence, prepared: Prepared) -> dict[str, float]:
    other = prepared.ids[side] == OTHER
    weights = prepared.model.weights.get(f"{stage}.{OTHER_SIDE if other else THEME}", {})
    sums: dict[str, float] = {}
    for name, weight in weights.items():
        lone = other and name in evidence.alone
        value = evidence.alone[name][n] if lone else evidence.said[name][n, side]
        group = _GROUP.get(name, "manner")
        sums[group] = sums.get(group, 0.0) + weight * float(value)
    return sums


def _words(evidence: Evidence, u: int, side: int, text: str, *, against: bool) -> tuple[str, ...]:
    hits = [h for h in evidence.hits[u] if h.phrase.theme == side and (h.phrase.kind == AGAINST) == against]
    ordered = sorted(hits, key=lambda h: (h.phrase.kind != TERM, h.start))
    return tuple(dict.fromkeys(text[h.start : h.end] for h in ordered))
