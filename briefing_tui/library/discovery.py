"""Which files are briefings: directories, single files and lists of files."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from pathspec import GitIgnoreSpec

from briefing_tui.briefing.document import read_bytes

SUFFIXES = (".yaml", ".yml")
HEAD = 4096
"""Bytes of a file within which the key ``briefing`` must stand."""

_KEY = re.compile(rb"""^(?:\xef\xbb\xbf)?(?:\{\s*)?["']?briefing["']?\s*:""", re.MULTILINE)


class Roots(msgspec.Struct, frozen=True):
    """What a library is made of."""

    directories: tuple[str, ...] = ()
    """Read with all that is in them, hidden directories apart."""
    files: tuple[str, ...] = ()
    ignored: bool = False
    """Whether files that a ``.gitignore`` leaves out are taken too."""

    @staticmethod
    def of(paths: Iterable[str | Path], *, ignored: bool = False) -> Roots:
        """The library of some paths, each a directory or a file."""
        absolute = [os.path.abspath(path) for path in paths]
        directories = tuple(dict.fromkeys(path for path in absolute if os.path.isdir(path)))
        files = tuple(dict.fromkeys(path for path in absolute if not os.path.isdir(path)))
        return Roots(directories, files, ignored)


class Found(msgspec.Struct, frozen=True):
    """A file that may be a briefing, and what tells whether it changed."""

    path: bytes
    """Absolute, as the file system has it."""
    size: int
    stamp: int
    """As `stamp` makes it."""


def stamp(status: os.stat_result) -> int:
    """When a file was changed, as a number that fits a database: other times, another number.

    Its modification time can be set by anybody; the time of its last change (``st_ctime``) tells
    of that too.
    """
    return (status.st_mtime_ns * 31 + status.st_ctime_ns) & 0x7FFF_FFFF_FFFF_FFFF


def listed(data: bytes, base: str) -> list[str]:
    """The paths of a list, one on a line or each ended by NUL; relative ones are below ``base``."""
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.path.join(base, os.fsdecode(part)) for part in parts if part.strip()]


def is_briefing(head: bytes) -> bool:
    """Whether a file begins as briefings do."""
    return _KEY.search(head[:HEAD]) is not None


def discover(roots: Roots) -> Iterator[Found]:
    """The YAML files of a library, each once; what cannot be read is left out."""
    seen: set[bytes] = set()
    places: set[_Place] = set()
    linked: list[_File] = []
    for file in _files(roots):
        if file.path in seen:
            continue
        seen.add(file.path)
        if file.linked:
            linked.append(file)
        else:
            places.add(file.place)
            yield file.found
    # Links last, so that a file is called by its real place where the library has that.
    for file in linked:
        if file.place not in places:
            places.add(file.place)
            yield file.found


_Place = tuple[int, int]
"""What tells a file or directory from all others, whatever it is called: device and number."""


class _File(NamedTuple):
    """A file as it was come upon."""

    path: bytes
    status: os.stat_result
    linked: bool
    """Whether the path is a symbolic link."""

    @property
    def place(self) -> _Place:
        return self.status.st_dev, self.status.st_ino

    @property
    def found(self) -> Found:
        return Found(self.path, self.status.st_size, stamp(self.status))


def _files(roots: Roots) -> Iterator[_File]:
    """The regular files of a library, by every path that leads to them."""
    for name in roots.files:
        path = os.fsencode(name)
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            yield _File(path, status, os.path.islink(path))
    places: set[_Place] = set()
    for name in roots.directories:
        yield from _walk(name, () if roots.ignored else _above(name), roots.ignored, places)


_Rules = tuple[tuple[str, GitIgnoreSpec], ...]
"""The ignore files that hold in a directory: each with its own directory and a slash."""


def _walk(directory: str, rules: _Rules, ignored: bool, places: set[_Place]) -> Iterator[_File]:
    waiting: list[tuple[str, _Rules]] = [(directory, rules)]
    linked: list[tuple[str, _Rules]] = []
    while waiting or linked:
        # Links last, so that a file is called by its real place where the library has that.
        directory, rules = waiting.pop() if waiting else linked.pop()
        try:
            status = os.stat(directory)
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except OSError:
            continue
        if (status.st_dev, status.st_ino) in places:
            continue
        places.add((status.st_dev, status.st_ino))
        if not ignored and any(entry.name == ".gitignore" for entry in entries):
            rules = (*rules, *_rules(directory, ".gitignore"))
        for entry in entries:
            try:
                if entry.is_dir():
                    if not entry.name.startswith(".") and not _left_out(f"{entry.path}/", rules):
                        (linked if entry.is_symlink() else waiting).append((entry.path, rules))
                elif entry.name.endswith(SUFFIXES) and not _left_out(entry.path, rules):
                    status = entry.stat()
                    if entry.is_file():
                        yield _File(os.fsencode(entry.path), status, entry.is_symlink())
            except OSError:
                continue


def _above(directory: str) -> _Rules:
    """The ignore files between a directory and the top of its repository."""
    parents = Path(directory).parents
    top = next((one for one in (Path(directory), *parents) if (one / ".git").exists()), None)
    if top is None:
        return ()
    between = [one for one in parents if one == top or top in one.parents]
    rules = _rules(str(top), os.path.join(".git", "info", "exclude"))
    for one in reversed(between):
        rules = (*rules, *_rules(str(one), ".gitignore"))
    return rules


def _rules(directory: str, name: str) -> _Rules:
    try:
        text = read_bytes(Path(directory, name)).decode("utf-8", "replace")
    except OSError:
        return ()
    lines = []
    for line in text.splitlines():
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git passes over what is no pattern
            continue
        lines.append(line)
    return ((directory.rstrip("/") + "/", GitIgnoreSpec.from_lines(lines)),)


def _left_out(path: str, rules: _Rules) -> bool:
    """Whether a path, of a directory with a slash at its end, is ignored; the inmost rule wins."""
    for base, spec in reversed(rules):
        if path.startswith(base):
            said = spec.check_file(path[len(base) :]).include
            if said is not None:
                return said
    return False
