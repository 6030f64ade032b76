"""Texts for the line reader: rows, panes, evidence, sources and help of a session."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from briefing_tui.briefing.dates import Edtf, format_date_long
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.commands.registry import SIGNS, Command, groups
from briefing_tui.linear.command_parser import OWN, TITLES, UNAVAILABLE
from briefing_tui.session.history import Location
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.views.copy_text import citations_of
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.header_footer import focus_spans, new_spans, problem_spans, unread_spans
from briefing_tui.views.labels import quantity
from briefing_tui.views.mark_overlay import news_of
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.sources import source_record, source_uses
from briefing_tui.views.spoken_rows import (
    join_sentences,
    row_label,
    spoken_evidence,
    spoken_heading,
    spoken_row,
    spoken_text,
)


def position(session: ReadingSession) -> str:
    """Return the position of the cursor, as in ``Timeline, row 3 of 12``."""
    pane = session.pane
    if not pane.stops:
        return pane.view.title
    return f"{pane.view.title}, row {pane.stops.number(pane.cursor)} of {len(pane.stops)}"


def day(session: ReadingSession) -> str:
    """Return the day, as in ``As of Wednesday 9 January 2019``."""
    return f"As of {spoken_text(format_date_long(Edtf.parse(session.scene.as_of.isoformat())))}"


def state(session: ReadingSession) -> list[str]:
    """Return what the header of the screen says: what is new, unread, wrong and filtered."""
    spans = [part(session.scene) for part in (new_spans, unread_spans, problem_spans, focus_spans)]
    return [join_sentences([spoken_text(plain(part))]) for part in spans if part]


def where(session: ReadingSession) -> str:
    """Return the pane, the row, the day and the filters."""
    steps = session.scene.steps
    number = f"day {bisect_right(steps, session.scene.as_of)} of {len(steps)}"
    return join_sentences([position(session), f"{day(session)}, {number}", *state(session)])


def item(session: ReadingSession) -> str:
    """Return the current row with its number, or why the pane is empty."""
    pane, row = session.pane, session.row
    if row is None:
        return pane.view.empty
    text = spoken_row(row, row_label(pane.view.rows, pane.cursor), news_of(session.scene, row))
    return f"{pane.stops.number(pane.cursor)} of {len(pane.stops)}. {text}"


def match_number(session: ReadingSession) -> str:
    """Return the number of the match, as in ``Match 3 of 7.``; empty if the row is none."""
    search = session.search
    return "" if search.index is None else f"Match {search.index + 1} of {len(search.hits)}."


def row_in_context(session: ReadingSession, origin: Location | None = None) -> str:
    """Return the current row, below the headings that have changed since the origin."""
    index = None
    if origin is not None and origin.pane == session.active:
        index = session.pane.index_of(origin.key)
    context = _context(session, -1 if index is None else index)
    return "\n".join([*filter(None, context), item(session)])


def _context(session: ReadingSession, origin: int) -> Iterator[str]:
    pane = session.pane
    if origin < 0:
        yield spoken_heading(pane.view)
    rows, cursor = pane.view.rows, pane.cursor
    between = rows[origin + 1 : cursor]
    if origin < cursor and not any(row.selectable for row in between):
        yield from map(spoken_row, between)
    else:
        former = headings(rows, origin)
        yield from (text for text in headings(rows, cursor) if text not in former)


def headings(rows: tuple[Row, ...], index: int) -> list[str]:
    """Return the heading of a row, and the row that it is nested in."""
    texts: list[str] = []
    indent = rows[index].indent if index >= 0 else 0
    for row in reversed(rows[: max(index, 0)]):
        if row.kind == "heading" and (row.indent < indent or row.indent == 0):
            texts.insert(0, spoken_row(row))
            if row.indent == 0:
                break
        elif row.kind == "item" and row.indent < indent:
            texts.insert(0, f"{spoken_text(plain(row.body[:1]))}:")
        else:
            continue
        indent = row.indent
    return texts


def edge(session: ReadingSession, *, at_end: bool) -> str:
    """Return the answer to a move beyond the first or last row of a pane."""
    pane = session.pane
    if not pane.stops:
        return pane.view.empty
    if not at_end:
        return f"This is the first row of {pane.view.title}."
    below = map(spoken_row, pane.view.rows[pane.cursor + 1 :])
    next_pane = session.panes[(session.active + 1) % len(session.panes)].view.title
    end = f"End of {pane.view.title}. Next-pane goes to {next_pane}."
    return "\n".join([*filter(None, below), end])


def whole_pane(session: ReadingSession) -> str:
    """Return all rows of the pane."""
    view = session.pane.view
    lines = [spoken_heading(view)]
    number = 0
    for index, row in enumerate(view.rows):
        number += row.selectable
        text = spoken_row(row, row_label(view.rows, index))
        if text:
            lines.append(f"{number}. {text}" if row.selectable else text)
    return "\n".join(lines if view.rows else [*lines, view.empty])


def evidence_of_row(session: ReadingSession) -> str:
    """Return the evidence of the row."""
    rows = evidence(session.scene, session.row).rows
    return "\n".join(map(spoken_evidence, rows)) or "Nothing is cited here."


def source(session: ReadingSession, name: str) -> Iterator[str]:
    """Iterate over the record of a source with the cited passages, then the rows that cite it."""
    title, *rows = source_record(session.scene, name)
    head = f"Source {spoken_text(plain(title.lead))}: {spoken_text(plain(title.body))}"
    statements = source_uses(session.scene, name)
    count = len(statements)
    total = f"{quantity(count, 'statement', 'cite')} it."
    notes = map(spoken_evidence, rows)
    yield "\n".join([join_sentences([head]), *notes, *_passages(session, name), total])
    for number, use in enumerate(statements, 1):
        rival = "other version" if use.rival else ""
        place = ", ".join(filter(None, [rival, spoken_text(use.at or "")])) or "no passage named"
        text = statement_of(session.scene, use.entry)
        yield join_sentences([f"{number} of {count}", f"{place}: {spoken_text(text)}"])


def _passages(session: ReadingSession, name: str) -> Iterator[str]:
    for citation in citations_of(session.row.entry if session.row else None):
        is_cited = citation.source == name
        words = session.scene.document.passage(name, citation.at) if is_cited else None
        if words:
            yield f"{spoken_text(citation.at or '').capitalize()}: “{one_line(words)}”"


def addresses(session: ReadingSession) -> str:
    """Return the addresses of the sources of the row."""
    return "\n".join(f"{publisher}:\n{url}" for publisher, url in session.pages_of_row())


def help_pages(keys: Mapping[str, tuple[str, ...]], titles: Mapping[str, str]) -> list[str]:
    """Return the help, one page for each group of commands."""
    pages = [_group(title, commands, keys, TITLES | dict(titles)) for title, commands in groups()]
    hint = "Enter alone goes to the next row. A number goes before a key: 5j is five rows on."
    return [f"{pages[0]}\n{hint}", *pages[1:]]


def _group(
    title: str,
    commands: list[Command],
    keys: Mapping[str, tuple[str, ...]],
    titles: Mapping[str, str],
) -> str:
    extra = [command for command in OWN if command.group == title]
    lines = [f"{title}:"]
    for command in (*commands, *extra):
        if command.id in UNAVAILABLE:
            continue
        typed = [SIGNS.get(key, key) for key in keys.get(command.id, ())]
        names = [*(key for key in typed if len(key) == 1), command.id]
        text = titles.get(command.id, command.title)
        lines.append(f"{' or '.join(dict.fromkeys(names))}: {text}.")
    return "\n".join(lines)
