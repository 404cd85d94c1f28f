"""Marks of what a report depends on besides its article: the settings, and the program with its data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .. import __version__, plugins
from ..settings import Settings, resource

#: Tables of the settings that no report depends on.
_OTHER = {"run", "digest", "newsletter", "rights", "sources", "sending"}
#: What reads, splits and counts for us: another version may do it another way.
_PACKAGES = (
    "charset-normalizer", "feedparser", "kiwipiepy", "kiwipiepy_model", "lxml", "numpy", "olefile",
    "pypdfium2", "readability-lxml",
)  # fmt: skip
#: Rooms of the package that no report depends on, and what models were fitted to.
_ELSEWHERE = frozenset({
    "cli", "desk", "evaluate", "newsroom", "train", "store", "digest", "stories", "training", "__pycache__",
})  # fmt: skip
_CACHE = frozenset({"__pycache__"})


def mark_of(settings: Settings) -> str:
    """A mark of the settings with the files that they name, and of this version of the program.

    Reports with the same mark, out of the same record, have the same bytes.
    """
    found = sha256(settings.model_dump_json(exclude=_OTHER).encode())
    for path in _named(settings):
        found.update(_contents(path))
    added = plugins.marks()
    return f"{found.hexdigest()[:16]} {program()}" + (f" {added}" if added else "")


def mark_of_issues(settings: Settings) -> str:
    """A mark of what an issue depends on besides its articles and the issues before it.

    It changes with each report's, and with what only issues depend on.
    """
    found = sha256(settings.model_dump_json().encode())
    for name in ("digest", "stories"):
        found.update(_contents(Path(__file__).parents[1] / name, _CACHE))
    return f"{mark_of(settings)} {found.hexdigest()[:16]}"


@lru_cache(maxsize=1)
def program() -> str:
    """The version, with a mark of the code and the data: a checkout changes without a new version."""
    found = sha256()
    for name in _PACKAGES:
        found.update(f"{name}={_version(name)}\n".encode())
    for folder in (Path(__file__).parents[1], resource("configs"), resource("models")):
        found.update(_contents(folder))
    return f"{__version__}+{found.hexdigest()[:12]}"


def _named(settings: Settings) -> Iterator[Path]:
    s = settings
    for name in (s.korean.words, s.korean.user_words, s.themes.set, s.summary.weights, s.encoder.name):
        if name and Path(name).exists():
            yield Path(name)


def _contents(path: Path, but: frozenset[str] = _ELSEWHERE) -> bytes:
    """A hash of a file, or of all below a folder with their names."""
    if path.is_file():
        return sha256(path.read_bytes()).digest()
    found = sha256()
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if file.is_file() and but.isdisjoint(parts):
            found.update("/".join(parts).encode("utf-8", "surrogateescape") + b"\0")
            found.update(sha256(file.read_bytes()).digest())
    return found.digest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
