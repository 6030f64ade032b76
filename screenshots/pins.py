"""The versions that pictures are drawn with; ``constraints.txt`` is where they are written down."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from textual import constants

ROOT = Path(__file__).resolve().parent.parent


def pinned(text: str) -> dict[str, str]:
    """The versions that a constraints file names, by distribution."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    pairs = (line.split("==", 1) for line in lines if "==" in line)
    return {name.strip(): wanted.strip() for name, wanted in pairs}


def unfit() -> str:
    """Why this machine draws other pictures; empty where it draws the same."""
    wanted = pinned((ROOT / "constraints.txt").read_text("utf-8"))
    found = {name: _installed(name) for name in wanted}
    other = [
        f"{name} {found[name] or 'is missing'}, not {wanted[name]}"
        for name in wanted
        if found[name] != wanted[name]
    ]
    # Read from the environment when the library is imported; a plug-in does so before our tests.
    if constants.FILTERS or constants.DIM_FACTOR != 0.66:
        other.append("TEXTUAL_FILTERS or TEXTUAL_DIM_FACTOR is set")
    if not other:
        return ""
    return f"pictures would differ: {'; '.join(other)}; use pip install -c constraints.txt"


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
