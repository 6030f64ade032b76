"""The keys of the reader."""

from __future__ import annotations

import click

from briefing_tui.cli.output import put
from briefing_tui.cli.settings import check_keys, pass_surroundings, settings_of
from briefing_tui.commands.registry import key_table
from briefing_tui.surroundings import Surroundings


@click.command()
@pass_surroundings
def keys(surroundings: Surroundings) -> None:
    """List every key of the reader, as configured."""
    settings = settings_of(surroundings)
    check_keys(settings, surroundings.directories.config_file)
    put(key_table(settings.keys))
