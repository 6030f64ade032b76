"""The group of commands: each is imported only when it is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "read": "read:read",
    "show": "read:show",
    "check": "check:check",
    "source": "source:source",
    "config": "config:config",
    "new": "new:new",
    "format": "new:format_",
    "diff": "diff:diff",
    "schema": "new:schema",
    "library": "library:library",
    "search": "search:search",
    "dossier": "dossier:dossier",
    "marks": "dossier:marks",
    "doctor": "doctor:doctor",
    "keys": "info:keys",
    "paths": "info:paths",
    "completion": "info:completion",
}
"""Where each command stands: module of this package, and name in it."""


class ReaderByDefault(click.Group):
    """A group whose first word, unless it names a command, is a file for the reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a command before the options that were given for it, ``read`` where none is named."""
        own = {"--help", "-h", "--version"}
        # Nothing yet while a shell completes the first word: that may become a command.
        if args[0] in own if args else ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        at = _command_in(args)
        words = ["read", *args] if at is None else [args[at], *args[:at], *args[at + 1 :]]
        return super().parse_args(ctx, words)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell of the reader's options too, which is what most people come for."""
        options = [one for one in command("read").params if isinstance(one, click.Option)]
        told = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Options of the reader"):
            formatter.write_dl(told)
        super().format_options(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word to a file or a command, or to an option of the reader."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            options = command("read").shell_complete(ctx, incomplete)
            options += super().shell_complete(ctx, incomplete)
            return [*{option.value: option for option in options}.values()]
        # First: bash forgets what came before an item that stands for files.
        files = CompletionItem(incomplete, type="file")
        return [files, *super().shell_complete(ctx, incomplete)]


def command(name: str) -> click.Command:
    """A command by its name."""
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(importlib.import_module(f"briefing_tui.cli.{module}"), attribute)
    assert isinstance(found, click.Command)
    return found


def _command_in(args: list[str]) -> int | None:
    """Where a command is named, perhaps behind options; nothing where a file comes before it."""
    if not args or not args[0].startswith("-"):
        return 0 if args and args[0] in COMMANDS else None
    takes_value = {
        name: not option.is_flag
        for option in command("read").params
        if isinstance(option, click.Option)
        for name in (*option.opts, *option.secondary_opts)
    }
    takes: bool | None = False
    """Whether the word before is an option with a value; unknown of those that others have."""
    for number, word in enumerate(args):
        if takes:
            takes = False
        elif word in COMMANDS:
            return number
        elif word.startswith("-") and word not in ("-", "--"):
            takes = False if "=" in word else takes_value.get(word)
        elif takes is None:
            takes = False
        else:
            return None
    return None
