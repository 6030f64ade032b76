"""What the driver uses of Textual and Rich that is not public and has no public equivalent.

`TerminalApp` overrides ``App._fatal_error`` and ``App._check_bindings``, and `SizedView`
``ScrollView._size_updated``, which a layout calls before anything is drawn in it: the Resize event
arrives after. A test fails if any of it changes.
"""

from __future__ import annotations

from typing import Any

from rich.color import ColorSystem
from textual import constants, screen
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView

from briefing_tui.driver.capabilities import TRUE_COLOUR

_COLOUR_SYSTEMS = {
    0: ColorSystem.STANDARD,  # a theme without colours uses none
    16: ColorSystem.STANDARD,
    256: ColorSystem.EIGHT_BIT,
    TRUE_COLOUR: ColorSystem.TRUECOLOR,
}


def set_frame_rate(frames: int) -> None:
    """Set how often the screens of this process update a second, unless ``TEXTUAL_FPS`` does."""
    if constants.get_environ("TEXTUAL_FPS") is None:
        # Read once, on import, and declared as final.
        vars(constants)["MAX_FPS"] = frames
        vars(screen)["UPDATE_PERIOD"] = 1 / frames


def set_colours(app: App[Any], colours: int) -> None:
    """Let an application use 16 or 256 colours, or `TRUE_COLOUR`.

    Textual reads the environment, which knows one terminal; ``TEXTUAL_COLOR_SYSTEM`` has priority.
    """
    if constants.COLOR_SYSTEM == "auto" and colours in _COLOUR_SYSTEMS:
        app.console._color_system = _COLOUR_SYSTEMS[colours]


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
