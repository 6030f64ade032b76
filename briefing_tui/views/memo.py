"""Keeping what was made last, where the same is asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeVar

Of = TypeVar("Of")
Made = TypeVar("Made")


def kept(make: Callable[[Of], Made], same: Callable[[Of, Of], bool] = is_) -> Callable[[Of], Made]:
    """A function that does not make anew what it made last.

    Args:
        make: Makes something of a thing, and always the same.
        same: Whether the same would be made of two things.
    """
    last: tuple[Of, Made] | None = None

    def made(of: Of) -> Made:
        nonlocal last
        known = last
        if known is None or not same(of, known[0]):
            last = known = of, make(of)
        return known[1]

    return made
