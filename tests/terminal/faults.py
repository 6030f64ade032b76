"""Faults that an output layer may have, put into ours: a comparison that is worth it finds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from briefing_tui.driver import frame_encoder, screen_diff
from briefing_tui.driver.cells import Row
from briefing_tui.driver.frame_encoder import Brush
from briefing_tui.driver.frame_scheduler import Output
from briefing_tui.driver.screen_diff import Run
from briefing_tui.driver.scroll_optimizer import Scroll
from briefing_tui.driver.sgr import Pen, transition

Fault = tuple[Any, str, Any]
"""Something of the output layer, as its holder and its name, and what stands in its place."""


def _without_bold(before: Pen, after: Pen) -> str:
    return transition(before, after._replace(attributes=after.attributes - {"1"}))


def _beside_wide(y: int, new: Row, start: int, end: int, pen: Pen, *, blank: bool) -> list[Run]:
    found = _run(y, new, start, end, pen, blank=blank)
    wide = any(not cell.text for cell in new[start:end])
    return [run._replace(end=run.end - 1) if wide and run.end else run for run in found]


_run = screen_diff._run


def _without_ground(before: Pen, after: Pen) -> str:
    return transition(before, after if after.foreground else after._replace(background=""))


def _all_but_the_last(y: int, old: Row, new: Row, *, fills: bool) -> tuple[list[Run], bool]:
    found, ordered = _runs(y, old, new, fills=fills)
    return (found[:-1] if len(found) > 3 else found), ordered


_runs = screen_diff.runs


def _twice_as_far(self: Scroll) -> str:
    return _sequence(self._replace(by=2 * self.by))


_sequence = Scroll.sequence


def _cursor_stays(self: Brush, x: int, y: int) -> str:
    line = self.y
    moved = _to(self, x, y)
    self.y = line if line is not None else y
    return moved


_to = Brush._to


def _not_all_anew(self: Output) -> None:
    self.due = True


FAULTS: dict[str, Fault] = {
    "bold text is sent as any other": (frame_encoder, "transition", _without_bold),
    "after a wide cluster the cursor is thought a column too far left": (
        screen_diff, "_run", _beside_wide,
    ),
    "to erase to the end of a row erases nothing": (screen_diff, "_ERASE_TO_END", ""),
    "a blank has no ground": (frame_encoder, "transition", _without_ground),
    "the last change of a row is left out": (frame_encoder, "runs", _all_but_the_last),
    "rows move twice as far": (Scroll, "sequence", _twice_as_far),
    "the cursor is thought in the row where it was": (Brush, "_to", _cursor_stays),
    "a repaint sends what differs": (Output, "forget", _not_all_anew),
}  # fmt: skip


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Our output layer with a fault, for the time of a ``with`` block."""
    holder, attribute, fault = FAULTS[name]
    whole = getattr(holder, attribute)
    setattr(holder, attribute, fault)
    try:
        yield
    finally:
        setattr(holder, attribute, whole)
