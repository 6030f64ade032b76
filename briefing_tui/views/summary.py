"""The Summary pane: the bottom line first, then key points and open questions."""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec

from briefing_tui.briefing.dates import format_date
from briefing_tui.briefing.model import Event, Point, Question
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.views import glyphs
from briefing_tui.views.as_of_filter import known_day
from briefing_tui.views.empty_pane import empty_text
from briefing_tui.views.entry_rows import entry_key, unreadable_rows, voiced_row
from briefing_tui.views.links import actor_links, deal_links, event_link
from briefing_tui.views.links import points as points_of
from briefing_tui.views.rows import Link, Role, Row, Span, View, heading_row, join_spans, note_row
from briefing_tui.views.scene import Scene

SECTIONS = {
    "bottom_line": ("Bottom line", None),
    "key_points": ("Key points", Span(glyphs.POINT, "accent")),
    "open_questions": ("Open questions", Span(glyphs.QUESTION, "accent")),
}
"""The sections of the summary, each with its title and the mark of its points."""


def summary(scene: Scene) -> View:
    """Show the points of a briefing, and the problems of its file."""
    rows: list[Row] = []
    events = {event.id: event for event in scene.briefing.timeline}
    count = 0
    questions = scene.briefing.open_questions
    current: dict[str, tuple[Point, ...]] = {
        "bottom_line": scene.briefing.bottom_line,
        "key_points": scene.briefing.key_points,
        "open_questions": tuple(question for question in questions if not question.answered_by),
    }
    answered = [question for question in questions if question.answered_by]
    for section, (title, mark) in SECTIONS.items():
        entries = _latest_first(scene, current[section])
        points = [_point_row(scene, section, point, mark, events) for point in entries]
        if section_rows := points + unreadable_rows(scene, section):
            rows += [heading_row(section, title), *section_rows]
            count += len(points)
    if answered:
        rows.append(heading_row("answered", "Answered"))
        rows += [_answered_row(scene, question, events) for question in answered]
        count += len(answered)
    if scene.document.left_out and not scene.focus:
        rows.append(heading_row("left-out", "Not in this dossier", "warning"))
        for number, gap in enumerate(scene.document.left_out):
            rows.append(note_row(f"left-out/{number}", Span(gap, "warning")))
    if scene.problems and not scene.focus:
        rows.append(heading_row("problems", "Problems in the file", "error"))
        rows += [_problem_row(scene, *numbered) for numbered in enumerate(scene.problems)]
    return View(
        title="Summary",
        count=count,
        noun="point",
        rows=tuple(rows),
        empty=""
        if rows
        else empty_text(
            scene,
            [point for _, point in points_of(scene.document.briefing)],
            "points",
            written="This briefing has no summary.",
            focused="Nothing in the summary is about this",
        ),
    )


def _latest_first(scene: Scene, points: tuple[Point, ...]) -> list[Point]:
    """Put what became known after the briefing's own day first, the latest at the top."""
    briefing = scene.document.briefing
    own = briefing.as_of.upper
    days = [max(known_day(point, briefing) or own, own) for point in points]
    order = sorted(range(len(points)), key=days.__getitem__, reverse=True)
    # Sorting is stable, also in reverse: the others stay in the order of the file.
    return [points[number] for number in order]


def _answered_row(scene: Scene, question: Question, events: Mapping[str, Event]) -> Row:
    """Show a question with the events that answer it, new if one of them is."""
    known = {event.id: event for event in scene.known.timeline}
    answers = [known[name] for name in question.answered_by if name in known]
    row = _point_row(scene, "open_questions", question, Span(glyphs.QUESTION, "muted"), events)
    details = tuple(
        join_spans([Span(answer.headline), format_date(answer.date)]) for answer in answers
    )
    links = (*(event_link(answer) for answer in answers), *row.links)
    return msgspec.structs.replace(
        row,
        details=details,
        links=tuple(dict.fromkeys(links)),
        new=row.new or any(map(scene.is_new, answers)),
    )


def _point_row(
    scene: Scene, section: str, point: Point, mark: Span | None, events: Mapping[str, Event]
) -> Row:
    links: dict[Link, None] = {}
    for name in point.about:
        if name in events:
            links[event_link(events[name])] = None
        else:
            related = *actor_links(scene.briefing, [name]), *deal_links(scene.briefing, [name])
            links |= dict.fromkeys(related)
    judged = voice(point, scene.briefing.about) == "judgement"
    role: Role = "strong" if section == "bottom_line" else "judged" if judged else "text"
    body = [Span(point.text, role)]
    if point.disputes:
        body.append(Span(f" {glyphs.WARNING}", "warning"))
    return voiced_row(
        scene, point, key=entry_key(point, section), mark=mark, body=tuple(body), links=tuple(links)
    )


def _problem_row(scene: Scene, number: int, problem: Problem) -> Row:
    role: Role = "error" if problem.is_error else "warning"
    return Row(
        key=f"problems/{number}",
        mark=Span(glyphs.BROKEN if problem.is_error else glyphs.WARNING, role),
        # The reader has the file open: its name is enough, and a path may be wider than the pane.
        body=(Span(problem.format(os.path.basename(scene.document.name))),),
        problems=(problem,),
    )
