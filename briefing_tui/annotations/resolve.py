"""Resolves the keys of a sidecar to the entries of a briefing as it is now."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from briefing_tui.annotations.anchors import Anchor, Anchors
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.problems import EntryPath


class ResolvedMarks(msgspec.Struct, frozen=True):
    """The marks on one entry."""

    key: str
    """Key of the entry now, or its last one if it is removed."""
    stored_key: str
    label: str
    path: EntryPath | None
    """Path of the entry; None if it is removed."""
    star: bool
    notes: tuple[str, ...]
    tags: tuple[str, ...]
    changed: bool
    """Whether the entry has changed since it was marked."""


def resolve_marks(sidecar: Sidecar, anchors: Anchors) -> Iterator[ResolvedMarks]:
    """Iterate over all marked entries in the order of keys, including removed ones."""
    # A heading without marks does not keep its entry from having those of a former key.
    taken = {key for key, marked in sidecar.items() if not marked.empty}
    for key, marked in sorted(sidecar.items()):
        if not key or marked.empty:
            continue
        anchor = anchors.resolve(key, marked.label, taken)
        hashes = {note.hash for note in marked.notes} | {marked.star or ""}
        yield ResolvedMarks(
            key=anchor.key if anchor else key,
            stored_key=key,
            label=anchor.label if anchor else marked.label,
            path=anchor.path if anchor else None,
            star=marked.star is not None,
            notes=tuple(note.text for note in marked.notes),
            tags=tuple(dict.fromkeys(tag for note in marked.notes for tag in note.tags)),
            changed=anchor is not None and bool(hashes - {anchor.hash, ""}),
        )


def stored_key(sidecar: Sidecar, anchors: Anchors, anchor: Anchor) -> str:
    """Return the key of an entry's marks: its own, or the one it had before it changed."""
    if anchor.key in sidecar and not sidecar[anchor.key].empty:
        return anchor.key
    resolved = resolve_marks(sidecar, anchors)
    return next((marks.stored_key for marks in resolved if marks.key == anchor.key), anchor.key)
