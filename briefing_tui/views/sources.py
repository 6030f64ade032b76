"""Bibliographic records, and what rests on each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import Citation, Evidenced, Source
from briefing_tui.briefing.provenance import entries
from briefing_tui.views.labels import RELIABILITY
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.rows import Row, Span, View, joined
from briefing_tui.views.scene import Scene
from briefing_tui.views.unreadable_entries import broken_rows

_LEAD = 10
_WIDEST_LEAD = 24


class Use(NamedTuple):
    """A statement that cites a source."""

    entry: Evidenced
    at: str | None
    """The passage, where it names one."""
    rival: bool
    """Whether the source stands only behind a rival version."""


def sources(scene: Scene) -> View:
    """The records of all sources."""
    known = scene.known.sources
    rows = [row for name in known for row in record(scene, name)]
    return View(
        title="Sources",
        count=len(known),
        noun="source",
        rows=(*rows, *broken_rows(scene, "sources")),
        empty="No source is cited here.",
        lead_width=min(max([_LEAD, *map(len, known)]), _WIDEST_LEAD),
    )


def bibliography(source: Source) -> str:
    """A source in one line, for a citation that stands alone."""
    date = words(source.published.date)
    dated = date if source.published.basis == "stated" else f"undated, about {date}"
    seen = f"retrieved {words(source.retrieved)}" if source.retrieved else None
    parts = [source.publisher, f"“{source.title}”", dated, source.url, seen]
    return ", ".join(part for part in parts if part)


def uses(scene: Scene, name: str) -> tuple[Use, ...]:
    """What cites a source of all that is known, by passage; last what names none."""
    found: dict[tuple[int, str | None], Use] = {}
    for entry in entries(scene.known):
        for citation, rival in _citations(entry):
            if citation.source == name:
                found.setdefault((id(entry), citation.at), Use(entry, citation.at, rival))
    return tuple(sorted(found.values(), key=lambda use: passage_order(use.at)))


def passage_order(at: str | None) -> tuple[float, ...]:
    """For sorting passages as the text goes."""
    return tuple(int(number) for number in re.findall("[0-9]+", at)) if at else (float("inf"),)


def record(scene: Scene, name: str, *, rewrites: bool = True) -> list[Row]:
    """What is known of a source itself; what it ``rewrites`` can be left out."""
    source = scene.known.sources[name]
    title = Row(
        key=f"sources/{name}",
        lead=(Span(name, "muted"),),
        body=(Span(source.title, "strong"),),
        tail=(Span(source.reliability, "accent"),),
    )
    facts = [source.publisher, words(source.published.date), in_words(source.kind)]
    derived = [
        known.publisher if (known := scene.known.sources.get(other)) else other
        for other in source.derives_from
    ]
    lines = [
        ("", joined([Span(fact) for fact in facts])),
        ("", (Span(source.url, "accent"),) if source.url else ()),
        ("rated", joined([f"{source.reliability} {RELIABILITY[source.reliability]}"])),
        ("dated", joined([source.published.note])),
        ("about it", joined([source.descriptor], role="text")),
        ("rewrites", joined([", ".join(derived)] if rewrites else [], role="text")),
        ("retrieved", joined([words(source.retrieved) if source.retrieved else None])),
        ("text", joined([_text(scene, name, source)])),
    ]
    rows = [title]
    for number, (lead, body) in enumerate(lines):
        if body:
            spans = (Span(lead or " ", "muted"),)
            rows.append(Row(key=f"sources/{name}/{number}", kind="note", lead=spans, body=body))
    return rows


def _text(scene: Scene, name: str, source: Source) -> str | None:
    """Whether the text of a source can be seen."""
    number = len(source.text.passages) if source.text else 0
    marked = f"{number} passage{'' if number == 1 else 's'} marked"
    if name in scene.document.texts:
        return f"attached, {marked}"
    return f"{marked}, no copy attached" if number else None


def _citations(entry: Evidenced) -> Iterator[tuple[Citation, bool]]:
    """What an entry rests on, and then what its rival versions rest on."""
    yield from ((citation, False) for citation in entry.cite)
    for dispute in entry.disputes:
        yield from ((citation, True) for citation in dispute.cite)
