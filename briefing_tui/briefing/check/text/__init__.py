"""The rules that compare a briefing with the attached texts of its sources.

========  ========================================================================================
E120      the attached text is not the one of the briefing; a passage outside it, or of other words
E121      a figure, a date or a speaker that is not in the passages cited for it
E122      a quotation that the text does not have in quotation marks, or that is too long
E123      more than seven running words of the text
W204      a word of caution in the passage, and none in the entry
W211      a passage that shares hardly a word with what cites it, while another passage does
========  ========================================================================================

They are imported only where a text is attached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefing_tui.briefing.check.text import (
    copied_text,
    figures,
    hedges,
    identity,
    quotations,
    speakers,
    term_overlap,
)
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem

RULES: tuple[Callable[[Document], Iterable[Problem]], ...] = (
    identity.passages,
    figures.grounded,
    speakers.named,
    term_overlap.about_it,
    quotations.quoted,
    copied_text.copied,
    hedges.kept,
)


def check(document: Document) -> Iterator[Problem]:
    """All that a document says otherwise than the texts attached to it."""
    for rule in RULES:
        yield from rule(document)
