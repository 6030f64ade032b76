"""The terminal check."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click

from briefing_tui import __version__
from briefing_tui.cli.output import put, put_json
from briefing_tui.cli.settings import pass_surroundings, settings_of
from briefing_tui.commands.registry import effective_keys
from briefing_tui.doctor import report
from briefing_tui.doctor.checks import Observations, findings, multiplexer
from briefing_tui.doctor.key_presses import ask_for_keys, keys_to_ask
from briefing_tui.doctor.probes import ask_tmux, probe
from briefing_tui.doctor.terminal_connection import open_connection
from briefing_tui.storage.directories import content_dir
from briefing_tui.surroundings import Surroundings

NEAR, FAR = 0.3, 1.5
"""Seconds to wait for answers of the terminal, here and over SSH."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--keys/--no-keys", default=True, help="Ask for keys to be pressed; on by default.")
@pass_surroundings
def doctor(surroundings: Surroundings, as_json: bool, keys: bool) -> None:
    """Check this terminal: colours, widths of signs, round trip, clipboard, keys, places.

    Prints a report that fits a bug report and proposes settings. Exit code 0: all is well; 1:
    problems were found.
    """
    try:
        observations = _observe(surroundings, asks_for_keys=keys and not as_json)
    except KeyboardInterrupt:
        sys.exit(130)
    results = [*findings(observations)]
    if as_json:
        put_json(report.as_data(results))
    else:
        put(report.as_text(results, report.home_relative(surroundings.directories.config_file)))
    sys.exit(1 if any(finding.problem for finding in results) else 0)


def _observe(surroundings: Surroundings, *, asks_for_keys: bool) -> Observations:
    """Observe everything; the terminal only if there is one."""
    directories, terminal = surroundings.directories, surroundings.terminal
    assert terminal is not None, "a process has a terminal to describe"
    keys = effective_keys(settings_of(surroundings).keys)
    observations = Observations(
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
    terminals = [stream for stream in (sys.stdin, sys.stdout) if stream and stream.isatty()]
    if not terminals:
        return observations
    tmux = ask_tmux() if multiplexer(surroundings.environ) == "tmux" else None
    observations = observations._replace(on_terminal=True, tmux=tmux)
    with suppress(OSError):  # there is no terminal to ask
        return _ask(observations, asks_for_keys=asks_for_keys and sys.stdin in terminals)
    return observations


def _ask(observations: Observations, *, asks_for_keys: bool) -> Observations:
    terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    try:
        observations = observations._replace(size=os.get_terminal_size(terminal))
        if not observations.terminal.screen:
            return observations
        with open_connection(terminal) as connection:
            timeout = FAR if observations.terminal.remote else NEAR
            answers = probe(connection, timeout, letters=observations.terminal.utf8)
            keys = keys_to_ask(observations.keys)
            pressed = ask_for_keys(connection, keys) if asks_for_keys else []
        return observations._replace(answers=answers, pressed=tuple(pressed))
    finally:
        os.close(terminal)


def _versions() -> dict[str, str]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    python = f"{platform.python_version()} on {platform.system()}"
    versions = {"briefing-tui": __version__, "Python": python}
    for name in ("textual", "rich"):
        with suppress(PackageNotFoundError):
            versions[name.capitalize()] = version(name)
    return versions
