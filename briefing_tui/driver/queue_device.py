"""A terminal at the other end of a channel, such as an SSH session or a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from briefing_tui.driver.capabilities import detect_terminal
from briefing_tui.driver.device import DEFAULT_SIZE, Listener, valid_size


class QueueDevice:
    """Queues bytes in both directions; the owner of the channel moves them.

    Output is an asynchronous iterator with back-pressure: the device is busy until the owner asks
    for the next piece, so no frame is made that the channel cannot take::

        async for data in device.output():
            channel.write(data)
            await channel.drain()

    All methods are called in the thread of the event loop.
    """

    def __init__(self, size: tuple[int, int] = DEFAULT_SIZE, term: str = "xterm-256color") -> None:
        # Whatever the environment of this process says, it is about another terminal.
        self.terminal = detect_terminal({"TERM": term})._replace(remote=True)
        self._size = valid_size(*size)
        self._listener: Listener | None = None
        self._input: list[bytes] = []
        """What arrived before the device was opened."""
        self._output = bytearray()
        self._output_changed = asyncio.Event()
        self._delivering = False
        self._closed = False
        self._connected = True

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        return self._size

    @property
    def busy(self) -> bool:
        """Whether the owner has not delivered all output."""
        return self._delivering or bool(self._output)

    def open(self, listener: Listener) -> None:
        """Start to pass input on, beginning with what arrived before."""
        self._listener = listener
        for data in self._input:
            listener.data_received(data)
        self._input.clear()
        if not self._connected:
            listener.disconnected()

    def send(self, data: bytes) -> None:
        """Queue output."""
        if self._connected:
            self._output += data
            self._output_changed.set()

    def close(self, farewell: bytes) -> None:
        """Queue the last bytes, after which the output ends."""
        self._closed = True
        self.send(farewell)

    async def output(self) -> AsyncIterator[bytes]:
        """Yield what is to be sent, until the device is closed or disconnected."""
        while self._connected:
            if self._output:
                data = bytes(self._output)
                self._output.clear()
                self._delivering = True
                yield data
                self._delivering = False
                if not self._output and self._listener is not None:
                    self._listener.drained()
            elif self._closed:
                return
            else:
                self._output_changed.clear()
                await self._output_changed.wait()

    def feed(self, data: bytes) -> None:
        """Pass on what the terminal sent."""
        if self._listener is None:
            self._input.append(data)
        else:
            self._listener.data_received(data)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size."""
        self._size = valid_size(columns, lines)
        if self._listener is not None:
            self._listener.resized()

    def end(self, return_code: int) -> None:
        """Ask the application to end, as when the server shuts down."""
        if self._listener is not None:
            self._listener.end_requested(return_code)

    def disconnect(self) -> None:
        """End the application and the output: the terminal is gone."""
        self._connected = False
        self._output.clear()
        self._output_changed.set()
        if self._listener is not None:
            self._listener.disconnected()
