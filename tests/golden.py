"""Comparing with golden files: what a test found before, which someone has read and approved.

After a wanted change ``GOLDEN=update pytest tests/unit tests/snapshot`` writes them; read the diff.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

from tests.conftest import DATA

GOLDEN = DATA / "golden"
UPDATES = os.environ.get("GOLDEN") == "update"
"""Whether this run writes golden files in place of comparing with them."""
_COLUMNS = 300
"""Of a line in a difference; lines of pictures are long."""


def same_as_golden(name: str, text: str) -> None:
    """Fail unless a text is what the file of that name in ``data/golden`` holds."""
    path = GOLDEN / name
    path.parent.mkdir(exist_ok=True)
    assert not (problem := difference(path, text)), problem


def difference(path: Path, text: str) -> str:
    """Return a unified diff of a golden file and a text; empty if they are the same."""
    if UPDATES:
        path.write_text(text, encoding="utf-8", newline="\n")
        return ""
    if not path.is_file():
        return f"{path.name} is missing; GOLDEN=update writes it"
    golden = path.read_text(encoding="utf-8")
    if text == golden:
        return ""
    names = path.name, "this run (GOLDEN=update writes it)"
    lines = unified_diff(golden.splitlines(), text.splitlines(), *names, n=2, lineterm="")
    return "\n".join(line[:_COLUMNS] for line in lines) or f"{path.name} has other line ends"
