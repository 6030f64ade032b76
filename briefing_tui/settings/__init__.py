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

__all__ = [
    "HIGHLIGHTS",
    "OPTIONS",
    "THEMES",
    "Found",
    "Option",
    "Settings",
    "SettingsError",
    "line_of",
    "load_settings",
    "resolve",
    "settings_of",
]
