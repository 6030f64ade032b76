"""Comparing with the files in ``data/golden``.

After a wanted change ``GOLDEN=update pytest tests/unit`` writes them anew; read the diff.
"""

from __future__ import annotations

import os

from tests.conftest import DATA

GOLDEN = DATA / "golden"


def same_as_golden(name: str, text: str) -> None:
    """Fail unless a text is what the file of that name holds."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "update":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"no {path}; GOLDEN=update writes it"
    assert text == path.read_text(encoding="utf-8"), f"not as in {path}; GOLDEN=update writes it"
