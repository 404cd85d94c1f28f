"""Keep the documents true: links lead somewhere, commands and options exist, examples run.

Run as ``python tests/check_docs.py``; prints what is wrong and exits with 1.

- Relative links and pictures in every ``*.md`` of the top level, ``docs/`` and ``models/`` exist.
- Every line that begins with ``yoyak`` in a ``console`` block names a command and options that exist; those
  that need no more than sample articles are run, in a folder of their own, and must succeed.
- Every ``python`` block runs, in a folder with the sample articles.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*src=\"([^\"]+)\"")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every Markdown document of the project that people read."""
    models = ROOT / "models"
    # What models were fitted to is articles, some of them in Markdown.
    ours = [file for file in models.rglob("*.md") if models / "training" not in file.parent.parents]
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ours])


def links(document: Path) -> Iterator[str]:
    """Links of a document that lead nowhere."""
    for match in _LINK.finditer(document.read_text(encoding="utf-8")):
        target = (match[1] or match[2]).split("#")[0]
        elsewhere = not target or "://" in target or target.startswith("mailto:")
        if not elsewhere and not (document.parent / target).exists():
            yield f"link to nowhere: {target}"


def commands(document: Path) -> Iterator[list[str]]:
    """Calls of yoyak in the ``console`` blocks of a document."""
    for kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")):
        for line in body.replace("\\\n", " ").splitlines() if kind == "console" else ():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words and words[0] == "yoyak":
                yield words[1:]


def usage(words: list[str]) -> Iterator[str]:
    """What a call names and the command line does not know."""
    from typer.main import get_command

    from pipeline.cli import app

    command: Any = get_command(app)
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
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    for word in rest:
        if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known:
            yield f"unknown option {word}: yoyak {' '.join(words)}"


#: Options before what is written.
_WRITTEN = ("-o", "--output", "--report", "--init-template")


def runnable(words: list[str], place: Path) -> bool:
    """Whether a call takes seconds and needs nothing but what `stage` has laid out."""
    if not words or {"train", "evaluate", "ray"} & set(words) or {"<", ">", "|", "-"} & set(words):
        return False
    # What is written need not be there.
    read = [word for before, word in pairwise(["", *words]) if before not in _WRITTEN]
    paths = [word for word in read if "/" in word or re.search(r"\.\w{2,7}$", word)]
    there = all((place / path).exists() for path in paths)
    return there and (bool(paths) or words[0] in ("plugins", "schema", "themes"))


def stage(place: Path) -> None:
    """What a reader of the documents has at hand: articles under several names, settings, words."""
    for name in ("seeds", "articles", "inbox"):
        shutil.copytree(ROOT / "seeds", place / name)
    for name in ("models", "configs"):
        (place / name).symlink_to(ROOT / name)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:3]]
    lines = [json.dumps({"headline": f"기사 {n}", "content": text}) for n, text in enumerate(texts)]
    (place / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (place / "records.json").write_text(f"[{','.join(lines)}]", encoding="utf-8")
    (place / "words.tsv").write_text("트레이니움\tNNP\t0\n", encoding="utf-8")
    for name in ("brief.toml", "newsletter.toml"):
        (place / name).write_text('[newsletter]\nname = "나래 아침"\n', encoding="utf-8")


def call(words: list[str]) -> str:
    """Call the command here; what went wrong, or nothing."""
    from typer.testing import CliRunner

    from pipeline.cli import app

    sys.argv = ["yoyak", *words]
    done = CliRunner().invoke(app, words)
    said = (done.stderr or done.output).strip()[-500:]
    wrong = "".join(traceback.format_exception_only(done.exception)) if done.exception else ""
    return f"{said} {wrong}".strip() if done.exit_code else ""


def execute(body: str) -> str:
    """Run a block of Python here; what went wrong, or nothing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(body, "<block>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        return "".join(traceback.format_exception_only(error)).strip()[-500:]
    return ""


def loaded_once() -> None:
    """Let all examples share what they load: a dictionary takes Kiwi longer than most of them take."""
    from functools import lru_cache

    from pipeline import korean

    korean.load_kiwi = lru_cache(korean.load_kiwi)


def main() -> int:
    """Check every document."""
    sys.path.insert(0, str(ROOT))
    loaded_once()
    wrong: list[str] = []
    ran = 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        stage(place)
        tried: set[str] = set()
        os.chdir(place)
        wrong += filter(None, [call(["digest", "seeds/short-notice.txt", "-o", "issues/12"])])
        for document in documents():
            where = document.relative_to(ROOT)
            wrong += [f"{where}: {problem}" for problem in links(document)]
            for words in commands(document):
                wrong += [f"{where}: {problem}" for problem in usage(words)]
                if " ".join(words) not in tried and runnable(words, place):
                    tried.add(" ".join(words))  # pages in two languages have the same ones
                    ran += 1
                    if problem := call(words):
                        wrong.append(f"{where}: yoyak {' '.join(words)}: {problem}")
            for kind, body in _BLOCK.findall(document.read_text(encoding="utf-8")):
                if kind == "python" and body not in tried:
                    tried.add(body)
                    ran += 1
                    if problem := execute(body):
                        wrong.append(f"{where}: python block: {problem}")
        os.chdir(ROOT)
    print(
        "\n".join([*wrong, f"docs: {len(documents())} documents, {ran} examples run, {len(wrong)} problems"])
    )
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    raise SystemExit(main())
