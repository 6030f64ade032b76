"""What is chosen for a terminal: the theme, and whether the highlighted row has a background."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.driver.capabilities import detect_terminal
from briefing_tui.settings.options import THEMES, Settings
from briefing_tui.tui.appearance import chosen_theme, has_row_background


@pytest.mark.parametrize("remote", [True, False])
@pytest.mark.parametrize("highlight", ["row", "bar", "auto"])
def test_a_row_has_no_background_over_a_slow_line(highlight: str, remote: bool) -> None:
    terminal = detect_terminal({"TERM": "xterm"})._replace(remote=remote)
    tinted = has_row_background(Settings(highlight=highlight), terminal)
    assert tinted == (highlight == "row" or (highlight == "auto" and not remote))
    assert has_row_background(Settings(), None)


@given(st.text() | st.sampled_from(THEMES), st.text() | st.sampled_from(THEMES))
def test_whatever_was_saved_there_is_a_theme(theme: str, replaced: str) -> None:
    assert chosen_theme((theme, replaced), "dark") in THEMES
