r"""The sidecar: a reader's stars and notes on one briefing, as text that git can merge.

```
briefing-tui marks 1

[timeline/call] Modi–Putin telephone call
timeline/call star 5f0c2a9b1c3d4e5f
timeline/call note 5f0c2a9b1c3d4e5f Ask for the readout #verify
```

Each mark is a line of its own below the heading of its entry. Every entry of the briefing has a
heading, marked or not, in the order of keys: branches that mark different entries change lines that
are apart, and git merges them without a conflict. The hash is that of the entry when it was marked.
In a note ``\n`` is a line break and ``\\`` a backslash; its words with ``#`` are tags.

A file with git's conflict markers is read as the union of both sides, and written without them.
Unknown lines are preserved.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.terminal_text import clean, printable
from briefing_tui.storage.atomic_write import locked, write
from briefing_tui.storage.file_permissions import make_private, require_trusted
from briefing_tui.storage.per_briefing_files import is_own_sidecar
from briefing_tui.views.mark_overlay import tags_in

VERSION = 1
MAX_BYTES = 4 * 1024 * 1024

_SUBJECT = "of "
_FIRST = "briefing-tui marks"
_HEADING = re.compile(r"\[([^\]\s]+)\] ?(.*)")
_MARK = re.compile(r"([^\]\s]+) (star|note) ([0-9a-f]{16}|-)(?: (.*))?")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class SidecarError(Exception):
    """A sidecar that cannot be read or written."""


class Note(msgspec.Struct, frozen=True, order=True):
    """A note on an entry."""

    text: str
    hash: str = ""
    """Of the entry when the note was written; empty if unknown."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The words with ``#`` in it."""
        return tags_in(self.text)


class Marked(msgspec.Struct, frozen=True):
    """The marks on one entry."""

    label: str = ""
    star: str | None = None
    """Hash of the entry when it was starred, empty if unknown; None without a star."""
    notes: tuple[Note, ...] = ()
    """More than one only after a merge."""
    others: tuple[str, ...] = ()
    """Unknown lines."""

    @property
    def empty(self) -> bool:
        """Whether there is no mark at all."""
        return self.star is None and not self.notes and not self.others


Sidecar = dict[str, Marked]


def parse(text: str) -> Sidecar:
    """Parse the text of a sidecar.

    Raises:
        SidecarError: it is not a sidecar, or of another version.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    version = next((line for line in lines if line.startswith(_FIRST)), "")
    if not version and any(line.strip() for line in lines):
        raise SidecarError(f"not a file of marks: the line '{_FIRST} {VERSION}' is missing")
    if version and version != f"{_FIRST} {VERSION}":
        raise SidecarError(f"marks of another version: '{version[:60]}'; nothing is changed in it")
    sidecar: Sidecar = {}
    heading_key = ""
    for line in map(_printable, lines):
        heading = _HEADING.fullmatch(line)
        if heading:
            heading_key = heading[1]
            marked = sidecar.get(heading_key, Marked())
            label = printable(heading[2]) or marked.label
            sidecar[heading_key] = msgspec.structs.replace(marked, label=label)
        elif line.startswith(_FIRST):
            heading_key = ""
        elif line.strip() and not line.startswith(_CONFLICT):
            mark = _MARK.fullmatch(line)
            key = mark[1] if mark else heading_key
            marked = sidecar.get(key, Marked())
            sidecar[key] = _with_mark(marked, mark) if mark else _with_line(marked, line)
    return sidecar


def dump(sidecar: Sidecar, headings: dict[str, str]) -> str:
    """Return the text of a sidecar, with a heading for every marked entry and for ``headings``."""
    lines = [f"{_FIRST} {VERSION}", *sidecar.get("", Marked()).others]
    labels = {key: marked.label for key, marked in marked_entries(sidecar).items() if key}
    for key, label in sorted({**labels, **headings}.items()):
        marked = sidecar.get(key, Marked())
        lines += ["", f"[{key}] {label}".rstrip()]
        if marked.star is not None:
            lines.append(f"{key} star {marked.star or '-'}")
        lines += [f"{key} note {note.hash or '-'} {_escape(note.text)}" for note in marked.notes]
        lines += marked.others
    return "\n".join(lines) + "\n"


def subject_of(sidecar: Sidecar) -> str:
    """Return the identity of the briefing that a sidecar names; empty if it names none."""
    lines = sidecar.get("", Marked()).others
    return next((line.removeprefix(_SUBJECT) for line in lines if line.startswith(_SUBJECT)), "")


def with_subject(sidecar: Sidecar, identity: str) -> Sidecar:
    """Return a sidecar that names the identity of its briefing; none if that is empty."""
    others = sidecar.get("", Marked()).others
    subject = (f"{_SUBJECT}{identity}",) if identity else ()
    lines = (line for line in others if not line.startswith(_SUBJECT))
    return {**sidecar, "": Marked(others=(*subject, *lines))}


def read(path: Path) -> Sidecar:
    """Read a sidecar; empty if there is no file.

    Raises:
        SidecarError: it cannot be read, is not a sidecar of this version, or is in the reader's
            data directory and could have been written by others.
    """
    try:
        if is_own_sidecar(path):
            data = read_bytes(path, MAX_BYTES, check=require_trusted)
        else:  # beside a briefing, others may annotate it too
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
    path: Path, edit: Callable[[Sidecar], Sidecar], headings: dict[str, str], *, private: bool
) -> Sidecar:
    """Read a sidecar, change it and write it back, while no other process does.

    Args:
        path: The file; it need not exist.
        edit: Returns the new marks.
        headings: Labels of the entries that get a heading, marked or not.
        private: Whether only the owner can read a new file.

    Raises:
        SidecarError: it cannot be read or written; it is unchanged.
    """
    path = Path(os.path.realpath(path))  # unlike Path.resolve, it raises no RuntimeError
    try:
        if private:
            make_private(path.parent)
        with locked(path.parent):
            changed = edit(read(path))
            data = dump(changed, headings).encode()
            if len(data) > MAX_BYTES:
                raise SidecarError(f"{path}: would be larger than {MAX_BYTES // 1024 // 1024} MiB")
            write(path, data, 0o600 if private else 0o666)
    except OSError as error:
        raise SidecarError(f"{path}: {error.strerror}") from error
    return changed


def move(source: Path, target: Path, identity: str) -> None:
    """Merge a sidecar into that of the briefing's new identity, empty if it is next to the file.

    Raises:
        SidecarError: one cannot be read or written.
        OSError: the source cannot be removed.
    """
    if not source.exists():
        return
    moved = read(source)

    def merge(marks: Sidecar) -> Sidecar:
        return with_subject(parse(dump(marks, {}) + dump(moved, {})), identity)

    headings = {key: marked.label for key, marked in moved.items() if key}
    change(target, merge, headings, private=bool(identity))
    with locked(source.parent):
        if read(source) == moved:  # otherwise it is moved the next time
            source.unlink()


def marked_entries(sidecar: Sidecar) -> Sidecar:
    """Return a sidecar without the entries that have no marks."""
    return {key: marked for key, marked in sidecar.items() if not marked.empty}


def _printable(line: str) -> str:
    is_known = _HEADING.fullmatch(line) or _MARK.fullmatch(line)
    return line if is_known else printable(line)


def _with_mark(marked: Marked, mark: re.Match[str]) -> Marked:
    entry_hash = mark[3].strip("-")
    if mark[2] == "star":
        return msgspec.structs.replace(marked, star=entry_hash)
    note = Note(clean(_unescape(mark[4] or ""))[0].strip(), entry_hash)
    if not note.text or note in marked.notes:
        return marked
    return msgspec.structs.replace(marked, notes=tuple(sorted((*marked.notes, note))))


def _with_line(marked: Marked, line: str) -> Marked:
    if line in marked.others:
        return marked
    return msgspec.structs.replace(marked, others=(*marked.others, line))


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)
