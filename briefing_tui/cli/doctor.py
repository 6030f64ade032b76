"""Checking the terminal that the program is run in."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.output import put
from briefing_tui.cli.settings import configured, pass_surroundings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.doctor.checks import Observations

NEAR, FAR = 0.3, 1.5
"""Seconds that an answer of the terminal is waited for, here and over SSH."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--keys/--no-keys", default=True, help="Ask for keys to be pressed; on by default.")
@pass_surroundings
def doctor(surroundings: Surroundings, as_json: bool, keys: bool) -> None:
    """Check this terminal: colours, widths of signs, round trip, clipboard, keys, places.

    Prints a report that fits a bug report and proposes settings. Exit code 0: all is well; 1:
    problems were found.
    """
    from briefing_tui.doctor import report
    from briefing_tui.doctor.checks import findings

    try:
        seen = _look(surroundings, asks_for_keys=keys and not as_json)
    except KeyboardInterrupt:
        sys.exit(130)
    found = [*findings(seen)]
    if as_json:
        put(json.dumps(report.as_data(found), ensure_ascii=False, indent=2) + "\n")
    else:
        put(report.as_text(found, report.home_relative(surroundings.directories.config_file)))
    sys.exit(1 if any(one.problem for one in found) else 0)


def _look(surroundings: Surroundings, *, asks_for_keys: bool) -> Observations:
    """Look at everything; at the terminal only where there is one."""
    from briefing_tui.commands.registry import effective_keys
    from briefing_tui.doctor.checks import Observations, multiplexer
    from briefing_tui.doctor.probes import ask_tmux
    from briefing_tui.settings import to_settings
    from briefing_tui.storage.directories import content_dir

    directories, terminal = surroundings.directories, surroundings.terminal
    assert terminal is not None, "a process has a terminal to describe"
    keys = effective_keys(to_settings(configured(surroundings)).keys)
    seen = Observations(
        versions=_versions(),
        environ=surroundings.environ,
        terminal=terminal,
        encoding=(getattr(sys.stdout, "encoding", None) or "unknown").lower(),
        on_terminal=False,
        keys=keys,
        paths={
            "configuration": directories.config_file,
            "positions": directories.state,
            "cache": directories.cache,
            "briefings": content_dir(),
        },
    )
    if not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return seen
    tmux = ask_tmux() if multiplexer(surroundings.environ) == "tmux" else None
    seen = seen._replace(on_terminal=True, tmux=tmux)
    with suppress(OSError):
        typing = sys.stdin is not None and sys.stdin.isatty()
        return _ask(seen, asks_for_keys=asks_for_keys and typing)
    return seen


def _ask(seen: Observations, *, asks_for_keys: bool) -> Observations:
    """Ask the terminal itself.

    Raises:
        OSError: there is none to be asked.
    """
    from briefing_tui.doctor.connection import open_connection
    from briefing_tui.doctor.key_presses import ask_for_keys, keys_to_ask
    from briefing_tui.doctor.probes import probe

    terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    try:
        columns, lines = os.get_terminal_size(terminal)
        seen = seen._replace(size=(columns, lines))
        if not seen.terminal.screen:
            return seen
        with open_connection(terminal) as line:
            patience = FAR if seen.terminal.remote else NEAR
            answers = probe(line, patience, letters=seen.terminal.utf8)
            pressed = ask_for_keys(line, keys_to_ask(seen.keys)) if asks_for_keys else []
        return seen._replace(answers=answers, pressed=tuple(pressed))
    finally:
        os.close(terminal)


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from briefing_tui import __version__

    found = {"briefing-tui": __version__}
    found["Python"] = f"{platform.python_version()} on {platform.system()}"
    for name in ("textual", "rich"):
        with suppress(PackageNotFoundError):
            found[name.capitalize()] = version(name)
    return found
