"""Workers are started in one way, by which no coroutine is left that is never awaited."""

from __future__ import annotations

import ast

from tests.lint.source import modules


def test_only_one_module_calls_run_worker() -> None:
    callers = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "run_worker"
    }
    assert callers == {"tui.workers"}
