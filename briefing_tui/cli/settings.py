"""Surroundings and settings of the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefing_tui.cli.output import fail, name_of
from briefing_tui.settings.options import Settings
from briefing_tui.settings.resolution import Configuration, line_of, resolve
from briefing_tui.surroundings import Surroundings

pass_surroundings = click.make_pass_decorator(Surroundings)
"""Passes the surroundings of the process to a command, as its first argument."""


def configured(surroundings: Surroundings, **flags: Any) -> Configuration:
    """Return the settings, each from a flag, the environment, the file or the default."""
    return resolve(surroundings.directories.config_file, surroundings.environ, flags)


def settings_of(surroundings: Surroundings) -> Settings:
    """Return the settings of the file, overridden by the environment."""
    return configured(surroundings).settings


def check_keys(settings: Settings, config_file: Path | None) -> None:
    """End the program if the configured keys cannot be used; name their lines in the file."""
    if not settings.keys or config_file is None:
        return
    from briefing_tui.briefing.document import read_bytes
    from briefing_tui.commands.key_map import keymap_errors

    lines = []
    for error in keymap_errors(settings.keys):
        text = read_bytes(config_file).decode(errors="replace")
        names = (name for name in settings.keys if f"keys.{name}:" in error or f"'{name}'" in error)
        line = next((f":{line_of(text, 'keys', name)}" for name in names), "")
        lines.append(f"{name_of(str(config_file))}{line}: {error}")
    if lines:
        fail("\n".join(lines), 2)
