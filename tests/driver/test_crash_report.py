"""Crash reports: whose fault it was, and a few private logs."""

from __future__ import annotations

import os
import resource
import stat
import time
from pathlib import Path

import pytest

from briefing_tui.driver.crash_report import report_crash


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(24, "Too many open files"), "the system refused what it needs: Too many open"),
        (MemoryError(), "there is not enough memory"),
        (KeyError("x"), "a mistake of the program ended it (KeyError)"),
    ],
)
def test_a_report_says_what_ended_the_program(error: Exception, cause: str) -> None:
    assert report_crash("program", error, None).startswith(f"program: {cause}")


def test_logs_are_few_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        for second in range(9):
            monkeypatch.setattr(time, "strftime", lambda _, second=second: str(second))
            report_crash("program", KeyError(), tmp_path)
    finally:
        os.umask(before)
    logs = sorted(tmp_path.iterdir())
    assert [log.name[:8] for log in logs] == [f"crash-{number}-" for number in range(4, 9)]
    assert {stat.S_IMODE(log.stat().st_mode) for log in logs} == {0o600}


def test_no_empty_log_is_left_on_a_full_disk(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        assert "File too large" in report_crash("program", KeyError(), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [*tmp_path.iterdir()] == []
