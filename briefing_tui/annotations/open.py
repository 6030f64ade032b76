"""Opens the annotations of a briefing."""

from __future__ import annotations

from pathlib import Path

from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import all_read
from briefing_tui.annotations.store import Annotations
from briefing_tui.briefing.document import digest
from briefing_tui.settings import Settings
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.paths import read_state_file, sidecar_file
from briefing_tui.views.scene import Scene


def annotations_of(
    directories: Directories,
    file: str | None,
    identity: str,
    settings: Settings,
    scene: Scene,
    data: bytes = b"",
) -> Annotations:
    """Open the annotations of a briefing where the settings say they are stored.

    Lists of a library recognize the content by a hash of ``data``, the bytes of the file.
    """
    path = None
    if settings.files:
        is_beside = settings.marks == "beside"
        path = sidecar_file(directories.data, file, identity, beside=is_beside)
    is_beside = path is not None and path.parent == Path(file or "").resolve().parent
    return Annotations(
        scene,
        path,
        read_state_file(directories.state, identity),
        "" if is_beside else identity,
        digest(data).hex() if data else "",
        directories.state,
    )


def diff_annotations(scene: Scene, former: Scene) -> Annotations:
    """Return annotations for one session in which all of another version is read."""
    return Annotations(scene, state=all_read(anchors(former)))
