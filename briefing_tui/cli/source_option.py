"""The option ``--source``: files that are the texts of sources in this run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from briefing_tui.briefing.model import Briefing
from briefing_tui.cli.output import fail, name_of

_META = "briefing_tui.source_files"


def source_files() -> dict[str, bytes]:
    """Return the contents of the files, by the ids of their sources."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_META, {}) if context else {}


def check_texts(briefing: Briefing) -> None:
    """End the program if a file is for a source that the briefing lacks, or not its text."""
    files = source_files()
    if not files:
        return
    from briefing_tui.briefing.source_verification import describe_difference
    from briefing_tui.storage.source_texts import mismatches

    check_ids(files, briefing)
    for name, compared in mismatches(briefing, files).items():
        fail(f"the file given for '{name}' is not its text: {describe_difference(compared)}", 1)


def check_ids(files: Mapping[str, bytes], *briefings: Briefing) -> None:
    """End the program if a file is for a source that no briefing has, or describes the text of."""
    from briefing_tui.briefing.problems import suggestion

    names = {name for briefing in briefings for name in briefing.sources}
    for name in files:
        if name not in names:
            fail(f"--source: unknown source '{name}'{suggestion(name, sorted(names))}", 2)
        sources = [briefing.sources.get(name) for briefing in briefings]
        if not any(source is not None and source.text for source in sources):
            fail(f"--source: {no_text(name)}", 2)


def no_text(name: str) -> str:
    """Return the message for a source whose text a briefing does not describe."""
    return (
        f"the briefing has no 'text' for '{name}' to verify a file by;"
        " 'briefing-tui source attach --rehash' prints one"
    )


def read_text_file(file: str) -> bytes:
    """Return the bytes of a source's text; end the program if the file has none."""
    from briefing_tui.briefing.document import read_bytes
    from briefing_tui.briefing.source_verification import decode

    try:
        data = read_bytes(Path(file), piped=True)
        decode(data)
    except IsADirectoryError:
        fail(f"{name_of(file)}: this is a directory; name the file with the text", 2)
    except (OSError, ValueError) as error:
        fail(f"{name_of(file)}: {getattr(error, 'strerror', None) or error}", 2)
    return data


def _read(ctx: click.Context, _: click.Parameter, values: tuple[str, ...]) -> None:
    if ctx.resilient_parsing:
        return
    files: dict[str, bytes] = {}
    for value in values:
        name, sign, file = value.partition("=")
        if not (name and sign and file):
            example = "ID=FILE, such as article=article.txt"
            raise click.BadParameter(f"'{name_of(value)}' is not {example}")
        if name in files:
            raise click.BadParameter(f"'{name_of(name)}' is given twice")
        files[name] = read_text_file(file)
    ctx.meta[_META] = files


def source_option(command: Any) -> Any:
    """Add ``--source`` to a command."""
    return click.option(
        "--source",
        "sources",
        multiple=True,
        metavar="ID=FILE",
        callback=_read,
        expose_value=False,
        help="Use FILE as the text of source ID, this time only.",
    )(command)
