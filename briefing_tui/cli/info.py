"""The program about itself: keys, places, completion."""

from __future__ import annotations

import click

from briefing_tui.cli.output import check_keys, pass_surroundings, put, settings_with
from briefing_tui.surroundings import Surroundings


@click.command()
@pass_surroundings
def keys(surroundings: Surroundings) -> None:
    """List every key of the reader, as configured."""
    from briefing_tui.commands.registry import key_table

    settings = settings_with(surroundings)
    check_keys(settings, surroundings.directories.config_file)
    put(key_table(settings.keys))


@click.command()
@pass_surroundings
def paths(surroundings: Surroundings) -> None:
    """Print where configuration, briefings, cache, positions, annotations and source texts are."""
    from briefing_tui.storage.directories import content_dir

    directories = surroundings.directories
    places = {
        "configuration": directories.config_file,
        "briefings": content_dir(),
        "cache": directories.cache,
        "positions": directories.state,
        "annotations": directories.data,
        "source texts": directories.texts,
    }
    put("".join(f"{name:<13}  {path or 'none'}\n" for name, path in places.items()))


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, to be evaluated by it."""
    from click.shell_completion import get_completion_class

    from briefing_tui.cli import cli

    found = get_completion_class(shell)
    if found is not None:
        put(found(cli, {}, "briefing-tui", "_BRIEFING_TUI_COMPLETE").source() + "\n")
