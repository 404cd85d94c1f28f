"""What a report costs: the whole and every step over Kiwi alone, on the same text in the same run.

Processor time, of all threads together: it does not depend on what else the machine does as the time on the
wall does, and machines differ in it by a factor that the ratio to Kiwi leaves out. Each figure is the least
of several rounds, in which all that is compared takes turns.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from ..korean import forget, tokenize_as_it_comes
from ..records import Article, Failure
from ..run import Pipeline
from ..run.batches import log_failure
from ..run.clock import peak_memory, watched
from ..settings import Settings
from .peers import PEERS, Given, contest

#: Articles that are measured one by one.
_ALONE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Processor times in seconds, over all articles.

    Attributes
    ----------
    articles, characters
        How many, and of how many characters their bodies are.
    kiwi
        Kiwi alone as it comes, over the bodies: with the beam that it has where nobody sets it.
    whole
        Reports, from articles that have been read; net of start.
    wall
        The same by the wall.
    steps
        Parts of the whole; what is left goes to what joins them.
    alone
        The middle of what a single article takes by itself.
    start
        A process that loads everything and does nothing else.
    memory
        Most bytes so far; None where the system does not tell.
    peers
        What the others take; None for one that is not installed.
    """

    articles: int
    characters: int
    kiwi: float
    whole: float
    wall: float
    steps: dict[str, float]
    alone: float
    start: float
    memory: int | None
    peers: dict[str, float | None]


def costs(pipeline: Pipeline, articles: Sequence[Article], rounds: int, peers: Iterable[str] = ()) -> Costs:
    """Measure what articles cost, in this process.

    Parameters
    ----------
    peers
        Names of `PEERS`.

    Raises
    ------
    ValueError
        There are no articles.
    """
    if not articles:
        raise ValueError("no articles")
    bodies = [one.text[slice(*one.body)] for one in articles]
    kiwi = pipeline.tools.kiwi
    given = Given(kiwi, [one.title or "" for one in articles], bodies)
    contests: dict[str, Callable[[], object]] = {
        "kiwi": lambda: list(tokenize_as_it_comes(kiwi, bodies)),
        "whole": lambda: list(pipeline.stream(articles, lambda failure: None)),
        **{name: contest(name, given) for name in peers if find_spec(PEERS[name][0])},
    }
    for name, run in contests.items():  # what is loaded when it is first needed
        if name != "kiwi":
            run()
    times, wall = dict.fromkeys(contests, float("inf")), float("inf")
    for _ in range(max(1, rounds)):
        for name, run in contests.items():
            forget(kiwi)
            begin, clock = time.process_time(), time.monotonic()
            run()
            times[name] = min(times[name], time.process_time() - begin)
            if name == "whole":
                wall = min(wall, time.monotonic() - clock)
    steps, alone = _steps(pipeline, articles), _alone(pipeline, articles)
    return Costs(
        articles=len(articles),
        characters=sum(map(len, bodies)),
        kiwi=times["kiwi"],
        whole=times["whole"],
        wall=wall,
        steps=steps,
        alone=alone,
        start=_start(pipeline.settings),
        memory=peak_memory(),
        peers={name: times.get(name) for name in peers},
    )


def _steps(pipeline: Pipeline, articles: Sequence[Article]) -> dict[str, float]:
    with watched() as clock:
        clock.watch_encoder(pipeline.tools.encoder)
        forget(pipeline.tools.kiwi)
        list(pipeline.stream(articles, lambda failure: None))
    return {step: cost.seconds for step, cost in clock.costs.items()}


def _alone(pipeline: Pipeline, articles: Sequence[Article]) -> float:
    times = []
    forget(pipeline.tools.kiwi)
    for article in articles[:_ALONE]:
        begin = time.process_time()
        pipeline.report(article)
        times.append(time.process_time() - begin)
    return statistics.median(times)


def _start(settings: Settings) -> float:
    """Processor time of a process that loads everything, in seconds."""
    code = (
        "import sys, time; from pipeline import Pipeline; from pipeline.settings import Settings\n"
        "Pipeline(Settings.model_validate_json(sys.argv[1])); print(time.process_time())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, settings.model_dump_json()], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def speed_up(settings: Settings, articles: Sequence[Article], workers: int) -> float:
    """How many times faster several processes are than one, by the wall, once they have started.

    Starting is left out as the difference between a run and one over three times the articles. It says
    nothing unless so many processors have nothing else to do.
    """

    def seconds(count: int, times: int) -> float:
        run = settings.run.model_copy(update={"engine": "processes", "workers": count})
        pipeline = Pipeline(settings.model_copy(update={"run": run}))
        begin = time.monotonic()
        for _ in pipeline.stream(_again(articles, times), log_failure):
            pass
        return time.monotonic() - begin

    one, several = (seconds(count, 3) - seconds(count, 1) for count in (1, workers))
    return one / several


def _again(articles: Sequence[Article], times: int) -> Iterator[Article | Failure]:
    for n in range(times):
        yield from (replace(one, id=f"{n}-{one.id}") for one in articles)
