"""A walk through the reader at random, with what is sent compared to what the framework writes.

``python -m tests.terminal.wire --steps 10000`` walks by keys, sizes, themes, repaints and briefings
that mean harm, and compares two emulators after every frame. A slow machine paints fewer frames in
as many steps; with ``--frames`` it goes on until so many were compared. With ``--faults`` the last
of it is gone through again with faults in the output layer, each of which must be found. A process
has one colour depth, as the framework keeps styles beyond an application: without ``--depth`` four
of them share steps and frames.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from typing import Any
from unittest import mock

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from briefing_tui.briefing.document import Document
from briefing_tui.driver.frame_scheduler import reported_size
from briefing_tui.settings.options import HIGHLIGHTS, Settings
from briefing_tui.tui.app import BriefingApp
from tests.apps import app_of
from tests.pilot.driving import key_event, taken
from tests.pilot.test_monkey import NAMED, OFTEN, PRINTABLE, documents, size
from tests.terminal.faults import FAULTS, broken
from tests.terminal.two_emulators import Event, TwoEmulators

THEMES = ("dark", "light", "ansi")
DEPTHS = {
    "true": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "256": {"TERM": "xterm-256color"},
    "16": {"TERM": "xterm"},
    "none": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
}
"""The environment of a terminal of each depth of colours."""
_PATIENCE = (0.03, 0.03, 0.03, 0.3)
"""Seconds that keys may take to bring a frame before more are pressed, by chance."""
_KEPT = 40
"""Sessions of a walk that are kept, to be gone through again."""


class TwoTerminals(Driver):
    """Hands what the framework writes to two emulators, and keeps it."""

    def __init__(
        self, app: App[Any], *, size: tuple[int, int] | None = None, **options: bool
    ) -> None:
        super().__init__(app, size=size, **options)
        self.painted = asyncio.Event()
        self.events: list[Event] = [Event(time.monotonic(), size=size or (80, 24))]
        self.emulators = TwoEmulators(size or (80, 24), self.events[0].seconds)

    def _happened(self, **what: Any) -> None:
        event = Event(time.monotonic(), **what)
        self.events.append(event)
        self.emulators.take(event)

    def resize(self, size: tuple[int, int]) -> None:
        """Two terminals of another size, with nothing on them yet."""
        self._happened(size=size)

    def repaint(self) -> None:
        """Send everything again, as the reader's command does."""
        self._happened(repaint=True)

    def write(self, data: str) -> None:
        """Take what the framework writes."""
        if data:
            self._happened(write=data)

    def flush(self) -> None:
        """A frame is complete."""
        self.painted.set()
        self._happened()

    def end(self) -> None:
        """Nothing is asked of the emulators."""

    def start_application_mode(self) -> None:
        """There is no terminal to take over."""

    def disable_input(self) -> None:
        """There is no input."""

    def stop_application_mode(self) -> None:
        """There is no terminal to give back."""


class Walk:
    """A walk through the reader."""

    def __init__(self, seed: int, steps: int, frames: int) -> None:
        """Begin a walk of so many steps at least, with so many frames compared."""
        self.steps_wanted, self.frames_wanted = steps, frames
        self.chance = random.Random(seed)
        self.documents = [*documents().values()]
        self.done: list[str] = []
        self.frames = self.stock_bytes = self.bytes = 0
        self.kept: list[list[Event]] = []
        self.colours = ""
        """What the framework takes the terminal for."""

    async def go(self) -> None:
        """Go to the end; an application that ends is started again."""
        self.chance.shuffle(self.documents)
        for document in itertools.cycle(self.documents):
            if self._is_over():
                break
            theme, highlight = self.chance.choice(THEMES), self.chance.choice(HIGHLIGHTS)
            self.done.append(f"open {document.name} {theme} {highlight}")
            try:
                await self._read(document, Settings(theme=theme, highlight=highlight))
            except Exception as error:
                raise AssertionError(f"after {' '.join(self.done[-60:])}: {error}") from error

    def _is_over(self, more: int = 0) -> bool:
        """Whether all was done, with so many frames of the application that runs."""
        return len(self.done) >= self.steps_wanted and self.frames + more >= self.frames_wanted

    @mock.patch("briefing_tui.tui.web_browser.open_page", taken)
    async def _read(self, document: Document, settings: Settings) -> None:
        found: list[TwoTerminals] = []

        def build(*args: Any, **options: Any) -> TwoTerminals:
            found.append(TwoTerminals(*args, **options))
            app.terminal = found[0]  # type: ignore[assignment]
            return found[0]

        app = app_of(document, settings, draws_frames=True)
        self.colours = f"{app.console.color_system}{', greys' if app.no_color else ''}"
        app.driver_class = build  # type: ignore[assignment]
        running = asyncio.create_task(app.run_async(size=(80, 24)))
        while not (running.done() or (found and found[0].painted.is_set())):
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
        for _ in range(self.chance.randint(10, 60)):
            if running.done() or self._is_over(found[0].emulators.frames):
                break
            await self._step(app, found[0])
        app.exit()
        await running
        if app.failure is not None:
            raise app.failure
        self.frames += found[0].emulators.frames
        self.stock_bytes += found[0].emulators.stock_bytes
        self.bytes += found[0].emulators.bytes
        self.kept = [*self.kept[-_KEPT + 1 :], found[0].events]

    async def _step(self, app: BriefingApp, terminals: TwoTerminals) -> None:
        terminals.painted.clear()
        chance = self.chance.random()
        if chance < 0.04:
            new = reported_size(size(self.chance))
            self.done.append(f"{new[0]}x{new[1]}")
            terminals.resize(new)
            app.post_message(events.Resize(Size(*new), Size(*new)))
        elif chance < 0.07:
            self.done.append("ctrl+l")
            app.post_message(key_event("ctrl+l"))
        else:
            for _ in range(self.chance.choice([1, 1, 1, 2, 5])):
                keys = self.chance.choice([OFTEN, OFTEN, NAMED, PRINTABLE])
                key = self.chance.choice([one for one in keys if one != "Q"])
                self.done.append(key)
                app.post_message(key_event(key))
        try:
            await asyncio.wait_for(terminals.painted.wait(), self.chance.choice(_PATIENCE))
        except TimeoutError:
            return
        await asyncio.sleep(self.chance.choice([0, 0, 0.01]))


def found(fault: str, sessions: Iterable[list[Event]]) -> bool:
    """Whether a fault is found where sessions are gone through again."""
    with broken(fault):
        for first, *others in sessions:
            assert first.size is not None
            emulators = TwoEmulators(first.size, first.seconds)
            try:
                for event in others:
                    emulators.take(event)
            except AssertionError:
                return True
    return False


def main() -> None:
    """Walk, and tell how far."""
    parser = argparse.ArgumentParser(prog="python -m tests.terminal.wire", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--frames", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--depth", choices=DEPTHS, help="colours of the terminal (each)")
    parser.add_argument("--faults", action="store_true", help="show that faults would be found")
    chosen = parser.parse_args()
    if chosen.depth is None:
        for depth in DEPTHS:
            shared = ["--seed", str(chosen.seed), "--depth", depth]
            for name, number in (("--steps", chosen.steps), ("--frames", chosen.frames)):
                shared += [name, str(number // len(DEPTHS))]
            again = [sys.executable, "-m", "tests.terminal.wire", *shared]
            if subprocess.run([*again, *["--faults"] * chosen.faults], check=False).returncode:
                raise SystemExit(1)
        return
    for name in ("COLORTERM", "NO_COLOR"):
        os.environ.pop(name, None)
    os.environ |= DEPTHS[chosen.depth]
    walk = Walk(chosen.seed, chosen.steps, chosen.frames)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as elsewhere, contextlib.chdir(elsewhere):  # panes are kept
        asyncio.run(walk.go())
    seconds = time.monotonic() - start
    print(
        f"{chosen.depth} ({walk.colours}): {len(walk.done)} steps, {walk.frames} frames the same, "
        f"{walk.bytes:,} bytes for {walk.stock_bytes:,}, {seconds:.0f} s"
    )
    if chosen.faults:
        missed = [fault for fault in FAULTS if not found(fault, walk.kept)]
        print(f"faults put in and found: {len(FAULTS) - len(missed)} of {len(FAULTS)}")
        if missed:
            raise SystemExit("\n".join(["not found:", *missed]))


if __name__ == "__main__":
    main()
