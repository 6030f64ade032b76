"""Overlays to read: a pane as plain text, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen

from briefing_tui.commands.registry import KEYS_HELP, SOURCE_VIEW, groups, key_names
from briefing_tui.tui.screens.modal import Overlay
from briefing_tui.tui.strips import measure
from briefing_tui.tui.widgets.line_widget import Bar
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views import glyphs
from briefing_tui.views.labels import VOICES, VOICES_LONG
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, Span, View, plain


class KeysScreen(Overlay[None]):
    """Every key that works, as configured, and what the signs mean."""

    def __init__(self, keys: Mapping[str, Iterable[str]]) -> None:
        super().__init__("Keys and signs", _keys_view(keys))


class PlainScreen(Screen[None]):
    """A pane without rules, glyph columns or colour, for the terminal's own selection."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,p,backspace", "close", "Close", id="close-plain"),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self._pane = view
        self._text = RowList()
        self._hint = Bar()
        self._wrapped_at = 0

    def compose(self) -> ComposeResult:
        """The text, and one line on how to select it."""
        yield self._text
        yield self._hint

    def on_mount(self) -> None:
        """Give the keys to the text."""
        hint = " Plain text: hold Shift (Option in iTerm) to select · Esc closes"
        self._hint.left = (Span(hint, "muted"),)
        self.watch(self._text, "room", self._wrap, init=False)
        self._text.focus()

    def _wrap(self, size: Size) -> None:
        """Wrap the text for another width."""
        if size.width == self._wrapped_at:
            return
        self._wrapped_at = size.width
        room = max(self._wrapped_at - 3, 1)
        lines = [
            plain(line).rstrip()
            for row in self._pane.rows
            for line in lay_out(row, room, self._pane.lead_width, measure)
        ]
        rows = tuple(
            Row(key=str(number), kind="note", body=(Span(line),))
            for number, line in enumerate(lines)
        )
        self._text.view = View(
            title="", count=len(rows), noun="line", rows=rows, empty=self._pane.empty
        )

    def action_close(self) -> None:
        """Return to the reader."""
        self.dismiss(None)


_SIGNS = (
    (glyphs.OCCURRED, "occurred, or met"),
    (glyphs.PLANNED, "planned, or promised"),
    (glyphs.CANCELLED, "cancelled"),
    (glyphs.DISPUTED, "disputed as a whole"),
    (glyphs.WARNING, "sources disagree: the evidence has the rival version"),
    (glyphs.BROKEN, "the file has a mistake here"),
    (glyphs.CITED, "in a source: statements cite this sentence, and how many"),
    (glyphs.UNREAD, "at the left edge: new, changed or withdrawn since you last read it"),
    (f"{glyphs.STAR} {glyphs.NOTE}", "your star, your note"),
    ("A–F", "reliability of the source (Admiralty code); F: cannot be judged"),
    ("1–6", "credibility of the information; 6: cannot be judged"),
)


def _keys_view(keys: Mapping[str, Iterable[str]]) -> View:
    rows: list[Row] = []
    for group, commands in groups():
        here = [(command, key_names(keys.get(command.id, ()))) for command in commands]
        rows += [_heading(group)] if any(shown for _, shown in here) else []
        for command, shown in here:
            if shown:
                lead = (Span(shown, "strong"),)
                rows.append(
                    Row(key=command.id, kind="note", lead=lead, body=(Span(command.title),))
                )
    in_source = SOURCE_VIEW if "source" in keys else {}
    rows += [_heading("In a source")] if in_source else []
    for name, (_, title) in in_source.items():
        shown = key_names(keys.get(name, ()))
        if shown:
            lead = (Span(shown, "strong"),)
            rows.append(Row(key=f"{name}/source", kind="note", lead=lead, body=(Span(title),)))
    for told in KEYS_HELP:
        rows.append(Row(key=told, kind="note", body=(Span(told, "muted"),)))
    rows.append(_heading("Signs"))
    rows += [_sign(sign, meaning) for sign, meaning in _SIGNS]
    rows.append(_heading("Voices"))
    rows += [_sign(f"{word}, {word[:3]}", VOICES_LONG[basis]) for basis, word in VOICES.items()]
    return View(
        title="Keys and signs",
        count=len(rows),
        noun="key",
        rows=tuple(rows),
        empty="",
        lead_width=max(measure(plain(row.lead)) for row in rows),
    )


def _heading(text: str) -> Row:
    return Row(key=text, kind="heading", body=(Span(text, "accent"),), spaced=True)


def _sign(sign: str, meaning: str) -> Row:
    return Row(key=sign, kind="note", lead=(Span(sign, "strong"),), body=(Span(meaning),))
