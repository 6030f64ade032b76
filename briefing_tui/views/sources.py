"""Bibliographic records of sources, and the statements that cite them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.dates import format_date
from briefing_tui.briefing.model import Citation, Evidenced, Source
from briefing_tui.briefing.provenance import walk_evidenced
from briefing_tui.views.entry_rows import unreadable_rows
from briefing_tui.views.labels import RELIABILITY, quantity
from briefing_tui.views.labels import words as in_words
from briefing_tui.views.rows import Row, Span, View, join_spans
from briefing_tui.views.scene import Scene

_LEAD = 10
_WIDEST_LEAD = 24


class Use(NamedTuple):
    """A statement that cites a source."""

    entry: Evidenced
    at: str | None
    """The cited passage, if it names one."""
    rival: bool
    """Whether only a rival version cites the source."""


def sources(scene: Scene) -> View:
    """Show the records of all sources."""
    names = scene.known.sources.keys()
    rows = [row for name in names for row in source_record(scene, name)]
    return View(
        title="Sources",
        count=len(names),
        noun="source",
        rows=(*rows, *unreadable_rows(scene, "sources")),
        empty="No source is cited here.",
        lead_width=min(max([_LEAD, *map(len, names)]), _WIDEST_LEAD),
    )


def bibliography(source: Source) -> str:
    """Return the record of a source in one line, for a citation outside the program."""
    date = format_date(source.published.date)
    dated = date if source.published.basis == "stated" else f"undated, about {date}"
    retrieved = f"retrieved {format_date(source.retrieved)}" if source.retrieved else None
    parts = [source.publisher, f"“{source.title}”", dated, source.url, retrieved]
    return ", ".join(part for part in parts if part)


def published_date(source: Source) -> str:
    """Return the date of a source in words, and whether it is inferred."""
    inferred = "" if source.published.basis == "stated" else " (inferred)"
    return f"{format_date(source.published.date)}{inferred}"


def source_uses(scene: Scene, name: str) -> tuple[Use, ...]:
    """Return the known statements that cite a source, by passage; last those that name none."""
    by_entry: dict[tuple[int, str | None], Use] = {}
    for entry in walk_evidenced(scene.known):
        for citation, rival in _citations(entry):
            if citation.source == name:
                by_entry.setdefault((id(entry), citation.at), Use(entry, citation.at, rival))
    return tuple(sorted(by_entry.values(), key=lambda use: passage_order(use.at)))


def passage_order(at: str | None) -> tuple[float, ...]:
    """Return a key that sorts passages in the order of the text."""
    return tuple(int(number) for number in re.findall("[0-9]+", at)) if at else (float("inf"),)


def source_record(scene: Scene, name: str, *, rewrites: bool = True) -> list[Row]:
    """Return the bibliographic record of a source, with or without the sources it rewrites."""
    source = scene.known.sources[name]
    title = Row(
        key=f"sources/{name}",
        lead=(Span(name, "muted"),),
        body=(Span(source.title, "strong"),),
        tail=(Span(source.reliability, "accent"),),
    )
    facts = [source.publisher, format_date(source.published.date), in_words(source.kind)]
    derived = [
        origin.publisher if (origin := scene.known.sources.get(id_)) else id_
        for id_ in source.derives_from
    ]
    lines = [
        ("", join_spans([Span(fact) for fact in facts])),
        ("", (Span(source.url, "accent"),) if source.url else ()),
        ("rated", join_spans([f"{source.reliability} {RELIABILITY[source.reliability]}"])),
        ("dated", join_spans([source.published.note])),
        ("about it", join_spans([source.descriptor], role="text")),
        ("rewrites", join_spans([", ".join(derived)] if rewrites else [], role="text")),
        ("retrieved", join_spans([format_date(source.retrieved) if source.retrieved else None])),
        ("text", join_spans([_text(scene, name, source)])),
    ]
    rows = [title]
    for number, (lead, body) in enumerate(lines):
        if body:
            spans = (Span(lead or " ", "muted"),)
            rows.append(Row(key=f"sources/{name}/{number}", kind="note", lead=spans, body=body))
    return rows


def _text(scene: Scene, name: str, source: Source) -> str | None:
    """Whether the text of a source is attached, and its number of passages."""
    number = len(source.text.passages) if source.text else 0
    marked = f"{quantity(number, 'passage')} marked"
    if name in scene.document.texts:
        return f"attached, {marked}"
    return f"{marked}, no copy attached" if number else None


def _citations(entry: Evidenced) -> Iterator[tuple[Citation, bool]]:
    """Return the citations of an entry and then of its rival versions, which the flag marks."""
    yield from ((citation, False) for citation in entry.cite)
    for dispute in entry.disputes:
        yield from ((citation, True) for citation in dispute.cite)
