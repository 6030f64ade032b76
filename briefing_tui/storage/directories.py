"""Where the program finds what belongs to it: its configuration, what it brings, what it keeps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

APP = "briefing-tui"


def config_file() -> Path:
    """The file that the configuration is read from; ``BRIEFING_TUI_CONFIG`` names another."""
    override = os.environ.get("BRIEFING_TUI_CONFIG")
    if override:
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path(APP) / "config.toml"


def own_dir(kind: Literal["cache", "data", "state"]) -> Path | None:
    """The directory of what the program keeps, as the platform has it for each kind.

    ``BRIEFING_TUI_CACHE``, ``_DATA`` and ``_STATE`` name others, or, empty, none.
    """
    override = os.environ.get(f"BRIEFING_TUI_{kind.upper()}")
    if override is not None:
        return Path(override) if override else None
    import platformdirs

    ways = {
        "cache": platformdirs.user_cache_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }
    return ways[kind](APP)


def content_dir() -> Path:
    """Where the bundled briefings are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def bundled() -> Path:
    """The briefing that opens where none is named."""
    return content_dir() / "india-russia-s400-2019.yaml"
