"""Why a pane is empty: nothing was written, nothing was known yet, or the focus hides it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from briefing_tui.briefing.model import Evidenced
from briefing_tui.views.as_of_filter import format_day, known_day
from briefing_tui.views.scene import Scene


def empty_text(
    scene: Scene, entries: Iterable[Evidenced], nouns: str, *, written: str, focused: str
) -> str:
    """Return why none of the entries of a briefing are shown.

    Args:
        scene: The scene in which they are not shown.
        entries: All entries of the kind in the whole briefing.
        nouns: What they are called.
        written: What to say if there are none.
        focused: What to say if none of them is about the focus, without a full stop.
    """
    days = [known_day(entry, scene.document.briefing) for entry in entries]
    return empty_on_day(scene, days, nouns, written=written, focused=focused)


def empty_on_day(
    scene: Scene, days: list[datetime.date | None], nouns: str, *, written: str, focused: str
) -> str:
    """Return why nothing is shown of what became known on some days; None is always."""
    later = [day for day in days if day and day > scene.as_of]
    today = format_day(scene.as_of)
    if scene.focus:
        return f"{focused} as of {today}." if later else f"{focused}."
    if later:
        first = format_day(min(later))
        return f"No {nouns} were known yet on {today}; the first became known on {first}."
    return f"No {nouns} are current on {today}." if days else written
