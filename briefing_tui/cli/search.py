"""Searching a library from the command line."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing_tui.cli.options import library_option
from briefing_tui.cli.output import fail, name_of, put, put_json, put_progress, warn
from briefing_tui.cli.settings import pass_surroundings, settings_of
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.library.discovery import Roots
    from briefing_tui.library.index.library_index import Index
    from briefing_tui.library.index.search import Hit
    from briefing_tui.library.index.sync import Changes, IndexProgress, Report
    from briefing_tui.query.nodes import Node
    from briefing_tui.settings.options import Settings
    from briefing_tui.storage.directories import Directories


_LONGEST_LIST = 1 << 26
"""Bytes of a list of files."""


# "-h" is handled below: as an option it would be found in every excluded word that begins with h.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True, metavar="QUERY…", type=click.UNPROCESSED)
@library_option("search")
@click.option("--files", metavar="LIST", help="File that lists briefings line by line; - is stdin.")
@click.option("--all", "ignored", is_flag=True, help="Search what .gitignore leaves out, too.")
@click.option("--as-of", "day", metavar="DATE", help="Only what was known on DATE.")
@click.option("--limit", type=click.IntRange(1), default=20, help="Hits at most; 20.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object per hit.")
@click.pass_context
@pass_surroundings
def search(
    surroundings: Surroundings,
    ctx: click.Context,
    query: tuple[str, ...],
    libraries: tuple[str, ...],
    files: str | None,
    ignored: bool,
    day: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find statements in all briefings of a library.

    QUERY is words, "phrases", prefix* and fields such as actor:putin type:delivery after:2019, with
    and, or, not and parentheses; @name is a query saved in the configuration.

    Exit code 0: hits; 1: no hits; 2: a query that cannot be parsed.
    """
    from briefing_tui.briefing.dates import DateError, Edtf
    from briefing_tui.library.index.annotation_tables import ReaderAnnotations
    from briefing_tui.query.fields import type_advice
    from briefing_tui.query.nodes import needs_annotations

    if "-h" in query:
        put(f"{ctx.get_help()}\n")
        return
    settings = settings_of(surroundings)
    node = _parsed(query, settings.queries)
    try:
        as_of = Edtf.parse(day).upper if day else None
    except DateError as error:
        fail(f"--as-of {day}: {error}", 2)
    directories = surroundings.directories
    with index_opened(directories) as index:
        roots = roots_of(surroundings, libraries, files, ignored)
        changes = refresh(index, roots)
        if not index.count:
            warn(no_briefings(roots, changes))
        if needs_annotations(node):
            index.set_annotations(ReaderAnnotations(directories, sidecars=settings.keeps_marks))
        results = index.search(node, limit=limit, as_of=as_of)
        total = results.total
        if total is None:
            total = index.count_matches(node, as_of)
    hits = results.hits
    if as_json:
        put_json([_as_object(hit) for hit in hits])
    else:
        put("".join(map(_as_text, hits)))
    if total > len(hits) and not as_json:
        warn(f"{len(hits):,} of {total:,} hits shown; use --limit for more")
    if not hits and (advice := type_advice(node)):
        warn(f"no hits: {advice}")
    sys.exit(0 if hits else 1)


def _parsed(words: tuple[str, ...], saved: Mapping[str, str]) -> Node:
    from briefing_tui.briefing.terminal_text import typed_text
    from briefing_tui.query.lexer import QueryError
    from briefing_tui.query.parser import parse

    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    try:
        return parse(typed_text(" ".join(words)), saved)
    except QueryError as error:
        fail(f"query, {error}", 2)


def library_paths(settings: Settings) -> list[str]:
    """Return the configured libraries, or else the directory of the bundled briefings."""
    from briefing_tui.storage.directories import content_dir

    return [os.path.expanduser(name) for name in settings.libraries] or [str(content_dir())]


def roots_of(
    surroundings: Surroundings, libraries: tuple[str, ...], files: str | None, ignored: bool
) -> Roots:
    """Return the roots that were named as paths or in a list, or else those configured."""
    from briefing_tui.briefing.document import read_bytes
    from briefing_tui.library.discovery import Roots, listed

    names = list(libraries)
    if not names and files is None:
        names = library_paths(settings_of(surroundings))
    for name in names:
        if not os.path.exists(name):
            fail(f"{name}: there is no such file or directory", 2)
    if files == "-" and sys.stdin is None:
        fail("<stdin>: it is closed; name a file", 2)
    if files is not None:
        try:
            if files == "-":
                data = sys.stdin.buffer.read(_LONGEST_LIST + 1)
            else:
                data = read_bytes(Path(files), _LONGEST_LIST, piped=True)
        except OSError as error:
            fail(f"{name_of(files)}: {error.strerror}", 2)
        if len(data) > _LONGEST_LIST:
            fail(f"{name_of(files)}: larger than {_LONGEST_LIST >> 20} MiB", 2)
        paths = listed(data, os.getcwd())
        if missing := [name_of(name) for name in paths if not os.path.exists(name)]:
            more = f", like {len(missing) - 1:,} more of the list" if len(missing) > 1 else ""
            warn(f"{missing[0]}: there is no such file or directory{more}")
        names += paths
    return Roots.of(names, ignored=ignored)


@contextlib.contextmanager
def index_opened(directories: Directories) -> Iterator[Index]:
    """Open the user's index, with a message if it was not as expected; exit if there is none."""
    import sqlite3

    from briefing_tui.library.index.library_index import Index, LibraryError, index_file

    try:
        with contextlib.closing(Index(index_file(directories.cache), directories)) as index:
            yield index
            if index.notice:
                warn(index.notice)
    except (LibraryError, sqlite3.Error) as error:
        fail(f"the index cannot be used: {error}", 2)


def refresh(index: Index, roots: Roots) -> Changes:
    """Bring the index up to date; report patterns of ignore files that have no effect."""
    from briefing_tui.library.discovery import notice

    with _progress_line() as report:
        changes = index.refresh(roots, report)
    if changes.skipped:
        warn(notice(changes.skipped))
    return changes


def no_briefings(roots: Roots, changes: Changes) -> str:
    """Return a message for a library that has no briefings."""
    names = ", ".join(map(name_of, (*roots.directories, *roots.files)))
    exception = ", apart from what .gitignore leaves out" if changes.ignored else ""
    hint = "a briefing is YAML that begins with 'briefing: 1'"
    return f"{names}: no briefings here{exception}; {hint}"


@contextlib.contextmanager
def _progress_line() -> Iterator[Report | None]:
    """Show progress on a terminal once indexing takes long."""
    if not sys.stderr.isatty():
        yield None
        return
    start = time.monotonic()

    def report(progress: IndexProgress) -> None:
        if time.monotonic() - start > 0.5:
            seconds = progress.seconds_left
            about = f", about {seconds:.0f} s left" if seconds else ""
            put_progress(f"indexing {progress.done:,} of {progress.total:,} briefings{about}")

    try:
        yield report
    finally:
        put_progress("")


def _as_object(hit: Hit) -> dict[str, str | None]:
    return {
        "path": hit.path,
        "briefing": hit.title,
        "entry": hit.entry,
        "pane": hit.pane,
        "extract": hit.extract.text,
        "kind": hit.kind,
        "date": hit.date or None,
        "known": hit.known.isoformat() if hit.known else None,
    }


def _as_text(hit: Hit) -> str:
    from briefing_tui.briefing.terminal_text import printable
    from briefing_tui.library.discovery import relative

    path = printable(relative(hit.path))
    date = f"{hit.date}  " if hit.date else ""
    return f"{path}: {hit.pane}: {hit.entry}\n  {date}{hit.extract.text}\n"
