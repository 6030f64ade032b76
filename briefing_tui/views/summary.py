"""The summary: the bottom line first, then the key points, then what is open."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.briefing.model import Event, Point
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.views import glyphs
from briefing_tui.views.labels import voiced
from briefing_tui.views.links import about_links, narrowing
from briefing_tui.views.rows import Role, Row, Span, View
from briefing_tui.views.scene import Scene, key_of
from briefing_tui.views.unreadable_entries import broken_rows

_SECTIONS = (
    ("bottom_line", "Bottom line", None),
    ("key_points", "Key points", Span(glyphs.POINT, "accent")),
    ("open_questions", "Open questions", Span(glyphs.QUESTION, "accent")),
)


def summary(scene: Scene) -> View:
    """The points of a briefing, and what is wrong with its file."""
    rows: list[Row] = []
    events = {event.id: event for event in scene.briefing.timeline}
    count = 0
    for section, title, mark in _SECTIONS:
        points = [
            _point(scene, section, point, mark, events)
            for point in getattr(scene.briefing, section)
        ]
        found = points + broken_rows(scene, section)
        if found:
            body = (Span(title, "accent"),)
            rows += [Row(key=section, kind="heading", body=body, spaced=True), *found]
            count += len(points)
    if scene.document.left_out and not scene.focus:
        heading = (Span("Not in this dossier", "warning"),)
        rows.append(Row(key="left-out", kind="heading", body=heading, spaced=True))
        rows += [_left_out(number, one) for number, one in enumerate(scene.document.left_out)]
    if scene.problems and not scene.focus:
        heading = (Span("Problems in the file", "error"),)
        rows.append(Row(key="problems", kind="heading", body=heading, spaced=True))
        rows += [_problem(scene, one) for one in enumerate(scene.problems)]
    return View(
        title="Summary",
        count=count,
        noun="point",
        rows=tuple(rows),
        empty="Nothing in the summary is about this." if scene.focus else "No summary was written.",
    )


def _left_out(number: int, gap: str) -> Row:
    return Row(key=f"left-out/{number}", kind="note", body=(Span(gap, "warning"),))


def _point(
    scene: Scene, section: str, point: Point, mark: Span | None, events: Mapping[str, Event]
) -> Row:
    links = about_links(scene.briefing, point.about, events)
    judged = voice(point, scene.briefing.about) == "judgement"
    role: Role = "strong" if section == "bottom_line" else "judged" if judged else "text"
    body = [Span(point.text, role)]
    if point.disputes:
        body.append(Span(f" {glyphs.WARNING}", "warning"))
    return Row(
        key=key_of(*point.place.path) if point.place else section,
        mark=mark,
        body=tuple(body),
        tail=voiced(point, scene.briefing),
        tail_short=voiced(point, scene.briefing, short=True),
        entry=point,
        problems=scene.problems_of(point),
        links=links,
        scope=narrowing(links),
    )


def _problem(scene: Scene, numbered: tuple[int, Problem]) -> Row:
    number, problem = numbered
    role: Role = "error" if problem.is_error else "warning"
    return Row(
        key=f"problems/{number}",
        mark=Span(glyphs.BROKEN if problem.is_error else glyphs.WARNING, role),
        body=(Span(problem.located(scene.document.name)),),
        problems=(problem,),
    )
