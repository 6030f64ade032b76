"""Opening many briefings: the library on a terminal, a plain list elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.common import (
    CannotOpenError,
    check_keys,
    configured,
    data_of,
    fail,
    keep,
    name_of,
    put,
)
from briefing_tui.cli.flags import setting_flags
from briefing_tui.cli.searching import index_opened, no_briefings, refresh, roots_of
from briefing_tui.settings import Found, settings_of
from briefing_tui.terminal import this_terminal

if TYPE_CHECKING:
    from briefing_tui.library.discovery import Roots
    from briefing_tui.reader.desk import Desk, Opened
    from briefing_tui.views.rows import Row


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[DIR|FILE]…")
@click.option("--files", "listed", metavar="LIST", help="File that lists briefings; - is stdin.")
@click.option("--all", "ignored", is_flag=True, help="Show what .gitignore leaves out, too.")
@click.option("--follow", is_flag=True, help="Show changes on disk at once; r does so too.")
@setting_flags("theme", "highlight", "layout", "mouse", "ascii", "clipboard")
def library(
    paths: tuple[str, ...], listed: str | None, ignored: bool, follow: bool, **flags: Any
) -> None:
    """Open directories and files as a library: a list to search and to open briefings from.

    Without any: the directories that the configuration names as "libraries", or else the bundled
    briefings.
    """
    found = configured(**flags)
    roots = roots_of(paths, listed, ignored)
    browse(roots, found, follow=follow, from_stdin=listed == "-")


def browse(
    roots: Roots,
    found: Mapping[str, Found],
    *,
    follow: bool = False,
    from_stdin: bool = False,
) -> None:
    """Show a library until the reader leaves; without a screen, print it.

    Args:
        roots: What it is made of.
        found: The configuration, with what gave it.
        follow: Whether to look for changes while it is open.
        from_stdin: Whether standard input was read for it, so that keys have to come from the
            terminal.
    """
    settings = settings_of(found)
    if settings.plain or not sys.stdout.isatty() or not this_terminal().screen:
        _print(roots)
        return
    check_keys(settings)
    if from_stdin or sys.stdin is None or not sys.stdin.isatty():
        from briefing_tui.cli.reading import keys_from_terminal

        keys_from_terminal()
    from briefing_tui.reader.app import run
    from briefing_tui.reader.resuming import Opening

    desk = desk_of(roots, found, follow=follow)
    sys.exit(run(None, settings, None, Opening(this_terminal()), lambda: desk))


def desk_of(roots: Roots, found: Mapping[str, Found], *, follow: bool = False) -> Desk:
    """What the reader needs for a library, which is followed where the configuration has that."""
    from briefing_tui.cli.resuming import take_over_bundled
    from briefing_tui.library.index import index_file
    from briefing_tui.reader.desk import Desk

    settings = settings_of(found)
    take_over_bundled(settings)
    follow = follow or settings.follow
    read = partial(_read, found=found, follow=follow)
    return Desk(roots, index_file(), read, settings.queries, follow, sidecars=settings.files)


def desk_beside(file: str | None, found: Mapping[str, Found], *, follow: bool = False) -> Desk:
    """The user's library for who reads one briefing, which is in it."""
    from briefing_tui.library.discovery import Roots
    from briefing_tui.settings import bundled, content_dir

    names = [os.path.expanduser(one) for one in settings_of(found).libraries]
    here = [str(bundled())] if file is None else [file] if file != "-" else []
    return desk_of(Roots.of([*(names or [str(content_dir())]), *here]), found, follow=follow)


def _read(path: str, found: Mapping[str, Found], *, follow: bool) -> Opened:
    """A briefing of the library, with how it was left."""
    from briefing_tui.attachments import attached
    from briefing_tui.briefing.problems import Refused
    from briefing_tui.cli.resuming import opening
    from briefing_tui.cli.watching import looker
    from briefing_tui.compiled import open_document
    from briefing_tui.reader.desk import CannotReadError, Opened

    try:
        data = data_of(path, piped=False)
        document = open_document(data, name_of(path), lambda one: attached(one, {}).texts)
    except CannotOpenError as error:
        raise CannotReadError(str(error)) from error
    except Refused as refused:
        raise CannotReadError(refused.problems[0].located(refused.name)) from refused
    begin, _ = opening(path, document, found, fresh=False, dated=False, data=data)
    begin = begin._replace(look=looker(path, data), follow=follow)
    return Opened(document, begin, lambda: keep(document, data), path)


def _print(roots: Roots) -> None:
    """Print the library, newest first."""
    from briefing_tui.library.shelf import base_of, shelf

    with index_opened() as index:
        changes = refresh(index, roots)
        found = index.briefings()
    base = base_of((*roots.directories, *roots.files))
    if not found:
        fail(no_briefings(roots, changes), 2)
    put("".join(_lines(shelf(found, base).rows)))


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """One line a briefing, its path as a command here would take it."""
    from briefing_tui.briefing.text import shown
    from briefing_tui.library.index import Listed
    from briefing_tui.library.shelf import day_of

    for row in rows:
        one = row.entry
        if isinstance(one, Listed):
            told = shown(one.title) if one.as_of else shown(one.first_error)
            day = one.as_of if day_of(one.as_of)[1] else "-"
            yield f"{day:<10}  {name_of(os.path.relpath(one.path))}: {told}\n"
