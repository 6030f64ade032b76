"""Dossiers across the briefings of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing_tui.cli.input import as_of_day
from briefing_tui.cli.options import library_option, pane_option
from briefing_tui.cli.output import fail, put
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.dossier.builder import Dossier
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.index.database import Index


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
    """Print all that the briefings of a library tell of an actor or deal.

    NAME is an id, a name, or another name that a briefing lists.
    """
    from briefing_tui.cli.search import index_opened, no_briefings, refresh, roots_of
    from briefing_tui.library.dossier.builder import dossier as made
    from briefing_tui.library.dossier.selection import Chosen, newest
    from briefing_tui.output.plain_text import render
    from briefing_tui.views.scene import scene_of

    with index_opened(surroundings.directories) as index:
        roots = roots_of(surroundings, libraries, None, False)
        changes = refresh(index, roots)
        if not index.count:
            fail(f"{no_briefings(roots, changes)}; name a library with --library DIR", 2)
        subject = _subject(name, country, index)
        chosen = Chosen(subject) if whole else newest(subject, index.days)
        if chosen.left_out:
            click.echo(f"briefing-tui: from {chosen.told()}; --all takes all", err=True)
        found = made(chosen, index.about)
    scene = scene_of(found.document, as_of_day(found.document, day))
    put(render(scene, panes, width) + ("" if panes else _told_in(found)))


def _subject(name: str, country: str | None, index: Index) -> Subject:
    """The one actor or deal of that name."""
    from briefing_tui.library.entity_resolution import described, joined, named

    among, conflicts = joined(index.called(name))
    found = named(among, name)
    if country is not None:
        found = [one for one in found if any(country.upper() in told for told in one.countries)]
    for conflict in conflicts:
        if any(side in found for side in conflict.sides):
            click.echo(f"briefing-tui: {conflict}", err=True)
    if len(found) == 1:
        return found[0]
    if not found:
        from briefing_tui.briefing.problems import suggestion

        known = {text for one in index.everyone() for text in (one.id, one.name, *one.aka)}
        fail(f"no actor or deal '{name}' in this library{suggestion(name, known)}", 2)
    told = "; ".join(f"{described(one)} in {one.files[0]}" for one in found)
    fail(f"'{name}' is several: {told}. Say which with --country CODE, or by another name", 2)


def _told_in(found: Dossier) -> str:
    """The briefings that a dossier was made from."""
    from briefing_tui.briefing.text import printable

    files = [printable(file) for file in found.subject.files]
    heading = f"BRIEFINGS ({found.chosen.told()})"
    left = [f"{found.chosen.gap}: left out"] if found.chosen.left_out else []
    missing = [f"{file}: cannot be read" for file in found.missing]
    return "\n".join(["", heading, "=" * len(heading), *files, *missing, *left]) + "\n"
