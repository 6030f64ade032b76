"""Taking up another version of the briefing that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from briefing_tui.briefing.document import Document
from briefing_tui.storage.positions import Position
from briefing_tui.tui.resuming import scene_at
from briefing_tui.views.scene import Scene, checked


class Loaded(NamedTuple):
    """What a file holds since it changed."""

    document: Document | None
    """The briefing, where it can be read."""
    error: str = ""
    """Why it cannot be, with file and line."""
    there: bool = True
    """Whether there is a file that can be read at all; editors take it away for a moment."""


Look = Callable[[], Loaded | None]
"""Tells what a file holds if it changed since the last time, or why it cannot be read."""


def scene_after(scene: Scene, document: Document) -> Scene:
    """A scene of another version: on the same day, narrowed to what of the focus is still there.

    A reader on the briefing's own date goes with it.
    """
    own = scene.as_of == scene.document.briefing.as_of.upper
    focus = tuple(link.key for link in scene.focus)
    day = document.briefing.as_of.upper if own else scene.as_of
    return checked(scene_at(document, day, Position(focus=focus)))


def told(old: Document, new: Document) -> str:
    """How much another version differs, in words."""
    from briefing_tui.briefing.diff import diff, sums  # reads YAML; the first picture does not

    found = [
        f"{number} {kind}"
        for kind, number in sums(diff(old.briefing, new.briefing)).items()
        if number
    ]
    return ", ".join(found) or "nothing changed in what it says"
