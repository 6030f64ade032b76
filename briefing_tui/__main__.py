"""Entry point: ``python -m briefing_tui``, and the installed command."""

from __future__ import annotations

from briefing_tui import interruption

# Imports take most of the time of a short command, and an interrupt would show where they are.
interruption.handle(interruption.exit_at_once)

from briefing_tui.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
