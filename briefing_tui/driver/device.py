"""The device protocol: where an application is shown, and where its input comes from.

`TtyDevice` is the terminal of this process, `QueueDevice` the near end of a channel.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from briefing_tui.driver.capabilities import Terminal

DEFAULT_SIZE = (80, 24)
"""Columns and lines of a terminal that does not know its size, such as one on a serial line."""
MAX_SIZE = (1000, 400)
"""Columns and lines above which a size is an error, or an attack."""
DISCONNECTED = 128 + 1
"""Return code of an application whose terminal is gone: what a shell reports for SIGHUP."""


def valid_size(columns: int, lines: int) -> tuple[int, int]:
    """Return a size that can be drawn: the default for 0, and `MAX_SIZE` at most."""
    return (
        min(columns or DEFAULT_SIZE[0], MAX_SIZE[0]),
        min(lines or DEFAULT_SIZE[1], MAX_SIZE[1]),
    )


class Listener(Protocol):
    """Receives the events of a device, in the thread of the event loop; the driver."""

    @property
    def report_wait(self) -> float:
        """Seconds in which the terminal may still answer a status request; 0 if it will not.

        An answer that arrives after the application has ended would be typed into the shell.
        """

    def data_received(self, data: bytes) -> None:
        """Process what the terminal sent."""

    def drained(self) -> None:
        """Send the next frame: the terminal has taken all bytes, the device is no longer busy."""

    def resized(self) -> None:
        """Read the size of the device again."""

    def disconnected(self) -> None:
        """End the application: the terminal is gone."""

    def end_requested(self, return_code: int) -> None:
        """End the application as if the user had quit."""

    def suspend_requested(self) -> None:
        """Give the terminal back, and suspend the process; only from a `SuspendableDevice`."""

    def continued(self) -> None:
        """Set the modes and draw everything again: other programs may have used the terminal."""


class Device(Protocol):
    """A terminal that applications can run on."""

    @property
    def terminal(self) -> Terminal:
        """What the terminal can show, and which control sequences it has."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines; at least 1, at most `MAX_SIZE`."""

    @property
    def busy(self) -> bool:
        """Whether bytes that were sent are still on their way; no frame is sent meanwhile."""

    def open(self, listener: Listener) -> None:
        """Take the terminal over; called in a running event loop."""

    def send(self, data: bytes) -> None:
        """Send bytes, in order, without blocking."""

    def close(self, farewell: bytes) -> None:
        """Send the last bytes and give the terminal back.

        A device that can block waits here until they are taken, and passes what arrives to the
        listener for `Listener.report_wait`; both for a limited time. Another device returns
        at once and keeps sending and receiving until `TerminalDriver.wait_closed` returns.
        """


@runtime_checkable
class SuspendableDevice(Device, Protocol):
    """A terminal of this machine: it can be lent to other programs, and opened again."""

    @property
    def in_foreground(self) -> bool:
        """Whether this process may use the terminal, rather than be stopped if it does."""

    def lend(self) -> AbstractContextManager[None]:
        """Return the context in which another program uses the terminal, and has its signals."""

    def suspend(self, *, whole_job: bool) -> None:
        """Stop this process, or its whole job as on Ctrl-Z, until the shell continues it."""
