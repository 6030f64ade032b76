"""Dismissal of screens that a key can reach while another screen is above them."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

T = TypeVar("T")


def dismiss(screen: Screen[T], result: T | None = None) -> bool:
    """Close a screen with a result, unless it is closed already or covered; return whether it was.

    Textual would hand over the result of this screen, and close the one on top.
    """
    if screen.app.screen is not screen:
        return False
    screen.dismiss(result)
    return True
