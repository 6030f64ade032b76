"""What a key brings: how many bytes, and when the last of them came."""

from __future__ import annotations

import time
from typing import NamedTuple

from tests.terminal.pty_program import Program

SETTLED = 0.25
"""Seconds without a byte after which nothing more is expected."""
_PATIENCE = 10.0
"""Seconds that the first byte may take; a key without any output counts as nothing after that."""


class Taken(NamedTuple):
    """What one action took."""

    size: float
    """Bytes."""
    time: float
    """Milliseconds until the last of them, or until the program had ended."""


def press(program: Program, keys: str) -> Taken:
    """Press keys, and wait for all that they bring."""
    start = time.perf_counter() - program.started
    program.type(keys)
    count = program.read(_PATIENCE)
    if not count:
        return Taken(0, 0.0)
    count += program.wait_quiet(SETTLED)
    return Taken(count, (program.chunks[-1].seconds - start) * 1000)
