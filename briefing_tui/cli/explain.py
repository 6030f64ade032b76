"""Explanations of fields and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing_tui.cli.output import fail, put, put_json, respelt
from briefing_tui.cli.settings import pass_surroundings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from briefing_tui.output.explanation import terms

    return [
        CompletionItem(term, help=meaning)
        for term, meaning in terms().items()
        # Fields of one entry only once the entry is typed: there are hundreds.
        if term.startswith(incomplete) and ("." in incomplete or "." not in term)
    ]


@click.command()
@click.argument("terms", nargs=-1, metavar="[FIELD|WORD]", shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, for programs.")
@pass_surroundings
def explain(surroundings: Surroundings, terms: tuple[str, ...], as_json: bool) -> None:
    """Explain a field of the format, or a word that a field takes.

    FIELD is a field such as "basis" or "event.type", or a kind of entry such as "event". WORD is a
    word of any vocabulary, such as "ruling", or the name of a vocabulary, such as "courts", whose
    words are listed. Without either, vocabularies and kinds of entries are listed.

    Exit code 0: explained; 2: neither a field nor a word.
    """
    import msgspec

    from briefing_tui.briefing.problems import suggestion
    from briefing_tui.briefing.terminal_text import excerpt
    from briefing_tui.output import explanation

    term = " ".join(terms)
    topics = explanation.explained(term) if terms else explanation.overview()
    if not topics:
        hint = suggestion(explanation.term_key(term), explanation.terms(), most=3)
        fail(f"'{excerpt(term)}' is neither a field nor a word{hint}", 2)
    if as_json:
        put_json(msgspec.to_builtins(topics))
    else:
        as_text = explanation.as_text if terms else explanation.overview_text
        put(respelt(as_text(topics), surroundings.terminal))
