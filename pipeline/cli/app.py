"""What the commands share: options, settings, reading with progress, telling of failures, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline import __version__
from pipeline.engines import no_collection
from pipeline.resources import Lang, load_messages

from .text import PACKAGES, in_words, language, tr
from .typed import App

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline import Pipeline
    from pipeline.encode import Encoder
    from pipeline.records import ConfigError, Failure, Note
    from pipeline.settings import Settings

#: Exit codes.
ALL_WELL, NOTHING_DONE, WRONG_USAGE, SOME_FAILED = 0, 1, 2, 3

#: Options by the setting that they change.
_OPTIONS = {
    "summary.length": "length",
    "summary.method": "method",
    "summary.theme": "theme",
    "themes": "themes",
    "run.engine": "engine",
    "lang": "lang",
}
#: Options of which the values are told in words.
_IN_WORDS = ("length", "lang")

Inputs = Annotated[list[str], typer.Argument(help=tr("cli.inputs"), show_default=False)]
Output = Annotated[Path | None, typer.Option("-o", "--output", help=tr("cli.output"))]
Length = Annotated[str | None, typer.Option("--length", help=tr("cli.length"))]
Method = Annotated[str | None, typer.Option("--method", help=tr("cli.method"))]
Themes = Annotated[str | None, typer.Option("--themes", help=tr("cli.themes-option"))]
EncoderName = Annotated[str | None, typer.Option("--encoder", help=tr("cli.encoder"))]
Config = Annotated[Path | None, typer.Option("--config", help=tr("cli.config"))]
Language = Annotated[str | None, typer.Option("--lang", help=tr("cli.lang"), metavar="ko|en")]
Engine = Annotated[str | None, typer.Option("--engine", help=tr("cli.engine"))]
Words = Annotated[
    Path | None, typer.Option("--words", help=tr("cli.words-option"), exists=True, dir_okay=False)
]
Fields = Annotated[str | None, typer.Option("--fields", help=tr("cli.fields"), metavar="title=…,body=…")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=tr("cli.quiet"))]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help=tr("cli.verbose"))]
RunReport = Annotated[Path | None, typer.Option("--report", help=tr("cli.run-report"), metavar="run.json")]
Workers = Annotated[int | None, typer.Option("--workers", min=0, help=tr("cli.workers"))]

app = App(help=tr("cli.app"), no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help=tr("cli.version"), callback=lambda v: _version(v))
    ] = False,
    lang: Language = None,
) -> None:
    """Options that stand before a command."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"yoyak {__version__}")
        raise typer.Exit(ALL_WELL)


def settings_from(config: Path | None, lang: str | None, overrides: Mapping[str, Any]) -> Settings:
    """Settings of a command: the file's, then its options'. Exits with 2 when they are wrong."""
    from pipeline import ConfigError, plugins
    from pipeline.settings import load_settings

    asked = lang or (language(sys.argv[1:]) if _asked_for_language() else None)
    plugins.load()
    try:
        return load_settings(config, {"lang": asked, **overrides})
    except ConfigError as error:
        wrong_usage(_told(error, "en" if lang == "en" else language(sys.argv[1:])))


def _told(error: ConfigError, lang: Lang) -> str:
    """What is wrong, by the option that said it where one did."""
    name = _OPTIONS.get(error.place.split(" ")[0], "")
    known = ", ".join(error.known) or (tr(f"cli.known-{name}", lang) if name in _IN_WORDS else "")
    for word, after in pairwise([*sys.argv[1:], ""]):
        option, equals, value = word.partition("=")
        if name and known and option == f"--{name}":
            return tr("cli.bad-choice", lang, option=option, value=value if equals else after, known=known)
    told = in_words(error.problem, lang)
    detail = f"{error.file}: {error.place}: {told}" if error.place else f"{error.file}: {told}"
    return tr("cli.config-error", lang, detail=detail)


def fields_from(text: str | None, lang: str | None) -> dict[str, str]:
    """Settings out of ``--fields title=headline,body=content``. Exits with 2 for what is none."""
    keys: dict[str, str] = {}
    for part in (text or "").split(","):
        name, equals, key = part.partition("=")
        if equals and name.strip() and key.strip():
            keys[f"read.fields.{name.strip()}"] = key.strip()
        elif part.strip():
            wrong_usage(tr("cli.bad-fields", "en" if lang == "en" else None, value=part.strip()))
    return keys


def _asked_for_language() -> bool:
    import os

    return "YOYAK_LANG" in os.environ or any(a.startswith("--lang") for a in sys.argv[1:])


def pipeline_for(settings: Settings) -> Pipeline:
    """A pipeline. Exits with 2 when a setting names what does not exist."""
    with no_collection(), encoder_errors(settings.lang):
        from pipeline import ConfigError, Pipeline

        try:
            return Pipeline(settings)
        except ConfigError as error:
            wrong_usage(_told(error, settings.lang))


def encoder_for(name: str | None, lang: str | None) -> Encoder:
    """An encoder by name, the settings' without one. Exits with 2 when it can't be had."""
    from pipeline import load_encoder

    with encoder_errors(settings_from(None, lang, {}).lang):
        return load_encoder(name)


@contextmanager
def encoder_errors(lang: Lang) -> Iterator[None]:
    """A context in which an encoder that can't be had is told; exits with 2."""
    from pipeline.records import EncoderError, MissingExtraError, ModelNotFoundError

    try:
        yield
    except MissingExtraError as error:
        wrong_usage(tr("cli.missing-extra", lang, extra=PACKAGES.get(error.extra, error.extra)))
    except ModelNotFoundError as error:
        wrong_usage(tr("cli.no-model", lang, encoder=error.encoder))
    except EncoderError as error:
        wrong_usage(tr("cli.bad-model", lang, detail=error))


def wrong_usage(message: str) -> NoReturn:
    """Tell what is wrong with the call, and exit with 2."""
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)


def only_fit(paths: Iterable[Path], lang: Lang) -> None:
    """Exit with 2 when a labelled set is kept to measure on: nothing is fitted to it."""
    from pipeline.evaluate.sets import refuse_held
    from pipeline.records import GoldError

    try:
        refuse_held(paths)
    except GoldError as error:
        wrong_usage(tr(f"gold.{error.problem}", lang, place=error.place, detail=shown(error.detail)))


def formats(asked: str, known: Iterable[str], lang: Lang, wrong_key: str = "cli.bad-format") -> list[str]:
    """Names out of a comma-separated list. Exits with 2, and the message of a key, for one not known."""
    names = [name.strip().lower() for name in asked.split(",") if name.strip()]
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        wrong_usage(tr(wrong_key, lang, value=", ".join(wrong) or asked, known=", ".join(known)))
    return list(dict.fromkeys(names))


def errors() -> Console:
    """Console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def reason(failure: Failure, lang: Lang) -> str:
    """What a failure says to a person, at a terminal."""
    from pipeline.writers import failure_text

    told = replace(failure, detail=in_words(failure.detail, lang))
    return shown(failure_text(told, load_messages(lang)))


def noted(note: Note, lang: Lang) -> str:
    """What a warning of a report says to a person."""
    text = load_messages(lang).get(f"notes.{note.code}")
    return shown(str(note) if text is None else text.replace("{detail}", note.detail))


def shown(text: str) -> str:
    """Text without control characters, which could drive a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)


def write(path: Path, content: str | bytes, lang: Lang) -> None:
    """Write a file whole. Exits with 1 when that can't be done."""
    from pipeline.writers import write_whole

    try:
        write_whole(path, content)
    except OSError as error:
        typer.echo(
            tr("cli.bad-output", lang, path=path, detail=in_words(str(error.strerror or error), lang)),
            err=True,
        )
        raise typer.Exit(NOTHING_DONE) from error
