"""The rows of a library search: its hits, and the possible queries before there is one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from briefing_tui.briefing.terminal_text import printable
from briefing_tui.library.index.search import Hit, Results
from briefing_tui.library.list_rows import Saved, day_of, short
from briefing_tui.query.fields import FIELDS, type_advice
from briefing_tui.query.lexer import QueryError
from briefing_tui.query.nodes import Node
from briefing_tui.query.snippet import Snippet
from briefing_tui.views.labels import quantity
from briefing_tui.views.rows import Row, Span, Spans, View, heading_row, join_spans, note_row


def hits(results: Results, query: Node, base: str) -> View:
    """Return the hits of a search, each with its extract, pane and briefing."""
    rows = tuple(_row(number, hit, base) for number, hit in enumerate(results.hits))
    advice = "" if rows else type_advice(query)
    empty = f"No matches: {advice}" if advice else "No matches."
    return View(title="Hits", count=len(rows), noun="hit", rows=rows, empty=empty)


def questions(saved: Mapping[str, str]) -> View:
    """Return the saved queries and the syntax, for an empty query."""
    queries = []
    for name, query in saved.items():
        body = (Span(printable(name), "strong"), Span(f"  {printable(query)}", "muted"))
        queries.append(Row(key=f"saved/{name}", body=body, entry=Saved(name, query)))
    if queries:
        queries.insert(0, heading_row("heading/saved", "Saved searches"))
    examples = [
        _note('"coastal radar" radar*', "words together, and beginnings of words"),
        _note("ferry -winter, (ferry or boat) steel", "without a word; one of several"),
        *(_note(field.example, field.about) for field in FIELDS.values()),
    ]
    rows = (*queries, heading_row("heading/syntax", "What can be asked"), *examples)
    width = max(len(row.lead[0].text) for row in examples)
    return View(title="Search", count=len(FIELDS), noun="field", rows=rows, lead_width=width)


def mistake(message: str) -> View:
    """Return a mistake in a query in full."""
    return View(title="", rows=(note_row("mistake", Span(printable(message), "warning")),))


def error_pointer(error: QueryError, indent: int, width: int) -> Spans:
    """Return a line that points at a mistake in a query, which begins after ``indent`` cells."""
    message = str(error).partition(": ")[2]
    at = min(indent + error.column - 1, max(width - 2, 0))
    if at + len(message) + 3 <= width or at < len(message) + 1:
        return (Span(" " * at), Span("^ ", "error"), Span(message, "warning"))
    blank = " " * (at - len(message) - 1)
    return (Span(blank), Span(f"{message} ", "warning"), Span("^", "error"))


def hit_count(results: Results) -> Spans:
    """Return how many hits there are, in words."""
    number = len(results.hits)
    if not number:
        return ()  # the list says so
    order = "best" if results.is_ranked else "newest"
    if results.total != number:
        total = "" if results.total is None else f" of {results.total:,}"
        return (Span(f"  the {order} {number}{total} hits; narrow the search", "muted"),)
    return (Span(f"  {quantity(number, 'hit')}, {order} first", "muted"),)


def hit_details(hit: Hit | None, base: str) -> View:
    """Return the details of a hit."""
    rows: tuple[Row, ...] = ()
    if hit is not None:
        as_of = day_of(hit.as_of)
        known_since = hit.known.isoformat() if hit.known else ""
        later = bool(known_since) and day_of(known_since)[1] > as_of[1]
        opens = day_of(known_since)[0] if later else as_of[0]
        kind = hit.kind.replace("_", " ")
        facts = join_spans([hit.pane, kind, printable(hit.entry) if "/" in hit.entry else None])
        reason = "when it became known" if later else None
        day = join_spans([Span(f"opens as of {opens}", "accent"), reason])
        rows = (
            note_row("title", Span(printable(hit.title), "strong")),
            *([note_row("opens", *day)] if opens else []),
            note_row("extract", *marked(hit.extract), spaced=True),
            note_row("entry", *facts, spaced=True),
            note_row("path", Span(short(hit.path, base), "muted")),
        )
    empty = "Select a hit to preview it."
    return View(title="Briefing", rows=rows, empty=empty, lead_width=1)


def marked(extract: Snippet) -> Spans:
    """Return an extract with its matches highlighted."""
    text = extract.text
    cuts = sorted({0, len(text), *(bound for match in extract.matches for bound in match)})
    return tuple(
        Span(_piece(text[start:end]), "match" if (start, end) in extract.matches else "text")
        for start, end in pairwise(cuts)
    )


def _row(number: int, hit: Hit, base: str) -> Row:
    date = day_of(hit.date)[0] if hit.date else ""
    place = join_spans([printable(hit.title) or short(hit.path, base), date or None])
    body, tail = marked(hit.extract), (Span(hit.pane, "muted"),)
    return Row(key=str(number), body=body, tail=tail, details=(place,), cropped=True, entry=hit)


def _note(example: str, about: str) -> Row:
    return note_row(example, Span(about, "muted"), lead=Span(example, "strong"))


def _piece(text: str) -> str:
    # With the spaces at its ends, which joining words would lose.
    return "".join(" " if char.isspace() else char for char in text)
