"""The rules that compare a briefing with attached source texts: E120 to E123, W204 and W211."""

from __future__ import annotations

from briefing_tui.briefing.check.text import (
    copied_text,
    figures,
    hedges,
    passages,
    quotations,
    speakers,
    term_overlap,
)

MODULES = (passages, figures, speakers, term_overlap, quotations, copied_text, hedges)
