"""Opening many briefings: the library on a terminal, a plain list elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from briefing_tui.cli.full_screen import show_and_exit
from briefing_tui.cli.input import configured_opener, keys_from_terminal
from briefing_tui.cli.options import setting_flags
from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.search import index_opened, library_paths, no_briefings, refresh, roots_of
from briefing_tui.cli.settings import check_keys, pass_surroundings
from briefing_tui.session.opener import Opener
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.discovery import Roots
    from briefing_tui.library.workspace import Workspace
    from briefing_tui.settings.options import Settings
    from briefing_tui.storage.directories import Directories


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
    browse(roots, surroundings, opener, follow=follow, is_stdin_used=listed == "-")


def browse(
    roots: Roots,
    surroundings: Surroundings,
    opener: Opener,
    *,
    follow: bool = False,
    is_stdin_used: bool = False,
) -> None:
    """Show a library until the reader leaves; without a screen, print it.

    Keys come from the terminal if standard input was used for the list of briefings.
    """
    settings = opener.settings
    if settings.plain or not sys.stdout.isatty() or not surroundings.has_screen:
        _print(roots, surroundings.directories)
        return
    check_keys(settings, surroundings.directories.config_file)
    keys_from_terminal(is_stdin_used=is_stdin_used)
    workspace = workspace_of(roots, surroundings, settings, follow=follow)
    show_and_exit(None, opener, surroundings, workspace=lambda: workspace, follow=workspace.follow)


def workspace_of(
    roots: Roots, surroundings: Surroundings, settings: Settings, *, follow: bool
) -> Workspace:
    """Return the library of some roots."""
    from briefing_tui.library.index.library_index import index_file
    from briefing_tui.library.workspace import Workspace

    directories = surroundings.directories
    return Workspace(
        roots,
        index_file(directories.cache),
        settings.queries,
        follow or settings.follow,
        directories=directories,
        sidecars=settings.keeps_marks,
    )


def workspace_beside(
    file: str | None, surroundings: Surroundings, settings: Settings, *, follow: bool
) -> Workspace:
    """Return the user's library, together with the briefing that is read."""
    from briefing_tui.library.discovery import Roots
    from briefing_tui.storage.directories import bundled

    files = [str(bundled())] if file is None else [file] if file != "-" else []
    roots = Roots.of([*library_paths(settings), *files])
    return workspace_of(roots, surroundings, settings, follow=follow)


def _print(roots: Roots, directories: Directories) -> None:
    """Print a line for each briefing, newest first, with its path relative to this directory."""
    from briefing_tui.briefing.terminal_text import printable
    from briefing_tui.library.discovery import relative
    from briefing_tui.library.index.library_index import Listed
    from briefing_tui.library.list_rows import Listing, base_of, day_of

    with index_opened(directories) as index:
        changes = refresh(index, roots)
        briefings = index.briefings()
    if not briefings:
        fail(no_briefings(roots, changes), 2)
    listing = Listing(briefings, base_of((*roots.directories, *roots.files)))
    lines = []
    for row in listing.view().rows:
        entry = row.entry
        if isinstance(entry, Listed):
            text = printable(entry.title) if entry.as_of else printable(entry.first_error)
            day = entry.as_of if day_of(entry.as_of)[1] else "-"
            lines.append(f"{day:<10}  {name_of(relative(entry.path))}: {text}\n")
    put("".join(lines))
