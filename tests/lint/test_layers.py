"""The direction of the arrows: what may import what, and that the core runs without a terminal."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import DATA

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "briefing_tui"

PLAIN = {"driver.capabilities", "driver.tty_guard"}
"""Parts of the terminal half that commands without a terminal need."""

SCREEN = ("tui", "driver")
"""Packages that may import the terminal library."""

TERMINAL = {"textual", "rich"}


def modules() -> list[str]:
    """The names of all modules below the package."""
    paths = (path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in paths)


def path_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports(module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports, wherever in it that stands."""
    for node in ast.walk(ast.parse(path_of(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: write the import out"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def within(name: str, parts: set[str]) -> bool:
    return any(f"{name}.".startswith(f"{part}.") for part in parts)


def layer(module: str) -> str:
    return module.partition(".")[0]


def test_only_the_reader_knows_a_terminal_library() -> None:
    violations = [
        f"{path_of(module)}:{line} imports {name}"
        for module in modules()
        if layer(module) not in SCREEN or module in PLAIN
        for line, name in imports(module)
        if within(name, TERMINAL)
    ]
    assert violations == []


def test_time_is_passed_in() -> None:
    for module in modules():
        if layer(module) != "cli":
            source = path_of(module).read_text(encoding="utf-8")
            assert "date.today(" not in source, module
            assert "datetime.now(" not in source, module


def test_markup_is_made_in_one_place() -> None:
    """Only ``tui/strips.py`` builds rich text, so that no string of a file becomes markup."""
    for module in modules():
        if module not in ("tui.strips",):
            for line, name in imports(module):
                made = name in ("textual.content.Content", "rich.text.Text")
                typed = "TYPE_CHECKING" in path_of(module).read_text(encoding="utf-8")
                assert not made or typed, f"{path_of(module)}:{line} imports {name}"


def loaded_by(program: str) -> set[str]:
    """The top names that a fresh interpreter has loaded after running a program."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('loaded', *sys.modules)"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=DATA,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.rpartition("loaded ")[2].split()}


CORE = [one for one in modules() if layer(one) not in (*SCREEN, "cli", "__main__")]


def test_the_core_loads_neither_terminal_nor_command_line() -> None:
    names = [f"briefing_tui.{one}" for one in [*CORE, *sorted(PLAIN)]]
    found = loaded_by("\n".join(f"import {name}" for name in names))
    assert "yaml" in found
    assert not found & {*TERMINAL, "click"}


def test_reading_line_by_line_loads_no_terminal_library() -> None:
    found = loaded_by(
        "from briefing_tui.cli.settings import configured\n"
        "from briefing_tui.cli.linear_mode import read_aloud\n"
        "from briefing_tui.linear import prompt_loop\n"
        "from briefing_tui.surroundings import process_surroundings\n"
        "def run(session, leave, spell):\n"
        "    session.do('star')\n"
        "    leave()\n"
        "    return 0\n"
        "prompt_loop.run = run\n"
        "surroundings = process_surroundings()\n"
        "read_aloud('small.yaml', None, surroundings, configured(surroundings), fresh=False)"
    )
    assert "msgspec" in found
    assert not found & TERMINAL


def test_the_command_line_loads_no_terminal_library() -> None:
    found = loaded_by("import briefing_tui.cli")
    assert "click" in found
    assert not found & TERMINAL


def test_commands_answer_without_a_terminal_library() -> None:
    commands = (
        ["check", "small.yaml"],
        ["show", "small.yaml"],
        ["small.yaml"],
        ["marks"],
        ["keys"],
        ["paths"],
    )
    calls = "\n".join(f"cli({command}, standalone_mode=False)" for command in commands)
    assert not loaded_by(f"from briefing_tui.cli import cli\n{calls}") & TERMINAL


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
