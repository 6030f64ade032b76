"""Private copies of the texts that briefings were written from.

A copy is named by the hash of its bytes, so that every briefing that cites the text finds it. It is
readable by its owner alone, outside of any project, since an article belongs to its publisher.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.model import Briefing, SourceText
from briefing_tui.storage.atomic_write import replace

if TYPE_CHECKING:
    from briefing_tui.briefing.source_verification import Comparison


class StoreError(Exception):
    """A copy that cannot be saved or removed."""


class Attached(NamedTuple):
    """The texts of a briefing's sources, by the ids of these."""

    texts: dict[str, str]
    mismatches: dict[str, Comparison]
    """Files that were given for a source and are not its text."""


def attached(directory: Path | None, briefing: Briefing, files: Mapping[str, bytes]) -> Attached:
    """Return the texts of a briefing's sources.

    Args:
        directory: Where copies are stored; None if nowhere.
        briefing: The briefing.
        files: Contents of files to use instead of stored copies, by the ids of sources.

    Raises:
        NoTextError: one of the files is not a text.
    """
    described = _described_texts(briefing)
    compared: dict[str, Comparison] = {}
    if files:
        from briefing_tui.briefing.source_verification import compare

        compared = {
            name: compare(data, described[name])
            for name, data in files.items()
            if name in described
        }
    stored = texts_for(directory, briefing) if len(described) > len(compared) else {}
    texts = {name: text for name, text in stored.items() if name not in compared}
    texts |= {name: result.text for name, result in compared.items() if result.is_same}
    return Attached(
        texts, {name: result for name, result in compared.items() if not result.is_same}
    )


def texts_for(directory: Path | None, briefing: Briefing) -> dict[str, str]:
    """Return the stored texts of a briefing's sources, by their ids; damaged copies left out."""
    if directory is None:
        return {}
    described = _described_texts(briefing)
    texts = ((name, _text(directory, source.sha256)) for name, source in described.items())
    return {name: text for name, text in texts if text is not None}


def is_attached(directory: Path | None, sha256: str) -> bool:
    """Return whether there is a copy of a text, intact or damaged."""
    return directory is not None and _path(directory, sha256).exists()


def attach(directory: Path | None, data: bytes) -> Path:
    """Save a copy of a text; return its path.

    Raises:
        StoreError: it cannot be saved.
    """
    if directory is None:
        raise StoreError("BRIEFING_TUI_TEXTS is empty, so nothing is kept; name a directory in it")
    from briefing_tui.briefing.source_verification import digest

    path = _path(directory, digest(data))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.chmod(0o700)  # it may have been created by others, or by hand
        replace(path, data)
    except OSError as error:
        raise StoreError(f"{error.filename or directory}: {error.strerror}") from error
    return path


def detach(directory: Path | None, sha256: str) -> bool:
    """Remove the copy of a text; return whether there was one.

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


def _described_texts(briefing: Briefing) -> dict[str, SourceText]:
    return {
        name: source.text for name, source in briefing.sources.items() if source.text is not None
    }


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
