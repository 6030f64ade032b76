"""An application on a queue device: what a server for remote terminals relies on."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import wraps
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.widgets import Static

from briefing_tui.driver.capabilities import TRUE_COLOUR
from briefing_tui.driver.device import (
    DEFAULT_SIZE,
    DISCONNECTED,
    MAX_SIZE,
    Device,
    SuspendableDevice,
)
from briefing_tui.driver.driver_app import Exit, TerminalApp
from briefing_tui.driver.frame_scheduler import STATUS_REPORT, STATUS_REQUEST
from briefing_tui.driver.queue_device import QueueDevice
from briefing_tui.driver.terminal_modes import enter_sequence, leave_sequence
from briefing_tui.driver.tty_device import TtyDevice
from tests.terminal.pty_program import Emulator

DEADLINE = 10.0
"""Seconds after which a test fails."""
ENTER, LEAVE = enter_sequence(mouse=True).encode(), leave_sequence(mouse=True).encode()


class KeyCounter(TerminalApp[None]):
    """Shows how many keys came, and which was the last."""

    CSS = "Screen { background: #102030; color: #e0e0e0; }"
    keys = 0

    def compose(self) -> ComposeResult:
        yield Static("ready")
        yield Static(id="size")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(f"{event.size.width} by {event.size.height}")

    def on_key(self, event: events.Key) -> None:
        if event.key == "q":
            self.exit(return_code=3)
        elif event.key == "x":
            raise ValueError("of an application")
        self.keys += 1
        self.query_one(Static).update(f"key {self.keys} is {event.key}")


class FarEnd:
    """The other end of the channel: an emulator, which answers status requests."""

    def __init__(self, device: QueueDevice) -> None:
        self.device = device
        self.emulator = Emulator(*device.size)
        self.received = bytearray()
        self.answer_delay: float | None = 0
        """Seconds until a status request is answered; None if it never is."""
        self.answered = 0
        self.reads = asyncio.Event()
        """Whether the channel takes more than the piece that is on its way."""
        self.reads.set()
        self.ended = False

    async def receive(self) -> None:
        async for data in self.device.output():
            self.received += data
            self.emulator.feed(data)
            if STATUS_REQUEST.encode() in data and self.answer_delay is not None:
                asyncio.get_running_loop().call_later(self.answer_delay, self._answer)
            await self.reads.wait()
        self.ended = True

    def _answer(self) -> None:
        self.answered += 1
        self.device.feed(STATUS_REPORT.encode())

    async def wait(self, condition: str | Callable[[], bool]) -> None:
        """Wait until the emulator shows a text, or a condition holds."""
        async with asyncio.timeout(DEADLINE):
            while not (
                condition() if callable(condition) else condition in "\n".join(self.emulator.lines)
            ):
                await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def running(
    device: QueueDevice | None = None, **options: Any
) -> AsyncIterator[tuple[FarEnd, asyncio.Task[Exit]]]:
    """Run the application, and the far end of its device."""
    device = device or QueueDevice()
    far_end = FarEnd(device)
    app = asyncio.create_task(KeyCounter().run_on(device, **options))
    receiver = asyncio.create_task(far_end.receive())
    try:
        yield far_end, app
        await asyncio.wait_for(app, DEADLINE)
    finally:
        receiver.cancel()
        app.cancel()


def in_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 3 * DEADLINE))

    return run


@in_loop
async def test_it_is_drawn_and_keys_come_in_until_it_ends() -> None:
    async with running() as (far_end, app):
        await far_end.wait("ready")
        far_end.device.feed(b"a\x1b[B")
        await far_end.wait("key 2 is down")
        far_end.device.feed(b"q")
        await far_end.wait(lambda: far_end.ended)
        assert await app == Exit(3, None)
    assert far_end.received.startswith(ENTER)
    assert far_end.received.endswith(LEAVE)


@in_loop
async def test_keys_that_come_before_the_application_runs_are_received() -> None:
    device = QueueDevice()
    device.feed(b"ab")
    async with running(device) as (far_end, _):
        await far_end.wait("key 2 is b")
        device.feed(b"q")


@in_loop
async def test_escape_is_a_key_if_nothing_follows() -> None:
    async with running() as (far_end, _):
        await far_end.wait("ready")
        far_end.device.feed(b"\x1b")
        await far_end.wait("key 1 is escape")
        far_end.device.feed(b"q")


@in_loop
async def test_the_last_of_several_sizes_is_drawn() -> None:
    async with running(QueueDevice((60, 12))) as (far_end, _):
        await far_end.wait("60 by 12")
        far_end.emulator = Emulator(40, 10)
        for size in ((90, 30), (50, 9), (40, 10)):
            far_end.device.resize(*size)
        await far_end.wait("40 by 10")
        assert b"90 by 30" not in far_end.received
        far_end.device.feed(b"q")


@pytest.mark.parametrize(
    ("size", "valid"),
    [((0, 0), DEFAULT_SIZE), ((2**31, 2**31), MAX_SIZE), ((1, 1), (1, 1)), ((0, 50), (80, 50))],
)
def test_a_size_that_cannot_be_drawn_is_replaced(
    size: tuple[int, int], valid: tuple[int, int]
) -> None:
    device = QueueDevice(size)
    assert device.size == valid
    device.resize(7, 7)
    device.resize(*size)
    assert device.size == valid


@in_loop
async def test_a_server_can_end_the_application() -> None:
    async with running() as (far_end, app):
        await far_end.wait("ready")
        far_end.device.end(143)
        assert await app == Exit(143, None)
    assert far_end.received.endswith(LEAVE)


@in_loop
async def test_it_ends_at_once_when_the_terminal_is_gone() -> None:
    async with running() as (far_end, app):
        await far_end.wait("ready")
        far_end.reads.clear()
        far_end.device.feed(b"a")
        started = time.monotonic()
        far_end.device.disconnect()
        assert await app == Exit(DISCONNECTED, None)
        assert time.monotonic() - started < 0.9
        far_end.reads.set()
        await far_end.wait(lambda: far_end.ended)
    assert not far_end.received.endswith(LEAVE)


@in_loop
async def test_a_terminal_that_was_gone_before_it_was_opened_ends_it() -> None:
    device = QueueDevice()
    device.disconnect()
    async with running(device) as (_, app):
        assert await app == Exit(DISCONNECTED, None)


@in_loop
async def test_an_error_of_the_application_is_returned() -> None:
    async with running() as (far_end, app):
        await far_end.wait("ready")
        far_end.device.feed(b"x")
        code, error = await app
    assert code == 1
    assert isinstance(error, ValueError)
    assert far_end.received.endswith(LEAVE)
    assert b"Traceback" not in far_end.received


@in_loop
async def test_a_channel_that_is_not_read_gets_one_frame_with_all_differences() -> None:
    async with running() as (far_end, _):
        await far_end.wait("ready")
        far_end.reads.clear()
        far_end.device.feed(b"a")
        await far_end.wait("key 1 is a")
        received = len(far_end.received)
        for _ in range(60):
            far_end.device.feed(b"b")
            await asyncio.sleep(0.005)
        assert len(far_end.received) == received
        far_end.reads.set()
        await far_end.wait("key 61 is b")
        assert len(far_end.received) - received < 200
        assert b"key 30" not in far_end.received
        far_end.device.feed(b"q")


@in_loop
async def test_a_channel_that_is_not_read_does_not_keep_the_application_from_ending() -> None:
    async with running() as (far_end, app):
        await far_end.wait("ready")
        far_end.reads.clear()
        far_end.device.feed(b"a")
        await far_end.wait("key 1 is a")
        started = time.monotonic()
        far_end.device.feed(b"q")
        assert await app == Exit(3, None)
        assert 0.9 < time.monotonic() - started < 3
        far_end.reads.set()
        await far_end.wait(lambda: far_end.ended)
    assert far_end.received.endswith(LEAVE)


@in_loop
async def test_the_end_waits_for_an_answer_that_is_on_its_way() -> None:
    async with running() as (far_end, app):
        far_end.answer_delay = 0.4
        await far_end.wait("ready")
        assert far_end.received.count(STATUS_REQUEST.encode()) == 1
        far_end.device.feed(b"q")
        await app
        assert far_end.answered == 1


@in_loop
async def test_the_end_does_not_wait_long_for_an_answer_that_never_comes() -> None:
    async with running() as (far_end, app):
        far_end.answer_delay = None
        await far_end.wait("ready")
        started = time.monotonic()
        far_end.device.feed(b"q")
        await app
        assert time.monotonic() - started < 3


@in_loop
async def test_a_remote_terminal_cannot_be_suspended() -> None:
    device = QueueDevice()
    app = KeyCounter()
    far_end = FarEnd(device)
    receiver = asyncio.create_task(far_end.receive())
    run = asyncio.create_task(app.run_on(device))
    await far_end.wait("ready")
    assert app.terminal is not None
    assert not app.terminal.can_suspend
    app.action_suspend_process()
    with pytest.raises(SuspendNotSupported), app.suspend():
        pass
    device.feed(b"a")
    await far_end.wait("key 1 is a")
    device.feed(b"q")
    await run
    await receiver
    assert far_end.received.count(ENTER) == 1


@in_loop
async def test_two_terminals_of_one_process_have_their_own_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setenv("TERM", "dumb")
    many = running(colours=TRUE_COLOUR)
    few = running(colours=256)
    async with many as (true_colour, _), few as (colours_256, _):
        for far_end in (true_colour, colours_256):
            await far_end.wait("ready")
            far_end.device.feed(b"q")
    assert b"48;2;" in true_colour.received
    assert b"48;5;" not in true_colour.received
    assert b"48;5;" in colours_256.received
    assert b"48;2;" not in colours_256.received


def test_devices_follow_the_protocol() -> None:
    remote: Device = QueueDevice()
    local: SuspendableDevice = TtyDevice()
    assert isinstance(local, SuspendableDevice)
    assert not isinstance(remote, SuspendableDevice)
