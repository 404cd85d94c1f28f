from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import typer.main
import typer.testing
from kiwipiepy import Kiwi

from pipeline import Pipeline, korean, read, themes
from pipeline.encode import ENCODERS, Encoder
from pipeline.records import Article, Failure, Report, Source, ThemeModel, ThemeSet
from pipeline.run import tools

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
#: What models and rules were fitted to; what is held back to measure on stands in tests/gold.
TRAINING = ROOT / "models" / "training"
#: Long pieces by many hands, whatever their set.
PIECES = tuple(
    sorted(f for d in (TRAINING, ROOT / "tests" / "gold") for f in (d / "themes/articles").iterdir())
)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not on this machine")


def article(text: str, *, title: str | None = None, name: str = "test") -> Article:
    return Article(
        id=f"{name}-0000000000",
        title=title,
        source=Source(path=f"{name}.txt", sha256="0" * 64),
        text=text,
        body=(0, len(text)),
    )


def reports_of(pipeline: Pipeline, inputs: Sequence[str | Path]) -> tuple[list[Report], list[Failure]]:
    failures: list[Failure] = []
    return list(pipeline.stream(read(inputs), failures.append)), failures


# A command's whole tree is made anew for each call of it: here thousands of times, and always the same one.
typer.main.get_command = typer.testing._get_command = lru_cache(typer.main.get_command)  # type: ignore[attr-defined]

# What a pipeline loads is the same whatever its settings say of summaries: an encoder over one Kiwi, and the
# theme sets as it encodes them. Commands in tests load hundreds of pipelines.
_encoder_for, _prepare = tools.encoder_for, themes.prepare
_encoders: dict[tuple[str, int], Encoder] = {}
_prepared: dict[tuple[str, int, int], themes.Prepared] = {}


def _one_encoder(name: str, kiwi: Kiwi) -> Encoder:
    key = (name, id(kiwi))
    if key not in _encoders:
        made = _encoder_for(name, kiwi)
        if name not in ENCODERS:
            return made
        _encoders[key] = made
    return _encoders[key]


def _prepared_once(theme_set: ThemeSet, encode: Callable[..., Any], model: ThemeModel) -> themes.Prepared:
    own = getattr(encode, "__self__", None)
    if not any(own is one for one in _encoders.values()):
        return _prepare(theme_set, encode, model)
    key = (repr(theme_set), id(own), hash(repr(model)))
    if key not in _prepared:
        _prepared[key] = _prepare(theme_set, encode, model)
    return _prepared[key]


tools.encoder_for, themes.prepare = _one_encoder, _prepared_once

# What Kiwi finds in a text does not depend on the texts around it, and the same articles are analysed in
# hundreds of tests: it is asked once for a text. What measures Kiwi's time uses the fixture `kiwi_anew`.
_by_kiwi = korean._analysed
#: By the last few Kiwis, which are held on to. Never a weak reference to one: kiwipiepy (0.24) clears none
#: when a Kiwi is freed, and what then follows it, if only Python's collector, crashes.
_found: dict[int, tuple[Kiwi, dict[str, Any]]] = {}
_KIWIS = 4
#: Longest text that is remembered, and how many are.
_REMEMBERED, _MANY = 2_000, 30_000


def _analysed_once(kiwi: Kiwi, texts: Sequence[str]) -> Iterator[Any]:
    _, before = _found[id(kiwi)] = _found.pop(id(kiwi), (kiwi, {}))
    for oldest in list(_found)[:-_KIWIS]:
        del _found[oldest]
    new = list(dict.fromkeys(text for text in texts if text not in before))
    own = dict(zip(new, _by_kiwi(kiwi, new), strict=True))
    for text in texts:
        sentences, tokens = own[text] if text in own else before[text]
        yield list(sentences), type(tokens)(*map(list, tokens))
    if len(before) < _MANY:
        before |= {text: found for text, found in own.items() if len(text) <= _REMEMBERED}


korean._analysed = _analysed_once

# Examples of a property that says no number: a few, or with `--all` as many as hypothesis has by itself.
hypothesis.settings.register_profile("quick", max_examples=20, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=100, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("thorough" if config.getoption("--all") else "quick")


#: Files by how long they take, of those that take more than a few seconds.
_LONGEST = (
    "test_train_encoder", "test_store_ends", "test_summaries_evaluate", "test_cli_console", "test_stories",
    "test_cli", "test_spread", "test_keywords", "test_encode", "test_digest_threads", "test_keywords_tables",
    "test_themes", "test_regexes", "test_attacks", "test_properties", "test_cohesion",
    "test_stories_blocking",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all",
        action="store_true",
        help="tests that need [ray], [transformers] or [train], and those that take long, too",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what costs much to install or to run, unless ``--all``; the rest in turn.

    A file is one process's: the longest first, or one process would be at them when all else is done.
    """
    if not config.getoption("--all"):
        left = [item for item in items if item.get_closest_marker("extra")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("extra")]
    turns = {name: n for n, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: turns.get(item.path.stem, len(turns)))


@pytest.fixture
def kiwi_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kiwi is asked whenever yoyak asks it."""
    monkeypatch.setattr(korean, "_analysed", _by_kiwi)


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="session")
def seed_reports(pipeline: Pipeline) -> list[Report]:
    reports, failures = reports_of(pipeline, [SEEDS])
    assert not failures
    return reports


@pytest.fixture(scope="session")
def hostile_reports(pipeline: Pipeline) -> list[Report]:
    from .hostile import hostile_articles

    return list(pipeline.stream(hostile_articles()))
