"""What libraries can't do in time or memory is done in a process that is ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline import read
from pipeline.readers import guard
from pipeline.records import Article, Failure, Limits, Reading

from .conftest import ROOT
from .thorough import few, thorough

PAGE = ROOT / "tests" / "cases" / "readers" / "page.html"
FAULTS = ROOT / "tests" / "attacks"
STRICT = Reading(limits=Limits(seconds=2.0, memory_bytes=500_000_000))


def _child() -> int:
    assert guard._current
    return guard._current[0]._process.pid


@pytest.mark.parametrize("name", few(["s-selfform.pdf", "s-deepforms.pdf", "s-bombz.pdf"], 1))
def test_a_hostile_pdf_is_a_failure_and_the_next_file_is_read(name: str) -> None:
    pytest.importorskip("pypdfium2")
    started = time.perf_counter()
    found = list(read([FAULTS / name, PAGE], STRICT))
    assert time.perf_counter() - started < 60
    reasons = {item.source: item.reason for item in found if isinstance(item, Failure)}
    assert reasons[str(FAULTS / name)] in ("too-slow", "too-much-memory")
    assert [item.source.path for item in found if isinstance(item, Article)] == [str(PAGE)]
    assert list(reasons) == [str(FAULTS / name)]


def test_memory_is_bounded() -> None:
    pytest.importorskip("pypdfium2")
    resource = pytest.importorskip("resource")
    script = (
        "import resource, sys; from pipeline import read; from pipeline.records import *\n"
        "limits = Limits(seconds=60.0, memory_bytes=400_000_000)\n"
        "print([one.reason for one in read(sys.argv[1], Reading(limits=limits))])\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    assert resource
    done = subprocess.run(
        [sys.executable, "-c", script, str(FAULTS / "s-bombz.pdf")], capture_output=True, text=True, cwd=ROOT
    )
    reasons, most = done.stdout.splitlines()
    assert reasons == "['too-much-memory']"
    assert int(most) * (1 if sys.platform == "darwin" else 1024) < 450_000_000


def test_the_child_reads_what_this_process_reads() -> None:
    here = Reading(limits=Limits(memory_bytes=0))
    for path in sorted((ROOT / "tests" / "cases" / "readers").iterdir()):
        if path.suffix in (".html", ".xml", ".eml", ".docx", ".hwpx", ".mhtml", ".pdf"):
            assert list(read(path)) == list(read(path, here)), path.name


def test_one_child_reads_all_and_is_replaced_when_it_is_gone() -> None:
    list(read(PAGE))
    first = _child()
    list(read(PAGE))
    assert _child() == first
    guard._current[0]._process.kill()
    guard._current[0]._process.wait()
    assert all(isinstance(item, Article) for item in read(PAGE))
    assert _child() != first


def test_threads_share_it() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [type(item) for item in read(PAGE)], range(8)))
    assert found == [[Article]] * 8


def test_an_archive_of_mails_with_pages_is_read(tmp_path: Path) -> None:
    import zipfile

    mail = (ROOT / "tests" / "cases" / "readers" / "mail.eml").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("a.eml", mail)
        packed.writestr("b.html", PAGE.read_bytes())
    found = list(read(tmp_path / "a.zip"))
    assert {str(item.source.path).rsplit("/", 1)[-1] for item in found if isinstance(item, Article)} >= {
        "a.eml",
        "b.html",
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
@pytest.mark.parametrize("end", few(["os.kill(os.getpid(), 9)", "pass", "raise KeyboardInterrupt"], 1))
def test_no_child_is_left_behind(end: str) -> None:
    script = (
        "import os, sys; from pipeline import read; from pipeline.readers import guard\n"
        f"list(read(sys.argv[1])); print(guard._current[0]._process.pid, flush=True); {end}"
    )
    done = subprocess.run([sys.executable, "-c", script, str(PAGE)], capture_output=True, text=True, cwd=ROOT)
    pid = int(done.stdout.split()[0])
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and ") Z" in Path(f"/proc/{pid}/stat").read_text():
            return  # ended, and nobody has asked how
        time.sleep(0.1)
    pytest.fail("it is still there")


@thorough
def test_a_large_parent_keeps_its_child() -> None:
    script = (
        "import sys; from pipeline import read; from pipeline.readers import guard\n"
        "much = bytearray(700_000_000); much[::4096] = b'1' * len(much[::4096])\n"
        "for _ in range(2): list(read(sys.argv[1])); print(guard._current[0]._process.pid)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(PAGE)], capture_output=True, text=True, cwd=ROOT)
    first, second = done.stdout.split()
    assert first == second
