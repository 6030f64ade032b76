"""The reading status of the briefings of a library.

The record of a briefing has the hash of the content that was counted last. If the index has
another hash, the briefing is read and counted again, and the count is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import ReadingStatus, reading_status
from briefing_tui.annotations.sidecar import SidecarError
from briefing_tui.briefing.document import digest, read_bytes
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.document_cache import open_document
from briefing_tui.storage.per_briefing_files import AnnotationFiles
from briefing_tui.views.query_facts import unfiltered_scene

T = TypeVar("T")


class UnreadSurvey:
    """The reading status of the briefings of a library."""

    def __init__(
        self, digests: Mapping[str, bytes], directories: Directories, *, sidecars: bool
    ) -> None:
        """Read the records and sidecars, without reading a briefing.

        ``digests`` are the hashes of the indexed contents, by path.
        """
        self.standings: dict[str, ReadingStatus] = {}
        """By path; briefings that were never opened or marked are left out."""
        self._changed: list[tuple[str, Path]] = []
        places = AnnotationFiles(directories.state, directories.data, sidecars=sidecars)
        self._cache = directories.cache
        for path, content in digests.items():
            self._read(path, content.hex(), *places.of(path))

    @property
    def is_stale(self) -> bool:
        """Whether some briefings changed since they were counted."""
        return bool(self._changed)

    def compare(self) -> Iterator[str]:
        """Count the unread entries of changed briefings again; yield the path of each."""
        for path, read_file in self._changed:
            try:
                data = read_bytes(Path(path))
                document_anchors = anchors(unfiltered_scene(open_document(self._cache, data, path)))
                unread = read_state.count_unread(read_file, digest(data).hex(), document_anchors)
            except (OSError, UnreadableFileError, ValueError):
                continue  # the list says what is wrong with it
            self.standings[path] = msgspec.structs.replace(self.standings[path], unread=unread)
            yield path

    def _read(self, path: str, content: str, read_file: Path | None, sidecars: list[Path]) -> None:
        if read_file is None and not sidecars:
            return
        record = readable(read_state.load_unread_count, read_file)
        is_current = record is not None and record.digest == content
        unread = record.unread if record and is_current else 0
        marks = (readable(sidecar.read, path) or {} for path in sidecars)
        self.standings[path] = reading_status(marks, opened=record is not None, unread=unread)
        if read_file and record and not is_current:
            self._changed.append((path, read_file))


def readable(read: Callable[[Path], T | None], path: Path | None) -> T | None:
    """Return a record of annotations; None if there is none or it cannot be read."""
    try:
        return read(path) if path is not None else None
    except (OSError, SidecarError):
        return None
