"""``python -m briefing_tui``."""

from __future__ import annotations

from briefing_tui.cli import main

main()
