"""The directories of the program."""

from __future__ import annotations

import click

from briefing_tui.cli.output import name_of, put
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.storage.directories import content_dir
from briefing_tui.surroundings import Surroundings


@click.command()
@pass_surroundings
def paths(surroundings: Surroundings) -> None:
    """Print where configuration, briefings, cache, positions, annotations and source texts are."""
    directories = surroundings.directories
    rows = {
        "configuration": directories.config_file,
        "briefings": content_dir(),
        "cache": directories.cache,
        "positions": directories.state,
        "annotations": directories.data,
        "source texts": directories.texts,
    }
    for name, path in rows.items():
        put(f"{name:<13}  {name_of(str(path)) if path else 'none'}\n")
