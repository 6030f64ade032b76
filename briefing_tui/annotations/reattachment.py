"""The stored data of a briefing that is gone, to be attached to another file."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.annotations.anchors import Anchors, resolve_marks
from briefing_tui.annotations.read_state import Jump
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.storage import positions
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.per_briefing_files import read_state_file, sidecar_file
from briefing_tui.views.labels import quantity


class StoredData(msgspec.Struct, frozen=True):
    """The stored data of a briefing."""

    identity: str
    sidecars: dict[Path, Sidecar]
    jumps: dict[str, Jump]

    @classmethod
    def read(cls, directories: Directories, identity: str) -> StoredData:
        """Read the data of a briefing, in the data directory and beside it.

        Raises:
            OSError: the read state cannot be read.
            SidecarError: a sidecar cannot be read.
        """
        paths = (
            sidecar_file(directories.data, identity, identity, beside=beside)
            for beside in (False, True)
        )
        sidecars = {path: sidecar.read(path) for path in paths if path and path.is_file()}
        state = read_state.load(read_state_file(directories.state, identity))
        return cls(identity, sidecars, state.jumps if state is not None else {})

    @property
    def summary(self) -> str:
        """The numbers of marks."""
        marks = [each for found in self.sidecars.values() for each in found.values()]
        stars = quantity(sum(each.star is not None for each in marks), "star")
        notes = quantity(sum(len(each.notes) for each in marks), "note")
        return f"{stars}, {notes} and {quantity(len(self.jumps), 'jump mark')}"

    def missing_in(self, current: Anchors) -> int:
        """Return the number of marked entries that another briefing does not have."""
        marks = (each for found in self.sidecars.values() for each in resolve_marks(found, current))
        return sum(each.path is None for each in marks)

    def move(self, directories: Directories, file: str, identity: str, *, is_beside: bool) -> None:
        """Merge the data into those of another briefing.

        Raises:
            OSError: something cannot be read or written; the rest is where it was.
            SidecarError: likewise.
        """
        target = sidecar_file(directories.data, file, identity, beside=is_beside)
        is_next_to_it = target is not None and target.parent == Path(os.path.realpath(file)).parent
        for path in self.sidecars:
            if target is None:
                raise OSError("there is no directory for marks")
            sidecar.move(path, target, "" if is_next_to_it else identity)
        move_state(directories.state, self.identity, identity)


def move_state(directory: Path | None, former: str, identity: str) -> None:
    """Merge the read state and position of a former identity into those of another.

    Raises:
        OSError: a read state cannot be read or written; the position is where it was.
    """
    paths = read_state_file(directory, former), read_state_file(directory, identity)
    read_state.move(*paths, identity)
    positions.move(directory, former, identity)
