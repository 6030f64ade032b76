"""Private copies of the texts that briefings were written from.

A copy is named by the hash of its bytes, so that every briefing that cites the text finds it. It is
readable by its owner alone, outside of any project, since an article belongs to its publisher.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import ExpectedError
from briefing_tui.storage.atomic_write import replace
from briefing_tui.storage.file_permissions import make_private

if TYPE_CHECKING:
    from briefing_tui.briefing.source_verification import Comparison


class StoreError(ExpectedError):
    """A copy that cannot be saved or removed."""


def texts_for(
    directory: Path | None, briefing: Briefing, files: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, str]:
    """Return the texts of a briefing's sources by their ids; damaged and wrong ones left out.

    ``files`` are contents, by the ids of sources, that replace stored copies.

    Raises:
        NoTextError: one of the files is not a text.
    """
    compared = _comparisons(briefing, files)
    texts: dict[str, str | None] = {}
    for name, source in briefing.sources.items():
        if name in compared:
            texts[name] = compared[name].text if compared[name].is_same else None
        elif source.text is not None and directory is not None:
            # Their hash says what they are, so others may have written them.
            with contextlib.suppress(OSError, ValueError):
                data = read_bytes(_path(directory, source.text.sha256))
                texts[name] = _verified(data, source.text.sha256)
    return {name: text for name, text in texts.items() if text is not None}


def mismatches(briefing: Briefing, files: Mapping[str, bytes]) -> dict[str, Comparison]:
    """Return the comparisons of files that are not the text of their source, by its id.

    Raises:
        NoTextError: one of the files is not text.
    """
    compared = _comparisons(briefing, files)
    return {name: result for name, result in compared.items() if not result.is_same}


def _comparisons(briefing: Briefing, files: Mapping[str, bytes]) -> dict[str, Comparison]:
    if not files:
        return {}
    from briefing_tui.briefing.source_verification import compare

    texts = ((name, source.text) for name, source in briefing.sources.items() if name in files)
    return {name: compare(files[name], text) for name, text in texts if text is not None}


def is_attached(directory: Path | None, sha256: str) -> bool:
    """Return whether there is a copy of a text, intact or damaged."""
    return directory is not None and _path(directory, sha256).exists()


def attach(directory: Path | None, data: bytes) -> Path:
    """Save a copy of a text; return its path.

    Raises:
        StoreError: it cannot be saved.
    """
    if directory is None:
        raise StoreError("there is no directory for texts; name one in BRIEFING_TUI_TEXTS")
    from briefing_tui.briefing.source_verification import digest

    path = _path(directory, digest(data))
    try:
        make_private(directory)
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


def _path(directory: Path, sha256: str) -> Path:
    return directory / f"{sha256}.txt"


def _verified(data: bytes, sha256: str) -> str | None:
    """Return the text in a copy; None if it is damaged.

    Raises:
        NoTextError: it is not a text.
    """
    from briefing_tui.briefing.source_verification import decode, digest

    return decode(data) if digest(data) == sha256 else None
