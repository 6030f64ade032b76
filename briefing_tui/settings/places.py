"""Where the program finds what belongs to it: its configuration, and the briefings it brings."""

from __future__ import annotations

import os
from pathlib import Path

APP = "briefing-tui"


def config_file() -> Path:
    """The file that the configuration is read from; ``BRIEFING_TUI_CONFIG`` names another."""
    override = os.environ.get("BRIEFING_TUI_CONFIG")
    if override:
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path(APP) / "config.toml"


def content_dir() -> Path:
    """Where the bundled briefings are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def bundled() -> Path:
    """The briefing that opens where none is named."""
    return content_dir() / "india-russia-s400-2019.yaml"
