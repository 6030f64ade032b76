"""Theme, highlight and characters: as configured, or as the terminal supports."""

from __future__ import annotations

from briefing_tui.driver.capabilities import Terminal
from briefing_tui.settings.options import THEMES, Settings
from briefing_tui.tui.strips import AsciiFilter
from briefing_tui.views import glyphs

ChosenTheme = tuple[str, str]
"""A theme that the reader chose, and the one that it replaces; empty names if none."""


def first_theme(settings: Settings, terminal: Terminal | None) -> str:
    """Return the theme to begin with: as configured, or one that is legible."""
    if settings.theme != "auto":
        return settings.theme
    return terminal.theme if terminal else "dark"


def chosen_theme(chosen: ChosenTheme, first: str) -> str:
    """Return the theme that the reader chose to replace the first, or the first."""
    theme, replaced = chosen
    return theme if theme in THEMES and replaced == first else first


def theme_after(chosen: ChosenTheme, first: str, theme: str) -> ChosenTheme:
    """Return the choice to save: that of this session, or one that replaces another theme."""
    if theme != first:
        return theme, first
    return ("", "") if chosen[1] == first else chosen


def has_row_background(settings: Settings, terminal: Terminal | None) -> bool:
    """Return whether the highlighted row has a background, which sends more to the terminal."""
    if settings.highlight != "auto":
        return settings.highlight == "row"
    return terminal is None or not terminal.remote


def sample(settings: Settings, terminal: Terminal | None) -> str:
    """Return signs of ambiguous width (UAX 11) to measure; empty if the characters are settled."""
    is_settled = settings.ascii is not None or terminal is None or not terminal.signs
    return "" if is_settled else f"{glyphs.RULE}{glyphs.OCCURRED}{glyphs.DASH}"


def character_filters(settings: Settings, terminal: Terminal | None) -> list[AsciiFilter]:
    """Return the filters that replace characters which the terminal lacks."""
    signs = terminal.signs if terminal else True
    if not (settings.ascii if settings.ascii is not None else not signs):
        return []
    return [AsciiFilter(letters=terminal.utf8 if terminal else True)]
