"""Memoization for the most recent argument, which need not be hashable."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def memoize_last(
    function: Callable[[Argument], Result], same: Callable[[Argument, Argument], bool] = is_
) -> Callable[[Argument], Result]:
    """Wrap a pure function so that it returns its last result again for the same argument."""
    cache: tuple[Argument, Result] | None = None

    def memoized(argument: Argument) -> Result:
        nonlocal cache
        entry = cache
        if entry is None or not same(argument, entry[0]):
            cache = entry = argument, function(argument)
        return entry[1]

    return memoized
