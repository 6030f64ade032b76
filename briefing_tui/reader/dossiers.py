"""Finding the actor or deal of a row in the library, and bringing together what is told of it."""

from __future__ import annotations

import sqlite3

from briefing_tui.briefing.document import Document
from briefing_tui.library.dossier import dossier
from briefing_tui.library.identity import Subject, named, subjects
from briefing_tui.library.index import Index, LibraryError
from briefing_tui.views.rows import Link
from briefing_tui.views.scene import Scene

FAILURES = (LibraryError, sqlite3.Error, OSError)
"""What asking the index may raise."""

Members = frozenset[tuple[str, str]]
"""Files with the ids that they give to an actor or deal."""


def members_of(scene: Scene, link: Link) -> Members:
    """The ids by which briefings know what a link leads to, where the scene is of a dossier."""
    section, _, name = link.key.partition("/")
    origins = scene.document.origins.get((section, name), ())
    return frozenset((origin.file, str(origin.path[-1])) for origin in origins if origin.path)


def subjects_of(index: Index, members: Members, link: Link) -> list[Subject]:
    """The actors or deals of the library that a link may mean: by members, id, or name."""
    found = [one for one in subjects(index.appearances())[0] if one.kind == link.kind]
    own = [one for one in found if members & set(one.members)]
    return own or named(found, link.key.partition("/")[2]) or named(found, link.label)


def made(index: Index, subject: Subject) -> Document:
    """The dossier of an actor or deal, as a document."""
    return dossier(subject, index.briefing).document
