"""The source beside its statements: opening, walking, going back, and texts that mean harm."""

from __future__ import annotations

from typing import cast

import pytest

from briefing_tui.briefing.document import Document
from briefing_tui.commands.registry import SOURCE_VIEW
from briefing_tui.settings.options import Settings
from briefing_tui.tui.screens.source import SourceScreen
from briefing_tui.tui.widgets.row_list import RowList
from briefing_tui.views.source_page import passage_of
from tests import ropeway
from tests.hostile import NASTY
from tests.pilot.driving import NARROW, Reading, piloted, reading, sizes
from tests.profiles import thorough

Size = tuple[int, int]


def source(reader: Reading) -> SourceScreen:
    """The screen that is open."""
    assert reader.opened == "SourceScreen"
    return cast(SourceScreen, reader.top)


def sentence(reader: Reading) -> str | None:
    """The highlighted sentence."""
    row = source(reader).list.row
    assert row is not None
    return passage_of(row)


def drawn(reader: Reading) -> str:
    """The highlighted row as it is drawn."""
    return " ".join(line[1:].strip() for line in reader.lines if "▌" in line[:12])


@sizes
@piloted
async def test_it_opens_at_the_passage(size: Size) -> None:
    async with reading(ropeway.document(), size) as reader:
        await reader.stand_on("summary", "key_points/1")
        await reader.press("s")
        assert sentence(reader) == "P3S2"
        shown = reader.within(source(reader).list)
        at = next(at for at, line in enumerate(shown) if "P3S2" in line)
        assert shown[at].startswith("▌")
        assert any("P3S3" in line for line in shown[at:])
        assert "Dunmere Courier · 19 May 2031 · rated C" in reader.text
        assert "6 of 15 sentences uncited" in reader.text
        assert "2 statements cite P3S2" in reader.text
        assert "Who will pay for the deeper anchors?" in reader.text
        reader.check()


@piloted
async def test_walking_goes_round_all_that_is_cited() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.press("s")
        walked = []
        for _ in range(11):
            walked.append(sentence(reader))
            await reader.press("n")
        cited = ["P1S1", "P1S2", "P2S1", "P2S2", "P3S1", "P3S2", "P3S3", "P5S1", "P5S3", None]
        assert walked == [*cited, "P1S1"]
        await reader.press("N", "N")
        assert sentence(reader) is None
        await reader.press("N")
        assert sentence(reader) == "P5S3"
        await reader.press("k")
        assert sentence(reader) == "P5S2"
        assert "No statement cites P5S2" in reader.text
        await reader.press("enter")
        assert "No statement cites this sentence" in reader.text
        await reader.press("n")
        assert sentence(reader) == "P5S3"
        reader.check()


@piloted
async def test_enter_goes_to_the_statement_and_backspace_returns() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("timeline", "timeline/delay")
        await reader.press("s", "n", "n", "n", "n")
        assert sentence(reader) == "P3S1"
        await reader.press("enter")
        assert reader.reading
        assert reader.place == ("deals", "deals/cabins/values/0")
        await reader.press("backspace")
        assert reader.place == ("timeline", "timeline/delay")
        await reader.press("L")
        assert reader.place == ("deals", "deals/cabins/values/0")


@piloted
async def test_of_several_statements_one_is_asked_for() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("summary", "key_points/2")
        await reader.press("s", "enter")
        assert reader.opened == "LinkPicker"
        await reader.press("escape")
        assert sentence(reader) == "P2S1"
        await reader.press("enter", "2")
        assert reader.place == ("actors", "actors/tanner")
        await reader.press("backspace")
        assert reader.place == ("summary", "key_points/2")


@pytest.mark.parametrize("key", ["escape", "q", "backspace", "s"])
@piloted
async def test_closing_leaves_the_reader_where_it_was(key: str) -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("timeline", "timeline/slide")
        before = reader.text
        await reader.press("s", "n", "j", "G", key)
        assert reader.reading
        assert reader.place == ("timeline", "timeline/slide")
        assert reader.text == before
        await reader.press("backspace")
        assert "the start of the history" in reader.last


@piloted
async def test_the_other_sources_of_the_row() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("timeline", "timeline/slide")
        await reader.press("s")
        assert "Source 1 of 2 · Survey of the slope" in reader.text
        assert "no copy attached" in reader.text
        for key in ("tab", "l", "right"):
            await reader.press(key)
            assert "Source 2 of 2 · Ropeway to Tarn Fell" in reader.text
            assert sentence(reader) == "P2S2"
            reader.check()
            await reader.press("h")
            assert "Source 1 of 2" in reader.text
        row = source(reader).list.row
        assert row is not None
        assert row.entry is reader.row.entry
        await reader.press("enter")
        assert reader.place == ("timeline", "timeline/slide")


@piloted
async def test_what_derives_from_what_can_be_followed() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.press("s", "g", "j")
        assert "based on" in drawn(reader)
        await reader.press("enter")
        assert "Source, not cited by the row · Survey of the slope" in reader.text
        assert "used by" in reader.text
        await reader.press("tab")
        assert sentence(reader) == "P1S1"


@piloted
async def test_one_source_has_no_other() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.press("s", "tab")
        assert "This is the row's only source" in reader.last
        await reader.press("j")
        assert "only source" not in reader.last


@piloted
async def test_copying_a_sentence() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("summary", "key_points/1")
        await reader.press("s", "y")
        assert reader.app.clipboard.startswith("“Alpinseil now asks for")
        assert "¶3 s2 [C]" in reader.app.clipboard
        assert "clipboard" in reader.last
        await reader.press("c")
        assert reader.app.clipboard.startswith("Dunmere Courier, “")
        await reader.press("n", "G", "y")
        assert reader.app.clipboard.startswith("How steep")
        await reader.press("p")
        assert reader.opened == "PlainTextScreen"
        await reader.press("escape")
        assert reader.opened == "SourceScreen"
        await reader.press("question_mark")
        assert reader.opened == "HelpScreen"
        await reader.press("escape", "escape")
        assert reader.reading


@piloted
async def test_it_shows_what_is_known_on_the_day() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.press("s")
        assert "5 statements cite P1S1" in reader.text
        await reader.press("escape", "}", "s")
        assert "6 statements cite P1S1" in reader.text


@piloted
async def test_a_statement_that_the_focus_hides() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("actors", "actors/zurbriggen")
        await reader.press("f", "s")
        while sentence(reader) != "P3S2":
            await reader.press("N")
        await reader.press("enter")
        assert "hidden by the focus" in reader.last
        await reader.press("escape")
        assert reader.place == ("actors", "actors/zurbriggen")


@piloted
async def test_keys_are_those_of_the_user() -> None:
    keys = {"next-match": "q", "quit-step": "x", "follow": "v", "escape": "f9"}
    async with reading(ropeway.document(), settings=Settings(keys=keys)) as reader:
        await reader.press("s", "q")
        assert sentence(reader) == "P1S2"
        assert "q next" in reader.last
        assert "F9 close" in reader.last
        await reader.press("v", "1")
        assert reader.place == ("actors", "actors/alpinseil")
        for key in ("x", "f9"):
            await reader.press("s", key)
            assert reader.reading


@piloted
async def test_help_tells_what_keys_do_here() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.press("s", "question_mark")
        shown = ""
        for _ in range(12):
            shown += reader.text
            await reader.press("space")
        for _, title in SOURCE_VIEW.values():
            assert title in shown


ODD = [(24, 8), (59, 24), (80, 15), (105, 20), (109, 40)]


@pytest.mark.parametrize(
    "size", [(20, 5), (40, 12), *(pytest.param(size, marks=thorough) for size in ODD)], ids=str
)
@piloted
async def test_small_and_odd_sizes(size: Size) -> None:
    async with reading(ropeway.document(), size) as reader:
        await reader.press("s")
        assert sentence(reader) == "P1S1"
        for key in ("n", "j", "space", "G", "g", "n"):
            await reader.press(key)
            reader.check()
        overlay = reader.top.query_one("#overlay").region
        assert overlay.size == size
        await reader.resize(*NARROW)
        reader.check()
        assert "▌" in "".join(reader.within(source(reader).list))


def hostile(name: str) -> Document:
    """An article that is one bad text after another."""
    bad = NASTY[name]
    text = f"Heading {bad}\n\n{bad}\n\n{bad} end"
    first = len(f"Heading {bad}\n\n")
    second = first + len(f"{bad}\n\n")
    return ropeway.written(
        text, {"P1S1": (first, second - 2), "P1S2": (second, len(text)), "P9S9": (0, 99999)}
    )


@pytest.mark.parametrize("size", [(20, 5), pytest.param(NARROW, marks=thorough)], ids=str)
@piloted
async def test_hostile_texts(size: Size) -> None:
    for name in ("click", "bidi", "breaks", "families", "long"):
        async with reading(hostile(name), size) as reader:
            await reader.press("s")
            for key in ("n", "G", "g", "space", "j", "y"):
                await reader.press(key)
                reader.check()
            assert reader.app.is_running
            assert "\x1b" not in reader.app.clipboard


@piloted
async def test_an_empty_text() -> None:
    async with reading(ropeway.written("", {})) as reader:
        await reader.press("s", "n", "N", "enter")
        reader.check()
        assert reader.app.is_running


@piloted
async def test_a_click_on_a_sentence_and_a_second_one() -> None:
    async with reading(ropeway.document()) as reader:
        await reader.stand_on("summary", "key_points/1")
        await reader.press("s")
        rows = source(reader).query_one(RowList)
        at = next(at for at, line in enumerate(reader.within(rows)) if "P3S1" in line)
        await reader.click(rows, 20, at)
        assert sentence(reader) == "P3S1"
        await reader.click(rows, 20, at, times=2)
        assert reader.place == ("deals", "deals/cabins/values/0")
