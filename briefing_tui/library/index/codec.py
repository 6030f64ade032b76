"""A compact serialisation of a briefing, of which a part can be decoded.

The index has one for each file, so that a dossier over thousands of briefings parses no YAML and
makes no entry that it leaves out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Actor, Briefing, Deal, Entry, Event, Point, Source
from briefing_tui.views.links import deal_speakers

E = TypeVar("E", bound=Entry)
_Table = dict[str, msgspec.Raw]
_List = tuple[msgspec.Raw, ...]

_PLACELESS = frozenset({"cite", "disputes", "published", "text"})
"""The fields with entries whose place is never needed."""
_HOLDING = frozenset({dict, list, tuple})
"""The types of values that hold other values."""
_SHARED = 4096
"""Sources that are cached, since several briefings cite them."""


class _Outline(msgspec.Struct):
    """A briefing whose entries are not decoded yet."""

    briefing: int
    title: str
    as_of: str
    about: str
    tags: tuple[str, ...] = ()
    bottom_line: _List = ()
    key_points: _List = ()
    open_questions: _List = ()
    sources: _Table = {}
    actors: _Table = {}
    timeline: _List = ()
    deals: _Table = {}


def encode(briefing: Briefing) -> bytes:
    """Serialise a briefing without lines and columns, so that equal entries have equal bytes."""
    written: dict[str, Any] = msgspec.to_builtins(briefing, enc_hook=str)
    bare = {
        name: {key: _bare(item) for key, item in value.items()}
        if isinstance(value, dict)
        else _bare(value)
        for name, value in written.items()
    }
    return zlib.compress(msgspec.msgpack.encode(bare), 1)


def decode_about(data: bytes, names: Iterable[str]) -> Briefing:
    """Return the entries that may involve the actors or deals of some ids, and some more.

    Entries are found by their bytes: the caller narrows the result. Every source that an entry
    cites, or that such a source derives from, is included.

    Raises:
        ValueError: the bytes are no briefing of this version.
    """
    try:
        outline = _decoder(_Outline).decode(zlib.decompress(data))
        return _Reading(outline, names).briefing()
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from error


def _bare(value: Any, field: str = "") -> Any:
    """Return the value of a field without places that are never needed."""
    # Nearly all values hold no others: a call for each would be most of the work.
    if isinstance(value, list | tuple):
        return [_bare(item, field) if type(item) in _HOLDING else item for item in value]
    if not isinstance(value, dict):
        return value
    fields = {
        name: _bare(item, name) if type(item) in _HOLDING else item for name, item in value.items()
    }
    place = fields.pop("place", None)
    if place is not None and field not in _PLACELESS:
        fields["place"] = (place[0], 1, 1)
    return fields


class _Reading:
    """Decodes the entries of one briefing that involve some ids."""

    def __init__(self, outline: _Outline, names: Iterable[str]) -> None:
        self._outline = outline
        self._names = {*names}
        self._decoded: list[bytes] = []
        """The serialised entries, to find the sources that they cite."""

    def briefing(self) -> Briefing:
        outline = self._outline
        needles = [name.encode() for name in self._names]
        timeline = self._containing(Event, outline.timeline, needles)
        deals = self._deals(timeline, needles)
        about = [*needles, *(event.id.encode() for event in timeline)]
        bottom_line = self._containing(Point, outline.bottom_line, about)
        key_points = self._containing(Point, outline.key_points, about)
        open_questions = self._containing(Point, outline.open_questions, about)
        return Briefing(
            briefing=outline.briefing,
            title=outline.title,
            as_of=Edtf.parse(outline.as_of),
            about=outline.about,
            tags=outline.tags,
            actors=self._actors(timeline, deals),
            timeline=timeline,
            deals=deals,
            bottom_line=bottom_line,
            key_points=key_points,
            open_questions=open_questions,
            sources=self._sources(),  # last, when it is known which are cited
        )

    def _deals(self, timeline: tuple[Event, ...], needles: list[bytes]) -> dict[str, Deal]:
        beside = {*self._names, *(name for event in timeline for name in event.deals)}
        raw = self._outline.deals
        return self._decode_table(
            Deal,
            raw,
            [name for name, deal_data in raw.items() if name in beside or _any(needles, deal_data)],
        )

    def _actors(self, timeline: tuple[Event, ...], deals: dict[str, Deal]) -> dict[str, Actor]:
        """Return the actors of the entries, and the groups that they are members of."""
        raw = self._outline.actors
        beside = {*self._names, *(name for event in timeline for name in event.actors)}
        for deal in deals.values():
            beside.update(deal_speakers(deal))
        actors = self._decode_table(Actor, raw, [name for name in raw if name in beside])
        beyond = {name for actor in actors.values() for name in actor.member_of} - actors.keys()
        if not beyond:
            return actors
        actors |= self._decode_table(Actor, raw, [name for name in raw if name in beyond])
        return {name: actors[name] for name in raw if name in actors}

    def _sources(self) -> dict[str, Source]:
        """Return the cited sources, and the sources that these derive from."""
        raw = {name: bytes(source_data) for name, source_data in self._outline.sources.items()}
        sources: dict[str, Source] = {}
        while self._decoded:
            together = b"\n".join(self._decoded)
            cited = [name for name in raw if name not in sources and name.encode() in together]
            sources |= {name: _source(raw[name]) for name in cited}
            self._decoded = [raw[name] for name in cited]
        return {name: sources[name] for name in raw if name in sources}

    def _containing(self, kind: type[E], section: _List, needles: list[bytes]) -> tuple[E, ...]:
        return tuple([self._decode(kind, raw) for raw in section if _any(needles, raw)])

    def _decode_table(self, kind: type[E], section: _Table, names: list[str]) -> dict[str, E]:
        return {name: self._decode(kind, section[name]) for name in names}

    def _decode(self, kind: type[E], raw: msgspec.Raw) -> E:
        self._decoded.append(bytes(raw))
        entry: E = _decoder(kind).decode(raw)
        return entry


@lru_cache(_SHARED)
def _source(data: bytes) -> Source:
    source: Source = _decoder(Source).decode(data)
    return source


def _any(needles: list[bytes], raw: msgspec.Raw) -> bool:
    content = bytes(raw)
    for needle in needles:  # noqa: SIM110 - a generator for every entry of every briefing is slow
        if needle in content:
            return True
    return False


@cache
def _decoder(kind: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_date)


def _date(kind: type, value: object) -> object:
    if kind is Edtf and isinstance(value, str):
        return Edtf.parse(value)
    raise NotImplementedError
