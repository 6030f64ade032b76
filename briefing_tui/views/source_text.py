"""One source: its record, its text where that is attached, and the statements that cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.dates import words
from briefing_tui.briefing.model import Deal, Milestone, Passage
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.provenance import address, parts
from briefing_tui.briefing.text import clean, one_line, shown
from briefing_tui.views import glyphs
from briefing_tui.views.copy_text import copied_row
from briefing_tui.views.evidence import statement_of
from briefing_tui.views.labels import counted
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Link, Row, Span, Spans, View, joined
from briefing_tui.views.scene import Scene, unique
from briefing_tui.views.sources import Use, bibliography, record, uses

_LEAD = 9
_SECTION_LEAD = 13
_PASSAGE = re.compile("#(P[0-9]+S[0-9]+)$")


class Section(NamedTuple):
    """A section of the file as a reader knows it."""

    word: str
    """What one entry of it is called."""
    pane: str
    kind: Literal["event", "actor", "deal", "point"]


_SECTIONS = {
    "bottom_line": Section("bottom line", "summary", "point"),
    "key_points": Section("key point", "summary", "point"),
    "open_questions": Section("open question", "summary", "point"),
    "timeline": Section("event", "timeline", "event"),
    "actors": Section("actor", "actors", "actor"),
    "deals": Section("deal", "deals", "deal"),
}
_ELSEWHERE = Section("statement", "", "point")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be seen of one source."""

    view: View
    citing: dict[str, tuple[Row, ...]]
    """The statements that cite what a row shows, by the key of that row, in the order of rows."""
    sentences: int
    """How many are marked in the attached text."""
    uncited: int
    """How many of them no statement cites."""

    def row_of(self, entry: msgspec.Struct | None) -> str:
        """Key of the first row that an entry, or else anything in it, cites; empty for none."""
        path = _path(entry)
        near = ""
        for key, rows in self.citing.items():
            for row in rows if path else ():
                if _path(row.entry) == path:
                    return key
                if _path(row.entry)[: len(path)] == path:
                    near = near or key
        return near


def page(scene: Scene, name: str) -> Page:
    """All that is known of a source at the as-of date."""
    found = uses(scene, name)
    marked = _passages(scene, name)
    telling = _Telling(scene)
    by_passage: dict[str, tuple[Row, ...]] = {}
    loose: dict[int, list[Use]] = {}
    for use in found:
        if use.at in marked:
            before = by_passage.get(use.at, ())
            by_passage[use.at] = (*before, telling.beside(use, len(before)))
        else:
            loose.setdefault(id(use.entry), []).append(use)
    rows = [*record(scene, name, rewrites=False), *_derivation(scene, name)]
    if name in scene.document.texts:
        rows += _text(name, scene.document.texts[name], marked, by_passage)
    listed = [
        telling.listed(some, f"sources/{name}/uses/{number}")
        for number, some in enumerate(loose.values())
    ]
    if listed or not marked:
        rows += [_heading(f"sources/{name}/uses", _label(len(listed), bool(marked))), *listed]
    return Page(
        view=View(
            title="Source",
            count=len({id(use.entry) for use in found}),
            noun="statement",
            rows=tuple(rows),
            empty="Nothing is known of this source yet.",
            lead_width=_LEAD,
        ),
        citing={
            **{_key(name, at): by_passage[at] for at in marked if at in by_passage},
            **{row.key: (row,) for row in listed},
        },
        sentences=len(marked),
        uncited=len(marked) - len(by_passage),
    )


def citing_view(page: Page, row: Row | None) -> View:
    """The statements that cite what a row shows, for a strip below the text."""
    at = passage_of(row) if row else None
    rows = page.citing.get(row.key, ()) if row and at else ()
    return View(
        title=_cited_by(at, len(rows)),
        count=len(rows),
        noun="statement",
        rows=rows,
        empty="The briefing leaves it out." if at else "Move to a sentence to see it.",
        lead_width=_SECTION_LEAD,
    )


def _cited_by(at: str | None, number: int) -> str:
    if at is None:
        return "What cites a sentence"
    if number == 0:
        return f"No statement cites {at}"
    return f"{counted(number, 'statement')} cite{'s' if number == 1 else ''} {at}"


def passage_of(row: Row) -> str | None:
    """The passage that a row shows, if it shows one."""
    found = _PASSAGE.search(row.key)
    return found[1] if found else None


def copied(scene: Scene, name: str, row: Row | None, *, quoted: bool = True) -> str:
    """A row of a source for pasting: a statement, or a passage quoted with its citation.

    Without ``quoted``, the citation alone.
    """
    source = scene.document.briefing.sources[name]
    if row is not None and row.entry is not None and quoted:
        return copied_row(row)
    at = passage_of(row) if row else None
    passage = f", {address(at)}" if at else ""
    said = shown(scene.document.passage(name, at) or "") if quoted else ""
    return one_line(
        f"{f'“{said}” ' if said else ''}{bibliography(source)}{passage} [{source.reliability}]"
    )


def _key(name: str, at: str) -> str:
    return f"sources/{name}#{at}"


def _path(entry: msgspec.Struct | None) -> Path:
    """Where an entry stands in its file."""
    place = getattr(entry, "place", None)
    return place.path if place else ()


def _heading(key: str, text: str) -> Row:
    return Row(key=key, kind="heading", body=(Span(text, "accent"),), spaced=True)


def _label(number: int, in_text: bool) -> str:
    said = counted(number, "statement")
    if in_text:
        return f"{said} cite{'s' if number == 1 else ''} it without a passage"
    return f"{said} rest{'s' if number == 1 else ''} on it"


def _passages(scene: Scene, name: str) -> dict[str, Passage]:
    """The marked passages of an attached text, in its order."""
    text = scene.known.sources[name].text
    if text is None or name not in scene.document.texts:
        return {}
    return dict(sorted(text.passages.items(), key=lambda item: (item[1].start, item[1].end)))


def _text(
    name: str, text: str, marked: dict[str, Passage], by_passage: dict[str, tuple[Row, ...]]
) -> Iterator[Row]:
    """A text from beginning to end: its passages, and between them what belongs to none."""
    yield _heading(f"sources/{name}/text", "Its text")
    width = max(map(len, marked), default=0)
    end, paragraph = 0, ""
    for at, passage in marked.items():
        between = [*_unmarked(name, text, end, passage.start)]
        yield from between
        row = _sentence(name, at, shown(text[passage.start : passage.end]), by_passage, width)
        begins = at.partition("S")[0] != paragraph or bool(between)
        yield msgspec.structs.replace(row, spaced=begins)
        end, paragraph = max(end, passage.end), at.partition("S")[0]
    yield from _unmarked(name, text, end, len(text))


def _unmarked(name: str, text: str, start: int, end: int) -> Iterator[Row]:
    """What stands outside the passages, such as headings and names of authors, line by line."""
    cleaned = clean(text[start:end])[0]
    lines = [line for line in map(one_line, cleaned.splitlines()) if line]
    for number, line in enumerate(lines):
        key = f"sources/{name}/{start}/{number}"
        lead = (Span(" "),)
        yield Row(key=key, kind="note", lead=lead, body=(Span(line, "planned"),), spaced=not number)


def _sentence(
    name: str, at: str, said: str, by_passage: dict[str, tuple[Row, ...]], width: int
) -> Row:
    rows = by_passage.get(at, ())
    lead = [Span(at, "accent" if rows else "muted")]
    if rows:
        lead.append(Span(f"{' ' * (width - len(at))} {glyphs.CITED}{len(rows)}", "accent"))
    return Row(
        key=_key(name, at),
        lead=tuple(lead),
        body=(Span(said or "(nothing stands there)", "text" if rows else "muted"),),
        tail=() if rows else (Span("uncited", "muted"),),
        links=unique(link for row in rows for link in row.links),
    )


def _derivation(scene: Scene, name: str) -> Iterator[Row]:
    """The sources that this one rewrites, and those that rewrite it."""
    known = scene.known.sources
    for other in known[name].derives_from:
        yield _relative(scene, "rewrites", other)
    for other, source in known.items():
        if name in source.derives_from:
            yield _relative(scene, "source of", other)


def _relative(scene: Scene, lead: str, other: str) -> Row:
    source = scene.known.sources.get(other)
    title = f"“{one_line(source.title)}”" if source else None
    body = joined([Span(source.publisher if source else other), title])
    links = (Link(f"sources/{other}", source.publisher, "source"),) if source else ()
    key = f"sources/{other}/{lead}"
    return Row(key=key, lead=(Span(lead, "muted"),), body=body, cropped=True, links=links)


class _Telling:
    """Statements as rows that lead to where the reader shows them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._names: dict[Path, str] = {
            _path(part): part.label if isinstance(part, Milestone) else part.designation
            for part in parts(scene.known)
            if isinstance(part, (Deal, Milestone))
        }
        self._keys: dict[Path, str] = {}
        for spec in PANES:
            for row in spec.view(scene).rows:
                path = _path(row.entry)
                if path and row.selectable and _section(path).pane == spec.name:
                    self._keys.setdefault(path, row.key)

    def beside(self, use: Use, number: int) -> Row:
        """A statement below the text that it cites."""
        lead = (Span(_section(_path(use.entry)).word, "muted"),)
        return Row(
            key=str(number),
            kind="note",
            lead=lead,
            body=self._said(use),
            entry=use.entry,
            links=self._links(use),
        )

    def listed(self, some: list[Use], key: str) -> Row:
        """A statement in a list of its own, with all the passages that it cites."""
        use = some[0]
        return Row(
            key=key,
            lead=(Span(" ".join(one.at for one in some if one.at) or " ", "muted"),),
            body=self._said(use),
            tail=(Span(_section(_path(use.entry)).word, "muted"),),
            entry=use.entry,
            links=self._links(use),
        )

    def _said(self, use: Use) -> Spans:
        path = _path(use.entry)
        within = [self._names.get(path[:end]) for end in range(1, len(path))]
        rival = Span("rival version", "warning") if use.rival else None
        said = Span(statement_of(self._scene, use.entry) or "(nothing is said)")
        return joined([*within, rival, said])

    def _links(self, use: Use) -> tuple[Link, ...]:
        """The row of the reader that shows a statement, or what it is part of."""
        path = _path(use.entry)
        ends = range(len(path), 0, -1)
        key = next((self._keys[path[:end]] for end in ends if path[:end] in self._keys), None)
        said = one_line(statement_of(self._scene, use.entry))
        return (Link(key, said, _section(path).kind),) if key else ()


def _section(path: Path) -> Section:
    return _SECTIONS.get(str(path[0]), _ELSEWHERE) if path else _ELSEWHERE


def facts(scene: Scene, name: str) -> Spans:
    """Publisher, date and reliability of a source on one line."""
    source = scene.known.sources[name]
    undated = "" if source.published.basis == "stated" else " (inferred)"
    date = f"{words(source.published.date)}{undated}"
    rated = Span(f"rated {source.reliability}", "accent")
    return joined([Span(one_line(source.publisher)), date, rated])
