"""Configuration: what a user may set, where it is set, and which of several settings counts."""

from __future__ import annotations

from briefing_tui.settings.options import HIGHLIGHTS, OPTIONS, THEMES, Option, Settings
from briefing_tui.settings.resolution import (
    Found,
    SettingsError,
    line_of,
    load_settings,
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
    "load_settings",
    "own_dir",
    "resolve",
    "settings_of",
]
