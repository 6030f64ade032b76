"""The two ends of a terminal's line: bytes go in order, and what cannot be waited for is no end."""

from __future__ import annotations

import asyncio
import os
import pty
import threading
import tty
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from briefing_tui.driver import input_reader, output_writer
from briefing_tui.driver.input_reader import Ear
from briefing_tui.driver.output_writer import TerminalLine
from tests.terminal.pty_program import DEADLINE

PIECES = [bytes([65 + number % 26]) * (number * 370 % 9000 + 1) for number in range(60)]


class Ends(NamedTuple):
    """A terminal, as whoever sits at it has it, and as the program has it."""

    master: int
    slave: int


@pytest.fixture
def ends() -> Iterator[Ends]:
    found = Ends(*pty.openpty())
    tty.setraw(found.slave)
    yield found
    for descriptor in found:
        os.close(descriptor)


@pytest.fixture(params=["own descriptor", "none", "none, and the given one does not wait"])
def descriptors(request: pytest.FixtureRequest, ends: Ends, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "own descriptor":
        for module in (output_writer, input_reader):
            monkeypatch.setattr(module, "own_descriptor", lambda descriptor, way: None)
    os.set_blocking(ends.slave, "does not wait" not in request.param)
    return str(request.param)


def test_pieces_of_any_size_arrive_in_order(ends: Ends, descriptors: str) -> None:
    wanted = b"".join(PIECES)
    found = bytearray()

    def take() -> None:
        while len(found) < len(wanted):
            found.extend(os.read(ends.master, 700))

    reading = threading.Thread(target=take, daemon=True)
    done = threading.Event()
    one = TerminalLine(ends.slave, done.set)
    for number, piece in enumerate(PIECES):
        one.send(piece)
        if number == 20:  # until here nobody has taken anything
            assert one.busy
            assert not one.drain(0)
            reading.start()
    assert one.drain(DEADLINE)
    reading.join(DEADLINE)
    one.close()
    assert bytes(found) == wanted
    assert done.is_set()


def test_what_is_typed_is_heard_until_the_terminal_is_gone(ends: Ends, descriptors: str) -> None:
    heard: list[bytes] = []

    async def listen() -> None:
        ended = asyncio.Event()
        came = asyncio.Event()

        def hear(data: bytes) -> None:
            heard.append(data)
            (came if data else ended).set()

        one = Ear(asyncio.get_running_loop(), ends.slave, hear)
        os.write(ends.master, b"abc")
        await asyncio.wait_for(came.wait(), DEADLINE)
        gone, _ = pty.openpty()
        os.dup2(gone, ends.master)
        os.close(gone)
        await asyncio.wait_for(ended.wait(), DEADLINE)
        one.close()

    asyncio.run(listen())
    assert b"".join(heard) == b"abc"
    assert heard.count(b"") == 1
