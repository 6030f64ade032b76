"""The two things of the framework that are not public and that nothing public stands for.

``XTermParser`` makes key and mouse events of what a terminal sends. ``_fatal_error`` is what the
framework does with an exception that nobody took: it prints a traceback with the values of local
variables, pieces of the briefing and of the user's environment among them. A test fails when
either of them changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Generic, Protocol

from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.message import Message


class KeyParser(Protocol):
    """Makes events of what a terminal sends."""

    def feed(self, data: str) -> Iterable[Message]:
        """The events that are complete with these characters."""

    def tick(self) -> Iterable[Message]:
        """The events that are complete since nothing followed for a while, such as Escape."""


def key_parser() -> KeyParser:
    """A parser that has read nothing yet."""
    return XTermParser()


class QuietlyFailing(App[ReturnType], Generic[ReturnType]):
    """Keeps the exception that ends it, rather than print it."""

    failure: BaseException | None = None
    """What ended the program, if that was a mistake of its own."""

    def _fatal_error(self) -> None:
        self.failure = self.failure or sys.exception()
        self.panic()
