"""Run as ``python -m tests.crashing [EACH]``: folders filled by processes that end at any step of it.

What a process does to the disk is counted: each call of fsync, each rename, each removal, each statement of
the manifest. For every n a process is killed right before the n-th; what it leaves has to be whole, and a
second one, undisturbed, has to make of it the bytes of a run that nobody disturbed. Prints the number of
moments; exits with 1 where one of them lost something. With EACH only every so many moments are tried.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline import read
from pipeline.records import Article, Failure, Report
from pipeline.settings import load_settings
from pipeline.store import Store, decide, fill, folder, job_of, manifest, marks, shards, summaries
from pipeline.store.work import LINE, Written
from pipeline.writers import dump

FORMATS = ("json", "md", "jsonl")
SETTINGS = load_settings()


def made(article: Article) -> Written:
    """A report without an analysis."""
    report = Report(
        id=article.id, title=article.title, source=article.source, sentences=(), ranking=(), summary=(),
        themes=(), keywords=(),
    )  # fmt: skip
    line = dump(report).encode()
    contents = {"json": line + b"\n", "md": article.text.encode(), LINE: line}
    return Written(article.source.path, article.source.sha256, article.id, (), 0, contents)


def stream(
    make: object, articles: Iterable[Article | Failure], tools: object, failed: Callable[[Failure], None]
) -> Iterator[Written]:
    """As the engine does; an article that says so fails."""
    for item in articles:
        if isinstance(item, Failure):
            failed(item)
        elif "안 됨" in item.text:
            failed(Failure(item.source.path, "layout", "only-title"))
        else:
            yield made(item)


class _NoPipeline:
    tools = None


def run(inbox: Path, out: Path) -> None:
    """Fill a folder."""
    with Store(out) as store:
        list(fill(store, job_of([str(inbox)], SETTINGS, FORMATS), load=lambda s: _NoPipeline()))  # type: ignore[arg-type,return-value]


def child(work: Callable[[], None]) -> int:
    """Exit status of a process of its own; negative where a signal ended it."""
    pid = os.fork()
    if not pid:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def deadly(after: int) -> None:
    """From now on the process is killed before the n-th thing that it does to the disk."""
    left = after

    def before(own: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **wanted: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return own(*given, **wanted)

        return counted

    for home, name in (
        (os, "fsync"), (Path, "replace"), (Path, "unlink"), (manifest.Manifest, "_run"),
    ):  # fmt: skip
        setattr(home, name, before(getattr(home, name)))


def contents(out: Path) -> dict[str, bytes]:
    """What readers see of a folder."""
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} if out.is_dir() else {}


def fill_inbox(inbox: Path) -> None:
    """Articles, one that fails, a copy, records."""
    inbox.mkdir()
    for i in range(6):
        (inbox / f"{i}.txt").write_text(f"회사 {i}의 매출이 늘었다.\n", encoding="utf-8")
    (inbox / "3.txt").write_text("이 글은 안 됨.\n", encoding="utf-8")
    (inbox / "5.txt").write_bytes((inbox / "1.txt").read_bytes())
    lines = "".join(f'{{"title": "기록 {i}", "body": "기록 {i}의 값이 올랐다."}}\n' for i in range(4))
    (inbox / "r.jsonl").write_text(lines + "no json\n", encoding="utf-8")


def change_inbox(inbox: Path) -> None:
    """The next day: an article is new, one changed, one fails no more, one does now, a record is gone."""
    (inbox / "0.txt").write_text("회사 0의 매출이 줄었다.\n", encoding="utf-8")
    (inbox / "00.txt").write_text("새 회사의 매출이 늘었다.\n", encoding="utf-8")
    (inbox / "2.txt").write_text("이 글도 안 됨.\n", encoding="utf-8")
    (inbox / "3.txt").write_text("이 글은 됨.\n", encoding="utf-8")
    lines = (inbox / "r.jsonl").read_text(encoding="utf-8").splitlines()
    (inbox / "r.jsonl").write_text("\n".join(lines[1:4]) + "\n", encoding="utf-8")


def moments(place: Path, inbox: Path, before: Path | None, each: int) -> Iterator[str]:
    """What was lost at which moment, over a folder that was there before or not; empty for nothing."""
    undisturbed, out = place / "undisturbed", place / "out"
    for folder_ in (undisturbed, out):
        shutil.rmtree(folder_, ignore_errors=True)
    if before:
        shutil.copytree(before, undisturbed)
    assert child(lambda: run(inbox, undisturbed)) == 0
    right = contents(undisturbed)
    earlier = contents(before) if before else {}
    for n in range(0, 100_000, each):
        shutil.rmtree(out, ignore_errors=True)
        if before:
            shutil.copytree(before, out)

        def killed(n: int = n) -> None:
            deadly(n)
            run(inbox, out)

        status = child(killed)
        if status == 0:
            return
        assert status == -signal.SIGKILL, status
        for name, data in contents(out).items():
            shard = name.startswith(("reports-", "failures"))
            if data not in (right.get(name), earlier.get(name)) and not shard:
                yield f"{n}: {name} is not whole"
            if shard and not data.endswith(b"\n"):
                yield f"{n}: {name} is cut off"
        if (status := child(lambda: run(inbox, out))) != 0:
            yield f"{n}: the next run ended with {status}"
        if (found := contents(out)) != right:
            wrong = sorted(k for k in {*found, *right} if found.get(k) != right.get(k))
            yield f"{n}: {wrong} differ"
        yield ""


def main() -> int:
    """Fill a folder, and go on with one that is filled."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    marks.program()  # once, for all processes
    homes: tuple[tuple[Any, str, object], ...] = (
        (summaries, "stream", stream), (decide, "SHARD", 4), (shards, "SHARD", 4), (decide, "TICK", 0),
        (folder, "_MOST", 3),
    )  # fmt: skip
    for home, name, value in homes:
        setattr(home, name, value)
    count = lost = 0
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        fill_inbox(place / "inbox")
        assert len(list(read(place / "inbox"))) == 11
        time.sleep(0.02)
        filled = place / "filled"
        for step, before in (("new", None), ("changed", filled)):
            for wrong in moments(place, place / "inbox", before, each):
                count, lost = count + (not wrong), lost + bool(wrong)
                if wrong:
                    print(step, wrong)
            if step == "new":
                assert child(lambda: run(place / "inbox", filled)) == 0
                change_inbox(place / "inbox")
                time.sleep(0.02)
    print(f"{count} moments, {lost} losses")
    return 1 if lost or count < 400 // each else 0


if __name__ == "__main__":
    raise SystemExit(main())
