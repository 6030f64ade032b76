"""Bibliographic records, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import Citation, Evidenced, Source
from briefing_tui.views.broken import broken_rows
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.rows import Row, Span, View, joined
from briefing_tui.views.scene import Scene
from briefing_tui.views.wording import RELIABILITY
from briefing_tui.views.wording import words as in_words

_LEAD = 10
_WIDEST_LEAD = 24


def sources(scene: Scene, only: Iterable[str] | None = None) -> View:
    """The records of all sources, or of those named, in their order."""
    known = scene.known.sources
    names = [name for name in (known if only is None else only) if name in known]
    rows: list[Row] = []
    for name in names:
        rows += _record(scene, name, known[name])
        if only is not None:
            rows += _resting_on(scene, name)
    if only is None:
        rows += broken_rows(scene, "sources")
    return View(
        title="Sources",
        count=len(names),
        noun="source",
        rows=tuple(rows),
        empty="No source is cited here.",
        lead_width=min(max([_LEAD, *map(len, names)]), _WIDEST_LEAD),
    )


def bibliography(source: Source) -> str:
    """A source in one line, for a citation that stands alone."""
    date = words(source.published.date)
    dated = date if source.published.basis == "stated" else f"undated, about {date}"
    seen = f"retrieved {words(source.retrieved)}" if source.retrieved else None
    parts = [source.publisher, f"“{source.title}”", dated, source.url, seen]
    return ", ".join(part for part in parts if part)


def _record(scene: Scene, name: str, source: Source) -> list[Row]:
    title = Row(
        key=f"sources/{name}",
        lead=(Span(name, "muted"),),
        body=(Span(source.title, "strong"),),
        tail=(Span(source.reliability, "accent"),),
    )
    facts = [source.publisher, words(source.published.date), in_words(source.kind)]
    derived = [
        known.publisher if (known := scene.briefing.sources.get(other)) else other
        for other in source.derives_from
    ]
    passages = len(source.text.passages) if source.text else 0
    lines = [
        ("", joined([Span(fact) for fact in facts])),
        ("", (Span(source.url, "accent"),) if source.url else ()),
        ("rated", joined([f"{source.reliability} {RELIABILITY[source.reliability]}"])),
        ("dated", joined([source.published.note])),
        ("about it", joined([source.descriptor], role="text")),
        ("rewrites", joined([", ".join(derived)], role="text")),
        ("retrieved", joined([words(source.retrieved) if source.retrieved else None])),
        ("text", joined([f"{passages} passages marked, no copy attached" if passages else None])),
    ]
    rows = [title]
    for number, (lead, body) in enumerate(lines):
        if body:
            spans = (Span(lead or " ", "muted"),)
            rows.append(Row(key=f"sources/{name}/{number}", kind="note", lead=spans, body=body))
    return rows


def _resting_on(scene: Scene, name: str) -> list[Row]:
    """The statements that cite a source, with the passage."""
    rows: list[Row] = []
    for entry in scene.document.entries:
        if not isinstance(entry, Evidenced):
            continue
        for citation in entry.cite:
            if citation.source == name:
                rows.append(_use(scene, name, len(rows), citation, entry))
    label = f"{len(rows)} statement{'' if len(rows) == 1 else 's'} rest on it"
    if len(rows) == 1:
        label = "1 statement rests on it"
    heading = Row(key=f"sources/{name}/uses", kind="heading", body=(Span(label, "accent"),))
    return [heading, *rows]


def _use(scene: Scene, name: str, number: int, citation: Citation, entry: Evidenced) -> Row:
    return Row(
        key=f"sources/{name}/uses/{number}",
        lead=(Span(citation.at or " ", "muted"),),
        body=(Span(statement_of(scene, entry)),),
        entry=entry,
    )
