"""The bundled briefing under one name: what was kept of it under its path is taken over.

It is called by a name of its own, which stays when the program is installed elsewhere; in libraries
it was called by its path once, as other files are.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from briefing_tui.annotations.paths import SUFFIX
from briefing_tui.annotations.relocation import carry, carry_marks
from briefing_tui.storage import positions


def take_over(*, sidecars: bool = True) -> None:
    """Join what is kept of the bundled briefing under its path with what is kept of it.

    What cannot be read or written stays where it is, for another time.

    Args:
        sidecars: Whether stars and notes may be written.
    """
    former = positions.bundled_path()
    carry(former, positions.BUNDLED, sidecars=sidecars)
    beside = Path(former + SUFFIX)
    if sidecars and _is_own(beside):
        carry_marks(beside, positions.BUNDLED)


def _is_own(path: Path) -> bool:
    """Whether a file is the reader's; what stands beside the program may be for others too."""
    with contextlib.suppress(OSError):
        return path.stat().st_uid == os.geteuid()
    return False
