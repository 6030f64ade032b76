"""The driver is a library of its own, and works in a process whose terminal is not its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.profiles import thorough

DRIVER = Path(__file__).parents[2] / "briefing_tui" / "driver"
LIBRARIES = {*sys.stdlib_module_names, "rich", "textual"}
PROCESS = {"os", "signal", "termios", "tty"}
"""What belongs to a process rather than to a device."""
KNOWS_THE_PROCESS = {
    "capabilities",
    "crash_report",
    "input_reader",
    "output_writer",
    "tty_device",
    "tty_guard",
}


def imports(module: Path) -> Iterator[str]:
    """Return the full names that a module imports."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{node.names[0].name}"


def test_it_imports_nothing_of_the_program() -> None:
    violations = [
        f"{module.name}: {name}"
        for module in DRIVER.glob("*.py")
        for name in imports(module)
        if name.partition(".")[0] not in LIBRARIES and not name.startswith("briefing_tui.driver.")
    ]
    assert not violations


def test_only_the_device_of_a_process_uses_what_the_process_has() -> None:
    violations = [
        f"{module.name}: {name}"
        for module in DRIVER.glob("*.py")
        if module.stem not in KNOWS_THE_PROCESS
        for name in imports(module)
        if name.partition(".")[0] in PROCESS
    ]
    assert not violations


FRAME_RATE = """
import asyncio
import textual.screen
from textual import constants
{program}

async def run():
    async with app.run_test() as pilot:
        print(constants.MAX_FPS, round(1 / app.screen._update_timer._interval))

asyncio.run(run())
"""
READER = """
from briefing_tui.session.opener import Opener
from briefing_tui.settings.options import Settings
from briefing_tui.tui.app import BriefingApp
opener = Opener(Settings())
app = BriefingApp(opener.session(opener.read(None)))
"""
OTHER = """
from briefing_tui.driver.driver_app import TerminalApp
app = TerminalApp()
"""


@pytest.mark.parametrize(
    ("program", "variable", "rate"),
    [
        pytest.param(READER, None, "240", id="reader"),
        pytest.param(OTHER, "30", "30", id="another application"),
        pytest.param(READER, "30", "30", id="reader, configured", marks=thorough),
        pytest.param(OTHER, None, "240", id="another application, not configured", marks=thorough),
    ],
)
def test_the_frame_rate_does_not_depend_on_the_order_of_imports(
    program: str, variable: str | None, rate: str
) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL_")}
    if variable is not None:
        env["TEXTUAL_FPS"] = variable
    result = subprocess.run(
        [sys.executable, "-c", FRAME_RATE.format(program=program)],
        env=env,
        cwd=DRIVER.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.split() == [rate, rate], result.stderr
