"""Provenance of an entry: its voice, its grade, and since when it could be known."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import (
    Basis,
    Briefing,
    Citation,
    Evidenced,
    Reliability,
    Source,
)


def voice(entry: Evidenced, about: str) -> Basis:
    """Return whose voice an entry is, with ``about`` the id of the article.

    Without an explicit ``basis`` an entry is the article's only if it cites the article, so that
    another source's statement never passes for the article's.
    """
    if entry.basis is not None:
        return entry.basis
    cites_article = any(citation.source == about for citation in entry.cite)
    return "stated" if cites_article else "external"


def has_voice(entry: Evidenced) -> bool:
    """Return whether an entry has a voice, declared or cited; a bare question has neither."""
    return entry.basis is not None or bool(entry.cite)


def sources(entry: Evidenced, briefing: Briefing) -> list[Source]:
    """Return the sources of an entry that exist in the file, in the order cited."""
    records = briefing.sources
    return [records[citation.source] for citation in entry.cite if citation.source in records]


def letters(entry: Evidenced, briefing: Briefing) -> tuple[Reliability, ...]:
    """Return the letters by which the briefer rates the sources of an entry, the best first.

    They are those of the article if the entry has its voice, otherwise those of the other sources.
    """
    is_of_article = voice(entry, briefing.about) in ("stated", "inferred")
    cited = [
        (citation.source, briefing.sources[citation.source].reliability)
        for citation in entry.cite
        if citation.source in briefing.sources
    ]
    own = {letter for name, letter in cited if briefing.is_article(name) == is_of_article}
    return tuple(sorted(own or {letter for _, letter in cited}))


def grade(entry: Evidenced, briefing: Briefing) -> str:
    """Return the Admiralty grade of an entry, such as ``B2``, ``A–C2``, ``F`` or an empty string.

    The letters are the best and the weakest of `letters`, or one if they are the same. The digit
    is the entry's credibility, if given.
    """
    rated = letters(entry, briefing)
    return "–".join(dict.fromkeys((*rated[:1], *rated[-1:]))) + str(entry.credibility or "")


def known_since(entry: Evidenced, briefing: Briefing) -> Edtf | None:
    """Return an entry's ``known`` date, or else the earliest publication date of its sources."""
    if entry.known is not None:
        return entry.known
    earliest: Edtf | None = None
    for citation in entry.cite:  # faster than `min`: it runs for every entry on every step
        source = briefing.sources.get(citation.source)
        if source is not None:
            date = source.published.date
            if earliest is None or _day_order(date) < _day_order(earliest):
                earliest = date
    return earliest


def known_ordinal(date: Edtf) -> int:
    """Return the first day of a date of knowledge as an ordinal; 0, always, if it is unknown."""
    return date.anchor.toordinal() if date.is_known else 0


def _day_order(date: Edtf) -> tuple[datetime.date, tuple[int, int, int]]:
    """Return a key for the order of days as written, whatever their zone, then of instants."""
    return date.anchor, date.sort_key


class Correction(NamedTuple):
    """What a later source does to an earlier one."""

    verb: Literal["corrected", "retracted"]
    by: str
    """Id of the later source."""


def corrections(sources: Mapping[str, Source]) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of sources by others among them, by id; retractions come first."""
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for name, source in sources.items():
        for target in source.retracts:
            found[target].append(Correction("retracted", name))
    for name, source in sources.items():
        for target in source.corrects:
            found[target].append(Correction("corrected", name))
    return {target: tuple(dict.fromkeys(items)) for target, items in found.items()}


def passage_label(passage: str) -> str:
    """Format a passage id for readers: ``P4S3`` is ``¶4 s3``."""
    paragraph, _, sentence = passage.lstrip("P").partition("S")
    return f"¶{paragraph} s{sentence}"


def format_citation(citation: Citation) -> str:
    """Format a citation as in a file: ``source`` or ``source P4S3``."""
    return f"{citation.source} {citation.at}" if citation.at else citation.source
