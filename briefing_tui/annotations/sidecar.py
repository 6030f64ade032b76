r"""The sidecar: a reader's stars and notes on one briefing, as text that git can merge.

```
briefing-tui marks 1

[timeline/call] Modi–Putin telephone call
timeline/call star 5f0c2a9b1c3d4e5f
timeline/call note 5f0c2a9b1c3d4e5f Ask for the readout #verify
```

One line a mark, whole in itself, below the heading of its entry. Every entry of the briefing has a
heading, marked or not, in the order of keys: so two branches that mark different entries change
lines that do not touch, and git merges them without asking. The hash is that of the entry when it
was marked. In a note ``\n`` is a line break and ``\\`` a backslash; its words with ``#`` are tags.

A file with the conflict marks of git is read as both sides together, and written without them.
Lines that mean nothing here are kept.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.text import clean, printable
from briefing_tui.views.annotations import tags_in

VERSION = 1
MAX_BYTES = 4 * 1024 * 1024

_FIRST = "briefing-tui marks"
_HEADING = re.compile(r"\[([^\]\s]+)\] ?(.*)")
_MARK = re.compile(r"([^\]\s]+) (star|note) ([0-9a-f]{16}|-)(?: (.*))?")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class SidecarError(Exception):
    """A sidecar that cannot be read or written; the message tells why."""


class Note(msgspec.Struct, frozen=True, order=True):
    """What a reader wrote about an entry."""

    text: str
    hash: str = ""
    """Of the entry as it was then."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The words with ``#``."""
        return tags_in(self.text)


class Marked(msgspec.Struct, frozen=True):
    """The marks on one entry."""

    label: str = ""
    star: str | None = None
    """Hash of the entry when it got its star; nothing where it has none."""
    notes: tuple[Note, ...] = ()
    """More than one only where two branches were merged."""
    others: tuple[str, ...] = ()
    """Lines that this version does not know."""

    @property
    def empty(self) -> bool:
        """Whether there is no mark at all."""
        return self.star is None and not self.notes and not self.others


Sidecar = dict[str, Marked]
"""Marks by the keys of entries."""


def parse(text: str) -> Sidecar:
    """The marks in a sidecar's text.

    Raises:
        SidecarError: it is none, or of a later version.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    version = next((line for line in lines if line.startswith(_FIRST)), "")
    if not version and any(line.strip() for line in lines):
        raise SidecarError(f"not a file of marks: the line '{_FIRST} {VERSION}' is missing")
    if version and version != f"{_FIRST} {VERSION}":
        raise SidecarError(f"marks of another version: '{version[:60]}'; nothing is changed in it")
    found: Sidecar = {}
    key = ""
    for line in map(_legible, lines):
        heading = _HEADING.fullmatch(line)
        if heading:
            key = heading[1]
            label = printable(heading[2])
            known = found.get(key, Marked())
            found[key] = msgspec.structs.replace(known, label=label or known.label)
        elif line.strip() and not line.startswith((_FIRST, *_CONFLICT)):
            mark = _MARK.fullmatch(line)
            owner = mark[1] if mark else key
            known = found.get(owner, Marked())
            found[owner] = _with_mark(known, mark) if mark else _with_other(known, line)
    return found


def dump(sidecar: Sidecar, headings: dict[str, str]) -> str:
    """A sidecar's text, with a heading for every marked entry and for those of ``headings``."""
    lines = [f"{_FIRST} {VERSION}"]
    for line in sidecar.get("", Marked()).others:
        lines.append(line)
    labels = {key: one.label for key, one in sidecar.items() if key and not one.empty}
    for key, label in sorted({**labels, **headings}.items()):
        one = sidecar.get(key, Marked())
        lines += ["", f"[{key}] {label}".rstrip()]
        if one.star is not None:
            lines.append(f"{key} star {one.star or '-'}")
        lines += [f"{key} note {note.hash or '-'} {_escaped(note)}" for note in one.notes]
        lines += one.others
    return "\n".join(lines) + "\n"


def read(path: Path) -> Sidecar:
    """The marks in a file; none where there is no file.

    Raises:
        SidecarError: it cannot be read, or is no sidecar of this version.
    """
    try:
        data = read_bytes(path, MAX_BYTES)
        if len(data) > MAX_BYTES:
            raise SidecarError(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
        return parse(data.decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SidecarError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SidecarError(f"{path}: not UTF-8") from error
    except SidecarError as error:
        raise SidecarError(f"{path}: {error}") from error


def change(
    path: Path,
    edit: Callable[[Sidecar], Sidecar],
    headings: dict[str, str],
    *,
    private: bool,
) -> Sidecar:
    """Read a sidecar, change it, and put the result in its place, while nobody else does.

    Args:
        path: The file; it need not be there.
        edit: Makes the new marks from those that are there now.
        headings: Labels of the entries that get a heading, marked or not.
        private: Whether a new file is for its owner alone.

    Raises:
        SidecarError: it cannot be read or written; then it is as it was.
    """
    from briefing_tui.storage.atomic_write import locked  # lists of a library need not wait for it

    path = path.resolve()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path.parent):
            changed = edit(read(path))
            data = dump(changed, headings).encode()
            if len(data) > MAX_BYTES:
                raise SidecarError(f"{path}: would be larger than {MAX_BYTES // 1024 // 1024} MiB")
            replace(path, data, 0o600 if private else 0o666)
    except OSError as error:
        raise SidecarError(f"{path}: {error.strerror}") from error
    return changed


class SidecarFile:
    """A sidecar as a session last saw it.

    Attributes:
        path: The file; ``None`` if marks last as long as the session.
        marks: What the file held then, with the changes of this session.
        error: Why the file cannot be used; empty if it can. It is left alone then, and marks last
            as long as the session.
    """

    def __init__(self, path: Path | None, *, private: bool) -> None:
        """Read the file; ``private`` is for a new one, as in `change`."""
        self.path = path
        self.marks: Sidecar = {}
        self.error = ""
        self._private = private
        if path is not None:
            try:
                self.marks = read(path)
            except SidecarError as error:
                self.error = str(error)

    @property
    def writable(self) -> bool:
        """Whether changes go to the file."""
        return self.path is not None and not self.error

    def refresh(self) -> bool:
        """Read the file again; return whether another session changed its marks.

        A file that cannot be read changes nothing here: the next change tells why.
        """
        if self.path is None or self.error:
            return False
        before = self.marks
        with contextlib.suppress(SidecarError):
            self.marks = read(self.path)
        return _marked(self.marks) != _marked(before)

    def change(self, edit: Callable[[Sidecar], Sidecar], headings: dict[str, str]) -> None:
        """Change the marks as the file has them now.

        Args:
            edit: Makes the new marks from the present ones.
            headings: As in `change`.

        Raises:
            SidecarError: the file cannot be read or written; nothing is changed.
        """
        if self.path is not None and not self.error:
            self.marks = change(self.path, edit, headings, private=self._private)
        else:
            self.marks = edit(dict(self.marks))


def _marked(sidecar: Sidecar) -> Sidecar:
    """The marks without the headings of entries that have none."""
    return {key: marked for key, marked in sidecar.items() if not marked.empty}


def replace(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace a file whole, for those who could use it before; ``mode`` is for a new one."""
    from briefing_tui.storage import atomic_write

    try:
        atomic_write.rewrite(path, data, sync=True)
    except FileNotFoundError:
        atomic_write.replace(path, data, mode, sync=True)


def _legible(line: str) -> str:
    """A line that means nothing here as it can be shown, which is as it is kept; others as is."""
    means = _HEADING.fullmatch(line) or _MARK.fullmatch(line)
    return line if means else printable(line)


def _with_mark(marked: Marked, mark: re.Match[str]) -> Marked:
    said = mark[3].strip("-")
    if mark[2] == "star":
        return msgspec.structs.replace(marked, star=said)
    note = Note(clean(_unescaped(mark[4] or ""))[0].strip(), said)
    if not note.text or note in marked.notes:
        return marked
    return msgspec.structs.replace(marked, notes=tuple(sorted((*marked.notes, note))))


def _with_other(marked: Marked, line: str) -> Marked:
    if line in marked.others:
        return marked
    return msgspec.structs.replace(marked, others=(*marked.others, line))


def _escaped(note: Note) -> str:
    return note.text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
