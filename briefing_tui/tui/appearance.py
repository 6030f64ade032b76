"""How the reader looks on a terminal: theme, highlight and characters, as set or as it can show."""

from __future__ import annotations

from briefing_tui.driver.capabilities import Terminal
from briefing_tui.settings import THEMES, Settings
from briefing_tui.tui.strips import InAscii

ChosenTheme = tuple[str, str]
"""A theme that the reader chose, and the one in place of which it counts; or empty names."""


def first_theme(settings: Settings, terminal: Terminal | None) -> str:
    """Return the theme to begin with: the one that is set, or one that is legible."""
    if settings.theme != "auto":
        return settings.theme
    return terminal.theme if terminal else "dark"


def chosen_theme(chosen: ChosenTheme, first: str) -> str:
    """Return the theme that the reader chose before in place of the first, or that one."""
    theme, instead_of = chosen
    return theme if theme in THEMES and instead_of == first else first


def theme_after(chosen: ChosenTheme, first: str, theme: str) -> ChosenTheme:
    """Return the choice to remember, of this session or for other terminals."""
    if theme != first:
        return theme, first
    return ("", "") if chosen[1] == first else chosen


def tints(settings: Settings, terminal: Terminal | None) -> bool:
    """Return whether the highlighted row has a background, for which all of it is sent."""
    if settings.highlight != "auto":
        return settings.highlight == "row"
    return terminal is None or not terminal.remote


def spelling(settings: Settings, terminal: Terminal | None) -> list[InAscii]:
    """Return the filters that spell lines in characters that the terminal has."""
    signs = terminal.signs if terminal else True
    if not (settings.ascii if settings.ascii is not None else not signs):
        return []
    return [InAscii(letters=terminal.utf8 if terminal else True)]
