"""The canonical form of briefings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from briefing_tui.cli.output import fail, name_of, put, put_content, warn
from briefing_tui.session.briefing_file import CannotOpenError, read_data


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would.")
@click.option("--rename", "renames", is_flag=True, help="Write deals as commitments, and so on.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the result and leave the files.")
def format(  # noqa: A001
    files: tuple[str, ...], check: bool, renames: bool, to_stdout: bool
) -> None:
    """Rewrite FILES in canonical form: order of keys, quotation marks, wrapping.

    Comments stay, and what the briefing says does not change. - is standard input, printed. With
    --rename, fields that have a better name get it; both names are read.

    Exit code 0: done; 1: a file that cannot be read, or --check found one to format; 2: a file
    that cannot be opened or written.
    """
    from briefing_tui.storage.atomic_write import rewrite
    from briefing_tui.writer.canonical import FormatError, canonical

    if check and to_stdout:
        fail("--check and --stdout exclude each other", 2)
    exit_code = 0
    for file in files:
        try:
            data = read_data(file, is_piped=len(files) == 1)
        except CannotOpenError as error:
            warn(str(error))
            exit_code = 2
            continue
        try:
            text = canonical(data, name_of(file), renames=renames)
        except FormatError as error:
            warn(str(error))
            exit_code = max(exit_code, 1)
            continue
        if to_stdout or (file == "-" and not check):
            put_content(text)
        elif check and text.encode() != data:
            exit_code = max(exit_code, 1)
            put(f"{name_of(file)}: would be formatted\n")
        elif text.encode() != data:
            try:
                rewrite(Path(file), text.encode())
            except OSError as error:
                warn(f"{name_of(os.path.realpath(file))}: {error.strerror}")
                exit_code = 2
                continue
            put(f"{name_of(file)}: formatted\n")
    sys.exit(exit_code)
