"""Private, verified copies of the texts that briefings were written from."""

from __future__ import annotations

import click

from briefing_tui.briefing.model import Source, SourceText
from briefing_tui.briefing.problems import suggestion
from briefing_tui.briefing.source_verification import Comparison, compare, describe_difference
from briefing_tui.briefing.source_verification import rehash as entry_of
from briefing_tui.cli.output import fail, name_of, put
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.cli.source_option import no_text, read_text_file
from briefing_tui.session.briefing_file import File, read_data
from briefing_tui.storage import source_texts
from briefing_tui.surroundings import Surroundings
from briefing_tui.views.labels import quantity

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
    if briefing == file == "-":
        fail("the briefing and the text cannot both be standard input; name a file", 2)
    record = _source(surroundings, briefing, source_id)
    data = read_data("-") if file == "-" else read_text_file(file)
    if rehash:
        put(entry_of(compare(data, record.text or SourceText(sha256=""))))
        return
    if record.text is None:
        fail(no_text(source_id), 2)
    compared = compare(data, record.text)
    if not compared.is_same:
        _refuse(compared, source_id, name_of(file))
    path = source_texts.attach(surroundings.directories.texts, data)
    names = compared.unchanged
    passages = f"it can show {quantity(len(names), 'passage')}: {' '.join(names)}"
    detail = passages if names else "no passage of it is marked"
    put(f"{source_id}: attached; {detail}\nA private copy is kept as {path}\n")
    if not compared.is_sound:
        difference = describe_difference(compared)
        fail(f"the text is right, but not all that the briefing says about it: {difference}", 1)


@source.command("list")
@click.argument("briefing", required=False, type=click.Path(allow_dash=True))
@pass_surroundings
def list_(surroundings: Surroundings, briefing: str | None) -> None:
    """List the sources of BRIEFING, or of the bundled one, whose texts can be attached."""
    directory = surroundings.directories.texts
    document = File.read(briefing, surroundings.directories, {}).document
    texts, sources = document.texts, document.briefing.sources
    rows = []
    for name, record in sources.items():
        if record.text is None:
            continue
        is_damaged = source_texts.is_attached(directory, record.text.sha256) and name not in texts
        state = "attached" if name in texts else "damaged" if is_damaged else "not attached"
        count = f"{len(record.text.passages)} passages"
        rows.append((name, state, count, f"{record.publisher}: {record.title}"))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for *cells, title in rows:
        put("  ".join([*map(str.ljust, cells, widths), title]) + "\n")
    others = len(sources) - len(rows)
    if others:
        put(f"{others} more without a text to verify a file against\n")
    place = name_of(str(directory)) if directory else "no directory; BRIEFING_TUI_TEXTS names one"
    put(f"Copies are kept in {place}\n")


@source.command()
@_BRIEFING
@click.argument("source_id")
@pass_surroundings
def detach(surroundings: Surroundings, briefing: str, source_id: str) -> None:
    """Remove the private copy of a source's text."""
    record = _source(surroundings, briefing, source_id)
    texts = surroundings.directories.texts
    if record.text is None or not source_texts.detach(texts, record.text.sha256):
        fail(f"no text of '{source_id}' is attached", 1)
    put(f"{source_id}: detached; the private copy is gone\n")


def _source(surroundings: Surroundings, file: str, source_id: str) -> Source:
    sources = File.read(file, surroundings.directories, {}).document.briefing.sources
    if source_id not in sources:
        fail(f"unknown source '{source_id}'{suggestion(source_id, sources)}", 2)
    return sources[source_id]


def _refuse(compared: Comparison, source_id: str, file: str) -> None:
    """End the program with the passages of a source that a file has, lacks or has elsewhere."""
    lines = [f"{file} is not the text of '{source_id}' that the briefing was written from"]
    length = compared.known.length
    if length is not None and length != len(compared.text):
        lines.append(f"  length     {len(compared.text):,} characters, not {length:,}")
    passages = compared.known.passages
    moved = [
        f"{name} ({span.start - passages[name].start:+,})" for name, span in compared.moved.items()
    ]
    names_by_label = {"the same": compared.unchanged, "moved": moved, "differ": compared.missing}
    for label, names in names_by_label.items():
        if names:
            lines.append(f"  {label:<9}  {' '.join(names)}")
    if not compared.missing and passages:
        lines.append("  Every passage is there; the text between them differs.")
    lines.append("If this is the text to cite, print its entry with --rehash and review what")
    lines.append("cites the passages that differ.")
    fail("\n".join(lines), 1)
