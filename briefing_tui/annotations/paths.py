"""Where marks and what was read are kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from briefing_tui.storage.positions import BUNDLED, bundled_path

SUFFIX = ".marks"
_READ = ".read.json"


def sidecar_of(
    directory: Path | None, file: str | None, identity: str, *, beside: bool
) -> Path | None:
    """The sidecar of a briefing; nothing where none can be kept.

    Args:
        directory: The reader's own data.
        file: Path of the briefing, ``-`` for standard input, or nothing for the bundled one.
        identity: What the briefing is called from one session to the next.
        beside: Whether it stands beside the briefing, where it has a file and is not bundled.
    """
    if beside and file is not None and file != "-" and identity != BUNDLED:
        return Path(os.path.realpath(file) + SUFFIX)
    if directory is None or file == "-":
        return None
    return own_sidecar(directory, Path(file).stem if file else "", identity)


def own_sidecar(directory: Path, stem: str, identity: str) -> Path:
    """The sidecar of a briefing in the user's data directory, called by the stem of its file."""
    stem = BUNDLED if identity == BUNDLED else re.sub(r"[^\w.-]", "_", stem)[:60]
    return directory / "marks" / f"{stem}-{_digest(identity)[:12]}{SUFFIX}"


def seen_file(directory: Path | None, identity: str) -> Path | None:
    """Return the file of the read state of a briefing; None if nothing is kept."""
    return directory / f"{_digest(identity)}{_READ}" if directory else None


class Places:
    """Where what is kept of the briefings of a library is, looked up once for all of them.

    Directories are listed, so that nothing is asked of the disk for a briefing that has no marks.
    """

    def __init__(self, state: Path | None, data: Path | None, *, sidecars: bool = True) -> None:
        """List what is kept now; without ``sidecars`` only what was read."""
        self._sidecars = sidecars
        self._bundled = bundled_path()
        self._state, data = state, data if sidecars else None
        self._seen = set(_names(self._state, _READ))
        kept = data / "marks" if data else None
        self._kept = {name.removesuffix(SUFFIX)[-12:]: name for name in _names(kept, SUFFIX)}
        self._kept_in = kept
        self._beside: dict[str, tuple[str, frozenset[str]]] = {}

    def of(self, file: str) -> tuple[Path | None, list[Path]]:
        """Where it is kept what was read of a briefing, and its sidecars; those that are there."""
        directory, name = os.path.split(file)
        if directory not in self._beside:
            real = os.path.realpath(directory)
            there = _names(Path(real), SUFFIX) if self._sidecars else ()
            self._beside[directory] = real, frozenset(there)
        real, beside = self._beside[directory]
        identity = os.path.join(real, name)
        if os.path.islink(identity):
            identity = os.path.realpath(identity)
            at = Path(identity + SUFFIX)
            sidecars = [at] if self._sidecars and os.path.exists(at) else []
        else:
            sidecars = [Path(identity + SUFFIX)] if name + SUFFIX in beside else []
        digest = _digest(BUNDLED if identity == self._bundled else identity)
        own = self._kept.get(digest[:12])
        if own is not None and self._kept_in is not None:
            sidecars.append(self._kept_in / own)
        read = f"{digest}{_READ}"
        return (self._state / read if self._state and read in self._seen else None), sidecars


def _names(directory: Path | None, suffix: str) -> Iterator[str]:
    """The names in a directory that end so; none where it cannot be listed."""
    if directory is not None:
        with contextlib.suppress(OSError), os.scandir(directory) as entries:
            yield from (one.name for one in entries if one.name.endswith(suffix))


def _digest(identity: str) -> str:
    return hashlib.sha256(os.fsencode(identity)).hexdigest()[:32]
