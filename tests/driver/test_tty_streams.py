"""Reading and writing a terminal: bytes keep their order, and neither blocks the event loop."""

from __future__ import annotations

import asyncio
import os
import pty
import threading
import tty
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from briefing_tui.driver.input_reader import InputReader
from briefing_tui.driver.output_writer import OutputWriter
from tests.terminal.pty_program import DEADLINE

PIECES = [bytes([65 + number % 26]) * (number * 370 % 9000 + 1) for number in range(60)]


class Pty(NamedTuple):
    """The two ends of a pseudo-terminal."""

    master: int
    slave: int

    def reopen(self) -> int:
        return os.open(os.ttyname(self.slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)


@pytest.fixture
def terminal() -> Iterator[Pty]:
    terminal = Pty(*pty.openpty())
    tty.setraw(terminal.slave)
    yield terminal
    for descriptor in terminal:
        os.close(descriptor)


@pytest.fixture(params=["own descriptor", "none", "none, and the shared one does not block"])
def has_own(request: pytest.FixtureRequest, terminal: Pty) -> bool:
    """Whether there is a non-blocking descriptor of our own."""
    os.set_blocking(terminal.slave, "does not block" not in request.param)
    return bool(request.param == "own descriptor")


def test_pieces_of_any_size_arrive_in_order(terminal: Pty, has_own: bool) -> None:
    expected = b"".join(PIECES)
    received = bytearray()

    def receive() -> None:
        while len(received) < len(expected):
            received.extend(os.read(terminal.master, 700))

    receiver = threading.Thread(target=receive, daemon=True)
    drained = threading.Event()
    nonblocking = terminal.reopen() if has_own else None
    writer = OutputWriter(terminal.slave, nonblocking, drained.set)
    for number, piece in enumerate(PIECES):
        writer.send(piece)
        if number == 20:  # nothing was received until here
            assert writer.busy
            assert not writer.drain(0)
            receiver.start()
    assert writer.drain(DEADLINE)
    receiver.join(DEADLINE)
    writer.close()
    assert bytes(received) == expected
    assert drained.is_set()


@pytest.mark.parametrize("blocks", [True, False])
def test_input_is_received_until_the_terminal_is_gone(terminal: Pty, blocks: bool) -> None:
    os.set_blocking(terminal.slave, blocks)
    pieces: list[bytes] = []

    async def receive() -> None:
        arrived = asyncio.Event()
        ended = asyncio.Event()

        def received(data: bytes) -> None:
            pieces.append(data)
            (arrived if data else ended).set()

        reader = InputReader(terminal.slave, received)
        os.write(terminal.master, b"abc")
        await asyncio.wait_for(arrived.wait(), DEADLINE)
        other, _ = pty.openpty()
        os.dup2(other, terminal.master)
        os.close(other)
        await asyncio.wait_for(ended.wait(), DEADLINE)
        reader.close()

    asyncio.run(receive())
    assert b"".join(pieces) == b"abc"
    assert pieces.count(b"") == 1
