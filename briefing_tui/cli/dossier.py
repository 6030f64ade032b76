"""What a desk gathers: dossiers across briefings, and a reader's own marks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.options import library_option, pane_option
from briefing_tui.cli.output import as_of_day, fail, pass_surroundings, put, settings_with
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.annotations.resolve import Listed
    from briefing_tui.annotations.sidecar import Sidecar
    from briefing_tui.library.dossier.builder import Dossier
    from briefing_tui.library.entity_resolution import Subject
    from briefing_tui.library.index.database import Index
    from briefing_tui.settings import Settings
    from briefing_tui.storage.directories import Directories


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
    from briefing_tui.library.dossier.builder import dossier as build
    from briefing_tui.library.dossier.selection import DossierScope, newest
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
            click.echo(f"briefing-tui: from {selection.description()}; --all takes all", err=True)
        result = build(selection, index.about)
    scene = scene_of(result.document, as_of_day(result.document, day))
    put(render(scene, panes, width) + ("" if panes else _sources_text(result)))


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object an entry.")
@pass_surroundings
def marks(surroundings: Surroundings, files: tuple[str, ...], as_json: bool) -> None:
    """List your stars, tags and notes on FILES, or on every briefing that you marked.

    Marks beside briefings are found in your libraries and beside what you have read. A note whose
    entry changed says so; one whose entry is gone is listed as gone.

    Exit code 1: some marks cannot be read; the others are listed.
    """
    from briefing_tui.annotations.sidecar import SidecarError

    settings = settings_with(surroundings)
    data = surroundings.directories.data
    entries: list[tuple[str, Listed]] = []
    failed = []
    for file, path in (
        _sidecars_of(data, files) if files else _sidecars(surroundings.directories, settings)
    ):
        try:
            about, sidecar = _about(file, path)
        except SidecarError as error:
            failed.append(str(error))
        else:
            entries += [
                (about, entry) for entry in _listed(surroundings.directories.cache, about, sidecar)
            ]
    if as_json:
        import json

        put(json.dumps([_as_object(file, entry) for file, entry in entries], indent=2) + "\n")
    else:
        put("".join(_as_lines(entries)) if entries or failed else "No marks.\n")
    if failed:
        fail("\n".join(failed), 1)


def _sidecars_of(data: Path | None, files: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the sidecars of briefings, with the file that each is about."""
    from briefing_tui.annotations.paths import sidecar_of
    from briefing_tui.storage.positions import identity

    for file in files:
        candidates = [
            sidecar_of(data, file, identity(file, ""), beside=beside) for beside in (False, True)
        ]
        for path in dict.fromkeys(candidates):
            if path is not None and os.path.isfile(path):
                yield file, path


def _sidecars(directories: Directories, settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield the sidecars in the data directory and beside known briefings."""
    from briefing_tui.annotations.paths import SUFFIX, sidecar_of
    from briefing_tui.library.discovery import Roots, discover
    from briefing_tui.storage.positions import briefings

    directory = directories.data
    if directory is not None:
        yield from (("", path) for path in sorted((directory / "marks").glob(f"*{SUFFIX}")))
    roots = Roots.of(os.path.expanduser(name) for name in settings.libraries)
    files = {os.path.realpath(os.fsdecode(file.path)) for file in discover(roots).files}
    for file in sorted(files | set(briefings(directories.state))):
        path = sidecar_of(directory, file, file, beside=True)
        if path is not None and os.path.isfile(path):
            yield file, path


def _about(file: str, path: Path) -> tuple[str, Sidecar]:
    """Return the file that a sidecar is about, and its marks."""
    from briefing_tui.annotations import sidecar
    from briefing_tui.annotations.store import OF

    marks = sidecar.read(path)
    comments = marks[""].others if "" in marks else ()
    name = next((line.removeprefix(OF) for line in comments if line.startswith(OF)), path.stem)
    return file or name, marks


def _listed(cache: Path | None, file: str, sidecar: Sidecar) -> Iterator[Listed]:
    """Yield the marks on a briefing; all are on missing entries if the file is gone."""
    from briefing_tui.annotations.anchors import Anchors, anchors
    from briefing_tui.annotations.resolve import listed
    from briefing_tui.briefing.document import read_bytes
    from briefing_tui.briefing.problems import UnreadableFileError
    from briefing_tui.storage.directories import bundled
    from briefing_tui.storage.document_cache import open_document
    from briefing_tui.views.scene import unchecked_scene

    try:
        data = read_bytes(bundled() if file == "bundled" else Path(file))
        document_anchors = anchors(unchecked_scene(open_document(cache, data, file)))
    except (OSError, UnreadableFileError, ValueError):
        document_anchors = Anchors([])
    return listed(sidecar, document_anchors)


def _as_object(file: str, mark: Listed) -> dict[str, object]:
    state = "gone" if mark.path is None else "changed" if mark.changed else "as marked"
    notes = {"star": mark.star, "notes": mark.notes, "tags": mark.tags}
    return {"file": file, "entry": mark.key, "says": mark.label, **notes, "state": state}


def _as_lines(marks: list[tuple[str, Listed]]) -> Iterator[str]:
    from briefing_tui.briefing.text import printable
    from briefing_tui.views.glyphs import NOTE, STAR

    previous = None
    for file, mark in marks:
        if file != previous:
            yield ("" if previous is None else "\n") + printable(file) + "\n"
        previous = file
        state = " (gone)" if mark.path is None else " (changed since)" if mark.changed else ""
        yield f"{STAR if mark.star else ' '} {mark.key}  {mark.label}{state}\n"
        for note in mark.notes:
            first, *rest = note.splitlines()
            yield f"    {NOTE} {first}\n"
            yield from (f"      {line}".rstrip() + "\n" for line in rest)


def _subject(name: str, country: str | None, index: Index) -> Subject:
    """The one actor or deal of that name."""
    from briefing_tui.library.entity_resolution import described, joined, named

    candidates, conflicts = joined(index.subjects_named(name))
    matches = named(candidates, name)
    if country is not None:
        matches = [
            subject
            for subject in matches
            if any(country.upper() in text for text in subject.countries)
        ]
    for conflict in conflicts:
        if any(side in matches for side in conflict.sides):
            click.echo(f"briefing-tui: {conflict}", err=True)
    if len(matches) == 1:
        return matches[0]
    if not matches:
        from briefing_tui.briefing.problems import suggestion

        spellings = {
            text
            for subject in index.all_subjects()
            for text in (subject.id, subject.name, *subject.aka)
        }
        fail(f"no actor or deal '{name}' in this library{suggestion(name, spellings)}", 2)
    names = "; ".join(f"{described(subject)} in {subject.files[0]}" for subject in matches)
    fail(f"'{name}' is several: {names}. Say which with --country CODE, or by another name", 2)


def _sources_text(result: Dossier) -> str:
    """The briefings that a dossier was made from."""
    from briefing_tui.briefing.text import printable

    files = [printable(file) for file in result.subject.files]
    heading = f"BRIEFINGS ({result.scope.description()})"
    left_out = [f"{result.scope.gap}: left out"] if result.scope.left_out else []
    missing = [f"{file}: cannot be read" for file in result.missing]
    return "\n".join(["", heading, "=" * len(heading), *files, *missing, *left_out]) + "\n"
