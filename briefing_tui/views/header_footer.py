"""The lines around the panes: title and date, tabs, hints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import Briefing
from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.provenance import entries, parts
from briefing_tui.briefing.text import cell_width, one_line
from briefing_tui.commands.registry import COMMANDS, Place, key_name
from briefing_tui.views.annotations import path_of
from briefing_tui.views.lines import crop
from briefing_tui.views.memo import kept
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Span, Spans, plain
from briefing_tui.views.scene import Scene


def header(scene: Scene, width: int) -> tuple[Spans, Spans]:
    """Title, and the day the briefing is read at; beside them what has no tab line to stand on."""
    day = words(Edtf.parse(scene.as_of.isoformat()))
    told = "Dossier: " if scene.document.origins else ""
    title = Span(f" {told}{one_line(scene.document.briefing.title)}", "strong")
    label = "as of " if width >= 40 else ""
    shown = (*state(scene, width), Span("  ")) if width >= 110 else ()
    return (title,), (*shown, Span(label, "muted"), Span(f"{day} ", "accent"))


def tabs(active: int, scene: Scene, width: int) -> tuple[Spans, Spans]:
    """The four panes with their keys, and how things stand; the active one stands out by brackets.

    Where there is no room for all, the others keep their numbers, and the focus is shortened.
    """
    told = state(scene, width)
    named = _tabs(active, named=True)
    if _cells(named) + _cells(told) < width:
        return named, told
    numbered = _tabs(active, named=False)
    room = width - _cells(numbered) - 1
    if (over := _cells(told) - room) > 0:
        told = state(scene, width, _cells(focused(scene)) - over)
    return numbered, crop(told, room)


def _tabs(active: int, *, named: bool) -> Spans:
    spans: list[Span] = [Span(" ")]
    for number, spec in enumerate(PANES):
        here = number == active
        label = f"{number + 1} {spec.title}" if named or here else f"{number + 1}"
        spans.append(Span(f"[{label}]" if here else f" {label} ", "strong" if here else "muted"))
        spans.append(Span(" "))
    return tuple(spans[:-1])


def _cells(spans: Spans) -> int:
    return cell_width(plain(spans))


def state(scene: Scene, width: int, focus_room: int | None = None) -> Spans:
    """What is new, wrong, narrowed, and which of the as-of days this is."""
    number = bisect_right(scene.steps, scene.as_of)
    place = f" day {number} of {len(scene.steps)} " if len(scene.steps) > 1 and width >= 70 else ""
    found = (*news(scene), *unread(scene), *problems(scene), *focused(scene, focus_room))
    return (*found, Span(place, "muted"))


def news(scene: Scene) -> Spans:
    """How many statements became known at this step."""
    number = sum(scene.is_new(entry) for entry in entries(scene.briefing)) if scene.since else 0
    return (Span(f" {number} new ", "accent"),) if number else ()


def unread(scene: Scene) -> Spans:
    """How many of the statements that are shown were not read yet."""
    marks = scene.marks
    if marks is None or not (marks.news or marks.withdrawn):
        return ()
    number = len(marks.news.keys() & _paths(scene.briefing)) + len(marks.withdrawn)
    return (Span(f" {number} unread ", "warning"),) if number else ()


@kept
def _paths(briefing: Briefing) -> set[Path | None]:
    """Where the statements of a briefing stand."""
    return {path_of(part) for part in parts(briefing)}


def focused(scene: Scene, room: int | None = None) -> Spans:
    """What the panes are narrowed to; where there is little room, of several the last."""
    if not scene.focus:
        return ()
    names = [one_line(link.label) for link in scene.focus]
    whole = (Span("  only ", "muted"), Span(f"{' › '.join(names)} ", "accent"))
    if room is None or _cells(whole) <= room:
        return whole
    last = Span(f"… › {names[-1]}" if len(names) > 1 else names[-1], "accent")
    return (whole[0], *crop((last,), max(room - _cells(whole[:1]) - 1, 1)), Span(" "))


def problems(scene: Scene) -> Spans:
    """How much is wrong with the file."""
    number = len(scene.problems)
    if not number:
        return ()
    return (Span(f" {number} problem{'' if number == 1 else 's'} ", "error"),)


def footer_hints(
    keys: Mapping[str, tuple[str, ...]], width: int, place: Place = "reader"
) -> tuple[Spans, Spans]:
    """The commands that a newcomer needs, with the keys they have now; help at the right end."""
    hints: dict[str, Spans] = {
        command.id: (
            Span(key_name(keys[command.id][0]), "strong"),
            Span(f" {command.hint}  ", "muted"),
        )
        for command in COMMANDS
        if command.hint and place in command.places
    }
    last = hints.pop("help")
    room = width - 1 - sum(len(span.text) for span in last)
    shown: list[Span] = [Span(" ")]
    for hint in hints.values():
        room -= sum(len(span.text) for span in hint)
        if room < 0:
            break
        shown += hint
    return tuple(shown), last
