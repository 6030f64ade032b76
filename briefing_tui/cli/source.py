"""Private, verified copies of the texts that briefings were written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing_tui.cli.input import read_data
from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.cli.source_option import no_text, read_text_file
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from briefing_tui.briefing.model import Briefing, Source
    from briefing_tui.briefing.source_verification import Comparison

_BRIEFING = click.argument("briefing", type=click.Path(allow_dash=True))


@click.group()
def source() -> None:
    """Attach the texts that a briefing was written from.

    A text is verified by its hash and kept for you alone, never in a project. The reader then shows
    its passages, and check looks up every figure in them.
    """


@source.command()
@_BRIEFING
@click.argument("source_id")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--rehash", is_flag=True, help="Print the entry for the briefing that FILE needs; keep nothing."
)
@pass_surroundings
def attach(
    surroundings: Surroundings, briefing: str, source_id: str, file: str, rehash: bool
) -> None:
    """Verify FILE as the text of a source of BRIEFING, and keep a private copy.

    Exit code 0: it is kept; 1: it is another text, and the passages that differ are named; 2: a
    file that cannot be read, or a source that is not there.
    """
    from briefing_tui.briefing.model import SourceText
    from briefing_tui.briefing.source_verification import compare
    from briefing_tui.briefing.source_verification import rehash as entry_of
    from briefing_tui.storage import source_texts

    if briefing == file == "-":
        fail("the briefing and the text cannot both be standard input; name a file", 2)
    record = _source(_briefing(surroundings, briefing), source_id)
    data = read_data("-") if file == "-" else read_text_file(file)
    if rehash:
        put(entry_of(compare(data, record.text or SourceText(sha256=""))))
        return
    if record.text is None:
        fail(no_text(source_id), 2)
    compared = compare(data, record.text)
    if not compared.is_same:
        _refuse(compared, source_id, name_of(file))
    try:
        path = source_texts.attach(surroundings.directories.texts, data)
    except source_texts.StoreError as error:
        fail(str(error), 2)
    passages = compared.unchanged
    detail = f"; it can show {_passages(passages)}" if passages else "; no passage of it is marked"
    put(f"{source_id}: attached{detail}\nA private copy is kept as {path}\n")
    if not compared.is_sound:
        from briefing_tui.briefing.source_verification import describe_difference

        difference = describe_difference(compared)
        fail(f"the text is right, but not all that the briefing says of it: {difference}", 1)


@source.command("list")
@click.argument("briefing", required=False, type=click.Path(allow_dash=True))
@pass_surroundings
def list_(surroundings: Surroundings, briefing: str | None) -> None:
    """List the sources of BRIEFING, or of the bundled one, whose texts can be attached."""
    from briefing_tui.storage.source_texts import is_attached, texts_for

    directory = surroundings.directories.texts
    document = _briefing(surroundings, briefing)
    texts = texts_for(directory, document)
    rows = []
    for name, record in document.sources.items():
        if record.text is None:
            continue
        is_damaged = is_attached(directory, record.text.sha256) and name not in texts
        state = "attached" if name in texts else "damaged" if is_damaged else "not attached"
        count = f"{len(record.text.passages)} passages"
        rows.append((name, state, count, f"{record.publisher}: {record.title}"))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for *cells, title in rows:
        put("  ".join([*map(str.ljust, cells, widths), title]) + "\n")
    others = len(document.sources) - len(rows)
    if others:
        put(f"{others} more without a text that a file could be verified by\n")
    put(f"Copies are kept in {directory or 'no place: BRIEFING_TUI_TEXTS is empty'}\n")


@source.command()
@_BRIEFING
@click.argument("source_id")
@pass_surroundings
def detach(surroundings: Surroundings, briefing: str, source_id: str) -> None:
    """Remove the private copy of a source's text."""
    from briefing_tui.storage import source_texts

    record = _source(_briefing(surroundings, briefing), source_id)
    try:
        removed = record.text is not None and source_texts.detach(
            surroundings.directories.texts, record.text.sha256
        )
    except source_texts.StoreError as error:
        fail(str(error), 2)
    if not removed:
        fail(f"no text of '{source_id}' is attached", 1)
    put(f"{source_id}: detached; the private copy is gone\n")


def _briefing(surroundings: Surroundings, file: str | None) -> Briefing:
    from briefing_tui.briefing.problems import UnreadableFileError
    from briefing_tui.storage.document_cache import open_document

    try:
        return open_document(
            surroundings.directories.cache, read_data(file), name_of(file)
        ).briefing
    except UnreadableFileError as refused:
        fail(refused.problems[0].format(refused.name), 1)


def _source(briefing: Briefing, source_id: str) -> Source:
    from briefing_tui.briefing.problems import suggestion

    if source_id not in briefing.sources:
        hint = suggestion(source_id, briefing.sources)
        fail(f"unknown source '{source_id}'{hint}", 2)
    return briefing.sources[source_id]


def _refuse(compared: Comparison, source_id: str, file: str) -> None:
    """End the program with the passages of a source that a file has, lacks or has elsewhere."""
    lines = [f"{file} is not the text of '{source_id}' that the briefing was written from"]
    length = compared.known.length
    if length is not None and length != len(compared.text):
        lines.append(f"  length     {len(compared.text):,} characters, not {length:,}")
    moved = [
        f"{name} ({span.start - compared.known.passages[name].start:+,})"
        for name, span in compared.moved.items()
    ]
    for label, names in (
        ("the same", compared.unchanged),
        ("moved", moved),
        ("differ", compared.missing),
    ):
        if names:
            lines.append(f"  {label:<9}  {' '.join(names)}")
    if not compared.missing and compared.known.passages:
        lines.append("  Every passage is there; something beside them differs.")
    lines.append("If this is the text to cite, print its entry with --rehash and read anew what")
    lines.append("cites the passages that differ.")
    fail("\n".join(lines), 1)


def _passages(names: tuple[str, ...]) -> str:
    return f"{len(names)} passage{'' if len(names) == 1 else 's'}: {' '.join(names)}"
