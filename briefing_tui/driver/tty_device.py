"""The terminal of this process: its descriptors, line settings and signals."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
import threading
import time
import tty
from collections.abc import Iterator
from typing import Any

from briefing_tui.driver.capabilities import Terminal, this_terminal
from briefing_tui.driver.device import Listener, valid_size
from briefing_tui.driver.input_reader import InputReader, read_within
from briefing_tui.driver.output_writer import OutputWriter
from briefing_tui.driver.tty_guard import in_foreground

_CLOSE_TIMEOUT = 1.0
"""Seconds in which the terminal must take the bytes on their way, and again the last ones."""
_LATE_INTERRUPT = 0.2
"""Seconds after another program used the terminal in which an interrupt was meant for it."""
_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

_Attributes = list[Any]


class TtyDevice:
    """The terminal of this process."""

    def __init__(
        self, input_fd: int = 0, output_fd: int = 2, terminal: Terminal | None = None
    ) -> None:
        self.terminal = terminal or this_terminal()
        self._input_fd = input_fd
        self._output_fd = output_fd
        self._reader: InputReader | None = None
        self._writer: OutputWriter | None = None
        self._attributes: _Attributes | None = None
        self._ignores_interrupts_until = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        size = (0, 0)
        with contextlib.suppress(OSError):
            size = os.get_terminal_size(self._output_fd)
        return valid_size(*size)

    @property
    def busy(self) -> bool:
        """Whether bytes are still being written."""
        return self._writer is not None and self._writer.busy

    @property
    def in_foreground(self) -> bool:
        """Whether this process may use the terminal, rather than be stopped if it does."""
        return in_foreground(self._input_fd)

    def open(self, listener: Listener) -> None:
        """Handle signals, set raw mode, and start reading."""
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._handle_signals()
        attributes = _set_raw_mode(self._input_fd)
        self._attributes = self._attributes or attributes
        nonblocking = _reopen(self._output_fd)
        self._writer = OutputWriter(self._output_fd, nonblocking, self._drained)
        self._reader = InputReader(self._input_fd, self._received)

    def send(self, data: bytes) -> None:
        """Write bytes without blocking."""
        if self._writer is not None:
            self._writer.send(data)

    def close(self, farewell: bytes) -> None:
        """Write the last bytes, wait for answers, and restore the settings.

        Of a process in the background, the kernel accepts the bytes only.
        """
        may_restore = self.in_foreground
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._writer is not None:
            if not self._writer.drain(_CLOSE_TIMEOUT):
                with contextlib.suppress(termios.error):
                    termios.tcflush(self._output_fd, termios.TCOFLUSH)
            self._writer.send(farewell)
            if self._writer.drain(_CLOSE_TIMEOUT) and may_restore:
                self._receive_reports()
            self._writer.close()
            self._writer = None
        if may_restore:
            _restore_mode(self._input_fd, self._attributes)
            self._attributes = None

    @contextlib.contextmanager
    def lend(self) -> Iterator[None]:
        """Return the context in which Ctrl-C interrupts another program only."""
        self._loop.remove_signal_handler(signal.SIGTSTP)
        try:
            yield
        finally:  # the loop delivers signals that came meanwhile once it runs again
            self._ignores_interrupts_until = time.monotonic() + _LATE_INTERRUPT

    def suspend(self, *, whole_job: bool) -> None:
        """Stop until the shell continues the process."""
        # The kernel ignores SIGTSTP for an orphaned process group, which no shell could continue.
        for number in (signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        if whole_job:
            os.killpg(os.getpgrp(), signal.SIGTSTP)
        else:
            signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)

    def _handle_signals(self) -> None:
        handle = self._loop.add_signal_handler
        for number in _ENDING:
            handle(number, self._end, number)
        handle(signal.SIGTSTP, self._listener.suspend_requested)
        handle(signal.SIGCONT, self._continued)
        handle(signal.SIGWINCH, self._listener.resized)

    def _end(self, number: signal.Signals) -> None:
        """End on a signal; a second one has its default effect."""
        if number == signal.SIGINT and time.monotonic() < self._ignores_interrupts_until:
            return
        self._loop.remove_signal_handler(number)
        if number == signal.SIGHUP:
            self._ignore_hang_up()
        self._listener.end_requested(128 + number)

    def _ignore_hang_up(self) -> None:
        """Ignore SIGHUP: kernel and shell both send it, and the application has state to save."""
        self._loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _continued(self) -> None:
        """Set raw mode again after a stop without notice (SIGSTOP)."""
        if self._writer is not None:
            if self.in_foreground:
                _set_raw_mode(self._input_fd)
            self._listener.continued()

    def _drained(self) -> None:
        self._loop.call_soon_threadsafe(self._listener.drained)

    def _received(self, data: bytes) -> None:
        if data:
            self._listener.data_received(data)
        else:
            self._ignore_hang_up()
            self._listener.disconnected()

    def _receive_reports(self) -> None:
        end = time.monotonic() + self._listener.report_wait
        while (seconds := min(self._listener.report_wait, end - time.monotonic())) > 0:
            data = read_within(self._input_fd, seconds)
            if data is None:
                return
            if not data:
                self._listener.disconnected()
                return
            self._listener.data_received(data)


def _reopen(descriptor: int) -> int | None:
    """Return a non-blocking descriptor of our own to write to a terminal; None if that fails."""
    flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(os.ttyname(descriptor), flags)
    except OSError:
        return None


def _set_raw_mode(descriptor: int) -> _Attributes | None:
    """Pass every key on unchanged; return the previous attributes, or None for any other file."""
    for _ in range(3):  # a signal may interrupt it
        with contextlib.suppress(termios.error):
            previous = termios.tcgetattr(descriptor)
            attributes = [*previous]
            attributes[tty.LFLAG] &= ~(
                termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
            )
            attributes[tty.IFLAG] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            attributes[tty.CC] = [*previous[tty.CC]]
            attributes[tty.CC][termios.VMIN] = 1
            attributes[tty.CC][termios.VTIME] = 0
            termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
            return previous
    return None


def _restore_mode(descriptor: int, attributes: _Attributes | None) -> None:
    """Restore the attributes; input that nobody has read is dropped, as the shell would run it."""
    if attributes is not None:
        with contextlib.suppress(termios.error):
            termios.tcflush(descriptor, termios.TCIFLUSH)
            termios.tcsetattr(descriptor, termios.TCSANOW, attributes)


@contextlib.contextmanager
def standard_error_on_terminal() -> Iterator[None]:
    """Redirect standard error, where drivers draw, to standard output unless it is a terminal."""
    error = sys.__stderr__
    if error is None or error.isatty():
        yield
        return
    original = os.dup(error.fileno())
    os.dup2(1, error.fileno())
    try:
        yield
    finally:
        error.flush()
        os.dup2(original, error.fileno())
        os.close(original)
