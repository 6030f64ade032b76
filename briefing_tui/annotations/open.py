"""Opens the annotations of a briefing, where the configuration has them."""

from __future__ import annotations

from pathlib import Path

from briefing_tui.annotations.paths import seen_file, sidecar_of
from briefing_tui.annotations.store import Notebook
from briefing_tui.settings import Settings
from briefing_tui.storage.directories import Directories
from briefing_tui.views.scene import Scene


def annotations_of(
    directories: Directories,
    file: str | None,
    identity: str,
    settings: Settings,
    scene: Scene,
    data: bytes = b"",
) -> Notebook:
    """Open the annotations of a briefing.

    Args:
        directories: Where annotations and read state are kept.
        file: The briefing, as it was named.
        identity: What it is called from one session to the next.
        settings: Whether annotations may be kept, and where.
        scene: What is in it.
        data: The bytes of the file, if lists of a library are to recognise them.
    """
    path = None
    if settings.files:
        is_beside = settings.marks == "beside"
        path = sidecar_of(directories.data, file, identity, beside=is_beside)
    is_beside = path is not None and path.parent == Path(file or "").resolve().parent
    digest = ""
    if data:
        from briefing_tui.briefing.document import digest as digest_of

        digest = digest_of(data).hex()
    read_state = seen_file(directories.state, identity)
    of = "" if is_beside else identity
    return Notebook(scene, path, read_state, of, digest, directories.state)
