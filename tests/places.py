"""The directories that the environment of a test names."""

from __future__ import annotations

import os

from briefing_tui.storage.directories import Directories, directories_of


def directories() -> Directories:
    """The directories of the environment as it is now."""
    return directories_of(os.environ)
