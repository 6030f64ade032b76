"""What a reader has at hand beside one briefing: a library, and the way to open what is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from briefing_tui.briefing.document import Document
from briefing_tui.library.discovery import Roots
from briefing_tui.tui.resuming import Opening

if TYPE_CHECKING:
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.views.scene import Scene


class CannotReadError(Exception):
    """A briefing that cannot be opened; the message names it and says why."""


class Opened(NamedTuple):
    """A briefing of the library, read."""

    document: Document
    opening: Opening
    done: Callable[[], object] = lambda: None
    """Called once it was shown without a problem."""
    path: str = ""
    """Its file; empty where it has none, as dossiers."""
    subject: Subject | None = None
    """Of a dossier that leaves briefings out: whom it is about, with all briefings."""
    scene: Scene | None = None
    """As it is shown first, where that was made already."""


class Desk(NamedTuple):
    """A library, and what is needed to read it."""

    roots: Roots
    index_file: Path | None
    """Where the index is kept; nothing where nothing may be."""
    read: Callable[[str], Opened]
    """Reads the briefing of a path; raises `CannotReadError`."""
    saved: Mapping[str, str] = MappingProxyType({})
    """The user's saved queries by name."""
    follow: bool = False
    """Whether to look for changes on disk while it is open."""
    processes: int | None = None
    """Workers for indexing; as many as processors where it is left out."""
    sidecars: bool = True
    """Whether the reader's stars and notes may be read."""
