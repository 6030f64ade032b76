"""A library and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from briefing_tui.library.discovery import Roots
from briefing_tui.storage.directories import NOWHERE, Directories


class Workspace(NamedTuple):
    """A library, and what is needed to list and search it."""

    roots: Roots
    index_file: Path | None
    """The file of the index; None if nothing may be kept."""
    saved: Mapping[str, str] = MappingProxyType({})
    follow: bool = False
    """Whether to look for changes on disk while it is open."""
    processes: int | None = None
    """Workers for indexing; as many as processors if left out."""
    directories: Directories = NOWHERE
    sidecars: bool = True
