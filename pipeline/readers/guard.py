"""Files read in a process of its own, which is ended when it takes too long or too much memory.

Libraries in C can't be stopped from inside: a PDF of 700 bytes makes PDFium take gigabytes. One child reads
all such files of a batch, one after the other; it starts with the first, is started anew after it was
ended, and ends with its parent. On the pipe are a header of JSON and bytes, never Python's own objects.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from importlib import import_module
from typing import IO, Any

from ..records import Article, Failure, Limits, Note, Reading, Source, Unreadable, Web
from .article import File

_SIZES = struct.Struct(">II")
#: Seconds for a child to start in, and to end in by itself.
_START, _END = 30.0, 1.0
#: Bytes of a file for which it gets the time of the limits once more.
_EACH = 10_000_000
#: Exit status of a child that took too much memory.
_FULL = 71
#: How Python is told to be a child, with the folders of its modules.
_BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from pipeline.readers.guard import serve
serve()
"""


def guarded(file: File, ending: str, inside: Callable[[File], Iterator[Article | Failure | File]]) -> Any:
    """What a reader finds in a file, read by the child.

    Parameters
    ----------
    inside
        The same reader in this process, for where there can be no child (`Limits.memory_bytes` is 0, a
        program without a Python of its own).

    Raises
    ------
    Unreadable
        What the reader says, ``too-slow`` or ``too-much-memory``.
    """
    if not file.limits.memory_bytes or getattr(sys, "frozen", False) or not sys.executable:
        return inside(file)
    with _LOCK:
        child = _child(file.limits.memory_bytes)
        if child is None:
            return inside(file)
        found = child.ask(_written(file, ending), file.data, _seconds(file))
    return [_item(file, header, data) for header, data in found]


def _seconds(file: File) -> float:
    return file.limits.seconds * (1 + len(file.data) / _EACH)


# ── this side of the pipe ──────────────────────────────────────────────────────────────────────────


class _Child:
    """The process, and a thread that waits for what it writes."""

    def __init__(self, memory: int) -> None:
        self.memory, self.owner = memory, os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._frames: queue.Queue[tuple[dict[str, Any], bytes] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def starts(self) -> bool:
        """Whether it says that it is there."""
        try:
            self._send({"memory": self.memory}, b"")
            return self._frames.get(timeout=_START) is not None
        except (queue.Empty, OSError):
            return False

    def fits(self, memory: int) -> bool:
        """Whether it may be asked: by this process, within these bounds."""
        return self.owner == os.getpid() and self.memory == memory and self._process.poll() is None

    def ask(self, header: dict[str, Any], data: bytes, seconds: float) -> list[tuple[dict[str, Any], bytes]]:
        """All frames of an answer.

        Raises
        ------
        Unreadable
            What it says, or why it was ended.
        """
        found = []
        try:
            self._send({**header, "watch": seconds + 2 * _END}, data)
            until = time.monotonic() + _START  # its libraries are loaded
            while True:
                frame = self._next(until)
                if frame is None or frame[0]["is"] == "end":
                    break
                if frame[0]["is"] == "ready":
                    until = time.monotonic() + seconds
                else:
                    found.append(frame)
        except queue.Empty:
            self.kill()
            raise Unreadable("too-slow", f"> {seconds:.3g} s") from None
        except OSError as error:
            raise self._died() from error
        except BaseException:  # Ctrl-C: what it still writes must not be the answer to the next question
            self.kill()
            raise
        if frame is None:
            raise self._died()
        end = frame[0]
        if end.get("full"):
            self.kill()
        if end.get("reason"):
            raise Unreadable(end["reason"], end["detail"])
        return found

    def _next(self, until: float) -> tuple[dict[str, Any], bytes] | None:
        """What it writes next; `queue.Empty` where that comes too late, though it be there by now."""
        frame = self._frames.get(timeout=max(0.0, until - time.monotonic()))
        if time.monotonic() > until:
            raise queue.Empty
        return frame

    def kill(self) -> None:
        """End it at once."""
        _forget(self)
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it as it likes, or at once after a moment."""
        if self.owner != os.getpid():  # a fork of its parent
            return
        try:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(_END)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()

    def _send(self, header: dict[str, Any], data: bytes) -> None:
        assert self._process.stdin is not None
        _write(self._process.stdin, header, data)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            while (frame := _read(self._process.stdout)) is not None:
                self._frames.put(frame)
        self._frames.put(None)

    def _died(self) -> Unreadable:
        """Why it ended by itself: libraries in C abort where they are given no memory."""
        _forget(self)
        code = self._process.wait()
        aborts = {-getattr(signal, name, 0) for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL")}
        if code == _FULL or code in aborts - {0} or code == 3:  # 3: abort() on Windows
            return Unreadable("too-much-memory", f"> {self.memory:,}")
        return Unreadable("error", f"the library that reads it crashed ({code})")


_LOCK = threading.RLock()
_current: list[_Child] = []
_never: list[bool] = []


def _child(memory: int) -> _Child | None:
    """The child of this process; None where none can be started."""
    if _current and not _current[0].fits(memory):
        _current.pop().close()
    if not _current and not _never:
        try:
            child = _Child(memory)
        except OSError:
            _never.append(True)
            return None
        if child.starts():
            _current.append(child)
        else:
            child.kill()
            _never.append(True)
    return _current[0] if _current else None


def _forget(child: _Child) -> None:
    if child in _current:
        _current.remove(child)


@atexit.register
def _close() -> None:
    while _current:
        _current.pop().close()


# ── what is on the pipe ────────────────────────────────────────────────────────────────────────────


def _write(pipe: IO[bytes], header: dict[str, Any], data: bytes) -> None:
    words = json.dumps(header).encode("ascii")
    pipe.write(_SIZES.pack(len(words), len(data)))
    pipe.write(words)
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    sizes = pipe.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    words, data = _SIZES.unpack(sizes)
    header = pipe.read(words)
    return (json.loads(header), pipe.read(data)) if len(header) == words else None


def _written(file: File, ending: str) -> dict[str, Any]:
    known = {"path": file.path, "declared": file.declared, "depth": file.depth, "ending": file.ending}
    return {**known, "metadata": dict(file.metadata), "reading": asdict(file.reading), "reader": ending}


def _file(header: dict[str, Any], data: bytes) -> File:
    given = header["reading"]
    plain = {key: _tuples(value) for key, value in given.items()}
    reading = Reading(**{**plain, "limits": Limits(**given["limits"]), "web": Web(**given["web"])})
    return File(
        header["path"],
        data,
        reading,
        header["declared"],
        header["metadata"],
        header["depth"],
        header["ending"],
    )


def _item(file: File, header: dict[str, Any], data: bytes) -> Article | Failure | File:
    if header["is"] == "article":
        fields = {key: _tuples(value) for key, value in header["fields"].items()}
        notes = tuple(Note(**note) for note in fields["notes"])
        return Article(**{**fields, "source": Source(**fields["source"]), "notes": notes})
    if header["is"] == "failure":
        return Failure(**header["fields"])
    return replace(_file(header, data), reading=file.reading)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


# ── the other side ─────────────────────────────────────────────────────────────────────────────────


#: What a kind of file is read by: loaded before its time begins.
_LIBRARIES = {
    ".pdf": ("pypdfium2",),
    ".docx": ("lxml.etree",),
    ".hwpx": ("lxml.etree",),
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), ("feedparser", "lxml.html")),
}


def serve() -> None:
    """Be the child: read files until nobody asks any more."""
    import faulthandler

    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who ends us
    # Libraries that print must not print into the answer.
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
        asked = _read(sys.stdin.buffer)
        if asked is None:
            return
        memory = asked[0]["memory"]
        _bound(memory)
        begun = _peak()
        _write(answers, {"is": "here"}, b"")
        while (asked := _read(sys.stdin.buffer)) is not None:
            for library in _LIBRARIES.get(asked[0]["reader"], ("readability", "lxml.html")):
                with contextlib.suppress(ImportError):
                    import_module(library)
            _write(answers, {"is": "ready"}, b"")
            # Where nobody is left to end us: no reader holds this up, for it needs no Python.
            faulthandler.dump_traceback_later(asked[0]["watch"], exit=True, file=nowhere)
            _answer(answers, *asked, memory, begun)
            faulthandler.cancel_dump_traceback_later()


def _answer(answers: IO[bytes], header: dict[str, Any], data: bytes, memory: int, begun: int) -> None:
    from . import READERS

    end: dict[str, Any] = {"is": "end"}
    try:
        for item in READERS[header["reader"]](_file(header, data)):
            if isinstance(item, File):
                _write(answers, {"is": "file", **_written(item, "")}, item.data)
            else:
                kind = "article" if isinstance(item, Article) else "failure"
                _write(answers, {"is": kind, "fields": asdict(item)}, b"")
    except Unreadable as error:
        end |= {"reason": error.reason, "detail": error.detail}
    except MemoryError:
        end |= {"reason": "too-much-memory", "detail": f"> {memory:,}", "full": True}
    except Exception as error:  # as `readers.articles_of` does
        end |= {"reason": "error", "detail": f"{type(error).__name__}: {str(error)[:300]}"}
    full = end.get("full") or _peak() > max(memory // 2, 2 * begun)
    _write(answers, {**end, "full": full}, b"")


def _bound(memory: int) -> None:
    """Take no more memory than this: told to the system where it listens, else watched."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        if sys.platform == "linux":
            return

    def watch() -> None:
        while _peak() <= memory:
            threading.Event().wait(0.05)
        os._exit(_FULL)

    threading.Thread(target=watch, daemon=True).start()


def _peak() -> int:
    """Most memory so far, in bytes."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = (
                ("cb", wintypes.DWORD), ("faults", wintypes.DWORD), ("peak", ctypes.c_size_t),
                *((f"other{i}", ctypes.c_size_t) for i in range(7)),
            )  # fmt: skip

        counters = Counters(cb=ctypes.sizeof(Counters))
        ask = ctypes.windll.kernel32.K32GetProcessMemoryInfo
        ask.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
        return counters.peak if ask(wintypes.HANDLE(-1), ctypes.byref(counters), counters.cb) else 0
    with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123
        return 1024 * int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # its parent's at first, on some systems
    return most if sys.platform == "darwin" else most * 1024
