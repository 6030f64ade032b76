"""Changes of annotations on the entry of a row, each with the message for the reader."""

from __future__ import annotations

from briefing_tui.annotations.drafts import Draft
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.annotations.sidecar import SidecarError
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.views.mark_overlay import WITHDRAWN_PREFIX, entry_path, entry_paths
from briefing_tui.views.rows import Row

NO_ENTRY = "There is no entry to mark here"
NO_ROW = "There is no row to mark here"


def markable_path(annotations: Annotations, row: Row | None) -> EntryPath | None:
    """Return the path of the entry of a row; None if it has none that can be marked."""
    path = entry_path(row.entry) if row is not None else None
    return path if path is not None and annotations.can_mark(path) else None


def toggle_star(annotations: Annotations, path: EntryPath) -> str:
    """Star or unstar an entry, by what the file says, whatever is displayed."""
    was_starred = path in annotations.marks.stars
    try:
        is_starred = annotations.toggle_star(path)
    except SidecarError as error:
        return f"Not saved: {error}"
    if is_starred == was_starred:
        result = "Starred again" if is_starred else "Unstarred"
        return _message(annotations, f"{result}: another session had changed it")
    return _message(annotations, "Starred" if is_starred else "Unstarred")


def write_note(annotations: Annotations, draft: Draft, text: str) -> str:
    """Save the note on an entry, or remove it if the text is empty.

    Raises:
        SidecarError: it cannot be saved; the text is among the unsaved ones.
    """
    has_others = annotations.write_note(draft, text)
    result = "Noted" if text.strip() else "Note removed"
    others = "; a note of another session stays" if has_others else ""
    return _message(annotations, f"{result}{others}")


def mark_read(annotations: Annotations, row: Row) -> bool:
    """Mark all that a row shows as read; return whether any of it was unread."""
    were_unread = [annotations.mark_read(path) for path in entry_paths(row.entry)]
    was_removed = row.key.startswith(WITHDRAWN_PREFIX) and annotations.mark_removal_read(
        row.key.removeprefix(WITHDRAWN_PREFIX)
    )
    return any(were_unread) or was_removed


def _message(annotations: Annotations, result: str) -> str:
    return result if annotations.is_saved else f"{result}, for this session only"
