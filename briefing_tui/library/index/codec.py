"""A briefing in few bytes, of which only what involves somebody is read back.

What an index keeps for each file, so that a dossier over thousands of briefings needs no YAML and
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
"""The fields whose entries nobody asks where they stand."""
_HOLDING = frozenset({dict, list, tuple})
"""The kinds of what is written that hold other values."""
_SHARED = 4096
"""Sources kept in memory, since other briefings cite them too."""


class _Outline(msgspec.Struct):
    """A briefing whose entries are not made yet."""

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
    """The bytes of a briefing, whose entries keep their paths, but neither line nor column.

    So what two briefings tell alike is alike in bytes.
    """
    written: dict[str, Any] = msgspec.to_builtins(briefing, enc_hook=str)
    bare = {
        name: {key: _bare(item) for key, item in value.items()}
        if isinstance(value, dict)
        else _bare(value)
        for name, value in written.items()
    }
    return zlib.compress(msgspec.msgpack.encode(bare), 1)


def decode_about(data: bytes, names: Iterable[str]) -> Briefing:
    """What of a briefing may involve the actors or deals of some ids, and a little more.

    Entries are found by their bytes alone: whoever wants no more than what involves somebody
    narrows what is returned. Every source that an entry cites, or that such a source derives from,
    is there.

    Raises:
        ValueError: the bytes are no briefing of this version.
    """
    try:
        outline = _decoder(_Outline).decode(zlib.decompress(data))
        return _Reading(outline, names).briefing()
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from error


def _bare(value: Any, field: str = "") -> Any:
    """What stands in a field, without what nobody asks of it."""
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
    """Makes the entries of one briefing that are asked for."""

    def __init__(self, outline: _Outline, names: Iterable[str]) -> None:
        self._outline = outline
        self._names = {*names}
        self._decoded: list[bytes] = []
        """What the entries were made from."""

    def briefing(self) -> Briefing:
        outline = self._outline
        needles = [name.encode() for name in self._names]
        timeline = self._some(Event, outline.timeline, needles)
        deals = self._deals(timeline, needles)
        about = [*needles, *(event.id.encode() for event in timeline)]
        bottom_line = self._some(Point, outline.bottom_line, about)
        key_points = self._some(Point, outline.key_points, about)
        open_questions = self._some(Point, outline.open_questions, about)
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
        return self._of(
            Deal,
            raw,
            [name for name, deal_data in raw.items() if name in beside or _any(needles, deal_data)],
        )

    def _actors(self, timeline: tuple[Event, ...], deals: dict[str, Deal]) -> dict[str, Actor]:
        """Whoever stands beside what is wanted, and whom they act for."""
        raw = self._outline.actors
        beside = {*self._names, *(name for event in timeline for name in event.actors)}
        for deal in deals.values():
            beside.update(deal_speakers(deal))
        actors = self._of(Actor, raw, [name for name in raw if name in beside])
        beyond = {name for actor in actors.values() for name in actor.member_of} - actors.keys()
        if not beyond:
            return actors
        actors |= self._of(Actor, raw, [name for name in raw if name in beyond])
        return {name: actors[name] for name in raw if name in actors}

    def _sources(self) -> dict[str, Source]:
        """All that is cited, and what that derives from."""
        raw = {name: bytes(source_data) for name, source_data in self._outline.sources.items()}
        sources: dict[str, Source] = {}
        while self._decoded:
            together = b"\n".join(self._decoded)
            cited = [name for name in raw if name not in sources and name.encode() in together]
            sources |= {name: _source(raw[name]) for name in cited}
            self._decoded = [raw[name] for name in cited]
        return {name: sources[name] for name in raw if name in sources}

    def _some(self, kind: type[E], section: _List, needles: list[bytes]) -> tuple[E, ...]:
        return tuple([self._made(kind, raw) for raw in section if _any(needles, raw)])

    def _of(self, kind: type[E], section: _Table, names: list[str]) -> dict[str, E]:
        return {name: self._made(kind, section[name]) for name in names}

    def _made(self, kind: type[E], raw: msgspec.Raw) -> E:
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
