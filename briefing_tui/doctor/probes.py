"""Questions to the terminal, and what the answers mean.

Control sequences are those of ECMA-48 and of xterm (https://invisible-island.net/xterm/ctlseqs/).
Every question ends in one that practically all terminals answer, so that a terminal that passes
over the first part is not waited for.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterable
from typing import NamedTuple

from briefing_tui.briefing.text import cell_width, clean, excerpt
from briefing_tui.doctor.connection import Line
from briefing_tui.views import glyphs

_WHERE = b"\x1b[6n"
_PLACE = re.compile(rb"\x1b\[(\d{1,4});(\d{1,4})R")
_ATTRIBUTES = re.compile(rb"\x1b\[\?[\d;]*c")
_MODE = re.compile(rb"\x1b\[\?(\d+);(\d)\$y")
_VERSION = re.compile(rb"\x1bP>\|([^\x1b\x07]{1,200})(?:\x1b\\|\x07)")
_KEYBOARD = re.compile(rb"\x1b\[\?(\d+)u")
_WIPE = b"\r\x1b[K"
_TIMES = 5

MODES = {2026: "synchronized output", 2004: "bracketed paste"}

SIGNS: dict[str, str] = {
    value: name.lower().replace("_", " ")
    for name, value in vars(glyphs).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str)
}
"""The signs that the screens are drawn with, by what they are called."""

SCRIPTS: dict[str, str] = {
    "漢字": "Chinese characters",
    "e\u0301": "letter with a combining mark",
    "नि": "Devanagari syllable",
    "\U0001f600": "emoji",
    "\u26a0\ufe0f": "emoji by variation selector",
    "\U0001f469\u200d\U0001f680": "joined emoji",
    "\U0001f1ee\U0001f1f3": "flag",
}
"""What briefings may hold, by what it is called."""


class Answers(NamedTuple):
    """What a terminal told of itself."""

    answers: bool
    """Whether it tells where its cursor is."""
    round_trip: float | None = None
    """Seconds from a question to its answer, the middle of several."""
    widths: dict[str, int] = {}
    """Cells by text; none where the answers make no sense."""
    modes: dict[int, bool] = {}
    """Whether a private mode is known, by its number; none where it does not say."""
    version: str = ""
    """What it calls itself."""
    keyboard: bool = False
    """Whether it knows the keyboard protocol that tells all keys apart."""


def probe(line: Line, seconds: float, *, letters: bool = True) -> Answers:
    """Ask all there is to ask.

    Args:
        line: Whom to ask.
        seconds: How long each question waits at most.
        letters: Whether letters beyond ASCII can be sent to measure them.
    """
    trips = [_trip(line, seconds)]
    if trips[0] is None:
        return Answers(answers=False)
    trips += [_trip(line, seconds) for _ in range(_TIMES - 1)]
    told = line.ask(
        b"\x1b[>q\x1b[?u" + b"".join(b"\x1b[?%d$p" % mode for mode in MODES) + b"\x1b[c",
        _ATTRIBUTES,
        seconds,
    )
    widths = measured(line, [*SIGNS, *SCRIPTS] if letters else [], seconds)
    line.ask(_WIPE + _WHERE, _PLACE, seconds)
    version = _VERSION.search(told)
    return Answers(
        answers=True,
        round_trip=statistics.median(one for one in trips if one is not None),
        widths=widths,
        modes={int(number): state in b"12" for number, state in _MODE.findall(told)},
        version=excerpt(clean(version[1].decode("utf-8", "replace"))[0], 60) if version else "",
        keyboard=_KEYBOARD.search(told) is not None,
    )


def measured(line: Line, texts: Iterable[str], seconds: float) -> dict[str, int]:
    """Cells that the terminal takes for each text, asked at once and answered in order."""
    control, *samples = ["ab", *texts]
    question = b"".join(b"\r" + sample.encode() + _WHERE for sample in (control, *samples))
    every = re.compile(rb"(?:\x1b\[\d{1,4};\d{1,4}R[^\x1b]*){%d}" % (1 + len(samples)), re.DOTALL)
    columns = [int(column) for _, column in _PLACE.findall(line.ask(question, every, seconds))]
    if len(columns) != 1 + len(samples) or columns[0] != 1 + len(control):
        return {}
    return {sample: column - 1 for sample, column in zip(samples, columns[1:], strict=True)}


def misfits(widths: dict[str, int], names: dict[str, str]) -> list[str]:
    """The texts that take other cells than they are drawn with, in words."""
    return [
        f"{names[sample]} takes {width} cell{'' if width == 1 else 's'}, not {cell_width(sample)}"
        for sample, width in widths.items()
        if sample in names and width != cell_width(sample)
    ]


def _trip(line: Line, seconds: float) -> float | None:
    start = time.perf_counter()
    came = line.ask(_WHERE, _PLACE, seconds)
    return time.perf_counter() - start if _PLACE.search(came) else None
