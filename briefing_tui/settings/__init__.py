"""Configuration: the options, and how a file, the environment and flags set them."""

from __future__ import annotations

from briefing_tui.settings.options import HIGHLIGHTS, OPTIONS, THEMES, Option, Settings
from briefing_tui.settings.resolution import (
    Configuration,
    ResolvedValue,
    SettingsError,
    line_of,
    resolve,
)

__all__ = [
    "HIGHLIGHTS",
    "OPTIONS",
    "THEMES",
    "Configuration",
    "Option",
    "ResolvedValue",
    "Settings",
    "SettingsError",
    "line_of",
    "resolve",
]
