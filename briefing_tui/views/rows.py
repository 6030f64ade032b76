"""The building blocks of every view: spans of text with a role, rows of spans, panes of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.problems import Problem

Role = Literal[
    "text", "strong", "muted", "accent", "judged", "planned", "warning", "error", "match", "rule"
]
"""What a span is, for the terminal half to choose a style; never needed to understand it."""


class Span(NamedTuple):
    """A run of text on one line."""

    text: str
    role: Role = "text"


Spans = tuple[Span, ...]

Kind = Literal["item", "heading", "note", "rule", "bar", "chart", "stop"]
"""A ``stop`` is a point of the chart before it: the cursor halts there, and the chart draws it."""


class Link(NamedTuple):
    """A way from one row to another."""

    key: str
    """Key of the row it leads to."""
    label: str
    """What is there, for a list to choose from."""
    kind: Literal["event", "actor", "deal", "point", "source", "file", "briefing"]


class Bar(msgspec.Struct, frozen=True):
    """A stretch of time drawn to scale, in ordinal days."""

    start: int
    end: int
    marks: tuple[tuple[int, str], ...]
    """Days with the glyph that stands there; the last one wins a contested cell."""
    window: tuple[int, int] | None
    """First and last day of the shaded stretch."""
    labels: tuple[str, str]
    """What stands before the first and after the last cell."""


class Promise(msgspec.Struct, frozen=True):
    """One point: what was promised when."""

    key: str
    """Key of the row that tells more of it."""
    said: Edtf
    due: Edtf
    caption: Spans = ()
    """What to say of it below the chart."""


class Chart(msgspec.Struct, frozen=True):
    """The promises for one milestone, oldest first, and when it was met."""

    promises: tuple[Promise, ...]
    met: Edtf | None
    legend: Spans = ()
    """What to say below the chart where no promise is chosen."""
    max_rows: int = 9


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a leading column, a glyph, wrapped text and a column at the right edge."""

    key: str
    """Names the row for as long as its entry exists, whatever else changes."""
    kind: Kind = "item"
    indent: int = 0
    lead: Spans = ()
    mark: Span | None = None
    body: Spans = ()
    tail: Spans = ()
    tail_short: Spans = ()
    """What stands at the right edge where there is little room."""
    details: tuple[Spans, ...] = ()
    """Further lines below the body."""
    bar: Bar | None = None
    chart: Chart | None = None
    entry: msgspec.Struct | None = None
    """The part of the document whose evidence belongs to this row."""
    problems: tuple[Problem, ...] = ()
    cropped: bool = False
    """Whether it keeps to one line, cut where it is too long."""
    spaced: bool = False
    """Whether a blank line sets it off from what comes before."""
    new: bool = False
    """Whether it became known at this step."""
    sign: Span | None = None
    """What stands at the left edge where nothing is new at this step."""
    links: tuple[Link, ...] = ()
    scope: tuple[Link, ...] = ()
    """The actors and deals that the panes can be narrowed to from here."""

    @property
    def selectable(self) -> bool:
        """Whether the cursor stops here."""
        return self.kind in ("item", "stop")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one pane."""

    title: str
    count: int
    """How many things it holds, whatever the number of rows."""
    noun: str
    """What is counted, in the singular."""
    rows: tuple[Row, ...]
    empty: str
    """What to say where there are no rows."""
    lead_width: int = 0
    """Cells of the leading column."""
    start: str = ""
    """Key of the row to begin at; nothing means the first."""
    one_line: bool = False
    """Whether every row takes one line, so that only those that are seen need be laid out."""

    def find(self, key: str) -> Row | None:
        """Return the row of a key that the cursor can stop at, or None if there is none."""
        return next((row for row in self.rows if row.selectable and row.key == key), None)

    @property
    def counted(self) -> str:
        """The count in words, such as ``12 events``."""
        return f"{self.count} {self.noun}" + ("" if self.count == 1 else "s")


def plain(spans: Iterable[Span]) -> str:
    """The text of spans."""
    return "".join(span.text for span in spans)


def row_text(row: Row) -> str:
    """A row on one line, for copying and searching."""
    parts = [plain(row.lead), plain(row.body), *(plain(detail) for detail in row.details)]
    tail = plain(row.tail).strip()
    return "  ".join(part for part in [*parts, tail and f"[{tail}]"] if part)


def joined(parts: Iterable[str | Span | None], role: Role = "muted", by: str = " · ") -> Spans:
    """Texts with a separator between those that are there; a text without a role gets ``role``."""
    spans: list[Span] = []
    for part in parts:
        if not part or not part[0]:
            continue
        if spans:
            spans.append(Span(by, "muted"))
        spans.append(part if isinstance(part, Span) else Span(part, role))
    return tuple(spans)
