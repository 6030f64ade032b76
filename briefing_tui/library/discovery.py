"""Which files are briefings: directories, single files and lists of files.

In a directory the ignore files apply as in git, with one difference: those above a directory that
was named do not, since a directory that is asked for by its name is shown.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.terminal_text import excerpt, printable
from briefing_tui.library.gitignore import IgnoreFile

SUFFIXES = (b".yaml", b".yml")
HEAD = 4096
"""Bytes at the start of a file in which the key ``briefing`` must be."""
MOST_BYTES = 1 << 21
"""Bytes of an ignore file; a larger one is skipped."""

_KEY = re.compile(rb"""^(?:\xef\xbb\xbf)?(?:\{\s*)?["']?briefing["']?\s*:""", re.MULTILINE)


class Roots(msgspec.Struct, frozen=True):
    """The directories and files of a library."""

    directories: tuple[str, ...] = ()
    """Read with all subdirectories that are not hidden."""
    files: tuple[str, ...] = ()
    ignored: bool = False

    @staticmethod
    def of(paths: Iterable[str | Path], *, ignored: bool = False) -> Roots:
        """Return the library of some paths, each a directory or a file."""
        absolute = [os.path.abspath(path) for path in paths]
        directories = tuple(dict.fromkeys(path for path in absolute if os.path.isdir(path)))
        files = tuple(dict.fromkeys(path for path in absolute if not os.path.isdir(path)))
        return Roots(directories, files, ignored)


class CandidateFile(msgspec.Struct, frozen=True):
    """A file that may be a briefing, with its size and stamp to notice changes."""

    path: bytes
    """Absolute, as the file system has it."""
    size: int
    stamp: int


def stamp(status: os.stat_result) -> int:
    """Return a number that differs if a file may have changed, and fits a database.

    Programs can set the modification time, but not the time of the last change (``st_ctime``).
    """
    return (status.st_mtime_ns * 31 + status.st_ctime_ns) & 0x7FFF_FFFF_FFFF_FFFF


def listed(data: bytes, base: str) -> list[str]:
    """Return the paths of a list, one per line or ended by NUL, relative ones below ``base``."""
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.path.join(base, os.fsdecode(part)) for part in parts if part.strip()]


def is_briefing(head: bytes) -> bool:
    """Return whether a file begins like a briefing."""
    return _KEY.search(head[:HEAD]) is not None


class Skipped(msgspec.Struct, frozen=True):
    """An ignore file that cannot be read, or a pattern in it that has no effect."""

    path: str
    line: int
    """Line of the pattern, counted from 1; 0 for the whole file."""
    message: str


class Discovery(msgspec.Struct):
    """The result of `discover`."""

    files: list[CandidateFile] = []
    ignored: bool = False
    """Whether ignore files leave something out."""
    skipped: list[Skipped] = []


def discover(roots: Roots) -> Discovery:
    """Find the YAML files of a library; what cannot be read is left out."""
    discovery = Discovery()
    discovery.files += _distinct(_files(roots, discovery))
    return discovery


def notice(skipped: Sequence[Skipped], base: str = os.curdir) -> str:
    """Return one line about skipped files and patterns, with paths from ``base``; or empty."""
    if not skipped:
        return ""
    first = skipped[0]
    place = relative(first.path, base) + (f":{first.line}" if first.line else "")
    more = f"; {len(skipped) - 1:,} more like it" if len(skipped) > 1 else ""
    return printable(f"{place}: {first.message}{more}")


def relative(path: str, base: str = os.curdir) -> str:
    """Return a path relative to a directory, or as it is if the working directory was deleted."""
    try:
        return os.path.relpath(path, base)
    except OSError:
        return path


def _distinct(files: Iterable[_File]) -> Iterator[CandidateFile]:
    """Yield each file once; a link only if the library does not have its target."""
    by_path = {file.path: file for file in files}
    places: set[FileId] = set()
    for file in sorted(by_path.values(), key=lambda file: file.linked):
        if not file.linked or file.place not in places:
            places.add(file.place)
            yield CandidateFile(file.path, file.status.st_size, stamp(file.status))


FileId = tuple[int, int]
"""Device and inode, which identify a file or directory whatever it is called."""


class _File(NamedTuple):
    path: bytes
    status: os.stat_result
    linked: bool

    @property
    def place(self) -> FileId:
        return self.status.st_dev, self.status.st_ino


def _files(roots: Roots, discovery: Discovery) -> Iterator[_File]:
    """Yield the regular files of a library by all their paths."""
    for name in roots.files:
        path = os.fsencode(name)
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            yield _File(path, status, os.path.islink(path))
    yield from _walk([os.fsencode(name) for name in roots.directories], roots.ignored, discovery)


_LONGEST = 4096
_Rules = tuple[tuple[int, IgnoreFile], ...]
"""The ignore files that apply in a directory, the outermost first.

Each has the index in a path at which the part relative to its own directory begins.
"""


def _walk(roots: list[bytes], ignored: bool, discovery: Discovery) -> Iterator[_File]:
    named = {place for root in roots if (place := file_id(root)) is not None}
    places: set[FileId] = set()
    for root in roots:
        waiting: list[tuple[bytes, _Rules]] = [(root, ())]
        linked: list[tuple[bytes, _Rules]] = []
        while waiting or linked:
            # Links last, so that a file has its real path if the library has that.
            directory, rules = waiting.pop() if waiting else linked.pop()
            place = file_id(directory)
            if place is None or place in places:
                continue
            try:
                entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
            except OSError:
                continue
            places.add(place)
            if not ignored:
                rules = _rules(directory, entries, () if place in named else rules, discovery)
            for entry in entries:
                try:
                    is_directory = entry.is_dir()
                    if not _is_candidate(entry.name, is_directory):
                        continue
                    if _is_ignored(entry.path + b"/" if is_directory else entry.path, rules):
                        discovery.ignored = True
                    elif is_directory:
                        (linked if entry.is_symlink() else waiting).append((entry.path, rules))
                    else:
                        status = entry.stat()
                        if entry.is_file():
                            yield _File(entry.path, status, entry.is_symlink())
                except OSError:
                    continue


def _is_candidate(name: bytes, is_directory: bool) -> bool:
    return not name.startswith(b".") if is_directory else name.endswith(SUFFIXES)


def file_id(path: bytes | Path) -> FileId | None:
    """Return the identity of a file or directory; None if it cannot be reached."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _rules(
    directory: bytes, entries: list[os.DirEntry[bytes]], inherited: _Rules, discovery: Discovery
) -> _Rules:
    special = {entry.name: entry for entry in entries if entry.name.startswith(b".git")}
    base = len(directory.rstrip(b"/")) + 1
    rules = inherited
    if b".git" in special and (repository := _repository(directory)) is not None:
        # As in git, the ignore files above a repository do not apply in it.
        exclude = _ignore_file(os.path.join(repository, b"info", b"exclude"), discovery)
        rules = ((base, exclude),) if exclude else ()
    if entry := special.get(b".gitignore"):
        if entry.is_symlink():
            reason = "a symbolic link, which git does not follow"
            discovery.skipped.append(_skipped(entry.path, reason))
        elif file := _ignore_file(entry.path, discovery):
            rules = (*rules, (base, file))
    return rules


def _repository(directory: bytes) -> bytes | None:
    """Return the directory that the work trees of a repository share; None without one."""
    path = os.path.join(directory, b".git")
    if os.path.isdir(path):
        return path
    own = _target(path, b"gitdir: ")
    if own is None or not os.path.isdir(own):
        return None
    return _target(os.path.join(own, b"commondir")) or own


def _target(path: bytes, prefix: bytes = b"") -> bytes | None:
    """Return the path in a file of git; None if there is none."""
    try:
        text = read_bytes(Path(os.fsdecode(path)), _LONGEST).rstrip(b"\r\n")
    except (OSError, ValueError):
        return None
    target = text.removeprefix(prefix)
    if not target or not text.startswith(prefix):
        return None
    return os.path.join(os.path.dirname(path), target)


def _ignore_file(path: bytes, discovery: Discovery) -> IgnoreFile | None:
    """Read an ignore file; None if there is none, or it cannot be read."""
    try:
        data = read_bytes(Path(os.fsdecode(path)), MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        discovery.skipped.append(_skipped(path, error.strerror or str(error)))
        return None
    if len(data) > MOST_BYTES:
        discovery.skipped.append(_skipped(path, f"larger than {MOST_BYTES >> 20} MiB"))
        return None
    file = IgnoreFile(data)
    name = os.fsdecode(path)
    for line, pattern, reason in file.bad:
        text = excerpt(os.fsdecode(pattern[:200]))
        discovery.skipped.append(Skipped(name, line, f"pattern {text} skipped: {reason}"))
    return file


def _skipped(path: bytes, reason: str) -> Skipped:
    return Skipped(os.fsdecode(path), 0, f"ignore file skipped: {reason}")


def _is_ignored(path: bytes, rules: _Rules) -> bool:
    """Return whether a path is ignored; a directory ends with a slash, the inmost file wins."""
    for base, file in reversed(rules):
        ignored = file.ignores(path, base)
        if ignored is not None:
            return ignored
    return False
