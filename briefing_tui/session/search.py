"""The search of a reading session: words or a query, its matches, and where it began."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_tui.session.history import Location
from briefing_tui.views.rows import View
from briefing_tui.views.scene import Scene
from briefing_tui.views.search import Hit, field_advice, find_matches, find_rows, is_query, next_hit


class Search:
    """What is searched for, and the rows that match it."""

    def __init__(self) -> None:
        self.text = ""
        self.hits: list[Hit] = []
        self.index: int | None = None
        """Position in `hits` of the match that the reader went to last."""
        self.mistake = ""
        """Why the text is no query, or which field was perhaps meant."""
        self.origin: Location | None = None
        """The row that the reader was on when the search began; None if there is no search."""

    def clear(self) -> None:
        """Forget the search."""
        self.text, self.hits, self.index, self.mistake, self.origin = "", [], None, "", None

    def look(self, scene: Scene, views: Sequence[View]) -> None:
        """Find the matches in what is shown now."""
        self.mistake, self.index = "", None
        if not is_query(self.text):
            self.hits = find_rows(views, self.text)
            self.mistake = "" if self.hits else field_advice(self.text)
            return
        from briefing_tui.query.lexer import QueryError

        try:
            self.hits = find_matches(scene, views, self.text)
        except QueryError as error:
            self.hits, self.mistake = [], str(error)

    def next(self, place: Hit, *, back: bool = False) -> Hit | None:
        """Go to the match after a place, or before it, and round at the end; None if none."""
        self.index = next_hit(self.hits, place, back=back)
        return None if self.index is None else self.hits[self.index]

    @property
    def no_match(self) -> str:
        """The message if nothing matches."""
        return self.mistake or f"No match for “{self.text}”"
