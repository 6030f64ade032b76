"""The help screen: keys, signs and voices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefing_tui.commands.registry import KEYS_HELP, SOURCE_VIEW, groups, key_names
from briefing_tui.tui.screens.dialog import ModalList
from briefing_tui.tui.strips import measure
from briefing_tui.views import glyphs
from briefing_tui.views.labels import VOICES, VOICES_LONG
from briefing_tui.views.rows import Row, Span, TypeSign, View, heading_row, plain


class HelpScreen(ModalList[None]):
    """The keys as configured, and what the signs mean."""

    def __init__(
        self,
        keys: Mapping[str, Iterable[str]],
        titles: Mapping[str, str],
        types: Iterable[TypeSign] = (),
    ) -> None:
        """Explain keys and signs, among them those of the types of events that are shown."""
        super().__init__("Keys and signs", keys_view(keys, titles, types))


_SIGNS = (
    (glyphs.OCCURRED, "occurred, or met"),
    (glyphs.PLANNED, "planned, or promised"),
    (glyphs.CANCELLED, "cancelled"),
    (glyphs.DISPUTED, "disputed"),
    (glyphs.WARNING, "sources disagree (see evidence)"),
    (glyphs.BROKEN, "error in the file here"),
    (glyphs.CITED, "in a source: statements cite this sentence, and how many"),
    (glyphs.UNREAD, "at the left edge: new, changed or withdrawn since you last read it"),
    (f"{glyphs.STAR} {glyphs.NOTE}", "your star, your note"),
    ("A–F", "reliability of the source, rated by the briefer; F: cannot be judged"),
    ("A–C2", "several sources: their best and their weakest rating, and the digit"),
    ("1–6", "credibility of the information, rated by the briefer; 6: cannot be judged"),
)


def keys_view(
    keys: Mapping[str, Iterable[str]], titles: Mapping[str, str], types: Iterable[TypeSign] = ()
) -> View:
    """Return the keys as configured, and what the signs mean."""
    rows: list[Row] = []
    for group, commands in groups():
        group_rows = [
            _lead_row(names, titles.get(command.id, command.title), command.id)
            for command in commands
            if (names := key_names(keys.get(command.id, ())))
        ]
        rows += [heading_row(group, group), *group_rows] if group_rows else []
    in_source = SOURCE_VIEW if "source" in keys else {}
    rows += [heading_row("In a source", "In a source")] if in_source else []
    for name, (_, title) in in_source.items():
        if names := key_names(keys.get(name, ())):
            rows.append(_lead_row(names, title, f"{name}/source"))
    rows += [Row(key=text, kind="note", body=(Span(text, "muted"),)) for text in KEYS_HELP]
    rows.append(heading_row("Signs", "Signs"))
    rows += [_lead_row(sign, meaning, sign) for sign, meaning in _SIGNS]
    labels: dict[str, list[str]] = {}
    for sign, label in types:
        labels.setdefault(sign, []).append(label)
    if labels:
        rows.append(heading_row("Types of events", "Types of events"))
        rows += [
            _lead_row(sign, ", ".join(names), f"type/{sign}") for sign, names in labels.items()
        ]
    rows.append(heading_row("Voices", "Voices"))
    for basis, word in VOICES.items():
        names = f"{word}, {word[:3]}"
        rows.append(_lead_row(names, VOICES_LONG[basis], names))
    return View(
        title="Keys and signs",
        count=len(rows),
        noun="key",
        rows=tuple(rows),
        empty="",
        lead_width=max(measure(plain(row.lead)) for row in rows),
    )


def _lead_row(lead: str, text: str, key: str) -> Row:
    return Row(key=key, kind="note", lead=(Span(lead, "strong"),), body=(Span(text),))
