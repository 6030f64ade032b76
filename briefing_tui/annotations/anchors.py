"""What marks hold on to: for every entry a key that stays, and a hash of what it says.

An entry with an id is known by that; one without by its hash, so that a mark stays with it wherever
it moves to. The hash is of the meaning: place, order of keys and citations, line breaks, and a
voice written out or left out change nothing. What an entry holds that has an anchor of its own
does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Any

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Citation, Dispute, Entry, Evidenced, Milestone
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.provenance import has_voice, voice, walk_entries
from briefing_tui.briefing.text import excerpt
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.scene import Scene

_ALIKE = 0.6
"""How much of a label must be the same for an entry to pass as a changed one."""

_COMPARED = 200
"""Characters of a label that are compared: a label of a foreign file may have millions."""


class Anchor(msgspec.Struct, frozen=True, dict=True):
    """An entry, for marks."""

    key: str
    hash: str
    path: EntryPath
    """Where it stands in the file as it is now."""
    entry: Entry
    scene: Scene

    @cached_property
    def label(self) -> str:
        """What it says, on one line and shortened."""
        return excerpt(statement_of(self.scene, self.entry), 100)

    @property
    def section(self) -> str:
        """The list or table it stands in."""
        return self.key.rpartition("/")[0]


class Anchors:
    """The anchors of a document."""

    def __init__(self, found: list[Anchor]) -> None:
        self.by_path = {one.path: one for one in found}
        self.by_key: dict[str, Anchor] = {}
        for one in found:
            self.by_key.setdefault(one.key, one)

    def heir(self, key: str, label: str, taken: set[str]) -> Anchor | None:
        """The entry that a key means now: its own, or, without an id, one much like it."""
        found = self.by_key.get(key)
        if found is not None or not _by_hash(key):
            return found
        section = key.rpartition("/")[0]
        others = [
            one for one in self.by_key.values() if one.section == section and one.key not in taken
        ]
        nearest = max(others, key=lambda one: (_likeness(label, one.label), one.key), default=None)
        if nearest is None or _likeness(label, nearest.label) < _ALIKE:
            return None
        return nearest


def anchors(scene: Scene) -> Anchors:
    """The anchors of all entries of a document, whatever part of it is shown."""
    return Anchors(list(_anchors(scene)))


def _anchors(scene: Scene) -> Iterator[Anchor]:
    document = scene.document
    key = _Keys(document)
    for entry in walk_entries(document.briefing):
        if isinstance(entry, (Evidenced, Milestone)) and entry.place is not None:
            said = _hash(entry, document)
            yield Anchor(key.of(entry, said), said, entry.place.path, entry, scene)


class _Keys:
    """Finds the keys of the entries of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_position: dict[int, dict[Any, Any]] = {}
        """For each list of entries, by its identity, what stands where in the file."""

    def of(self, entry: Entry, said: str) -> str:
        """The path of an entry, with ids, or its hash, where the file has positions."""
        assert entry.place is not None
        steps: list[str] = []
        value: Any = self._document.briefing
        for number, step in enumerate(entry.place.path):
            value = value.get(step) if isinstance(value, dict) else self._inside(value, step)
            if isinstance(step, str):
                steps.append(step)
            elif isinstance(getattr(value, "id", None), str):
                steps.append(value.id)
            elif number == len(entry.place.path) - 1:
                steps.append(f"#{said[:8]}")
            elif isinstance(value, Entry):
                steps.append(f"#{_hash(value, self._document)[:8]}")
            else:
                steps.append(str(step))
        return "/".join(steps)

    def _inside(self, value: Any, step: str | int) -> Any:
        if isinstance(step, str):
            return getattr(value, step, None)
        if not isinstance(value, tuple):
            return None
        if id(value) not in self._by_position:
            # Entries that could not be read leave gaps between the positions of the file.
            self._by_position[id(value)] = {
                one.place.path[-1]: one for one in reversed(value) if one.place
            }
        return self._by_position[id(value)].get(step)


def _by_hash(key: str) -> bool:
    return key.rpartition("/")[2].startswith("#")


def _hash(entry: Entry, document: Document) -> str:
    meaning = msgspec.json.encode(_meaning(entry, document), enc_hook=str, order="sorted")
    return hashlib.blake2b(meaning, digest_size=8).hexdigest()


def _meaning(value: Any, document: Document) -> Any:
    if isinstance(value, Entry):
        told: dict[str, Any] = {}
        for name in _fields(type(value)):
            meant = _meaning(getattr(value, name), document)
            if meant not in (None, [], ""):
                told[name] = meant
        if isinstance(value, Evidenced) and has_voice(value):
            told["basis"] = voice(value, document.briefing.about)
        return told
    if isinstance(value, tuple):
        kept = [one for one in value if isinstance(one, (str, Citation, Dispute))]
        return sorted((_meaning(one, document) for one in kept), key=msgspec.json.encode)
    if isinstance(value, str):
        return " ".join(value.split())
    return value


@cache
def _fields(cls: type[Entry]) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in msgspec.structs.fields(cls)
        if field.name != "place" and not _is_own(field.type)
    )


def _is_own(kind: Any) -> bool:
    """Whether a field holds one entry with an anchor of its own."""
    from typing import get_args

    kinds = get_args(kind) or (kind,)
    return any(isinstance(one, type) and issubclass(one, (Evidenced, Milestone)) for one in kinds)


def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, one[:_COMPARED], two[:_COMPARED], autojunk=False).ratio()
