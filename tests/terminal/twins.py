"""What a screen must show: the rows of the headless application, after the same keys and sizes."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rich.cells import split_graphemes

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load_path
from briefing_tui.driver.capabilities import Terminal
from briefing_tui.settings.options import Settings
from tests.pilot.driving import reading
from tests.sessions import Opening

Size = tuple[int, int]
PANES = "1234"
"""The keys of the four panes."""


class Cluster(NamedTuple):
    """Characters that a screen shows in one place."""

    x: int
    """Its column, from 0."""
    width: int
    """Columns that it takes."""
    text: str


class Twin(NamedTuple):
    """One screen as the application means it."""

    size: Size
    pane: str
    """The key that led there."""
    lines: tuple[str, ...]
    """Its rows, without spaces at their ends."""


@cache
def twins(
    path: Path, terminal: Terminal, sizes: tuple[Size, ...], panes: str = PANES
) -> tuple[Twin, ...]:
    """Every pane of a briefing in the first size, then in the next, each reached from the last."""
    return asyncio.run(_twins(load_path(path), terminal, sizes, panes))


async def _twins(
    document: Document, terminal: Terminal, sizes: tuple[Size, ...], panes: str
) -> tuple[Twin, ...]:
    found = []
    async with reading(document, sizes[0], Settings(), Opening(terminal)) as reader:
        for size in sizes:
            if size != sizes[0]:
                await reader.resize(*size)
            for key in panes:
                await reader.press(key)
                found.append(Twin(size, key, tuple(line.rstrip() for line in reader.lines)))
    return tuple(found)


def clusters(line: str) -> list[Cluster]:
    """The clusters of a row, as the application measures them."""
    found: list[Cluster] = []
    x = 0
    for start, end, width in split_graphemes(line)[0]:
        found.append(Cluster(x, width, line[start:end]))
        x += width
    return found


def unlike(wanted: Iterable[str], shown: Iterable[str]) -> str:
    """The rows in which two screens differ; nothing if none does."""
    pairs = zip(map(composed, wanted), map(composed, shown), strict=True)
    return "\n".join(
        f"row {number}:\n  {one}\n  {other}"
        for number, (one, other) in enumerate(pairs, 1)
        if one != other
    )


def composed(text: str) -> str:
    """A text whose marks have become one with their letters, as emulators keep them."""
    return unicodedata.normalize("NFC", text)


def variables(environ: Mapping[str, str | None]) -> str:
    """Changes of the environment as the beginning of a command line."""
    unset = [f"-u {name}" for name, value in environ.items() if value is None]
    given = [f"{name}={value}" for name, value in environ.items() if value is not None]
    return " ".join(["env", *unset, *given])
