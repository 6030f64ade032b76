"""Anchors of marks: for each entry a key that is stable across edits, and a hash of its meaning.

The key of an entry is its id; without one it is its hash, so that a mark stays with the entry
wherever it moves. The hash ignores position, the order of keys and citations, line breaks, whether
an implied voice is written out, and nested entries that have anchors of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Any

import msgspec

from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import (
    Citation,
    Dispute,
    Entry,
    Evidenced,
    Milestone,
    Remark,
    declared_path,
    fields_of,
    former_path,
)
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.provenance import has_voice, voice
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.briefing.terminal_text import excerpt
from briefing_tui.briefing.traversal import struct_types, walk_entries
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.scene import Scene

_MIN_SIMILARITY = 0.6
"""Ratio of equal characters in the labels of two versions of an entry."""

_COMPARED_LENGTH = 200
"""Characters of a label that are compared: a label of a hostile file may have millions."""


class Anchor(msgspec.Struct, frozen=True, dict=True):
    """An entry with its key and hash."""

    key: str
    hash: str
    path: EntryPath
    entry: Entry
    scene: Scene

    @cached_property
    def label(self) -> str:
        """The statement of the entry, on one line and shortened."""
        return excerpt(statement_of(self.scene, self.entry), 100)

    @property
    def section(self) -> str:
        """Key of the list or table that it is in."""
        return self.key.rpartition("/")[0]


class Anchors:
    """The anchors of a document; of several entries with one key, an error, the first counts."""

    def __init__(self, entries: list[Anchor]) -> None:
        self.by_path = {anchor.path: anchor for anchor in entries}
        self.by_key: dict[str, Anchor] = {}
        for anchor in entries:
            self.by_key.setdefault(anchor.key, anchor)

    def resolve(self, key: str, label: str, taken: set[str]) -> Anchor | None:
        """Return the entry that a stored key refers to; None if it was removed.

        Args:
            key: The stored key. Without an id in it, it may refer to a similar entry.
            label: Label of the entry then.
            taken: Keys of entries that have marks or a read state of their own.
        """
        anchor = self.by_key.get(key)
        section, _, name = key.rpartition("/")
        if anchor is not None or not name.startswith("#"):
            return anchor
        candidates = [
            (_similarity(label, anchor.label), anchor.key)
            for anchor in self.by_key.values()
            if anchor.section == section and anchor.key not in taken
        ]
        similarity, nearest = max(candidates, default=(0.0, ""))
        return self.by_key[nearest] if similarity >= _MIN_SIMILARITY else None


def anchors(scene: Scene) -> Anchors:
    """Return the anchors of all entries of a document, whatever the scene is filtered by."""
    document = scene.document
    keys = _Keys(document)
    return Anchors(
        [
            Anchor(keys.key_of(entry, entry_hash), entry_hash, entry.location.path, entry, scene)
            for entry in walk_entries(document.briefing)
            if isinstance(entry, (Evidenced, Milestone)) and entry.location is not None
            for entry_hash in [_hash(entry, document)]
        ]
    )


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


class _Keys:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_position: dict[int, dict[Any, Any]] = {}
        """By the ``id()`` of a list of entries: its entries by position in the file."""

    def key_of(self, entry: Entry, entry_hash: str) -> str:
        """Return the path of an entry, with ids or hashes in the place of list positions."""
        assert entry.location is not None
        steps: list[str] = []
        value: Any = self._document.briefing
        for number, step in enumerate(declared_path(entry.location.path)):
            value = value.get(step) if isinstance(value, dict) else self._child(value, step)
            if isinstance(step, str):
                steps.append(step)
            elif isinstance(getattr(value, "id", None), str):
                steps.append(value.id)
            elif number == len(entry.location.path) - 1:
                steps.append(f"#{entry_hash[:8]}")
            elif isinstance(value, Entry):
                steps.append(f"#{_hash(value, self._document)[:8]}")
            else:
                steps.append(str(step))
        return "/".join(map(str, former_path(tuple(steps))))

    def _child(self, value: Any, step: str | int) -> Any:
        if isinstance(step, str):
            return getattr(value, step, None)
        if not isinstance(value, tuple):
            return None
        if id(value) not in self._by_position:
            # Unreadable entries leave gaps between the positions in the file.
            placed = (entry for entry in reversed(value) if entry.location)
            self._by_position[id(value)] = {entry.location.path[-1]: entry for entry in placed}
        return self._by_position[id(value)].get(step)


def _hash(entry: Entry, document: Document) -> str:
    meaning = msgspec.json.encode(_meaning(entry, document), enc_hook=str, order="sorted")
    return hashlib.blake2b(meaning, digest_size=8).hexdigest()


def _meaning(value: Any, document: Document) -> Any:
    if isinstance(value, Remark) and value.known is None:
        return " ".join(value.text.split())
    if isinstance(value, Entry):
        fields: dict[str, Any] = {}
        for name in _hashed_fields(type(value)):
            meaning = _meaning(getattr(value, name), document)
            if meaning not in (None, [], "", {}):
                fields[type(value).FORMER.get(name, name)] = meaning
        if isinstance(value, Evidenced) and has_voice(value):
            fields["basis"] = voice(value, document.briefing.about)
        return fields
    if isinstance(value, tuple):
        items = (item for item in value if isinstance(item, (str, Citation, Dispute)))
        return sorted((_meaning(item, document) for item in items), key=msgspec.json.encode)
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Quantity):
        return value.text if value.whole is None else value.whole
    return value


@cache
def _hashed_fields(cls: type[Entry]) -> tuple[str, ...]:
    """Return the fields without entries that have anchors of their own."""
    anchored = (Evidenced, Milestone)
    return tuple(
        field.name
        for field in fields_of(cls)
        if not any(issubclass(kind, anchored) for kind in struct_types(field.type))
    )


def _similarity(*labels: str) -> float:
    first, second = (label[:_COMPARED_LENGTH] for label in labels)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
