"""From what was seen and asked to findings, each with what is wrong and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from briefing_tui.briefing.text import excerpt
from briefing_tui.commands.registry import by_id, key_name
from briefing_tui.doctor.environment import Tmux, is_writable, locale_of, multiplexer
from briefing_tui.doctor.key_presses import Pressed, lost, shown
from briefing_tui.doctor.probes import MODES, SCRIPTS, SIGNS, Answers, misfits
from briefing_tui.doctor.report import Finding, at_home
from briefing_tui.driver.capabilities import TRUE_COLOUR, Terminal

SLOW = 0.15
"""Seconds of a round trip from which typing feels slow."""
SMALLEST = (20, 5)
"""Columns and lines below which nothing can be read."""


class Seen(NamedTuple):
    """All that a diagnosis looks at."""

    versions: Mapping[str, str]
    environ: Mapping[str, str]
    terminal: Terminal
    encoding: str
    on_terminal: bool
    """Whether there is a terminal at all."""
    size: tuple[int, int] | None = None
    answers: Answers | None = None
    """Nothing where nobody was asked."""
    tmux: Tmux | None = None
    pressed: tuple[Pressed, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = {}
    paths: Mapping[str, Path | None] = {}


def findings(seen: Seen) -> Iterator[Finding]:
    """Everything, group by group."""
    for name, version in seen.versions.items():
        yield Finding("Program", name, version)
    yield from _terminal(seen)
    yield from _answers(seen)
    yield from _clipboard(seen)
    yield from _pressed(seen)
    for name, path in seen.paths.items():
        yield _path(name, path)


def _terminal(seen: Seen) -> Iterator[Finding]:
    environ, terminal = seen.environ, seen.terminal
    group = "Terminal"
    term = excerpt(environ.get("TERM", "")) or "not set"
    if not seen.on_terminal:
        yield Finding(group, "terminal", "none: only what the environment tells is below")
    no_screen = "no full screen can be drawn; the reader prints plain text"
    plain = ("plain", "true")
    if seen.on_terminal and not terminal.screen:
        yield Finding(group, "TERM", term, no_screen, plain)
    else:
        yield Finding(group, "TERM", term)
    yield Finding(group, "COLORTERM", excerpt(environ.get("COLORTERM", "")) or "not set")
    yield _colours(seen)
    utf8 = "" if terminal.utf8 else "no UTF-8: everything is spelt in ASCII; try LANG=C.UTF-8"
    yield Finding(group, "locale", f"{locale_of(environ)}, encoding {seen.encoding}", utf8)
    signs = "drawn as they are" if terminal.signs else "drawn in ASCII"
    yield Finding(group, "lines and signs", signs)
    yield Finding(group, "multiplexer", multiplexer(environ) or "none")
    yield Finding(group, "SSH", "yes; a bar alone marks the row" if terminal.remote else "no")
    if seen.size is not None:
        small = seen.size[0] < SMALLEST[0] or seen.size[1] < SMALLEST[1]
        least = f"too small to read in; {SMALLEST[0]} by {SMALLEST[1]} is the least"
        shown_size = f"{seen.size[0]} columns, {seen.size[1]} lines"
        yield Finding(group, "size", shown_size, least if small else "")


def _colours(seen: Seen) -> Finding:
    number = seen.terminal.colours
    told = {0: "none, by NO_COLOR", TRUE_COLOUR: "16 million"}.get(number, str(number))
    value = f"{told}; theme {seen.terminal.theme} is chosen"
    if number == 256 and seen.terminal.remote:
        value += "; SSH leaves COLORTERM behind unless SendEnv and AcceptEnv name it"
    return Finding("Terminal", "colours", value)


def _answers(seen: Seen) -> Iterator[Finding]:
    told, group = seen.answers, "Answers"
    if told is None:
        return
    if not told.answers:
        yield Finding(group, "cursor position", "no answer; widths are not measured")
        return
    if told.version:
        yield Finding(group, "calls itself", told.version)
    yield _round_trip(told)
    if not seen.terminal.utf8:
        yield Finding(group, "glyph widths", "not measured without UTF-8")
    elif not told.widths:
        yield Finding(group, "glyph widths", "not measured: the positions it tells make no sense")
    else:
        own = misfits(told.widths, SIGNS)
        value = f"{len(SIGNS) - len(own)} of {len(SIGNS)} signs fit"
        if seen.terminal.signs and own:
            yield Finding(group, "glyph widths", value, "; ".join(own[:6]), ("ascii", "true"))
        else:
            yield Finding(group, "glyph widths", value)
        others = misfits(told.widths, SCRIPTS)
        yield Finding(group, "other scripts", "; ".join(others) or "as wide as they are drawn")
    for number, name in MODES.items():
        known = {True: "known", False: "not known", None: "does not say"}[told.modes.get(number)]
        yield Finding(group, name, known)
    yield Finding(group, "keyboard protocol", "known" if told.keyboard else "not known")


def _round_trip(told: Answers) -> Finding:
    took = told.round_trip or 0.0
    slow = "slow: every key waits so long; 'mouse' off saves bytes" if took > SLOW else ""
    setting = ("mouse", "false") if slow else None
    value = f"{took * 1000:.0f} ms" if took >= 0.001 else "under 1 ms"
    return Finding("Answers", "round trip", value, slow, setting)


def _clipboard(seen: Seen) -> Iterator[Finding]:
    group, printed = "Clipboard", ("clipboard", '"print"')
    if not seen.on_terminal:
        return
    around = multiplexer(seen.environ)
    if around == "tmux" and seen.tmux is not None:
        state = seen.tmux.clipboard or "no answer"
        off = "copies stay inside tmux; try: tmux set-option -s set-clipboard on"
        closed = off if state == "off" else ""
        yield Finding(group, "route", f"tmux, set-clipboard {state}", closed)
        yield Finding(group, "terminal outside", seen.tmux.terminal or "no answer")
    elif around == "screen":
        why = "screen keeps copies to itself"
        yield Finding(group, "route", "none through screen", why, printed)
    elif not seen.terminal.screen:
        yield Finding(group, "route", "none on this terminal")
    else:
        yield Finding(group, "route", "OSC 52; a terminal does not say whether it takes it")


def _pressed(seen: Seen) -> Iterator[Finding]:
    group = "Keys"
    for one in seen.pressed:
        if one.came is not None:
            value = "arrives" if one.arrives else f"comes as {shown(one.came)}"
            yield Finding(group, key_name(one.key), value)
    for command in lost(seen.pressed, seen.keys):
        default = by_id()[command].keys
        why = "no key of it arrives; its default keys would"
        yield Finding(group, command, "lost", why, (f"keys.{command}", f'"{default}"'))


def _path(name: str, path: Path | None) -> Finding:
    if path is None:
        return Finding("Paths", name, "none")
    there = "" if path.exists() else ", not there yet"
    writable = "writable" if is_writable(path) else "not writable"
    return Finding("Paths", name, f"{at_home(path)} ({writable}{there})")
