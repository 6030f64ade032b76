"""From one screen to another: what an emulator shows afterwards is what was wanted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.driver.cells import BLANK, Cell, Row, Rows, blank, cells_of, reach
from briefing_tui.driver.frame_encoder import Brush
from briefing_tui.driver.screen_buffer import Canvas
from briefing_tui.driver.sgr import DEFAULT, Pen, on_blank, pen, transition
from tests.terminal.emulated import shown
from tests.terminal.pty_program import Emulator

COLOURS = ["", "31", "97", "38;5;110", "38;2;244;246;250"]
GROUNDS = ["", "42", "48;5;17", "48;2;17;21;27"]
CLUSTERS = ["a", "b", " ", " ", " ", "─", "▌", "漢", "é", "e\u0301", "“"]
pens = st.builds(
    lambda attributes, foreground, background: pen(
        ";".join(filter(None, [*attributes, foreground, background]))
    ),
    st.lists(st.sampled_from(["1", "3", "4", "5", "7", "9"]), max_size=2, unique=True),
    st.sampled_from(COLOURS),
    st.sampled_from(GROUNDS),
)


@st.composite
def screens(draw: st.DrawFn, width: int, height: int) -> Rows:
    """A screen of few different lines, so that lines move, and of few styles."""
    styles = draw(st.lists(pens, min_size=1, max_size=3))
    pieces = st.tuples(st.lists(st.sampled_from(CLUSTERS), max_size=width), st.sampled_from(styles))
    lines = [
        _row(draw(st.lists(pieces, max_size=4)), width) for _ in range(draw(st.integers(1, 5)))
    ]
    return [[*draw(st.sampled_from(lines))] for _ in range(height)]


def _row(pieces: list[tuple[list[str], Pen]], width: int) -> Row:
    row: Row = []
    for clusters, style in pieces:
        for cluster in clusters:
            cells = cells_of(cluster, style)
            if len(row) + len(cells) <= width:
                row += cells
    return row + [Cell(" ", on_blank(pieces[-1][1]) if pieces else DEFAULT)] * (width - len(row))


def naively(rows: Rows) -> str:
    """A screen, each cell by itself."""
    return "\x1b[?7l" + "".join(
        f"\x1b[{y + 1};{x + 1}H\x1b[0;{_parameters(cell.pen)}m{cell.text}"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell.text
    )


def _parameters(one: Pen) -> str:
    return ";".join(filter(None, [*one.attributes, one.foreground, one.background]))


def emulated(width: int, height: int, data: str) -> Emulator:
    emulator = Emulator(width, height)
    emulator.feed(data.encode())
    return emulator


@settings(deadline=None, max_examples=80)
@given(st.data(), st.integers(2, 14), st.integers(1, 8), st.booleans())
def test_an_emulator_shows_what_is_wanted(
    data: st.DataObject, width: int, height: int, fills: bool
) -> None:
    brush = Brush()
    ours = emulated(width, height, "\x1b[?7l" + brush.clear(DEFAULT))
    held = blank(width, height)
    for wanted in data.draw(st.lists(screens(width, height), min_size=1, max_size=4)):
        ours.feed((brush.draw(held, wanted, fills=fills) + brush.finish(0, 0)).encode())
        assert held == wanted
        assert shown(ours) == shown(emulated(width, height, naively(wanted)))


@given(st.data(), st.integers(2, 14), st.integers(1, 8))
def test_nothing_is_sent_where_nothing_differs(
    data: st.DataObject, width: int, height: int
) -> None:
    wanted = data.draw(screens(width, height))
    brush = Brush()
    held = blank(width, height)
    brush.draw(held, wanted, fills=True)
    assert brush.draw(held, wanted, fills=True) == ""


@settings(max_examples=100)
@given(pens, pens)
def test_a_transition_leads_from_one_style_to_the_other(before: Pen, after: Pen) -> None:
    sent = f"\x1b[{_parameters(before)}m{transition(before, after)}x"
    assert shown(emulated(1, 1, sent)) == shown(emulated(1, 1, naively([[Cell("x", after)]])))


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("1;31;44", "1;32;44", "\x1b[32m"),
        ("1;31;44", "31;44", "\x1b[22m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("1;3;4;31;44", "", "\x1b[m"),
        ("", "", ""),
        ("38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3", "\x1b[49m"),
    ],
)
def test_a_transition_says_only_what_changes(before: str, after: str, sent: str) -> None:
    assert transition(pen(before), pen(after)) == sent


def test_a_link_is_opened_and_closed() -> None:
    canvas = Canvas(10, 1)
    canvas.paint("\x1b[1;1H\x1b]8;id=1;https://a.example\x1b\\here\x1b]8;;\x1b\\ there")
    brush = Brush()
    sent = brush.draw(blank(10, 1), canvas.rows, fills=True) + brush.finish(0, 0)
    opened, closed = "\x1b]8;id=1;https://a.example\x1b\\", "\x1b]8;;\x1b\\"
    assert f"{opened}\x1b[mhere{closed}" in sent or f"{opened}here{closed}" in sent
    assert sent.count(opened) == 1
    assert brush.pen.link == ""


def drawn(old: str, new: str, *, fills: bool = True) -> str:
    """What is sent for one line instead of another, the cursor being elsewhere."""
    width = max(len(cells_of(old, DEFAULT)), len(cells_of(new, DEFAULT)))
    rows = [cells_of(text, DEFAULT) for text in (old, new)]
    rows = [row + [BLANK] * (width - len(row)) for row in rows]
    return Brush().draw([rows[0]], [rows[1]], fills=fills)


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ("one two", "one tzo", "\x1b[1;6Hz"),
        ("abcdefgh", "Xbcdefgh", "\x1b[HX"),
        ("abcdefgh", "XbcdeYgh", "\x1b[HXbcdeY"),
        ("abcdefghij", "XbcdefghiY", "\x1b[HX\x1b[8CY"),
        ("abcdefghij", "ab", "\x1b[1;3H\x1b[K"),
        ("abc", "ab", "\x1b[1;3H "),
    ],
)
def test_the_shortest_way(old: str, new: str, sent: str) -> None:
    assert drawn(old, new) == sent


def test_rows_that_move_are_moved_by_the_terminal() -> None:
    lines = [chr(ord("a") + number) * 40 for number in range(12)]
    old = [cells_of(f"{line:<50}", DEFAULT) for line in lines[:10]]
    new = [*old[:2], *old[3:9], cells_of(f"{lines[11]:<50}", DEFAULT), old[9]]
    sent = Brush().draw([*old], new, fills=True)
    assert sent.startswith("\x1b[3;9r\x1b[3H\x1b[M\x1b[r")
    assert len(sent) < 80


def test_a_mark_that_stays_does_not_keep_rows_from_moving() -> None:
    lines = [chr(ord("a") + number) * 40 for number in range(12)]
    old = [cells_of(f"{'>' if y == 5 else ' '}{lines[y]}", DEFAULT) for y in range(8)]
    new = [cells_of(f"{'>' if y == 5 else ' '}{lines[y + 2]}", DEFAULT) for y in range(8)]
    sent = Brush().draw([*old], new, fills=True)
    assert "\x1b[2M" in sent
    assert sent.count("h" * 40) == 0
    assert len(sent) < 160


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=6),
    st.integers(4, 9),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_window_that_scrolls(offsets: list[int], height: int, above: int, fills: bool) -> None:
    words = [f"{chr(97 + number) * 9}{'漢' if number % 3 else 'ab'}" for number in range(22)]
    lines = [cells_of(text, pen("44")) for text in words]
    head = [cells_of("head", DEFAULT) for _ in range(above)]
    brush = Brush()
    ours = emulated(20, height + above, "\x1b[?7l" + brush.clear(DEFAULT))
    held = blank(20, height + above)
    for offset in offsets:
        wanted = [(row + [BLANK] * 20)[:20] for row in [*head, *lines[offset : offset + height]]]
        ours.feed((brush.draw(held, wanted, fills=fills) + brush.finish(0, 0)).encode())
        assert shown(ours) == shown(emulated(20, height + above, naively(wanted)))


UNSURE = ["👩‍👩‍👧", "🇮🇳", "❤️", "👍🏽", "क्षि", "🫨", "⌚", "\ue0b0"]


@pytest.mark.parametrize("cluster", UNSURE)
def test_the_cursor_is_not_trusted_where_terminals_disagree(cluster: str) -> None:
    assert reach(cluster) >= 2
    sent = drawn("x" * 20, f"ab{cluster}cd" + "x" * 14)
    cells = len(cells_of(f"ab{cluster}", DEFAULT))
    assert f"{cluster}\x1b[{cells + 1}G" in sent
    if cells == 4:
        assert f"  \b\b{cluster}" in sent, "a terminal that draws it in one cell keeps a stale one"
    assert "cd" in sent


@pytest.mark.parametrize("cluster", ["a", "é", "e\u0301", "─", "▌", "“", "漢", "か", "한"])
def test_the_cursor_is_trusted_where_all_agree(cluster: str) -> None:
    assert reach(cluster) == 0


@pytest.mark.parametrize("cluster", UNSURE)
def test_what_a_terminal_may_have_drawn_over_is_drawn_again(cluster: str) -> None:
    width = len(cells_of(cluster, DEFAULT))
    signs = sum(unicodedata.category(sign) != "Mn" for sign in cluster)
    sent = drawn(f"a{' ' * width}{'z' * 20}", f"a{cluster}{'z' * 20}")
    assert sent.count("z") >= 2 * signs - width


def test_a_wide_cluster_that_loses_a_half_becomes_a_blank() -> None:
    canvas = Canvas(6, 1)
    canvas.paint("\x1b[1;1H漢字漢")
    canvas.paint("\x1b[1;2Hx")
    assert "".join(cell.text for cell in canvas.rows[0]) == " x字漢"
    canvas.paint("\x1b[1;4Hy")
    assert "".join(cell.text for cell in canvas.rows[0]) == " x y漢"
    canvas.paint("\x1b[1;6H漢")
    assert "".join(cell.text for cell in canvas.rows[0]) == " x y  "


def test_nothing_but_cells_styles_and_links_is_taken_for_a_screen() -> None:
    canvas = Canvas(12, 2)
    assert not canvas.paint("\x1b]52;c;aGk=\x07")
    assert not canvas.paint("\x07")
    assert canvas.paint(f"\x1b[1;1H{' ' * 12}\x1b[2;1H{' ' * 12}")
    assert canvas.is_whole()
    assert canvas.paint("\x1b[1;1Ha\x1b[2Jb\x1b]0;title\x07c\x9b\x07\x00d\n\x1b[2;12He\x1b[9;9Hf")
    assert "\x1b" not in "".join(cell.text for row in canvas.rows for cell in row)
    assert "".join(cell.text for cell in canvas.rows[1])[-1] == "e"


def test_what_is_for_the_size_before_is_not_shown() -> None:
    canvas = Canvas(4, 2)
    assert canvas.paint("\x1b[1;1Habcdefgh\x1b[2;1Habcdefgh\x1b[3;1Habcdefgh")
    assert not canvas.is_whole()
    assert canvas.paint("\x1b[1;1Habcd\x1b[2;1Hefgh")
    assert canvas.is_whole()
    assert canvas.paint("\x1b[1;3Hxyz")
    assert "".join(cell.text for cell in canvas.rows[0]) == "abxy"
