"""Every scene of the table, as a picture for eyes and as text for diffs.

After a wanted change: ``pytest tests/snapshot --snapshot-update``, and read the diff of the texts.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot

from briefing_tui.tui.themes import role_styles
from screenshots.scenes import SCENES, Scene
from screenshots.stage import environment, make_app, play, strips
from screenshots.twin import twin

GOLDEN = Path(__file__).parent / "__snapshots__" / "test_scenes"


class TextFile(SingleFileSnapshotExtension):
    """One golden text for each test, beside its picture."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.mark.usefixtures("same_pictures")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_scene(
    scene: Scene,
    snap_compare: Callable[..., bool],
    snapshot: SnapshotAssertion,
    request: pytest.FixtureRequest,
) -> None:
    seen: list[str] = []

    async def watch(pilot: Pilot[Any]) -> None:
        await play(pilot, scene)
        seen.append(twin(strips(pilot), role_styles(scene.theme)["base"]))

    with environment(scene):
        same_picture = snap_compare(make_app(scene), terminal_size=scene.size, run_before=watch)
    if seen[0] != snapshot.use_extension(TextFile):
        pytest.fail(difference(GOLDEN / f"{request.node.name}.txt", seen[0]), pytrace=False)
    assert same_picture, "the text is the same, the picture is not: see snapshot_report.html"


def test_no_golden_file_is_left_over(request: pytest.FixtureRequest) -> None:
    wanted = {
        f"test_scene[{scene.name}]{suffix}" for scene in SCENES for suffix in (".svg", ".txt")
    }
    strays = [path for path in GOLDEN.glob("*") if path.name not in wanted]
    if request.config.getoption("update_snapshots"):
        for path in strays:
            path.unlink()
    else:
        assert not strays


def difference(golden: Path, found: str) -> str:
    """A unified diff that a terminal can show."""
    if not golden.exists():
        return f"{golden.name} is missing; pytest tests/snapshot --snapshot-update writes it"
    wanted = golden.read_text("utf-8")
    lines = unified_diff(
        wanted.splitlines(), found.splitlines(), golden.name, "now", n=2, lineterm=""
    )
    return "\n".join(lines)
