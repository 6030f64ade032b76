"""Writing briefings: the schema for editors, a skeleton, canonical form, differences."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from briefing_tui.cli.output import fail, name_of, put, read_data


@click.command()
def schema() -> None:
    """Print the JSON Schema of a briefing, for editors and validators.

    Kept as briefing.schema.json beside a briefing whose first line is
    "# yaml-language-server: $schema=briefing.schema.json", it gives every editor with a YAML
    language server completion, descriptions and errors while writing, offline.
    """
    put(_schema_text())


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "article",
    metavar="ARTICLE",
    type=click.Path(allow_dash=True),
    help="Begin from this text: its hash, its passages, and what it names; - is standard input.",
)
def new(name: str, article: str | None) -> None:
    """Write NAME.yaml, a commented briefing to fill in that passes check.

    Beside it briefing.schema.json, for editors, unless there is one. Of an article only hashes,
    positions, dates, figures and names are taken over, never sentences. Nothing is overwritten.
    """
    from briefing_tui.briefing.schema import FILE_NAME
    from briefing_tui.briefing.source_verification import NoTextError
    from briefing_tui.writer.skeleton import SkeletonError, file_name, skeleton

    data = read_data(article) if article is not None else None
    try:
        path = Path(name).parent / file_name(Path(name).name)
    except SkeletonError as error:
        fail(f"{name}: {error}", 2)
    try:
        text = skeleton(path.name, datetime.date.today().isoformat(), data)
    except (SkeletonError, NoTextError) as error:
        fail(f"{name_of(article)}: {error}", 1)
    _create(path, text)
    put(f"{name_of(str(path))}: fill it in, and let 'briefing-tui check --watch' read along\n")
    beside = path.parent / FILE_NAME
    if not beside.exists():
        _create(beside, _schema_text())
        put(f"{name_of(str(beside))}: what editors complete and check from\n")


def _create(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        fail(f"{name_of(str(path))}: it is there already, and stays; take another name", 2)
    except OSError as error:
        fail(f"{name_of(str(path))}: {error.strerror}", 2)


def _schema_text() -> str:
    import json

    from briefing_tui.briefing.schema import json_schema as made

    return json.dumps(made(), indent=2, ensure_ascii=False) + "\n"


@click.command("format")
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if anything would."
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the result and leave the files.")
def format_(files: tuple[str, ...], only_check: bool, to_stdout: bool) -> None:
    """Rewrite FILES in canonical form: order of keys, quotation marks, wrapping.

    Comments stay, and what the briefing says does not change. - is standard input, printed.
    Exit code 0: done; 1: a file that cannot be read, or --check found one to format; 2: a file
    that cannot be opened or written.
    """
    from briefing_tui.writer.canonical import FormatError, canonical

    if only_check and to_stdout:
        fail("--check and --stdout exclude each other", 2)
    failed = False
    for file in files:
        data = read_data(file)
        try:
            text = canonical(data, name_of(file))
        except FormatError as error:
            click.echo(f"briefing-tui: {error}", err=True)
            failed = True
            continue
        if to_stdout or (file == "-" and not only_check):
            put(text)
        elif text.encode() != data:
            failed = failed or only_check
            if not only_check:
                _rewrite(Path(file), text)
            put(f"{name_of(file)}: {'would be formatted' if only_check else 'formatted'}\n")
    sys.exit(1 if failed else 0)


def _rewrite(path: Path, text: str) -> None:
    """Put another text in the place of a file's, and fail in words."""
    from briefing_tui.storage.atomic_write import rewrite

    try:
        rewrite(path, text.encode())
    except OSError as error:
        fail(f"{name_of(str(path.resolve()))}: {error.strerror}", 2)
