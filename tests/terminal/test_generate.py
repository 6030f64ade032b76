"""The generated briefings that the large cases are made of."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.generate import briefing
from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load
from tests.terminal.pty_program import ROOT


@pytest.mark.parametrize("events", [0, 1, 2, 7, 60, 500])
def test_a_generated_briefing_passes_its_check(events: int) -> None:
    document = load(briefing(events).encode(), "generated")
    assert check(document) == []
    assert len(document.briefing.timeline) == events


def test_a_briefing_depends_on_size_and_seed_only() -> None:
    assert briefing(50) == briefing(50)
    assert briefing(50, seed=2) != briefing(50)


def test_it_is_a_program_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.generate", "30"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert ran.stdout == briefing(30).encode()
