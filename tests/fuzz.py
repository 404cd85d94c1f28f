"""Hostile inputs for the readers: real files, spoilt in the ways that files are, and in worse ones.

``python -m tests.fuzz COUNT [SEED [START]]`` reads COUNT of them, each through the layout too, reports and
folds every 500 into a digest with copies and found themes, writes all formats, and again in another order. A
crash, a hang over 10 s, a wrong record or a digest that the order decides stops it; the input is left in
``fuzz-failure-*``.
"""

from __future__ import annotations

import io
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

from pipeline import Pipeline, layout
from pipeline.readers import READERS, articles_of
from pipeline.readers.article import File, hash_of
from pipeline.records import Article, Failure, Limits, Reading, Report
from pipeline.settings import load_boilerplate, load_messages, load_settings
from pipeline.writers import DIGEST_WRITERS, REPORT_WRITERS

_CASES = Path(__file__).parent / "cases"
#: Without a process that could be ended: what is slow is to be seen.
_READING = Reading(limits=Limits(file_bytes=5_000_000, archive_bytes=20_000_000, memory_bytes=0))
_TEXTS = load_messages("ko")
#: Inputs that go into one digest, and most reports of it.
_CHUNK, _LARGEST = 500, 300
_TOKENS = (
    b"<", b">", b"</p>", b"<div>", b"<table>", b"<![CDATA[", b"]]>", b"<!--", b"&#x110000;", b"&lt;",
        b"&a;", b"\0",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b"\x1b[2J", b"{", b"[", b'"', b"\\u",
        b"\\ud800",
    b",", b"\t", b"|", b"```", b"+++\n", b"---\n", b"**", b"](", b"> ", "가".encode(), "다.".encode(),
        "ㅋ".encode() * 99,
    "기자 =".encode(), "▶ 관련기사".encode(), "\u200b\u202e".encode(), "가".encode("utf-16-le"),
        "가".encode("cp949"),
    b"PK\x03\x04", b"%PDF-1.7", b"Content-Type: ", b"boundary=", b"=?euc-kr?B?", b"charset=", b"1e309",
        b"-1", b"NaN",
    b"99999999999999999999", b"<?xml version='1.0' encoding='utf-7'?>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///'>]>",
)  # fmt: skip


@lru_cache(maxsize=64)
def seeds(ending: str) -> tuple[bytes, ...]:
    """Files of a kind; for kinds that share a reader, those of the others too."""
    same = {name for name, reader in READERS.items() if reader is READERS[ending]}
    found = [
        p.read_bytes() for p in sorted(_CASES.glob("*/*")) if p.suffix in same and p.stat().st_size < 200_000
    ]
    return (*found, b"", b"\n")


def hostile(seed: bytes, random: Random) -> bytes:
    """A spoilt copy of a file; of a zip archive, now and then with its members spoilt and packed again."""
    if seed[:2] == b"PK" and random.random() < 0.6:
        return _repacked(seed, random)
    data = bytearray(seed)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        random.choice(_WAYS)(data, random)
        if len(data) > 300_000:
            break
    return bytes(data[:400_000])


def _repacked(seed: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if random.random() < 0.05:
                    continue
                data = old.read(name)
                if random.random() < 0.5:
                    spoilt = bytearray(data)
                    random.choice(_WAYS)(spoilt, random)
                    data = bytes(spoilt)
                new.writestr(name, data)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, NotImplementedError):
        return seed[: random.randrange(len(seed))]
    return out.getvalue()


def _at(data: bytearray, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _flip(data: bytearray, random: Random) -> None:
    for _ in range(min(len(data), random.choice((1, 3, 30)))):
        data[random.randrange(len(data))] = random.randrange(256)


def _insert(data: bytearray, random: Random) -> None:
    at = _at(data, random)
    data[at:at] = random.choice(_TOKENS) * random.choice((1, 1, 1, 2, 50, 3000))


def _delete(data: bytearray, random: Random) -> None:
    at = _at(data, random)
    del data[at : at + random.choice((1, 5, 100, 2000))]


def _repeat(data: bytearray, random: Random) -> None:
    at = _at(data, random)
    data[at:at] = data[at : at + random.choice((3, 40, 400))] * random.choice((1, 5, 100))


def _cut(data: bytearray, random: Random) -> None:
    del data[_at(data, random) :]


def _swap(data: bytearray, random: Random) -> None:
    a, b = sorted((_at(data, random), _at(data, random)))
    data[a:b] = data[a:b][::-1] if random.random() < 0.2 else data[b : b + (b - a)]


def _recode(data: bytearray, random: Random) -> None:
    old, new = random.choice(
        (("utf-8", "cp949"), ("utf-8", "utf-16"), ("cp949", "utf-8"), ("latin-1", "utf-8"))
    )
    data[:] = bytes(data).decode(old, "replace").encode(new, "replace")


_WAYS: tuple[Callable[[bytearray, Random], None], ...] = (
    _flip, _insert, _insert, _delete, _repeat, _cut, _swap, _recode,
)  # fmt: skip


def reads(ending: str, data: bytes, name: str = "") -> list[Article | Failure]:
    """Read a file and lay out its articles, and look whether they are sound; what there is."""
    found: list[Article | Failure] = []
    for item in articles_of(File(name or f"hostile{ending}", data, _READING)):
        found.append(item)
        if not isinstance(item, Article):
            assert item.reason, item
            continue
        item.text.encode("utf-8")
        start, end = item.body
        assert 0 <= start <= end == len(item.text)
        if len(found) > 50:
            continue
        laid = layout.lay_out(item, load_boilerplate())
        last = 0
        for block in laid.blocks:
            assert block.text.strip() == block.text != ""
            assert len(block.starts) == len(block.ends) == len(block.text)
            assert last <= block.starts[0] < block.ends[-1] <= len(item.text)
            last = block.ends[-1]
        assert sum(block.kind == "title" for block in laid.blocks) <= 1
    return found


def digests(chunk: list[Article | Failure], random: Random) -> int:
    """Report a chunk, fold it into a digest with copies, and write all of it; how many reports there are.

    The same reports in another order have to give the same bytes.
    """
    line = pipeline()
    failures: list[Failure] = []
    articles = [item for item in chunk if isinstance(item, Article)]
    copied = [_copied(article) for article in random.sample(articles, len(articles) // 5)]
    reports = list(line.stream([*chunk, *copied], failures.append))
    for failure in failures:
        assert failure.step == "read" or failure.reason != "error", failure
    for report in reports:
        for write in REPORT_WRITERS.values():
            write(report, _TEXTS).encode("utf-8")
    written = _digest(reports[:_LARGEST], failures)
    shuffled = random.sample(reports[:_LARGEST], len(reports[:_LARGEST]))
    again = _digest(shuffled, random.sample(failures, len(failures)))
    different = [name for name, text in written.items() if again[name] != text]
    assert not different, f"the order decides: {', '.join(different)}"
    return len(reports)


def _copied(article: Article) -> Article:
    path = f"copy/{article.source.path}"
    source = replace(article.source, path=path, publisher="다른신문", sha256=hash_of(path.encode()))
    return replace(article, id=f"copy-{article.id}", source=source)


def _digest(reports: list[Report], failures: list[Failure]) -> dict[str, str]:
    made = pipeline().digest(reports, failures)
    return {name: write(made, _TEXTS, None) for name, write in DIGEST_WRITERS.items()}


@lru_cache(maxsize=1)
def pipeline() -> Pipeline:
    """With themes found in the batch."""
    return Pipeline(load_settings(None, {"themes.discover": True}))


def main(count: int, seed: int, start: int) -> None:
    """Read `count` hostile inputs, the formats in turn, from number `start` on.

    What a chunk holds depends on the seed and its number alone: a run that was stopped goes on where it was.
    """
    endings = sorted(READERS)
    slowest, began = (0.0, ""), time.perf_counter()
    for first in range(start // _CHUNK * _CHUNK, count, _CHUNK):
        random = Random(f"{seed}:{first}")
        chunk: list[Article | Failure] = []
        for number in range(first, min(first + _CHUNK, count)):
            ending = endings[number % len(endings)]
            data = hostile(random.choice(seeds(ending)), random)
            started = time.process_time()
            try:
                found = reads(ending, data, f"{number}{ending}")
                took = time.process_time() - started
                assert took < 10, f"{took:.1f} s"
            except BaseException:
                Path(f"fuzz-failure-{seed}-{number}{ending}").write_bytes(data)
                raise
            slowest = max(slowest, (took, f"{number}{ending}"))
            chunk.extend(found[:50])
        reports = digests(chunk, random)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds = time.perf_counter() - began
        sys.stdout.write(
            f"{first + _CHUNK} inputs; {len(chunk)} found, {reports} reports; {seconds:.0f} s, "
            f"slowest {slowest[0]:.1f} s {slowest[1]}, {peak:.0f} MiB\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(sys.argv[i]) if len(sys.argv) > i else 0 for i in (1, 2, 3)))
