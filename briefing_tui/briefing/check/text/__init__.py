"""The rules that compare a briefing with attached source texts: E120 to E123, W204 and W211."""

from __future__ import annotations

from briefing_tui.briefing.check.text import (
    cited_text,
    copied_text,
    figures,
    hedges,
    named_actors,
    quotations,
    term_overlap,
)

MODULES = (cited_text, figures, named_actors, term_overlap, quotations, copied_text, hedges)
