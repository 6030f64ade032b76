"""Changing marks by rows: what was done, in words, or why it was not kept."""

from __future__ import annotations

from briefing_tui.annotations.drafts import Draft
from briefing_tui.annotations.sidecar import SidecarError
from briefing_tui.annotations.store import Notebook
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.annotations import WITHDRAWN_PREFIX, entry_path, entry_paths
from briefing_tui.views.rows import Row

NOTHING = "There is no entry to mark here"
NO_ROW = "There is no row to mark here"


def markable(notebook: Notebook, row: Row | None) -> EntryPath | None:
    """Where the entry of a row stands; nothing where there is none to mark."""
    path = entry_path(row.entry) if row is not None else None
    return path if path is not None and notebook.knows(path) else None


def star(notebook: Notebook, path: EntryPath) -> str:
    """Star an entry, or take its star away; the file decides which, whatever is shown."""
    was_shown = path in notebook.marks.stars
    try:
        starred = notebook.toggle_star(path)
    except SidecarError as error:
        return f"Not saved: {error}"
    if starred == was_shown:
        done = "Starred again" if starred else "Star taken away"
        return _said(notebook, f"{done}: another session had changed it")
    return _said(notebook, "Starred" if starred else "Star taken away")


def note(notebook: Notebook, draft: Draft, text: str) -> str:
    """Set the note on an entry, or take it away where the text is empty.

    Raises:
        SidecarError: it cannot be saved; the text is among the notebook's unsaved ones.
    """
    others = notebook.write_note(draft, text)
    done = "Noted" if text.strip() else "Note taken away"
    return _said(notebook, f"{done}; a note of another session stays" if others else done)


def read(notebook: Notebook, row: Row) -> bool:
    """Count all that a row shows as read; whether any of it was not before."""
    found = [notebook.read(path) for path in entry_paths(row.entry)]
    gone = row.key.startswith(WITHDRAWN_PREFIX) and notebook.read_gone(
        row.key.removeprefix(WITHDRAWN_PREFIX)
    )
    return any(found) or gone


def _said(notebook: Notebook, done: str) -> str:
    return done if notebook.kept else f"{done}, for this session only"
