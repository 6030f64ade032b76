"""The rules that compare a briefing with attached source texts: the ledger, and E120."""

from __future__ import annotations

from briefing_tui.briefing.check.text import cited_text, ledger

MODULES = (cited_text, ledger)
