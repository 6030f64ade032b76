"""The reader's stars, tags and notes on all briefings."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.annotations import sidecar
from briefing_tui.annotations.anchors import Anchors, ResolvedMarks, anchors, resolve_marks
from briefing_tui.annotations.reattachment import StoredData
from briefing_tui.annotations.record_finder import records
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.problems import UnreadableFileError, suggestion
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.cli.default_group import DefaultGroup
from briefing_tui.cli.output import fail, name_of, put, put_json, warn
from briefing_tui.cli.settings import pass_surroundings, settings_of
from briefing_tui.library.discovery import Roots, discover, notice
from briefing_tui.session.briefing_file import read_data
from briefing_tui.storage.directories import Directories, bundled
from briefing_tui.storage.document_cache import open_document
from briefing_tui.storage.per_briefing_files import (
    BUNDLED,
    SIDECAR_SUFFIX,
    identity,
    is_lost,
    sidecar_file,
)
from briefing_tui.storage.positions import briefings
from briefing_tui.surroundings import Surroundings
from briefing_tui.views.glyphs import NOTE, STAR
from briefing_tui.views.labels import quantity
from briefing_tui.views.scene import unchecked_scene

if TYPE_CHECKING:
    pass


class ListByDefault(DefaultGroup):
    """A group whose first word, unless it names a command, belongs to ``list``."""

    default = "list"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command, unless help is asked for."""
        # While a shell completes the first word, that may become a command.
        is_named = args[0] in (*self.commands, "--help", "-h") if args else ctx.resilient_parsing
        return super().parse_args(ctx, args if is_named else [self.default, *args])


@click.group(cls=ListByDefault)
def marks() -> None:
    """List your stars, tags and notes, or attach them to a briefing that was renamed.

    Without a command, lists those of the files that are named, or all.
    """


@marks.command("list")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object per entry.")
@pass_surroundings
def list_marks(surroundings: Surroundings, files: tuple[str, ...], as_json: bool) -> None:
    """List your stars, tags and notes on FILES, or on every briefing that you marked.

    Marks beside briefings are found in your libraries and beside what you have read. A note whose
    entry changed says so; one whose entry is gone is listed as gone. A file that is gone is listed
    with the command that attaches its marks to another.

    Exit code 1: some marks cannot be read; the others are listed.
    """
    settings = settings_of(surroundings)
    directories = surroundings.directories
    rows: list[tuple[str, ResolvedMarks]] = []
    errors = []
    sidecars = _sidecars_of if files else _all_sidecars
    for file, path in sidecars(directories, files or settings.libraries):
        try:
            marked = sidecar.read(path)
        except sidecar.SidecarError as error:
            errors.append(str(error))
        else:
            briefing = file or sidecar.subject_of(marked) or path.stem
            rows += [(briefing, row) for row in _resolve(directories.cache, briefing, marked)]
    if as_json:
        put_json([_as_object(file, row) for file, row in rows])
    else:
        put("".join(_as_lines(rows)) if rows or errors else "No marks.\n")
        lost = [file for file in dict.fromkeys(file for file, _ in rows) if is_lost(file)]
        if lost:
            put("\nThese files are gone. If one has a new name, attach its marks to that:\n")
        put("".join(f"  briefing-tui marks attach {_quoted(file)} NEW\n" for file in lost))
    if errors:
        fail("\n".join(errors), 1)


@marks.command()
@click.argument("old")
@click.argument("new", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would be attached, and change nothing.")
@pass_surroundings
def attach(surroundings: Surroundings, old: str, new: str, dry_run: bool) -> None:
    """Attach everything kept of OLD, a file that is gone, to the briefing NEW.

    OLD is the name that "briefing-tui marks" lists. Stars, notes, jump marks, read state and
    position move to NEW; what NEW has stays, with the notes of both on one entry.

    Exit code 0: attached; 1: OLD is still there, or something cannot be read or written; 2: there
    is nothing of OLD, or NEW cannot be opened.
    """
    settings, directories = settings_of(surroundings), surroundings.directories
    if not settings.keeps_marks:
        fail('marks are not kept: the option "marks" is off', 1)
    data = read_data(new, is_piped=False)
    try:
        current = anchors(unchecked_scene(open_document(directories.cache, data, new)))
    except UnreadableFileError as error:
        fail(str(error), 1)
    target = identity(new, "")
    former = _former(directories, old)
    if former == target:
        fail(f"{name_of(old)} and {name_of(new)} are the same briefing", 2)
    if os.path.lexists(former):
        fail(f"{name_of(former)} is still there, and its marks belong to it", 1)
    is_beside = settings.marks == "beside"
    try:
        stored = StoredData.read(directories, former)
        if not dry_run:
            stored.move(directories, new, target, is_beside=is_beside)
    except (OSError, sidecar.SidecarError) as error:
        fail(f"{name_of(old)}: {getattr(error, 'strerror', None) or error}", 1)
    missing = stored.missing_in(current)
    note = f", which lacks {quantity(missing, 'marked entry')}" if missing else ""
    put(f"{'Would attach' if dry_run else 'Attached'} {stored.summary} to {name_of(new)}{note}\n")


def _former(directories: Directories, old: str) -> str:
    """Return the identity of a briefing by its former path; end the program if it has none."""
    names = [record.identity for record in records(directories)] + briefings(directories.state)
    for name in (old, identity(old, "")):
        if name in names or os.path.isfile(name + SIDECAR_SUFFIX):
            return name
    lost = [name for name in names if is_lost(name)]
    fail(f"nothing is kept of {name_of(old)}{suggestion(old, lost)}", 2)


def _sidecars_of(directories: Directories, files: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Iterate over the sidecars of briefings, each with its briefing."""
    data = directories.data
    for file in files:
        name = identity(file, "")
        paths = (sidecar_file(data, file, name, beside=beside) for beside in (False, True))
        yield from ((file, path) for path in dict.fromkeys(paths) if path and os.path.isfile(path))


def _all_sidecars(directories: Directories, libraries: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Iterate over the sidecars in the data directory and those next to known briefings."""
    data = directories.data
    if data is not None:
        yield from (("", path) for path in sorted((data / "marks").glob(f"*{SIDECAR_SUFFIX}")))
    discovery = discover(Roots.of(os.path.expanduser(name) for name in libraries))
    if skipped := notice(discovery.skipped):
        warn(skipped)
    library = {os.path.realpath(os.fsdecode(file.path)) for file in discovery.files}
    for briefing in sorted(library | set(briefings(directories.state))):
        path = sidecar_file(data, briefing, briefing, beside=True)
        if path and os.path.isfile(path):
            yield briefing, path


def _resolve(cache: Path | None, file: str, sidecar: Sidecar) -> Iterator[ResolvedMarks]:
    """Resolve the marks on a briefing; without its file, all of them are on removed entries."""
    try:
        data = read_bytes(bundled() if file == BUNDLED else Path(file))
        current = anchors(unchecked_scene(open_document(cache, data, file)))
    except (OSError, UnreadableFileError, ValueError):
        current = Anchors([])
    return resolve_marks(sidecar, current)


def _quoted(file: str) -> str:
    return shlex.quote(printable(file))


def _as_object(file: str, row: ResolvedMarks) -> dict[str, object]:
    state = "gone" if row.path is None else "changed" if row.changed else "as marked"
    content = {"star": row.star, "notes": row.notes, "tags": row.tags}
    return {"file": file, "entry": row.key, "says": row.label, **content, "state": state}


def _as_lines(rows: list[tuple[str, ResolvedMarks]]) -> Iterator[str]:
    previous = None
    for file, row in rows:
        if file != previous:
            yield ("" if previous is None else "\n") + printable(file) + "\n"
        previous = file
        state = " (gone)" if row.path is None else " (changed since)" if row.changed else ""
        yield f"{STAR if row.star else ' '} {row.key}  {row.label}{state}\n"
        for note in row.notes:
            first, *others = note.splitlines()
            yield f"    {NOTE} {first}\n"
            yield from (f"      {line}".rstrip() + "\n" for line in others)
