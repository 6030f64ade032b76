"""Differences between two briefings, or two revisions of one."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from briefing_tui.briefing.document import Document
from briefing_tui.cli.full_screen import show_and_exit
from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.settings import check_keys, pass_surroundings, settings_of
from briefing_tui.session.briefing_file import read_data
from briefing_tui.surroundings import Surroundings


@click.command()
@click.argument("old", type=click.Path(allow_dash=True))
@click.argument("new", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--reader", "in_reader", is_flag=True, help="Open NEW, changes marked; . and , step.")
@pass_surroundings
def diff(surroundings: Surroundings, old: str, new: str, as_json: bool, in_reader: bool) -> None:
    """Show which entries were added, changed and removed from OLD to NEW.

    Each is a file, or a revision and a file as git names them: HEAD~1:briefing.yaml. A bare
    revision as OLD means NEW at that revision: briefing-tui diff HEAD~1 briefing.yaml.

    Exit code 0: no differences; 1: differences; 2: a file or revision that cannot be read.
    """
    from briefing_tui.briefing.diff import diff as compare
    from briefing_tui.briefing.load import load
    from briefing_tui.output import diff_report

    if old == new == "-":
        fail("only one of the two can be standard input", 2)
    (old_name, old_data), (new_name, new_data) = version(old, new), version(new, new)
    former, document = load(old_data, old_name), load(new_data, new_name)
    if in_reader:
        _read(surroundings, former, document)
    changes = compare(former.briefing, document.briefing)
    if as_json:
        put(diff_report.as_json(old_name, new_name, changes))
    else:
        put(diff_report.as_text(changes))
    sys.exit(1 if changes else 0)


def _read(surroundings: Surroundings, former: Document, document: Document) -> NoReturn:
    """Open a briefing whose differences from its former version are unread."""
    from briefing_tui.annotations.session_annotations import diff_annotations
    from briefing_tui.commands.registry import effective_keys
    from briefing_tui.session.opener import Opener
    from briefing_tui.session.reading_session import ReadingSession
    from briefing_tui.views.scene import unchecked_scene

    if not sys.stdout.isatty():
        fail("--reader needs a terminal; leave it out for the differences as text", 2)
    settings = settings_of(surroundings)
    check_keys(settings, surroundings.directories.config_file)
    annotations = partial(diff_annotations, former=unchecked_scene(former))
    last = max(unchecked_scene(document).steps)
    keys = effective_keys(settings.keys)
    session = ReadingSession(unchecked_scene(document, last), keys, annotations=annotations)
    show_and_exit(session, Opener(settings), surroundings)


def version(side: str, file: str) -> tuple[str, bytes]:
    """Return the name and bytes of a file, of ``REV:FILE``, or of ``file`` at a bare revision."""
    if side == "-" or Path(side).exists():
        return name_of(side), read_data(side)
    revision, colon, path = side.partition(":")
    path = path if colon else file
    if not path or path == "-" or revision.startswith("-"):
        return name_of(side), read_data(side)
    data = _git_blob(revision, path)
    if data is None and not colon:
        _, _, path = file.rpartition(":")  # NEW is a revision itself
        data = _git_blob(revision, path)
    if data is None:
        fail(f"{name_of(side)}: no such file, nor a revision of {name_of(path)} that git knows", 2)
    return name_of(f"{revision}:{path}"), data


def _git_blob(revision: str, path: str) -> bytes | None:
    """Return the content of a file at a revision; None if git does not have it."""
    file = Path(path)
    directory = file.parent if file.parent.is_dir() else Path()
    # "./" makes a path relative to the working directory, not to the repository.
    name = f"./{file.name if file.parent.is_dir() else path}"
    command = ["git", "-C", str(directory), "cat-file", "blob", "--end-of-options"]
    try:
        result = subprocess.run(
            [*command, f"{revision}:{name}"], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return result.stdout if result.returncode == 0 else None
