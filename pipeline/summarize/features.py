"""Named features of sentences: what the `editor` method weighs.

Amounts (nouns, predicates, centrality, …) are standard scores within the article, so that weights mean the
same in a short and in a long one; facts about a single sentence (a cue word, a question) are 0 or 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..records import OTHER, Token, Unit
from .baselines import textrank
from .draft import Draft

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]

_NOUNS = frozenset(("NNG", "NNP", "SL", "SH", "SN", "XR", "W_SERIAL"))
_NAMES = frozenset(("NNP", "SL", "SH", "W_SERIAL"))
_PREDICATES = frozenset(("VV", "VV-R", "VV-I", "XSV"))
_TOPICS = 8
_FIGURES = 3
_ENDED = re.compile(r"[가-힣](?:[았었였겠렸졌됐했]다|니다|데요|어요|아요|죠)[\s.!?”’\"')\]]*$")
_QUOTED = re.compile(r"[“\"]([^”\"]{8,})[”\"]")

#: The amounts; all other features lie between 0 and 1.
AMOUNTS = (
    "nouns", "predicates", "names", "figures", "news", "topic", "textrank", "centrality", "title", "position",
)  # fmt: skip
FACTS = (
    "heading", "opening", "theme", "announcement", "emphasis", "quote", "fragment", "pointer", "aside",
)  # fmt: skip
FEATURES = (*AMOUNTS, *FACTS)


def features(draft: Draft) -> dict[str, Column]:
    """Columns of n values, one for each of `FEATURES`.

    ========== =======================================================================================
    nouns      nouns, names and figures: how much it tells
    predicates verbs: how much it says about them
    names      names and Latin words
    figures    sums of money and large quantities, up to three
    news       nouns that the article has not used before
    topic      nouns among the eight that most of the article's sentences share
    textrank   TextRank (Mihalcea & Tarau 2004), which favours long sentences
    centrality sum of the cosines with all sentences: degree centrality (Erkan & Radev 2004), which does not
    title      nouns that it shares with the title
    position   minus the logarithm of its place among the whole sentences
    heading    share of its section heading's nouns that it has
    opening    it opens its paragraph or section (1, ½) where the article has such
    theme      score of its theme, unless that is `other`
    quote      share of it that is quoted speech
    fragment   it has no closed predicate: a caption, a line of key words
    ========== =======================================================================================

    ``announcement``, ``emphasis``, ``pointer`` and ``aside`` are word lists of ``configs/cues.toml``, which
    says too what counts as a figure.
    """
    import numpy as np

    n = len(draft.units)
    nouns = [[t.form for t in unit.tokens if t.tag in _NOUNS] for unit in draft.units]
    sets = [set(forms) for forms in nouns]
    spread = Counter(form for forms in sets for form in forms)
    common = sorted(spread, key=lambda form: (-spread[form], form))[:_TOPICS]
    whole = [_is_whole(unit) for unit in draft.units]
    vectors = draft.vectors.astype(np.float64)
    title = _forms(draft.title)
    amounts: dict[str, Iterable[float]] = {
        "nouns": [len(forms) for forms in nouns],
        "predicates": [sum(t.tag in _PREDICATES for t in unit.tokens) for unit in draft.units],
        "names": [sum(t.tag in _NAMES for t in unit.tokens) for unit in draft.units],
        "figures": [min(_FIGURES, _count(draft, "figures", unit.text)) for unit in draft.units],
        "news": _news(sets),
        "topic": [len(forms & set(common)) for forms in sets],
        "textrank": textrank(draft).salience,
        "centrality": vectors @ vectors.sum(axis=0),
        "title": [len(forms & title) for forms in sets],
        "position": [-np.log1p(sum(whole[:i])) for i in range(n)],
    }
    facts: dict[str, Iterable[float]] = {
        "heading": _heading(draft, sets),
        "opening": _opening(draft),
        "theme": [score if theme != OTHER else 0.0 for theme, score in draft.themes],
        "quote": [_quoted(unit.text) for unit in draft.units],
        "fragment": [float(not one) for one in whole],
        **{
            name: [float(bool(_cue(patterns).search(unit.text))) for unit in draft.units]
            for name, patterns in draft.cues.items()
            if name not in amounts
        },
    }
    columns = {name: _standard(values) for name, values in amounts.items()}
    columns |= {name: np.array(list(facts.get(name, [0.0] * n)), dtype=np.float64) for name in FACTS}
    return {name: columns[name] for name in FEATURES}


def _standard(values: Iterable[float]) -> Column:
    import numpy as np

    column = np.array(list(values), dtype=np.float64)
    spread = float(column.std()) if len(column) else 0.0
    return (column - column.mean()) / spread if spread > 1e-9 else np.zeros(len(column))


def _forms(tokens: Sequence[Token]) -> set[str]:
    return {token.form for token in tokens if token.tag in _NOUNS}


def _is_whole(unit: Unit) -> bool:
    """Whether a closed predicate ends it; Kiwi sometimes takes an ending without a stop for a connective."""
    return any(token.tag == "EF" for token in unit.tokens[-4:]) or bool(_ENDED.search(unit.text))


def _news(sets: Sequence[set[str]]) -> list[float]:
    seen: set[str] = set()
    found = []
    for forms in sets:
        found.append(float(len(forms - seen)))
        seen |= forms
    return found


def _heading(draft: Draft, sets: Sequence[set[str]]) -> list[float]:
    if not draft.sections:
        return [0.0] * len(sets)
    heads = [_forms(tokens) for tokens in draft.sections]
    return [len(own & head) / len(head) if head else 0.0 for own, head in zip(sets, heads, strict=True)]


def _opening(draft: Draft) -> list[float]:
    """1 after a heading, ½ at the start of a paragraph; nothing where every sentence has its own."""
    blocks = Counter(unit.block for unit in draft.units)
    if not draft.before or max(blocks.values(), default=0) < 2:
        return [0.0] * len(draft.units)
    found = []
    for i, unit in enumerate(draft.units):
        starts = unit.kind == "body" and (i == 0 or draft.units[i - 1].block != unit.block)
        found.append((1.0 if draft.before[i] in ("heading", "title", None) else 0.5) if starts else 0.0)
    return found


def _quoted(text: str) -> float:
    return min(1.0, sum(len(match.group(1)) for match in _QUOTED.finditer(text)) / max(1, len(text)))


def _count(draft: Draft, name: str, text: str) -> int:
    patterns = draft.cues.get(name, ())
    return sum(1 for _ in _cue(patterns).finditer(text)) if patterns else 0


@lru_cache(maxsize=32)
def _cue(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
