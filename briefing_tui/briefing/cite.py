"""What an entry rests on: its voice, its grade, and since when it could be known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

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
    dates = [source.published.date for source in sources(entry, briefing)]
    return min(dates, key=lambda date: date.sort_key, default=None)


def address(passage: str) -> str:
    """A passage as people write it: ``P4S3`` is ``¶4 s3``."""
    paragraph, _, sentence = passage.lstrip("P").partition("S")
    return f"¶{paragraph} s{sentence}"


def short_form(citation: Citation) -> str:
    """A citation as it is written in a file."""
    return f"{citation.source} {citation.at}" if citation.at else citation.source


def entries(value: object) -> Iterator[Evidenced]:
    """Every evidenced entry in a part of the model, outermost first."""
    for entry in parts(value):
        if isinstance(entry, Evidenced):
            yield entry


def parts(value: object) -> Iterator[msgspec.Struct]:
    """Every entry in a part of the model, outermost first, in the order of the file."""
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, msgspec.Struct):
            yield part
            rest.extend(inner for name in holders(type(part)) if (inner := getattr(part, name)))
        elif isinstance(part, dict):
            rest.extend(reversed(part.values()))
        elif isinstance(part, tuple):
            rest.extend(reversed(part))


@cache
def holders(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of an entry that can hold entries, last first."""
    fields = msgspec.structs.fields(cls)
    return tuple(
        field.name for field in reversed(fields) if field.name != "place" and _holds(field.type)
    )


def _holds(kind: object) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return True
    return any(_holds(part) for part in get_args(kind))
