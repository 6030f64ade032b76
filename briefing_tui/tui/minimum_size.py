"""The minimum size of the terminal."""

from __future__ import annotations

from textual.geometry import Size

MINIMUM_SIZE = Size(20, 5)
"""Columns and lines."""


def is_too_small(size: Size) -> bool:
    """Return whether a terminal is too small to read in."""
    return size.width < MINIMUM_SIZE.width or size.height < MINIMUM_SIZE.height
