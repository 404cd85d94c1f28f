"""``yoyak digest``: a batch folded into one newsletter issue."""

from __future__ import annotations

from datetime import date as calendar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    ALL_WELL,
    NOTHING_DONE,
    WRONG_USAGE,
    Config,
    EncoderName,
    Engine,
    Fields,
    Language,
    Method,
    Output,
    Quiet,
    RunReport,
    Themes,
    Verbose,
    Words,
    Workers,
    fields_from,
    formats,
    settings_from,
    shown,
    wrong_usage,
)
from .batch import Batch, Kept
from .console import put
from .outcome import Talk
from .running import measured
from .text import said, tr

if TYPE_CHECKING:
    from pipeline.records import Digest, Report
    from pipeline.settings import Lang, Settings


def _init_template(folder: Path | None) -> None:
    """Copy the templates out and exit, before anything asks for articles."""
    if folder is None:
        return
    from pipeline.writers import init_templates

    try:
        copied = init_templates(folder)
    except FileExistsError as error:
        wrong_usage(tr("cli.template-there", path=error))
    except OSError as error:
        wrong_usage(tr("cli.bad-output", path=folder, detail=error.strerror or error))
    for path in copied:
        typer.echo(path)
    raise typer.Exit(ALL_WELL)


def digest(
    inputs: Annotated[list[str] | None, typer.Argument(help=tr("cli.inputs"), show_default=False)] = None,
    output: Output = None,
    title: Annotated[str | None, typer.Option("--title", help=tr("cli.title"))] = None,
    date: Annotated[str | None, typer.Option("--date", help=tr("cli.date"), metavar="YYYY-MM-DD")] = None,
    number: Annotated[int | None, typer.Option("--number", min=0, help=tr("cli.number"))] = None,
    compare: Annotated[Path | None, typer.Option("--compare", help=tr("cli.compare"))] = None,
    strict_rights: Annotated[bool, typer.Option("--strict-rights", help=tr("cli.strict-rights"))] = False,
    template: Annotated[Path | None, typer.Option("--template", help=tr("cli.template"))] = None,
    init_template: Annotated[
        Path | None,
        typer.Option("--init-template", help=tr("cli.init-template"), is_eager=True, callback=_init_template),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", help=tr("cli.formats"), metavar="json,md,html,txt,email,eml,rss"),
    ] = None,
    length: Annotated[str | None, typer.Option("--length", help=tr("cli.lines"))] = None,
    method: Method = None,
    themes: Themes = None,
    words: Words = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    engine: Engine = None,
    workers: Workers = None,
    fields: Fields = None,
    reports_of: Annotated[Path | None, typer.Option("--from", help=tr("cli.from"))] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    run_report: RunReport = None,
) -> None:
    """Fold articles into one digest: files with ``-o``, else the first of ``--format`` on standard output."""
    title = said(title)
    settings = settings_from(
        config,
        lang,
        {
            "digest.length": length,
            "summary.method": method,
            "themes.set": themes,
            "encoder.name": encoder,
            "korean.user_words": words and str(words),
            "rights.strict": strict_rights or None,
            "newsletter.templates": str(template) if template else None,
            "run.engine": engine,
            "run.workers": workers,
            **fields_from(fields, lang),
        },
    )
    from pipeline.settings import load_messages
    from pipeline.writers import DIGEST_WRITERS, OWN

    names = formats(format or ",".join(OWN), DIGEST_WRITERS, settings.lang)
    if date is not None:
        _check_date(date, settings.lang)
    folder = _templates(settings.newsletter.templates, settings.lang)
    last = _last(compare, settings.lang) if compare else None
    texts = load_messages(settings.lang)
    talk = Talk(quiet, verbose, run_report)
    if reports_of is None and not inputs:
        wrong_usage(tr("cli.nothing-given", settings.lang))
    if reports_of is not None and inputs:
        wrong_usage(tr("cli.both-given", settings.lang))
    batch = (
        Batch(inputs or [], settings, talk=talk) if reports_of is None else Kept(reports_of, settings, talk)
    )
    with measured(batch, settings.lang) as clock:
        if clock:
            clock.watch_encoder(batch.pipeline.tools.encoder)
        reports = list(batch)
        if not reports:
            batch.finish()
        made = batch.pipeline.digest(
            reports, batch.failures, title=title, date=date, number=number, last=last
        )
    _tell_limit(batch, reports, settings)
    if output is None:
        name = names[0] if format else "txt"
        text = _written(made, name, texts, folder, settings.lang)
        if text is None:
            raise typer.Exit(WRONG_USAGE if folder else NOTHING_DONE)
        put(text, name, nl=False)
        batch.finish()
    there = [name for name in names if _saved(made, name, output, texts, folder, settings.lang)]
    if not there:
        raise typer.Exit(WRONG_USAGE if folder else NOTHING_DONE)
    if format and "rss" in there and not (settings.newsletter.home or made.url):
        typer.echo(tr("cli.no-home", settings.lang, path=output / "digest.rss"), err=True)
    best = "html" if "html" in there else there[0]
    typer.echo(tr("cli.written", settings.lang, path=_file(output, best)), err=True)
    batch.finish(incomplete=len(there) < len(names))


def _tell_limit(batch: Batch | Kept, reports: list[Report], settings: Settings) -> None:
    """Say so where themes were not looked for in all that is left."""
    looked_at, left = batch.pipeline.discovered_in(reports)
    if settings.themes.discover and looked_at < left:
        counts = {"looked_at": looked_at, "left": left}
        typer.echo(tr("cli.discover-limit", settings.lang, **counts), err=True)


def _file(output: Path, name: str) -> Path:
    from pipeline.writers import ENDINGS

    return output / f"digest.{ENDINGS.get(name, name)}"


def _saved(
    made: Digest, name: str, output: Path, texts: dict[str, str], folder: Path | None, lang: Lang
) -> bool:
    """Whether a digest's file is written in one format; tells what went wrong where it is not."""
    from pipeline.writers import write_whole

    text = _written(made, name, texts, folder, lang)
    if text is None:
        return False
    try:
        write_whole(_file(output, name), text)
    except OSError as error:
        path, detail = _file(output, name), error.strerror or error
        typer.echo(tr("cli.bad-output", lang, path=path, detail=detail), err=True)
        return False
    return True


def _written(made: Digest, name: str, texts: dict[str, str], folder: Path | None, lang: Lang) -> str | None:
    """A digest in one format. None when that fails: told with the template's file and line.

    Whatever goes wrong there, the other formats are written all the same.
    """
    from pipeline.records import TemplateError
    from pipeline.writers import DIGEST_WRITERS

    try:
        return DIGEST_WRITERS[name](made, texts, folder)
    except TemplateError as error:
        place = shown(f"{error.file}:{error.line}")
        told = tr("cli.bad-template", lang, format=name, path=place, detail=shown(error.problem))
    except Exception as error:
        told = tr("cli.bad-writer", lang, format=name, detail=shown(f"{type(error).__name__}: {error}"))
    typer.echo(told, err=True)
    return None


def _templates(folder: str, lang: Lang) -> Path | None:
    if not folder:
        return None
    if not Path(folder).is_dir():
        wrong_usage(tr("cli.no-template", lang, path=folder))
    return Path(folder).resolve()


def _last(path: Path, lang: Lang) -> Digest:
    """The issue to compare with, from its JSON or the folder that holds it."""
    from pipeline.records import DataError
    from pipeline.writers import load_digest

    file = path / "digest.json" if path.is_dir() else path
    try:
        return load_digest(file.read_bytes())
    except OSError as error:
        wrong_usage(tr("cli.bad-compare", lang, path=file, detail=error.strerror or error))
    except DataError as error:
        wrong_usage(tr("cli.bad-compare", lang, path=file, detail=error))


def _check_date(date: str, lang: Lang) -> None:
    try:
        valid = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        valid = False
    if not valid:
        wrong_usage(tr("cli.bad-date", lang, value=date))
