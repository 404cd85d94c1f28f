"""What a reader of the documents has at hand: articles under several names, settings, labelled sets."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Articles of a labelled set, and lines of one in JSON Lines: examples show that commands run, not how well.
_LABELLED, _LINES = 6, 40
#: What is measured at the end alone.
_CLOSED = {("tests/gold", "editor-picks"), ("tests/gold", "leaning")}


def stage(place: Path) -> None:
    """Lay all of it out in an empty folder."""
    for name in ("seeds", "articles", "inbox"):
        shutil.copytree(ROOT / "seeds", place / name)
    (place / "configs").symlink_to(ROOT / "configs")
    (place / "models").mkdir()
    (place / "models" / "ko-morph").symlink_to(ROOT / "models" / "ko-morph")
    for file in (ROOT / "models").iterdir():  # copies: `train` writes there
        if file.is_file():
            shutil.copy(file, place / "models")
    for folder in ("models/training", "tests/gold"):
        for own in (ROOT / folder).iterdir():
            if (folder, own.name) not in _CLOSED:
                _cut(own, place / folder / own.name)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:3]]
    records = [{"headline": f"기사 {n}", "content": text} for n, text in enumerate(texts)]
    lines = [json.dumps(record) for record in records]
    (place / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    kept = [json.dumps({**record, "desk": "경제", "page": n}) for n, record in enumerate(records)]
    (place / "in.jsonl").write_text("\n".join(kept), encoding="utf-8")
    (place / "records.json").write_text(f"[{','.join(lines)}]", encoding="utf-8")
    (place / "words.tsv").write_text("트레이니움\tNNP\t0\n", encoding="utf-8")
    for name in ("brief.toml", "newsletter.toml"):
        (place / name).write_text('[newsletter]\nname = "나래 아침"\n', encoding="utf-8")
    gold = (json.dumps(_gold(n)) for n in range(12))
    (place / "gold.jsonl").write_text("\n".join(gold), encoding="utf-8")
    _issues(place)


def _issues(place: Path) -> None:
    """An earlier issue, and a newsroom with articles in its inbox."""
    from pipeline import Pipeline, newsroom, read
    from pipeline.settings import load_messages
    from pipeline.writers import DIGEST_WRITERS

    pipeline = Pipeline()
    digest = pipeline.digest(list(pipeline.stream(read(place / "seeds" / "short-notice.txt"))), number=12)
    for name in ("issues/12", "issue-1"):
        (place / name).mkdir(parents=True)
        text = DIGEST_WRITERS["json"](digest, load_messages("ko"), None)
        (place / name / "digest.json").write_text(text, encoding="utf-8")
    newsroom.create(place / "room", "나래 아침")
    _filled(place / "room")


def after(words: Sequence[str]) -> None:
    """What a reader does beside the commands: put articles into the inbox of a new newsroom."""
    if words[0] == "new":
        _filled(Path(words[1]))


def _filled(room: Path) -> None:
    for file in (ROOT / "seeds").iterdir():
        shutil.copy(file, room / "inbox")


def _gold(n: int) -> dict[str, object]:
    said = [
        f"연구팀 {n}이 촉매를 개발했다.",
        "기존 촉매는 비쌌다.",
        f"새 촉매는 {n + 2}배 오래 간다.",
        "값은 절반이다.",
    ]
    return {"title": f"새 촉매 {n}", "sentences": said, "summary": [0, 2]}


def _cut(source: Path, target: Path) -> None:
    """The first articles of a labelled set, with all that is said of them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copy(source, target)
        return
    if source.name == "articles":  # the labels of other sets are on them
        target.symlink_to(source)
        return
    names = sorted({_stem(file) for file in source.rglob("*") if file.is_file() and file.name != "set.toml"})
    chosen = set(names[:: max(1, len(names) // _LABELLED)]) if len(names) > _LABELLED else set(names)
    for file in sorted(source.rglob("*")):
        if not file.is_file() or not (_stem(file) in chosen or _whole(file)):
            continue
        own = target / file.relative_to(source)
        own.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".jsonl":
            with file.open(encoding="utf-8") as lines:
                own.write_text("".join(islice(lines, _LINES)), encoding="utf-8")
        else:
            own.symlink_to(file)


def _stem(file: Path) -> str:
    return file.name.partition(".")[0]


def _whole(file: Path) -> bool:
    """What is said of a set as a whole."""
    return file.suffix == ".jsonl" or file.name in ("set.toml", "events.json", "disagreements.json")


# ── TOML ───────────────────────────────────────────────────────────────────────────────────────────


def read_toml(body: str) -> None:
    """Read a block as the program reads such a file; an error says what is wrong with it."""
    given = tomllib.loads(body)
    next(read for keys, read in _READERS if keys & given.keys())(body)


def _settings(body: str) -> None:
    from pipeline.settings import load_newsletter, load_settings

    (Path("logo.png")).write_bytes(b"\x89PNG\r\n\x1a\n")
    file = Path("example.toml")
    file.write_text(body, encoding="utf-8")
    (load_newsletter if "sending" in tomllib.loads(body) else load_settings)(file)


def _themes(body: str) -> None:
    from pipeline.settings import load_themes

    file = Path("example-themes.toml")
    file.write_text(body, encoding="utf-8")
    load_themes(str(file))


def _rule(body: str) -> None:
    for rule in tomllib.loads(body)["rule"]:
        like = "boilerplate/bylines" if "pattern" in rule else "cohesion/connectives"
        there = (ROOT / "configs" / f"{like}.toml").read_text(encoding="utf-8")
        known = {key for own in tomllib.loads(there)["rule"] for key in own}
        if unknown := rule.keys() - known:
            raise ValueError(f"no keys of a rule: {unknown}")


def _changes(body: str) -> None:
    from pipeline.settings import load_changes

    file = Path("issue.toml")
    file.write_text(body, encoding="utf-8")
    load_changes(file)


def _keyphrases(body: str) -> None:
    from pipeline.evaluate.keywords import read_keyphrases

    file = Path("gold.toml")
    file.write_text(body, encoding="utf-8")
    Path(tomllib.loads(body)["article"]).write_text("아마존이 설비투자를 늘린다.", encoding="utf-8")
    list(read_keyphrases(file))


def _package(body: str) -> None:
    """Entry points of the example package: what they name is in it."""
    for points in tomllib.loads(body)["project"]["entry-points"].values():
        for place in points.values():
            module, _, name = place.partition(":")
            file = ROOT / "examples" / "yoyak-example" / f"{module.replace('.', '/')}.py"
            if f"def {name}(" not in file.read_text(encoding="utf-8"):
                raise ValueError(f"not in the example package: {place}")


#: By keys of the top level.
_READERS: tuple[tuple[set[str], Callable[[str], None]], ...] = (
    ({"rule"}, _rule),
    ({"project"}, _package),
    ({"phrases"}, _keyphrases),
    ({"version"}, _changes),
    ({"outside", "id"}, _themes),
    ({"newsletter", "digest", "summary", "read", "rights", "lang"}, _settings),
)
