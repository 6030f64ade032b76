"""What the first picture need not wait for: the other panes, the marks, what is wrong."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping
from functools import partial

from briefing_tui.commands.registry import Command
from briefing_tui.tui.screens.base import ReaderBase
from briefing_tui.tui.threads import in_thread
from briefing_tui.views.panes import PANES
from briefing_tui.views.scene import Scene, checked

_LEAVING = ("quit", "quit-step")


class Settling(ReaderBase):
    """Makes whole what began with one pane, while the reader moves in that one already."""

    def __init__(self, scene: Scene, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(scene, keys)
        self._settling = False
        self._settled = asyncio.Event()
        self._ready = [asyncio.Event() for _ in self.panes]

    def on_mount(self) -> None:
        """Begin after the first picture."""
        self.call_after_refresh(self._begin_settling)

    def _begin_settling(self) -> None:
        # In a worker, so that what the reader does meanwhile is drawn.
        self.run_worker(self.settled(), group="settling")

    async def ready_for(self, command: Command | None) -> None:
        """Return once a command would do no more than now if all were there.

        What moves in the active pane, or leaves, waits for nothing; what leads to a pane waits for
        that one alone. A key without a command may belong to any.
        """
        name = command.id if command else ""
        pane = self._pane_of(name)
        if pane is not None:
            await self.composed()
            self._begin_settling()
            await self._ready[pane].wait()
        elif name in _LEAVING or (command and command.scope == "list"):
            await self.composed()
        else:
            await self.settled()

    def _pane_of(self, command: str) -> int | None:
        """The pane that a command leads to, if that is all that it does."""
        names = [f"pane-{spec.name}" for spec in PANES]
        if command in names:
            return names.index(command)
        steps = {"next-pane": 1, "previous-pane": -1}
        return (self.active + steps[command]) % len(names) if command in steps else None

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
                for event in (*self._ready, self._settled):
                    event.set()
        await self._settled.wait()
        self.catch_up()

    async def _settle(self) -> None:
        """Do what the first picture need not wait for."""
        hidden = [pane for pane in self.panes if not pane.is_attached]
        if not self.grid.is_attached:
            return  # who was quick has quit already
        await self.grid.mount(*hidden)
        begun = scene = None
        while begun is not self.scene or scene is None:  # the mouse may have led elsewhere
            begun = self.scene
            scene = await in_thread(partial(self.completed, begun))
            for pane, ready in zip(self.panes, self._ready, strict=True):
                # Where one pane is seen at a time, the others will be as wide.
                width = (pane if pane.size.width else self.rows).size.width
                await in_thread(partial(pane.prepare, scene, width))
                if scene is self.scene:  # nothing of it will change any more
                    ready.set()
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
