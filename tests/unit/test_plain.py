"""A briefing as plain text: everything that the panes hold, at any width."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.output.plain_text import SECTIONS, WIDTH, render
from briefing_tui.views.rows import row_text
from briefing_tui.views.scene import Scene, scene_of
from tests import hostile
from tests.briefings import BOARD, GAZETTE, scene, text
from tests.conftest import DATA

EXAMPLES = sorted(path.name for path in DATA.glob("*.yaml"))


@cache
def example(name: str) -> Scene:
    return scene_of(load_path(DATA / name, name))


def test_it_begins_with_title_and_day() -> None:
    lines = render(example("small.yaml")).splitlines()
    assert lines[:3] == ["The lighthouse at Karsholm", "as of 15 Jun 2021", ""]


def test_the_panes_follow_one_another() -> None:
    shown = render(example("small.yaml"))
    titles = ("SUMMARY", "TIMELINE", "KEY ACTORS", "DEAL TRACKER", "SOURCES")
    places = [shown.index(f"\n{title} (") for title in titles]
    assert places == sorted(places)
    assert "\nSUMMARY (4 points)\n==================\n" in shown


def test_one_pane_or_several_in_the_order_asked_for() -> None:
    shown = render(example("small.yaml"), ("deals", "summary"))
    assert shown.index("DEAL TRACKER (1 deal)") < shown.index("SUMMARY (4 points)")
    assert "TIMELINE" not in shown
    assert set(SECTIONS) == {"summary", "timeline", "actors", "deals", "sources"}


def test_each_statement_names_its_sources_as_the_file_does() -> None:
    lines = render(example("small.yaml"), ("summary",)).splitlines()
    said = next(number for number, line in enumerate(lines) if line.startswith("• The keeper"))
    assert lines[said + 1] == "  [gazette P1S2]"
    assert "[" not in "".join(lines[-2:])  # the question at the end has no source


def test_each_statement_says_how_its_sources_depend_on_each_other() -> None:
    derived = BOARD.replace("{", "{derives_from: [gazette], ", 1)
    points = "[{text: A light, cite: [gazette, board]}, {text: A lamp, cite: [board]}]"
    printed = render(
        scene(text(sources=f"{{gazette: {GAZETTE}, board: {derived}}}", key_points=points))
    )
    assert "[gazette, board] 2 sources, 1 rests on the other\n" in printed
    assert "[board]\n" in printed


def test_an_empty_pane_says_so() -> None:
    assert "TIMELINE (0 events)\n===================\nThis briefing lists no events.\n" in render(
        scene(text(timeline="[]")), ("timeline",)
    )


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("example_name", EXAMPLES)
def test_nothing_of_a_pane_is_lost(example_name: str, name: str) -> None:
    told = example(example_name)
    shown = "".join(render(told, (name,), 1000).split())
    for row in SECTIONS[name](told).rows:
        for span in (*row.body, *(part for detail in row.details for part in detail)):
            if row.kind != "stop":
                assert "".join(span.text.split()) in shown


@pytest.mark.parametrize("width", [*range(20, 64), 80, 100, 120, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    for name in EXAMPLES:
        for line in render(example(name), (), width).splitlines():
            assert cell_width(line) <= width
            assert line == line.rstrip()


@pytest.mark.parametrize("width", [20, 33, 80, 200])
def test_strange_texts_keep_to_the_width_too(width: int) -> None:
    shown = render(scene_of(hostile.document(events=40)), (), width)
    assert max(map(cell_width, shown.splitlines())) <= width
    assert not hostile.CONTROL.search(shown.replace("\n", ""))


def test_broken_entries_are_told_with_their_place() -> None:
    shown = render(scene(text(timeline="[{headline: A call}, 3]")), ("timeline",))
    assert "✗ A call  cannot be read" in shown
    assert "test.yaml:7:12: E102 'id' is missing" in shown
    assert "✗ 3  cannot be read" in shown


def test_the_usual_width_is_that_of_terminals(data: Path) -> None:
    told = scene_of(load_path(data / "whole.yaml"))
    assert render(told) == render(told, (), WIDTH)
    assert row_text(SECTIONS["summary"](told).rows[0]) in render(told)
