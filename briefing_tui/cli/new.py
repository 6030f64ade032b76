"""Skeletons of new briefings."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from briefing_tui.cli.output import create_file, fail, name_of, put
from briefing_tui.cli.schema import schema_text
from briefing_tui.session.briefing_file import read_data


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
    from briefing_tui.briefing.json_schema import FILE_NAME
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
    create_file(path, text, "the file exists and is not changed; use another name")
    put(f"{name_of(str(path))}: fill it in while 'briefing-tui check --watch' checks it\n")
    schema_path = path.parent / FILE_NAME
    if not schema_path.exists():
        create_file(schema_path, schema_text(), "the file exists")
        put(f"{name_of(str(schema_path))}: for completion and checks in editors\n")
