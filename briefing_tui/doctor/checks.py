"""Checks: from what was observed to findings, each with its problem and what would help."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.text import excerpt
from briefing_tui.commands.registry import by_id, key_name
from briefing_tui.doctor.key_presses import KeyPress, escaped, unreachable_commands
from briefing_tui.doctor.probes import MODES, SCRIPTS, SIGNS, Answers, Tmux, width_errors
from briefing_tui.doctor.report import Finding, home_relative
from briefing_tui.driver.capabilities import TRUE_COLOUR, Terminal

SLOW = 0.15
"""Seconds of a round trip from which typing feels slow."""
SMALLEST = (20, 5)
"""Columns and lines below which nothing can be read."""


class Observations(NamedTuple):
    """Everything that the checks look at."""

    versions: Mapping[str, str]
    environ: Mapping[str, str]
    terminal: Terminal
    encoding: str
    on_terminal: bool
    """Whether there is a terminal at all."""
    size: tuple[int, int] | None = None
    """Columns and lines."""
    answers: Answers | None = None
    """None if the terminal was not asked."""
    tmux: Tmux | None = None
    pressed: tuple[KeyPress, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = {}
    """The keys of each command."""
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
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return " ".join(f"{name}={excerpt(environ[name])}" for name in names if environ.get(name)) or (
        "not set"
    )


def findings(seen: Observations) -> Iterator[Finding]:
    """Run all checks, group by group."""
    for name, version in seen.versions.items():
        yield Finding("Program", name, version)
    yield from _check_terminal(seen)
    if seen.answers is not None:
        yield from _check_answers(seen.answers, seen.terminal)
    if seen.on_terminal:
        yield _check_clipboard(seen)
        if seen.tmux is not None:
            yield Finding("Clipboard", "terminal outside", seen.tmux.terminal or "no answer")
    yield from _check_keys(seen)
    for name, path in seen.paths.items():
        yield _check_path(name, path)


def _check_terminal(seen: Observations) -> Iterator[Finding]:
    environ, terminal = seen.environ, seen.terminal
    group = "Terminal"
    term = excerpt(environ.get("TERM", "")) or "not set"
    if not seen.on_terminal:
        yield Finding(group, "terminal", "none: only what the environment tells is below")
    if seen.on_terminal and not terminal.screen:
        no_screen = "no full screen can be drawn; the reader prints plain text"
        yield Finding(group, "TERM", term, no_screen, ("plain", "true"))
    else:
        yield Finding(group, "TERM", term)
    yield Finding(group, "COLORTERM", excerpt(environ.get("COLORTERM", "")) or "not set")
    yield _check_colours(terminal)
    utf8 = "" if terminal.utf8 else "no UTF-8: everything is spelt in ASCII; try LANG=C.UTF-8"
    yield Finding(group, "locale", f"{locale_of(environ)}, encoding {seen.encoding}", utf8)
    signs = "drawn as they are" if terminal.signs else "drawn in ASCII"
    yield Finding(group, "lines and signs", signs)
    yield Finding(group, "multiplexer", multiplexer(environ) or "none")
    yield Finding(group, "SSH", "yes; a bar alone marks the row" if terminal.remote else "no")
    if seen.size is not None:
        columns, lines = seen.size
        too_small = f"too small to read in; {SMALLEST[0]} by {SMALLEST[1]} is the least"
        fits = columns >= SMALLEST[0] and lines >= SMALLEST[1]
        value = f"{columns} columns, {lines} lines"
        yield Finding(group, "size", value, "" if fits else too_small)


def _check_colours(terminal: Terminal) -> Finding:
    number = terminal.colours
    colours = {0: "none, by NO_COLOR", TRUE_COLOUR: "16 million"}.get(number, str(number))
    value = f"{colours}; theme {terminal.theme} is chosen"
    if number == 256 and terminal.remote:
        value += "; SSH leaves COLORTERM behind unless SendEnv and AcceptEnv name it"
    return Finding("Terminal", "colours", value)


def _check_answers(answers: Answers, terminal: Terminal) -> Iterator[Finding]:
    group = "Answers"
    if not answers.answers:
        yield Finding(group, "cursor position", "no answer; widths are not measured")
        return
    if answers.version:
        yield Finding(group, "calls itself", answers.version)
    yield _check_round_trip(answers.round_trip or 0.0)
    if not terminal.utf8:
        yield Finding(group, "glyph widths", "not measured without UTF-8")
    elif not answers.widths:
        yield Finding(group, "glyph widths", "not measured: the positions it tells make no sense")
    else:
        errors = width_errors(answers.widths, SIGNS)
        value = f"{len(SIGNS) - len(errors)} of {len(SIGNS)} signs fit"
        if terminal.signs and errors:
            yield Finding(group, "glyph widths", value, "; ".join(errors[:6]), ("ascii", "true"))
        else:
            yield Finding(group, "glyph widths", value)
        scripts = "; ".join(width_errors(answers.widths, SCRIPTS)) or "as wide as they are drawn"
        yield Finding(group, "other scripts", scripts)
    support = {True: "known", False: "not known", None: "does not say"}
    for number, name in MODES.items():
        yield Finding(group, name, support[answers.modes.get(number)])
    yield Finding(group, "keyboard protocol", support[answers.keyboard])


def _check_round_trip(seconds: float) -> Finding:
    value = f"{seconds * 1000:.0f} ms" if seconds >= 0.001 else "under 1 ms"
    if seconds <= SLOW:
        return Finding("Answers", "round trip", value)
    slow = "slow: every key waits so long; 'mouse' off saves bytes"
    return Finding("Answers", "round trip", value, slow, ("mouse", "false"))


def _check_clipboard(seen: Observations) -> Finding:
    program, value, problem, setting = multiplexer(seen.environ), "", "", None
    if program == "tmux" and seen.tmux is not None:
        value = f"tmux, set-clipboard {seen.tmux.clipboard or 'no answer'}"
        if seen.tmux.clipboard == "off":
            problem = "copies stay inside tmux; try: tmux set-option -s set-clipboard on"
    elif program == "screen":
        value, problem = "none through screen", "screen keeps copies to itself"
        setting = ("clipboard", '"print"')
    elif not seen.terminal.screen:
        value = "none on this terminal"
    else:
        value = "OSC 52; a terminal does not say whether it takes it"
    return Finding("Clipboard", "route", value, problem, setting)


def _check_keys(seen: Observations) -> Iterator[Finding]:
    for press in seen.pressed:
        if press.received is not None:
            value = "arrives" if press.arrives else f"comes as {escaped(press.received)}"
            yield Finding("Keys", key_name(press.key), value)
    for command in unreachable_commands(seen.pressed, seen.keys):
        problem = "no key of it arrives; its default keys would"
        setting = (f"keys.{command}", f'"{by_id()[command].keys}"')
        yield Finding("Keys", command, "lost", problem, setting)


def _check_path(name: str, path: Path | None) -> Finding:
    if path is None:
        return Finding("Paths", name, "none")
    missing = "" if path.exists() else ", not there yet"
    writable = "writable" if is_writable(path) else "not writable"
    return Finding("Paths", name, f"{home_relative(path)} ({writable}{missing})")


def is_writable(path: Path) -> bool:
    """Whether a path can be written, or created if it is missing."""
    nearest = next((parent for parent in (path, *path.parents) if parent.exists()), None)
    return nearest is not None and os.access(nearest, os.W_OK)
