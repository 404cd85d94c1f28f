"""Keep the documents true: links lead somewhere, commands and options exist, every example runs.

Run as ``python tests/check_docs.py [PAGE…]``; prints what is wrong and exits with 1.

- Relative links and pictures of every document exist.
- Calls of yoyak, in blocks and in running text, name commands and options that exist.
- Each line of a ``console`` block is run, each call in running text that names a file, and each ``python``
  block, from the top of a page to its end, in a folder with what a reader has at hand (`staged`). What is not
  run stands in `NOT_RUN`, with the reason.
- ``toml``, ``json`` and ``ini`` blocks are read by what reads them in the program.
"""

from __future__ import annotations

import ast
import configparser
import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import staged  # noqa: E402 (run as a file, this one has no package)

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"")
_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_SPOKEN = re.compile(r"(?<!`)`(yoyak [^`\n]+)`")

#: Examples that are not run, by how they begin, each with the reason: the one place for it.
NOT_RUN = {
    "git clone": "the network",
    "cd ": "it goes with git clone",
    "make ": "CI calls it (.ci/run); `make install` was tried by hand, with uv and with pipx",
    "python3 -m venv": "CI does it on a fresh machine",
    ".venv/bin/pip ": "the network",
    ".venv/bin/python -m pytest": "these are the tests",
    "pip install": "the network",
    "docker ": "Docker; CI has none",
    "ray start": "a cluster; tests/test_cluster.py starts one",
    "RAY_ADDRESS=": "a cluster; tests/test_cluster.py starts one",
    "yoyak summarize s3://": "a bucket; tests/test_cluster.py has folders in its place",
    "yoyak summarize articles/ -o out/ --engine ray": "a cluster; tests/test_cluster.py runs it",
    "yoyak summarize https://": "the network; tests/test_readers_web.py has a server of its own",
    "yoyak desk": "it runs until Ctrl-C; tests/test_desk.py and test_desk_browser.py",
    "yoyak send": "an SMTP server; tests/test_newsroom_send.py has one of its own",
    "yoyak train editor --data ../sci-news": "data that is not in the repository",
    "python -m tests.fuzz": "an hour; tests/test_fuzz_readers.py runs some",
    "from pyspark": "Spark; tests/test_cluster.py calls the function",
}


def documents() -> list[Path]:
    """Every Markdown document of the project that people read."""
    models = ROOT / "models"
    # What models were fitted to is articles, some of them in Markdown.
    ours = [file for file in models.rglob("*.md") if models / "training" not in file.parent.parents]
    gold = ROOT / "tests" / "gold" / "README.md"
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ours, gold])


def pages() -> list[list[Path]]:
    """Documents, those of one page in two languages together."""
    of: dict[Path, list[Path]] = {}
    for document in documents():
        of.setdefault(document.with_name(document.name.replace(".en.md", ".md")), []).append(document)
    return [sorted(own, key=lambda path: ".en." in path.name) for own in of.values()]


def blocks(document: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each block of a document."""
    for indent, kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")):
        yield kind, "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))


def lines_of(body: str) -> Iterator[str]:
    """Commands of a ``console`` block."""
    for line in body.replace("\\\n", " ").splitlines():
        for part in re.sub(r"\s#.*$", "", line.strip().removeprefix("$ ")).split(" && "):
            if part.strip() and not part.startswith("#"):
                yield part.strip()


def left_out(example: str) -> str | None:
    """Why an example is not run; None for one that is."""
    return next((reason for start, reason in NOT_RUN.items() if example.startswith(start)), None)


def links(document: Path) -> Iterator[str]:
    """Links of a document that lead nowhere."""
    for match in _LINK.finditer(document.read_text(encoding="utf-8")):
        target = (match[1] or match[2]).split("#")[0]
        elsewhere = not target or "://" in target or target.startswith("mailto:")
        if not elsewhere and not (document.parent / target).exists():
            yield f"link to nowhere: {target}"


@lru_cache(maxsize=1)
def _whole() -> Any:
    from typer.main import get_command

    from pipeline.cli import app

    return get_command(app)


def usage(words: list[str]) -> Iterator[str]:
    """What a call names and the command line does not know."""
    command = _whole()
    rest = list(words)
    while rest and hasattr(command, "commands"):
        default = getattr(command, "default", None)
        if default is not None and rest[0] not in command.commands:
            rest.insert(0, default)
        if rest[0].startswith("-"):
            break
        name = rest.pop(0)
        if name not in command.commands:
            yield f"unknown command: yoyak {' '.join(words)}"
            return
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    known |= {"--help", "--install-completion", "--show-completion"}
    for word in rest:
        if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known:
            yield f"unknown option {word}: yoyak {' '.join(words)}"


def spoken(document: Path) -> Iterator[str]:
    """Calls of yoyak in running text, but for those in which something is to be filled in."""
    for call in _SPOKEN.findall(_BLOCK.sub("", document.read_text(encoding="utf-8"))):
        if not re.search("[…가-힣]|[A-Z]{3}", call):
            yield call


def command(line: str) -> str:
    """Run a line of a ``console`` block here; what went wrong, or nothing."""
    line, _, source = line.partition(" < ")
    words = shlex.split(line.removeprefix(".venv/bin/"))
    if words[:1] == ["."]:  # . .venv/bin/activate
        return ""
    if words[0] != "yoyak":
        return f"neither run nor in NOT_RUN: {line}"
    words = [one for word in words[1:] for one in (_matches(word) if "*" in word else [word])]
    if wrong := "; ".join(usage(words)):
        return wrong
    from typer.testing import CliRunner

    from pipeline.cli import app

    sys.argv = ["yoyak", *words]
    done = CliRunner().invoke(app, words, input=Path(source).read_bytes() if source else None)
    if done.exit_code == 0:
        staged.after(words)
        return ""
    said = (done.stderr or done.output).strip()[-500:]
    wrong = "".join(traceback.format_exception_only(done.exception)) if done.exception else ""
    return f"yoyak {' '.join(words)}: {said} {wrong}".strip()


def _matches(pattern: str) -> list[str]:
    return sorted(map(str, Path().glob(pattern)))


def execute(body: str) -> str:
    """Run a block of Python here; what went wrong, or nothing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(body, "<block>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        return "".join(traceback.format_exception_only(error)).strip()[-500:]
    return ""


def parsed(read: Callable[[str], object]) -> Callable[[str], str]:
    """A check of a block that is read; what went wrong, or nothing."""

    def check(body: str) -> str:
        try:
            read(body)
        except Exception as error:
            return "".join(traceback.format_exception_only(error)).strip()[-500:]
        return ""

    return check


def ini(body: str) -> None:
    """Read a file of systemd."""
    configparser.ConfigParser(strict=True).read_string(body)


#: What becomes of a block, by its kind; ``text`` and none at all are prose in a frame.
CHECKS: dict[str, Callable[[str], str]] = {
    "python": execute,
    "py": parsed(ast.parse),
    "toml": parsed(staged.read_toml),
    "json": parsed(json.loads),
    "ini": parsed(ini),
    "text": lambda body: "",
    "": lambda body: "",
}


def examples(document: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each example of a document."""
    for kind, body in blocks(document):
        for one in lines_of(body) if kind == "console" else (body,):
            yield kind, one
    yield from (("console", call) for call in spoken(document) if "/" in call)


def key(kind: str, example: str) -> str:
    """The same for what differs by its language alone: comments."""
    if kind in ("python", "py"):
        return ast.dump(ast.parse(example))
    return json.dumps(tomllib.loads(example), default=str) if kind == "toml" else f"{kind} {example}"


def check(page: list[Path], measured: set[str]) -> tuple[int, list[str]]:
    """How many examples of a page were run, in both languages, and what is wrong.

    Parameters
    ----------
    measured
        Examples of training and measuring, which are the same on every page: those that were run, to be
        added to.
    """
    wrong, tried = list[str](), set[str]()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        staged.stage(Path(name))
        for document in page:
            where = document.relative_to(ROOT)
            problems = [
                *links(document),
                *(one for call in spoken(document) for one in usage(shlex.split(call)[1:])),
            ]
            for kind, example in examples(document):
                if kind not in ("console", *CHECKS):
                    problems.append(f"block of no known kind: {kind}")
                elif left_out(example):
                    problems += usage(shlex.split(example)[1:]) if example.startswith("yoyak ") else ()
                elif (own := key(kind, example)) not in tried | measured:
                    tried.add(own)
                    measured |= {own} if example.startswith(("yoyak train", "yoyak evaluate")) else set()
                    problem = command(example) if kind == "console" else CHECKS[kind](example)
                    problems += [f"{kind}: {problem}"] if problem else []
            wrong += [f"{where}: {problem}" for problem in problems]
        os.chdir(ROOT)
    return len(tried), wrong


def main() -> int:
    """Check every document, or those that are named."""
    named = {Path(name).resolve() for name in sys.argv[1:]}
    ran, wrong, measured = 0, [], set[str]()
    for page in pages():
        if not named or named & set(page):
            count, problems = check(page, measured)
            ran += count
            wrong += problems
            print("\n".join([*problems, f"{page[0].name}: {count} examples run"]), flush=True)
    print(f"docs: {len(documents())} documents, {ran} examples run, {len(wrong)} problems")
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    raise SystemExit(main())
