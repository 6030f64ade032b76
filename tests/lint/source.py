"""The modules of the package as text and syntax trees, read once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "briefing_tui"


class Module(NamedTuple):
    """One module of the package."""

    name: str
    """Dotted name below the package, such as ``views.rows``; the package itself is ``__init__``."""
    path: PurePosixPath
    """Path below the package, such as ``views/rows.py``."""
    text: str
    tree: ast.Module

    @classmethod
    def parse(cls, name: str, text: str, path: PurePosixPath | None = None) -> Self:
        """Parse the text of a module.

        Raises:
            SyntaxError: The text is not Python.
        """
        path = path or PurePosixPath(*name.split(".")).with_suffix(".py")
        return cls(name, path, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Return the modules of the package, sorted by name."""
    return tuple(sorted(map(_read, PACKAGE.rglob("*.py")), key=lambda module: module.name))


def _read(path: Path) -> Module:
    relative = path.relative_to(PACKAGE)
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module.parse(name, path.read_text(encoding="utf-8"), PurePosixPath(relative))
