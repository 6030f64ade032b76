"""What the tests of programs on terminals share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal.pty_program import warm_starts


@pytest.fixture(autouse=True, scope="session")
def _warm_starts() -> Iterator[None]:
    with warm_starts():
        yield
