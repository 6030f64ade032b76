"""A line on the terminal: what stands there is the text around the cursor, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.terminal_text import cell_width, clusters
from briefing_tui.linear.edited_line import EDITS, EditedLine
from briefing_tui.linear.line_display import LineDisplay


class Terminal:
    """The last line of a terminal that knows backspace, carriage return and newline."""

    def __init__(self, width: int, *, joins: bool = False) -> None:
        self.width = width
        self.column = 0
        self.cells: list[str] = []
        """The characters with their marks; the second half of a wide one is empty."""
        self.finished: list[str] = []
        """The lines above."""
        self._joins = joins

    def write(self, text: str) -> None:
        for character in text:
            match character:
                case "\b":
                    self.column = max(self.column - 1, 0)
                case "\r":
                    self.column = 0
                case "\n":
                    self.finished.append(self.line)
                    self.column, self.cells = 0, []
                case _:
                    assert character >= " "
                    self._draw(character)
        limit = max(self.width - 1, 1)
        assert self.column <= limit
        assert len(self.cells) <= limit

    def resize(self, width: int) -> None:
        self.width = width
        self.column = min(self.column, max(width - 1, 1))
        del self.cells[width:]

    @property
    def line(self) -> str:
        return "".join(self.cells).rstrip(" ")

    def halves(self) -> tuple[str, str]:
        """What is before the cursor and what is after it."""
        return "".join(self.cells[: self.column]), "".join(self.cells[self.column :]).rstrip(" ")

    def _draw(self, character: str) -> None:
        last = next((at for at in range(self.column)[::-1] if self.cells[at]), None)
        if last is not None and (
            not cell_width(character) or (self._joins and self.cells[last].endswith("\u200d"))
        ):
            self.cells[last] += character
            if self._joins and cell_width(self.cells[last]) > self.column - last:
                self._put("")
            return
        self._put(character)
        for _ in range(cell_width(character) - 1):
            self._put("")

    def _put(self, text: str) -> None:
        self.cells[self.column : self.column + 1] = [text]
        self.column += 1


def shown(prompt: str, *texts: tuple[str, int], width: int) -> Terminal:
    """A terminal on which texts with cursors were drawn one after the other."""
    terminal, display = Terminal(width), LineDisplay(prompt)
    for text, cursor in texts:
        terminal.write(display.draw(text, cursor, width))
    return terminal


@pytest.mark.parametrize(
    ("width", "cursor", "halves"),
    [
        (20, 10, ("> abcdefghij", "")),
        (20, 3, ("> abc", "defghij")),
        (8, 10, ("> hij", "")),
        (8, 0, ("> ", "abcde")),
        (3, 10, ("j", "")),
        (3, 4, ("", "ef")),
        (1, 10, ("j", "")),
        (1, 4, ("", "e")),
    ],
)
def test_a_long_line_is_shown_around_the_cursor(
    width: int, cursor: int, halves: tuple[str, str]
) -> None:
    assert shown("> ", ("abcdefghij", cursor), width=width).halves() == halves


def test_a_prompt_without_room_beside_it_is_above() -> None:
    terminal = shown("As of, for example 2021-11: ", ("2019", 4), width=20)
    assert terminal.finished == ["As of, for example", "2021-11:"]
    assert terminal.halves() == ("2019", "")


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        (("ab", 2), ("abc", 3), "c"),
        (("ab", 2), ("a", 1), "\b \b"),
        (("ab", 2), ("ab", 0), "\b\b"),
        (("ab", 0), ("ab", 1), "a"),
        (("ac", 1), ("abc", 2), "bc\b"),
        (("漢字", 2), ("漢", 1), "\b\b  \b\b"),
        (("ab", 0), ("b", 0), "b \b\b"),
        (("e", 1), ("e\u0301", 2), "\be\u0301"),
        (("ab", 1), ("ab", 1), ""),
    ],
)
def test_only_what_changes_is_written(
    before: tuple[str, int], after: tuple[str, int], written: str
) -> None:
    display = LineDisplay("> ")
    display.draw(*before, 80)
    assert display.draw(*after, 80) == written


def test_a_line_that_a_smaller_terminal_cuts_is_drawn_on_a_new_one() -> None:
    display = LineDisplay("> ")
    display.draw("abcdefghij", 10, 80)
    assert display.draw("abcdefghij", 10, 70) == ""
    assert display.draw("abcdefghij", 10, 8).startswith("\n> ")


TEXT = [*"abc 漢😀", "\u0301", "\u200d", "\ufe0f", "🇮", "☎", "\t", "\udce7"]


@pytest.mark.parametrize("joins", [False, True])
@given(
    st.sampled_from(["> ", "Letter: ", "As of, for example 2021-11: "]),
    st.integers(1, 40),
    st.lists(
        st.sampled_from([*TEXT, *EDITS]) | st.integers(1, 40) | st.just("ctrl+l"), max_size=60
    ),
)
def test_what_stands_on_the_line_is_the_text_around_the_cursor(
    joins: bool, prompt: str, width: int, keys: list[str | int]
) -> None:
    terminal, display = Terminal(width, joins=joins), LineDisplay(prompt)
    line = EditedLine.after(("an earlier line, which is long", "漢字"))
    terminal.write(display.draw("", 0, width))
    for key in keys:
        if isinstance(key, int):
            terminal.resize(key)
        elif key == "ctrl+l":
            terminal.write(display.leave())
        else:
            line = line.press(key, key if key in TEXT else None)
        terminal.write(display.draw(line.drawn, line.cursor, terminal.width))
        is_above = not terminal.line.startswith(prompt.rstrip())
        room = max(terminal.width - 1, 1) - (0 if is_above else len(prompt))
        left, right = terminal.halves()
        left = left if is_above else left.removeprefix(prompt)
        before, after = expected(line, room)
        assert before.endswith(left)
        assert after.startswith(right)
        assert right or not after.rstrip() or after[0] == " "
        assert left or not before or (after and room < 6)


def expected(line: EditedLine, room: int) -> tuple[str, str]:
    """The text before the cursor and after it, as it is drawn."""
    halves, end = ["", ""], 0
    for character in clusters(line.drawn):
        end += len(character)
        drawn = character if cell_width(character[0]) else f" {character}"
        cells = max(cell_width(drawn), sum(map(cell_width, drawn)))
        halves[end > line.cursor] += "?" if cells > room else drawn
    return halves[0], halves[1]
