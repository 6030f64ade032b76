"""How much room there must be for anything to be read."""

from __future__ import annotations

from textual.geometry import Size

LEAST = Size(20, 5)
"""Columns and lines."""


def is_too_small(size: Size) -> bool:
    """Whether nothing can be read in a terminal of that size."""
    return size.width < LEAST.width or size.height < LEAST.height
