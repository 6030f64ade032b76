"""The watch of a session's file: what is reported at once, later, or not at all."""

from __future__ import annotations

import asyncio

from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.tui.file_watch import HOLDS, FileWatch
from tests.observatory import document
from tests.sessions import Opening, session_of

WHOLE = FileVersion(document())
HALF = FileVersion(None, "x.yaml:3:1: E101 this is not YAML", is_suspect=True)
WRITTEN = FileVersion(None, "x.yaml is being written", is_there=False)


def reports(*versions: FileVersion | None) -> tuple[list[FileVersion | None], FileWatch]:
    looks = iter(versions)
    session = session_of(document(), opening=Opening(look=lambda: next(looks)))
    watch = FileWatch(session, follow=True)

    async def checked() -> list[FileVersion | None]:
        return [await watch.check() for _ in versions]

    return asyncio.run(checked()), watch


def test_half_a_file_is_not_reported() -> None:
    assert reports(WRITTEN, HALF, None, WHOLE)[0] == [None, None, None, WHOLE]
    assert reports(HALF, WRITTEN, None, None, None, None)[0] == [None] * 6


def test_a_file_that_stays_broken_is_reported_once() -> None:
    assert reports(HALF, *[None] * 2 * HOLDS)[0] == [*[None] * HOLDS, HALF, *[None] * HOLDS]


def test_who_reloads_by_hand_gets_it_at_once() -> None:
    seen, watch = reports(HALF, None)
    assert seen == [None, None]
    assert watch.take_held() == HALF
    assert watch.take_held() is None
