"""Telling what is wrong with a briefing."""

from __future__ import annotations

import sys

import click

from briefing_tui.cli.common import name_of, put, read_data


@click.command()
@click.argument("files", nargs=-1, required=False, type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(files: tuple[str, ...], as_json: bool, strict: bool) -> None:
    """Tell what is wrong in FILES, or in the bundled briefing, as file:line:column.

    Exit code 0: no errors; 1: errors; 2: a file that cannot be opened.
    """
    from briefing_tui.output import report

    checked = [report.check_data(read_data(file), name_of(file)) for file in files or (None,)]
    put(f"{report.as_json(checked) if as_json else report.as_text(checked)}\n")
    sys.exit(1 if any(report.failed(one, strict=strict) for one in checked) else 0)
