"""The house itself: imports go downhill, records are frozen, the command starts at once."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from pipeline import records

from .conftest import ROOT
from .thorough import each

PACKAGE = ROOT / "pipeline"
STEPS = {
    "readers", "layout", "cohesion", "encode", "themes", "figures", "salience", "summarize", "keywords",
    "stories", "digest", "writers",
}  # fmt: skip
#: What every step may import: the records, what the house knows of Korean, and matrices.
BELOW = {"records", "korean", "sparse"}
#: What a module may import of the package, besides its own folder.
ALLOWED: dict[str, set[str]] = {
    "records": set(),
    "resources": set(),
    "sparse": set(),
    "korean": {"records"},
    "settings": {*BELOW, "resources"},
    "engines": BELOW,
    **dict.fromkeys(STEPS, BELOW),
    "plugins": {*BELOW, "resources", "readers", "encode", "salience", "writers"},
    "run": {*BELOW, "settings", "engines", "plugins", *STEPS},
    "store": {*BELOW, "settings", "engines", "plugins", "run", "__init__", *STEPS},
    "newsroom": {*BELOW, "settings", "engines", "run", "store", *STEPS},
    "desk": {*BELOW, "settings", "engines", "run", "store", "newsroom", *STEPS},
    "train": {*BELOW, "settings", "engines", "run", "evaluate", *STEPS},
    "evaluate": {*BELOW, "settings", "engines", "run", "adapters", *STEPS},
    "cli": {
        *BELOW,
        "resources",
        "settings",
        "engines",
        "plugins",
        "run",
        "store",
        "newsroom",
        "desk",
        "train",
        "evaluate",
        "__init__",
        *STEPS,
    },
    "adapters": {*BELOW, "encode", "run"},
    "texts": {*BELOW, "settings", "run", "readers", "writers"},
    "__main__": {"cli"},
    "__init__": {"records", "resources", "run"},
}
#: What the help of a command needs nothing of: half of its time.
UNASKED = {"pipeline.records", "pipeline.settings"}
HEAVY = {
    "kiwipiepy", "sklearn", "scipy", "torch", "ray", "sentence_transformers", "pyarrow", "jinja2",
    "readability", "feedparser", "httpx", "starlette", "uvicorn", "numpy", "css_inline", "pandas",
    "datasets",
}  # fmt: skip
#: What the command reaches before it knows what is asked, and what a reading process loads:
#: no heavy package at the top. The other rooms are written in numpy, and may have it there.
LIGHT = {
    "__init__", "cli", "records", "resources", "korean", "settings", "engines", "readers", "layout", "digest",
    "writers",
}  # fmt: skip
#: What only the steps read of a room that is light.
NUMERIC = {PACKAGE / "korean" / "wording.py"}
#: Subclasses of what torch and scikit-learn have: files that are imported inside functions only.
OF_TORCH = {PACKAGE / "encode" / "st_module.py", PACKAGE / "train" / "similarity_loss.py"}
SUBCLASSES = {*OF_TORCH, PACKAGE / "adapters" / "vectors.py"}


def room(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path, top_level_only: bool = False, for_types: bool = False) -> set[str]:
    """Absolute names of what a file imports; what only types need, where it is asked for."""
    package = ["pipeline", *path.relative_to(PACKAGE).parent.parts]
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if not for_types and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            if top_level_only and isinstance(child, ast.FunctionDef | ast.ClassDef | ast.Lambda):
                continue
            if isinstance(child, ast.Import):
                found.update(alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = package[: len(package) - child.level + 1] if child.level else []
                module = ".".join([*base, *(child.module or "").split(".")]).strip(".")
                found.update(f"{module}.{alias.name}" for alias in child.names)
            visit(child)

    visit(_parsed(path))
    return found


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


FILES = sorted(PACKAGE.rglob("*.py"))
#: By their full names.
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES
}


def module_of(name: str) -> str | None:
    """The module that an imported name is, or stands in."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in MODULES), None)


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Modules that need each other, what needs none and what none needs taken out."""
    left = {name: set(own) for name, own in graph.items()}
    while free := [name for name, own in left.items() if not own & left.keys()]:
        for name in free:
            del left[name]
    while free := [name for name in left if not any(name in own for own in left.values())]:
        for name in free:
            del left[name]
    return sorted([name, *sorted(own & left.keys())] for name, own in left.items())


def test_imports_go_downhill() -> None:
    def check(path: Path) -> None:
        own = room(path)
        rooms = {
            name.split(".")[1] if "." in name else "__init__"
            for name in imports(path)
            if name.startswith("pipeline")
        }
        modules = {p.stem if p.is_file() else p.name for p in PACKAGE.iterdir()}
        uphill = {r if r in modules else "__init__" for r in rooms} - ALLOWED[own] - {own}
        assert not uphill, f"{own} imports {uphill}"

    each(FILES, str, check)


def test_no_two_modules_need_each_other() -> None:
    graph = {
        name: {
            found
            for one in imports(path, top_level_only=True, for_types=True)
            if (found := module_of(one)) not in (None, name)
        }
        for name, path in MODULES.items()
    }
    assert sum(map(len, graph.values())) > 500
    assert circles(graph) == []


def test_circles_are_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"], ["c", "b"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_heavy_packages_are_imported_where_they_are_needed() -> None:
    def check(path: Path) -> None:
        own = {name.split(".")[0] for name in imports(path, top_level_only=True)}
        light = room(path) in LIGHT and path not in NUMERIC
        heavy = own & (HEAVY if light else HEAVY - {"numpy"})
        assert bool(heavy) == (path in SUBCLASSES), f"{heavy} at the top of {path.name}"

    each(FILES, str, check)


def test_nothing_imports_torch_on_the_way() -> None:
    def check(path: Path) -> None:
        names = {part for name in imports(path, top_level_only=True) for part in name.split(".")}
        assert path in OF_TORCH or not names & {late.stem for late in OF_TORCH}

    each(FILES, str, check)


def test_no_file_outgrows_a_reader() -> None:
    def check(path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400

    each(FILES, str, check)


def test_records_are_frozen_and_slotted() -> None:
    classes = [c for c in vars(records).values() if isinstance(c, type) and dataclasses.is_dataclass(c)]
    assert len(classes) > 15
    for one in classes:
        assert one.__dataclass_params__.frozen, one  # type: ignore[attr-defined]
        assert "__slots__" in vars(one), one


def test_the_reading_process_loads_nothing_heavy() -> None:
    code = f"import sys, pipeline.readers; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["--help"], ["digest", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        f"try: app({arguments!r}, prog_name='yoyak')\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY | UNASKED!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "yoyak" in done.stdout
