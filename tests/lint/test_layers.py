"""What import-linter cannot see: which libraries a command loads, and where time comes from."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tests.conftest import DATA
from tests.lint.source import ROOT, modules

WITHOUT_TERMINAL = {"driver.capabilities", "driver.tty_guard"}
"""Modules of the driver that commands without a screen need."""

SCREEN = {"tui", "driver"}
"""Packages that may import the terminal library."""

TERMINAL = {"textual", "rich"}

COMMANDS = (
    ["check", "small.yaml"],
    ["show", "small.yaml"],
    ["small.yaml"],
    ["marks"],
    ["keys"],
    ["paths"],
)
"""Commands that need no screen."""


def test_time_is_passed_in() -> None:
    assert [
        f"{module.path} {call}"
        for module in modules()
        for call in ("date.today(", "datetime.now(")
        if module.path.parts[0] != "cli" and call in module.text
    ] == []


def loaded_by(program: str) -> set[str]:
    """The top names that a fresh interpreter has loaded after running a program."""
    process = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('loaded', *sys.modules)"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=DATA,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return {name.partition(".")[0] for name in process.stdout.rpartition("loaded ")[2].split()}


def test_the_core_loads_neither_terminal_nor_command_line() -> None:
    names = [module.name for module in modules() if module.path.parts[0] not in SCREEN | {"cli"}]
    core = {*names, *WITHOUT_TERMINAL} - {"__init__", "__main__"}
    loaded = loaded_by("\n".join(f"import briefing_tui.{name}" for name in sorted(core)))
    assert "yaml" in loaded
    assert not loaded & {*TERMINAL, "click"}


def test_reading_line_by_line_loads_no_terminal_library() -> None:
    loaded = loaded_by(
        "import os\n"
        "from briefing_tui.cli.input import configured_opener\n"
        "from briefing_tui.cli.read import read_aloud\n"
        "from briefing_tui.linear import prompt_loop\n"
        "from briefing_tui.storage.directories import directories_of\n"
        "from briefing_tui.surroundings import Surroundings\n"
        "def run(session, leave, spell):\n"
        "    session.do('star')\n"
        "    leave()\n"
        "    return 0\n"
        "prompt_loop.run = run\n"
        "surroundings = Surroundings({}, directories_of(os.environ))\n"
        "opener = configured_opener(surroundings)\n"
        "read_aloud('small.yaml', None, surroundings, opener, fresh=False)"
    )
    assert "msgspec" in loaded
    assert not loaded & TERMINAL


def test_the_command_line_loads_no_terminal_library() -> None:
    loaded = loaded_by("import briefing_tui.cli")
    assert "click" in loaded
    assert not loaded & TERMINAL


def test_commands_answer_without_a_terminal_library() -> None:
    calls = "\n".join(
        f"with suppress(SystemExit):\n    cli({command}, standalone_mode=False)"
        for command in COMMANDS
    )
    loaded = loaded_by(
        f"from contextlib import suppress\nfrom briefing_tui.cli import cli\n{calls}"
    )
    assert "click" in loaded
    assert not loaded & TERMINAL


WITHOUT_TEXTUAL = ("textual", "briefing_tui.tui", "tests.apps", "tests.pilot", "tests.tui")


def test_the_unit_tests_do_not_import_textual() -> None:
    imports = {
        path.stem: {
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        for path in (ROOT / "tests" / "unit").glob("*.py")
    }
    assert {
        f"{test} imports {module}"
        for test, modules in imports.items()
        for module in modules
        if module.startswith(WITHOUT_TEXTUAL)
    } == set()
