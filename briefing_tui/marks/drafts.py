"""Notes while they are written, and what they take the place of."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from briefing_tui.marks.anchors import Anchor
from briefing_tui.marks.sidecar import Note


class Draft(msgspec.Struct, frozen=True):
    """A note that a reader writes on an entry."""

    anchor: Anchor
    """The entry as it was when the reader began to write."""
    notes: tuple[Note, ...]
    """The saved notes that the reader saw then, and that the text takes the place of."""

    @property
    def saved(self) -> str:
        """The text of the saved notes; of several, one below the other."""
        return "\n\n".join(note.text for note in self.notes)

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
