"""Articles by the batch, in this process or in others; one that fails costs the others nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import TypeVar

from ..engines import ENGINES, batched, no_collection
from ..records import Article, Document, Failure
from ..settings import Settings
from .steps import Analysed, analyse, documents, trouble
from .tools import Given, Tools, load_tools

T = TypeVar("T")
Batch = Sequence[Article | Failure]
#: What is made of articles that have been analysed. A function of a module: workers get it by its name.
Make = Callable[[Sequence[Analysed], Tools], Sequence[T]]

_log = logging.getLogger("yoyak")


def log_failure(failure: Failure) -> None:
    """Log a warning: what happens to failures when nobody asks for them."""
    _log.warning("%s: %s: %s %s", failure.source, failure.step, failure.reason, failure.detail)


@no_collection()
def made(make: Make[T], batch: Batch, tools: Tools) -> list[T | Failure]:
    """What is made of each article of a batch, failures in their places."""
    try:
        split = documents([item for item in batch if isinstance(item, Article)], tools)
    except Exception as error:
        if len(batch) > 1:
            return [one for item in batch for one in made(make, (item,), tools)]
        return [item if isinstance(item, Failure) else _failure(item, "korean", error) for item in batch]
    wrong = [trouble(one, tools) for one in split]
    good = iter(_made(make, [one for one, why in zip(split, wrong, strict=True) if why is None], tools))
    found = iter([why or next(good) for why in wrong])
    return [item if isinstance(item, Failure) else next(found) for item in batch]


def _made(make: Make[T], split: Sequence[Document], tools: Tools) -> list[T | Failure]:
    """What is made of documents: of all at once or, where a step fails, of each by itself."""
    try:
        return [*make(analyse(split, tools), tools)]
    except Exception as error:
        if len(split) > 1:
            return [one for document in split for one in _made(make, (document,), tools)]
        return [_failure(document.article, "report", error) for document in split]


def each(make: Make[T], articles: Iterable[Article | Failure], tools: Tools) -> Iterator[T | Failure]:
    """What is made of articles, in their order, as it gets ready, by the engine of the settings."""
    run = tools.settings.run
    work: Callable[[Batch], list[T | Failure]] = partial(made, make, tools=tools)
    if run.engine != "serial":
        work = partial(_made_in_worker, make, tools.settings, tools.given)
    for batch in ENGINES[run.engine](work, batched(articles, run.batch), run.workers):
        yield from batch


def stream(
    make: Make[T], articles: Iterable[Article | Failure], tools: Tools, failed: Callable[[Failure], None]
) -> Iterator[T]:
    """As `each`, with the failures told and left out."""
    for item in each(make, articles, tools):
        if isinstance(item, Failure):
            failed(item)
        else:
            yield item


@lru_cache(maxsize=1)
def tools_here(settings: Settings, given: Given) -> Tools:
    """What a worker works with: loaded once in its process, whatever it is sent."""
    return load_tools(settings, given)


def _made_in_worker(make: Make[T], settings: Settings, given: Given, batch: Batch) -> list[T | Failure]:
    """Work of a process of its own, which loads its tools once."""
    return made(make, batch, tools_here(settings, given))


def _failure(article: Article, step: str, error: Exception) -> Failure:
    return Failure(article.source.path, step, "error", f"{type(error).__name__}: {error}")
