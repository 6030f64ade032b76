"""A briefing together with its file: bytes in, and what is known of every value."""

from __future__ import annotations

import errno
import os
import stat
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

import msgspec

from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path, Place, Problem
from briefing_tui.briefing.provenance import parts

MAX_BYTES = 8 * 1024 * 1024
"""The largest file that is read."""


class Broken(msgspec.Struct, frozen=True):
    """An entry that could not be understood, and what it seems to be called."""

    place: Place
    label: str


class Origin(msgspec.Struct, frozen=True):
    """Where an entry of a dossier was read."""

    file: str
    """Path of the briefing."""
    title: str
    path: Path
    """Where in its file it stands."""


class Document(msgspec.Struct, frozen=True, dict=True):
    """A briefing together with all that is known of its file."""

    name: str
    """What messages call the file."""
    briefing: Briefing
    problems: tuple[Problem, ...]
    broken: tuple[Broken, ...]
    root: Any
    """The written values, for messages that point at one of them; nothing where all is well."""
    texts: dict[str, str] = {}
    """The attached texts of sources by their ids, each verified against its hash."""
    origins: dict[Path, tuple[Origin, ...]] = {}
    """Of a dossier: for the path of each entry the briefings that tell it."""
    left_out: tuple[str, ...] = ()
    """Of a dossier: what it was not made from, each in a line."""

    @cached_property
    def entries(self) -> tuple[msgspec.Struct, ...]:
        """Every entry of the briefing, outermost first."""
        return tuple(parts(self.briefing))

    def passage(self, source: str, at: str | None) -> str | None:
        """The words of a cited passage, where the text of its source is attached."""
        known = self.briefing.sources.get(source)
        text = self.texts.get(source)
        if text is None or at is None or known is None or known.text is None:
            return None
        span = known.text.passages.get(at)
        return text[span.start : span.end] if span else None

    def at(self, path: Path) -> Place:
        """The line and column of a value, or of what should hold it."""
        from briefing_tui.briefing.tree import find

        node = find(self.root, path)
        return Place(path, node.line, node.column)

    def at_key(self, path: Path) -> Place:
        """The line and column of the key that stands before a value."""
        from briefing_tui.briefing.tree import Mapping, find

        table = find(self.root, path[:-1])
        keys = table.keys if isinstance(table, Mapping) else {}
        node = keys.get(str(path[-1]), table)
        return Place(path, node.line, node.column)


def digest(data: bytes) -> bytes:
    """Return the hash by which the index and read state recognise the bytes of a file."""
    import hashlib  # the first frame does without it

    return hashlib.blake2b(data, digest_size=16).digest()


def read_bytes(path: FilePath, most: int = MAX_BYTES, *, piped: bool = False) -> bytes:
    """The bytes of a file, or one more than ``most``, which shows that it is too large.

    Args:
        path: The file.
        most: How many bytes it may have.
        piped: Whether a pipe or a device will do, which may never give what is waited for.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb", opener=None if piped else _at_once) as file:
        if not piped and not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "Not a regular file", str(path))
        return file.read(most + 1)


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for whoever writes into a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)
