"""Rule for the identity of an attached text (E120)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.source_verification import Comparison, describe_difference, fits


def check_passages(document: Document) -> Iterator[Problem]:
    """E120: the recorded length and passages match the text with the recorded hash."""
    for name, text in document.texts.items():
        source = document.briefing.sources.get(name)
        if source is None or source.text is None:
            continue
        path = ("sources", name, "text")
        if source.text.length not in (None, len(text)):
            message = f"the text has {len(text):,} characters, not {source.text.length:,}"
            yield Problem("E120", message, document.at((*path, "length")))
        for at, passage in source.text.passages.items():
            if not fits(text, passage):
                outside = passage.start >= passage.end or passage.end > len(text)
                reason = (
                    "lies outside the text" if outside else "has other words than its hash says"
                )
                message = (
                    f"passage {at} {reason}; 'briefing-tui source attach --rehash' prints a new one"
                )
                yield Problem("E120", message, document.at((*path, "passages", at)))


def wrong_text_problem(document: Document, name: str, comparison: Comparison) -> Problem:
    """Return E120 for a file that was passed as a source's text and is a different one."""
    message = f"the file given for '{name}' is not this text: {describe_difference(comparison)}"
    return Problem("E120", message, document.at(("sources", name, "text", "sha256")))
