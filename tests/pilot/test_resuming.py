"""A session begins where the one before ended, and says where it is when it ends."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from briefing_tui.driver.capabilities import detect_terminal
from briefing_tui.session.reading_session import RESUMED
from briefing_tui.settings.options import Settings
from briefing_tui.storage.positions import Position
from briefing_tui.tui.widgets.row_list import RowList
from tests.observatory import document
from tests.pilot.driving import NARROW, PANES, WIDE, Reading, piloted, reading, sizes
from tests.profiles import thorough
from tests.sessions import Opening

Size = tuple[int, int]

ELSEWHERE = f"{RESUMED}; = returns to the briefing's own date"


def resuming(position: Position | None) -> Opening:
    return Opening(position=position)


def position(reader: Reading) -> Position:
    reader.app.save_position()
    return reader.reader.session.position


@sizes
@piloted
async def test_everything_is_as_it_was(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "G", "k", "]")
        await reader.stand_on("actors", "actors/rook")
        await reader.press("f", "4", "z")
        left, shown = position(reader), reader.text
        places = [pane.row.key if pane.row else "" for pane in reader.reader.panes]
    assert left.as_of == datetime.date(2020, 9, 1)
    assert left.focus == ("actors/rook",)
    async with reading(document(), size, opening=resuming(left)) as reader:
        assert ELSEWHERE[:60] in reader.last
        assert reader.pane == "deals"
        assert reader.at_rest is False
        assert reader.reader.has_class("-zoomed")
        assert reader.lines[1:-1] == shown.splitlines()[1:-1]
        assert [pane.row.key if pane.row else "" for pane in reader.reader.panes] == places
        assert position(reader) == left
        await reader.press("j")
        assert ELSEWHERE[:20] not in reader.last
        await reader.press("=")
        assert position(reader).as_of is None


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
@pytest.mark.parametrize("pane", ["timeline", "deals"])
def test_the_first_frame_has_the_row_in_view(pane: str, size: Size) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), size) as reader:
            await reader.press(str(PANES.index(pane) + 1), "G")
            left = position(reader)
            shown = reader.within(reader.rows)
        async with reading(document(), size, opening=resuming(left)) as reader:
            assert (reader.pane, reader.key) == (left.pane, left.rows[pane])
            assert reader.within(reader.rows) == shown
            assert reader.evidence
            # Nothing is to be said where the day is the briefing's own.
            assert "Resumed" not in reader.last
            await reader.press("k")
            assert reader.number == reader.stops - 1

    scenario()


@piloted
async def test_no_layout_is_made_twice() -> None:
    laid_out: list[str] = []
    lay_out = RowList._lay_out

    def counted(rows: RowList) -> None:
        laid_out.append(rows.id or "")
        lay_out(rows)

    async def opened(opening: Opening | None) -> int:
        laid_out.clear()
        async with reading(document(), (120, 36), opening=opening):
            return len(laid_out)

    RowList._lay_out = counted  # type: ignore[method-assign,assignment]
    try:
        anew = await opened(None)
        again = await opened(resuming(Position(pane="deals", rows={"timeline": "timeline/crack"})))
    finally:
        RowList._lay_out = lay_out  # type: ignore[method-assign]
    assert again == anew


@piloted
async def test_a_warning_is_on_the_last_line_until_a_key() -> None:
    for size in ((80, 24), (40, 10)):
        opening = Opening(warning="The reading position is damaged")
        async with reading(document(), size, opening=opening) as reader:
            assert reader.last == "The reading position is damaged"
            await reader.press("j")
            assert "damaged" not in reader.text


@piloted
async def test_leaving_and_being_suspended_keep_the_position() -> None:
    kept: list[Position] = []
    async with reading(document(), opening=Opening(keep=kept.append)) as reader:
        await reader.press("3")
        reader.app.app_suspend_signal.publish(reader.app)
        assert [one.pane for one in kept] == ["actors"]
        await reader.press("2", "G", "Q")
    reader.app.save_position()
    assert (kept[-1].pane, kept[-1].rows["timeline"]) == ("timeline", "timeline/opening")


# Themes


@pytest.mark.parametrize(
    ("setting", "before", "first"),
    [
        ("auto", Position(theme="light", theme_before="dark"), "light"),
        ("dark", Position(theme="light", theme_before="dark"), "light"),
        # Since it was chosen, the configuration names another.
        ("ansi", Position(theme="light", theme_before="dark"), "ansi"),
        ("light", Position(), "light"),
        ("auto", None, "dark"),
    ],
)
def test_a_theme_is_resumed_where_it_was_chosen(
    setting: str, before: Position | None, first: str
) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document(), NARROW, Settings(theme=setting), resuming(before)) as reader:
            assert reader.app.theme == first
            # Not touched, it stays what it was for whoever it was chosen.
            kept = position(reader)
            chosen = before or Position()
            assert (kept.theme, kept.theme_before) == (chosen.theme, chosen.theme_before)
            await reader.press("t")
            assert position(reader).theme == reader.app.theme != first

    scenario()


# What the terminal can show


FEW: dict[str, Mapping[str, str]] = {
    "locale": {"TERM": "xterm-256color", "LANG": "C"},
    "latin": {"TERM": "xterm-256color", "LC_ALL": "en_US.ISO-8859-1"},
    "console": {"TERM": "linux", "LANG": "C.UTF-8"},
    "old": {"TERM": "vt100", "LANG": "C.UTF-8"},
}


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param("locale", WIDE, marks=thorough),
        ("console", NARROW),
        pytest.param("latin", NARROW, marks=thorough),
        pytest.param("old", NARROW, marks=thorough),
        pytest.param("locale", (40, 12), marks=thorough),
    ],
)
def test_every_screen_is_in_ascii_where_signs_are_missing(name: str, size: Size) -> None:
    @piloted
    async def scenario() -> None:
        terminal = detect_terminal(FEW[name])
        async with reading(document(), size, opening=Opening(terminal)) as reader:
            assert reader.app.theme == ("ansi" if name in ("console", "old") else "dark")
            for keys in (
                "",
                "2",
                "3",
                "4G",
                "e",
                "e?",
                ":",
                ":cr",
                "/mir",
                "A",
                "s",
                "z",
                "p",
                "w",
            ):
                await reader.press("escape", "escape")
                await reader.type(keys)
                reader.check()
                signs = {char for char in reader.text if not char.isascii()}
                if not terminal.utf8:
                    assert not signs, keys
                assert not {char for char in signs if "\u2190" <= char <= "\u2bff"}, keys
            await reader.press("escape", "escape", "escape", "1", "y")
            assert "great mirror" in reader.app.clipboard

    scenario()


@pytest.mark.parametrize(
    ("setting", "env", "ascii_only"),
    [(False, FEW["locale"], False), (True, {"TERM": "xterm"}, True), (None, {"TERM": "x"}, False)],
)
def test_the_setting_goes_first(
    setting: bool | None, env: Mapping[str, str], ascii_only: bool
) -> None:
    @piloted
    async def scenario() -> None:
        settings = Settings(ascii=setting, theme="light")
        async with reading(document(), NARROW, settings, Opening(detect_terminal(env))) as reader:
            assert ("━" not in reader.text) == ascii_only
            assert reader.app.theme == "light"

    scenario()


@piloted
async def test_copies_are_as_they_were_written_whatever_is_drawn() -> None:
    async with reading(document(), opening=Opening(detect_terminal(FEW["locale"]))) as reader:
        await reader.press("j", "c")
        assert "“Light on the mountain”" in reader.app.clipboard


# Layouts


def seen(reader: Reading) -> list[bool]:
    return [reader.seen(pane) for pane in reader.reader.panes]


@piloted
async def test_layouts_that_do_not_use_all_the_room() -> None:
    for layout in ("tabs", "grid", "auto"):
        async with reading(document(), (200, 60), Settings(layout=layout)) as reader:
            assert seen(reader) == [True, *[layout != "tabs"] * 3]
            evidence = reader.reader.evidence.region
            beside = evidence.y < reader.rows.region.bottom - 1
            assert beside == (layout == "auto")
            assert reader.text.count("as of 15 Jun 2020") == (1 if layout == "tabs" else 2)
            await reader.press("2")
            assert seen(reader)[1]
            await reader.resize(80, 24)
            assert seen(reader) == [False, True, False, False]
            reader.check()
