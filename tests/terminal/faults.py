"""Faults that an output layer may have, put into ours: a comparison that is worth it finds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from briefing_tui.driver import frame_encoder, screen_diff
from briefing_tui.driver.capabilities import Capabilities
from briefing_tui.driver.cells import Row
from briefing_tui.driver.frame_encoder import FrameEncoder
from briefing_tui.driver.frame_scheduler import FrameScheduler
from briefing_tui.driver.screen_diff import Run
from briefing_tui.driver.scroll_optimizer import Scroll
from briefing_tui.driver.sgr import Style, transition

Fault = tuple[Any, str, Any]
"""Something of the output layer, as its holder and its name, and what stands in its place."""


def _without_bold(current: Style, target: Style) -> str:
    return transition(current, target._replace(attributes=target.attributes - {"1"}))


def _beside_wide(y: int, new: Row, start: int, end: int, style: Style, *, blank: bool) -> list[Run]:
    runs = _run(y, new, start, end, style, blank=blank)
    wide = any(not cell.text for cell in new[start:end])
    return [run._replace(end=run.end - 1) if wide and run.end else run for run in runs]


_run = screen_diff._run


def _without_ground(current: Style, target: Style) -> str:
    return transition(current, target if target.foreground else target._replace(background=""))


def _all_but_the_last(y: int, old: Row, new: Row, has: Capabilities) -> tuple[list[Run], bool]:
    runs, ordered = _diff_row(y, old, new, has)
    return (runs[:-1] if len(runs) > 3 else runs), ordered


_diff_row = screen_diff.diff_row


def _twice_as_far(self: Scroll) -> str:
    return _sequence(self._replace(by=2 * self.by))


_sequence = Scroll.sequence


def _cursor_stays(self: FrameEncoder, x: int, y: int) -> str:
    line = self.y
    move = _move_to(self, x, y)
    self.y = line if line is not None else y
    return move


_move_to = FrameEncoder._move_to


def _only_differences(self: FrameScheduler) -> None:
    self.is_pending = True


FAULTS: dict[str, Fault] = {
    "bold text is sent as any other": (frame_encoder, "transition", _without_bold),
    "after a wide cluster the cursor is thought a column too far left": (
        screen_diff, "_run", _beside_wide,
    ),
    "to erase to the end of a row erases nothing": (screen_diff, "_ERASE_TO_END", ""),
    "a blank has no ground": (frame_encoder, "transition", _without_ground),
    "the last change of a row is left out": (frame_encoder, "diff_row", _all_but_the_last),
    "rows move twice as far": (Scroll, "sequence", _twice_as_far),
    "the cursor is thought in the row where it was": (FrameEncoder, "_move_to", _cursor_stays),
    "a repaint sends what differs": (FrameScheduler, "invalidate", _only_differences),
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
