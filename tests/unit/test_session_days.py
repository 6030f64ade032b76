"""Moving the as-of date of a session."""

from __future__ import annotations

from tests.observatory import document
from tests.session_reader import SessionReader

DAYS = ["2019-12-31", "2020-06-11", "2020-06-12", "2020-06-15", "2020-09-01"]


def day(reader: SessionReader) -> str:
    return reader.day


def test_through_all_days_and_back() -> None:
    reader = SessionReader(document())
    assert reader.day == "2020-06-15"
    reader.press("{")
    days = [reader.day]
    for _ in range(5):
        reader.press("]")
        days.append(reader.day)
    assert days == [*DAYS, DAYS[-1]]
    assert "later" in reader.message
    back = []
    for _ in range(5):
        reader.press("[")
        back.append(reader.day)
    assert back == [*reversed(DAYS[:-1]), DAYS[0]]
    assert "earlier" in reader.message
    reader.press("}")
    assert reader.day == DAYS[-1]
    reader.press("=")
    assert reader.day == "2020-06-15"
    assert "15 Jun 2020" in reader.header


def test_the_row_stays_where_it_is_still_known() -> None:
    reader = SessionReader(document())
    reader.stand_on("timeline", "timeline/founded")
    reader.press("{")
    assert reader.key == "timeline/founded"
    reader.press("}", "=")
    assert reader.key == "timeline/founded"
    reader.stand_on("actors", "actors/rook")
    reader.press("{")
    reader.press("j", "k", "y", "e", "escape")
    assert reader.keys_of("actors") == []


def test_the_focus_stays() -> None:
    reader = SessionReader(document())
    reader.stand_on("deals", "deals/mirror")
    reader.press("f", "2", "]")
    keys = reader.keys_of("timeline")
    assert "timeline/delay" in keys
    assert "timeline/quokka" not in keys
    assert "only Great mirror" in reader.header
    reader.press("{", "escape", "=")
    assert "timeline/quokka" in reader.keys_of("timeline")


TYPED = {
    "2020-06": "2020-06-30",
    "2021": "2021-12-31",
    "latest": "2020-09-01",
    "1931": "1931-12-31",
}


def test_a_typed_date() -> None:
    reader = SessionReader(document())
    for typed, expected in TYPED.items():
        reader.press("A")
        reader.type(typed)
        assert reader.asked.endswith(typed)
        reader.press("enter")
        assert not reader.opened
        assert reader.day == expected


def test_what_is_no_date_is_told() -> None:
    reader = SessionReader(document())
    for typed in ("soon", "[b]", "2020-13", "32 May", "9999999", "{0}", "$x"):
        reader.press("A")
        reader.type(typed)
        reader.press("enter")
        assert reader.opened == "Ask"
        assert reader.day == "2020-06-15"
        assert f"{typed}: " in reader.asked
        reader.press("escape")
        assert not reader.opened


def test_no_answer() -> None:
    reader = SessionReader(document())
    for keys in (["escape"], ["enter"], ["space", "enter"]):
        reader.press("A", *keys)
        assert not reader.opened
        assert reader.day == "2020-06-15"


def test_history_into_what_is_not_known() -> None:
    reader = SessionReader(document())
    reader.press("2", "]")
    reader.stand_on("timeline", "timeline/delay")
    reader.press("enter", "1", "[", "backspace")
    assert "not known" in reader.message
    reader.press("]", "backspace")
    assert reader.key == "timeline/delay"
