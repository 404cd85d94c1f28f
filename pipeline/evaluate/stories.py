"""How well articles are grouped into stories: pairwise precision, recall and F1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from .. import digest as digest_step
from .. import stories
from ..readers import read
from ..records import DataError, Failure, Report
from ..run import Pipeline, lab

#: Beside a folder of articles: the articles of each event.
_EVENTS = "events.json"


@dataclass(frozen=True, slots=True)
class StoryQuality:
    """Agreement of a grouping with the gold one.

    Attributes
    ----------
    parted
        Pairs of articles on one event that stand in two stories.
    joined
        Pairs on two events that stand in one.
    """

    articles: int
    pairs: int
    precision: float
    recall: float
    f1: float
    parted: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]


def judge_stories(gold: Sequence[Path], pipeline: Pipeline) -> StoryQuality:
    """Group the articles of gold files and compare.

    Parameters
    ----------
    gold
        JSON Lines files as the readers take them, each record with a ``story`` beside its text; or folders
        with ``articles`` and, in ``events.json``, those of each event (others are left out). All articles of
        one are one batch.

    Raises
    ------
    DataError
        When a record has no ``story``, or an article can't be read.
    """
    same: set[frozenset[str]] = set()
    joined: set[frozenset[str]] = set()
    count = 0
    for file in mornings(gold):
        wanted = _gold(file)
        reports = _reports(file, pipeline)
        count += len(reports)
        same |= _pairs(
            [[r.source.path for r in reports if wanted[r.source.path] == s] for s in set(wanted.values())]
        )
        joined |= _pairs([[reports[i].source.path for i in members] for members in pipeline.group(reports)])
    right = len(same & joined)
    precision = right / len(joined) if joined else 1.0
    recall = right / len(same) if same else 1.0
    return StoryQuality(
        articles=count,
        pairs=len(same),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if right else 0.0,
        parted=_named(same - joined),
        joined=_named(joined - same),
    )


def labelled_pairs(
    gold: Sequence[Path], apart: Path | None, pipeline: Pipeline
) -> tuple[int, list[tuple[stories.Pair, bool]]]:
    """Pairs of articles, and whether they are about one event; first, of how many articles.

    Parameters
    ----------
    gold
        As `judge_stories` takes it.
    apart
        A folder of articles of which no two are about one event.
    """
    count, labelled = 0, []
    for path in (*mornings(gold), *([apart] if apart else [])):
        wanted = {} if path == apart else _gold(path)
        reports = _reports(path, pipeline)
        told = [wanted.get(report.source.path, report.id) for report in reports]
        count += len(reports)
        labelled += [
            (pair, told[pair.one] == told[pair.other]) for pair in lab.story_pairs(pipeline, reports)
        ]
    return count, labelled


def reports_by_event(gold: Sequence[Path], pipeline: Pipeline) -> dict[str, list[Report]]:
    """The reports of each event that two articles or more tell of.

    Parameters
    ----------
    gold
        As `judge_stories` takes it.
    """
    found: dict[str, list[Report]] = {}
    for path in mornings(gold):
        wanted = _gold(path)
        for report in _reports(path, pipeline):
            found.setdefault(f"{path}:{wanted[report.source.path]}", []).append(report)
    return {event: reports for event, reports in found.items() if len(reports) > 1}


def mornings(paths: Sequence[Path]) -> list[Path]:
    """Labelled batches: of a folder whose folders are some, each of them."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(file.parent for file in path.glob(f"*/{_EVENTS}")) if path.is_dir() else []
        found += inside or [path]
    return found


def _reports(path: Path, pipeline: Pipeline) -> list[Report]:
    failures: list[Failure] = []
    articles = path / "articles" if (path / _EVENTS).is_file() else path
    found = list(pipeline.stream(read(articles), failures.append))
    if articles != path:
        wanted = _gold(path)
        found = [report for report in found if report.source.path in wanted]
    reports = digest_step.in_order(found)
    if failures:
        raise DataError(", ".join(failure.source for failure in failures), "can't be read")
    return list(reports)


def repeated(reports: Sequence[Report], lines: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Lines of a story that share most of their words with another one: a fact told twice, by its letters."""
    of = {report.id: report for report in reports}
    texts = [of[article].sentences[index].text for article, index in lines]
    return [(a, b) for a, b in combinations(texts, 2) if _overlap(a, b) >= 0.6]


def _overlap(one: str, other: str) -> float:
    # 184억 and 18.5% are two figures, though they begin alike.
    a, b = (
        {word if word[0].isdigit() else word[:2] for word in text.split() if len(word) > 1}
        for text in (one, other)
    )
    return len(a & b) / max(1, min(len(a), len(b)))


def _gold(file: Path) -> dict[str, str]:
    if (file / _EVENTS).is_file():
        events = json.loads((file / _EVENTS).read_text(encoding="utf-8"))
        of = {name: event for event, names in events.items() for name in names}
        return {str(path): of[path.stem] for path in (file / "articles").iterdir() if path.stem in of}
    found = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            story = json.loads(line).get("story")
            if not isinstance(story, str):
                raise DataError(f"{file}:{number}", "no story")
            found[f"{file}:{number}"] = story
    return found


def _pairs(groups: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def _named(pairs: set[frozenset[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((min(pair), max(pair)) for pair in pairs))
