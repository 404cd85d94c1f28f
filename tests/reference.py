# ruff: noqa: E501 (lines of the pages)
"""The reference pages of the site, out of the code: ``python -m tests.reference`` writes them anew.

Commands with their options, the settings with their defaults, and the JSON Schemas, in both languages; a test
looks whether they are what the code says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

HEADS = {
    ("commands", "ko"): "# 명령\n\n모든 명령과 옵션입니다. `yoyak 명령 --help`가 같은 것을 보여 줍니다.\n",
    (
        "commands",
        "en",
    ): "# Commands\n\nAll commands with their options, as `yoyak COMMAND --help` shows them.\n",
    ("settings", "ko"): (
        "# 설정\n\n바꿀 키만 적은 TOML 파일을 `--config`로 줍니다. 파일 속의 경로는 그 파일이 있는 폴더에서 "
        "찾습니다. 아래는 모든 키와 기본값(`configs/default.toml`)입니다.\n"
    ),
    ("settings", "en"): (
        "# Settings\n\nGive a TOML file with the keys that you change by `--config`. Paths in it are taken from "
        "its folder. Below are all keys with their defaults (`configs/default.toml`).\n"
    ),
    ("schema", "ko"): (
        "# 출력의 스키마\n\n`yoyak schema report`와 `yoyak schema digest`가 찍는 JSON Schema를 표로 옮긴 것입니다. "
        "위치는 모두 코드 포인트이고 끝은 들지 않습니다.\n"
    ),
    ("schema", "en"): (
        "# Schemas of the output\n\nThe JSON Schemas that `yoyak schema report` and `yoyak schema digest` print, as "
        "tables. All offsets are code points, half open.\n"
    ),
}
COLUMNS = {"ko": "| 키 | 값 | 뜻 |\n|---|---|---|\n", "en": "| key | value | meaning |\n|---|---|---|\n"}


def commands(lang: str) -> str:
    """Help of every command, in a process of its own: texts are made when the command is imported."""
    code = "from tests.reference import helps; helps()"
    environment = {**os.environ, "YOYAK_LANG": lang, "COLUMNS": "90", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def helps() -> None:
    """Print the help of every command as Markdown."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from pipeline.cli import app

    def names(command: Any, above: list[str]) -> Iterator[list[str]]:
        yield above
        for name, inner in getattr(command, "commands", {}).items():
            yield from names(inner, [*above, name])

    for words in names(get_command(app), []):
        done = CliRunner().invoke(app, [*words, "--help"], prog_name="yoyak")
        print(f"\n## yoyak {' '.join(words)}".rstrip(), end="\n\n```text\n")
        print("\n".join(line.rstrip() for line in done.stdout.strip().splitlines()), end="\n```\n")


def settings(lang: str) -> str:
    """The defaults, as they are in the file."""
    return f"\n```toml\n{(ROOT / 'configs' / 'default.toml').read_text(encoding='utf-8').strip()}\n```\n"


def schema(lang: str) -> str:
    """A table for each record of the two schemas."""
    from pipeline.writers import schema as schema_of

    parts = []
    for name in ("report", "digest"):
        whole = schema_of(name)
        parts.append(f"\n## {name}\n\n{COLUMNS[lang]}{_rows(whole, name.capitalize())}")
        for key, record in sorted(whole.get("$defs", {}).items()):
            if record.get("properties"):
                parts.append(f"\n### {name}: {key}\n\n{COLUMNS[lang]}{_rows(record, key)}")
    return "".join(parts)


def _rows(record: dict[str, Any], name: str) -> str:
    told = _attributes(name)
    return "".join(
        f"| `{key}` | {_type(value)} | {_cell(told.get(key, ''))} |\n"
        for key, value in record["properties"].items()
    )


def _attributes(name: str) -> dict[str, str]:
    """What the docstring of a record says of its attributes."""
    from inspect import getdoc

    from pipeline import records

    _, _, section = (getdoc(getattr(records, name, None)) or "").partition("Attributes\n----------\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line and not line[0].isspace():
            names = [one.strip() for one in line.split(",")]
        elif line.strip():
            for one in names:
                found[one] = f"{found.get(one, '')} {line.strip()}".strip()
    return found


def _type(value: dict[str, Any]) -> str:
    """What a value may be, in short."""
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    for key in ("anyOf", "oneOf"):
        if key in value:
            return " / ".join(_type(one) for one in value[key])
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return " / ".join(f"`{one}`" for one in value["enum"])
    if value.get("type") == "array":
        inner = value.get("items") or (value.get("prefixItems") or [{}])[0]
        return f"[{_type(inner)}]"
    return str(value.get("type", "any"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


PAGES = {"commands": commands, "settings": settings, "schema": schema}


def pages(names: Collection[str] = tuple(PAGES)) -> Iterator[tuple[Path, str]]:
    """Each page with what it is to say."""
    for (name, lang), head in HEADS.items():
        if name not in names:
            continue
        suffix = "" if lang == "ko" else f".{lang}"
        yield DOCS / f"{name}{suffix}.md", head + PAGES[name](lang)


def main() -> None:
    """Write the pages."""
    for path, content in pages():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
