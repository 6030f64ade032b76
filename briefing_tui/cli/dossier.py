"""Dossiers across the briefings of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing_tui.cli.options import as_of_day, library_option, pane_option
from briefing_tui.cli.output import fail, put, warn
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.briefing.document import Document
    from briefing_tui.library.dossier.newest_briefings import DossierScope
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.index.library_index import Index


@click.command()
@click.argument("name")
@library_option("look in")
@click.option("--as-of", "day", metavar="DATE", help="As known on DATE: 2021-11-14, 2021, latest.")
@pane_option
@click.option("--width", type=click.IntRange(20, 1000), default=80, help="Columns; 80.")
@click.option("--all", "whole", is_flag=True, help="From all briefings, not only the newest 2,000.")
@click.option("--country", metavar="CODE", help="Which of several of that name: IND.")
@pass_surroundings
def dossier(
    surroundings: Surroundings,
    name: str,
    libraries: tuple[str, ...],
    day: str | None,
    panes: tuple[str, ...],
    width: int,
    whole: bool,
    country: str | None,
) -> None:
    """Print everything that the briefings of a library say about an actor or deal.

    NAME is an id, a name, or another name that a briefing lists.
    """
    from briefing_tui.cli.search import index_opened, no_briefings, refresh, roots_of
    from briefing_tui.library.dossier.builder import dossier as build
    from briefing_tui.library.dossier.newest_briefings import DossierScope, newest
    from briefing_tui.output.plain_text import render
    from briefing_tui.views.scene import scene_of

    with index_opened(surroundings.directories) as index:
        roots = roots_of(surroundings, libraries, None, False)
        changes = refresh(index, roots)
        if not index.count:
            fail(f"{no_briefings(roots, changes)}; name a library with --library DIR", 2)
        subject = _subject(name, country, index)
        selection = DossierScope(subject) if whole else newest(subject, index.days)
        if selection.left_out:
            warn(f"from {selection.description()}; --all reads all")
        document = build(selection, index.briefing)
    scene = scene_of(document, as_of_day(document, day))
    put(render(scene, panes, width) + ("" if panes else _sources_text(selection, document)))


def _subject(name: str, country: str | None, index: Index) -> Subject:
    from briefing_tui.library.entity_resolution import described, joined, named

    candidates, conflicts = joined(index.subjects_named(name))
    matches = named(candidates, name)
    if country is not None:
        code = country.upper()
        matches = [match for match in matches if any(code in text for text in match.countries)]
    for conflict in conflicts:
        if any(side in matches for side in conflict.sides):
            warn(str(conflict))
    if len(matches) == 1:
        return matches[0]
    if not matches:
        from briefing_tui.briefing.problems import suggestion

        subjects = index.all_subjects()
        spellings = {text for each in subjects for text in (each.id, each.name, *each.aka)}
        fail(f"no actor or deal '{name}' in this library{suggestion(name, spellings)}", 2)
    names = "; ".join(f"{described(subject)} in {subject.files[0]}" for subject in matches)
    fail(f"'{name}' is ambiguous: {names}. Choose with --country CODE, or by another name", 2)


def _sources_text(scope: DossierScope, document: Document) -> str:
    """Return the list of the briefings that a dossier was compiled from."""
    from briefing_tui.briefing.terminal_text import printable

    files = [printable(file) for file in scope.subject.files]
    heading = f"BRIEFINGS ({scope.description()})"
    left_out = [f"{scope.gap}: left out"] if scope.left_out else []
    missing = document.left_out[len(left_out) :]
    return "\n".join(["", heading, "=" * len(heading), *files, *missing, *left_out]) + "\n"
