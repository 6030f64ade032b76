"""The configuration: every option with its value and origin, and a file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from briefing_tui.cli.output import create_file, fail, name_of, put, put_json
from briefing_tui.cli.settings import check_keys, configured, pass_surroundings
from briefing_tui.commands.registry import COMMANDS
from briefing_tui.driver.capabilities import Terminal
from briefing_tui.settings.options import OPTIONS, config_template, to_toml
from briefing_tui.settings.resolution import ResolvedValue
from briefing_tui.storage.atomic_write import rewrite
from briefing_tui.surroundings import Surroundings


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.pass_context
@pass_surroundings
def config(surroundings: Surroundings, ctx: click.Context, as_json: bool) -> None:
    """Show every option with its value and where that comes from; 'config init' writes a file."""
    if ctx.invoked_subcommand is not None:
        return
    settings, values = configured(surroundings)
    path = surroundings.directories.config_file
    check_keys(settings, path)
    if as_json:
        put_json(_as_object(path, values))
    else:
        put(_as_text(path, surroundings.terminal, values))


@config.command()
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@pass_surroundings
def init(surroundings: Surroundings, force: bool) -> None:
    """Write a configuration with every option commented out."""
    path = surroundings.directories.config_file
    if path is None:
        fail("no place for a configuration: set HOME, or name a file in BRIEFING_TUI_CONFIG", 2)
    text = config_template((command.id, command.keys, command.title) for command in COMMANDS)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if force and path.exists():
            rewrite(path, text.encode())
        else:
            create_file(path, text, "the file exists; --force overwrites it")
    except OSError as error:
        fail(f"{name_of(str(path))}: {error.strerror}", 2)
    put(f"{name_of(str(path))}\n")


def _as_text(path: Path | None, terminal: Terminal | None, values: dict[str, ResolvedValue]) -> str:
    missing = "  (not there; 'briefing-tui config init' writes one)"
    place = "no configuration" if path is None else name_of(str(path))
    if path is not None and not path.exists():
        place += missing
    rows, tables = [], []
    for name, (value, origin) in values.items():
        if isinstance(value, dict):
            tables += [(f"{name}.{key}", to_toml(item), origin) for key, item in value.items()]
        else:
            rows.append((name, to_toml(value) + _meaning(name, value, terminal), origin))
    rows += tables
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}" for name, value, origin in rows]
    return "\n".join([place, "", *lines]) + "\n"


def _as_object(path: Path | None, values: dict[str, ResolvedValue]) -> dict[str, Any]:
    options = [
        {
            "name": option.name,
            "value": "auto" if values[option.name].value is None else values[option.name].value,
            "from": values[option.name].origin,
            "default": "auto" if option.default is None else option.default,
            "flag": option.flag or None,
            "variable": option.variable or None,
            "help": option.help,
        }
        for option in OPTIONS
    ]
    is_there = path is not None and path.exists()
    return {"file": path and str(path), "exists": is_there, "options": options}


def _meaning(name: str, value: Any, terminal: Terminal | None) -> str:
    """Return the meaning of ``auto`` in this terminal; empty if it depends on more."""
    if terminal is None or value not in ("auto", None):
        return ""
    meanings = {
        "theme": terminal.theme,
        "highlight": "bar" if terminal.remote else "row",
        "ascii": "false" if terminal.signs else "true",
    }
    return f" ({meanings[name]} here)" if name in meanings else ""
