"""The difference between two versions of a row, as runs of text of one style."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import compress
from operator import is_not
from typing import NamedTuple

from rich.cells import get_character_cell_size

from briefing_tui.driver.capabilities import Capabilities
from briefing_tui.driver.cells import BLANK, Row, disputed_width
from briefing_tui.driver.sgr import DEFAULT, Style, blank_style

_ERASE_TO_END = "\x1b[K"
_MAX_GAP = 4
"""Unchanged cells that are rewritten rather than skipped: a cursor move takes as many bytes."""
_MIN_ERASED = 12
"""Cells that must differ before erasing them first is considered."""
_MOVE_BYTES = 5
"""Approximate bytes of a cursor move along a row."""


class Run(NamedTuple):
    """Text of one style on one row."""

    y: int
    x: int
    text: str
    style: Style
    end: int | None
    """The column of the cursor after the text; None if terminals differ in it."""
    blank: bool = False
    """Whether the text consists of blanks, so that only their background matters."""
    is_background: bool = False
    """Whether the run is drawn under the other runs of its row, all on the same background."""


def diff_row(y: int, old: Row, new: Row, has: Capabilities) -> tuple[list[Run], bool]:
    """Return the runs that turn a row into a different one, and whether their order matters.

    ``y`` is the number of the row; ``has`` says which sequences for erasing the terminal has.
    """
    not_identical = compress(range(len(new)), map(is_not, old, new))
    changed = [x for x in not_identical if old[x] != new[x]]
    tail = _blank_tail(new) if has.bce or new[-1].style == DEFAULT else len(new)
    texts = {new[x].text for x in changed}
    if not ("".join(texts).isascii() and "" not in texts) and any(map(_is_wide, texts)):
        return _wide_runs(y, old, new, changed[-1], tail)
    runs = _narrow_runs(y, new, changed, tail)
    if has.bce and len(changed) >= _MIN_ERASED:
        erasing = _runs_on_background(y, old, new, changed, tail, ech=has.ech)
        runs = min(runs, erasing or runs, key=_byte_count)
    return runs, False


def _runs_on_background(
    y: int, old: Row, new: Row, changed: list[int], tail: int, *, ech: bool
) -> list[Run] | None:
    """Return runs that erase a part of the row first, for a highlight that comes or goes.

    They are None if the background does not change, if there are several, or without ``ech``.
    """
    background = next((new[x] for x in changed if new[x].text == " "), BLANK)
    colour = background.style.background
    if background.style != Style(background=colour) or old[changed[0]].style.background == colour:
        return None
    start, end = changed[0], changed[-1] + 1
    if tail < len(new) and tail <= end and new[-1] == background:
        start, end, erase = min(start, tail), len(new), _ERASE_TO_END
    elif ech:
        erase = f"\x1b[{end - start}X"
    else:
        return None
    texts = _narrow_runs(y, new, [x for x in range(start, end) if new[x] != background], len(new))
    if any(run.style.background != colour for run in texts):
        return None
    return [Run(y, start, erase, background.style, start, blank=True, is_background=True), *texts]


def _byte_count(runs: list[Run]) -> int:
    return sum(_MOVE_BYTES + len(run.text.encode(errors="replace")) for run in runs)


def _narrow_runs(y: int, new: Row, changed: list[int], tail: int) -> list[Run]:
    """Return the runs of cells that every terminal draws one cell wide."""
    runs: list[Run] = []
    erasing: list[Run] = []
    first = bisect_left(changed, tail)
    if first < len(changed) and changed[-1] + 1 - changed[first] > len(_ERASE_TO_END):
        x = changed[first]
        erasing = [Run(y, x, _ERASE_TO_END, new[x].style, x, blank=True)]
        changed = changed[:first]
    start, end = -1, -_MAX_GAP - 1
    run_style = DEFAULT
    blank = False
    for x in changed:
        text, style = new[x]
        if x == end and style is run_style:
            blank = blank and text == " "
            end += 1
            continue
        shared = _shared_style(run_style, style, first_blank=blank, second_blank=text == " ")
        if shared and x - end <= _MAX_GAP and _can_rewrite(shared, new[end:x]):
            run_style, blank = shared, blank and text == " " and x == end
        else:
            runs += _run(y, new, start, end, run_style, blank=blank)
            start, run_style, blank = x, style, text == " "
        end = x + 1
    return [*runs, *_run(y, new, start, end, run_style, blank=blank), *erasing]


def _shared_style(
    first: Style, second: Style, *, first_blank: bool, second_blank: bool
) -> Style | None:
    """Return a style in which both of two texts can be written; None if there is none."""
    if first is second or first == second or (second_blank and blank_style(first) == second):
        return first
    return second if first_blank and blank_style(second) == first else None


def _run(y: int, new: Row, start: int, end: int, style: Style, *, blank: bool) -> list[Run]:
    """Return a range of cells as a run; an empty list if ``start`` is negative."""
    if start < 0:
        return []
    text = "".join([cell.text for cell in new[start:end]])
    # Terminals differ in where the cursor is after the last column.
    return [Run(y, start, text, style, end if end < len(new) else None, blank)]


def _can_rewrite(style: Style, cells: Row) -> bool:
    """Return whether cells can be rewritten in a style, at one byte each."""
    return all(
        blank_style(style) == cell.style
        if cell.text == " "
        else cell.style == style and cell.text.isascii() and bool(cell.text)
        for cell in cells
    )


def _wide_runs(y: int, old: Row, new: Row, last: int, tail: int) -> tuple[list[Run], bool]:
    """Return the runs of a row with wide clusters, and whether they must be written in order.

    A cluster on whose width terminals disagree may overwrite the cells after it, so these are
    written again.
    """
    width = len(new)
    runs: list[Run] = []
    ordered = False
    x = overwritten = 0
    while x < max(last + 1, min(overwritten, width)):
        end, disputed = _cluster_extent(new, x)
        if x >= overwritten and old[x:end] == new[x:end]:
            x = end
            continue
        if x >= tail and max(last + 1, overwritten) - x > len(_ERASE_TO_END):
            runs.append(Run(y, x, _ERASE_TO_END, new[x].style, x, blank=True))
            break
        if disputed:
            # Clear its cells first: a terminal that draws it narrower would leave old ones.
            blanks = " " * (end - x) + "\b" * (end - x) if end - x > 1 else ""
            text = "".join(cell.text for cell in new[x:end])
            runs.append(Run(y, x, blanks + text, new[x].style, None))
            overwritten = max(overwritten, x + disputed)
            ordered = True
        else:
            runs += _run(y, new, x, end, new[x].style, blank=new[x].text == " ")
        x = end
    return runs, ordered


@lru_cache(4096)
def _is_wide(text: str) -> bool:
    """Return whether a cell is a part of a cluster that takes, or may take, two cells or more."""
    return not text or get_character_cell_size(text[0]) != 1 or disputed_width(text) > 0


def _cluster_extent(row: Row, x: int) -> tuple[int, int]:
    """Return the end of the cluster at a column, and its disputed width.

    Adjacent clusters of disputed width count as one, as terminals may join them: flags, for one.
    """
    end, disputed = x, 0
    while end < len(row) and (end == x or (disputed and row[end].style == row[x].style)):
        width = disputed_width(row[end].text)
        if end > x and not width:
            break
        disputed += width
        end += 2 if end + 1 < len(row) and not row[end + 1].text else 1
    return end, disputed


def _blank_tail(row: Row) -> int:
    """Return the start of the blanks at the end of a row that erasing can draw."""
    last = row[-1]
    if last.text != " " or last.style != blank_style(Style(background=last.style.background)):
        return len(row)
    x = len(row)
    while x and row[x - 1] == last:
        x -= 1
    return x
