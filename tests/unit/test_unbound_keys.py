"""What both faces say about a key without a command."""

# ruff: noqa: RUF001 - letters of other scripts look like Latin ones

from __future__ import annotations

import pytest

from briefing_tui.commands.registry import effective_keys
from briefing_tui.commands.unbound_keys import UnboundKeys
from briefing_tui.views.scene import scene_of
from tests.observatory import document
from tests.sessions import line_reader

LAYOUT = "switch the keyboard layout, or set [keys]"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("x", "x"),
        ("semicolon", ";"),
        ("alt+up", "Alt-↑"),
        ("ctrl+x", "Ctrl-x"),
        ("f5", "F5"),
        ("delete", "Del"),
        ("é", "é"),
        ("ö", "ö"),
        ("“e\u0301”", "“e\u0301”"),
        ("“ctrl+c”", "“ctrl+c”"),
        ("zero_width_joiner", "zero width joiner"),
    ],
)
def test_a_key_is_named_with_the_key_of_the_help(key: str, name: str) -> None:
    assert (
        UnboundKeys(effective_keys({})).message(key) == f"No command on {name} · ? lists the keys"
    )


def test_the_key_of_the_help_is_that_of_the_user() -> None:
    keys = UnboundKeys(effective_keys({"help": "f1"}))
    assert keys.message("x") == "No command on x · F1 lists the keys"
    assert keys.message("x", can_help=False) == "No command on x here · Esc closes"


@pytest.mark.parametrize("letter", ["о", "О", "ξ", "ת", "م", "ก", "か", "中", "५"])
def test_another_layout_is_explained_once(letter: str) -> None:
    keys = UnboundKeys(effective_keys({}))
    assert keys.message("x") == "No command on x · ? lists the keys"
    assert keys.message(letter) == f"No command on {letter} · {LAYOUT}"
    assert keys.message(letter) == f"No command on {letter} · ? lists the keys"


def test_line_by_line() -> None:
    reader = line_reader(scene_of(document()))
    assert reader.do("x") == "No command on x, ? lists the keys."
    assert reader.do("о") == f"No command on о, {LAYOUT}."
    assert reader.do("о") == "No command on о, ? lists the keys."
    assert reader.do("xyzzy").startswith("No such command")
