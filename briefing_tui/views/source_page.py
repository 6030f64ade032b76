"""The page of one source: its record, its text if attached, and the statements that cite it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from briefing_tui.briefing.model import DEFAULT_KIND, Commitment, Milestone, Passage, declared_path
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.terminal_text import clean, one_line, printable
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.views import glyphs
from briefing_tui.views.copy_text import row_for_copy
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.labels import published_date, quantity
from briefing_tui.views.mark_overlay import entry_path
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Link, LinkKind, Row, Span, Spans, View, heading_row, join_spans
from briefing_tui.views.scene import Scene, pane_of_section
from briefing_tui.views.source_corrections import correction_notice, related_by_correction
from briefing_tui.views.sources import (
    Use,
    source_citation,
    source_record,
    source_uses,
)
from briefing_tui.views.support import derivation, source_name

_LEAD = 10
_DEEPEST = 8
"""Levels of a tree of sources that are indented."""
_SECTION_LEAD = 13
_PASSAGE = re.compile("#(P[0-9]+S[0-9]+)$")

_NOUNS = {
    "bottom_line": "bottom line",
    "key_points": "key point",
    "open_questions": "open question",
    "timeline": "event",
    "actors": "actor",
    "commitments": "commitment",
}
"""The noun for an entry of each section of the file."""
_KINDS: dict[str, LinkKind] = {"timeline": "event", "actors": "actor", "commitments": "deal"}
"""The kind of links to each section that has a pane of its own; the summary has the others."""


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is shown of one source."""

    view: View
    citing: dict[str, tuple[Row, ...]]
    """The statements that cite a row, by its key, in the order of the rows."""
    sentences: int
    uncited: int

    @property
    def coverage(self) -> str:
        """How many of the sentences are cited; empty if no text is attached."""
        if not self.sentences:
            return ""
        if self.sentences == 1:
            return "its sentence is uncited" if self.uncited else "its sentence is cited"
        if self.uncited in (0, self.sentences):
            return f"{'none of' if self.uncited else 'all'} {self.sentences} sentences cited"
        return f"{self.uncited} of {self.sentences} sentences uncited"

    def row_of(self, entry: msgspec.Struct | None) -> str:
        """Return the key of the first row that an entry cites, or else a part of it; or empty."""
        path = _path(entry)
        if not path:
            return ""
        cited = [(_path(row.entry), key) for key, rows in self.citing.items() for row in rows]
        by_itself = (key for other, key in cited if other == path)
        by_a_part = (key for other, key in cited if other[: len(path)] == path)
        return next(chain(by_itself, by_a_part), "")


def source_page(scene: Scene, name: str) -> SourcePage:
    """Build the page of a source as known at the as-of date."""
    uses = source_uses(scene, name)
    passages = _passages(scene, name)
    statements = _Statements(scene)
    by_passage: defaultdict[str, list[Row]] = defaultdict(list)
    unplaced: defaultdict[int, list[Use]] = defaultdict(list)
    for use in uses:
        if use.at in passages:
            rows_of_passage = by_passage[use.at]
            key, noun = str(len(rows_of_passage)), (_noun(scene, use),)
            rows_of_passage.append(statements.row(use, key=key, kind="note", lead=noun))
        else:
            unplaced[id(use.entry)].append(use)
    rows = [*source_record(scene, name, rewrites=False), *_derivation(scene, name)]
    rows += _corrections(scene, name)
    if name in scene.document.texts:
        rows += _text(name, scene.document.texts[name], passages, by_passage)
    listed = []
    for number, entry_uses in enumerate(unplaced.values()):
        key, use = f"sources/{name}/uses/{number}", entry_uses[0]
        lead = Span(" ".join(use.at for use in entry_uses if use.at) or " ", "muted")
        listed.append(statements.row(use, key=key, lead=(lead,), tail=(_noun(scene, use),)))
    if listed or not passages:
        citing = quantity(len(listed), "statement", "cite")
        title = f"{citing} it without a passage" if passages else f"{citing} it"
        rows += [heading_row(f"sources/{name}/uses", title), *listed]
    cited_rows = {_key(name, at): tuple(by_passage[at]) for at in passages if at in by_passage}
    return SourcePage(
        view=View(
            title="Source",
            count=len({id(use.entry) for use in uses}),
            noun="statement",
            rows=tuple(rows),
            empty="Nothing is known of this source yet.",
            lead_width=_LEAD,
        ),
        citing={**cited_rows, **{row.key: (row,) for row in listed}},
        sentences=len(passages),
        uncited=len(passages) - len(by_passage),
    )


def citing_view(source_page: SourcePage, row: Row | None) -> View:
    """Show the statements that cite a row, for the strip below the text."""
    at = passage_of(row) if row else None
    rows = source_page.citing.get(row.key, ()) if row and at else ()
    citing = quantity(len(rows), "statement", "cite") if rows else "No statement cites"
    return View(
        title=f"{citing} {at}" if at else "What cites a sentence",
        count=len(rows),
        noun="statement",
        rows=rows,
        empty="The briefing leaves it out." if at else "Move to a sentence to see it.",
        lead_width=_SECTION_LEAD,
    )


def passage_of(row: Row) -> str | None:
    """Return the passage that a row shows, if it shows one."""
    match = _PASSAGE.search(row.key)
    return match[1] if match else None


def source_row_for_copy(scene: Scene, name: str, row: Row | None, *, quoted: bool = True) -> str:
    """Return a row of a source for pasting: a statement, or a passage with its citation.

    Without a row, or unless ``quoted``, it is the citation alone.
    """
    source = scene.document.briefing.sources[name]
    if row is not None and row.entry is not None and quoted:
        return row_for_copy(row)
    at = passage_of(row) if row else None
    text = printable(scene.document.passage(name, at) or "") if quoted else ""
    quotation = f"“{text}” " if text else ""
    return one_line(f"{quotation}{source_citation(source, at)}")


def _key(name: str, at: str) -> str:
    return f"sources/{name}#{at}"


def _path(entry: msgspec.Struct | None) -> EntryPath:
    return entry_path(entry) or ()


def _passages(scene: Scene, name: str) -> dict[str, Passage]:
    """Return the passages of an attached text, in its order; none if it is not attached."""
    text = scene.known.sources[name].text
    if text is None or name not in scene.document.texts:
        return {}
    return dict(sorted(text.passages.items(), key=lambda item: (item[1].start, item[1].end)))


def _text(
    name: str, text: str, passages: dict[str, Passage], by_passage: Mapping[str, list[Row]]
) -> Iterator[Row]:
    """Show a whole text: its passages, and between them what belongs to none."""
    yield heading_row(f"sources/{name}/text", "Its text")
    width = max(map(len, passages), default=0)
    end, paragraph = 0, ""
    for at, passage in passages.items():
        between = [*_unmarked(name, text, end, passage.start)]
        yield from between
        rows = by_passage.get(at, ())
        lead = [Span(at, "accent" if rows else "muted")]
        if rows:
            lead.append(Span(f"{' ' * (width - len(at))} {glyphs.CITED}{len(rows)}", "accent"))
        sentence = printable(text[passage.start : passage.end]) or "(no text at this position)"
        yield Row(
            key=_key(name, at),
            lead=tuple(lead),
            body=(Span(sentence, "text" if rows else "muted"),),
            tail=() if rows else (Span("uncited", "muted"),),
            spaced=bool(between) or at.partition("S")[0] != paragraph,
            links=tuple(dict.fromkeys(link for row in rows for link in row.links)),
        )
        end, paragraph = max(end, passage.end), at.partition("S")[0]
    yield from _unmarked(name, text, end, len(text))


def _unmarked(name: str, text: str, start: int, end: int) -> Iterator[Row]:
    """Show text outside the passages, such as headings and names of authors, line by line."""
    cleaned = clean(text[start:end])[0]
    lines = [line for line in map(one_line, cleaned.splitlines()) if line]
    for number, line in enumerate(lines):
        key = f"sources/{name}/{start}/{number}"
        lead = (Span(" "),)
        yield Row(key=key, kind="note", lead=lead, body=(Span(line, "planned"),), spaced=not number)


def _derivation(scene: Scene, name: str) -> Iterator[Row]:
    """Link to what a source is based on, then to what is based on it, each as a tree."""
    known = derivation(scene.known.sources)
    for relation, step in (("based on", known.parents), ("used by", known.children)):
        seen = {name}
        waiting = [(id_, 0) for id_ in reversed(step(name))]
        while waiting:
            id_, depth = waiting.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            waiting += ((other, depth + 1) for other in reversed(step(id_)))
            source = scene.known.sources.get(id_)
            title = f"“{one_line(source.title)}”" if source else None
            indent = Span("  " * min(depth, _DEEPEST))
            publisher = source_name(scene, id_)
            yield Row(
                key=f"sources/{id_}/{relation}",
                lead=(Span(relation if depth == 0 else " ", "muted"),),
                body=(indent, *join_spans([Span(publisher), title])),
                cropped=True,
                links=(Link(f"sources/{id_}", publisher, "source"),) if source else (),
            )


def _corrections(scene: Scene, name: str) -> Iterator[Row]:
    """Link to the sources that this one corrects or retracts, and to those that do so to it."""
    for relation, id_, text, role in related_by_correction(scene, name):
        source = scene.known.sources.get(id_)
        title = f"“{one_line(source.title)}”" if source else None
        yield Row(
            key=f"sources/{id_}/{relation}",
            lead=(Span(relation, "muted"),),
            body=join_spans([Span(one_line(text), role), title]),
            cropped=True,
            links=(Link(f"sources/{id_}", source.publisher, "source"),) if source else (),
        )


class _Statements:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._names: dict[EntryPath, str] = {
            _path(part): part.label if isinstance(part, Milestone) else part.name
            for part in walk_entries(scene.known)
            if isinstance(part, (Commitment, Milestone))
        }
        self._keys: dict[EntryPath, str] = {}
        for spec in PANES:
            for row in spec.view(scene).rows:
                path = _path(row.entry)
                if path and row.selectable and pane_of_section(_section(path)) == spec.name:
                    self._keys.setdefault(path, row.key)

    def row(self, use: Use, **columns: Any) -> Row:
        """Return a statement as a row that links to its row, or to the one that contains it."""
        path = _path(use.entry)
        statement = statement_of(self._scene, use.entry)
        names = [self._names.get(path[:end]) for end in range(1, len(path))]
        rival = Span("other version", "warning") if use.rival else None
        ends = range(len(path), 0, -1)
        key = next((self._keys[path[:end]] for end in ends if path[:end] in self._keys), None)
        kind = _KINDS.get(_section(path), "point")
        body = join_spans([*names, rival, Span(statement or "(nothing is said)")])
        links = (Link(key, one_line(statement), kind),) if key else ()
        return Row(body=body, entry=use.entry, links=links, **columns)


def _noun(scene: Scene, use: Use) -> Span:
    path = _path(use.entry)
    noun = _NOUNS.get(_section(path), "statement")
    if noun == "commitment":
        commitment = scene.document.briefing.commitments.get(str(path[1]))
        is_deal = commitment is not None and commitment.kind_word == DEFAULT_KIND
        noun = DEFAULT_KIND if is_deal else noun
    return Span(noun, "muted")


def _section(path: EntryPath) -> str:
    return str(declared_path(path)[0]) if path else ""


def source_line(scene: Scene, name: str) -> Spans:
    """Return publisher, date and reliability of a source on one line."""
    source = scene.known.sources[name]
    rated = Span(f"rated {source.reliability}", "accent")
    notice = correction_notice(scene, name)
    return join_spans([Span(one_line(source.publisher)), published_date(source), rated, notice])
