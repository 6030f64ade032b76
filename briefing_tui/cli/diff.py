"""What changed between two briefings, or two revisions of one."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.output import fail, name_of, pass_surroundings, put, read_data
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.briefing.document import Document


@click.command()
@click.argument("old", type=click.Path(allow_dash=True))
@click.argument("new", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--reader", "in_reader", is_flag=True, help="Open NEW, changes marked; . and , step.")
@pass_surroundings
def diff(surroundings: Surroundings, old: str, new: str, as_json: bool, in_reader: bool) -> None:
    """Tell which entries were added, changed and removed from OLD to NEW.

    Each is a file, or a revision and a file as git names them: HEAD~1:briefing.yaml. A bare
    revision as OLD means NEW at that revision: briefing-tui diff HEAD~1 briefing.yaml.

    Exit code 0: no differences; 1: differences; 2: a file or revision that cannot be read.
    """
    from briefing_tui.briefing.diff import diff as compared
    from briefing_tui.briefing.load import load
    from briefing_tui.briefing.problems import UnreadableFileError
    from briefing_tui.output import diff_report

    if old == new == "-":
        fail("only one of the two can be standard input", 2)
    sides = []
    for side in (old, new):
        name, data = version(side, new)
        try:
            sides.append((name, load(data, name)))
        except UnreadableFileError as refused:
            fail(refused.problems[0].format(refused.name), 2)
    (old_name, before), (new_name, after) = sides
    if in_reader:
        sys.exit(_read(surroundings, before, after))
    changes = compared(before.briefing, after.briefing)
    put(
        diff_report.as_json(old_name, new_name, changes)
        if as_json
        else diff_report.as_text(changes)
    )
    sys.exit(1 if changes else 0)


def _read(surroundings: Surroundings, before: Document, after: Document) -> int:
    """Show the newer one, with what it has new marked as unread."""
    from briefing_tui.annotations.open import diff_annotations
    from briefing_tui.cli.output import check_keys, settings_with
    from briefing_tui.commands.registry import effective_keys
    from briefing_tui.session.open import Opener
    from briefing_tui.session.reading_session import ReadingSession
    from briefing_tui.tui.app import run
    from briefing_tui.views.scene import unchecked_scene

    if not sys.stdout.isatty():
        fail("--reader needs a terminal; leave it out for the differences as text", 2)
    settings = settings_with(surroundings)
    check_keys(settings, surroundings.directories.config_file)
    annotations = partial(diff_annotations, former=unchecked_scene(before))
    last = max(unchecked_scene(after).steps)
    keys = effective_keys(settings.keys)
    session = ReadingSession(unchecked_scene(after, last), keys, annotations=annotations)
    return run(session, settings, opener=Opener(settings), surroundings=surroundings)


def version(side: str, file: str) -> tuple[str, bytes]:
    """The name and bytes of a file, or of a revision of it.

    Args:
        side: A file, ``REV:FILE``, or a revision of ``file``.
        file: What a bare revision is taken of.
    """
    if side == "-" or Path(side).exists():
        return name_of(side), read_data(side)
    revision, colon, path = side.partition(":")
    path = path if colon else file
    if not path or path == "-" or revision.startswith("-"):
        return name_of(side), read_data(side)
    found = _shown(revision, path)
    if found is None and not colon:
        _, _, path = file.rpartition(":")  # NEW is a revision itself
        found = _shown(revision, path)
    if found is None:
        fail(f"{name_of(side)}: no such file, nor a revision of {name_of(path)} that git knows", 2)
    return name_of(f"{revision}:{path}"), found


def _shown(revision: str, path: str) -> bytes | None:
    """What git has of a file at a revision, if it has it."""
    where = Path(path)
    inside = where.parent if where.parent.is_dir() else Path()
    # "./" is how git is told that a path starts where it runs and not at the top.
    name = f"./{where.name if where.parent.is_dir() else path}"
    command = ["git", "-C", str(inside), "cat-file", "blob", "--end-of-options"]
    try:
        done = subprocess.run(
            [*command, f"{revision}:{name}"], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None
