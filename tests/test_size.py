"""How much the base install takes: what stands on the disk of all that yoyak cannot do without."""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution, requires
from pathlib import Path

from packaging.requirements import Requirement

from .conftest import ROOT

#: Millions of bytes that there may be.
MOST = 350
#: What must not come back for a call or two: it has an extra, or we have what is needed of it.
LARGE = {"scipy", "scikit-learn", "pandas", "torch", "pyarrow", "numba", "spacy", "nltk"}


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


def size(name: str) -> float:
    """Millions of bytes of a package's files, compiled modules among them."""
    files = distribution(name).files or []
    paths = (Path(file.locate()) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def test_the_base_environment_is_small() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        brought = needed(tomllib.load(file)["project"]["dependencies"])
    assert {"kiwipiepy-model", "numpy", "trafilatura", "babel"} <= brought
    assert not brought & LARGE
    sizes = {name: size(name) for name in brought}
    assert sizes["kiwipiepy-model"] > 80  # it is measured
    # pip, which an environment has besides, takes less than 20.
    assert sum(sizes.values()) < MOST - 20, sorted(sizes.items(), key=lambda one: -one[1])[:12]
