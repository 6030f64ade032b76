"""Actors and deals of briefings, joined as in a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefing_tui.briefing.model import Briefing
from briefing_tui.library.entity_resolution import Conflict, Named, Subject, entities_of, joined


class Appearance(NamedTuple):
    """An actor or deal in a file."""

    file: str
    named: Named


def subjects(appearances: Iterable[Appearance]) -> tuple[list[Subject], list[Conflict]]:
    """Join appearances."""
    files: dict[Named, dict[str, None]] = {}
    for file, named in appearances:
        files.setdefault(named, {})[file] = None
    return joined(files)


def subjects_of(briefings: Mapping[str, Briefing]) -> tuple[list[Subject], list[Conflict]]:
    """Join the actors and deals of briefings by their files."""
    return subjects(
        Appearance(file, named)
        for file, briefing in briefings.items()
        for named in entities_of(briefing)
    )
