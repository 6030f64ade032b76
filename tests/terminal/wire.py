"""Two emulators, one fed with what the framework writes and one with what we send instead.

``python -m tests.terminal.wire --steps 10000`` walks through the reader at random, by keys, sizes,
themes and briefings that mean harm, and compares them after every frame. The colour depth is that
of TERM and COLORTERM: a process has only one, as the framework keeps styles beyond an application.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import time
import traceback
import zlib
from pathlib import Path
from typing import Any

from rich.cells import split_graphemes
from textual import events
from textual.app import App, ScreenStackError
from textual.driver import Driver
from textual.geometry import Size

from briefing_tui.briefing.document import Document
from briefing_tui.reader.app import BriefingApp
from briefing_tui.reader.terminal.output import Output, told
from briefing_tui.settings import Settings
from tests.pilot.driving import key_event
from tests.pilot.test_monkey import NAMED, OFTEN, PRINTABLE, documents, size
from tests.terminal.emulated import shown
from tests.terminal.pty_program import Emulator

THEMES = ("dark", "light", "ansi")
_CONTROLS = re.compile(r"(\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x1f])")
_ROW = re.compile(r"\x1b\[(\d+);1H")


class TwoTerminals(Driver):
    """Shows what the framework writes twice: as it is, and as we send it."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.frames = self.stock_bytes = self.bytes = 0
        self.painted = asyncio.Event()
        self.resize(size or (80, 24))

    def resize(self, size: tuple[int, int]) -> None:
        """Two terminals of another size, with nothing on them yet."""
        self.size = size
        self.begun = False
        chance = random.Random(str(size))
        self.output = Output(size, time.monotonic, fills=chance.random() < 0.5)
        self.stock, self.ours = Emulator(*size), Emulator(*size)
        for emulator in (self.stock, self.ours):
            emulator.feed(b"\x1b[?7l")

    def write(self, data: str) -> None:
        """Take what the framework writes."""
        self.stock_bytes += len(data.encode())
        self.output.write(data)
        self.stock.feed(plain(data))
        # Frames of the size before may come first; the framework writes them where they do not fit.
        rows = {int(row) for row in _ROW.findall(data)}
        self.begun = self.begun or rows == {*range(1, self.size[1] + 1)}

    def flush(self) -> None:
        """A frame is complete."""
        sent, later = self.output.take()
        self.bytes += len(sent)
        self.ours.feed(plain(sent.decode()))
        self.painted.set()
        if later is None and self.begun:
            self.frames += 1
            compare(self.stock, self.ours)

    def start_application_mode(self) -> None:
        """There is no terminal to take over."""

    def disable_input(self) -> None:
        """There is no input."""

    def stop_application_mode(self) -> None:
        """There is no terminal to give back."""


def compare(stock: Emulator, ours: Emulator) -> None:
    """Fail where two emulators show different cells or styles."""
    if (wanted := shown(stock)) == (found := shown(ours)):
        return
    for y, (one, other) in enumerate(zip(wanted, found, strict=True)):
        for x, (cell, another) in enumerate(zip(one, other, strict=True)):
            if cell != another:
                lines = f"{stock.lines[y]}\n{ours.lines[y]}"
                raise AssertionError(f"row {y}, column {x}: {another}, not {cell}\n{lines}")


def plain(data: str) -> bytes:
    """Bytes with a stand-in for each cluster that the emulator measures otherwise than we do."""
    pieces = _CONTROLS.split(data)
    pieces[::2] = [_stood_in(piece) for piece in pieces[::2]]
    return "".join(pieces).encode(errors="replace")


def _stood_in(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        _stand_in(text[start:end], width) for start, end, width in split_graphemes(text)[0]
    )


def _stand_in(cluster: str, width: int) -> str:
    """A character of the same width: marks that join a cluster are not what is compared here."""
    if not width or cluster[0].isascii():
        return cluster[0] * width
    code = zlib.crc32(cluster[0].encode(errors="replace"))
    return chr(0x4E00 + code % 0x5000) if width == 2 else chr(0x100 + code % 0x70)


def _too_quick(failure: BaseException) -> bool:
    """Whether keys that came at once were too quick for the framework's palette or an overlay."""
    frames = traceback.extract_tb(failure.__traceback__)
    palette = any(Path(frame.filename).parts[-2:] == ("textual", "command.py") for frame in frames)
    return palette or isinstance(failure, ScreenStackError)


class Walk:
    """A walk through the reader."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.documents = [*documents().values()]
        self.done: list[str] = []
        self.frames = self.stock_bytes = self.bytes = 0

    async def go(self, steps: int) -> None:
        """Take so many steps; an application that ends is started again."""
        while len(self.done) < steps:
            document = self.chance.choice(self.documents)
            theme = self.chance.choice(THEMES)
            self.done.append(f"open {document.name} {theme}")
            try:
                await self._read(document, theme, steps)
            except Exception as error:
                raise AssertionError(f"after {' '.join(self.done[-60:])}: {error}") from error

    async def _read(self, document: Document, theme: str, steps: int) -> None:
        found: list[TwoTerminals] = []

        def build(*args: Any, **options: Any) -> TwoTerminals:
            found.append(TwoTerminals(*args, **options))
            return found[0]

        app = BriefingApp(document, Settings(theme=theme))
        app.driver_class = build  # type: ignore[assignment]
        app.open_url = lambda url, *, new_tab=True: None  # type: ignore[method-assign]
        running = asyncio.create_task(app.run_async(size=(80, 24)))
        while not (running.done() or (found and found[0].painted.is_set())):
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
        left = self.chance.randint(20, 120)
        while left and len(self.done) < steps and not running.done():
            left -= 1
            await self._step(app, found[0])
        app.exit()
        await running
        if app.failure is not None and not _too_quick(app.failure):
            raise app.failure
        self.frames += found[0].frames
        self.stock_bytes += found[0].stock_bytes
        self.bytes += found[0].bytes

    async def _step(self, app: BriefingApp, terminals: TwoTerminals) -> None:
        terminals.painted.clear()
        if self.chance.random() < 0.04:
            new = told(size(self.chance))
            self.done.append(f"{new[0]}x{new[1]}")
            terminals.resize(new)
            app.post_message(events.Resize(Size(*new), Size(*new)))
        else:
            for _ in range(self.chance.choice([1, 1, 1, 2, 5])):
                keys = self.chance.choice([OFTEN, OFTEN, NAMED, PRINTABLE])
                key = self.chance.choice([one for one in keys if one != "Q"])
                self.done.append(key)
                app.post_message(key_event(key))
        try:
            await asyncio.wait_for(terminals.painted.wait(), 0.03)
        except TimeoutError:
            return
        await asyncio.sleep(self.chance.choice([0, 0, 0.01]))


def main() -> None:
    """Walk, and tell how far."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    walk = Walk(chosen.seed)
    start = time.monotonic()
    asyncio.run(walk.go(chosen.steps))
    seconds = time.monotonic() - start
    print(
        f"{len(walk.done)} steps, {walk.frames} frames the same, {walk.bytes:,} bytes "
        f"for {walk.stock_bytes:,}, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
