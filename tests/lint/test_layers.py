"""The direction of the arrows: what may import what, and that the core runs without a terminal."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import DATA
from tests.lint.source import ROOT, Module, modules

LAYERS = {
    "briefing": {"briefing"},
    "settings": {"briefing.problems", "settings"},
    "replacing": set[str](),
    "state": {"settings", "replacing"},
    "terminal": set[str](),
    "ttymodes": set[str](),
    "compiled": {"briefing", "settings", "replacing"},
    "attachments": {"briefing", "settings", "replacing"},
    "query": {"briefing", "query"},
    "writing": {"briefing", "writing"},
    "watch": {"briefing"},
    "views": {"briefing", "query", "views"},
    "library": {
        *("briefing", "query", "views", "library", "marks"),
        *("settings", "compiled", "replacing", "state"),
    },
    "marks": {"briefing", "views", "state", "attachments", "replacing", "marks"},
    "output": {"briefing", "views", "output", "compiled", "attachments"},
    "reader": {
        *("briefing", "query", "views", "library", "marks", "reader"),
        *("settings", "state", "terminal", "watch"),
    },
    "linear": {
        *("briefing", "views", "marks", "state", "linear", "ttymodes"),
        *("reader.commands", "reader.history", "reader.chrome"),
    },
    "diagnosis": {
        *("briefing", "views.glyphs", "diagnosis", "terminal", "ttymodes"),
        "reader.commands",
    },
    "cli": {
        *("briefing", "query", "views", "library", "marks", "output", "reader"),
        *("linear", "diagnosis", "writing", "watch", "cli"),
        *("settings", "state", "terminal", "compiled", "attachments", "replacing"),
    },
    "__main__": {"cli"},
    "__init__": set[str](),
}
"""For each part of the program the parts that it may import."""

PLAIN = {"reader.commands", "reader.keymap", "reader.history", "reader.chrome"}
"""Parts of the terminal half that commands without a terminal need."""

TERMINAL = {"textual", "rich"}


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every import in a module, at any level."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def within(name: str, parts: set[str]) -> bool:
    return any(f"{name}.".startswith(f"{part}.") for part in parts)


def layer(module: Module) -> str:
    return module.name.partition(".")[0]


def outside_layer(module: Module, allowed: set[str]) -> list[str]:
    """Return the imports of our own that a module's layer does not allow."""
    own = ((line, name.partition("briefing_tui.")[2]) for line, name in imports(module))
    return [
        f"{module.path}:{line} imports {name}"
        for line, name in own
        if name and name != "__version__" and not within(name, allowed)
    ]


def of_terminal(module: Module) -> list[str]:
    """Return the imports of terminal libraries in a module."""
    return [
        f"{module.path}:{line} imports {name}"
        for line, name in imports(module)
        if within(name, TERMINAL)
    ]


def test_every_part_has_a_layer() -> None:
    assert {layer(module) for module in modules()} == set(LAYERS)


def test_imports_are_absolute() -> None:
    assert [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ] == []


def test_imports_follow_the_arrows() -> None:
    assert [
        violation
        for module in modules()
        for violation in outside_layer(module, LAYERS[layer(module)])
    ] == []


def test_only_the_reader_imports_a_terminal_library() -> None:
    assert [
        violation
        for module in modules()
        if layer(module) != "reader" or module.name in PLAIN
        for violation in of_terminal(module)
    ] == []


def test_a_wrong_import_is_found_wherever_it_is() -> None:
    module = Module.parse(
        "query.seeded",
        "import textual.app\n"
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    from briefing_tui.reader import app\n"
        "def f():\n"
        "    import briefing_tui.cli\n"
        "    from rich.text import Text\n"
        "    from briefing_tui.briefing import model\n",
    )
    assert outside_layer(module, LAYERS["query"]) == [
        "query/seeded.py:4 imports reader.app",
        "query/seeded.py:6 imports cli",
    ]
    assert of_terminal(module) == [
        "query/seeded.py:1 imports textual.app",
        "query/seeded.py:7 imports rich.text.Text",
    ]


def test_time_is_passed_in() -> None:
    assert [
        f"{module.path}: {call}"
        for module in modules()
        for call in ("date.today(", "datetime.now(")
        if layer(module) != "cli" and call in module.text
    ] == []


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


CORE = [one.name for one in modules() if layer(one) not in ("reader", "cli", "__main__")]


def test_the_core_loads_neither_terminal_nor_command_line() -> None:
    names = [f"briefing_tui.{one}" for one in [*CORE, *sorted(PLAIN)]]
    found = loaded_by("\n".join(f"import {name}" for name in names))
    assert "yaml" in found
    assert not found & {*TERMINAL, "click"}


def test_reading_line_by_line_loads_no_terminal_library() -> None:
    found = loaded_by(
        "from briefing_tui.cli.common import configured\n"
        "from briefing_tui.cli.aloud import read_aloud\n"
        "from briefing_tui.linear import terminal\n"
        "def run(session, leave, spell):\n"
        "    session.do('star')\n"
        "    leave()\n"
        "    return 0\n"
        "terminal.run = run\n"
        "read_aloud('small.yaml', None, configured(), fresh=False)"
    )
    assert "msgspec" in found
    assert not found & TERMINAL


def test_the_command_line_loads_no_terminal_library() -> None:
    found = loaded_by("import briefing_tui.cli")
    assert "click" in found
    assert not found & TERMINAL


@pytest.mark.parametrize(
    "command",
    [
        ["check", "small.yaml"],
        ["show", "small.yaml"],
        ["small.yaml"],
        ["marks"],
        ["keys"],
        ["paths"],
    ],
)
def test_commands_answer_without_a_terminal_library(command: list[str]) -> None:
    found = loaded_by(f"from briefing_tui.cli import cli\ncli({command}, standalone_mode=False)")
    assert not found & TERMINAL
