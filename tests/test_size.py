"""How much the base install takes: what stands on the disk of all that yoyak cannot do without."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution, requires
from pathlib import Path

from packaging.requirements import Requirement

from .conftest import ROOT

#: MiB that there may be on the disk, pip's 18 among them.
MOST = 350
#: What must not come back for a call or two: it has an extra, or we have what is needed of it.
LARGE = {
    "scipy",
    "scikit-learn",
    "pandas",
    "torch",
    "pyarrow",
    "numba",
    "spacy",
    "nltk",
    "babel",
    "trafilatura",
}


def needed(lines: list[str]) -> set[str]:
    """Packages that some requirements bring along, those of requirements among them."""
    waiting = [(line, "") for line in lines]
    found: set[tuple[str, str]] = set()
    while waiting:
        line, extra = waiting.pop()
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = wanted.name.lower().replace("_", "-")
        for own in {(name, one) for one in ("", *wanted.extras)} - found:
            found.add(own)
            waiting += [(one, own[1]) for one in requires(name) or ()]
    return {name for name, _ in found}


def on_disk(paths: Iterable[Path]) -> float:
    """MiB that files take, in whole blocks as ``du`` counts them."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in paths if path.is_file()) / 2**20


def size(name: str) -> float:
    """MiB of a package's files, compiled modules among them."""
    return on_disk(Path(file.locate()) for file in distribution(name).files or [])


def own() -> float:
    """MiB of what the wheel brings, and of its modules when they are compiled: about as much again."""
    code = on_disk((ROOT / "pipeline").rglob("*.py"))
    data = (p for folder in ("configs", "models") for p in (ROOT / folder).rglob("*"))
    return 2 * code + on_disk(path for path in data if "training" not in path.parts)


def test_the_base_environment_is_small() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        brought = needed(tomllib.load(file)["project"]["dependencies"])
    assert {"kiwipiepy-model", "numpy", "readability-lxml"} <= brought
    assert not brought & LARGE
    sizes = {name: size(name) for name in brought}
    assert sizes["kiwipiepy-model"] > 80  # it is measured
    assert own() > 20
    assert sum(sizes.values()) + own() + 18 < MOST, sorted(sizes.items(), key=lambda one: -one[1])[:12]
