"""The wheel works away from the checkout, with its models, configs and templates."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT, SEEDS


def test_the_wheel_runs_in_an_empty_folder(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("yoyak-*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(tmp_path / "site"),
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)

    away = tmp_path / "away"
    (away / "articles").mkdir(parents=True)
    (away / "articles" / "notice.txt").write_bytes((SEEDS / "short-notice.txt").read_bytes())
    # Before everything else on the path, the checkout's own editable install included.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    where = subprocess.run(
        [sys.executable, "-c", "import pipeline; print(pipeline.__file__)"],
        cwd=away, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(tmp_path / "site")
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "digest",
        "articles/",
        "-o",
        "out",
    ]
    done = subprocess.run(command, cwd=away, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (away / "out").iterdir()} >= {
        "digest.html",
        "digest.md",
        "digest.json",
        "digest.txt",
    }
    assert "데이터베이스" in (away / "out" / "digest.html").read_text(encoding="utf-8")
