"""A device that is shared with other programs: taken over, given back, and drawn on again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest

from briefing_tui.driver.device import Listener
from briefing_tui.driver.driver_app import Exit
from briefing_tui.driver.queue_device import QueueDevice
from briefing_tui.driver.terminal_modes import enter_sequence, leave_sequence, repeat_sequence
from tests.driver.test_queue_device import FarEnd, KeyCounter, in_loop
from tests.terminal.pty_program import Emulator

ENTER, LEAVE = enter_sequence(mouse=True).encode(), leave_sequence(mouse=True).encode()
REPEAT = repeat_sequence(mouse=True).encode()


class JobDevice(QueueDevice):
    """A device of a process that a shell moves to the background and stops."""

    in_foreground = True
    stops = 0

    @property
    def listener(self) -> Listener:
        """The driver."""
        assert self._listener is not None, "it is open"
        return self._listener

    def close(self, farewell: bytes) -> None:
        """Queue the last bytes; the device can be opened again."""
        self.send(farewell)

    @contextlib.contextmanager
    def lend(self) -> Iterator[None]:
        """Return a context without a meaning."""
        yield

    def suspend(self, *, whole_job: bool) -> None:
        """Stop, and continue in the background."""
        self.stops += 1
        self.in_foreground = False


@contextlib.asynccontextmanager
async def job(*, in_foreground: bool = True) -> AsyncIterator[tuple[FarEnd, asyncio.Task[Exit]]]:
    """Run an application on such a device, until it ends."""
    device = JobDevice()
    device.in_foreground = in_foreground
    far_end = FarEnd(device)
    app = asyncio.create_task(KeyCounter().run_on(device))
    receiver = asyncio.create_task(far_end.receive())
    yield far_end, app
    await asyncio.wait_for(app, 10)
    receiver.cancel()


def device_of(far_end: FarEnd) -> JobDevice:
    assert isinstance(far_end.device, JobDevice)
    return far_end.device


@in_loop
async def test_a_process_in_the_background_waits_for_the_terminal() -> None:
    async with job(in_foreground=False) as (far_end, _):
        await asyncio.sleep(0.15)
        assert far_end.received == b""
        device_of(far_end).in_foreground = True
        await far_end.wait("ready")
        assert far_end.received.startswith(ENTER)
        far_end.device.feed(b"q")


@in_loop
async def test_a_stopped_application_takes_the_terminal_back_in_the_foreground_only() -> None:
    async with job() as (far_end, _):
        device = device_of(far_end)
        await far_end.wait("ready")
        device.listener.suspend_requested()
        await far_end.wait(lambda: far_end.received.endswith(LEAVE))
        await asyncio.sleep(0.15)
        assert far_end.received.endswith(LEAVE)
        device.in_foreground = True
        await far_end.wait(lambda: far_end.received.count(ENTER) == 2)
        await far_end.wait(lambda: far_end.received.count(b"ready") == 2)
        device.feed(b"q")


@in_loop
async def test_a_stopped_application_ends_on_a_signal() -> None:
    async with job() as (far_end, app):
        device = device_of(far_end)
        await far_end.wait("ready")
        device.listener.suspend_requested()
        await far_end.wait(lambda: device.stops == 1)
        device.end(143)
        assert await app == Exit(143, None)
        assert far_end.received.count(ENTER) == 1


@in_loop
async def test_an_application_that_is_continued_in_the_background_gives_the_terminal_back() -> None:
    async with job() as (far_end, app):
        device = device_of(far_end)
        await far_end.wait("ready")
        device.in_foreground = False
        device.listener.continued()
        await far_end.wait(lambda: far_end.received.endswith(LEAVE))
        device.end(129)
        assert await app == Exit(129, None)
        assert far_end.received.count(ENTER) == 1


@pytest.mark.parametrize("reason", ["the same size", "a stop without notice", "a command"])
@in_loop
async def test_modes_and_everything_drawn_are_sent_again(reason: str) -> None:
    async with job() as (far_end, _):
        device = device_of(far_end)
        await far_end.wait("ready")
        sent = len(far_end.received)
        far_end.emulator = Emulator(*device.size)
        if reason == "the same size":
            device.resize(*device.size)
        elif reason == "a stop without notice":
            device.listener.continued()
        else:
            device.listener.app.action_repaint()  # type: ignore[attr-defined]
        await far_end.wait("ready")
        assert far_end.received[sent:].startswith(LEAVE + ENTER)
        assert far_end.received.count(ENTER) == 2
        device.feed(b"q")


@in_loop
async def test_another_size_sets_the_modes_without_switching_the_screen() -> None:
    async with job() as (far_end, _):
        await far_end.wait("80 by 24")
        far_end.emulator = Emulator(60, 12)
        far_end.device.resize(60, 12)
        await far_end.wait("60 by 12")
        assert far_end.received.count(REPEAT) == 1
        assert far_end.received.count(ENTER) == 1
        far_end.device.feed(b"q")
