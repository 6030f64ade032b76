"""The doctor on terminals that answer, that do not, and in tmux; it leaves them as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.commands.registry import effective_keys, key_name
from briefing_tui.doctor.key_presses import ASKED, keys_to_ask
from tests.terminal import pty_program
from tests.terminal.pty_program import PROGRAM, Program, environment
from tests.terminal.tmux_program import Tmux

DOCTOR = f"{PROGRAM} doctor"
PROMPT = f"  {key_name(keys_to_ask(effective_keys({}))[0])}:"


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that answers nothing."""
    monkeypatch.setattr(pty_program, "_ANSWERS", {})


def ends(program: Program, code: int = 0) -> str:
    """What a program has written that ends with a code and gives the terminal back."""
    assert program.wait_end() == code, program.text
    assert program.terminal_restored()
    assert b"Traceback" not in program.raw
    return program.raw.decode()


def test_a_terminal_that_answers() -> None:
    with Program(f"{DOCTOR} --no-keys", size=(100, 60)) as program:
        text = ends(program)
        assert "100 columns, 60 lines" in text
        assert "synchronized output  known" in text
        assert re.search(r"round trip +\S+", text)
        # This one tells the same position whatever was written.
        assert "the reported positions make no sense" in text
        assert "No problems found." in text


def test_a_terminal_that_does_not_answer(silent: None) -> None:
    with Program(f"{DOCTOR} --no-keys") as program:
        text = ends(program)
        assert "no answer; widths are not measured" in text
        assert text.count("\x1b[6n") == 1, "it is not asked again"


def test_half_an_answer_is_none(silent: None) -> None:
    with Program(f"{DOCTOR} --no-keys") as program:
        program.wait(lambda one: b"\x1b[6n" in one.raw)
        program.type("noise \x1b[2")
        assert "no answer; widths are not measured" in ends(program)


def test_keys_are_asked_for_until_they_are_ended() -> None:
    with Program(DOCTOR) as program:
        program.wait("Esc skips it, q ends.").wait(PROMPT)
        program.type("\x1b[B")
        program.wait("arrived")
        program.type("q")
        text = ends(program)
        assert re.search(r"↓ +arrives", text)


def test_ctrl_c_gives_the_terminal_back() -> None:
    with Program(f"{DOCTOR}; echo code $?") as program:
        program.wait(PROMPT)
        program.type("\x03")
        program.wait_end()
        assert program.terminal_restored()
        assert b"Traceback" not in program.raw


@pytest.mark.parametrize("term", ["dumb", None])
def test_a_terminal_without_a_screen_is_not_asked(term: str | None) -> None:
    with Program(DOCTOR, env=environment(TERM=term)) as program:
        text = ends(program, 1)
        assert "\x1b" not in text
        assert "plain = true" in text


def test_without_utf8_nothing_but_ascii_is_sent() -> None:
    env = environment(LANG="C", LC_ALL="en_US.ISO-8859-1")
    with Program(f"{DOCTOR} --no-keys", env=env) as program:
        text = ends(program, 1)
        assert text.isascii()
        assert "no UTF-8" in text


def test_the_report_can_be_piped_and_the_terminal_is_asked_all_the_same() -> None:
    with Program(f"{DOCTOR} --no-keys >report; cat report; rm report") as program:
        assert "synchronized output  known" in ends(program)


def test_as_json_without_a_terminal(tmp_path: Path) -> None:
    with Program(f"{DOCTOR} --json </dev/null | cat", cwd=tmp_path, env=env_with_path()) as one:
        one.wait_end()
        told = json.loads(one.raw.decode())
        assert told["problems"] == 0
        assert {"name": "terminal"}.items() <= told["findings"][4].items()


def env_with_path() -> dict[str, str]:
    return environment(PYTHONPATH=str(pty_program.ROOT))


def arrived(number: int) -> Callable[[Tmux], bool]:
    return lambda tmux: tmux.text.count(": arrived") == number


def test_in_tmux() -> None:
    asked = keys_to_ask(effective_keys({}))
    with Tmux(DOCTOR, size=(100, 120)) as tmux:
        tmux.wait(PROMPT)
        for number, key in enumerate(asked):
            tmux.wait(f"  {key_name(key)}:")
            tmux.press(key)
            tmux.wait(arrived(number + 1))
        tmux.wait("exit code 0")
        text = tmux.text
    assert "tmux, set-clipboard on" in text
    assert re.search(r"calls itself +tmux", text)
    assert re.search(r"(\d+) of \1 signs fit", text)
    assert "round trip" in text
    assert set(asked) <= set(ASKED)


def test_without_standard_input_no_keys_are_asked_for() -> None:
    with Program(f"{PROGRAM} doctor <&-") as program:
        program.wait_end()
        assert "Traceback" not in program.text
        assert "Press the key" not in program.text
