"""Moving the as-of date through the days on which something became known."""

from __future__ import annotations

import datetime

from briefing_tui.briefing.dates import DateError, Edtf, words
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.views.as_of import day_named
from briefing_tui.views.focus import narrow
from briefing_tui.views.scene import moved_to, step


class Stepping(ReaderBase):
    """The commands that change what is known."""

    def action_later(self) -> None:
        """Go on to the next day that something became known."""
        self._to(step(self.scene, self.rows.take_count()), "Nothing became known later")

    def action_earlier(self) -> None:
        """Go back to the day before."""
        self._to(step(self.scene, -self.rows.take_count()), "Nothing was known earlier")

    def action_latest(self) -> None:
        """Go to the last day."""
        self._to(self.scene.steps[-1], "This is the last day")

    def action_earliest(self) -> None:
        """Go to the first day."""
        self._to(self.scene.steps[0], "This is the first day")

    def action_own_date(self) -> None:
        """Go to the day of the briefing itself."""
        self._to(self.scene.document.briefing.as_of.upper, "This is the briefing's own date")

    def action_as_of(self) -> None:
        """Ask for a date, in any form of EDTF."""
        self.ask("As of", "2021-11, 2023, or latest", self._as_typed)

    def _as_typed(self, typed: str) -> str:
        """Go to a day; return why it cannot be understood, if so."""
        try:
            day = day_named(self.scene.document.briefing, typed)
        except DateError as error:
            return f"{typed}: {error}"
        self._to(day, "This is the day that is shown")
        return ""

    def _to(self, day: datetime.date | None, otherwise: str) -> None:
        if day is None or day == self.scene.as_of:
            self.say(otherwise)
            return
        self.show(narrow(moved_to(self.scene, day), self.scene.focus))
        self.say(f"As of {words(Edtf.parse(day.isoformat()))}")
