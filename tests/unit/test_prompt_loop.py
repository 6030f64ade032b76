"""The loop of the line reader: lines in, answers out, and how it ends."""

from __future__ import annotations

import builtins
import signal
from collections.abc import Iterator

import pytest

from briefing_tui.briefing.terminal_text import wrap_words
from briefing_tui.linear import prompt_loop
from briefing_tui.linear.reader import LineReader
from tests.observatory import document
from tests.session_reader import SessionReader


@pytest.fixture(autouse=True)
def environment_stays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restore the terminal type and the handlers of signals, which the loop sets."""
    monkeypatch.setenv("TERM", "xterm")
    handlers = {number: signal.getsignal(number) for number in prompt_loop.ENDS}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def run(
    monkeypatch: pytest.MonkeyPatch,
    *lines: str | type[BaseException],
    spell: prompt_loop.Spell = str,
) -> list[str]:
    """Run the loop on some lines; return what happened when it left."""
    typed = iter(lines)
    log: list[str] = []

    def read(prompt: str) -> str:
        line = next(typed, EOFError)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr(builtins, "input", read)
    reader = LineReader(SessionReader(document()).session)
    assert prompt_loop.run(reader, lambda: log.append("left"), spell) == 0
    return log


def test_lines_are_answered_until_the_reader_quits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "2", "j", "q", "never read") == ["left"]
    output = capsys.readouterr().out
    assert output.startswith("The observatory on Mount Senn.")
    assert "Timeline, 37 events" in output
    assert "\x1b" not in output
    assert max(map(len, output.splitlines())) <= prompt_loop.WIDTH


@pytest.mark.parametrize(
    ("typed", "encoding", "line"),
    [
        (b"/Erdo\xe7an", "utf-8", "/Erdoçan"),
        (b"/Erdo\xe7an", "latin-1", "/Erdoçan"),
        (b"/Erdo\xe7an", "ascii", "/Erdoçan"),
        ("/Erdoğan".encode(), "utf-8", "/Erdoğan"),
        ("/Erdoğan".encode(), "ascii", "/Erdoğan"),
    ],
)
def test_a_line_is_decoded_as_the_terminal_sends_it(
    typed: bytes, encoding: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []

    def do(_: LineReader, command: str) -> str:
        commands.append(command)
        return ""

    monkeypatch.setattr(LineReader, "do", do)
    run(monkeypatch, typed.decode(encoding, "surrogateescape"))
    assert commands == [line]


def test_the_end_of_input_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "j") == ["left"]


def test_ctrl_c_cancels_and_the_second_in_a_row_leaves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("/", KeyboardInterrupt, "j", KeyboardInterrupt, KeyboardInterrupt, "never read")
    assert run(monkeypatch, *lines) == ["left"]
    assert capsys.readouterr().out.count("Ctrl-C again quits.") == 2


def test_a_closed_output_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(prompt_loop, "_say", fail)
    monkeypatch.setattr(prompt_loop, "_discard_output", lambda: None)
    assert run(monkeypatch, "j") == ["left"]


def test_answers_are_spelled_for_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "q", spell=str.upper)
    assert capsys.readouterr().out.startswith("THE OBSERVATORY ON MOUNT SENN.")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("incomprehensible", 5, ["incomprehensible"]),
        ("漢字 漢字", 5, ["漢字", "漢字"]),
        ("", 5, [""]),
    ],
)
def test_lines_are_wrapped_at_spaces(text: str, width: int, lines: list[str]) -> None:
    assert wrap_words(text, width) == lines
