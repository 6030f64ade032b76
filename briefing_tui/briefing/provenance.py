"""What an entry rests on: its voice, its grade, and since when it could be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from inspect import get_annotations
from typing import Literal, get_args, get_origin

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Briefing, Citation, Evidenced, Source
from briefing_tui.briefing.vocabulary import Basis


def voice(entry: Evidenced, about: str) -> Basis:
    """Whose voice an entry is, where the article is the source ``about``.

    An entry that does not say is the article's if it cites the article, and else another source's:
    so no statement of somebody else's can pass for the article's.
    """
    if entry.basis is not None:
        return entry.basis
    cites_it = any(citation.source == about for citation in entry.cite)
    return "stated" if cites_it else "external"


def has_voice(entry: Evidenced) -> bool:
    """Whether an entry tells or shows whose voice it is; a bare question does neither."""
    return entry.basis is not None or bool(entry.cite)


def sources(entry: Evidenced, briefing: Briefing) -> list[Source]:
    """The sources of an entry that the file knows, in the order cited."""
    known = briefing.sources
    return [known[cited.source] for cited in entry.cite if cited.source in known]


def grade(entry: Evidenced, briefing: Briefing) -> str:
    """Admiralty grade of an entry, such as ``B2``, ``F`` or nothing.

    The letter is that of the source whose voice it is: the article for what it states, the best of
    the others for what they say. The digit is the entry's own credibility, where given.
    """
    basis = voice(entry, briefing.about)
    own = basis in ("stated", "inferred")
    letters = [
        briefing.sources[cited.source].reliability
        for cited in entry.cite
        if cited.source in briefing.sources and briefing.is_article(cited.source) == own
    ] or [source.reliability for source in sources(entry, briefing)]
    return min(letters, default="") + (str(entry.credibility) if entry.credibility else "")


def known_since(entry: Evidenced, briefing: Briefing) -> Edtf | None:
    """The earliest publication among an entry's sources, or its own ``known``."""
    if entry.known is not None:
        return entry.known
    found: Edtf | None = None
    for cited in entry.cite:
        source = briefing.sources.get(cited.source)
        if source is not None:
            date = source.published.date
            if found is None or date.sort_key < found.sort_key:
                found = date
    return found


def address(passage: str) -> str:
    """A passage as people write it: ``P4S3`` is ``¶4 s3``."""
    paragraph, _, sentence = passage.lstrip("P").partition("S")
    return f"¶{paragraph} s{sentence}"


def short_form(citation: Citation) -> str:
    """A citation as it is written in a file."""
    return f"{citation.source} {citation.at}" if citation.at else citation.source


def entries(value: object) -> Iterator[Evidenced]:
    """Every evidenced entry in a part of the model, outermost first."""
    for entry in _walk(value, _evidence_holders):
        if isinstance(entry, Evidenced):
            yield entry


def parts(value: object) -> Iterator[msgspec.Struct]:
    """Every entry in a part of the model, outermost first, in the order of the file."""
    return _walk(value, holders)


def _walk(
    value: object, fields: Callable[[type[msgspec.Struct]], tuple[str, ...]]
) -> Iterator[msgspec.Struct]:
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, msgspec.Struct):
            yield part
            rest.extend(inner for name in fields(type(part)) if (inner := getattr(part, name)))
        elif isinstance(part, dict):
            rest.extend(reversed(part.values()))
        elif isinstance(part, tuple):
            rest.extend(reversed(part))


@cache
def holders(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of an entry that can hold entries, last first."""
    return _fields(cls, lambda _: True)


@cache
def _evidence_holders(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of an entry that can hold evidenced entries, however deep, last first."""
    return _fields(cls, lambda kind: issubclass(kind, Evidenced) or bool(_evidence_holders(kind)))


def _fields(
    cls: type[msgspec.Struct], wanted: Callable[[type[msgspec.Struct]], bool]
) -> tuple[str, ...]:
    # `msgspec.structs.fields` would look into every type as deep as it goes.
    types = {
        name: kind
        for base in cls.__mro__
        if base.__module__ != msgspec.Struct.__module__
        for name, kind in get_annotations(base, eval_str=True).items()
    }
    return tuple(
        name
        for name in reversed(cls.__struct_fields__)
        if name != "place" and any(map(wanted, _structs(types[name])))
    )


def _structs(kind: object) -> Iterator[type[msgspec.Struct]]:
    """The structs in the type of a field."""
    if isinstance(kind, type):
        if issubclass(kind, msgspec.Struct):
            yield kind
    elif get_origin(kind) is not Literal:
        for part in get_args(kind):
            yield from _structs(part)
