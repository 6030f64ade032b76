"""The fewest bytes from one screen to another.

Runs, each of one style on one row, are written style by style. REP, which repeats a character, is
not used, as many terminals that call themselves xterm lack it.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing_tui.driver.capabilities import COMMON, Capabilities
from briefing_tui.driver.cells import Rows
from briefing_tui.driver.screen_diff import Run, diff_row
from briefing_tui.driver.scroll_optimizer import find_scroll
from briefing_tui.driver.sgr import DEFAULT, Style, blank_style, transition, without_italics


class FrameEncoder:
    """Encodes frames; tracks the cursor and the style of the terminal between them."""

    def __init__(self, capabilities: Capabilities = COMMON) -> None:
        self._has = capabilities
        self.style = DEFAULT
        self.x: int | None = None
        self.y: int | None = None

    def clear(self, style: Style) -> str:
        """Return the bytes that reset style and link, and clear the screen to one background."""
        self.style, self.x, self.y = style, 0, 0
        return f"\x1b]8;;\x1b\\\x1b[m{transition(DEFAULT, style)}\x1b[H\x1b[2J"

    def encode(self, current: Rows, target: Rows) -> str:
        """Return the bytes that turn one screen into another, and make ``current`` equal to it."""
        scrolling = self._scroll(current, target) if self._has.scroll else ""
        runs: list[Run] = []
        ordered = False
        for y, (old, new) in enumerate(zip(current, target, strict=True)):
            if old != new:
                row_runs, row_ordered = diff_row(y, old, new, self._has)
                runs += row_runs
                ordered = ordered or row_ordered
                current[y] = new[:]
        return scrolling + self._write(runs if ordered else _by_style(runs, self.style))

    def _scroll(self, current: Rows, target: Rows) -> str:
        scroll = find_scroll(current, target)
        if scroll is None:
            return ""
        current[:] = scroll.apply(current)
        self.x = self.y = None  # the home position on most terminals, but not on all
        return scroll.sequence()

    def write_at(self, line: int, text: str) -> str:
        """Return the bytes that write a text of unknown width at the start of a line."""
        move = self._move_to(0, line)
        self.x = self.y = None
        return move + text

    def finish(self, x: int, y: int) -> str:
        """Return the bytes that close an open link and place the cursor."""
        unlinked = Style(*self.style[:3])
        closing, self.style = transition(self.style, unlinked), unlinked
        return closing + self._move_to(x, y)

    def _write(self, runs: Sequence[Run]) -> str:
        pieces: list[str] = []
        for run in runs:
            pieces.append(self._move_to(run.x, run.y))
            if not run.blank or blank_style(self.style) != run.style:
                style = run.style if self._has.italics else without_italics(run.style)
                pieces.append(transition(self.style, style))
                self.style = style
            pieces.append(run.text)
            self.x = run.end
        return "".join(pieces)

    def _move_to(self, x: int, y: int) -> str:
        """Return the shortest sequence that moves the cursor to a cell."""
        column, line = self.x, self.y
        self.x, self.y = x, y
        if y == line and column is not None and (x == column or (x > column and self._has.moves)):
            return _move_by(x - column, "C", "D")
        moves = [_move_absolute(x, y)]
        if y == line and self._has.column:
            moves.append(f"\x1b[{x + 1}G")
        if self._has.moves:
            if y == line:
                moves.append("\r" + _move_by(x, "C", "D"))
            elif line is not None and column == x:
                moves.append(_move_by(y - line, "B", "A"))
            elif line is not None and y == line + 1:
                moves.append("\r\n" + _move_by(x, "C", "D"))
        return min(moves, key=len)


def _by_style(runs: list[Run], style: Style) -> list[Run]:
    """Return runs grouped by style, each group followed by the one whose style is nearest.

    If there are background runs, each is followed by all runs on that background.
    """
    backgrounds: dict[str, list[Run]] = {}
    groups: dict[Style, list[Run]] = {}
    for run in runs:
        if run.is_background:
            backgrounds.setdefault(run.style.background, []).append(run)
        else:
            groups.setdefault(run.style, []).append(run)
    for blank in [style for style, group in groups.items() if all(run.blank for run in group)]:
        # Blanks join the runs of another style on the same background.
        host = next((s for s in groups if s != blank and blank_style(s) == blank), None)
        if host is not None:
            blanks = [run._replace(style=host) for run in groups.pop(blank)]
            groups[host] = sorted(groups[host] + blanks)
    ordered: list[Run] = []
    while groups:
        same = [s for s in groups if s.background == style.background] if backgrounds else []
        style = _nearest(style, same or [*groups])
        for run in backgrounds.pop(style.background, ()):
            drawable = blank_style(style) == run.style
            ordered.append(run._replace(style=style) if drawable else run)
        ordered += groups.pop(style)
    return ordered + [run for group in backgrounds.values() for run in group]


def _nearest(style: Style, candidates: Sequence[Style]) -> Style:
    return min(candidates, key=lambda candidate: len(transition(style, candidate)))


def _move_absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _move_by(count: int, forwards: str, backwards: str) -> str:
    if not count:
        return ""
    number = "" if abs(count) == 1 else abs(count)
    return f"\x1b[{number}{forwards if count > 0 else backwards}"
