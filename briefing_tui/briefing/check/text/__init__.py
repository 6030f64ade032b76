"""The rules that compare a briefing with attached source texts."""

from __future__ import annotations

from briefing_tui.briefing.check.text import (
    actors_in_passages,
    cited_text,
    copied_text,
    hedges,
    ledger,
    quotations,
    term_overlap,
)

MODULES = (cited_text, ledger, actors_in_passages, term_overlap, quotations, copied_text, hedges)
