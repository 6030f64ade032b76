"""What an earlier session left for this one, and keeping what this one leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import click
import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.text import clean
from briefing_tui.driver.capabilities import this_terminal
from briefing_tui.settings import Found, Settings, settings_of
from briefing_tui.storage import positions

if TYPE_CHECKING:
    from briefing_tui.annotations.store import Notebook
    from briefing_tui.tui.resuming import Opening
    from briefing_tui.views.scene import Scene


class Keeper:
    """Keeps the positions of one briefing, and remembers what went wrong."""

    def __init__(self, name: str, *, keeps: bool) -> None:
        """Begin.

        Args:
            name: What the briefing is called from one session to the next.
            keeps: Whether anything is to be kept.
        """
        self._name, self._keeps = name, keeps
        self._problem = ""

    def __call__(self, position: positions.Position) -> None:
        """Keep a position."""
        self._problem = positions.keep(self._name, position) if self._keeps else ""

    def tell(self) -> None:
        """Say on standard error what went wrong last."""
        if self._problem:
            click.echo(f"briefing-tui: {clean(self._problem)[0]}", err=True)


class Left(NamedTuple):
    """What an earlier session left of one briefing."""

    kept: positions.Position
    """Where the reader was, whatever this session begins with."""
    position: positions.Position | None
    """Where to begin; nothing where it is as if it had never been read."""
    warning: str
    """What the reader is to be told about that."""
    keeper: Keeper
    """Keeps where this session ends."""
    notebook: Callable[[Scene], Notebook]
    """Opens the reader's own marks."""


def left_of(
    file: str | None,
    document: Document,
    settings: Settings,
    *,
    fresh: bool,
    dated: bool,
    data: bytes = b"",
) -> Left:
    """What an earlier session left of a briefing, for any reader.

    Args:
        file: The briefing, as it was named.
        document: What is in it.
        settings: Where marks are kept.
        fresh: Whether to begin as if it had never been read.
        dated: Whether a day is asked for, so that what was shown last is not.
        data: The bytes of the file, where lists of a library are to know them again.
    """
    name = positions.identity(file, document.briefing.title)
    if name == positions.BUNDLED:
        positions.take_over_bundled()
    recalled = positions.recall(name)
    kept = recalled.position or positions.Position()
    position = None if fresh else recalled.position
    if position is not None and dated:
        position = positions.Position(theme=kept.theme, theme_before=kept.theme_before)

    def notebook(scene: Scene) -> Notebook:
        from briefing_tui.cli.dossier import notebook  # the first picture need not wait for it

        if name == positions.BUNDLED:
            take_over_bundled(settings)
        held = data if scene.document is document else b""  # read anew, it is another
        return notebook(file, name, settings, scene, held)

    keeper = Keeper(name, keeps=recalled.keep)
    return Left(kept, position, recalled.warning, keeper, notebook)


def opening(
    file: str | None,
    document: Document,
    found: Mapping[str, Found],
    *,
    fresh: bool,
    dated: bool,
    data: bytes = b"",
) -> tuple[Opening, Keeper]:
    """What a session of the full screen begins with, and what keeps its end.

    ``found`` is the configuration, with what gave it; the rest is as for `left_of`.
    """
    from briefing_tui.tui.resuming import Opening

    left = left_of(file, document, settings_of(found), fresh=fresh, dated=dated, data=data)
    position = left.position
    if position is not None and _given_for_now(found["theme"]):
        position = msgspec.structs.replace(position, theme="", theme_before="")
    begin = Opening(this_terminal(), position, left.warning, left.keeper, left.notebook)
    return begin, left.keeper


def take_over_bundled(settings: Settings) -> None:
    """Join what was kept of the bundled briefing under another name with what is kept of it."""
    from briefing_tui.annotations.bundled import take_over

    take_over(sidecars=settings.files)


def _given_for_now(found: Found) -> bool:
    """Whether a value is for this session: given by a flag or the environment."""
    return found.origin.startswith(("--", "BRIEFING_TUI_"))
