"""Drafts: notes that are not saved yet, and the file for those that cannot be saved."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from briefing_tui.annotations.anchors import Anchor
from briefing_tui.annotations.sidecar import Note
from briefing_tui.storage.atomic_write import replace
from briefing_tui.storage.file_permissions import make_private
from briefing_tui.views.labels import quantity


class Draft(msgspec.Struct, frozen=True):
    """A note that is being written."""

    anchor: Anchor
    """The entry as it was when the draft was begun."""
    notes: tuple[Note, ...]
    """The saved notes that the draft replaces."""
    unsaved: str = ""
    """The text, if saving it failed."""

    @property
    def saved(self) -> str:
        """The text of the saved notes, with blank lines between them."""
        return "\n\n".join(note.text for note in self.notes)

    @property
    def text(self) -> str:
        """The text to edit."""
        return self.unsaved or self.saved

    def others(self, notes: Sequence[Note], text: str) -> list[Note]:
        """Return the notes of an entry that neither the draft replaces nor ``text`` repeats."""
        replaced = {note.text for note in self.notes} | {text}
        return [note for note in notes if note.text not in replaced]

    def merged(self, notes: Sequence[Note], text: str) -> tuple[Note, ...]:
        """Return the notes of the entry after saving.

        Args:
            notes: The present notes of the entry. Those of another session stay.
            text: The new note; empty to remove the notes that the draft replaces.
        """
        new = [Note(text, self.anchor.hash)] if text else []
        return tuple(sorted([*self.others(notes, text), *new]))


def rescue(drafts: Sequence[Draft], title: str, directory: Path | None) -> str:
    """Save notes that cannot be saved as marks in a text file.

    Returns:
        A message with the path of the file, or with the notes if no file can be created.
    """
    count = quantity(len(drafts), "note")
    anchored = ((draft.anchor, draft.unsaved) for draft in drafts)
    notes = "\n".join(f"[{anchor.key}] {anchor.label}\n{text}\n" for anchor, text in anchored)
    if directory is not None:
        path = directory / f"unsaved-notes-{os.urandom(4).hex()}.txt"
        text = f"Unsaved notes on: {title}\n\n{notes}"
        with contextlib.suppress(OSError):
            make_private(directory)
            replace(path, text.encode(errors="backslashreplace"), sync=True)
            return f"{count} could not be saved as marks; the text is in {path}"
    return f"{count} could not be saved:\n{notes}".rstrip()
