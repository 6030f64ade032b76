"""Every scene of the table, as a picture for eyes and as text for diffs.

After a wanted change: ``GOLDEN=update pytest tests/snapshot``, and read the diff of the texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest

from briefing_tui.tui.themes import role_styles
from screenshots.pictures import without_ids
from screenshots.scenes import SCENES, Scene
from screenshots.stage import opened, picture, play, strips
from screenshots.twin import twin
from tests.golden import UPDATES, difference

GOLDEN = Path(__file__).parent / "__snapshots__" / "test_scenes"
SCROLLED = {
    *("wide-timeline", "ultra-edge", "source-text-wide"),
    *("wide-search", "ultra-as-of-last", "ultra-timeline"),
}
"""Scenes that scroll elsewhere if they are played in another size first."""
SMALLEST = (80, 24)
"""The smallest size whose scrolling larger sizes undo."""


def sittings(scenes: Iterable[Scene]) -> list[list[Scene]]:
    """The scenes in rows that one application plays: each begins with the keys of the one before.

    Starting an application takes as long as a dozen keys.
    """
    rows: list[list[Scene]] = []
    for scene in sorted(scenes, key=lambda scene: (len(scene.keys), scene.size)):
        row = next((row for row in rows if _leads(row[-1], scene)), None)
        if row is None:
            rows.append([scene])
        else:
            row.append(scene)
    return rows


def _leads(before: Scene, scene: Scene) -> bool:
    start = before._replace(name=scene.name, keys=scene.keys, size=scene.size)
    return (
        start == scene
        and scene.keys[: len(before.keys)] == before.keys
        and SMALLEST <= before.size <= scene.size
        and scene.name not in SCROLLED
    )


def names(sitting: list[Scene]) -> str:
    return ",".join(scene.name for scene in sitting)


@pytest.mark.usefixtures("same_pictures")
@pytest.mark.parametrize("sitting", sittings(SCENES), ids=names)
def test_scenes(sitting: list[Scene]) -> None:
    if differences := asyncio.run(differences_of(sitting)):
        pytest.fail("\n\n".join(differences), pytrace=False)


async def differences_of(sitting: list[Scene]) -> list[str]:
    """How the texts of the scenes differ, or the pictures of those whose text is the same."""
    differences = []
    before = None
    async with opened(sitting[0]) as pilot:
        for scene in sitting:
            await play(pilot, scene, before)
            before = scene
            text = twin(strips(pilot), role_styles(scene.theme)["base"])
            of_text = difference(golden(scene, "txt"), text)
            of_picture = difference(golden(scene, "svg"), without_ids(picture(pilot)))
            differences.append(of_text or of_picture)
    return [*filter(None, differences)]


def golden(scene: Scene, suffix: str) -> Path:
    return GOLDEN / f"test_scene[{scene.name}].{suffix}"


def test_no_golden_file_is_left_over() -> None:
    wanted = {golden(scene, suffix) for scene in SCENES for suffix in ("svg", "txt")}
    strays = {*GOLDEN.glob("*")} - wanted
    if UPDATES:
        for path in strays:
            path.unlink()
    else:
        assert not strays
