"""Questions to the terminal and to tmux, and what the answers mean.

Control sequences are those of ECMA-48 and of xterm (https://invisible-island.net/xterm/ctlseqs/).
Every question ends in one that practically all terminals answer, so that a terminal that ignores
the first part causes no wait.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from collections.abc import Iterable
from typing import NamedTuple

from briefing_tui.briefing.terminal_text import cell_width, clean, excerpt
from briefing_tui.doctor.terminal_connection import TerminalConnection
from briefing_tui.views import glyphs
from briefing_tui.views.labels import quantity

_ASK_POSITION = b"\x1b[6n"
_POSITION = re.compile(rb"\x1b\[(\d{1,4});(\d{1,4})R")
_ATTRIBUTES = re.compile(rb"\x1b\[\?[\d;]*c")
_MODE = re.compile(rb"\x1b\[\?(\d+);(\d)\$y")
_VERSION = re.compile(rb"\x1bP>\|([^\x1b\x07]{1,200})(?:\x1b\\|\x07)")
_KEYBOARD = re.compile(rb"\x1b\[\?(\d+)u")
_CLEAR_LINE = b"\r\x1b[K"
_ROUND_TRIPS = 5
_TMUX_SECONDS = 2.0

MODES = {2026: "synchronized output", 2004: "bracketed paste"}

SIGNS: dict[str, str] = {
    value: name.lower().replace("_", " ")
    for name, value in vars(glyphs).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str)
}
"""The names of the signs that the screens are drawn with."""

SCRIPTS: dict[str, str] = {
    "漢字": "Chinese characters",
    "e\u0301": "letter with a combining mark",
    "नि": "Devanagari syllable",
    "\U0001f600": "emoji",
    "\u26a0\ufe0f": "emoji by variation selector",
    "\U0001f469\u200d\U0001f680": "joined emoji",
    "\U0001f1ee\U0001f1f3": "flag",
}
"""The names of samples of what briefings may contain."""


class Answers(NamedTuple):
    """What a terminal reports about itself."""

    round_trip: float | None = None
    """Seconds from a question to its answer, the median of several; None without answers."""
    widths: dict[str, int] = {}
    """Cells by text; empty if the reported positions make no sense."""
    modes: dict[int, bool] = {}
    """Whether a private mode is known, by its number; absent if not reported."""
    version: str = ""
    """Name and version."""
    keyboard: bool = False
    """Whether it knows the keyboard protocol that distinguishes all keys."""


class Tmux(NamedTuple):
    """What tmux reports about itself and its client."""

    clipboard: str = ""
    """Its option ``set-clipboard``: ``on`` and ``external`` pass copies on, ``off`` does not."""
    terminal: str = ""
    """Name and features of the terminal that tmux runs in."""


def probe(terminal: TerminalConnection, seconds: float, *, letters: bool = True) -> Answers:
    """Ask a terminal each question for up to ``seconds``; ``letters`` are those beyond ASCII."""
    round_trips: list[float] = []
    for _ in range(_ROUND_TRIPS):
        if (round_trip := _round_trip(terminal, seconds)) is not None:
            round_trips.append(round_trip)
        elif not round_trips:
            return Answers()
    answer = terminal.ask(
        b"\x1b[>q\x1b[?u" + b"".join(b"\x1b[?%d$p" % mode for mode in MODES) + b"\x1b[c",
        _ATTRIBUTES,
        seconds,
    )
    widths = measure_widths(terminal, [*SIGNS, *SCRIPTS] if letters else [], seconds)
    terminal.ask(_CLEAR_LINE + _ASK_POSITION, _POSITION, seconds)
    version = _VERSION.search(answer)
    return Answers(
        round_trip=statistics.median(round_trips),
        widths=widths,
        modes={int(number): state in b"12" for number, state in _MODE.findall(answer)},
        version=excerpt(clean(version[1].decode("utf-8", "replace"))[0], 60) if version else "",
        keyboard=_KEYBOARD.search(answer) is not None,
    )


def measure_widths(
    terminal: TerminalConnection, texts: Iterable[str], seconds: float
) -> dict[str, int]:
    """Return the cells of each text on this terminal; empty if the positions make no sense."""
    control, *samples = ["ab", *texts]
    question = b"".join(b"\r" + text.encode() + _ASK_POSITION for text in (control, *samples))
    count = 1 + len(samples)
    all_answers = re.compile(rb"(?:\x1b\[\d{1,4};\d{1,4}R[^\x1b]*){%d}" % count, re.DOTALL)
    positions = _POSITION.findall(terminal.ask(question, all_answers, seconds))
    columns = [int(column) for _, column in positions]
    if len(columns) != count or columns[0] != 1 + len(control):
        return {}
    return {sample: column - 1 for sample, column in zip(samples, columns[1:], strict=True)}


def width_errors(widths: dict[str, int], names: dict[str, str]) -> list[str]:
    """Describe the texts whose width on the terminal is not the one they are drawn with."""
    return [
        f"{names[sample]} takes {quantity(width, 'cell')}, not {cell_width(sample)}"
        for sample, width in widths.items()
        if sample in names and width != cell_width(sample)
    ]


def _round_trip(terminal: TerminalConnection, seconds: float) -> float | None:
    start = time.perf_counter()
    answer = terminal.ask(_ASK_POSITION, _POSITION, seconds)
    return time.perf_counter() - start if _POSITION.search(answer) else None


def ask_tmux() -> Tmux:
    """Ask the tmux that this process runs in; the fields are empty if it does not answer."""
    return Tmux(
        clipboard=_run_tmux("show-options", "-s", "-v", "set-clipboard"),
        terminal=_run_tmux("display-message", "-p", "#{client_termname} #{client_termfeatures}"),
    )


def _run_tmux(*arguments: str) -> str:
    try:
        process = subprocess.run(
            ["tmux", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TMUX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return excerpt(clean(process.stdout.decode("utf-8", "replace"))[0], 120)
