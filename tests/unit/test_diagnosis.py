"""Diagnosis of a terminal that is made up: what it answers, and what is concluded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.commands.registry import COMMANDS, QUIT_KEYS, effective_keys
from briefing_tui.doctor import report
from briefing_tui.doctor.checks import Observations, findings, is_writable, locale_of, multiplexer
from briefing_tui.doctor.key_presses import (
    ASKED,
    KeyPress,
    ask_for_keys,
    escaped,
    keys_to_ask,
    unreachable_commands,
)
from briefing_tui.doctor.probes import (
    SCRIPTS,
    SIGNS,
    Answers,
    Tmux,
    measure_widths,
    probe,
    width_errors,
)
from briefing_tui.doctor.report import Finding, home_relative, proposals
from briefing_tui.doctor.terminal_connection import TerminalConnection
from briefing_tui.driver.capabilities import TRUE_COLOUR, Terminal
from briefing_tui.views import glyphs

GOOD = Terminal(screen=True, colours=TRUE_COLOUR, utf8=True, signs=True)
ANSWERS = Answers(
    round_trip=0.004,
    widths={text: cell_width(text) for text in (*SIGNS, *SCRIPTS)},
    modes={2026: True, 2004: True},
    version="made up 1.0",
)


class FakeLine(TerminalConnection):
    """A terminal that measures text, knows some modes, and has keys typed at it."""

    def __init__(
        self,
        widths: dict[str, int] | None = None,
        *,
        silent: bool = False,
        presses: Iterable[bytes] = (),
    ) -> None:
        self.asked = b""
        self.told = ""
        self._widths = widths or {}
        self._silent = silent
        self._presses = list(presses)

    def ask(self, question: bytes, answer: re.Pattern[bytes], seconds: float) -> bytes:
        self.asked += question
        if self._silent:
            return b""
        came = b""
        for text, code in re.findall(rb"([^\x1b]*)(\x1b\[[>?]?[\d$]*[a-zA-Z])", question):
            written = text.decode().rpartition("\r")[2]
            column = 1 + self._widths.get(written, cell_width(written))
            came += {
                b"\x1b[6n": b"\x1b[7;%dR" % column,
                b"\x1b[>q": b"\x1bP>|made up\x07\x1b\\",
                b"\x1b[?u": b"\x1b[?0u",
                b"\x1b[c": b"\x1b[?62;22c",
            }.get(code, b"")
        for mode in re.findall(rb"\?(\d+)\$p", question):
            came += b"\x1b[?%b;%d$y" % (mode, 2 if mode == b"2026" else 0)
        if b"\x1b[c" in question:
            came += b"\x1b[?62;22c"
        assert answer.search(came), "asked for what does not come"
        return came

    def read_key(self, seconds: float) -> bytes:
        return self._presses.pop(0) if self._presses else b""

    def show(self, text: str) -> None:
        self.told += text


def seen(**changes: object) -> Observations:
    plain = Observations(
        versions={"briefing-tui": "0.0"},
        environ={"TERM": "xterm-256color", "LANG": "C.UTF-8"},
        terminal=GOOD,
        encoding="utf-8",
        on_terminal=True,
        size=(80, 24),
        answers=ANSWERS,
        keys=effective_keys({}),
    )
    return plain._replace(**changes)  # type: ignore[arg-type]


def problems(**changes: object) -> dict[str, str]:
    return {one.name: one.problem for one in findings(seen(**changes)) if one.problem}


def value(name: str, **changes: object) -> str:
    return next(one.value for one in findings(seen(**changes)) if one.name == name)


def test_every_sign_of_the_program_is_measured() -> None:
    drawn = {glyphs.OCCURRED, glyphs.WARNING, glyphs.RULE, glyphs.CHOSEN, glyphs.BAR_WINDOW}
    assert drawn <= set(SIGNS)
    assert all(cell_width(sign) == 1 for sign in SIGNS)


def test_a_terminal_that_answers() -> None:
    line = FakeLine()
    told = probe(line, 0.3)
    assert told.round_trip is not None
    assert told.modes == {2026: True, 2004: False}
    assert told.version.startswith("made up") or not told.version
    assert width_errors(told.widths, {**SIGNS, **SCRIPTS}) == []
    assert line.asked.endswith(b"\r\x1b[K\x1b[6n"), "the line is left clean"


def test_a_terminal_that_does_not_answer_is_asked_once() -> None:
    line = FakeLine(silent=True)
    assert probe(line, 0.3) == Answers()
    assert line.asked == b"\x1b[6n"


def test_wrong_widths_are_told_in_words() -> None:
    widths = measure_widths(FakeLine({"⚠": 2, "漢字": 2}), [*SIGNS, *SCRIPTS], 0.3)
    assert width_errors(widths, SIGNS) == ["warning takes 2 cells, not 1"]
    assert width_errors(widths, SCRIPTS) == ["Chinese characters takes 2 cells, not 4"]


def test_positions_that_make_no_sense_measure_nothing() -> None:
    assert measure_widths(FakeLine({"ab": 0}), SIGNS, 0.3) == {}
    assert measure_widths(FakeLine(silent=True), SIGNS, 0.3) == {}


def test_letters_are_not_sent_where_they_would_be_garbage() -> None:
    line = FakeLine()
    probe(line, 0.3, letters=False)
    assert line.asked.isascii()


def test_a_good_terminal_has_no_problem_and_needs_no_setting() -> None:
    found = [*findings(seen())]
    assert [one for one in found if one.problem] == []
    assert proposals(found) == []
    assert report.as_text(found, "~/config.toml").endswith("\n\nNo problems found.\n")


def test_no_terminal_at_all() -> None:
    found = [*findings(seen(on_terminal=False, answers=None, size=None))]
    assert {one.group for one in found} == {"Program", "Terminal"}
    assert not any(one.problem for one in found)


@pytest.mark.parametrize(
    ("changes", "name", "told", "setting"),
    [
        ({"terminal": GOOD._replace(screen=False)}, "TERM", "plain text", "plain = true"),
        ({"terminal": GOOD._replace(utf8=False)}, "locale", "no UTF-8", None),
        ({"size": (19, 24)}, "size", "too small", None),
        ({"answers": ANSWERS._replace(round_trip=0.4)}, "round trip", "slow", "mouse = false"),
        (
            {"answers": ANSWERS._replace(widths={**ANSWERS.widths, "●": 2})},
            "glyph widths",
            "occurred takes 2 cells, not 1",
            "ascii = true",
        ),
        (
            {"environ": {"TERM": "screen", "STY": "1.x"}},
            "route",
            "screen keeps copies",
            'clipboard = "print"',
        ),
        (
            {"environ": {"TERM": "tmux", "TMUX": "x"}, "tmux": Tmux("off", "xterm")},
            "route",
            "set-clipboard on",
            None,
        ),
    ],
)
def test_a_problem_says_what_to_do(
    changes: dict[str, object], name: str, told: str, setting: str | None
) -> None:
    assert told in problems(**changes)[name]
    assert proposals(findings(seen(**changes))) == ([setting] if setting else [])


def test_what_is_no_problem() -> None:
    assert problems(answers=Answers()) == {}
    assert problems(environ={"TMUX": "x"}, tmux=Tmux("external", "xterm")) == {}
    assert problems(terminal=GOOD._replace(colours=0)) == {}
    assert problems(answers=ANSWERS._replace(widths={})) == {}
    odd = {**ANSWERS.widths, "漢字": 2}
    assert problems(answers=ANSWERS._replace(widths=odd)) == {}


def test_colours_say_what_is_chosen() -> None:
    assert value("colours") == "16 million; theme dark is chosen"
    assert value("colours", terminal=GOOD._replace(colours=16)).endswith("theme ansi is chosen")
    assert "AcceptEnv" not in value("colours", terminal=GOOD._replace(colours=256))
    assert "AcceptEnv" in value("colours", terminal=GOOD._replace(colours=256, remote=True))


@pytest.mark.parametrize(
    ("environ", "is_problem"),
    [
        ({"TERM": "xterm-256color", "STY": "1.a", "COLORTERM": "truecolor"}, True),
        ({"TERM": "screen-256color", "COLORTERM": "24bit"}, True),
        ({"TERM": "eterm-color", "COLORTERM": "truecolor"}, True),
        ({"TERM": "screen-256color", "TMUX": "x", "COLORTERM": "truecolor"}, False),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, False),
        ({"TERM": "screen-256color", "STY": "1.a"}, False),
        ({"TERM": "rxvt", "STY": "1.a", "COLORTERM": "rxvt-xpm"}, False),
    ],
)
def test_a_variable_of_the_terminal_outside_is_a_problem(
    environ: dict[str, str], is_problem: bool
) -> None:
    assert ("COLORTERM" in problems(environ=environ)) == is_problem


@pytest.mark.parametrize(
    ("colours", "environ", "is_advised"),
    [
        (16, {"TERM": "xterm"}, True),
        (256, {"TERM": "alacritty"}, True),
        (256, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, False),
        (256, {"TERM": "screen-256color"}, False),
        (16, {"TERM": "linux"}, False),
        (0, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (TRUE_COLOUR, {"TERM": "xterm-direct"}, False),
    ],
)
def test_few_colours_over_ssh_come_with_advice(
    colours: int, environ: dict[str, str], is_advised: bool
) -> None:
    terminal = GOOD._replace(colours=colours, remote=True)
    described = value("colours", terminal=terminal, environ=environ)
    assert ("SendEnv" in described) == is_advised


def test_what_ssh_changes_is_told() -> None:
    assert value("SSH") == "no"
    assert value("SSH", terminal=GOOD._replace(remote=True)) == "yes; a bar alone marks the row"


def test_multiplexers() -> None:
    assert multiplexer({"TMUX": "/tmp/x,1,0"}) == "tmux"
    assert multiplexer({"STY": "1.pts"}) == "screen"
    assert multiplexer({"ZELLIJ": "0", "TMUX": ""}) == "zellij"
    assert multiplexer({}) == ""


def test_no_address_and_no_user_in_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    environ = {
        "TERM": "xterm\x1b]0;x\x07",
        "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22",
        "USER": "somebody",
        "LANG": "de_DE.UTF-8",
    }
    found = findings(seen(environ=environ, paths={"configuration": tmp_path / ".config" / "x"}))
    text = report.as_text(found, home_relative(tmp_path / "c.toml"))
    assert "192.0.2" not in text
    assert "somebody" not in text
    assert str(tmp_path) not in text
    assert "~/.config/x" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("home", ["/", ""])
def test_a_home_at_the_root_hides_nothing(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    assert home_relative(Path("/etc/x")) == "/etc/x"


def test_a_neighbour_of_home_is_not_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/a")
    assert home_relative(Path("/home/ab/x")) == "/home/ab/x"
    assert home_relative(Path("/home/a")) == "~"


def test_tables_of_settings_stand_last() -> None:
    found = [
        Finding("g", "a", "", "p", ("keys.down", '"j"')),
        Finding("g", "b", "", "p", ("ascii", "true")),
        Finding("g", "c", "", "p", ("keys.up", '"k"')),
        Finding("g", "d", "", "p", ("ascii", "true")),
    ]
    assert proposals(found) == ["ascii = true", "[keys]", 'down = "j"', 'up = "k"']
    text = report.as_text(found, "~/c.toml")
    assert "Proposed for ~/c.toml\n  ascii = true\n  [keys]\n" in text
    assert text.endswith("4 problems found.\n")


def test_the_same_for_programs() -> None:
    told = report.as_data(findings(seen(size=(10, 2))))
    assert told["problems"] == 1
    assert {one["name"] for one in told["findings"]} >= {"TERM", "size", "round trip"}


def test_keys_that_may_not_arrive_are_asked_for() -> None:
    asked = keys_to_ask(effective_keys({}))
    assert {"enter", "tab", "shift+tab", "pageup", "ctrl+d", "left", "home"} <= set(asked)
    assert not set(asked) & {"j", "slash", "space", "escape", *QUIT_KEYS}
    assert len(asked) == len(set(asked))


def test_every_key_of_the_registry_is_asked_for_or_is_a_sign() -> None:
    for command in COMMANDS:
        for key in command.keys.split(","):
            assert key in ASKED or "+" not in key, key


def test_keys_are_pressed_skipped_and_ended() -> None:
    line = FakeLine(presses=[b"\x1b[B", b"\x1b", b"\x1b[99~", b"q", b"\t"])
    found = ask_for_keys(line, ["down", "up", "tab", "enter", "tab"])
    assert found == [
        KeyPress("down", b"\x1b[B"),
        KeyPress("up", None),
        KeyPress("tab", b"\x1b[99~"),
    ]
    assert [one.arrives for one in found] == [True, None, False]
    assert "↓: arrived" in line.told
    assert "Tab: came as \\x1b[99~" in line.told
    assert "\x1b" not in line.told
    assert ask_for_keys(FakeLine(), ["down"]) == []


def test_keys_are_taken_as_in_the_reader() -> None:
    presses = [b"\x1b[57441;2u", b"\x1b[9;2u\x1b[9;2:3u", b"\x1b[I", b"\n", b"\x1b[27u", b"\x08"]
    line = FakeLine(presses=[*presses, b"\x1b[102;5u", b"\x1b[113;;113u"])
    keys = ["shift+tab", "enter", "up", "backspace", "ctrl+f", "down"]
    pressed = [(press.key, press.arrives) for press in ask_for_keys(line, keys)]
    arriving = dict.fromkeys(("shift+tab", "enter", "backspace", "ctrl+f"), True)
    assert dict(pressed) == {**arriving, "up": None}


def test_bytes_of_keys_are_harmless() -> None:
    assert escaped(b"\x1b]0;x\x07\xff") == "\\x1b]0;x\\x07\\xff"
    assert len(escaped(b"\x00" * 999)) < 100


def test_a_command_without_a_key_gets_its_default_back() -> None:
    keys = effective_keys({"page-down": "ctrl+f", "down": "ctrl+n,j"})
    pressed = (KeyPress("ctrl+f", b"x"), KeyPress("ctrl+n", b"x"), KeyPress("ctrl+b", None))
    assert unreachable_commands(pressed, keys) == ["page-down"]
    found = [*findings(seen(pressed=pressed, keys=keys))]
    assert proposals(found) == ["[keys]", 'page-down = "space,pagedown,ctrl+f"']
    assert value("Ctrl-f", pressed=pressed) == "comes as x"


def test_locales() -> None:
    assert locale_of({}) == "not set"
    assert locale_of({"LANG": "C", "LC_ALL": "de_DE"}) == "LC_ALL=de_DE LANG=C"


def test_writable(tmp_path: Path) -> None:
    assert is_writable(tmp_path / "not" / "there")
    assert not is_writable(Path("/proc/1/nothing/here"))
