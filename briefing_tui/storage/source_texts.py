"""Private copies of the texts that briefings were written from.

They are named by the hash of their bytes, so that every briefing which cites a text finds it, and
kept for their owner alone, in the platform's data directory: an article is its publisher's, and no
part of a project.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.model import Briefing, SourceText

if TYPE_CHECKING:
    from briefing_tui.briefing.source_verification import Comparison


class StoreError(Exception):
    """A copy that cannot be kept or removed; the message says where and why."""


class Attached(NamedTuple):
    """The texts there are for a briefing, and the files that were given for one and are not it."""

    texts: dict[str, str]
    others: dict[str, Comparison]


def attached(directory: Path | None, briefing: Briefing, given: Mapping[str, bytes]) -> Attached:
    """The texts of a briefing's sources: those given for this once, and else those kept.

    Raises:
        NoTextError: a file that was given is no text.
    """
    known = {name: one.text for name, one in briefing.sources.items() if one.text is not None}
    compared = _compared(given, known)
    kept = texts_for(directory, briefing) if len(known) > len(compared) else {}
    texts = {name: text for name, text in kept.items() if name not in compared}
    texts |= {name: one.text for name, one in compared.items() if one.is_same}
    return Attached(texts, {name: one for name, one in compared.items() if not one.is_same})


def _compared(given: Mapping[str, bytes], known: Mapping[str, SourceText]) -> dict[str, Comparison]:
    if not given:
        return {}
    from briefing_tui.briefing.source_verification import compare

    return {name: compare(data, known[name]) for name, data in given.items() if name in known}


def texts_for(directory: Path | None, briefing: Briefing) -> dict[str, str]:
    """The kept texts of a briefing's sources, by their ids.

    A copy whose bytes are no longer those that its name says is left out.
    """
    if directory is None:
        return {}
    known = {name: one.text for name, one in briefing.sources.items() if one.text is not None}
    found = ((name, _text(directory, text.sha256)) for name, text in known.items())
    return {name: text for name, text in found if text is not None}


def is_kept(directory: Path | None, sha256: str) -> bool:
    """Whether there is a copy, sound or damaged, under a hash."""
    return directory is not None and _path(directory, sha256).exists()


def attach(directory: Path | None, data: bytes) -> Path:
    """Keep a copy of a text, and tell where.

    Raises:
        StoreError: it cannot be kept.
    """
    if directory is None:
        raise StoreError("BRIEFING_TUI_TEXTS is empty, so nothing is kept; name a directory in it")
    from briefing_tui.briefing.source_verification import digest
    from briefing_tui.storage.atomic_write import replace

    path = _path(directory, digest(data))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.chmod(0o700)  # it may be older than this program, or than its user's caution
        replace(path, data)
    except OSError as error:
        raise StoreError(f"{error.filename or directory}: {error.strerror}") from error
    return path


def detach(directory: Path | None, sha256: str) -> bool:
    """Remove a copy, and tell whether there was one.

    Raises:
        StoreError: it cannot be removed.
    """
    if directory is None:
        return False
    try:
        _path(directory, sha256).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"{error.filename}: {error.strerror}") from error
    return True


def _path(directory: Path, sha256: str) -> Path:
    return directory / f"{sha256}.txt"


def _text(directory: Path, sha256: str) -> str | None:
    try:
        data = read_bytes(_path(directory, sha256))
    except OSError:
        return None
    from briefing_tui.briefing.source_verification import NoTextError, decode, digest

    with contextlib.suppress(NoTextError):
        if digest(data) == sha256:
            return decode(data)
    return None
