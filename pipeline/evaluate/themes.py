"""How well sentences fall into themes: accuracy, F1, confusion, calibration, the worst sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
        The themes that are right, the main one first: those of its only reader, or what each of several
        readers gave first.
    readings
        All themes that each reader gave.
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
    readings: tuple[tuple[str, ...], ...]
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
    agreed
        Accuracy where all readers give the same theme first; None with one reader.
    by_reader
        Accuracy by what each reader gives first; empty with one reader.
    second_right, second_found
        Of the second themes given, the share that a reader gives too; of the sentences to which all readers
        give two themes of the set, the share with both given. None where there are none.
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
    agreed: float | None
    by_reader: tuple[float, ...]
    second_right: float | None
    second_found: float | None
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
        for u, readings in _by_unit(one.align(document.units)):
            given = analysed.assigned[u]
            if given is not None:
                unit = document.units[u]
                rest = max(0.0, 1.0 - sum(given.scores.values()))
                score = rest if given.theme == OTHER else given.scores[given.theme]
                right = readings[0] if len(readings) == 1 else dict.fromkeys(own[0] for own in readings)
                judged.append(
                    Judged(
                        one.themes,
                        one.name,
                        unit.index,
                        unit.text,
                        tuple(right),
                        readings,
                        given.theme,
                        given.second,
                        score,
                        given.scores,
                    )
                )
    return judged


def _by_unit(
    aligned: Sequence[Mapping[int, tuple[str, ...]]],
) -> list[tuple[int, tuple[tuple[str, ...], ...]]]:
    """What the readers said of each unit that one of them labelled."""
    labelled = sorted({u for one in aligned for u in one})
    return [(u, tuple(one[u] for one in aligned if u in one)) for u in labelled]


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
    several = [one for one in judged if len(one.readings) > 1]
    most = min((len(one.readings) for one in several), default=0)
    return ThemeQuality(
        sentences=len(judged),
        accuracy=sum(one.right for one in judged) / len(judged),
        macro_f1=sum(f1.values()) / len(f1),
        f1=f1,
        calibration_error=_calibration_error([(one.score, one.right) for one in judged]),
        score_error=_calibration_error(
            [(score, theme in one.gold) for one in judged for theme, score in one.scores.items()]
        ),
        agreed=_share([one.right for one in judged if len(one.gold) == 1]) if several else None,
        by_reader=tuple(_share([j.theme == j.readings[r][0] for j in several]) or 0.0 for r in range(most)),
        second_right=_share([any(j.second in own for own in j.readings) for j in judged if j.second]),
        second_found=_share([{j.theme, j.second} == _both(j) for j in judged if _both(j)]),
        off_topic=_share([one.right for one in off_topic]),
        confusion=dict(confusion),
    )


def _both(one: Judged) -> set[str]:
    """The two themes of the set that all readers give first and second, in either order; else nothing."""
    pairs = {frozenset(own[:2]) for own in one.readings}
    found: set[str] = set().union(*pairs) if len(pairs) == 1 else set()
    return found if len(found) == 2 and OTHER not in found else set()


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


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
