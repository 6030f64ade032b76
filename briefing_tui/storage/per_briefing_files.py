"""File names of what the program stores for each briefing: position, read state and sidecar.

A file is named by the hash of the briefing's identity: sessions that read different briefings
never touch the same file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path, PurePath

from briefing_tui.briefing.document import digest, read_bytes
from briefing_tui.storage.directories import bundled

BUNDLED = "bundled"
"""Identity of the bundled briefing, wherever it is installed."""
SIDECAR_SUFFIX = ".marks"
_READ_STATE_SUFFIX = ".read.json"
_OWN_SIDECAR = re.compile(rf"-[0-9a-f]{{12}}{re.escape(SIDECAR_SUFFIX)}\Z")


def identity(file: str | None, title: str) -> str:
    """Return the name of a briefing that stays the same when its content changes.

    The title alone identifies what came through standard input, ``-``; without a file, the
    briefing is the bundled one.
    """
    if file is None:
        return BUNDLED
    if file == "-":
        return f"input: {title}"
    path = os.path.realpath(file)
    return BUNDLED if path == os.path.realpath(bundled()) else path


def is_lost(identity: str) -> bool:
    """Return whether an identity is a path where there is nothing now."""
    return os.path.isabs(identity) and not os.path.lexists(identity)


def has_content(identity: str, digest_of_content: str) -> bool:
    """Return whether a briefing is where it was, with a content; so it is if in doubt."""
    path = bundled() if identity == BUNDLED else Path(identity)
    try:
        return digest(read_bytes(path)).hex() == digest_of_content
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True


def most_alike(paths: Iterable[str], path: str) -> list[str]:
    """Return the paths that are most like another: a directory above them may have moved.

    The number of equal parts at the end counts, then that of different ones in the middle.
    """

    def likeness(other: str) -> tuple[int, int]:
        one, two = (list(PurePath(name).parts) for name in (path, other))
        ends = sum(1 for _ in takewhile(_are_equal, zip(one[::-1], two[::-1], strict=False)))
        begins = sum(1 for _ in takewhile(_are_equal, zip(one, two, strict=False)))
        return ends, 2 * (ends + begins) - len(one) - len(two)

    by_likeness: dict[tuple[int, int], list[str]] = {}
    for other in paths:
        by_likeness.setdefault(likeness(other), []).append(other)
    return by_likeness[max(by_likeness)] if by_likeness else []


def _are_equal(parts: tuple[str, str]) -> bool:
    return parts[0] == parts[1]


def position_file(directory: Path | None, identity: str) -> Path | None:
    """Return the file of the position in a briefing; None if nothing is stored."""
    return directory / f"{_digest(identity)}.json" if directory else None


def position_files(directory: Path | None) -> Iterator[Path]:
    """Return the files of all positions."""
    return directory.glob(f"{'[0-9a-f]' * 32}.json") if directory else iter(())


def read_state_file(directory: Path | None, identity: str) -> Path | None:
    """Return the file of the read state of a briefing; None if nothing is stored."""
    return directory / f"{_digest(identity)}{_READ_STATE_SUFFIX}" if directory else None


def read_state_files(directory: Path | None) -> list[Path]:
    """Return the files of all read states."""
    names = _names(directory, _READ_STATE_SUFFIX)
    return [directory / name for name in sorted(names)] if directory else []


def own_sidecars(directory: Path | None) -> list[Path]:
    """Return all sidecars in the reader's data directory."""
    marks = directory / "marks" if directory else None
    return [marks / name for name in sorted(_names(marks, SIDECAR_SUFFIX))] if marks else []


def sidecar_file(
    directory: Path | None, file: str | None, identity: str, *, beside: bool
) -> Path | None:
    """Return the sidecar of a briefing; None if none can be stored.

    With ``beside``, it is next to the briefing, if that is a file and not bundled; otherwise in
    ``directory``, which holds the reader's own data.
    """
    if beside and file is not None and file != "-" and identity != BUNDLED:
        return Path(os.path.realpath(file) + SIDECAR_SUFFIX)
    if directory is None or file == "-":
        return None
    return own_sidecar(directory, identity)


def own_sidecar(directory: Path, identity: str) -> Path:
    """Return the sidecar of a briefing in the reader's data directory.

    The name begins with the stem of the briefing's file, for people who look into the directory.
    """
    stem = re.sub(r"[^\w.-]", "_", Path(identity).stem)[:60]
    return directory / "marks" / f"{stem}-{_digest(identity)[:12]}{SIDECAR_SUFFIX}"


def is_own_sidecar(path: Path) -> bool:
    """Return whether a path is one of `own_sidecar`."""
    return path.parent.name == "marks" and _OWN_SIDECAR.search(path.name) is not None


class AnnotationFiles:
    """The read states and, unless disabled, sidecars that exist, for many briefings at once.

    Directories are listed once, so that a briefing without annotations costs no system call.
    """

    def __init__(self, state: Path | None, data: Path | None, *, sidecars: bool = True) -> None:
        self._has_sidecars = sidecars
        self._bundled = os.path.realpath(bundled())
        self._state = state
        self._read_states = set(_names(state, _READ_STATE_SUFFIX))
        self._own = data / "marks" if data and sidecars else None
        names = _names(self._own, SIDECAR_SUFFIX)
        self._own_names = {name.removesuffix(SIDECAR_SUFFIX)[-12:]: name for name in names}
        self._beside: dict[str, tuple[str, frozenset[str]]] = {}
        """By directory: its real path and the names of the sidecars in it."""

    def of(self, file: str) -> tuple[Path | None, list[Path]]:
        """Return the read state and the sidecars of a briefing that exist."""
        directory, name = os.path.split(file)
        if directory not in self._beside:
            real = os.path.realpath(directory)
            names = _names(Path(real), SIDECAR_SUFFIX) if self._has_sidecars else ()
            self._beside[directory] = real, frozenset(names)
        real, beside = self._beside[directory]
        path = os.path.join(real, name)
        sidecars: list[Path] = []
        if os.path.islink(path):
            path = os.path.realpath(path)
            if self._has_sidecars and os.path.exists(path + SIDECAR_SUFFIX):
                sidecars.append(Path(path + SIDECAR_SUFFIX))
        elif name + SIDECAR_SUFFIX in beside:
            sidecars.append(Path(path + SIDECAR_SUFFIX))
        digest = _digest(BUNDLED if path == self._bundled else path)
        if self._own is not None and digest[:12] in self._own_names:
            sidecars.append(self._own / self._own_names[digest[:12]])
        read_state = f"{digest}{_READ_STATE_SUFFIX}"
        if self._state is None or read_state not in self._read_states:
            return None, sidecars
        return self._state / read_state, sidecars


def _names(directory: Path | None, suffix: str) -> Iterator[str]:
    """Iterate over the names in a directory with a suffix; none if it cannot be listed."""
    if directory is not None:
        with contextlib.suppress(OSError), os.scandir(directory) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith(suffix))


def _digest(identity: str) -> str:
    return hashlib.sha256(os.fsencode(identity)).hexdigest()[:32]
