"""Surroundings and settings of the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefing_tui.cli.output import fail
from briefing_tui.settings import Configuration, Settings, SettingsError, line_of, resolve
from briefing_tui.surroundings import Surroundings

pass_surroundings = click.make_pass_decorator(Surroundings)
"""Passes the surroundings of the process to a command, as its first argument."""


def configured(surroundings: Surroundings, **flags: Any) -> Configuration:
    """Return the settings, each from a flag, the environment, the file or the default."""
    try:
        return resolve(surroundings.directories.config_file, surroundings.environ, flags)
    except SettingsError as error:
        fail(str(error), 2)


def settings_with(surroundings: Surroundings, **flags: Any) -> Settings:
    """Return the settings of the file, overridden by the environment and then by flags."""
    return configured(surroundings, **flags).settings


def check_keys(settings: Settings, config_file: Path) -> None:
    """End the program if the configured keys cannot be used."""
    if not settings.keys:
        return
    from briefing_tui.commands.key_map import keymap_errors

    errors = keymap_errors(settings.keys)
    if errors:
        lines = (f"{_location(settings, config_file, error)}: {error}" for error in errors)
        fail("\n".join(lines), 2)


def _location(settings: Settings, path: Path, error: str) -> str:
    """Return the configuration file with the line of the key that an error is about."""
    text = path.read_text(encoding="utf-8", errors="replace")
    for name in settings.keys:
        if f"keys.{name}:" in error or f"'{name}'" in error:
            return f"{path}:{line_of(text, 'keys', name)}"
    return str(path)
