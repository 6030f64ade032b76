"""Articles with their briefings, the faults to put in and the true statements to add."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ARTICLES = Path(__file__).with_name("articles")

CLASSES = {
    "figure": "figure or count",
    "scale": "scale, currency or clock",
    "unit": "unit after a right number",
    "fraction": "quarter, decade, fraction, score",
    "points": "percentage points and per cent",
    "inferred_figure": "figure in an inferred entry",
    "date": "date, without the article's words",
    "stated_date": "date against its own words",
    "weekday": "weekday",
    "quotation": "quotation or quoted words",
    "speaker": "speaker in a field",
    "speaker_prose": "speaker in prose",
    "who": "who did what to whom",
    "negation": "negation dropped or added",
    "direction": "outcome or direction",
    "cause": "cause, condition or order",
    "tense": "planned as done, or the reverse",
    "name": "name",
    "look_alike": "look-alike letters",
    "role": "role",
    "place": "place",
    "country": "country",
    "citation": "unrelated passage cited",
    "hedge": "words of caution",
    "history": "history of sources and promises",
}
"""Classes of faults, with their titles in the table."""

_Path = tuple[str | int, ...]


class EditError(ValueError):
    """An edit that cannot be made exactly once."""


class Fault(NamedTuple):
    """A change of one field that makes a sound briefing untrue."""

    kind: str
    at: str
    """Keys, ids and positions from the root of the file, such as ``timeline/launch/headline``."""
    old: str = ""
    """Words of the field that are replaced; exactly once there."""
    new: str = ""
    """What replaces them; a field of which nothing remains is removed."""
    add: Any = None
    """Instead of words: an entry for the list at the path, or the value of a field."""

    def __str__(self) -> str:
        change = f"+ {json.dumps(self.add, ensure_ascii=False)}" if self.add is not None else ""
        return f"{self.at}: {change or f'{self.old} → {self.new}'}"

    def put_into(self, content: Any) -> tuple[Any, _Path]:
        """Return changed content of a file, and the path of the field that was changed.

        Raises:
            EditError: There is no such field, or not exactly one place for the change.
        """
        changed = deepcopy(content)
        *steps, last = self.at.split("/")
        parent, path = _resolved(changed, steps)
        if self.add is not None:
            return changed, (*path, *_add(parent, last, self.add))
        key = _key(parent, last)
        text = parent[key]
        if not isinstance(text, str) or text.count(self.old) != 1:
            raise EditError(f"{self.at} does not have {self.old!r} exactly once: {text!r}")
        parent[key] = text.replace(self.old, self.new)
        if not parent[key]:
            del parent[key]
        return changed, (*path, key)


class Truth(NamedTuple):
    """A true entry to add to a sound briefing, or to put in the place of the one of its id."""

    kind: str
    """The list it is added to, such as ``key_points``."""
    entry: dict[str, Any]

    def __str__(self) -> str:
        return str(self.entry.get("headline") or self.entry.get("text"))

    def put_into(self, content: Any) -> tuple[Any, _Path]:
        """Return changed content of a file, and the path of the entry.

        Raises:
            EditError: There is no such list.
        """
        changed = deepcopy(content)
        *steps, last = self.kind.split("/")
        parent, path = _resolved(changed, steps)
        entries = parent.setdefault(last, [])
        name = self.entry.get("id")
        places = [place for place, entry in enumerate(entries) if name and entry["id"] == name]
        entry = deepcopy(self.entry)
        if last == "timeline" and not name:
            entry["id"] = "true-statement"
        if places:
            entries[places[0]] = entry
        else:
            entries.append(entry)
        return changed, (*path, last, places[0] if places else len(entries) - 1)


Edit = Fault | Truth


class Article:
    """An article, the sound briefing of it, and the edits of that."""

    def __init__(self, directory: Path) -> None:
        self.name = directory.name
        self._directory = directory

    @cached_property
    def text(self) -> bytes:
        """The text of the article."""
        return (self._directory / "article.txt").read_bytes()

    @cached_property
    def content(self) -> Any:
        """The content of the sound briefing: mappings, lists and texts."""
        return self._load("briefing.yaml")

    @cached_property
    def faults(self) -> list[Fault]:
        """The faults, by class."""
        return [
            Fault(kind, **fault)
            for kind, faults in self._load("faults.yaml").items()
            for fault in faults
        ]

    @cached_property
    def truths(self) -> list[Truth]:
        """The true statements, by the list that they belong to."""
        return [
            Truth(section, entry)
            for section, entries in self._load("truths.yaml").items()
            for entry in entries
        ]

    @property
    def about(self) -> str:
        """The id of the article among the sources of the briefing."""
        return str(self.content["about"])

    def _load(self, name: str) -> Any:
        # All values are texts, as they are to the reader: no dates, no truth values.
        text = (self._directory / name).read_text(encoding="utf-8")
        return yaml.load(text, Loader=yaml.CBaseLoader)


def articles(names: tuple[str, ...] = ()) -> Iterator[Article]:
    """Yield the articles of these names, or all."""
    for directory in sorted(ARTICLES.iterdir()):
        if directory.is_dir() and (not names or directory.name in names):
            yield Article(directory)


def as_file(content: Any) -> bytes:
    """Return content as a file: JSON, which is YAML, with whole numbers as such."""
    return json.dumps(_with_numbers(content), ensure_ascii=False, indent=1).encode()


def _with_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_numbers(item) for item in value]
    # As text a number is the same without quotation marks, and where one is required it is one.
    return int(value) if value.isascii() and value.isdigit() and value == f"{int(value)}" else value


def _resolved(content: Any, steps: list[str]) -> tuple[Any, _Path]:
    path: list[str | int] = []
    for step in steps:
        path.append(_key(content, step))
        content = content[path[-1]]
    return content, tuple(path)


def _key(parent: Any, step: str) -> str | int:
    """Return the key of a mapping, or the position in a list that an id or a number names."""
    if isinstance(parent, dict):
        if step in parent:
            return step
    elif isinstance(parent, list):
        for place, entry in enumerate(parent):
            if isinstance(entry, dict) and entry.get("id") == step:
                return place
        if step.isdigit() and int(step) < len(parent):
            return int(step)
    raise EditError(f"there is no {step!r}")


def _add(parent: Any, last: str, value: Any) -> _Path:
    """Add to the list at a key, or set the key; return the path of what was added."""
    existing = parent.get(last)
    if isinstance(existing, list):
        existing.append(deepcopy(value))
        return (last, len(existing) - 1)
    if existing is not None:
        raise EditError(f"{last!r} has a value already")
    parent[last] = deepcopy(value)
    return (last,)
