"""The text twin of a screen: its characters, then its styles, both to be read in a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from typing import NamedTuple

from rich.color import Color
from rich.style import Style
from textual.strip import Strip

_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike", "blink")
_SEEN_ON_BLANKS = {"underline", "reverse", "strike"}
RULE = "─" * 16


def twin(strips: Iterable[Strip], ground: Style) -> str:
    """One line for each row, then the runs of style of each row that has any.

    A run is named by its columns, counted from 0, and by its background or its ink, unless that is
    the screen's own: ``0-79 on #1f2a37``, ``12-40 #8d98a8 bold``.
    """
    rows = list(strips)
    ink, paper = _name(ground.color), f"on {_name(ground.bgcolor)}"
    styles = [
        f"{number:3} {' | '.join(runs)}"
        for number, strip in enumerate(rows, 1)
        if (runs := _row(list(_cells(strip)), ink, paper))
    ]
    lines = [strip.text.rstrip() for strip in rows]
    return "\n".join([*lines, RULE, f"ground {ink} {paper}", *styles]) + "\n"


class _Cell(NamedTuple):
    ink: str
    """Colour and attributes of the character; empty if it is invisible."""
    paper: str


def _cells(strip: Strip) -> Iterator[_Cell]:
    for segment in strip:
        style = segment.style or Style()
        attributes = [name for name in _ATTRIBUTES if getattr(style, name)]
        seen = segment.text.strip() or not _SEEN_ON_BLANKS.isdisjoint(attributes)
        ink = " ".join([_name(style.color), *attributes]) if seen else ""
        yield from repeat(_Cell(ink, f"on {_name(style.bgcolor)}"), segment.cell_length)


def _row(cells: list[_Cell], ink: str, paper: str) -> list[str]:
    papers = _runs(["" if cell.paper == paper else cell.paper for cell in cells])
    return [*papers, *_runs(["" if cell.ink == ink else cell.ink for cell in cells])]


def _runs(told: list[str]) -> Iterator[str]:
    start = 0
    for text, run in groupby(told):
        end = start + len(list(run))
        if text:
            yield f"{start}-{end - 1} {text}"
        start = end


def _name(color: Color | None) -> str:
    return color.name if color is not None else "default"
