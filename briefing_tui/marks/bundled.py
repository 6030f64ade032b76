"""The bundled briefing under one name: what was kept of it under its path is taken over.

It is called by a name of its own, which stays when the program is installed elsewhere; in libraries
it was called by its path once, as other files are.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from briefing_tui import state
from briefing_tui.marks.places import SUFFIX, data_dir, own_sidecar, seen_file


def take_over(*, sidecars: bool = True) -> None:
    """Join what is kept of the bundled briefing under its path with what is kept of it.

    What cannot be read or written stays where it is, for another time.

    Args:
        sidecars: Whether stars and notes may be written.
    """
    former = state.bundled_path()
    state.take_over_bundled()
    with contextlib.suppress(OSError):
        _take_over_read(former)
    data = data_dir()
    if sidecars and data is not None:
        _take_over_marks(own_sidecar(data, Path(former).stem, former))
        beside = Path(former + SUFFIX)
        if _is_own(beside):
            _take_over_marks(beside)


def _is_own(path: Path) -> bool:
    """Whether a file is the reader's; what stands beside the program may be for others too."""
    with contextlib.suppress(OSError):
        return path.stat().st_uid == os.geteuid()
    return False


def _take_over_read(former: str) -> None:
    """Let what was read under either name be read; of two versions of an entry, the later."""
    old, new = seen_file(former), seen_file(state.BUNDLED)
    if old is None or new is None or not old.exists():
        return
    from briefing_tui.marks import seen, sidecar  # mostly there is nothing to take over
    from briefing_tui.replacing import locked

    with locked(old.parent):
        there = [one for one in (old, new) if one.exists()]
        known = [seen.recall(one) for one in sorted(there, key=lambda one: one.stat().st_mtime)]
        joined = seen.Seen()
        for one in known:
            if one is None:
                return  # damaged, or of a later version
            joined.entries.update(one.entries)
            joined.jumps.update(one.jumps)
        sidecar.replace(new, msgspec.json.encode(joined))
        old.unlink()


def _take_over_marks(old: Path) -> None:
    """Join stars and notes as those of two people are joined."""
    data = data_dir()
    if data is None or not old.exists():
        return
    from briefing_tui.marks import sidecar
    from briefing_tui.marks.notebook import OF

    def join(known: sidecar.Sidecar) -> sidecar.Sidecar:
        both = sidecar.parse(sidecar.dump(known, {}) + sidecar.dump(kept, {}))
        others = (line for line in both.pop("", sidecar.Marked()).others if not line.startswith(OF))
        return {"": sidecar.Marked(others=(f"{OF}{state.BUNDLED}", *others)), **both}

    with contextlib.suppress(OSError, sidecar.SidecarError):
        kept = sidecar.read(old)
        sidecar.change(own_sidecar(data, "", state.BUNDLED), join, {}, private=True)
        old.unlink()
