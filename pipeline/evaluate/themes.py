"""How well sentences fall into themes: accuracy, F1, confusion, calibration, the worst sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records import OTHER, DataError
from ..run import Pipeline
from ..settings import Settings
from .labelled import Gold

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence and what the program made of it.

    Attributes
    ----------
    gold
        Its themes, the main one first.
    score
        Of the theme that was given; for other, what all themes lack to 1.
    scores
        Of each theme.
    """

    set: str
    article: str
    index: int
    text: str
    gold: tuple[str, ...]
    theme: str
    second: str | None
    score: float
    scores: dict[str, float]

    @property
    def right(self) -> bool:
        """Whether the theme is one of those that a person gave."""
        return self.theme in self.gold


@dataclass(frozen=True, slots=True)
class ThemeQuality:
    """Figures over labelled sentences.

    Attributes
    ----------
    macro_f1
        Mean F1 over the themes of the set and other. A sentence with two themes counts for the one given
        if that is among them, else for its main one.
    calibration_error
        Expected calibration error (Naeini et al. 2015) of the score of the theme given, ten bins.
    score_error
        The same over all scores of all themes.
    off_topic
        Share of other among the sentences of articles that are all other; None without such articles.
    confusion
        Sentences by gold and given theme.
    """

    sentences: int
    accuracy: float
    macro_f1: float
    f1: dict[str, float]
    calibration_error: float
    score_error: float
    off_topic: float | None
    confusion: dict[tuple[str, str], int]


def judge(gold: Iterable[Gold], settings: Settings) -> list[Judged]:
    """Run the pipeline over labelled articles, each with its own theme set."""
    pipelines: dict[str, Pipeline] = {}
    judged = []
    for one in gold:
        if one.themes not in pipelines:
            own = settings.themes.model_copy(update={"set": one.themes})
            pipelines[one.themes] = Pipeline(settings.model_copy(update={"themes": own}))
        pipeline = pipelines[one.themes]
        analysed = pipeline.analyse(one.article)
        document = analysed.document
        for u, labels in sorted(one.align(document.units).items()):
            given = analysed.assigned[u]
            if given is not None:
                unit = document.units[u]
                rest = max(0.0, 1.0 - sum(given.scores.values()))
                score = rest if given.theme == OTHER else given.scores[given.theme]
                judged.append(
                    Judged(
                        one.themes,
                        one.name,
                        unit.index,
                        unit.text,
                        labels,
                        given.theme,
                        given.second,
                        score,
                        given.scores,
                    )
                )
    return judged


def quality(judged: Sequence[Judged]) -> ThemeQuality:
    """Figures over judged sentences.

    Raises
    ------
    DataError
        When there is none.
    """
    if not judged:
        raise DataError("", "no labelled sentence")
    pairs = [(one.theme if one.right else one.gold[0], one.theme) for one in judged]
    confusion = Counter(pairs)
    known = dict.fromkeys(theme for one in judged for theme in (*one.scores, OTHER))
    present = {theme for pair in pairs for theme in pair}
    f1 = {}
    for theme in sorted((t for t in known if t in present), key=lambda t: (t == OTHER, list(known).index(t))):
        given = sum(n for (_, b), n in confusion.items() if b == theme)
        wanted = sum(n for (a, _), n in confusion.items() if a == theme)
        f1[theme] = 2 * confusion[theme, theme] / (given + wanted)
    off: dict[str, list[Judged]] = {}
    for one in judged:
        off.setdefault(one.article, []).append(one)
    off_topic = [one for own in off.values() if all(j.gold == (OTHER,) for j in own) for one in own]
    return ThemeQuality(
        sentences=len(judged),
        accuracy=sum(one.right for one in judged) / len(judged),
        macro_f1=sum(f1.values()) / len(f1),
        f1=f1,
        calibration_error=_calibration_error([(one.score, one.right) for one in judged]),
        score_error=_calibration_error(
            [(score, theme in one.gold) for one in judged for theme, score in one.scores.items()]
        ),
        off_topic=sum(one.right for one in off_topic) / len(off_topic) if off_topic else None,
        confusion=dict(confusion),
    )


def worst(judged: Sequence[Judged], count: int) -> list[Judged]:
    """Wrong sentences, the surest first."""
    return sorted(
        (one for one in judged if not one.right), key=lambda one: (-one.score, one.article, one.index)
    )[:count]


def _calibration_error(scored: Sequence[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        bins.setdefault(min(int(score * _BINS), _BINS - 1), []).append((score, right))
    return sum(
        abs(sum(score for score, _ in own) - sum(right for _, right in own)) for own in bins.values()
    ) / len(scored)
