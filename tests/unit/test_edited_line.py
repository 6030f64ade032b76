"""A line that is edited: what every key does to its text and cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.linear.edited_line import (
    EDITS,
    MAX_HISTORY,
    MAX_LENGTH,
    EditedLine,
    history_with,
)


def line(marked: str) -> EditedLine:
    """A line whose cursor is at the sign |."""
    before, _, after = marked.partition("|")
    return EditedLine((before + after,), cursor=len(before))


def marked(edited: EditedLine) -> str:
    """The text of a line with the sign | at its cursor."""
    return f"{edited.text[: edited.cursor]}|{edited.text[edited.cursor :]}"


def pressed(edited: EditedLine, *keys: str) -> EditedLine:
    for key in keys:
        edited = edited.press(key, key if len(key) == 1 else None)
    return edited


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("ab|", "left", "a|b"),
        ("ab|", "ctrl+b ctrl+b ctrl+b", "|ab"),
        ("|ab", "right", "a|b"),
        ("a|b", "ctrl+f ctrl+f", "ab|"),
        ("a|b", "home", "|ab"),
        ("a|b", "end", "ab|"),
        ("a|b", "ctrl+a x ctrl+e y", "xaby|"),
        ("ab|c", "backspace", "a|c"),
        ("|c", "backspace", "|c"),
        ("a|bc", "delete ctrl+d", "a|"),
        ("one two|", "alt+b", "one |two"),
        ("one, two |", "ctrl+left alt+left", "|one, two "),
        ("|one, two", "alt+f ctrl+right", "one, two|"),
        ("one |two", "ctrl+u", "|two"),
        ("one |two", "ctrl+k", "one |"),
        ("see one/two |", "ctrl+w", "see |"),
        ("see one/two |", "alt+backspace", "see one/|"),
        ("one| two three", "alt+d", "one| three"),
        ("one |two", "ctrl+k home ctrl+y", "two|one "),
        ("one |two", "ctrl+k ctrl+k ctrl+y ctrl+y", "one twotwo|"),
        ("a|b", "tab", "a\t|b"),
        ("a|b", "f5 pageup escape shift+tab alt+x super+j", "a|b"),
        ("ae\u0301|x", "left", "a|e\u0301x"),
        ("ae\u0301|x", "backspace", "a|x"),
        ("|e\u0301x", "delete", "|x"),
        ("🇮🇳|", "backspace", "|"),
        ("a\t|", "left left", "|a\t"),
    ],
)
def test_a_key_edits(before: str, keys: str, after: str) -> None:
    assert marked(pressed(line(before), *keys.split(" "))) == after


@pytest.mark.parametrize(
    ("typed", "inserted"),
    [
        ("Erdoğan", "Erdoğan"),
        ("漢字 مرحبا", "漢字 مرحبا"),
        ("\udce7\udca0\udcff", "\udce7\udca0\udcff"),  # bytes of ISO 8859-1
        ("a\x9b31m\udc9bb", "a31mb"),
        ("a\u202eb\x1bc\x07", "abc"),
        ("a\u2028b", "a b"),
    ],
)
def test_what_no_terminal_shows_is_not_inserted(typed: str, inserted: str) -> None:
    assert EditedLine().press("typed", typed).text == inserted


def test_a_line_has_a_limit() -> None:
    full = EditedLine().insert("x" * MAX_LENGTH)
    assert pressed(full, "y").text == full.text
    assert pressed(full, "backspace", "y").text.endswith("xy")


def test_earlier_lines_come_back_and_can_be_edited() -> None:
    edited = pressed(EditedLine.after(("one", "two")), "n", "e", "w")
    assert marked(pressed(edited, "up")) == "two|"
    assert marked(pressed(edited, "ctrl+p", "up", "up")) == "one|"
    assert marked(pressed(edited, "up", "down", "ctrl+n", "down")) == "new|"
    assert marked(pressed(edited, "up", "!", "up", "down")) == "two!|"


def test_the_history_has_no_empty_lines_and_no_line_twice_in_a_row() -> None:
    history: tuple[str, ...] = ()
    for entered in ("one", "", "one", "two", "one"):
        history = history_with(history, entered)
    assert history == ("one", "two", "one")
    for number in range(MAX_HISTORY):
        history = history_with(history, str(number))
    assert (len(history), history[0]) == (MAX_HISTORY, "0")


KILLS = ("ctrl+u", "ctrl+k", "ctrl+y")


class Model:
    """Characters before and after the cursor."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self.after: list[str] = []
        self.killed: list[str] = []

    def press(self, key: str) -> None:
        match key:
            case "left" if self.before:
                self.after.insert(0, self.before.pop())
            case "right" if self.after:
                self.before.append(self.after.pop(0))
            case "home":
                self.before, self.after = [], self.before + self.after
            case "end":
                self.before, self.after = self.before + self.after, []
            case "backspace" if self.before:
                self.before.pop()
            case "delete" if self.after:
                self.after.pop(0)
            case "ctrl+u" if self.before:
                self.killed, self.before = self.before, []
            case "ctrl+k" if self.after:
                self.killed, self.after = self.after, []
            case "ctrl+y":
                self.before += self.killed
            case _ if len(key) == 1:
                self.before.append(key)

    def __str__(self) -> str:
        return "".join((*self.before, "|", *self.after))


@given(
    st.lists(
        st.sampled_from([*"ab 漢", "left", "right", "home", "end", "backspace", "delete", *KILLS]),
        max_size=60,
    )
)
def test_text_and_cursor_are_those_of_a_model(keys: list[str]) -> None:
    model, edited = Model(), EditedLine()
    for key in keys:
        model.press(key)
        edited = pressed(edited, key)
        assert marked(edited) == str(model)


@given(st.lists(st.sampled_from([*"a漢\u0301\u200d🇮 ", *EDITS]), max_size=60))
def test_the_cursor_stays_in_the_line_and_other_lines_stay(keys: list[str]) -> None:
    edited = EditedLine.after(("one two", "漢字"))
    for key in keys:
        former, edited = edited, pressed(edited, key)
        assert 0 <= edited.cursor <= len(edited.text)
        assert len(edited.lines) == 3
        unchanged = {0, 1, 2} - {former.place}
        assert all(edited.lines[place] == former.lines[place] for place in unchanged)
