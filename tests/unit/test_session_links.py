"""Following rows to what they are about, and going back."""

from __future__ import annotations

from briefing_tui.session.outcomes import ShowSources
from tests.observatory import document
from tests.session_reader import SessionReader


def test_one_link_is_followed_at_once() -> None:
    reader = SessionReader(document())
    reader.press("j", "enter")
    assert not reader.opened
    assert reader.place == ("actors", "actors/ministry")
    for back in ("backspace", "H"):
        reader.press(back)
        assert reader.place == ("summary", "key_points/0")
        reader.press("L")
        assert reader.place == ("actors", "actors/ministry")


def test_of_several_links_one_is_asked_for() -> None:
    reader = SessionReader(document())
    reader.press("enter")
    assert reader.opened == "Choose"
    assert "Great mirror" in reader.asked
    assert "First light" in reader.asked
    reader.press("escape")
    assert not reader.opened
    assert reader.place == ("summary", "bottom_line/0")
    reader.press("enter", "enter")
    assert reader.place == ("deals", "deals/mirror")
    reader.press("backspace", "enter", "2")
    assert reader.place == ("timeline", "timeline/first-light")
    reader.press("backspace", "enter", "j", "enter")
    assert reader.place == ("timeline", "timeline/first-light")
    reader.press("backspace", "enter", "down", "up", "enter")
    assert reader.place == ("deals", "deals/mirror")


SEVEN = [
    ("timeline", "timeline/crack"),
    ("actors", "actors/glassworks"),
    ("deals", "deals/mirror"),
    ("actors", "actors/vale"),
    ("actors", "actors/rook"),
    ("actors", "actors/ministry"),
    ("deals", "deals/dome"),
]


def test_every_digit_takes_its_link() -> None:
    reader = SessionReader(document())
    reader.press("j", "j")
    for number, place in enumerate(SEVEN, 1):
        reader.press("enter", str(number))
        assert reader.place == place
        reader.press("backspace")


def test_a_digit_without_a_link_takes_nothing() -> None:
    reader = SessionReader(document())
    reader.press("j", "j", "enter", "8", "9", "0")
    assert reader.opened == "Choose"
    reader.press("enter")
    assert reader.place == SEVEN[0]


def test_the_chooser_is_left_without_a_choice() -> None:
    reader = SessionReader(document())
    reader.press("j", "j")
    for key in ("escape", "q", "backspace"):
        reader.press("enter", key)
        assert not reader.opened
        assert reader.place == ("summary", "key_points/1")
    reader.press("backspace")
    assert reader.place == ("summary", "key_points/1")


def test_history_goes_both_ways_across_panes() -> None:
    reader = SessionReader(document())
    left = []
    for key in ("", "deals/mirror/milestones/0", ""):
        if key:
            reader.stand_on("deals", key)
        left.append(reader.place)
        reader.press("enter")
        if reader.opened:
            reader.press("1")
    arrived = reader.place
    assert left == [
        ("summary", "bottom_line/0"),
        ("deals", "deals/mirror/milestones/0"),
        ("actors", "actors/glassworks"),
    ]
    for place in reversed(left):
        reader.press("backspace")
        assert reader.place == place
    reader.press("backspace")
    assert reader.place == left[0]
    assert "start of the history" in reader.message
    for place in (*left[1:], arrived):
        reader.press("L")
        assert reader.place == place
    reader.press("L")
    assert reader.place == arrived
    assert reader.message == "Nothing to go forward to"
    reader.press("H")
    assert reader.place == left[-1]


def test_following_anew_forgets_the_way_ahead() -> None:
    reader = SessionReader(document())
    reader.press("j", "enter", "backspace", "k", "enter", "1")
    assert reader.place == ("deals", "deals/mirror")
    reader.press("L")
    assert reader.place == ("deals", "deals/mirror")
    reader.press("backspace")
    assert reader.place == ("summary", "bottom_line/0")
    reader.press("L")
    assert reader.place == ("deals", "deals/mirror")


def test_a_row_without_links_leads_to_its_sources() -> None:
    reader = SessionReader(document())
    reader.press("2", "g", "enter")
    assert reader.opened == "ShowSources"
    assert isinstance(reader.outcome, ShowSources)
    assert reader.outcome.sources == ("almanac",)
    reader.press("escape")
    assert reader.place == ("timeline", "timeline/founded")
