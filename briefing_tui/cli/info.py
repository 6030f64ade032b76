"""The program about itself: keys, places, completion."""

from __future__ import annotations

import click

from briefing_tui.cli.output import check_keys, put, settings_with


@click.command()
def keys() -> None:
    """List every key of the reader, as configured."""
    from briefing_tui.commands.registry import key_table

    settings = settings_with()
    check_keys(settings)
    put(key_table(settings.keys))


@click.command()
def paths() -> None:
    """Print where configuration, bundled briefings, cache, positions and source texts are."""
    from briefing_tui.settings import config_file, content_dir
    from briefing_tui.storage.document_cache import cache_dir
    from briefing_tui.storage.positions import state_dir
    from briefing_tui.storage.source_texts import data_dir

    places = f"configuration  {config_file()}\nbriefings      {content_dir()}\n"
    places += f"cache          {cache_dir() or 'none'}\n"
    places += f"positions      {state_dir() or 'none'}\n"
    put(f"{places}source texts   {data_dir() or 'none'}\n")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, to be evaluated by it."""
    from click.shell_completion import get_completion_class

    from briefing_tui.cli import cli

    found = get_completion_class(shell)
    if found is not None:
        put(found(cli, {}, "briefing-tui", "_BRIEFING_TUI_COMPLETE").source() + "\n")
