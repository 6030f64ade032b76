"""Configuration: the options, and how a file, the environment and flags set them."""

from __future__ import annotations

from briefing_tui.settings.options import HIGHLIGHTS, OPTIONS, THEMES, Option, Settings
from briefing_tui.settings.resolution import (
    Found,
    SettingsError,
    line_of,
    resolve,
    settings_of,
)
from briefing_tui.storage.directories import bundled, config_file, content_dir, own_dir

__all__ = [
    "HIGHLIGHTS",
    "OPTIONS",
    "THEMES",
    "Found",
    "Option",
    "Settings",
    "SettingsError",
    "bundled",
    "config_file",
    "content_dir",
    "line_of",
    "own_dir",
    "resolve",
    "settings_of",
]
