"""Moves the position and annotations of a briefing whose file was renamed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.storage import positions
from briefing_tui.storage.atomic_write import locked
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.paths import own_sidecar, read_state_file


def relocate(directories: Directories, former: str, identity: str, *, sidecars: bool) -> None:
    """Merge the stored data of a briefing's former identity into that of its new one.

    Data that cannot be read or written stays where it is. A sidecar next to a file is not touched:
    it is renamed with the file.
    """
    positions.move(directories.state, former, identity)
    with contextlib.suppress(OSError):
        state = directories.state
        read_state.move(read_state_file(state, former), read_state_file(state, identity))
    data = directories.data
    if sidecars and data is not None:
        _move_sidecar(data, own_sidecar(data, Path(former).stem, former), identity)


def _move_sidecar(data: Path, source: Path, identity: str) -> None:
    if not os.path.exists(source):
        return

    def merge(marks: sidecar.Sidecar) -> sidecar.Sidecar:
        merged = sidecar.parse(sidecar.dump(marks, {}) + sidecar.dump(moved, {}))
        return sidecar.with_subject(merged, identity)

    with contextlib.suppress(OSError, sidecar.SidecarError):
        moved = sidecar.read(source)
        sidecar.change(own_sidecar(data, Path(identity).stem, identity), merge, {}, private=True)
        with locked(source.parent):
            if sidecar.read(source) == moved:  # otherwise it is moved the next time
                source.unlink()
