"""What the first picture need not wait for: the other panes, the marks, what is wrong."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping

from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.views.scene import Scene, checked


class Settling(ReaderBase):
    """Makes whole what began with one pane, while the reader moves in that one already."""

    def __init__(self, scene: Scene, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(scene, keys)
        self._settling = False
        self._settled = asyncio.Event()

    def on_mount(self) -> None:
        """Begin after the first picture."""
        self.call_after_refresh(self._begin_settling)

    def _begin_settling(self) -> None:
        # In a worker, so that what the reader does meanwhile is drawn.
        self.run_worker(self.settled(), group="settling")

    async def settled(self) -> None:
        """Return once all panes are there, however often and from wherever it is called.

        The first picture does not wait for it; a key does that may lead to any pane.
        """
        await self.composed()
        if not self._settling:
            self._settling = True
            try:
                await self._settle()
            finally:
                self._settled.set()
        await self._settled.wait()
        self.catch_up()

    async def _settle(self) -> None:
        """Do what the first picture need not wait for."""
        hidden = [pane for pane in self.panes if not pane.is_attached]
        if not self.grid.is_attached:
            return  # who was quick has quit already
        await self.grid.mount(*hidden)
        begun = None
        while begun is not self.scene:  # the mouse may have led elsewhere
            begun = self.scene
            scene = await asyncio.to_thread(self._prepare, begun)
        if not self.is_attached:
            return
        self.show(scene)
        if not gc.isenabled():
            # Only once: what later briefings leave behind is to be collected.
            gc.freeze()
            gc.enable()

    def completed(self, scene: Scene) -> Scene:
        """A scene with what the first picture need not wait for; called in a thread."""
        return checked(scene)

    def _prepare(self, scene: Scene) -> Scene:
        complete = self.completed(scene)
        for pane in self.panes:
            # Where one pane is seen at a time, the others will be as wide.
            pane.prepare(complete, (pane if pane.size.width else self.rows).size.width)
        return complete
