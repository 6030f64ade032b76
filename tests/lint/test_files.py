"""Files are opened in one guarded way, and output is written in one place.

A name may lead to a pipe, a device or a file without an end; what is printed may hold control
characters. What guards against these is in one module each, and nothing else opens or prints.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.lint.source import Module, modules

OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fdopen"}
GUARDS = {"briefing.document", "storage.atomic_write", "driver.crash_report"}
"""Modules that open files: to read, to write, and to write from within the driver."""
PRINTS = {"print", "echo", "secho"}
WRITERS = {"cli.output", "linear.prompt_loop", "tui.app"}
STREAMS = {"stdout", "stderr"}


def violations(module: Module) -> Iterator[str]:
    """Yield what a module opens or prints, and may not."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else ""
        name = function.id if isinstance(function, ast.Name) else name
        if name in OPENS and module.name not in GUARDS and not _is_harmless(node):
            yield f"{module.path}:{node.lineno}: opens a file ({name})"
        is_stream = isinstance(function, ast.Attribute) and _last_name(function.value) in STREAMS
        is_writing = is_stream and name in ("write", "writelines")
        if (name in PRINTS or is_writing) and module.name not in WRITERS:
            yield f"{module.path}:{node.lineno}: prints ({name})"


def _is_harmless(call: ast.Call) -> bool:
    """Return whether a call opens no file whose name comes from outside."""
    text = ast.unparse(call)
    is_guarded = any(
        keyword.arg == "opener" and ast.unparse(keyword.value) == "open_regular"
        for keyword in call.keywords
    )
    # `read_bytes` of the guard has the name of what it replaces.
    is_guard = isinstance(call.func, ast.Name) and call.func.id == "read_bytes"
    is_known = any(name in text for name in ("os.devnull", "'/dev/tty'", "os.ttyname"))
    is_other = "os.O_DIRECTORY" in text or text.startswith(
        ("Path(__file__)", "os.fdopen(", "open(0", *("self._device.", "self.host.", "webbrowser."))
    )
    return is_guarded or is_guard or is_known or is_other


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_files_are_opened_and_lines_printed_in_one_place_each() -> None:
    assert [line for module in modules() for line in violations(module)] == []


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "open(path, 'rb', opener=None)",
        "Path(name).open()",
        "path.read_text()",
        "path.read_bytes()",
        "path.write_text('x')",
        "os.open(path, os.O_RDONLY)",
        "print('x')",
        "click.echo('x')",
        "sys.stdout.write('x')",
        "sys.stderr.writelines(lines)",
    ],
)
def test_a_violation_is_found(code: str) -> None:
    assert len([*violations(Module.parse("views.rows", code))]) == 1


@pytest.mark.parametrize(
    "code",
    [
        "read_bytes(path)",
        "open(path, 'rb', opener=open_regular)",
        "os.open(os.devnull, os.O_WRONLY)",
        "Path(__file__).with_suffix('.txt').read_text()",
        "self._device.open(self)",
        "file.write('x')",
    ],
)
def test_what_is_guarded_is_allowed(code: str) -> None:
    assert [*violations(Module.parse("views.rows", code))] == []
