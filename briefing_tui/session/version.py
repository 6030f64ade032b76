"""A new version of a briefing, after its file changed."""

from __future__ import annotations

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.session.location import scene_at
from briefing_tui.storage.positions import Position
from briefing_tui.views.scene import Scene, with_checks


class Version(msgspec.Struct, frozen=True):
    """The content of a file after it changed."""

    document: Document | None
    """The briefing, if it can be read."""
    error: str = ""
    """Why it cannot be read, with file and line."""
    is_there: bool = True
    """Whether the file exists; editors remove it for a moment."""

    def changes_since(self, old: Document) -> str:
        """Return a summary of the changes since an older version."""
        from briefing_tui.briefing.diff import (  # reads YAML; the first frame does not
            count_changes,
            diff,
        )

        assert self.document is not None
        counts = count_changes(diff(old.briefing, self.document.briefing))
        changes = [f"{number} {kind}" for kind, number in counts.items() if number]
        return ", ".join(changes) or "nothing changed in what it says"


def scene_of_version(scene: Scene, document: Document) -> Scene:
    """Return the scene of another version on the same day, with the part of the focus that remains.

    A reader on the date of the briefing stays on it, even if the date changed.
    """
    is_own = scene.as_of == scene.document.briefing.as_of.upper
    day = document.briefing.as_of.upper if is_own else scene.as_of
    focus = tuple(link.key for link in scene.focus)
    return with_checks(scene_at(document, day, Position(focus=focus)))
