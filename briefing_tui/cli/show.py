"""Briefings as plain text."""

from __future__ import annotations

import os
import sys

import click

from briefing_tui.briefing.ascii_text import to_ascii
from briefing_tui.cli.options import as_of_day, as_of_option, pane_option, setting_flags
from briefing_tui.cli.output import put, respelt
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.cli.source_option import check_texts, source_files, source_option
from briefing_tui.output.plain_text import WIDTH, render
from briefing_tui.session.briefing_file import File
from briefing_tui.surroundings import Surroundings
from briefing_tui.views.scene import scene_of


@click.command()
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@source_option
@pane_option
@click.option("--width", type=click.IntRange(20, 1000), help="Columns; 80, or the terminal's.")
@as_of_option
@setting_flags("ascii")
@pass_surroundings
def show(
    surroundings: Surroundings,
    file: str | None,
    panes: tuple[str, ...],
    width: int | None,
    day: str | None,
    ascii: bool | None,  # noqa: A002 - the name of the option
) -> None:
    """Print FILE, or the bundled briefing, as plain text."""
    print_plain(surroundings, file, day, panes, width, is_ascii=ascii)


def print_plain(
    surroundings: Surroundings,
    file: str | None,
    day: str | None,
    panes: tuple[str, ...] = (),
    width: int | None = None,
    *,
    is_ascii: bool | None = None,
) -> None:
    """Print a briefing, or only some panes, as plain text.

    By default it is as wide as the terminal, up to 120 columns, and the terminal decides whether
    signs are in ASCII.
    """
    briefing_file = File.read(file, surroundings.directories, source_files())
    document = briefing_file.document
    check_texts(document.briefing)
    if width is None:
        width = WIDTH
        if sys.stdout.isatty():  # a terminal that does not know its size reports 0
            width = min(os.get_terminal_size().columns or WIDTH, 120)
    text = render(scene_of(document, as_of_day(document, day)), panes, max(width, 20))
    if is_ascii is None:
        text = respelt(text, surroundings.terminal)
    put(to_ascii(text) if is_ascii else text)
    briefing_file.cache()
