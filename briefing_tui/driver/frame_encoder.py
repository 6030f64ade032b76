"""The shortest bytes from one screen to another.

What differs is divided into runs, each of one style on one row, and the runs are put into whichever
order needs the fewest bytes: as they are read, or style by style. Rows that moved up or down
together are moved by the terminal. Erasing (EL, ECH) stands for blanks; repeating a character (REP)
stands for nothing, since many terminals that call themselves xterm do not know it.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing_tui.driver.cells import Rows
from briefing_tui.driver.screen_diff import Run, runs
from briefing_tui.driver.scroll_optimizer import scroll
from briefing_tui.driver.sgr import DEFAULT, Pen, on_blank, transition

_LONG_COLOUR = "38;2;"
"""Beside a change to such a colour any move of the cursor is short."""


class Brush:
    """Knows where the cursor is and which style is on, as far as can be known."""

    def __init__(self) -> None:
        self.pen = DEFAULT
        self.x: int | None = None
        self.y: int | None = None

    def clear(self, pen: Pen) -> str:
        """Begin with a screen of one colour, whatever the terminal showed and however it stood."""
        self.pen, self.x, self.y = pen, 0, 0
        return f"\x1b]8;;\x1b\\\x1b[m{transition(DEFAULT, pen)}\x1b[H\x1b[2J"

    def draw(self, shown: Rows, wanted: Rows, *, fills: bool) -> str:
        """Turn one screen into another, and take note of it in ``shown``.

        ``fills`` says whether erasing leaves the background of the style that is on, as xterm does,
        or of none.
        """
        moved = self._scroll(shown, wanted)
        found: list[Run] = []
        ordered = False
        for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
            if old != new:
                parts, unsure = runs(y, old, new, fills=fills)
                found += parts
                ordered = ordered or unsure
                shown[y] = new[:]
        if ordered:
            return moved + self._write(found)
        if any(run.pen.foreground.startswith(_LONG_COLOUR) for run in found):
            return moved + self._write(_by_style(found, self.pen))
        start = self.pen, self.x, self.y
        as_read = self._write(found)
        end = self.pen, self.x, self.y
        self.pen, self.x, self.y = start
        by_style = self._write(_by_style(found, self.pen))
        if len(by_style) < len(as_read):
            return moved + by_style
        self.pen, self.x, self.y = end
        return moved + as_read

    def _scroll(self, shown: Rows, wanted: Rows) -> str:
        found = scroll(shown, wanted)
        if found is None:
            return ""
        shown[:] = found.rows(shown)
        self.x = self.y = None  # in the corner for most terminals, but not for all
        return found.sequence()

    def finish(self, x: int, y: int) -> str:
        """Leave no link open for what others may write, and the cursor where it is wanted."""
        plain = Pen(*self.pen[:3])
        closing, self.pen = transition(self.pen, plain), plain
        return closing + (self._to(x, y) if (x, y) != (0, 0) else "")

    def _write(self, parts: Sequence[Run]) -> str:
        sent: list[str] = []
        for run in parts:
            sent.append(self._to(run.x, run.y))
            if not run.blank or on_blank(self.pen) != run.pen:
                sent.append(transition(self.pen, run.pen))
                self.pen = run.pen
            sent.append(run.text)
            self.x = run.end
        return "".join(sent)

    def _to(self, x: int, y: int) -> str:
        """Put the cursor on a cell."""
        before, line = self.x, self.y
        self.x, self.y = x, y
        if y == line and before is not None and x >= before:
            return _by(x - before, "C", "D")
        ways = [_address(x, y)]
        if y == line:
            ways += ["\r" + _by(x, "C", "D"), f"\x1b[{x + 1}G"]
            if before is not None:
                ways += [_by(x - before, "C", "D"), "\b" * (before - x)]
        elif line is not None and before == x:
            ways.append(_by(y - line, "B", "A"))
        elif line is not None and y == line + 1:
            ways.append("\r\n" + _by(x, "C", "D"))
        return min(ways, key=len)


def _by_style(parts: list[Run], pen: Pen) -> list[Run]:
    """Runs of one style together, each style followed by the one that takes least to get to.

    Where ground is made for others, the styles on one background follow each other.
    """
    grounds: dict[str, list[Run]] = {}
    groups: dict[Pen, list[Run]] = {}
    for run in parts:
        if run.first:
            grounds.setdefault(run.pen.background, []).append(run)
        else:
            groups.setdefault(run.pen, []).append(run)
    for ground in [one for one in groups if all(run.blank for run in groups[one])]:
        drawn = next((one for one in groups if one != ground and on_blank(one) == ground), None)
        if drawn is not None:
            blanks = [run._replace(pen=drawn) for run in groups.pop(ground)]
            groups[drawn] = sorted(groups[drawn] + blanks)
    found: list[Run] = []
    while groups:
        near = [one for one in groups if one.background == pen.background] if grounds else []
        pen = min(near or groups, key=lambda other: len(transition(pen, other)))
        for run in grounds.pop(pen.background, ()):
            found.append(run._replace(pen=pen) if on_blank(pen) == run.pen else run)
        found += groups.pop(pen)
    return found + [run for rest in grounds.values() for run in rest]


def _address(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _by(count: int, forwards: str, backwards: str) -> str:
    """A relative move."""
    if not count:
        return ""
    number = "" if abs(count) == 1 else abs(count)
    return f"\x1b[{number}{forwards if count > 0 else backwards}"
