"""Problems in briefings."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from briefing_tui.cli.output import fail, name_of, put, put_error, warn
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.cli.source_option import check_ids, source_files, source_option
from briefing_tui.output import check_report
from briefing_tui.output.check_report import FORMATS, Report
from briefing_tui.session.briefing_file import CannotOpenError, read_data
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.file_watcher import INTERVAL, Watcher
from briefing_tui.surroundings import Surroundings


@click.command()
@click.argument("files", nargs=-1, required=False, type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people (text), for programs (json), or as annotations of a change (github).",
)
@click.option("--json", "report_format", flag_value="json", help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--watch", "again", is_flag=True, help="Check again on every change, until Ctrl-C.")
@source_option
@pass_surroundings
def check(
    surroundings: Surroundings,
    files: tuple[str, ...],
    report_format: str,
    strict: bool,
    again: bool,
) -> None:
    """Report problems in FILES, or in the bundled briefing, as file:line:column.

    Where the text of a source is attached, or given by --source, statements that
    cite it are checked against it; see "briefing-tui source --help".

    Exit code 0: no errors; 1: errors, or, with --strict, warnings; 2: wrong usage, or a file that
    cannot be opened; the others are checked all the same.
    """
    directories = surroundings.directories
    if again:
        _watch(files, lambda: FORMATS[report_format](_report(directories, files)))
    report = _report(directories, files, is_piped=len(files) == 1)
    put(FORMATS[report_format](report))
    for unopened in report.unopened:
        warn(unopened.message)
    sys.exit(report.exit_code(strict=strict))


def _report(directories: Directories, files: tuple[str, ...], *, is_piped: bool = False) -> Report:
    texts = source_files()
    checked: list[check_report.CheckedFile] = []
    unopened: list[check_report.UnopenedFile] = []
    for file in files or (None,):
        name = name_of(file)
        try:
            data = read_data(file, is_piped=is_piped)
            checked.append(check_report.check_data(data, name, texts, directories))
        except CannotOpenError as error:
            unopened.append(check_report.UnopenedFile(name, str(error)))
    check_ids(texts, *(file.briefing for file in checked if file.briefing is not None))
    return check_report.Report(tuple(checked), tuple(unopened))


def _watch(files: Sequence[str], report: Callable[[], str]) -> NoReturn:
    """Print a report now, and again after each change of a file, until Ctrl-C."""
    if not files or "-" in files:
        fail("--watch needs files that can change; name them", 2)
    watchers = [Watcher(Path(file)) for file in files]
    noun = "it" if len(files) == 1 else "one of them"
    is_terminal = sys.stdout.isatty()
    has_changed = True
    while True:
        if has_changed:
            if not put(report().removesuffix("\n") + "\n", clears_screen=is_terminal):
                sys.exit(0)
            hint = f"checked at {time.strftime('%H:%M:%S')}; again when {noun} changes."
            (put if is_terminal else put_error)(f"{hint} Ctrl-C ends.\n")
        time.sleep(INTERVAL)
        # Every watcher has to look, so that no change is reported twice.
        has_changed = bool([watcher for watcher in watchers if watcher.look() is not None])
