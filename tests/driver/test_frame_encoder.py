"""Frames: after the bytes from one screen to another, an emulator shows the other."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.driver.capabilities import Capabilities
from briefing_tui.driver.cells import (
    BLANK,
    Cell,
    Row,
    Rows,
    disputed_width,
    text_cells,
    uniform_rows,
)
from briefing_tui.driver.frame_encoder import FrameEncoder
from briefing_tui.driver.output_parser import ScreenBuffer
from briefing_tui.driver.sgr import DEFAULT, Style, blank_style, parse_style, transition
from tests.profiles import examples
from tests.terminal.emulated import shown
from tests.terminal.pty_program import Emulator

COLOURS = ["", "31", "97", "38;5;110", "38;2;244;246;250"]
BACKGROUNDS = ["", "42", "48;5;17", "48;2;17;21;27"]
CLUSTERS = ["a", "b", " ", " ", " ", "─", "▌", "漢", "é", "e\u0301", "“"]
STYLES = st.builds(
    lambda attributes, foreground, background: parse_style(
        ";".join(filter(None, [*attributes, foreground, background]))
    ),
    st.lists(st.sampled_from(["1", "3", "4", "5", "7", "9"]), max_size=2, unique=True),
    st.sampled_from(COLOURS),
    st.sampled_from(BACKGROUNDS),
)

FULL = Capabilities(bce=True)
CAPABILITIES = st.builds(Capabilities, *[st.booleans()] * 5, st.just(True))
"""With or without everything but italics, which the emulator has."""


@st.composite
def screens(draw: st.DrawFn, width: int, height: int) -> Rows:
    """Draw a screen of few different lines, so that lines move, and of few styles."""
    styles = draw(st.lists(STYLES, min_size=1, max_size=3))
    pieces = st.tuples(st.lists(st.sampled_from(CLUSTERS), max_size=width), st.sampled_from(styles))
    lines = [
        _row(draw(st.lists(pieces, max_size=4)), width) for _ in range(draw(st.integers(1, 5)))
    ]
    return [[*draw(st.sampled_from(lines))] for _ in range(height)]


def _row(pieces: list[tuple[list[str], Style]], width: int) -> Row:
    row: Row = []
    for clusters, style in pieces:
        for cluster in clusters:
            cells = text_cells(cluster, style)
            if len(row) + len(cells) <= width:
                row += cells
    return row + [Cell(" ", blank_style(pieces[-1][1]) if pieces else DEFAULT)] * (width - len(row))


def naively(rows: Rows) -> str:
    """Return the bytes of a screen, each cell by itself."""
    return "\x1b[?7l" + "".join(
        f"\x1b[{y + 1};{x + 1}H\x1b[0;{_parameters(cell.style)}m{cell.text}"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell.text
    )


def _parameters(style: Style) -> str:
    return ";".join(filter(None, [*style.attributes, style.foreground, style.background]))


def emulated(width: int, height: int, data: str) -> Emulator:
    emulator = Emulator(width, height)
    emulator.feed(data.encode())
    return emulator


@settings(deadline=None, max_examples=examples(30))
@given(st.data(), st.integers(2, 14), st.integers(1, 8), CAPABILITIES)
def test_an_emulator_shows_what_is_target(
    data: st.DataObject, width: int, height: int, capabilities: Capabilities
) -> None:
    encoder = FrameEncoder(capabilities)
    ours = emulated(width, height, "\x1b[?7l" + encoder.clear(DEFAULT))
    current = uniform_rows(width, height)
    for target in data.draw(st.lists(screens(width, height), min_size=1, max_size=4)):
        ours.feed((encoder.encode(current, target) + encoder.finish(0, 0)).encode())
        assert current == target
        assert shown(ours) == shown(emulated(width, height, naively(target)))


@given(st.data(), st.integers(2, 14), st.integers(1, 8))
def test_nothing_is_sent_where_nothing_differs(
    data: st.DataObject, width: int, height: int
) -> None:
    target = data.draw(screens(width, height))
    encoder = FrameEncoder(FULL)
    current = uniform_rows(width, height)
    encoder.encode(current, target)
    assert encoder.encode(current, target) == ""


@settings(max_examples=examples(30))
@given(STYLES, STYLES)
def test_a_transition_leads_from_one_style_to_the_other(current: Style, target: Style) -> None:
    sent = f"\x1b[{_parameters(current)}m{transition(current, target)}x"
    assert shown(emulated(1, 1, sent)) == shown(emulated(1, 1, naively([[Cell("x", target)]])))


@pytest.mark.parametrize(
    ("current", "target", "sent"),
    [
        ("1;31;44", "1;32;44", "\x1b[32m"),
        ("1;31;44", "31;44", "\x1b[22m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("1;3;4;31;44", "", "\x1b[m"),
        ("", "", ""),
        ("38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3", "\x1b[49m"),
    ],
)
def test_a_transition_says_only_what_changes(current: str, target: str, sent: str) -> None:
    assert transition(parse_style(current), parse_style(target)) == sent


def test_a_link_is_opened_and_closed() -> None:
    buffer = ScreenBuffer(10, 1)
    buffer.write("\x1b[1;1H\x1b]8;id=1;https://a.example\x1b\\here\x1b]8;;\x1b\\ there")
    encoder = FrameEncoder(FULL)
    sent = encoder.encode(uniform_rows(10, 1), buffer.rows) + encoder.finish(0, 0)
    opened, closed = "\x1b]8;id=1;https://a.example\x1b\\", "\x1b]8;;\x1b\\"
    assert f"{opened}\x1b[mhere{closed}" in sent or f"{opened}here{closed}" in sent
    assert sent.count(opened) == 1
    assert encoder.style.link == ""


def drawn(old: str, new: str, capabilities: Capabilities = FULL) -> str:
    """Return the bytes from one line to another, with the cursor elsewhere."""
    width = max(len(text_cells(old, DEFAULT)), len(text_cells(new, DEFAULT)))
    rows = [text_cells(text, DEFAULT) for text in (old, new)]
    rows = [row + [BLANK] * (width - len(row)) for row in rows]
    return FrameEncoder(capabilities).encode([rows[0]], [rows[1]])


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


SEQUENCES = {
    "bce": r"4\dm[^m]*\x1b\[K",
    "moves": r"\[\d+[ABCD]",
    "column": r"\[\d*G",
    "ech": r"\[\d*X",
    "scroll": r"\[\d*[LM]|\[[\d;]*r",
    "italics": r"\[(?:[\d;]*;)?3[;m]",
}
"""What the control sequences of each capability look like."""


def _busy_frames(capabilities: Capabilities) -> str:
    """Return the bytes of frames in which every capability is of use."""
    plain, blue = parse_style("3;31"), parse_style("44")
    lines = [text_cells(f"{chr(97 + y) * 30:40}", plain) for y in range(8)]
    scrolled = [*lines[2:], *lines[:2]]
    highlighted = [*scrolled]
    highlighted[3] = text_cells("hhh" + " " * 37, blue)
    highlighted[4] = scrolled[4][:5] + text_cells(" " * 20 + "xx", blue) + scrolled[4][27:]
    far = [[*row] for row in highlighted]
    for x in (1, 30):
        far[6][x] = Cell("Z", DEFAULT)
    clusters = [[*row] for row in far]
    clusters[7] = text_cells("ab👩‍👩‍👧cd", DEFAULT) + [BLANK] * 34
    encoder = FrameEncoder(capabilities)
    current = uniform_rows(40, 8)
    frames = (lines, scrolled, highlighted, far, clusters)
    return "".join(encoder.encode(current, [row[:40] for row in rows]) for rows in frames)


@pytest.mark.parametrize("lacking", SEQUENCES)
def test_a_sequence_that_a_terminal_lacks_is_not_sent(lacking: str) -> None:
    pattern = re.compile(SEQUENCES[lacking])
    assert pattern.search(_busy_frames(FULL)), "the frames have a use for it"
    assert not pattern.search(_busy_frames(FULL._replace(**{lacking: False})))


def test_rows_that_move_are_moved_by_the_terminal() -> None:
    lines = [chr(ord("a") + number) * 40 for number in range(12)]
    old = [text_cells(f"{line:<50}", DEFAULT) for line in lines[:10]]
    new = [*old[:2], *old[3:9], text_cells(f"{lines[11]:<50}", DEFAULT), old[9]]
    sent = FrameEncoder(FULL).encode([*old], new)
    assert sent.startswith("\x1b[3;9r\x1b[3H\x1b[M\x1b[r")
    assert len(sent) < 80


def test_a_mark_that_stays_does_not_keep_rows_from_moving() -> None:
    lines = [chr(ord("a") + number) * 40 for number in range(12)]
    old = [text_cells(f"{'>' if y == 5 else ' '}{lines[y]}", DEFAULT) for y in range(8)]
    new = [text_cells(f"{'>' if y == 5 else ' '}{lines[y + 2]}", DEFAULT) for y in range(8)]
    sent = FrameEncoder(FULL).encode([*old], new)
    assert "\x1b[2M" in sent
    assert sent.count("h" * 40) == 0
    assert len(sent) < 160


@settings(deadline=None, max_examples=examples(12))
@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=6),
    st.integers(4, 9),
    st.integers(0, 3),
    CAPABILITIES,
)
def test_a_window_that_scrolls(
    offsets: list[int], height: int, above: int, capabilities: Capabilities
) -> None:
    words = [f"{chr(97 + number) * 9}{'漢' if number % 3 else 'ab'}" for number in range(22)]
    lines = [text_cells(text, parse_style("44")) for text in words]
    head = [text_cells("head", DEFAULT) for _ in range(above)]
    encoder = FrameEncoder(capabilities)
    ours = emulated(20, height + above, "\x1b[?7l" + encoder.clear(DEFAULT))
    current = uniform_rows(20, height + above)
    for offset in offsets:
        target = [(row + [BLANK] * 20)[:20] for row in [*head, *lines[offset : offset + height]]]
        ours.feed((encoder.encode(current, target) + encoder.finish(0, 0)).encode())
        assert shown(ours) == shown(emulated(20, height + above, naively(target)))


DISPUTED = ["👩‍👩‍👧", "🇮🇳", "❤️", "👍🏽", "क्षि", "🫨", "⌚", "\ue0b0"]


@pytest.mark.parametrize("cluster", DISPUTED)
def test_the_cursor_is_not_trusted_where_terminals_disagree(cluster: str) -> None:
    assert disputed_width(cluster) >= 2
    sent = drawn("x" * 20, f"ab{cluster}cd" + "x" * 14)
    cells = len(text_cells(f"ab{cluster}", DEFAULT))
    assert f"{cluster}\x1b[{cells + 1}G" in sent
    if cells == 4:
        assert f"  \b\b{cluster}" in sent, "a terminal that draws it in one cell keeps a stale one"
    assert "cd" in sent


@pytest.mark.parametrize("cluster", ["a", "é", "e\u0301", "─", "▌", "“", "漢", "か", "한"])
def test_the_cursor_is_trusted_where_all_agree(cluster: str) -> None:
    assert disputed_width(cluster) == 0


@pytest.mark.parametrize("cluster", DISPUTED)
def test_what_a_terminal_may_have_drawn_over_is_drawn_again(cluster: str) -> None:
    width = len(text_cells(cluster, DEFAULT))
    signs = sum(unicodedata.category(sign) != "Mn" for sign in cluster)
    sent = drawn(f"a{' ' * width}{'z' * 20}", f"a{cluster}{'z' * 20}")
    assert sent.count("z") >= 2 * signs - width


def test_a_wide_cluster_that_loses_a_half_becomes_a_blank() -> None:
    buffer = ScreenBuffer(6, 1)
    buffer.write("\x1b[1;1H漢字漢")
    buffer.write("\x1b[1;2Hx")
    assert "".join(cell.text for cell in buffer.rows[0]) == " x字漢"
    buffer.write("\x1b[1;4Hy")
    assert "".join(cell.text for cell in buffer.rows[0]) == " x y漢"
    buffer.write("\x1b[1;6H漢")
    assert "".join(cell.text for cell in buffer.rows[0]) == " x y  "


def test_nothing_but_cells_styles_and_links_is_taken_for_a_screen() -> None:
    buffer = ScreenBuffer(12, 2)
    assert not buffer.write("\x1b]52;c;aGk=\x07")
    assert not buffer.write("\x07")
    assert buffer.write(f"\x1b[1;1H{' ' * 12}\x1b[2;1H{' ' * 12}")
    assert buffer.is_complete()
    assert buffer.write("\x1b[1;1Ha\x1b[2Jb\x1b]0;title\x07c\x9b\x07\x00d\n\x1b[2;12He\x1b[9;9Hf")
    assert "\x1b" not in "".join(cell.text for row in buffer.rows for cell in row)
    assert "".join(cell.text for cell in buffer.rows[1])[-1] == "e"


def test_what_is_for_the_size_before_is_not_shown() -> None:
    buffer = ScreenBuffer(4, 2)
    assert buffer.write("\x1b[1;1Habcdefgh\x1b[2;1Habcdefgh\x1b[3;1Habcdefgh")
    assert not buffer.is_complete()
    assert buffer.write("\x1b[1;1Habcd\x1b[2;1Hefgh")
    assert buffer.is_complete()
    assert buffer.write("\x1b[1;3Hxyz")
    assert "".join(cell.text for cell in buffer.rows[0]) == "abxy"
