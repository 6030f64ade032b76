"""Rule for entries that nothing refers to (W205)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.check.rule_helpers import evidenced_entries
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Event, Evidenced, Forecast, Point, Statement
from briefing_tui.briefing.problems import Problem


def check_unused(document: Document) -> Iterator[Problem]:
    """W205: every source is cited and every actor referred to.

    Deals are exempt: the deals pane lists all of them.
    """
    if any(problem.is_error for problem in document.problems):
        return  # an unreadable entry may refer to them
    briefing = document.briefing
    used = {briefing.about}
    for name, source in briefing.sources.items():
        used.update(other for other in source.derives_from if other != name)
    for name, actor in briefing.actors.items():
        used.update(other for other in actor.member_of if other != name)
    for entry in evidenced_entries(briefing):
        used.update(_references_of(entry))
        used.update(citation.source for citation in entry.cite)
        for rival in entry.disputes:
            used.update(citation.source for citation in rival.cite)
    for name in briefing.sources:
        if name not in used:
            message = f"nothing cites source '{name}'; cite it, or remove it"
            yield Problem("W205", message, document.at_key(("sources", name)))
    for name in briefing.actors:
        if name not in used:
            message = f"nothing refers to actor '{name}'; name it in an event, or remove it"
            yield Problem("W205", message, document.at_key(("actors", name)))


def _references_of(entry: Evidenced) -> tuple[str, ...]:
    if isinstance(entry, Event):
        return entry.actors
    if isinstance(entry, Point):
        return entry.about
    if isinstance(entry, Statement):
        return (entry.speaker,)
    if isinstance(entry, Forecast) and entry.by is not None:
        return (entry.by,)
    return ()
