"""Completion scripts for shells."""

from __future__ import annotations

import click

from briefing_tui.cli.output import put


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, to be evaluated by it."""
    from click.shell_completion import get_completion_class

    from briefing_tui.cli import cli

    complete_class = get_completion_class(shell)
    if complete_class is not None:
        put(complete_class(cli, {}, "briefing-tui", "_BRIEFING_TUI_COMPLETE").source() + "\n")
