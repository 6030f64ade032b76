"""Playing a scene: a clean environment, the app, its keys, and waiting until nothing moves."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.document import Document
from briefing_tui.settings.options import Settings
from briefing_tui.tui.app import BriefingApp
from briefing_tui.views.scene import Scene as ViewScene
from briefing_tui.views.scene import unchecked_scene
from screenshots.scenes import Scene
from tests.apps import app_of, drawn
from tests.sessions import Opening

TITLE = "briefing-tui"
_ROUNDS = 5000
_FOREIGN = ("NO_COLOR", "COLORTERM", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


@contextmanager
def environment(scene: Scene) -> Iterator[None]:
    """Only what the scene asks for, of all that changes what is drawn."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as kept:
        try:
            for name in _FOREIGN:
                os.environ.pop(name, None)
            os.environ.update(scene.environment)
            if scene.known:
                os.environ.update(BRIEFING_TUI_STATE=kept, BRIEFING_TUI_DATA=kept)
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def make_app(scene: Scene) -> BriefingApp:
    """The app at the beginning of a scene."""
    settings = Settings(theme=scene.theme, highlight=scene.highlight)
    if scene.library:
        from tests.shelves import desk, knows_harbour

        if scene.known:
            knows_harbour()
        saved = {"promises": "type:forecast or is:planned", "late": "delay* or late or slips"}
        return app_of(None, settings, workspace=lambda: desk(saved=saved))
    document = scene.document()
    opening = Opening(notebook=partial(_notebook, scene.read_before)) if scene.read_before else None
    return app_of(document, settings, opening=opening)


def _notebook(before: Callable[[], Document], scene: ViewScene) -> Annotations:
    """The marks of a reader who knows an older version of the briefing."""
    with tempfile.TemporaryDirectory() as directory:
        seen = Path(directory) / "seen.json"
        Annotations(unchecked_scene(before()), None, seen)
        return Annotations(scene, None, seen)


async def play(pilot: Pilot[Any], scene: Scene, after: Scene | None = None) -> None:
    """Press the keys of a scene, each when the one before has had its effect.

    ``after`` is a scene on the way to this one that was played before, perhaps in another size.
    """
    from tests.pilot.driving import key_event

    if after and after.size != scene.size:
        await pilot.resize_terminal(*scene.size)
    await settle(pilot)
    for key in scene.keys[len(after.keys) if after else 0 :]:
        pilot.app.post_message(key_event(key))
        await settle(pilot)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way, no cursor blinks and everything is drawn.

    A worker below the screen on top waits for that screen, and is not waited for.
    """
    from tests.rest import TICK, rest

    app = pilot.app
    for _ in range(_ROUNDS):
        await rest(app)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await rest(app)
        if not _busy(app):
            return
        await asyncio.sleep(TICK)
    raise TimeoutError("the screen does not come to rest")


def strips(pilot: Pilot[Any]) -> list[Strip]:
    """The rows of the screen, as they would go to the terminal."""
    return drawn(pilot.app)


@asynccontextmanager
async def opened(scene: Scene) -> AsyncIterator[Pilot[Any]]:
    """An app at the beginning of a scene, running."""
    with environment(scene):
        app = make_app(scene)
        async with app.run_test(size=scene.size, notifications=True) as pilot:
            yield pilot


def picture(pilot: Pilot[Any]) -> str:
    """The SVG of the screen."""
    return pilot.app.export_screenshot(title=TITLE, simplify=True)


async def draw(scene: Scene) -> str:
    """The SVG of a scene."""
    async with opened(scene) as pilot:
        await play(pilot, scene)
        return picture(pilot)


def _busy(app: App[Any]) -> bool:
    screen = app.screen
    return any(
        not worker.is_finished and screen in worker.node.ancestors_with_self
        for worker in app.workers
    )
