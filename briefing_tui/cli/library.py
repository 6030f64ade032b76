"""Opening many briefings: the library on a terminal, a plain list elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.full_screen import show_and_exit
from briefing_tui.cli.input import configured_opener, keys_from_terminal
from briefing_tui.cli.options import setting_flags
from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.search import index_opened, no_briefings, refresh, roots_of
from briefing_tui.cli.settings import check_keys, pass_surroundings
from briefing_tui.session.open import Opener
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.discovery import Roots
    from briefing_tui.library.workspace import Workspace
    from briefing_tui.settings import Settings
    from briefing_tui.storage.directories import Directories
    from briefing_tui.views.rows import Row


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[DIR|FILE]…")
@click.option("--files", "listed", metavar="LIST", help="File that lists briefings; - is stdin.")
@click.option("--all", "ignored", is_flag=True, help="Show what .gitignore leaves out, too.")
@click.option("--follow", is_flag=True, help="Show changes on disk at once; r does so too.")
@setting_flags("theme", "highlight", "layout", "mouse", "ascii", "clipboard")
@pass_surroundings
def library(
    surroundings: Surroundings,
    /,
    paths: tuple[str, ...],
    listed: str | None,
    ignored: bool,
    follow: bool,
    **flags: Any,
) -> None:
    """Open directories and files as a library: a list to search and to open briefings from.

    Without any: the directories that the configuration names as "libraries", or else the bundled
    briefings.
    """
    opener = configured_opener(surroundings, **flags)
    roots = roots_of(surroundings, paths, listed, ignored)
    browse(roots, surroundings, opener, follow=follow, from_stdin=listed == "-")


def browse(
    roots: Roots,
    surroundings: Surroundings,
    opener: Opener,
    *,
    follow: bool = False,
    from_stdin: bool = False,
) -> None:
    """Show a library until the reader leaves; without a screen, print it.

    Args:
        roots: What it is made of.
        surroundings: Where the index, positions and annotations are.
        opener: Opens briefings from it, with the configuration.
        follow: Whether to look for changes while it is open.
        from_stdin: Whether standard input was read for it, so that keys have to come from the
            terminal.
    """
    settings = opener.settings
    if settings.plain or not sys.stdout.isatty() or not surroundings.has_screen:
        _print(roots, surroundings.directories)
        return
    check_keys(settings, surroundings.directories.config_file)
    keys_from_terminal(is_input_read=from_stdin)
    workspace = workspace_of(roots, surroundings, settings, follow=follow)
    show_and_exit(None, opener, surroundings, workspace=lambda: workspace, follow=workspace.follow)


def workspace_of(
    roots: Roots, surroundings: Surroundings, settings: Settings, *, follow: bool = False
) -> Workspace:
    """Return the library of some roots, which is followed if the configuration has that."""
    from briefing_tui.library.index.database import index_file
    from briefing_tui.library.workspace import Workspace

    follow = follow or settings.follow
    directories = surroundings.directories
    return Workspace(
        roots,
        index_file(directories.cache),
        settings.queries,
        follow,
        directories=directories,
        sidecars=settings.files,
    )


def workspace_beside(
    file: str | None, surroundings: Surroundings, settings: Settings, *, follow: bool = False
) -> Workspace:
    """Return the user's library for reading one briefing, which is in it."""
    from briefing_tui.library.discovery import Roots
    from briefing_tui.storage.directories import bundled, content_dir

    names = [os.path.expanduser(name) for name in settings.libraries]
    files = [str(bundled())] if file is None else [file] if file != "-" else []
    roots = Roots.of([*(names or [str(content_dir())]), *files])
    return workspace_of(roots, surroundings, settings, follow=follow)


def _print(roots: Roots, directories: Directories) -> None:
    """Print the library, newest first."""
    from briefing_tui.library.list_rows import Listing, base_of

    with index_opened(directories) as index:
        changes = refresh(index, roots)
        briefings = index.briefings()
    base = base_of((*roots.directories, *roots.files))
    if not briefings:
        fail(no_briefings(roots, changes), 2)
    put("".join(_lines(Listing(briefings, base).view().rows)))


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each briefing, with its path as a command here would take it."""
    from briefing_tui.briefing.text import printable
    from briefing_tui.library.index.database import Listed
    from briefing_tui.library.list_rows import day_of

    for row in rows:
        entry = row.entry
        if isinstance(entry, Listed):
            text = printable(entry.title) if entry.as_of else printable(entry.first_error)
            day = entry.as_of if day_of(entry.as_of)[1] else "-"
            yield f"{day:<10}  {name_of(os.path.relpath(entry.path))}: {text}\n"
