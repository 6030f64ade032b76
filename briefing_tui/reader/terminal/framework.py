"""The three things of the framework that are not public and that nothing public stands for.

``XTermParser`` makes key and mouse events of what a terminal sends. ``_fatal_error`` is what the
framework does with an exception that nobody took: it prints a traceback with the values of local
variables, pieces of the briefing and of the user's environment among them. ``_size_updated`` is
called by a layout before anything is drawn in it, whereas the Resize event arrives after. A test
fails when any of them changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Generic, Protocol

from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView


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


class SizedView(ScrollView):
    """A scroll view that can act on a new size before its first frame in that size."""

    def sized(self) -> None:
        """Act on a layout: called after every one that this widget is part of, before drawing."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self.sized()
        return changed
