"""What cannot be shown: clear lines, the right exit code, and a terminal that is left alone."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.terminal.pty_program import PROGRAM, Program, environment

BROKEN = "briefing: 1\ntitle: [unclosed\nas_of: 2020\n"


@pytest.mark.parametrize(
    ("arguments", "content", "code", "told"),
    [
        ("nowhere.yaml", None, 2, "nowhere.yaml: No such file"),
        ("show .", None, 2, ".: this is a directory"),
        ("it.yaml", BROKEN, 1, "it.yaml:3:"),
        ("it.yaml", "", 1, "it.yaml:1:1: E101 "),
        ("it.yaml", "briefing: 2\n", 1, "it.yaml:1:11: E101 "),
        ("it.yaml", "just words\n", 1, "it.yaml:1:1: E101 "),
        ("show it.yaml", BROKEN, 1, "it.yaml:3:"),
        ("--theme drak", None, 2, "did you mean 'dark'"),
        ("--thme dark", None, 2, "--thme"),
        ("show --pane deal", None, 2, "did you mean 'deals'"),
    ],
)
def test_a_mistake(
    arguments: str, content: str | None, code: int, told: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "it.yaml").write_text(content, encoding="utf-8")
    _fails(arguments, code, told, tmp_path, environment())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("theme = \n", "config.toml: this is not TOML"),
        ('teme = "dark"\n', "config.toml:1: unknown key 'teme'"),
        ('theme = "drak"\n', "did you mean 'dark'"),
        ('[keys]\nserch = "x"\n', "unknown command 'serch'"),
        ('[keys]\nsearch = "j"\n', "given to both 'down' and 'search'"),
    ],
)
def test_a_configuration_that_cannot_be_used(content: str, told: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(content, encoding="utf-8")
    _fails("", 2, told, tmp_path, environment(BRIEFING_TUI_CONFIG=str(config)))


def _fails(arguments: str, code: int, told: str, directory: Path, env: dict[str, str]) -> None:
    errors = directory / "errors"
    root = env | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = f"{PROGRAM} {arguments} 2>{shlex.quote(str(errors))}"
    with Program(command, cwd=directory, env=root) as program:
        assert program.wait_end() == code
        assert program.raw == b"", "the terminal is not to be touched"
        assert program.terminal_restored()
    message = errors.read_text(encoding="utf-8")
    assert told in message
    assert "Traceback" not in message
    assert "\x1b" not in message
    lines = message.splitlines()
    # The usage that click puts before its own messages is two lines and a blank one.
    assert len(lines) <= (4 if lines[0].startswith("Usage:") else 2)


def test_a_mistake_is_told_on_the_terminal() -> None:
    with Program(f"{PROGRAM} nowhere.yaml") as program:
        assert program.wait_end() == 2
        assert program.lines[0] == "briefing-tui: nowhere.yaml: No such file or directory"
        assert b"\x1b" not in program.raw
