"""``yoyak themes``: clusters of sentences by theme; terms for a theme set, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import (
    ALL_WELL,
    NOTHING_DONE,
    Config,
    EncoderName,
    Fields,
    Language,
    Themes,
    fields_from,
    pipeline_for,
    settings_from,
    shown,
    wrong_usage,
)
from .batch import Batch
from .tables import TABLE, put_tables, table_formats
from .text import tr
from .typed import App, Group

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.records import Digest, Report
    from pipeline.settings import Lang, Settings
    from pipeline.themes import Reason

_BAR = 30


class _ShowFirst(Group):
    """What is no subcommand is an input: ``yoyak themes FILE`` shows."""

    default = "show"

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if args and args[0] not in (*self.commands, "--help"):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


themes = App(cls=_ShowFirst, no_args_is_help=True)


@themes.command(help=tr("cli.themes"))
def show(
    inputs: Annotated[list[str] | None, typer.Argument(help=tr("cli.inputs"), show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=tr("cli.themes-out"))] = None,
    why: Annotated[bool, typer.Option("--why", help=tr("cli.why"))] = False,
    compare: Annotated[
        list[Path] | None, typer.Option("--compare", help=tr("cli.themes-compare"), exists=True)
    ] = None,
    format: Annotated[str, typer.Option("--format", help=tr("cli.formats"), metavar="table,html")] = TABLE,
    themes: Themes = None,
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
    fields: Fields = None,
) -> None:
    """Print the clusters of each article with their sentences, or make a page of the batch at a glance."""
    settings = settings_from(
        config, lang, {"themes.set": themes, "encoder.name": encoder, **fields_from(fields, lang)}
    )
    names = table_formats(format, ("html",), output, settings.lang)
    if not (inputs or (compare and names == ["html"])):
        wrong_usage(tr("cli.themes-nothing-given", settings.lang))
    if why and names != [TABLE]:
        wrong_usage(tr("cli.themes-why-table", settings.lang))
    if compare and "html" not in names:
        wrong_usage(tr("cli.themes-compare-html", settings.lang))
    batch = Batch(inputs or [], settings, prints=names == [TABLE])
    if names == [TABLE]:
        _show(batch.explained() if why else ((report, ()) for report in batch), settings)
        batch.finish()
    issues = [issue for path in compare or () for issue in _issues(path, settings.lang)]
    reports = list(batch) if inputs else []
    if inputs and not reports:
        batch.finish()
    from pipeline.settings import load_messages
    from pipeline.writers import overview_html

    put_tables(
        names,
        lambda: _show(((report, ()) for report in reports), settings),
        lambda _: overview_html(batch.pipeline.overview(reports, issues), load_messages(settings.lang)),
        output,
        "themes",
        settings.lang,
    )
    if inputs:
        batch.finish()


def _issues(path: Path, lang: Lang) -> list[Digest]:
    """Issues of a file, a folder of one or several, or a newsroom. Exits with 2 where there are none."""
    from pipeline.records import DataError
    from pipeline.writers import load_digest

    folder = path / "issues" if (path / "newsletter.toml").is_file() else path
    own = path if path.is_file() else folder / "digest.json"
    files = [own] if own.is_file() else sorted(folder.glob("*/digest.json"))
    if not files:
        wrong_usage(tr("cli.no-issues", lang, path=path))
    found = []
    for file in files:
        try:
            found.append(load_digest(file.read_bytes()))
        except (OSError, DataError) as error:
            wrong_usage(tr("cli.bad-compare", lang, path=file, detail=shown(str(error))))
    return found


def _show(told: Iterable[tuple[Report, Sequence[Reason]]], settings: Settings) -> None:
    """Print the clusters of each article, each with its sentences."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for report, reasons in told:
        decided = {reason.unit: reason for reason in reasons}
        console.print(Text(shown(report.title or report.id), "bold"))
        for theme in report.themes:
            bar = "█" * max(1, round(theme.share * _BAR))
            console.print(Text(f"{theme.label}  {bar} {theme.share:.0%}", "cyan"))
            for index in theme.sentences:
                _sentence(console, report, index, theme.id)
                if index in decided:
                    console.print(Text("       " + shown(_why(decided[index], settings.lang)), "dim"))
        console.print()


def _sentence(console: Console, report: Report, index: int, theme: str) -> None:
    from rich.text import Text

    sentence = report.sentences[index]
    score = f"{sentence.scores[theme]:.2f} " if theme in sentence.scores else "     "
    second = f" (+{sentence.second})" if sentence.second else ""
    console.print(Text("  " + score, "dim") + Text(shown(sentence.text)) + Text(second, "cyan"))


def _why(reason: Reason, lang: Lang) -> str:
    """One line: what spoke for the theme against the next one, the weightiest first."""
    parts = [f"{tr(f'themes.why-{group}', lang)} {value:+.1f}" for group, value in reason.weights[:4]]
    words = [f"{reason.theme}: {', '.join(reason.words)}"] if reason.words else []
    words += [f"{reason.rival}: {', '.join(reason.rival_words)}"] if reason.rival_words else []
    words += [f"{tr('themes.why-not', lang)}: {', '.join(reason.against)}"] if reason.against else []
    against = tr("themes.why-against", lang, rival=reason.rival)
    return f"{against}  {'  '.join(parts)}" + (f"  [{' · '.join(words)}]" if words else "")


@themes.command(help=tr("cli.themes-suggest"))
def suggest(
    terms: Annotated[list[str], typer.Argument(help=tr("cli.terms"), show_default=False)],
    batch: Annotated[list[str] | None, typer.Option("--in", help=tr("cli.suggest-in"))] = None,
    top: Annotated[int, typer.Option("--top", min=1, help=tr("cli.suggest-top"))] = 20,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Propose terms near TERM for whoever writes a theme set."""
    from rich.console import Console
    from rich.table import Table

    from pipeline import read
    from pipeline.run import lab

    settings = settings_from(config, lang, {})
    pipeline = pipeline_for(settings)
    found = lab.suggest_terms(pipeline, terms, read(batch, settings.reading()) if batch else (), top)
    if not found:
        typer.echo(tr("themes.no-suggestion", settings.lang), err=True)
        raise typer.Exit(NOTHING_DONE)
    table = Table(*(tr(f"themes.suggest-{column}", settings.lang) for column in ("term", "near", "together")))
    for one in found:
        table.add_row(shown(one.term), _figure(one.near), _figure(one.together))
    Console(highlight=False).print(table)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


@themes.command(help=tr("cli.themes-check"))
def check(
    file: Annotated[str, typer.Argument(help=tr("cli.themes-option"), show_default=False)],
    encoder: EncoderName = None,
    config: Config = None,
    lang: Language = None,
) -> None:
    """Say what is wrong with a theme set. Exits with 1 for an error, with 2 for a broken file."""
    from pipeline.run import lab

    settings = settings_from(config, lang, {"themes.set": file, "encoder.name": encoder})
    pipeline = pipeline_for(settings)
    findings = lab.check_themes(pipeline)
    for one in findings:
        level = tr(f"themes.{one.level}", settings.lang)
        text = tr(f"themes.check-{one.problem}", settings.lang, detail=one.detail)
        typer.echo(f"{level} {one.theme}: {text}")
    errors = sum(one.level == "error" for one in findings)
    counts = {"themes": len(pipeline.theme_set.themes), "errors": errors, "advice": len(findings) - errors}
    typer.echo(tr("themes.checked", settings.lang, file=file, **counts))
    raise typer.Exit(NOTHING_DONE if errors else ALL_WELL)
