"""The reader's stars, tags and notes on all briefings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from briefing_tui.annotations import sidecar
from briefing_tui.annotations.anchors import Anchors, ResolvedMarks, anchors, resolve_marks
from briefing_tui.annotations.sidecar import Sidecar
from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.cli.output import fail, put, put_json, warn
from briefing_tui.cli.settings import pass_surroundings, settings_of
from briefing_tui.library.discovery import Roots, discover, notice
from briefing_tui.storage.directories import Directories, bundled
from briefing_tui.storage.document_cache import open_document
from briefing_tui.storage.file_names import BUNDLED, SIDECAR_SUFFIX, identity, sidecar_file
from briefing_tui.storage.positions import briefings
from briefing_tui.surroundings import Surroundings
from briefing_tui.views.glyphs import NOTE, STAR
from briefing_tui.views.scene import unchecked_scene


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object per entry.")
@pass_surroundings
def marks(surroundings: Surroundings, files: tuple[str, ...], as_json: bool) -> None:
    """List your stars, tags and notes on FILES, or on every briefing that you marked.

    Marks beside briefings are found in your libraries and beside what you have read. A note whose
    entry changed says so; one whose entry is gone is listed as gone.

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
    if errors:
        fail("\n".join(errors), 1)


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
