"""A wheel works away from the checkout with its models, configs and templates; an editable one has none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from . import check_docs
from .conftest import ROOT, SEEDS
from .thorough import thorough

DATA = ("configs", "models")


def ran(*command: str, cwd: Path, path: Path | None = None) -> str:
    """Standard output of Python, with `path` before everything else that it imports from."""
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else None
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@thorough
def test_the_wheel_runs_in_an_empty_folder(tmp_path: Path) -> None:
    dist, site, away = (tmp_path / name for name in ("dist", "site", "away"))
    ran("-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT), cwd=tmp_path)
    (wheel,) = dist.glob("yoyak-*.whl")
    carried = {name for name in ZipFile(wheel).namelist() if name.startswith("pipeline/")}
    for folder in DATA:
        own = (p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file())
        expected = {f"pipeline/{name}" for name in own if not name.startswith("models/training/")}
        assert not expected - carried
    for inside in ("templates", "desk/templates", "desk/static"):
        files = (ROOT / "pipeline" / inside).iterdir()
        assert {p.relative_to(ROOT).as_posix() for p in files} <= carried
    assert not any(name.endswith(".whl") or "/tests/" in name or "/training/" in name for name in carried)

    ran("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel), cwd=tmp_path)
    (away / "articles").mkdir(parents=True)
    (away / "articles" / "notice.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    where = ran("-c", "import pipeline; print(pipeline.__file__)", cwd=away, path=site)
    assert Path(where).is_relative_to(site)
    ran("-m", "yoyak", "digest", "articles/", "-o", "out", cwd=away, path=site)
    three = (
        "import yoyak; text = '아마존이 설비투자를 늘린다. 2천억 달러다.'; print(*yoyak.summarize(text, 1))"
    )
    assert ran("-c", three, cwd=away, path=site) == "아마존이 설비투자를 늘린다."
    assert ran("-m", "pipeline", "--version", cwd=away, path=site).startswith("yoyak ")
    (away / "articles" / "capex-race.txt").write_bytes((SEEDS / "capex-race.txt").read_bytes())
    blocks = [body for kind, body in check_docs.blocks(ROOT / "docs" / "python.md") if kind == "python"]
    assert len(blocks) == 3
    ran("-c", "\n".join(blocks), cwd=away, path=site)
    made = {p.name for p in (away / "out").iterdir()}
    assert made >= {"digest.html", "digest.md", "digest.json", "digest.txt"}
    assert "데이터베이스" in (away / "out" / "digest.html").read_text(encoding="utf-8")


def test_an_editable_wheel_points_at_the_checkout_and_copies_nothing(tmp_path: Path) -> None:
    build = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    ran("-c", build, str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("yoyak-*.whl")
    with ZipFile(wheel) as archive:
        (pointer,) = (name for name in archive.namelist() if ".dist-info/" not in name)
        (checkout,) = archive.read(pointer).decode().split()
    assert pointer.endswith(".pth")
    assert wheel.stat().st_size < 100_000
    code = f"from pipeline.settings import resource; print(*map(resource, {DATA!r}), sep='\\n')"
    found = ran("-c", code, cwd=tmp_path, path=Path(checkout)).splitlines()
    assert [Path(line) for line in found] == [ROOT / name for name in DATA]
    where = ran("-c", "import yoyak; print(yoyak.__file__)", cwd=tmp_path, path=Path(checkout))
    assert Path(where) == ROOT / "yoyak" / "__init__.py"
