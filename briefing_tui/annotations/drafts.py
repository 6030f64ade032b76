"""Notes while they are written: what they take the place of, and where they go if they must."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from briefing_tui.annotations.anchors import Anchor
from briefing_tui.annotations.sidecar import Note
from briefing_tui.storage.atomic_write import replace


class Draft(msgspec.Struct, frozen=True):
    """A note that a reader writes on an entry."""

    anchor: Anchor
    """The entry as it was when the reader began to write."""
    notes: tuple[Note, ...]
    """The saved notes that the reader saw then, and that the text takes the place of."""
    unsaved: str = ""
    """What the reader wrote, while it cannot be saved."""

    @property
    def saved(self) -> str:
        """The text of the saved notes; of several, one below the other."""
        return "\n\n".join(note.text for note in self.notes)

    @property
    def text(self) -> str:
        """The text to begin with."""
        return self.unsaved or self.saved

    def others(self, notes: Sequence[Note], text: str) -> list[Note]:
        """Return those of an entry's notes that neither the reader saw nor ``text`` says again."""
        seen = {note.text for note in self.notes} | {text}
        return [note for note in notes if note.text not in seen]

    def merged(self, notes: Sequence[Note], text: str) -> tuple[Note, ...]:
        """Return the notes of the entry once ``text`` is saved.

        Args:
            notes: The notes of the entry by now. Those of another session stay.
            text: Takes the place of the notes that the reader saw; empty removes them.
        """
        own = [Note(text, self.anchor.hash)] if text else []
        return tuple(sorted([*self.others(notes, text), *own]))


def rescue(drafts: Sequence[Draft], title: str, directory: Path | None) -> str:
    """Save unsaved notes in a file of their own.

    Args:
        drafts: The notes; at least one.
        title: Title of the briefing.
        directory: Where to create the file; ``None`` if no file may be created.

    Returns:
        A message with the path of the file, or with the notes if there is none.
    """
    count = f"{len(drafts)} note{'' if len(drafts) == 1 else 's'}"
    notes = "\n".join(
        f"[{draft.anchor.key}] {draft.anchor.label}\n{draft.unsaved}\n" for draft in drafts
    )
    if directory is not None:
        path = directory / f"unsaved-notes-{os.urandom(4).hex()}.txt"
        text = f"Unsaved notes on: {title}\n\n{notes}"
        with contextlib.suppress(OSError):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace(path, text.encode(errors="backslashreplace"), sync=True)
            return f"{count} could not be saved as marks; the text is in {path}"
    return f"{count} could not be saved:\n{notes}".rstrip()
