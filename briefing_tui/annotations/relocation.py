"""What is kept of a briefing under a name that it had, for the one that it has now.

A file that was renamed, and the bundled briefing, which is called by a name of its own and was
called by its path once.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from briefing_tui.annotations.paths import own_sidecar, seen_file
from briefing_tui.storage import positions
from briefing_tui.storage.directories import Directories


def carry(directories: Directories, former: str, name: str, *, sidecars: bool = True) -> None:
    """Join what is kept of a briefing under one name with what is kept of it under another.

    What cannot be read or written stays where it is, for another time. A sidecar that stands beside
    a file belongs to whoever renames that.

    Args:
        directories: Where it is kept.
        former: What the briefing was called from one session to the next (`state.identity`).
        name: What it is called now.
        sidecars: Whether stars and notes may be written.
    """
    positions.take_over(directories.state, former, name)
    with contextlib.suppress(OSError):
        state = directories.state
        _carry_read(seen_file(state, former), seen_file(state, name))
    data = directories.data
    if sidecars and data is not None:
        carry_marks(data, own_sidecar(data, Path(former).stem, former), name)


def carry_marks(data: Path, old: Path, name: str) -> None:
    """Join the stars and notes of a sidecar with a briefing's, as those of two people are."""
    if not os.path.exists(old):
        return
    from briefing_tui.annotations import sidecar
    from briefing_tui.annotations.store import OF
    from briefing_tui.storage.atomic_write import locked

    def join(known: sidecar.Sidecar) -> sidecar.Sidecar:
        both = sidecar.parse(sidecar.dump(known, {}) + sidecar.dump(kept, {}))
        others = (line for line in both.pop("", sidecar.Marked()).others if not line.startswith(OF))
        return {"": sidecar.Marked(others=(f"{OF}{name}", *others)), **both}

    with contextlib.suppress(OSError, sidecar.SidecarError):
        kept = sidecar.read(old)
        sidecar.change(own_sidecar(data, Path(name).stem, name), join, {}, private=True)
        with locked(old.parent):
            if sidecar.read(old) == kept:  # what a session adds meanwhile is joined the next time
                old.unlink()


def _carry_read(old: Path | None, new: Path | None) -> None:
    """Let what was read under either name be read; of two versions of an entry, the later."""
    if old is None or new is None or not old.exists():
        return
    from briefing_tui.annotations import (
        read_state,  # mostly there is nothing to carry over
        sidecar,  # mostly there is nothing to carry over
    )
    from briefing_tui.storage.atomic_write import locked

    with locked(old.parent):
        there = [one for one in (old, new) if one.exists()]
        known = [
            read_state.recall(one) for one in sorted(there, key=lambda one: one.stat().st_mtime)
        ]
        joined = read_state.Seen()
        for one in filter(None, known):
            joined.entries.update(one.entries)
            joined.jumps.update(one.jumps)
        sidecar.replace(new, msgspec.json.encode(joined))
        old.unlink()
