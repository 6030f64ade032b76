"""A briefing in few bytes, of which only what involves somebody is read back.

What an index can keep for each file, so that a dossier over thousands of briefings needs no YAML
and makes no entry that it leaves out. Empty fields and places in the file are not kept; what is
read back knows its path, and not its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Actor, Briefing, Deal, Entry, Event, Point, Source
from briefing_tui.library.placing import placed

E = TypeVar("E", bound=Entry)
_Table = dict[str, msgspec.Raw]
_List = tuple[msgspec.Raw, ...]


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
    """The bytes of a briefing."""
    return msgspec.msgpack.encode(_bare(briefing), enc_hook=str)


def decode_about(data: bytes, names: Iterable[str]) -> Briefing:
    """What of a briefing may involve the actors or deals of some ids, and a little more.

    Raises:
        msgspec.DecodeError: the bytes are no briefing of this version.
    """
    outline = _decoder(_Outline).decode(data)
    kept: list[bytes] = []
    wanted = [name.encode() for name in names]

    def some(kind: type[E], section: str, needles: Iterable[bytes]) -> tuple[E, ...]:
        found = []
        sought = list(needles)
        for at, raw in enumerate(getattr(outline, section)):
            held = bytes(raw)
            if any(needle in held for needle in sought):
                kept.append(held)
                found.append(placed(_decoder(kind).decode(held), (section, at)))
        return tuple(found)

    def named(kind: type[E], section: str, fits: Callable[[str, bytes], bool]) -> dict[str, E]:
        found = {}
        for name, raw in getattr(outline, section).items():
            held = bytes(raw)
            if fits(name, held):
                kept.append(held)
                found[name] = placed(_decoder(kind).decode(held), (section, name))
        return found

    timeline = some(Event, "timeline", wanted)
    touched = {name.encode() for event in timeline for name in event.deals} | {*wanted}
    deals = named(Deal, "deals", lambda name, held: name.encode() in touched or _any(wanted, held))
    about = [*wanted, *(event.id.encode() for event in timeline)]
    points = {
        section: some(Point, section, about)
        for section in ("bottom_line", "key_points", "open_questions")
    }
    together = b"\n".join(kept)
    actors = named(
        Actor, "actors", lambda name, _: name.encode() in touched or name.encode() in together
    )
    beyond = {name for one in actors.values() for name in one.member_of} - actors.keys()
    actors |= named(Actor, "actors", lambda name, _: name in beyond)
    together = b"\n".join(kept)
    return Briefing(
        briefing=outline.briefing,
        title=outline.title,
        as_of=Edtf.parse(outline.as_of),
        about=outline.about,
        tags=outline.tags,
        sources=named(Source, "sources", lambda name, _: name.encode() in together),
        actors={name: actors[name] for name in outline.actors if name in actors},
        timeline=timeline,
        deals=deals,
        bottom_line=points["bottom_line"],
        key_points=points["key_points"],
        open_questions=points["open_questions"],
    )


def _any(needles: list[bytes], held: bytes) -> bool:
    return any(needle in held for needle in needles)


def _bare(value: Any) -> Any:
    """A value without empty fields and places."""
    if isinstance(value, Entry):
        fields = ((name, _bare(getattr(value, name))) for name in value.__struct_fields__)
        return {name: one for name, one in fields if name != "place" and one not in (None, [], {})}
    if isinstance(value, tuple):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    return value


@cache
def _decoder(kind: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_date)


def _date(kind: type, value: object) -> object:
    if kind is Edtf and isinstance(value, str):
        return Edtf.parse(value)
    raise NotImplementedError
