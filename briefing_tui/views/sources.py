"""Bibliographic records of sources, and the statements that cite them."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing_tui.briefing.dates import format_date
from briefing_tui.briefing.model import Evidenced, Source
from briefing_tui.briefing.provenance import passage_label
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.views.entry_rows import unreadable_rows
from briefing_tui.views.labels import RELIABILITY, label, quantity
from briefing_tui.views.rows import Row, Span, View, join_spans, note_row
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_corrections import related_by_correction
from briefing_tui.views.support import derivation, origins_tree, source_name, without

_LEAD = 10
_WIDEST_LEAD = 24


class Use(NamedTuple):
    """A statement that cites a source."""

    entry: Evidenced
    at: str | None
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
    updated = f"updated {format_date(source.updated)}" if source.updated else None
    retrieved = f"retrieved {format_date(source.retrieved)}" if source.retrieved else None
    parts = [source.publisher, f"“{source.title}”", dated, updated, source.url, retrieved]
    return ", ".join(part for part in parts if part)


def source_citation(source: Source, at: str | None) -> str:
    """Return the record of a source with a passage, if one is cited, and its reliability."""
    passage = f", {passage_label(at)}" if at else ""
    return f"{bibliography(source)}{passage} [{source.reliability}]"


def source_uses(scene: Scene, name: str) -> tuple[Use, ...]:
    """Return the known statements that cite a source, by passage; last those that name none."""
    by_entry: dict[tuple[int, str | None], Use] = {}
    for entry in walk_evidenced(scene.known):
        citations = [(citation, False) for citation in entry.cite]
        citations += [(citation, True) for rival in entry.disputes for citation in rival.cite]
        for citation, is_rival in citations:
            if citation.source == name:
                by_entry.setdefault((id(entry), citation.at), Use(entry, citation.at, is_rival))
    return tuple(sorted(by_entry.values(), key=lambda use: _passage_order(use.at)))


def _passage_order(at: str | None) -> tuple[float, ...]:
    return tuple(int(number) for number in re.findall("[0-9]+", at)) if at else (float("inf"),)


def source_record(scene: Scene, name: str, *, rewrites: bool = True) -> list[Row]:
    """Return the bibliographic record of a source, with or without its related sources."""
    source = scene.known.sources[name]
    known = derivation(scene.known.sources)
    lead, tail = (Span(name, "muted"),), (Span(source.reliability, "accent"),)
    title = Row(key=f"sources/{name}", lead=lead, body=(Span(source.title, "strong"),), tail=tail)
    published = format_date(source.published.date)
    users = ", ".join(source_name(scene, id_) for id_ in known.children(name))
    kind = label(scene.briefing, "sources", source.kind)
    lines: list[tuple[str, list[str | Span | None]]] = [
        (" ", [Span(source.publisher), Span(published), Span(kind)]),
        (" ", [source.url and Span(source.url, "accent")]),
        ("rated", [f"{source.reliability} by the briefer: {RELIABILITY[source.reliability]}"]),
        ("dated", [source.published.note]),
        ("about it", [source.descriptor and Span(source.descriptor)]),
        ("updated", [format_date(source.updated) if source.updated else None]),
        ("based on", [Span(origins_tree(scene, name)) if rewrites else None]),
        ("used by", [Span(users) if rewrites else None]),
        ("without it", [without(scene, name)]),
        ("retrieved", [format_date(source.retrieved) if source.retrieved else None]),
        ("text", [_text(scene, name, source)]),
    ]
    corrected = related_by_correction(scene, name) if rewrites else ()
    lines += [(relation, [Span(text, role)]) for relation, _, text, role in corrected]
    rows = [title]
    for number, (lead_text, parts) in enumerate(lines):
        if body := join_spans(parts):
            rows.append(note_row(f"sources/{name}/{number}", *body, lead=Span(lead_text, "muted")))
    return rows


def _text(scene: Scene, name: str, source: Source) -> str | None:
    number = len(source.text.passages) if source.text else 0
    marked = f"{quantity(number, 'passage')} marked"
    if name in scene.document.texts:
        return f"attached, {marked}"
    return f"{marked}, no copy attached" if number else None
