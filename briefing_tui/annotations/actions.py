"""Changing marks by rows: what was done, in words, or why it was not kept."""

from __future__ import annotations

from collections.abc import Callable

from briefing_tui.annotations.sidecar import SidecarError
from briefing_tui.annotations.store import Notebook
from briefing_tui.briefing.problems import Path
from briefing_tui.views.annotations import GONE, path_of, paths_of
from briefing_tui.views.rows import Row

NOTHING = "There is no entry to mark here"
NO_ROW = "There is no row to mark here"


def markable(notebook: Notebook, row: Row | None) -> Path | None:
    """Where the entry of a row stands; nothing where there is none to mark."""
    path = path_of(row.entry) if row is not None else None
    return path if path is not None and notebook.knows(path) else None


def star(notebook: Notebook, path: Path) -> str:
    """Star an entry, or take its star away."""
    toggle = notebook.toggle_star
    return _told(notebook, lambda: "Starred" if toggle(path) else "Star taken away")


def note(notebook: Notebook, path: Path, text: str) -> str:
    """Set the note on an entry, or take it away where the text is empty."""

    def write() -> str:
        notebook.write_note(path, text)
        return "Noted" if text.strip() else "Note taken away"

    return _told(notebook, write)


def read(notebook: Notebook, row: Row) -> bool:
    """Count all that a row shows as read; whether any of it was not before."""
    found = [notebook.read(path) for path in paths_of(row.entry)]
    gone = row.key.startswith(GONE) and notebook.read_gone(row.key.removeprefix(GONE))
    return any(found) or gone


def _told(notebook: Notebook, change: Callable[[], str]) -> str:
    try:
        done = change()
    except SidecarError as error:
        return f"Not kept: {error}"
    return done if notebook.kept else f"{done}, for this session only"
