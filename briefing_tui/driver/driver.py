"""The Textual driver: draws on a device, and turns its input into events."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from briefing_tui.driver.device import DISCONNECTED, Device, SuspendableDevice
from briefing_tui.driver.frame_scheduler import FrameScheduler, reported_size
from briefing_tui.driver.input_parser import InputParser, RateLimit
from briefing_tui.driver.terminal_modes import enter_sequence, leave_sequence
from briefing_tui.driver.tty_device import TtyDevice

_RESIZE_DELAY = 0.02
"""Seconds without another change after which a new size is used."""
_CLOSE_TIMEOUT = 1.0
"""Seconds in which a terminal must take the last bytes and answer."""


class TerminalDriver(Driver):
    """Connects an application to a device; without one, to the terminal of this process."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
        device: Device | None = None,
        alt_keys: Collection[str] = (),
    ) -> None:
        """Connect to a device; ``alt_keys`` are as for `InputParser`."""
        self._device = device = device or TtyDevice()
        self._suspendable = device if isinstance(device, SuspendableDevice) else None
        size = size or device.size
        super().__init__(app, debug=debug, mouse=mouse, size=reported_size(size))
        self.app = app
        self._enter = enter_sequence(mouse=mouse).encode()
        self._leave = leave_sequence(mouse=mouse).encode()
        self._asyncio = asyncio.get_running_loop()
        if device.terminal.capabilities.escape_tab:
            alt_keys = {*alt_keys, "alt+tab"}
        self._parser = InputParser(alt_keys)
        self._rate_limit = RateLimit(time.monotonic)
        self._scheduler = FrameScheduler(size, time.monotonic, device.terminal.capabilities)
        self._timers: dict[Callable[[], None], asyncio.TimerHandle] = {}
        self._context: contextvars.Context | None = None
        self._is_open = self._accepts_input = False
        self._is_connected = True
        self._refresh_scheduled = False
        self._progress = asyncio.Event()
        """Set when the device took bytes, answered, or is gone."""
        self._close_deadline = 0.0

    @property
    def can_suspend(self) -> bool:
        """Whether the terminal can be lent to another program."""
        return self._suspendable is not None

    @property
    def awaits_report(self) -> bool:
        """Whether the terminal may still answer a status request."""
        return self._scheduler.awaits_report

    def write(self, data: str) -> None:
        """Accept what Textual writes."""
        self._scheduler.write(data)
        self._schedule_refresh()

    def repaint(self) -> None:
        """Send the whole screen again."""
        self._scheduler.invalidate()
        self._schedule_refresh()

    def _schedule_refresh(self) -> None:
        """Send one frame for everything that is painted in this iteration of the loop."""
        if not self._refresh_scheduled and self._scheduler.is_pending:
            self._refresh_scheduled = True
            self._call_soon(self._refresh)

    def _refresh(self) -> None:
        self._refresh_scheduled = False
        if not self._is_open or self._device.busy or not self._scheduler.is_pending:
            return
        data, delay = self._scheduler.next_frame()
        if data:
            self._device.send(data)
        if delay is not None:
            self._call_later(delay, self._refresh)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._context = contextvars.copy_context()
        self._is_open = self._accepts_input = True
        self._device.open(self)
        self._device.send(self._enter)
        self._scheduler.invalidate()
        self._measure()
        self._refresh()

    def disable_input(self) -> None:
        """Ignore further input."""
        for timer in self._timers.values():
            timer.cancel()
        self._accepts_input = False

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        if self._is_open:
            self._is_open = False
            self._close_deadline = self._asyncio.time() + _CLOSE_TIMEOUT
            self._device.close(self._leave)

    async def wait_closed(self) -> None:
        """Wait until a device that cannot block has sent the last bytes and received every answer.

        Returns after a second at the latest, and at once if the device is gone.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._close_deadline):
                while self._is_connected and (self._device.busy or self.awaits_report):
                    self._progress.clear()
                    await self._progress.wait()

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """Return the context in which another program uses the terminal."""
        with self._suspendable.lend() if self._suspendable else nullcontext():
            yield

    def suspend_process(self) -> None:
        """Suspend everything that the shell started together, if the device allows it."""
        self._call_soon(self._suspend, True)

    def _suspend(self, whole_job: bool) -> None:
        if not self._is_open or self._suspendable is None:
            return
        self.app.app_suspend_signal.publish(self.app)
        self.suspend_application_mode()
        self._suspendable.suspend(whole_job=whole_job)
        self.resume_application_mode()
        self.app.post_message(self.SignalResume())

    def suspend_requested(self) -> None:
        """Suspend this process."""
        self._call_soon(self._suspend, False)

    def continued(self) -> None:
        """Set the modes and draw everything again."""
        self._call_soon(self._restore)

    def _restore(self) -> None:
        if self._is_open:
            self._device.send(self._leave + self._enter)
            self._measure()
            self.repaint()

    def end_requested(self, return_code: int) -> None:
        """End the application as if the user had quit."""
        if self._is_open:
            self._call_soon(self.app.exit, None, return_code)

    def disconnected(self) -> None:
        """End the application: the terminal is gone."""
        self._is_connected = False
        self._progress.set()
        self.end_requested(DISCONNECTED)

    def resized(self) -> None:
        """Use a new size once it no longer changes."""
        if self._accepts_input:
            self._call_later(_RESIZE_DELAY, self._measure)

    def _measure(self) -> None:
        size = self._device.size
        if size != self._scheduler.size:
            self._scheduler.resize(size)
        reported = Size(*reported_size(size))
        self.app.post_message(events.Resize(reported, reported))

    def drained(self) -> None:
        """Send the next frame."""
        self._progress.set()
        if self._scheduler.is_pending:
            self._call_soon(self._refresh)

    def data_received(self, data: bytes) -> None:
        """Parse input; after the end only answers matter."""
        messages = self._parser.feed(data, self._rate_limit.available)
        self._scheduler.acknowledge(self._parser.take_report_count())
        self._progress.set()
        if self._accepts_input:
            self._call_soon(self._dispatch, messages)
            self._schedule_refresh()

    def _flush(self) -> None:
        self._dispatch(self._parser.flush())

    def _dispatch(self, messages: Iterable[Message]) -> None:
        columns, lines = self._scheduler.size
        for message in messages:
            if isinstance(message, events.MouseEvent) and not (
                message.x < columns and message.y < lines
            ):
                continue  # outside the screen
            if self._accepts_input and self._rate_limit.acquire():
                self.process_message(message)
        if self._accepts_input and self._parser.is_incomplete:
            self._call_later(self._parser.timeout, self._flush)

    def send_message(self, message: Message) -> None:
        """Post a message to the application, which runs in the same thread."""
        self.app.post_message(message)

    def _call_soon(self, callback: Callable[..., object], *args: Any) -> None:
        """Call a function in the context of the application, whatever context called the driver."""
        self._asyncio.call_soon(callback, *args, context=self._context)

    def _call_later(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call a method after a delay, instead of at the time that was set before."""
        if callback in self._timers:
            self._timers[callback].cancel()
        self._timers[callback] = self._asyncio.call_later(seconds, callback, context=self._context)
