"""Applications on a document of a test, without a file or the command line."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from briefing_tui.briefing.document import Document
from briefing_tui.library.workspace import Workspace
from briefing_tui.session.opener import Opener
from briefing_tui.settings.options import Settings
from briefing_tui.surroundings import Surroundings
from briefing_tui.tui.app import BriefingApp  # sets how often the framework draws
from tests.places import directories
from tests.sessions import Opening, session_of

# isort: split
from textual import _wait
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.strip import Strip

IDLE = 1 / 160
"""Seconds without work after which a screen counts as at rest: more than a frame takes."""

_rule_sets: dict[tuple[object, ...], Any] = {}
_parse_rules = Stylesheet._parse_rules


def _parse_rules_once(sheet: Stylesheet, *source: Any, **options: Any) -> Any:
    variables = frozenset(sheet._variables.items())
    key = (variables, *source, *sorted(options.items()))
    if key not in _rule_sets:
        _rule_sets[key] = _parse_rules(sheet, *source, **options)
    return _rule_sets[key]


# The style sheets of every application are the same; parsing them is a quarter of its start.
Stylesheet._parse_rules = _parse_rules_once  # type: ignore[method-assign,assignment]

_undrawn: WeakSet[Any] = WeakSet()
"""Applications whose frames are drawn only on demand."""
_render_update = Compositor.render_update


def _render_update_for_terminal(
    compositor: Compositor,
    full: bool = False,
    screen_stack: list[Screen[Any]] | None = None,
    simplify: bool = False,
) -> Any:
    """Skip the update of a frame that no terminal shows; a test that reads the screen draws it."""
    app = active_app.get()
    if full or app not in _undrawn:
        return _render_update(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()
    return None


# Without a terminal the framework draws every frame and throws it away: a third of a test's time.
Compositor.render_update = _render_update_for_terminal  # type: ignore[method-assign,assignment]

# The framework looks for rest every fiftieth of a second, which adds up over thousands of keys.
assert _wait.SLEEP_GRANULARITY > IDLE > _wait.SLEEP_IDLE
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = IDLE, IDLE / 20
_wait.wait_for_idle.__defaults__ = (IDLE, 1.0)


def app_of(
    document: Document | None,
    settings: Settings | None = None,
    day: datetime.date | None = None,
    opening: Opening | None = None,
    workspace: Callable[[], Workspace] | None = None,
    *,
    draws_frames: bool = False,
) -> BriefingApp:
    """An application that reads a document, or, without one, a library.

    Unless it ``draws_frames``, the screen is drawn only when a test reads it.
    """
    settings, opening = settings or Settings(), opening or Opening()
    session = None
    if document is not None:
        session = session_of(document, settings, day, opening, has_library=workspace is not None)
    app = BriefingApp(
        session,
        Opener(settings, directories()),
        workspace=workspace,
        surroundings=Surroundings(os.environ, terminal=opening.terminal),
        follow=opening.follow,
    )
    if not draws_frames:
        _undrawn.add(app)
    return app


def drawn(app: App[Any]) -> list[Strip]:
    """The rows of the screen, and of those that are seen behind it, as a terminal has them."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()
