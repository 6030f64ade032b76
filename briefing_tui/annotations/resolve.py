"""The marks of a sidecar held against the briefing as it is now."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from briefing_tui.annotations.anchors import Anchor, Anchors
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.problems import EntryPath


class Listed(msgspec.Struct, frozen=True):
    """The marks on one entry."""

    key: str
    """Of the entry now, or as it was where it is gone."""
    kept_as: str
    """The key in the sidecar."""
    label: str
    path: EntryPath | None
    """Where the entry stands; nothing where it is gone."""
    star: bool
    notes: tuple[str, ...]
    tags: tuple[str, ...]
    changed: bool
    """Whether the entry says something else than when it was marked."""


def listed(sidecar: Sidecar, anchors: Anchors) -> Iterator[Listed]:
    """Every marked entry, in the order of keys; one that is gone as well."""
    # Most headings have no marks: they keep no entry from inheriting those of its former key.
    taken = {key for key, one in sidecar.items() if not one.empty}
    for key, one in sorted(sidecar.items()):
        if not key or one.empty:
            continue
        anchor = anchors.heir(key, one.label, taken)
        hashes = {note.hash for note in one.notes} | {one.star or ""}
        yield Listed(
            key=anchor.key if anchor else key,
            kept_as=key,
            label=anchor.label if anchor else one.label,
            path=anchor.path if anchor else None,
            star=one.star is not None,
            notes=tuple(note.text for note in one.notes),
            tags=tuple(dict.fromkeys(tag for note in one.notes for tag in note.tags)),
            changed=anchor is not None and bool(hashes - {anchor.hash, ""}),
        )


def key_in(sidecar: Sidecar, anchors: Anchors, anchor: Anchor) -> str:
    """Return the key of an entry's marks: its own, or the one it had before it changed."""
    if anchor.key in sidecar and not sidecar[anchor.key].empty:
        return anchor.key
    keys = (one.kept_as for one in listed(sidecar, anchors) if one.key == anchor.key)
    return next(keys, anchor.key)
