"""The lines around the panes: title and date, tabs, key hints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.terminal_text import cell_width, one_line
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.commands.registry import COMMANDS, Place, key_name
from briefing_tui.views.as_of_filter import format_day
from briefing_tui.views.labels import quantity
from briefing_tui.views.line_layout import crop
from briefing_tui.views.mark_overlay import all_paths
from briefing_tui.views.pane_registry import PANES, pane_title
from briefing_tui.views.rows import Span, Spans, plain
from briefing_tui.views.scene import Scene

_all_paths = memoize_last(all_paths)


def header(scene: Scene, width: int) -> tuple[Spans, Spans]:
    """Return title and as-of date for the ends of a line, with the status if there are no tabs."""
    prefix = "Dossier: " if scene.document.origins else ""
    title = Span(f" {prefix}{one_line(scene.document.briefing.title)}", "strong")
    label = "as of " if width >= 40 else ""
    # From 110 cells all panes are visible, without a line of tabs.
    status = (*status_spans(scene, width), Span("  ")) if width >= 110 else ()
    return (title,), (*status, Span(label, "muted"), Span(f"{format_day(scene.as_of)} ", "accent"))


def tabs(active: int, scene: Scene, width: int) -> tuple[Spans, Spans]:
    """Return the tabs with their keys, the active one in brackets, and the status.

    If there is not enough room, the other tabs are only numbers, and the focus is shortened.
    """
    status = status_spans(scene, width)
    named = _tabs(active, scene, named=True)
    if _cells((*named, *status)) < width:
        return named, status
    numbered = _tabs(active, scene, named=False)
    room = width - _cells(numbered) - 1
    if (excess := _cells(status) - room) > 0:
        status = status_spans(scene, width, _cells(focus_spans(scene)) - excess)
    return numbered, crop(status, room)


def _tabs(active: int, scene: Scene, *, named: bool) -> Spans:
    spans: list[Span] = []
    for index, spec in enumerate(PANES):
        title = pane_title(spec, scene.document.briefing)
        label = f"{index + 1} {title}" if named or index == active else f"{index + 1}"
        tab = Span(f"[{label}]", "strong") if index == active else Span(f" {label} ", "muted")
        spans += [Span(" "), tab]
    return tuple(spans)


def _cells(spans: Spans) -> int:
    return cell_width(plain(spans))


def status_spans(scene: Scene, width: int, focus_room: int | None = None) -> Spans:
    """Return the status: new and unread statements, problems, the focus, and the number of the day.

    ``width`` is that of the screen, and ``focus_room`` that of the focus if it is limited.
    """
    number = bisect_right(scene.steps, scene.as_of)
    day = f" day {number} of {len(scene.steps)} " if len(scene.steps) > 1 and width >= 70 else ""
    counts = (*new_spans(scene), *unread_spans(scene), *problem_spans(scene))
    return (*counts, *focus_spans(scene, focus_room), Span(day, "muted"))


def new_spans(scene: Scene) -> Spans:
    """Return the number of statements that became known at this step."""
    entries = walk_evidenced(scene.briefing) if scene.since else ()
    number = sum(map(scene.is_new, entries))
    return (Span(f" {number} new ", "accent"),) if number else ()


def unread_spans(scene: Scene) -> Spans:
    """Return the number of unread statements among those that are shown."""
    marks = scene.marks
    if not marks.unread:
        return ()
    number = len(marks.news.keys() & _all_paths(scene.briefing)) + len(marks.withdrawn)
    return (Span(f" {number} unread ", "warning"),) if number else ()


def focus_spans(scene: Scene, room: int | None = None) -> Spans:
    """Return what the panes are narrowed to; if there is not enough room, only the last subject."""
    if not scene.focus:
        return ()
    names = [one_line(link.label) for link in scene.focus]
    whole = (Span("  only ", "muted"), Span(f"{' › '.join(names)} ", "accent"))
    if room is None or _cells(whole) <= room:
        return whole
    last = Span(f"… › {names[-1]}" if len(names) > 1 else names[-1], "accent")
    return (whole[0], *crop((last,), max(room - _cells(whole[:1]) - 1, 1)), Span(" "))


def problem_spans(scene: Scene) -> Spans:
    """Return the number of problems of the file."""
    number = len(scene.problems)
    return (Span(f" {quantity(number, 'problem')} ", "error"),) if number else ()


def footer_hints(
    keys: Mapping[str, tuple[str, ...]], width: int, place: Place = "reader"
) -> tuple[Spans, Spans]:
    """Return the commands for newcomers with their present keys, as many as fit, and help."""
    hints: dict[str, Spans] = {}
    for command in COMMANDS:
        if command.hint and place in command.places:
            key = Span(key_name(keys[command.id][0]), "strong")
            hints[command.id] = (key, Span(f" {command.hint}  ", "muted"))
    help_hint = hints.pop("help")
    room = width - 1 - len(plain(help_hint))
    spans: list[Span] = [Span(" ")]
    for hint in hints.values():
        room -= len(plain(hint))
        if room < 0:
            break
        spans += hint
    return tuple(spans), help_hint
