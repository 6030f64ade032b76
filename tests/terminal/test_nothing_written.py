"""With everything turned off that writes, a session leaves no file and changes none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.conftest import DATA
from tests.terminal.pty_program import Program, environment

OFF = {
    **{f"BRIEFING_TUI_{name}": "" for name in ("STATE", "DATA", "CACHE")},
    **{f"BRIEFING_TUI_{name}": "no" for name in ("FILES", "EDITOR")},
    "BRIEFING_TUI_MARKS": "off",
}


def tree(root: Path) -> dict[str, tuple[int, int, int]]:
    stats = {str(path.relative_to(root)): path.stat() for path in (root, *root.rglob("*"))}
    return {name: (one.st_ino, one.st_size, one.st_mtime_ns) for name, one in stats.items()}


def test_no_file_is_written(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    shutil.copytree(DATA / "harbour", home / "library")
    names = {"HOME": str(home), "TMPDIR": str(temporary)}
    before = tree(home)
    command = f"cd {home} && exec {sys.executable} -m briefing_tui library library"
    environ = environment(PYTHONDONTWRITEBYTECODE="1", **OFF, **names)
    with Program(command, env=environ) as program:
        program.wait("1/6")
        program.type("enter")
        program.wait("1 Summary")
        for key, says in (
            ("b", "Starred, for this session only"),
            ("w", "Writing files is turned off in the configuration"),
            ("E", "The configuration does not let the reader start an editor"),
            ("ma", "Mark a set"),
            ("D", "No actor or deal here"),
        ):
            program.type(*key)
            program.wait(says)
        program.type("Q")
        assert program.wait_end() == 0
    assert tree(home) == before
    assert list(temporary.iterdir()) == []
