"""The driver: takes the terminal over, and gives it back as it was, whatever happens.

It asks nothing of the terminal that the first frame would wait for, and goes away with it.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import termios
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from briefing_tui.driver import tty
from briefing_tui.driver.frame_scheduler import Output, told
from briefing_tui.driver.input_parser import Allowance, Keyboard
from briefing_tui.driver.input_reader import Ear, heard
from briefing_tui.driver.output_writer import TerminalLine
from briefing_tui.driver.timers import Timers

_STANDARD_INPUT, _STANDARD_ERROR = 0, 2
_RESIZE = 0.02
"""Seconds in which one change of the size stands for several."""
_LEAVE = 1.0
"""Seconds that the terminal has to take the last bytes."""
_DEAF = 0.2
"""Seconds after another program had the terminal in which no interrupt is for the reader."""
_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


class TerminalDriver(Driver):
    """Between one application and one terminal."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        self._keys, self._face = _STANDARD_INPUT, _STANDARD_ERROR
        super().__init__(app, debug=debug, mouse=mouse, size=told(size or tty.size(self._face)))
        self.app = app
        self._clicks = mouse
        self._asyncio = asyncio.get_running_loop()
        self._keyboard = Keyboard()
        self._output = Output(
            size or tty.size(self._face),
            time.monotonic,
            fills=tty.fills(os.environ.get("TERM", "")),
        )
        self._context: contextvars.Context | None = None
        self._line: TerminalLine | None = None
        self._ear: Ear | None = None
        self._settings: tty.Settings | None = None
        self._timers = Timers(self._asyncio)
        self._refreshing = False
        self._deaf_until = 0.0
        self._flood = Allowance(time.monotonic)
        if hasattr(app, "terminal"):
            app.terminal = self

    @property
    def can_suspend(self) -> bool:
        """The terminal can be lent to another program."""
        return True

    def write(self, data: str) -> None:
        """Take what the framework writes."""
        self._output.write(data)
        self._refresh_soon()

    def repaint(self) -> None:
        """Send everything again."""
        self._output.forget()
        self._refresh_soon()

    def _refresh_soon(self) -> None:
        """Send one frame for all that is painted now."""
        if not self._refreshing and self._output.due:
            self._refreshing = True
            self._asyncio.call_soon(self._refresh, context=self._context)

    def _refresh(self) -> None:
        self._refreshing = False
        if self._line is None or self._line.busy or not self._output.due:
            return
        data, again = self._output.take()
        if data:
            self._line.send(data)
        if again is not None:
            self._timers.put_off("refresh", again, self._refresh)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._context = contextvars.copy_context()
        self._timers = Timers(self._asyncio)
        self._handle_signals()
        self._settings = tty.raw(self._keys)
        self._line = TerminalLine(self._face, self._sent)
        self._line.send(tty.entering(mouse=self._clicks).encode())
        self._ear = Ear(self._asyncio, self._keys, self._hear)
        self._output.forget()
        self._measure()
        self._refresh()

    def _sent(self) -> None:
        """Send the next frame; called in the thread that has sent the one before."""
        if self._output.due:
            self._from_thread(self._refresh)

    def disable_input(self) -> None:
        """Listen no more."""
        self._timers.stop()
        if self._ear is not None:
            self._ear.close()
            self._ear = None

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        if self._line is not None:
            if not self._line.drain(_LEAVE):  # it takes nothing: what is on the way is dropped
                with suppress(termios.error):
                    termios.tcflush(self._face, termios.TCOFLUSH)
            self._line.send(tty.leaving(mouse=self._clicks).encode())
            if self._line.drain(_LEAVE):
                self._await_answers()
            self._line.close()
            self._line = None
        tty.cooked(self._keys, self._settings)
        self._settings = None

    def _await_answers(self) -> None:
        """Take answers that are on the way, which would be typed into the shell otherwise."""
        end = time.monotonic() + _LEAVE
        while self._output.asked and (data := heard(self._keys, end - time.monotonic())):
            self._keyboard.feed(data)
            self._output.answered(self._keyboard.take_answers())

    @contextmanager
    def no_automatic_restart(self) -> Iterator[None]:
        """Leave it to the caller to take the terminal over again.

        Meanwhile another program has the keys: Ctrl-C is for that one, Ctrl-Z stops both.
        """
        self._asyncio.remove_signal_handler(signal.SIGTSTP)
        try:
            yield
        finally:  # what was for that one is told to the loop when it goes on
            self._deaf_until = time.monotonic() + _DEAF

    def _handle_signals(self) -> None:
        handle = self._asyncio.add_signal_handler
        for number in _ENDING:
            handle(number, self._end, number)
        handle(signal.SIGTSTP, self._pause, signal.pthread_kill, threading.get_ident())
        handle(signal.SIGCONT, self._go_on)
        handle(signal.SIGWINCH, self._timers.put_off, "measure", _RESIZE, self._measure)

    def _end(self, number: signal.Signals) -> None:
        """End as on the reader's wish; who asks twice gets the system's way."""
        if number == signal.SIGINT and time.monotonic() < self._deaf_until:
            return
        self._asyncio.remove_signal_handler(number)
        if number == signal.SIGHUP:  # a shell tells it as well; there is still a place to keep
            signal.signal(number, signal.SIG_IGN)
        self.app.exit(return_code=128 + number)

    def pause(self) -> None:
        """Stop all that the shell started together, as a terminal does by itself on Ctrl-Z."""
        self._asyncio.call_soon(self._pause, os.killpg, os.getpgrp(), context=self._context)

    def _pause(self, stop: Callable[[int, int], None], whom: int) -> None:
        """Stop, with the terminal given back, until the shell lets the program go on."""
        self.app.app_suspend_signal.publish(self.app)
        self.suspend_application_mode()
        for number in (signal.SIGTSTP, signal.SIGCONT):
            self._asyncio.remove_signal_handler(number)
        # The system's own way stops nobody whom no shell could wake.
        stop(whom, signal.SIGTSTP)
        self.resume_application_mode()
        self.app.post_message(self.SignalResume())

    def _go_on(self) -> None:
        """Take the terminal over again after a stop that could not be seen coming."""
        if self._line is not None:
            tty.raw(self._keys)
            again = tty.leaving(mouse=self._clicks) + tty.entering(mouse=self._clicks)
            self._line.send(again.encode())
            self._measure()
            self.repaint()

    def _measure(self) -> None:
        size = tty.size(self._face)
        if size != self._output.size:
            self._output.resize(size)
        room = Size(*told(size))
        self.app.post_message(events.Resize(room, room))

    def _hear(self, data: bytes) -> None:
        """Take what the terminal sent."""
        if self._ear is None:
            return
        if not data:
            self._end(signal.SIGHUP)
            return
        self._tell(self._keyboard.feed(data, self._flood.room))
        self._output.answered(self._keyboard.take_answers())
        self._refresh()

    def _tick(self) -> None:
        self._tell(self._keyboard.tick())

    def _tell(self, found: Iterable[Message]) -> None:
        for message in found:
            if self._flood.take():
                self.process_message(message)
        if self._keyboard.unfinished:
            self._timers.put_off("tick", self._keyboard.patience, self._tick)

    def send_message(self, message: Message) -> None:
        """Hand a message to the application; input is read where it runs."""
        self.app.post_message(message)

    def _from_thread(self, callback: Callable[..., None], *args: Any) -> None:
        self._asyncio.call_soon_threadsafe(callback, *args, context=self._context)
