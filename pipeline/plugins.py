"""Plug-ins: what installed packages add to the registries, by the entry points that they declare.

A package names its functions in its own ``pyproject.toml``::

    [project.entry-points."yoyak.readers"]
    srt = "my_package:read_srt"            # the ending of the files: .srt

==================  =====================================================================================
``yoyak.readers``   an ending: a file into articles, as those of `readers.READERS`
``yoyak.encoders``  a name for ``--encoder``: makes an encoder, as those of `encode.ENCODERS`
``yoyak.methods``   a name for ``--method``: a draft into what its sentences are worth: `salience.METHODS`
``yoyak.writers``   ``report.NAME`` or ``digest.NAME`` for ``--format``: `writers.REPORT_WRITERS` and
                    `writers.DIGEST_WRITERS`
==================  =====================================================================================

Names that the package has itself are never taken by another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from .encode import ENCODERS
from .readers import READERS
from .resources import __version__
from .salience import METHODS
from .writers import DIGEST_WRITERS, REPORT_WRITERS

Kind = Literal["readers", "encoders", "methods", "writers"]

_log = logging.getLogger("yoyak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One entry of one package.

    Attributes
    ----------
    name
        As it is asked for: ``.srt`` of a reader, ``report.org`` of a writer.
    package, version
        The distribution that brings it.
    target
        ``module:function``; empty for what is ours.
    problem
        Why it can't be used; empty where it can.
    """

    kind: Kind
    name: str
    package: str
    version: str
    target: str = ""
    problem: str = ""


@lru_cache(maxsize=1)
def load() -> tuple[Plugin, ...]:
    """Put what installed packages offer into the registries, once a process; what can't be had is told."""
    from importlib.metadata import entry_points

    groups = {kind: entry_points(group=f"yoyak.{kind}") for kind in get_args(Kind)}
    # By the names of the packages, so that the order of folders decides nothing.
    found = [
        _taken(kind, entry)
        for kind, group in groups.items()
        for entry in sorted(group, key=lambda one: (one.name, one.dist.name if one.dist else "", one.value))
    ]
    for one in found:
        if one.problem:
            _log.warning("plug-in %s %s of %s: %s", one.kind, one.name, one.package, one.problem)
    return tuple(found)


def _taken(kind: Kind, entry: Any) -> Plugin:
    """An entry in its registry, or what is wrong with it."""
    name = f".{entry.name.lstrip('.').lower()}" if kind == "readers" else entry.name
    problem = ""
    try:
        registry, key = _place(kind, name)
        if key in registry:
            problem = "the name is taken"
        elif not callable(made := entry.load()):
            problem = f"{entry.value} can't be called"
        else:
            registry[key] = made
    except Exception as error:  # whatever somebody else's module raises while it is imported
        problem = f"{type(error).__name__}: {error}"
    package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("?", "?")
    return Plugin(kind=kind, name=name, package=package, version=version, target=entry.value, problem=problem)


def _place(kind: Kind, name: str) -> tuple[dict[str, Callable[..., Any]], str]:
    """The registry of a kind, and the key in it."""
    if kind != "writers":
        return {"readers": READERS, "encoders": ENCODERS, "methods": METHODS}[kind], name  # type: ignore[return-value]
    what, _, format = name.partition(".")
    registries = {"report": REPORT_WRITERS, "digest": DIGEST_WRITERS}
    if what not in registries or not format:
        raise ValueError("a writer is report.NAME or digest.NAME")
    return registries[what], format  # type: ignore[return-value]


def own() -> Iterator[Plugin]:
    """What the package has itself, by kind in the order of its registries."""
    theirs = {(one.kind, one.name) for one in load() if not one.problem}
    named: tuple[tuple[Kind, list[str]], ...] = (
        ("readers", list(READERS)),
        ("encoders", list(ENCODERS)),
        ("methods", list(METHODS)),
        (
            "writers",
            [*(f"report.{name}" for name in REPORT_WRITERS), *(f"digest.{name}" for name in DIGEST_WRITERS)],
        ),
    )
    for kind, names in named:
        for name in names:
            if (kind, name) not in theirs:
                yield Plugin(kind=kind, name=name, package="yoyak", version=__version__)


def marks() -> str:
    """The versions of packages that a report may depend on; empty without any."""
    used = {f"{one.package}={one.version}" for one in load() if not one.problem}
    return " ".join(sorted(used))
