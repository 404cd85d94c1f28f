"""Commands whose help and errors are in the language of the rest: what click itself says is looked up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from ..korean.spelling import is_syllable
from .text import in_words, tr

F = TypeVar("F", bound=Callable[..., Any])


#: Headings of a help text.
_HEADINGS = ("usage", "options", "arguments", "commands")
#: Texts of the options that click adds.
_ADDED = ("help", "install-completion", "show-completion")
#: What click puts into the lines.
_MARKS = ("required", "default", "some-options", "a-command", "some-arguments", "text", "whole", "share",
          "whole-range", "share-range", "path", "file", "folder", "texts")  # fmt: skip


def _translated(text: str) -> str:
    """Help with its headings and marks in the language of the person."""
    lines = []
    for line in text.splitlines():
        for key in _HEADINGS:
            if line.startswith(heading := tr(f"click.{key}", "en")):
                line = tr(f"click.{key}") + line.removeprefix(heading)
        for key in _MARKS:
            english, own = tr(f"click.{key}", "en"), tr(f"click.{key}")
            # Columns stay where they are: a syllable takes two.
            gap = len(english) - len(own) - sum(map(is_syllable, own))
            line = line.replace(english, own + " " * gap * english.startswith("<"))
        lines.append(line)
    return "\n".join(lines)


def _help(command: Any, context: Any, text: Callable[[Any], str]) -> str:
    """Help of a command; what click says of its own options is said before the lines are broken."""
    for parameter in command.get_params(context):
        for key in _ADDED:
            if getattr(parameter, "help", None) == tr(f"click.{key}", "en"):
                parameter.help = tr(f"click.{key}")
    return _translated(text(context))


class Command(TyperCommand):
    """A command."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """As click writes it, translated."""
        return _help(self, ctx, super().get_help)

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """As click writes it, translated."""
        return _translated(super().get_usage(ctx))


class Group(TyperGroup):
    """A command of commands; the outermost tells what is wrong with a call."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """As click writes it, translated."""
        return _help(self, ctx, super().get_help)

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """As click writes it, translated."""
        return _translated(super().get_usage(ctx))

    def main(self, *given: Any, standalone_mode: bool = True, **wanted: Any) -> Any:
        """As click does, with errors in the language of the person."""
        run = partial(super().main, *given, **{**wanted, "standalone_mode": False})
        if not standalone_mode:
            return run()
        try:
            code = run()
        except typer.Abort:
            typer.echo(in_words("Aborted!"), err=True)
            raise SystemExit(1) from None
        except typer.TyperException as error:
            _told(error)
            raise SystemExit(error.exit_code) from None
        raise SystemExit(code if isinstance(code, int) else 0)


def _told(error: Any) -> None:
    """The usage of the command, what is wrong, and where help is."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if context is not None and message == context.get_help():  # a command that was called without anything
        typer.echo(message, err=True)
        return
    if context is not None:
        typer.echo(context.get_usage(), err=True)
        typer.echo(tr("click.try", command=context.command_path), err=True)
    typer.echo(tr("click.error", problem=in_words(message)), err=True)


class App(typer.Typer):
    """A `typer.Typer` of such commands, without markup in their texts."""

    def __init__(self, *, cls: type[TyperGroup] = Group, **wanted: Any) -> None:
        super().__init__(cls=cls, rich_markup_mode=None, **wanted)

    def command(self, name: str | None = None, **wanted: Any) -> Callable[[F], F]:
        """As typer's, of our class."""
        return super().command(name, cls=Command, **wanted)
