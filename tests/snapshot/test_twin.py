"""The text twin tells every change of a screen, and in few lines."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screenshots.pins import pinned
from screenshots.twin import RULE, twin

GROUND = Style(color="#cccccc", bgcolor="#111111")
RED = GROUND + Style(color="red", bold=True)
CURSOR = GROUND + Style(bgcolor="#222222")


def styles(*segments: Segment) -> list[str]:
    return twin([Strip(segments)], GROUND).split(f"{RULE}\n")[1].splitlines()


def test_characters_come_first_without_trailing_blanks() -> None:
    rows = [Strip([Segment("one  ", GROUND)]), Strip([Segment("   ", GROUND)])]
    assert twin(rows, GROUND) == f"one\n\n{RULE}\nground #cccccc on #111111\n"


def test_runs_are_told_by_columns_and_what_differs() -> None:
    assert styles(Segment("a ", GROUND), Segment("red", RED), Segment(" z", GROUND))[1:] == [
        "  1 2-4 red bold"
    ]


def test_wide_characters_take_two_columns() -> None:
    assert styles(Segment("漢字", GROUND), Segment("x", RED))[1:] == ["  1 4-4 red bold"]


def test_background_is_told_apart_and_first() -> None:
    found = styles(Segment("▌", CURSOR + Style(color="red")), Segment(" here ", CURSOR))
    assert found[1:] == ["  1 0-6 on #222222 | 0-0 red"]


def test_ink_of_blanks_is_not_told_unless_it_is_seen() -> None:
    assert styles(Segment("  ", RED))[1:] == []
    assert styles(Segment("  ", GROUND + Style(underline=True)))[1:] == [
        "  1 0-1 #cccccc underline"
    ]


def test_one_colour_is_one_line() -> None:
    rows = [[Segment("one", GROUND), Segment("two", RED)], [Segment("three", GROUND)]]
    blue = [[Segment("one", GROUND), Segment("two", GROUND + Style(color="blue"))], rows[1]]
    before, after = (twin(map(Strip, lines), GROUND).splitlines() for lines in (rows, blue))
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 1


def test_constraints_are_read() -> None:
    assert pinned("# why\nrich==15.0.0\n\ntextual == 8.2.8  # and why\nother>=1\n") == {
        "rich": "15.0.0",
        "textual": "8.2.8",
    }
