"""What has to be written of a row, divided into runs of one style."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import compress
from operator import is_not
from typing import NamedTuple

from rich.cells import get_character_cell_size

from briefing_tui.driver.cells import Cell, Row, reach
from briefing_tui.driver.sgr import DEFAULT, Pen, on_blank

_ERASE_TO_END = "\x1b[K"
_WORTH_PASSING = 4
"""Cells that are written again rather than passed by a move, which takes as many bytes."""
_WORTH_GROUNDING = 12
"""Cells that must differ before it is asked whether to erase them first."""
_MOVE = 5
"""Bytes of a move of the cursor along a row, more or less."""


class Run(NamedTuple):
    """Text of one style on one row."""

    y: int
    x: int
    text: str
    pen: Pen
    end: int | None
    """The column of the cursor afterwards, or nothing where terminals differ in it."""
    blank: bool = False
    """Whether only the background of the style matters, as there is nothing but blanks."""
    first: bool = False
    """Whether it makes ground for other runs of its row, all of them on the same background."""


def runs(y: int, old: Row, new: Row, *, fills: bool) -> tuple[list[Run], bool]:
    """What has to be written of a row, and whether it has to be in this order.

    ``fills`` says whether erasing leaves the background of the style that is on.
    """
    others = compress(range(len(new)), map(is_not, old, new))
    changed = [x for x in others if old[x] != new[x]]
    tail = _tail(new) if fills or new[-1].pen == DEFAULT else len(new)
    texts = {new[x].text for x in changed}
    if "" in texts or not ("".join(texts).isascii() or not any(map(_is_special, texts))):
        return _careful(y, old, new, changed[-1], tail)
    found = _plain(y, new, changed, tail)
    if fills and len(changed) >= _WORTH_GROUNDING:
        ground = next((new[x] for x in changed if new[x].text == " "), None)
        # A row that is highlighted, or no longer, gets another background from end to end.
        if ground is not None and old[changed[0]].pen.background != ground.pen.background:
            found = _grounded(y, new, changed, tail, ground, found)
    return found, False


def _grounded(
    y: int, new: Row, changed: list[int], tail: int, ground: Cell, found: list[Run]
) -> list[Run]:
    """Runs on a part of a row that is erased first, if that takes fewer bytes than these."""
    if ground.pen != Pen(background=ground.pen.background):
        return found
    start, end = changed[0], changed[-1] + 1
    if tail < len(new) and tail <= end and new[-1] == ground:
        start, end, erase = min(start, tail), len(new), _ERASE_TO_END
    else:
        erase = f"\x1b[{end - start}X"
    others = [x for x in range(start, end) if new[x] != ground]
    over = _plain(y, new, others, len(new))
    if any(run.pen.background != ground.pen.background for run in over):
        return found
    grounded = [Run(y, start, erase, ground.pen, start, blank=True, first=True), *over]
    return min(found, grounded, key=_cost)


def _cost(parts: list[Run]) -> int:
    """Bytes that runs of a row take, but for changes of the style."""
    return sum(_MOVE + len(run.text.encode(errors="replace")) for run in parts)


def _plain(y: int, new: Row, changed: list[int], tail: int) -> list[Run]:
    """Runs of characters that every terminal draws in one cell."""
    found: list[Run] = []
    erased: list[Run] = []
    first = bisect_left(changed, tail)
    if first < len(changed) and changed[-1] + 1 - changed[first] > len(_ERASE_TO_END):
        x = changed[first]
        erased = [Run(y, x, _ERASE_TO_END, new[x].pen, x, blank=True)]
        changed = changed[:first]
    start, end = -1, -_WORTH_PASSING - 1
    pen = DEFAULT
    blank = False
    for x in changed:
        text, style = new[x]
        if x == end and style is pen:
            blank = blank and text == " "
            end += 1
            continue
        both: Pen | None = style
        if pen is not style:
            both = _both(pen, style, first_blank=blank, second_blank=text == " ")
        if both and x - end <= _WORTH_PASSING and (x == end or _passable(both, new[end:x])):
            pen, blank = both, blank and text == " " and x == end
        else:
            found += _run(y, new, start, end, pen, blank=blank)
            start, pen, blank = x, style, text == " "
        end = x + 1
    return [*found, *_run(y, new, start, end, pen, blank=blank), *erased]


def _both(first: Pen, second: Pen, *, first_blank: bool, second_blank: bool) -> Pen | None:
    """The style in which two texts can be written, if there is one."""
    if first is second or first == second or (second_blank and on_blank(first) == second):
        return first
    return second if first_blank and on_blank(second) == first else None


def _run(y: int, new: Row, start: int, end: int, pen: Pen, *, blank: bool) -> list[Run]:
    """Some cells as a run, if there are any."""
    if start < 0:
        return []
    text = "".join([cell.text for cell in new[start:end]])
    # Terminals differ in where the cursor is after the last column.
    return [Run(y, start, text, pen, end if end < len(new) else None, blank)]


def _passable(pen: Pen, cells: Row) -> bool:
    """Whether cells can be written again in a style, for a byte each."""
    return all(
        on_blank(pen) == cell.pen
        if cell.text == " "
        else cell.pen == pen and cell.text.isascii() and bool(cell.text)
        for cell in cells
    )


def _careful(y: int, old: Row, new: Row, last: int, tail: int) -> tuple[list[Run], bool]:
    """Runs where clusters are wide, or terminals disagree on how wide."""
    width = len(new)
    found: list[Run] = []
    ordered = False
    x = touched = 0
    while x < max(last + 1, min(touched, width)):
        end, unsure = _cluster(new, x)
        if x >= touched and old[x:end] == new[x:end]:
            x = end
            continue
        if x >= tail and max(last + 1, touched) - x > len(_ERASE_TO_END):
            found.append(Run(y, x, _ERASE_TO_END, new[x].pen, x, blank=True))
            break
        if unsure:
            # Where it is drawn in fewer cells, the others must not be stale.
            blanks = " " * (end - x) + "\b" * (end - x) if end - x > 1 else ""
            text = "".join(cell.text for cell in new[x:end])
            found.append(Run(y, x, blanks + text, new[x].pen, None))
            touched = max(touched, x + unsure)
            ordered = True
        else:
            (run,) = _run(y, new, x, end, new[x].pen, blank=new[x].text == " ")
            before = found[-1] if found else None
            if before is not None and before.end == x and before.pen == run.pen:
                text = found.pop().text + run.text
                run = Run(y, before.x, text, run.pen, run.end, before.blank and run.blank)
            found.append(run)
        x = end
    return found, ordered


@lru_cache(4096)
def _is_special(text: str) -> bool:
    """Whether a cluster takes two cells, is a half of such, or may take more than one."""
    return not text or get_character_cell_size(text[0]) != 1 or reach(text) > 0


def _cluster(row: Row, x: int) -> tuple[int, int]:
    """Where a cluster ends, and cells that terminals may give to it where they disagree.

    Adjacent clusters on which they disagree are one, as they may be drawn as one: flags are.
    """
    end, unsure = x, 0
    while end < len(row) and (end == x or (unsure and row[end].pen == row[x].pen)):
        reached = reach(row[end].text)
        if end > x and not reached:
            break
        unsure += reached
        end += 2 if end + 1 < len(row) and not row[end + 1].text else 1
    return end, unsure


def _tail(row: Row) -> int:
    """Where the blanks begin that end a row in one style; its length if there are none to erase."""
    end = row[-1]
    if end.text != " " or end.pen != on_blank(Pen(background=end.pen.background)):
        return len(row)
    x = len(row)
    while x and row[x - 1] == end:
        x -= 1
    return x
