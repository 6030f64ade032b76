"""Sessions and line readers on a document of a test, without a file or the command line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.document import Document
from briefing_tui.commands.registry import effective_keys
from briefing_tui.driver.capabilities import Terminal
from briefing_tui.linear.reader import LineReader
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.settings.options import Settings
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.scene import Scene


class Opening(NamedTuple):
    """What a session begins with besides the document and the settings."""

    terminal: Terminal | None = None
    position: Position | None = None
    warning: str = ""
    keep: Callable[[Position], object] | None = None
    notebook: Callable[[Scene], Annotations] | None = None
    look: Callable[[], FileVersion | None] | None = None
    follow: bool = False


def saved_in(directory: Path) -> Opening:
    """A session whose annotations are saved in a directory."""

    def notebook(scene: Scene) -> Annotations:
        return Annotations(
            scene, directory / "x.marks", directory / "x.json", rescue_directory=directory / "state"
        )

    return Opening(notebook=notebook)


def session_of(
    document: Document,
    settings: Settings | None = None,
    day: datetime.date | None = None,
    opening: Opening | None = None,
    *,
    has_library: bool = False,
) -> ReadingSession:
    """A reading session on a document."""
    opening = opening or Opening()
    keep, place = opening.keep, opening.position or Position()

    def keep_position(position: Position) -> str:
        if keep is not None:
            keep(position)
        return ""

    return ReadingSession(
        scene_at(document, day or place.as_of, place.focus),
        effective_keys((settings or Settings()).keys),
        annotations=opening.notebook,
        position=opening.position,
        warning=opening.warning,
        check_file=opening.look,
        theme=(place.theme, place.theme_before),
        keep=keep_position,
        has_library=has_library,
    )


def line_reader(
    scene: Scene,
    keymap: Mapping[str, str] = MappingProxyType({}),
    notebook: Callable[[Scene], Annotations] = Annotations,
    position: Position | None = None,
    warning: str = "",
) -> LineReader:
    """A line reader on a scene."""
    return LineReader(
        ReadingSession(
            scene,
            effective_keys(keymap),
            annotations=notebook,
            position=position,
            warning=warning,
            theme=(position.theme, position.theme_before) if position else ("", ""),
        )
    )
