"""Two emulators, one fed with what the framework writes and one with what we send instead."""

from __future__ import annotations

import random
import re
import zlib
from typing import NamedTuple

from rich.cells import split_graphemes

from briefing_tui.driver.capabilities import Capabilities
from briefing_tui.driver.frame_scheduler import STATUS_REQUEST, FrameScheduler
from tests.terminal.emulated import FaithfulEmulator, shown

_CONTROLS = re.compile(r"(\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x1f])")
_ROW = re.compile(r"\x1b\[(\d+);1H")
_BROADCAST = b"\x1b]8;;x:\x1b\\\x1b[7;31mBroadcast message\x1b[3;9H\x1b[42m\x1b[Jfrom root"
"""What another program may write over the screen, and leave the terminal with."""


class Event(NamedTuple):
    """Something that happened to a terminal."""

    seconds: float
    write: str = ""
    """What the framework wrote; if it is nothing, a frame was complete."""
    size: tuple[int, int] | None = None
    """The size that the terminal got."""
    repaint: bool = False
    """Whether another program wrote on it, and all was sent again."""


class TwoEmulators:
    """Shows what the framework writes twice: as it is, and as we send it."""

    def __init__(self, size: tuple[int, int], now: float) -> None:
        self.frames = self.stock_bytes = self.bytes = 0
        self._now = now
        self._resize(size)

    def take(self, event: Event) -> bool:
        """Take what happened; whether it was compared what they show then.

        Raises:
            AssertionError: They show different cells or styles.
        """
        self._now = event.seconds
        if event.size is not None:
            self._resize(event.size)
        elif event.repaint:
            self.ours.feed(_BROADCAST)
            self.scheduler.invalidate()
        elif event.write:
            self._write(event.write)
        else:
            return self._flush()
        return False

    def _resize(self, size: tuple[int, int]) -> None:
        """Two terminals of another size, with nothing on them yet."""
        self.size = size
        self._begun = False
        self._chance = random.Random(str(size))
        has = Capabilities(*(self._chance.random() < 0.5 for _ in range(5)))
        self.scheduler = FrameScheduler(size, lambda: self._now, has)
        self.stock = FaithfulEmulator(*size)
        self.ours = FaithfulEmulator(*size, bce=has.bce)

    def _write(self, data: str) -> None:
        self.stock_bytes += len(data.encode())
        self.scheduler.write(data)
        self.stock.feed(plain(data))
        # Frames of the size before may come first; the framework writes them where they do not fit.
        rows = {int(row) for row in _ROW.findall(data)}
        self._begun = self._begun or rows == {*range(1, self.size[1] + 1)}

    def _flush(self) -> bool:
        frame, delay = self.scheduler.next_frame()
        self.bytes += len(frame)
        self.ours.feed(plain(frame.decode()))
        if STATUS_REQUEST.encode() in frame or delay is not None:
            # A terminal that answers some time, so that frames have to wait for each other.
            self.scheduler.acknowledge(self._chance.randint(0, 1))
        if delay is not None or not self._begun:
            return False
        self.frames += 1
        compare(self.stock, self.ours)
        return True


def compare(stock: FaithfulEmulator, ours: FaithfulEmulator) -> None:
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
