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
from briefing_tui.driver.frame_scheduler import SAMPLE_LINE, FrameScheduler, reported_size
from briefing_tui.driver.input_parser import InputParser, RateLimit
from briefing_tui.driver.terminal_modes import enter_sequence, leave_sequence, repeat_sequence
from briefing_tui.driver.tty_device import TtyDevice

_RESIZE_DELAY = 0.02
"""Seconds without another change after which a new size is used."""
_CLOSE_TIMEOUT = 1.0
"""Seconds in which a terminal must take the last bytes."""
_FIRST_ANSWER = {False: 0.15, True: 0.5}
"""Seconds to wait at the end for the first answer of a terminal, by whether it is remote."""
_BACKGROUND_INTERVAL = 0.1
"""Seconds between two checks whether a process in the background is in the foreground."""
_CONTINUE_DELAY = 0.02
"""Seconds after a stop in which a signal that was sent meanwhile ends the application."""


class SampleMeasured(Message):
    """The terminal reported how many cells the sample of the application takes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width


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
        sample: str = "",
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
        self._parser = InputParser(alt_keys, utf8=device.terminal.utf8)
        self._rate_limit = RateLimit(time.monotonic)
        self._repeat = repeat_sequence(mouse=mouse).encode()
        self._scheduler = FrameScheduler(
            size,
            time.monotonic,
            device.terminal.capabilities,
            sample=sample,
            first_answer=_FIRST_ANSWER[device.terminal.remote],
        )
        self._modes = b""
        """What sets the modes of the terminal again, to be sent with the next whole screen."""
        self._measures_sample = bool(sample)
        self._timers: dict[Callable[[], None], asyncio.TimerHandle] = {}
        self._context: contextvars.Context | None = None
        self._is_open = self._accepts_input = False
        self._is_running = False
        """Whether the application runs, be the terminal open or lent to other programs."""
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
    def report_wait(self) -> float:
        """Seconds in which the terminal may still answer a status request; 0 if it will not."""
        return self._scheduler.report_wait if self._is_connected else 0.0

    def write(self, data: str) -> None:
        """Accept what Textual writes."""
        self._scheduler.write(data)
        self._schedule_refresh()

    def repaint(self) -> None:
        """Set the modes and send the whole screen again."""
        self._modes = self._leave + self._enter
        self._scheduler.invalidate()
        self._schedule_refresh()

    def end(self) -> None:
        """Ask the terminal nothing more, as the application is about to end."""
        self._scheduler.end()

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
        if data and delay is None:
            data, self._modes = self._modes + data, b""
        if data:
            self._device.send(data)
        if delay is not None:
            self._call_later(delay, self._refresh)

    def start_application_mode(self) -> None:
        """Take the terminal over, once this process is in the foreground."""
        self._context = contextvars.copy_context()
        self._is_running = True
        self._take_over()

    def _take_over(self) -> None:
        if not self._is_running:
            return
        if self._suspendable is not None and not self._suspendable.in_foreground:
            self._call_later(_BACKGROUND_INTERVAL, self._take_over)
            return
        self._is_open = self._accepts_input = True
        self._device.open(self)
        self._device.send(self._enter)
        self._scheduler.restart()
        self._adopt_size()
        self._modes = b""
        self._refresh()

    def suspend_application_mode(self) -> None:
        """Give the terminal back while the application goes on."""
        super().suspend_application_mode()
        self._is_running = True

    def disable_input(self) -> None:
        """Ignore further input."""
        for timer in self._timers.values():
            timer.cancel()
        self._accepts_input = False

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        self._is_running = False
        if self._is_open:
            self._is_open = False
            self._close_deadline = self._asyncio.time() + _CLOSE_TIMEOUT
            self._device.close(self._leave)

    async def wait_closed(self) -> None:
        """Wait until a device that cannot block has sent the last bytes and received every answer.

        The time for both is limited; it returns at once if the device is gone, or could block.
        """
        report_deadline = self._asyncio.time() + self.report_wait
        while self._is_connected and self._suspendable is None:
            now = self._asyncio.time()
            unsent = self._close_deadline - now if self._device.busy else 0.0
            if (seconds := max(unsent, min(self.report_wait, report_deadline - now))) <= 0:
                return
            self._progress.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._progress.wait(), seconds)

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
        self._call_later(_CONTINUE_DELAY, self._continue)

    def _continue(self) -> None:
        if self._is_running:
            self._take_over()
            self.app.post_message(self.SignalResume())

    def suspend_requested(self) -> None:
        """Suspend this process."""
        self._call_soon(self._suspend, False)

    def continued(self) -> None:
        """Set the modes and draw everything again."""
        self._call_soon(self._restore)

    def _restore(self) -> None:
        if self._is_open and self._suspendable is not None and not self._suspendable.in_foreground:
            self.suspend_application_mode()
            self._take_over()
        elif self._is_open:
            self._adopt_size()
            self.repaint()

    def end_requested(self, return_code: int) -> None:
        """End the application as if the user had quit."""
        if self._is_running:
            self._call_soon(self.app.exit, None, return_code)

    def disconnected(self) -> None:
        """End the application: the terminal is gone."""
        self._is_connected = False
        self._progress.set()
        self.end_requested(DISCONNECTED)

    def resized(self) -> None:
        """Use a new size once it no longer changes."""
        if self._accepts_input:
            self._call_later(_RESIZE_DELAY, self._redraw)

    def _redraw(self) -> None:
        """Use a new size; without one, set the modes and draw everything again.

        Session managers such as dtach report a change of the size to have the screen drawn on
        another terminal.
        """
        if not self._adopt_size():
            self.repaint()

    def _adopt_size(self) -> bool:
        """Use the size of the device; return whether it is another one."""
        size = self._device.size
        if is_other := size != self._scheduler.size:
            self._modes = self._repeat
            self._scheduler.resize(size)
        reported = Size(*reported_size(size))
        self.app.post_message(events.Resize(reported, reported))
        return is_other

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
        for line, column in self._parser.take_positions():
            if self._measures_sample and line == SAMPLE_LINE:
                self._measures_sample = False
                self.app.post_message(SampleMeasured(column - 1))
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
