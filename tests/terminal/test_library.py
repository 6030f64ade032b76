"""A library on a terminal: lists and directories, no screen, leaving while it is indexed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from benchmarks.library import write
from tests.shelves import HARBOUR
from tests.terminal.pty_program import DEADLINE, PROGRAM, Program, environment


def processes_with(variable: str) -> list[int]:
    """The processes in whose environment a text is."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if variable.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are not listed")
def test_leaving_while_it_is_indexed_leaves_no_process(tmp_path: Path) -> None:
    write(150, tmp_path / "many")
    env = environment(BRIEFING_TUI_CACHE=str(tmp_path / "cache"))
    with Program(f"{PROGRAM} {shlex.quote(str(tmp_path / 'many'))}", env=env) as program:
        program.wait("Library")
        program.type("q")
        assert program.wait_end() == 0
    end = time.monotonic() + DEADLINE
    while processes_with(str(tmp_path / "cache")):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_was_read_of_a_list_leaves_the_keys_to_the_terminal(tmp_path: Path) -> None:
    env = environment(BRIEFING_TUI_CACHE=str(tmp_path))
    listed = f"ls {shlex.quote(str(HARBOUR))}/*.yaml | {PROGRAM} library --files -"
    with Program(listed, env=env) as program:
        program.wait("4 briefings")
        program.type("j")
        program.wait("4 briefings · 2/4")
        program.type("q")
        assert program.wait_end() == 0


def test_a_mistaken_pattern_in_an_ignore_file_leaves_the_library_readable(tmp_path: Path) -> None:
    library = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    (library / ".gitignore").write_text("night-line.yaml\n[z-a]\n")
    env = environment(BRIEFING_TUI_CACHE=str(tmp_path / "cache"))
    with Program(f"{PROGRAM} {shlex.quote(str(library))}", env=env) as program:
        program.wait(".gitignore:2: pattern [z-a] skipped: the range z-a is reversed")
        assert "Two ferries" in program.text
        assert "The night line ends" not in program.text
        program.type("j")
        program.wait("5 briefings · 2/5")
        program.type("q")
        assert program.wait_end() == 0


def test_the_bundled_briefings_are_listed_from_a_directory_that_git_ignores(
    tmp_path: Path,
) -> None:
    root = Path(__file__).parents[2]
    site = tmp_path / "clone" / ".venv" / "site-packages"
    shutil.copytree(root / "briefing_tui", site / "briefing_tui")
    shutil.copytree(root / "content", site / "briefing_tui" / "content", dirs_exist_ok=True)
    (tmp_path / "clone" / ".git").mkdir()
    (tmp_path / "clone" / ".gitignore").write_text(".venv/\n")
    env = environment(BRIEFING_TUI_CACHE=str(tmp_path / "cache"), PYTHONPATH=str(site))
    with Program(f"{PROGRAM} library", env=env, cwd=tmp_path) as program:
        program.wait("Library content")
        program.wait("India and Russia")
        assert "No briefings" not in program.text
        program.type("q")
        assert program.wait_end() == 0


def test_without_a_screen_it_is_printed(tmp_path: Path) -> None:
    library = shutil.copytree(HARBOUR, tmp_path / "harbour")
    env = {**os.environ, **environment(BRIEFING_TUI_CACHE="")}
    done = subprocess.run(
        [*shlex.split(PROGRAM), "harbour"],
        cwd=tmp_path,
        env={**env, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"2022-01-07  {Path(library).name}/night-line.yaml: The night line ends"
    assert "unfinished.yaml: 3:8: E101" in lines[-1]
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("opened", "wish"), [("--follow .", ""), (".", "true"), ("night-line.yaml", "true")]
)
def test_a_briefing_is_followed_however_it_is_opened(
    opened: str, wish: str, tmp_path: Path
) -> None:
    file = tmp_path / "night-line.yaml"
    shutil.copy(HARBOUR / file.name, file)
    env = environment(BRIEFING_TUI_FOLLOW=wish or None, PYTHONPATH=str(Path(__file__).parents[2]))
    with Program(f"{PROGRAM} {opened}", env=env, cwd=tmp_path) as program:
        if opened.endswith("."):
            program.wait("1 briefing")
            program.type("\r")
        program.wait("Bottom line")
        program.wait("[1 Summary]")
        file.write_text(file.read_text().replace("last voyage", "first voyage"))
        program.wait("Reloaded: ")
        assert "first voyage" in program.text
