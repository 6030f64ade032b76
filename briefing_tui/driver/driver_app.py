"""The base of applications on this driver."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Any, ClassVar, Generic, NamedTuple, cast

from rich.console import RenderableType
from textual import constants
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.geometry import Offset

from briefing_tui.driver.device import Device
from briefing_tui.driver.driver import TerminalDriver
from briefing_tui.driver.textual_private import set_colours, set_frame_rate


class Exit(NamedTuple):
    """How an application ended."""

    return_code: int
    """0, or what the application, a signal or the loss of the terminal set."""
    error: BaseException | None
    """The exception that ended it, if it was an error of the program."""


class TerminalApp(App[ReturnType], Generic[ReturnType]):
    """Runs on a device, and keeps the exception that ends it instead of printing it."""

    FRAME_RATE: ClassVar[int] = 240
    """Updates of the screen per second; a key takes up to three, too slow at Textual's own 60."""

    terminal: TerminalDriver | None = None
    """The driver, once the application runs on it."""
    sample: str = ""
    """A text whose width the first frame asks for; `SampleMeasured` has the answer, if any."""
    failure: BaseException | None = None
    """The exception that ended the application, if it was an error of the program."""

    alt_keys: Collection[str] = ()
    """Keys with Alt that the application has a use for; see `InputParser`."""

    def __init__(self, **options: Any) -> None:
        set_frame_rate(self.FRAME_RATE)
        self._device: Device | None = None
        super().__init__(**options)

    async def run_on(
        self, device: Device, *, mouse: bool = True, colours: int | None = None
    ) -> Exit:
        """Run the application until it ends and the device has sent everything.

        ``colours`` is 16, 256 or `TRUE_COLOUR`; None lets Textual read the environment.
        """
        if colours is not None:
            set_colours(self, colours)
        self._device = device
        await self.run_async(mouse=mouse)
        if self.terminal is not None:
            await self.terminal.wait_closed()
        return Exit(self.return_code or 0, self.failure)

    def get_driver_class(self) -> type[Driver]:
        """Return this driver, or the one that ``TEXTUAL_DRIVER`` names."""
        if constants.DRIVER:
            return super().get_driver_class()
        return cast("type[Driver]", self._make_driver)  # Textual only calls it

    def _make_driver(self, app: App[Any], **options: Any) -> TerminalDriver:
        self.terminal = TerminalDriver(
            app, device=self._device, alt_keys=self.alt_keys, sample=self.sample, **options
        )
        return self.terminal

    def exit(
        self,
        result: ReturnType | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """End the application, with nothing asked of the terminal from here on."""
        if self.terminal is not None:
            self.terminal.end()
        super().exit(result, return_code, message)

    @property
    def cursor_position(self) -> Offset:
        """The cell of the terminal's cursor, which screen magnifiers and braille displays follow.

        The focused widget has it as ``cursor_screen_offset``, as Textual's fields do.
        """
        focused = self.screen.focused if self.screen_stack else None
        offset: Offset = getattr(focused, "cursor_screen_offset", Offset(0, 0))
        return offset

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Ignore what Textual's fields set: they leave it behind when they lose the focus."""

    def action_repaint(self) -> None:
        """Set the modes and send the whole screen again: another program may have changed both."""
        if self.terminal is not None:
            self.terminal.repaint()

    def action_suspend_process(self) -> None:
        """Suspend the process, if the terminal is one that a shell controls."""
        if self.terminal is not None:
            self.terminal.suspend_process()

    def key_unbound(self, key: str) -> None:
        """React to a key that neither a widget nor a binding used."""

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        is_bound = await super()._check_bindings(key, priority)
        if not is_bound and not priority:
            self.key_unbound(key)
        return is_bound

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of local variables.
        self.failure = self.failure or sys.exception()
        self.panic()
