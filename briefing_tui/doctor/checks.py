"""Checks of a terminal: from observations to findings, with problems and remedies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.terminal_text import excerpt
from briefing_tui.commands.registry import by_id, key_name
from briefing_tui.doctor.key_presses import KeyPress, escaped, unreachable_commands
from briefing_tui.doctor.probes import MODES, SCRIPTS, SIGNS, Answers, Tmux, width_errors
from briefing_tui.doctor.report import Finding, home_relative
from briefing_tui.driver.capabilities import (
    COLORTERM_VALUES,
    TRUE_COLOUR,
    Terminal,
    ignores_colorterm,
)

SLOW = 0.15
"""Seconds of a round trip from which typing feels slow."""
SMALLEST = (20, 5)
"""Columns and lines below which nothing can be read."""


_Row = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, tuple[str, str]]
"""The fields of a finding without its group."""


class Observations(NamedTuple):
    """Everything that the checks look at."""

    versions: Mapping[str, str]
    environ: Mapping[str, str]
    terminal: Terminal
    encoding: str
    on_terminal: bool
    size: tuple[int, int] | None = None
    """Columns and lines."""
    answers: Answers | None = None
    """None if the terminal was not asked."""
    tmux: Tmux | None = None
    pressed: tuple[KeyPress, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = {}
    """By command."""
    paths: Mapping[str, Path | None] = {}


def multiplexer(environ: Mapping[str, str]) -> str:
    """Return ``tmux``, ``screen``, ``zellij``, or an empty string."""
    if environ.get("ZELLIJ") is not None:
        return "zellij"
    if environ.get("TMUX"):
        return "tmux"
    return "screen" if environ.get("STY") else ""


def locale_of(environ: Mapping[str, str]) -> str:
    """Return the variables that decide the character set, as far as they are set."""
    names = [name for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)]
    return " ".join(f"{name}={excerpt(environ[name])}" for name in names) or "not set"


def findings(seen: Observations) -> Iterator[Finding]:
    """Run all checks, group by group."""
    groups: dict[str, Iterable[_Row]] = {
        "Program": seen.versions.items(),
        "Terminal": _check_terminal(seen),
        "Answers": _check_answers(seen.answers, seen.terminal) if seen.answers else (),
        "Clipboard": _check_clipboard(seen) if seen.on_terminal else (),
        "Keys": _check_keys(seen),
        "Paths": ((name, _describe_path(path)) for name, path in seen.paths.items()),
    }
    for group, rows in groups.items():
        for name, value, *problem in rows:
            yield Finding(group, name, value, *problem)


def _check_terminal(seen: Observations) -> Iterator[_Row]:
    environ, terminal = seen.environ, seen.terminal
    term = excerpt(environ.get("TERM", "")) or "not set"
    if not seen.on_terminal:
        yield "terminal", "none: everything below is from the environment"
    is_plain = seen.on_terminal and not terminal.screen
    no_screen = "no full screen can be drawn; the reader prints plain text"
    yield "TERM", term, no_screen if is_plain else "", ("plain", "true")
    colorterm = environ.get("COLORTERM", "")
    is_outer = colorterm.strip().lower() in COLORTERM_VALUES and ignores_colorterm(environ)
    inherited = (
        "describes the terminal outside; this one misreads 24-bit colours, which the reader does "
        "not send, but other programs may; try: unset COLORTERM"
    )
    yield "COLORTERM", excerpt(colorterm) or "not set", inherited if is_outer else ""
    yield "colours", _describe_colours(terminal, environ)
    utf8 = "" if terminal.utf8 else "no UTF-8: everything is drawn in ASCII; try LANG=C.UTF-8"
    yield "locale", f"{locale_of(environ)}, encoding {seen.encoding}", utf8
    yield "lines and signs", "drawn as they are" if terminal.signs else "drawn in ASCII"
    yield "multiplexer", multiplexer(environ) or "none"
    yield "SSH", "yes; a bar alone marks the row" if terminal.remote else "no"
    if seen.size is not None:
        columns, lines = seen.size
        fits = columns >= SMALLEST[0] and lines >= SMALLEST[1]
        too_small = f"too small to read; the minimum is {SMALLEST[0]} by {SMALLEST[1]}"
        yield "size", f"{columns} columns, {lines} lines", "" if fits else too_small


def _describe_colours(terminal: Terminal, environ: Mapping[str, str]) -> str:
    number = terminal.colours
    no_colour = "none, by NO_COLOR" if environ.get("NO_COLOR") else "none, by TERM"
    colours = {0: no_colour, TRUE_COLOUR: "16 million"}.get(number, str(number))
    over_ssh = "; SSH leaves COLORTERM behind unless SendEnv and AcceptEnv name it"
    is_left_behind = terminal.remote and not environ.get("COLORTERM")
    has_more = 0 < number < TRUE_COLOUR and not ignores_colorterm(environ)
    advice = over_ssh if is_left_behind and has_more else ""
    return f"{colours}; theme {terminal.theme} is chosen{advice}"


def _check_answers(answers: Answers, terminal: Terminal) -> Iterator[_Row]:
    if answers.round_trip is None:
        yield "cursor position", "no answer; widths are not measured"
        return
    if answers.version:
        yield "calls itself", answers.version
    seconds = answers.round_trip
    round_trip = f"{seconds * 1000:.0f} ms" if seconds >= 0.001 else "under 1 ms"
    slow = "slow: every key waits so long; 'mouse' off saves bytes"
    yield "round trip", round_trip, slow if seconds > SLOW else "", ("mouse", "false")
    if not terminal.utf8:
        yield "glyph widths", "not measured without UTF-8"
    elif not answers.widths:
        yield "glyph widths", "not measured: the reported positions make no sense"
    else:
        errors = width_errors(answers.widths, SIGNS)
        value = f"{len(SIGNS) - len(errors)} of {len(SIGNS)} signs fit"
        problem = "; ".join(errors[:6]) if terminal.signs else ""
        yield "glyph widths", value, problem, ("ascii", "true")
        scripts = "; ".join(width_errors(answers.widths, SCRIPTS)) or "as wide as they are drawn"
        yield "other scripts", scripts
    support = {True: "known", False: "not known", None: "does not say"}
    for number, name in MODES.items():
        yield name, support[answers.modes.get(number)]
    yield "keyboard protocol", support[answers.keyboard]


def _check_clipboard(seen: Observations) -> Iterator[_Row]:
    program = multiplexer(seen.environ)
    if program == "tmux" and seen.tmux is not None:
        is_off = seen.tmux.clipboard == "off"
        problem = "copies stay inside tmux; try: tmux set-option -s set-clipboard on"
        value = f"tmux, set-clipboard {seen.tmux.clipboard or 'no answer'}"
        yield "route", value, problem if is_off else ""
    elif program == "screen":
        problem = "screen keeps copies to itself"
        yield "route", "none through screen", problem, ("clipboard", '"print"')
    elif not seen.terminal.screen:
        yield "route", "none on this terminal"
    else:
        yield "route", "OSC 52; a terminal does not say whether it accepts it"
    if seen.tmux is not None:
        yield "terminal outside", seen.tmux.terminal or "no answer"


def _check_keys(seen: Observations) -> Iterator[_Row]:
    for press in seen.pressed:
        if press.received is not None:
            value = "arrives" if press.arrives else f"comes as {escaped(press.received)}"
            yield key_name(press.key), value
    for command in unreachable_commands(seen.pressed, seen.keys):
        setting = (f"keys.{command}", f'"{by_id()[command].keys}"')
        yield command, "lost", "none of its keys arrives; its default keys would", setting


def _describe_path(path: Path | None) -> str:
    if path is None:
        return "none"
    missing = "" if path.exists() else ", not there yet"
    writable = "writable" if is_writable(path) else "not writable"
    return f"{home_relative(path)} ({writable}{missing})"


def is_writable(path: Path) -> bool:
    """Return whether a path can be written, or created if it is missing."""
    nearest = next((parent for parent in (path, *path.parents) if parent.exists()), None)
    return nearest is not None and os.access(nearest, os.W_OK)
