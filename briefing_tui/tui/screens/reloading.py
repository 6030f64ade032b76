"""Reading the file again when it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from briefing_tui.briefing.text import shown
from briefing_tui.storage.file_watcher import INTERVAL
from briefing_tui.tui.screens.base import WIDE
from briefing_tui.tui.screens.settling import Settling
from briefing_tui.views.rows import Span, Spans

if TYPE_CHECKING:
    from briefing_tui.tui.reloading import Loaded, Look

_MISSES = 3
"""Looks that a file may be away, as editors take it away, before a follower is told."""
_ROOMY = 100
"""Columns from which the tab line has room for the notice in full."""


class Reloading(Settling):
    """The command that reads the file again, and the notice that there is something new in it.

    Nothing moves under the reader's eyes unless they asked for it by following.
    """

    look: Look | None = None
    """Looks at the file; nothing where there is none to look at."""
    follow = False
    """Whether to read the file again as soon as it has changed."""
    _waiting: Loaded | None = None
    """What the file holds now, until it is shown."""
    _missed: Loaded | None = None
    """Why the file could not be read at the last look."""
    _misses = 0
    """How many looks in a row it could not be."""
    _looking = False

    async def _settle(self) -> None:
        """Begin to look, which the first picture need not wait for."""
        await super()._settle()
        if self.look is not None:
            self.set_interval(INTERVAL, self.look_again)

    def look_again(self) -> None:
        """Look at the file, unless a look is still under way."""
        if not self._looking and self.look is not None:
            self._looking = True
            self._look()

    @work(thread=True, group="look", exit_on_error=False)
    def _look(self) -> None:
        """Look from a thread: a network file system may take its time to answer."""
        try:
            found = self.look() if self.look is not None else None
            self._missed = found if found is not None and not found.there else None
        finally:
            self._looking = False
        self._misses = self._misses + 1 if self._missed else 0
        is_news = not self._missed or (self.follow and self._misses == _MISSES)
        if found is not None and is_news and not get_current_worker().is_cancelled:
            self.app.call_from_thread(self.file_changed, found)

    def file_changed(self, found: Loaded) -> None:
        """Say that the file is another, or show it at once."""
        if not found.there:
            self.say(shown(found.error))
            return
        self._waiting = found
        if self.follow:
            self.action_reload()
        else:
            self.redraw_chrome()

    def action_reload(self) -> None:
        """Show what the file holds now; every pane keeps its row."""
        if self.look is None:
            self.say("There is no file to read again")
            return
        found = self._waiting or (self._missed if self._looking else self.look())
        if found is None:
            self.say("The file has not changed")
            return
        if found.document is None:
            if found.there:
                self._waiting = found
                self.redraw_chrome()
            self.say(shown(found.error))
            return
        from briefing_tui.tui.reloading import scene_after, told

        self._waiting = None
        before = self.scene.document
        self.show(scene_after(self.scene, found.document))
        self.say(f"Read again: {told(before, found.document)}")
        self.redraw_chrome()

    def redraw_chrome(self) -> None:
        """Draw the lines around the panes, with the notice in them."""
        super().redraw_chrome()
        if self._waiting is None or not self.is_attached:
            return
        wide = self.app.size.width >= max(WIDE, self.wide_from)
        line = self._header if wide else self._tabs
        line.right = (*self._notice(), *line.right)

    def _notice(self) -> Spans:
        broken = self._waiting is not None and self._waiting.document is None
        key = self.keys["reload"][0]
        if self.app.size.width < _ROOMY:
            return (Span(f" changed · {key} ", "error" if broken else "warning"),)
        if broken:
            return (Span(f" file cannot be read · {key} says why ", "error"),)
        return (Span(f" file changed · {key} reloads ", "warning"),)
