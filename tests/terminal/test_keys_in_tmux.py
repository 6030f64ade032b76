"""Every command of the registry, by its first key in tmux at 80 by 24, with what it visibly does.

That the other keys of a command arrive from tmux is what the doctor tells; that they do the same is
tested without a terminal. One reader serves for many commands, each from the screen it began with.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing_tui.commands.registry import COMMANDS, Command
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, environment
from tests.terminal.tmux_program import Tmux

Seen = Callable[[Tmux], bool]


class Scenario(NamedTuple):
    """What a command must do, and what has to be done before it can."""

    seen: Seen
    """What is to be seen after the key, and is not before it."""
    before: tuple[tuple[str, Seen], ...] = ()
    """Keys that lead there, each with what to wait for."""


def shows(text: str) -> Seen:
    return lambda tmux: text in tmux.text


def hides(text: str) -> Seen:
    return lambda tmux: text not in tmux.text


def last_line(text: str) -> Seen:
    return lambda tmux: text in tmux.lines[-1]


def position(tmux: Tmux) -> tuple[int, int]:
    """Number of the highlighted row and how many there are, as the rule above the pane says."""
    found = re.search(r"━ .*?(\d+)/(\d+)", tmux.text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def at(number: int) -> Seen:
    return lambda tmux: position(tmux)[0] == number


def beyond(number: int) -> Seen:
    return lambda tmux: position(tmux)[0] > number


def at_last(tmux: Tmux) -> bool:
    number, rows = position(tmux)
    return rows > 1 and number == rows


def above_last(rows: int) -> Seen:
    return lambda tmux: 0 < position(tmux)[0] <= position(tmux)[1] - rows


def tab(title: str) -> Seen:
    return lambda tmux: f"[{title}]" in tmux.lines[1]


def of_own_date(tmux: Tmux) -> bool:
    return "as of 9 Jan 2019" in tmux.lines[0]


def of_other_date(tmux: Tmux) -> bool:
    return not of_own_date(tmux) and "As of " in tmux.lines[-1]


def of_last_day(tmux: Tmux) -> bool:
    return bool(re.search(r"day (\d+) of \1$", tmux.lines[1]))


def copied(start: str, part: str = "") -> Seen:
    """The paste buffer has it, and the last line says so."""

    def seen(tmux: Tmux) -> bool:
        found = tmux.paste_buffer
        return found.startswith(start) and part in found and "clipboard" in tmux.lines[-1]

    return seen


SUMMARY, TIMELINE, ACTORS, DEALS = "1 Summary", "2 Timeline", "3 Actors", "4 Deals"
FOLLOWED = (("enter", shows("Enter or 1–9 selects")), ("enter", tab(TIMELINE)))
SOUGHT = (
    ("slash", shows("Search all panes")),
    ("Ryabkov", last_line("1/")),
    ("enter", shows("━ 1 Summary")),
)
NARROWED = (("4", tab(DEALS)), ("f", shows("only S-400")))
TO_LAST = (("G", at_last),)

IN_LIBRARY = (("B", shows("1 briefing")),)

SCENARIOS = {
    "down": Scenario(at(2)),
    "up": Scenario(at(1), (("j", at(2)),)),
    "half-down": Scenario(beyond(2)),
    "half-up": Scenario(above_last(2), TO_LAST),
    "page-down": Scenario(beyond(3)),
    "page-up": Scenario(above_last(3), TO_LAST),
    "top": Scenario(at(1), TO_LAST),
    "bottom": Scenario(at_last),
    "pane-summary": Scenario(tab(SUMMARY), (("2", tab(TIMELINE)),)),
    "pane-timeline": Scenario(tab(TIMELINE)),
    "pane-actors": Scenario(tab(ACTORS)),
    "pane-deals": Scenario(tab(DEALS)),
    "next-pane": Scenario(tab(TIMELINE)),
    "previous-pane": Scenario(tab(DEALS)),
    "evidence": Scenario(shows("━ Evidence")),
    "zoom": Scenario(hides("─ Evidence")),
    "follow": Scenario(shows("Enter or 1–9 selects")),
    "back": Scenario(tab(SUMMARY), FOLLOWED),
    "forward": Scenario(tab(TIMELINE), (*FOLLOWED, ("H", tab(SUMMARY)))),
    "narrow": Scenario(shows("only S-400"), (("4", tab(DEALS)),)),
    "escape": Scenario(hides("only S-400"), NARROWED),
    "search": Scenario(shows("Search all panes")),
    "next-match": Scenario(last_line("2/"), SOUGHT),
    "previous-match": Scenario(
        lambda tmux: bool(re.search(r"\b(?!1/)(\d+)/\1\b", tmux.lines[-1])), SOUGHT
    ),
    "single-source": Scenario(last_line("/sources:1")),
    "palette": Scenario(shows("Half a page down")),
    "later": Scenario(of_other_date),
    "earlier": Scenario(of_other_date),
    "latest": Scenario(of_last_day),
    "earliest": Scenario(shows("day 1 of")),
    "own-date": Scenario(of_own_date, (("right_square_bracket", of_other_date),)),
    "as-of": Scenario(shows("━ As of")),
    "source": Scenario(shows("━ Source 1 of")),
    "open-link": Scenario(shows("━ Open")),
    "copy": Scenario(copied("Russia said on 9 January 2019")),
    "copy-pane": Scenario(copied("Summary (", "Open questions")),
    "cite": Scenario(copied("Russia said on 9 January 2019", "NDTV")),
    "plain": Scenario(shows("Plain text")),
    "write": Scenario(shows("━ Write the pane to")),
    "star": Scenario(last_line("Starred, for this session only")),
    "note": Scenario(shows("━ Note")),
    "edit-note": Scenario(last_line("No editor is set")),
    "mark": Scenario(shows("━ Mark this row")),
    "jump": Scenario(shows("━ Go to mark")),
    "next-unread": Scenario(last_line("Nothing is unread")),
    "previous-unread": Scenario(last_line("Nothing is unread")),
    "dossier": Scenario(shows("Dossier: S-400"), (("4", tab(DEALS)),)),
    "whole-dossier": Scenario(last_line("Only works in a dossier")),
    "library": Scenario(shows("━ Library")),
    "open": Scenario(shows("[1 Summary]"), IN_LIBRARY),
    "sort": Scenario(last_line("Sorted by title"), IN_LIBRARY),
    "group": Scenario(last_line("Grouped by year"), IN_LIBRARY),
    "rescan": Scenario(last_line("Nothing has changed on disk"), IN_LIBRARY),
    "theme": Scenario(last_line("Theme: light")),
    "reload": Scenario(last_line("The file has not changed")),
    "repaint": Scenario(last_line("Redrawn")),
    "help": Scenario(shows("Keys and signs")),
    "quit-step": Scenario(shows("exit code 0")),
    "quit": Scenario(shows("exit code 0")),
}


def test_every_command_has_its_scenario() -> None:
    assert list(SCENARIOS) == [command.id for command in COMMANDS]


class Readers:
    """A reader that shows what a new one shows; one that does not is replaced."""

    def __init__(self) -> None:
        self._tmux: Tmux | None = None
        self._begun: list[str] = []

    def fresh(self) -> Tmux:
        """The reader as it is after its start."""
        if self._tmux is None or not self._leads_back(self._tmux):
            self.close()
            self._tmux = Tmux(PROGRAM)
            self._tmux.wait("Bottom line").wait(last_line("? keys"))
            self._begun = self._tmux.lines
        return self._tmux

    def _leads_back(self, tmux: Tmux) -> bool:
        """Close what is open, and go to the first row of the first pane on the first date."""
        if self._as_begun(tmux):
            return True
        if "exit code" in tmux.text:
            return False
        tmux.press("escape", "escape", "equals_sign", "1", "g")
        try:
            tmux.wait(self._as_begun, deadline=_BACK)
        except AssertionError:
            return False
        return True

    def _as_begun(self, tmux: Tmux) -> bool:
        return tmux.lines == self._begun

    def close(self) -> None:
        """End the reader, if there is one."""
        if self._tmux is not None:
            self._tmux.close()
            self._tmux = None


_BACK = 0.5
"""Seconds in which a reader is led back where the machine is not busy; it is no more than tried."""


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    found = Readers()
    yield found
    found.close()


KINDS = {
    *("down", "page-down", "bottom", "pane-timeline", "next-pane", "follow", "back", "escape"),
    *("search", "later", "latest", "own-date", "as-of", "jump", "previous-unread", "help", "quit"),
}
"""Commands whose first keys are of every kind: letters, digits, signs, and keys with names."""


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, id=command.id, marks=() if command.id in KINDS else thorough)
        for command in COMMANDS
    ],
)
def test_key(command: Command, readers: Readers) -> None:
    scenario = SCENARIOS[command.id]
    tmux = readers.fresh()
    try:
        for pressed, seen in scenario.before:
            tmux.press(pressed)
            tmux.wait(seen)
        assert not scenario.seen(tmux)
        tmux.press(command.keys.split(",")[0])
        tmux.wait(scenario.seen)
    except AssertionError:
        readers.close()  # what it shows now is nothing to go on from
        raise


def test_a_link_is_opened_by_the_browser(tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" >>{shlex.quote(str(opened))}\n')
    browser.chmod(0o755)
    with Tmux(PROGRAM, env=environment(BROWSER=f"{browser} %s")) as tmux:
        tmux.wait("Bottom line")
        tmux.press("o")
        tmux.wait("━ Open")
        tmux.press("enter")
        tmux.wait(last_line("Opening https://"))
        tmux.wait(lambda _: opened.is_file() and opened.read_text().startswith("https://"))


def test_over_ssh_a_link_is_copied(tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(opened))}\n")
    browser.chmod(0o755)
    env = environment(BROWSER=f"{browser} %s", SSH_CONNECTION="192.0.2.1 50000 192.0.2.2 22")
    with Tmux(PROGRAM, env=env) as tmux:
        tmux.wait("Bottom line")
        tmux.press("o")
        tmux.wait("━ Open")
        tmux.press("enter")
        tmux.wait(copied("https://"))
    assert not opened.exists()


def test_the_shell_gets_its_screen_back() -> None:
    with Tmux(f"echo before; {PROGRAM}") as tmux:
        tmux.wait("Bottom line")
        assert "before" not in tmux.text
        tmux.press("q")
        tmux.wait("exit code 0")
        assert tmux.lines[:2] == ["before", "exit code 0"]
        tmux.press("typed is seen")
        tmux.wait("typed is seen")
