"""The themes: each is a palette, for the styles of rows and for the widgets of Textual.

Text and background of ``dark`` and ``light`` have a contrast of at least 4.5 to 1 (WCAG 2.1,
success criterion 1.4.3), also in 256 colours. ``ansi`` uses the terminal's own colours and
background.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rich.style import Style
from textual.theme import Theme

from briefing_tui.settings.options import THEMES


class Palette(NamedTuple):
    """Colours by purpose; ``None`` is the default of the terminal."""

    background: str | None = None
    cursor: str | None = None
    text: str | None = None
    strong: str | None = None
    muted: str | None = None
    accent: str | None = None
    judged: str | None = None
    planned: str | None = None
    warning: str | None = None
    error: str | None = None
    rule: str | None = None
    match: str | None = None
    match_background: str | None = None


PALETTES: dict[str, Palette] = {
    "dark": Palette(
        background="#11151b",
        cursor="#1f2a37",
        text="#ccd3dd",
        strong="#f4f6fa",
        muted="#8d98a8",
        accent="#6fb7dc",
        judged="#c4a7e7",
        planned="#a7b6c8",
        warning="#e6b566",
        error="#f28b82",
        rule="#3b4757",
        match="#11151b",
        match_background="#e6b566",
    ),
    "light": Palette(
        background="#fbfaf6",
        cursor="#e3ebf1",
        text="#2a2f37",
        strong="#090b0e",
        muted="#5d6672",
        accent="#0b648d",
        judged="#6b4799",
        planned="#47525f",
        warning="#865100",
        error="#b3261e",
        rule="#bcc3ca",
        match="#090b0e",
        match_background="#ffd866",
    ),
    "none": Palette(),
    "ansi": Palette(
        accent="cyan",
        judged="magenta",
        warning="yellow",
        error="red",
        match="black",
        match_background="yellow",
    ),
}


@cache
def role_styles(theme: str) -> dict[str, Style]:
    """Return the style of every role of a span, with ``base`` and ``cursor`` below them."""
    palette = PALETTES.get(theme, PALETTES["dark"])
    dim = palette.muted is None
    return {
        "base": Style(color=palette.text, bgcolor=palette.background),
        "cursor": Style(bgcolor=palette.cursor, bold=True if palette.cursor is None else None),
        "text": Style(),
        "strong": Style(color=palette.strong, bold=True),
        "muted": Style(color=palette.muted, dim=dim or None),
        "accent": Style(color=palette.accent),
        "heading": Style(color=palette.accent, bold=True),
        "judged": Style(color=palette.judged, italic=True),
        "planned": Style(color=palette.planned),
        "warning": Style(color=palette.warning),
        "error": Style(color=palette.error),
        "rule": Style(color=palette.rule, dim=dim or None),
        "key": Style(color=palette.accent, bold=True),
        "match": Style(
            color=palette.match,
            bgcolor=palette.match_background,
            bold=True,
            reverse=palette.match is None or None,
        ),
    }


def theme_for(name: str, environ: Mapping[str, str]) -> str:
    """Return a theme, or the one without colours if ``NO_COLOR`` is set."""
    return "none" if environ.get("NO_COLOR") else name


def textual_theme(name: str) -> Theme:
    """Return the Textual theme of a palette, for widgets such as the command palette."""
    palette = PALETTES[name]
    is_ansi = palette.background is None

    def colour(value: str | None) -> str:
        if is_ansi:
            return f"ansi_{value or 'default'}"
        assert value is not None, "themes with a background set every colour"
        return value

    accent, background = colour(palette.accent), colour(palette.background)
    variables = {"block-cursor-text-style": "bold"}
    if is_ansi:
        variables |= {
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "block-cursor-foreground": "ansi_black" if palette.accent else "ansi_default",
            "block-cursor-background": accent,
            "border": accent,
            "border-blurred": "ansi_default",
            "input-cursor-text-style": "reverse",
        }
    return Theme(
        name=name,
        ansi=is_ansi,
        dark=name != "light",
        primary=accent,
        secondary=colour(palette.judged),
        accent=accent,
        warning=colour(palette.warning),
        error=colour(palette.error),
        success=accent,
        foreground=colour(palette.text),
        background=background,
        surface=background,
        panel=colour(palette.cursor),
        boost="ansi_default" if is_ansi else None,
        variables=variables,
    )


def next_theme(name: str) -> str:
    """Return the theme after another; the first follows the last."""
    index = THEMES.index(name) if name in THEMES else -1
    return THEMES[(index + 1) % len(THEMES)]
