"""The faces agree; ``python -m tests.differential`` runs thousands of commands."""

from __future__ import annotations

import pytest

from tests.differential.comparison import NARROW, WIDE, difference
from tests.differential.steps import Step, sequence
from tests.differential.worlds import WORLDS, World


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_faces_agree(world: World) -> None:
    size = WIDE if world.library else NARROW
    assert (found := difference(world, sequence(world, 1, 8), size)) is None, found


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.differential.line_face.line_message", lambda *_: "another")
    found = difference(WORLDS[0], [Step("down")], NARROW)
    assert found is not None
    assert found.fields == ["message: 'another' | ''"]
