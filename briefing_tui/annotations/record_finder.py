"""Finds the stored data of a briefing whose file was renamed, moved, copied or swapped.

Stored data is named by the path of the briefing. It also says which content was read there, so
that it follows the content: to the path that has it now, if that is certain. Where several
briefings fit equally, nothing is moved; `briefing-tui marks` lists what is left.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

import msgspec

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import Content
from briefing_tui.annotations.reattachment import move_state
from briefing_tui.briefing.document import digest, read_bytes
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.document_cache import open_document
from briefing_tui.storage.per_briefing_files import (
    SIDECAR_SUFFIX,
    is_lost,
    most_alike,
    own_sidecar,
    own_sidecars,
    read_state_file,
    read_state_files,
)
from briefing_tui.storage.per_briefing_files import identity as identity_of
from briefing_tui.views.scene import unchecked_scene

FITS = 0.5
"""Share of equal entries from which two contents are versions of one briefing."""
SAME_ID = 0.4
"""What an entry with the same id that says something else counts for."""
EQUAL = 0.1
"""Difference of two shares below which neither counts as the better one."""


class KnownBriefing(msgspec.Struct, frozen=True):
    """A briefing with stored data under one identity."""

    identity: str
    title: str = ""
    digest: str = ""
    """Of the content that was read last, in hexadecimal; empty if unknown."""
    path: Path | None = None
    """Its read state, or else its sidecar."""

    def entries(self) -> dict[str, tuple[str, str]]:
        """Return hash, empty if unknown, and label of its entries, by key.

        Raises:
            OSError: it cannot be read.
            SidecarError: likewise.
        """
        if self.path is None:
            return {}
        if self.path.suffix == ".json":
            state = read_state.load(self.path)
            return state.entries if state is not None else {}
        headings = sidecar.read(self.path)
        return {key: ("", marked.label) for key, marked in headings.items() if key}


def records(directories: Directories) -> Iterator[KnownBriefing]:
    """Iterate over the records of all briefings; a damaged one is left out."""
    seen = set()
    for path in read_state_files(directories.state):
        try:
            count = read_state.load_unread_count(path)
        except OSError:
            continue
        if count is not None and is_path(count.briefing):
            seen.add(path.name[:12])
            yield KnownBriefing(count.briefing, count.title, count.digest, path)
    for path in own_sidecars(directories.data):
        if path.stem[-12:] not in seen:
            try:
                identity = sidecar.subject_of(sidecar.read(path))
            except sidecar.SidecarError:
                continue
            if is_path(identity):
                yield KnownBriefing(identity, path=path)


def is_path(identity: str) -> bool:
    """Return whether an identity is the path of a briefing."""
    return os.path.isabs(identity) and "\0" not in identity


def is_current(directories: Directories, identity: str, content: str) -> bool:
    """Return whether a content, by its digest, is the one that was read last at its path."""
    own = _own(directories, identity)
    return own is not None and own.digest == content


def reattach(directories: Directories, content: Content, *, sidecars: bool) -> str:
    """Move the data of a briefing that is stored under another identity to its own.

    Data under its own, but of another content, are moved out of the way: to the path that
    has that content now, or to a name that `briefing-tui marks` lists.

    Returns:
        What the reader should know; empty if there is nothing.
    """
    identity = content.identity
    own = _own(directories, identity)
    own_share = _share(own, content) if own is not None else 0.0
    if not is_path(identity) or (own is not None and not own.digest and own_share >= FITS):
        return ""
    others = [record for record in records(directories) if record.identity != identity]
    same = [record for record in others if record.digest and record.digest == content.digest]
    shares = {record.identity: 1.0 for record in same if _is_free(directories, record, others, own)}
    if not shares and own_share < FITS:
        related = (
            record
            for record in others
            if own is not None or record.title == content.title or is_lost(record.identity)
        )
        shares = {
            record.identity: share
            for record in related
            if (share := _share(record, content)) >= max(FITS, own_share + EQUAL)
            and _is_free(directories, record, others, own)
        }
    candidates = _best(shares, identity)
    if len(candidates) > 1:
        return f"Marks of {len(candidates)} other files fit; `briefing-tui marks` lists them"
    if not candidates:
        return ""
    former = candidates[0]
    if own is None:
        relocate(directories, former, identity, sidecars=sidecars)
        return _beside(former, identity)
    if own_share >= FITS and own.title == content.title and not _is_elsewhere(own, others):
        return ""  # the next version of a briefing may have been opened before it took its place
    parked = _parked(own)
    is_swapped = bool(own.digest) and _digest(former) == own.digest
    if not relocate(directories, identity, parked, sidecars=sidecars):
        return ""
    relocate(directories, former, identity, sidecars=sidecars)
    if is_swapped:
        relocate(directories, parked, former, sidecars=sidecars)
    name = printable(PurePath(former).name)
    return _beside(former, identity) or f"Marks and position moved with the content from {name}"


def reattach_all(directories: Directories, digests: Mapping[str, bytes], *, sidecars: bool) -> None:
    """Move the data of briefings to the files of a library that have their content now.

    ``digests`` are the hashes of the contents, by path.
    """
    contents = {identity_of(path, ""): content.hex() for path, content in digests.items()}
    known = {record.identity: record for record in records(directories) if record.digest}
    read = {record.digest for record in known.values()}
    # Where nobody has read the present content, the briefing has probably been edited.
    displaced = [
        record
        for record in known.values()
        if (content := contents.get(record.identity)) != record.digest
        and (content in read or is_lost(record.identity))
    ]
    by_digest: dict[str, list[str]] = {record.digest: [] for record in displaced}
    for path, content in contents.items():
        if content in by_digest:
            by_digest[content].append(path)
    formers: dict[str, list[str]] = {}
    for record in displaced:
        targets = _best(dict.fromkeys(by_digest[record.digest], 1.0), record.identity)
        if len(targets) == 1:
            formers.setdefault(targets[0], []).append(record.identity)
    moves = {}
    for target, identities in formers.items():
        best = _best(dict.fromkeys(identities, 1.0), target)
        if len(best) == 1:
            moves[best[0]] = target
    _move_all(directories, moves, known, contents, sidecars=sidecars)


def _move_all(
    directories: Directories,
    moves: dict[str, str],
    known: Mapping[str, KnownBriefing],
    contents: Mapping[str, str],
    *,
    sidecars: bool,
) -> None:
    """Move data between identities, by former ones; not to one that has those of other content."""
    occupied = {
        name for name, record in known.items() if contents.get(name, record.digest) != record.digest
    }
    while blocked := [name for name, target in moves.items() if target in occupied - moves.keys()]:
        for name in blocked:
            del moves[name]
    parked = {}
    for name in occupied & moves.keys():  # others may have to take its place
        parked[name] = _parked(known[name])
        if not relocate(directories, name, parked[name], sidecars=sidecars):
            return
    for name, target in moves.items():
        relocate(directories, parked.get(name, name), target, sidecars=sidecars)


def _parked(record: KnownBriefing) -> str:
    """Return the name of a briefing that is no longer at its path, nor known to be at another."""
    return f"{record.identity}@{record.digest[:12] or 'former'}"


def relocate(directories: Directories, former: str, identity: str, *, sidecars: bool) -> bool:
    """Merge the stored data of a renamed briefing's former identity into that of its new one.

    A sidecar next to a file is not touched: it is renamed with the file.

    Returns:
        Whether it was moved. If stars and notes cannot be read or written, all stays where it is.
    """
    data = directories.data
    try:
        if sidecars and data is not None:
            sidecar.move(own_sidecar(data, former), own_sidecar(data, identity), identity)
        move_state(directories.state, former, identity)
    except (OSError, sidecar.SidecarError):
        return False
    return True


def _beside(former: str, identity: str) -> str:
    """Return what to say of marks that stayed beside the former path; empty if there are none."""
    paths = (name + SIDECAR_SUFFIX for name in (former, identity))
    if os.path.lexists(former) or [os.path.isfile(path) for path in paths] != [True, False]:
        return ""
    name = printable(PurePath(former).name)
    return f"Marks are still beside {name}; `briefing-tui marks attach` moves them"


def _is_elsewhere(own: KnownBriefing, others: Iterable[KnownBriefing]) -> bool:
    """Return whether another path has the content of a record."""
    return bool(own.digest) and any(_digest(other.identity) == own.digest for other in others)


def _own(directories: Directories, identity: str) -> KnownBriefing | None:
    """Return the record of an identity; None if there is none, or a damaged one."""
    path = read_state_file(directories.state, identity)
    try:
        count = read_state.load_unread_count(path) if path is not None else None
    except OSError:
        return None
    if path is not None and count is not None:
        return KnownBriefing(identity, count.title, count.digest, path)
    if directories.data is None:
        return None
    path = own_sidecar(directories.data, identity)
    return KnownBriefing(identity, path=path) if path.exists() else None


def _best(shares: Mapping[str, float], path: str) -> list[str]:
    """Return the identities that fit best; of equal ones those whose path is most alike."""
    top = max(shares.values(), default=0.0)
    return most_alike([name for name, share in shares.items() if share > top - EQUAL], path)


def _digest(identity: str) -> str:
    """Return the digest of a briefing's file now; empty if it cannot be read."""
    try:
        return digest(read_bytes(Path(identity))).hex()
    except (OSError, ValueError):
        return ""


def _is_free(
    directories: Directories,
    record: KnownBriefing,
    others: Iterable[KnownBriefing],
    own: KnownBriefing | None,
) -> bool:
    """Return whether the path of a record no longer has its briefing."""
    if is_lost(record.identity):
        return True
    content = _digest(record.identity)
    if not content or content == record.digest:
        return False
    if any(content == other.digest for other in (*others, own) if other is not None):
        return True
    try:
        data = read_bytes(Path(record.identity))
        document = open_document(directories.cache, data, record.identity)
    except (OSError, UnreadableFileError, ValueError):
        return False
    title = document.briefing.title
    present = Content(record.identity, title, content, anchors(unchecked_scene(document)))
    return _share(record, present) < FITS


def _share(record: KnownBriefing, content: Content) -> float:
    """Return the share of entries that a record and a content have in common, from 0 to 1."""
    try:
        entries = record.entries()
    except (OSError, sidecar.SidecarError):
        return 0.0
    current = content.anchors.by_key
    if not entries or not current:
        return 0.0
    hashes = {anchor.hash for anchor in current.values()}
    labels = {anchor.label for anchor in current.values()}
    common = sum(
        1.0 if entry_hash in hashes or label in labels else SAME_ID if key in current else 0.0
        for key, (entry_hash, label) in entries.items()
    )
    # The title counts as an entry, where the record has it.
    titles = 2 * (record.title == content.title) if record.title else 0
    number = len(entries) + len(current) + (2 if record.title else 0)
    return (2 * common + titles) / number
