"""A briefing that means harm, in every pane and overlay."""

from __future__ import annotations

import pytest
from textual.command import CommandList

from briefing_tui.briefing.document import Document, UnreadableEntry
from briefing_tui.briefing.load import load
from briefing_tui.briefing.terminal_text import clean, one_line
from briefing_tui.session.outcomes import Moved
from briefing_tui.tui.widgets.row_list import RowList
from tests import hostile
from tests.hostile import NASTY
from tests.pilot.driving import NARROW, PANES, ULTRA, Reading, piloted, reading, squeezed
from tests.profiles import thorough

Size = tuple[int, int]

SLIM = (44, 16)
everywhere = pytest.mark.parametrize(
    "size",
    [
        pytest.param(SLIM, id="44x16", marks=thorough),
        pytest.param(NARROW, id="80x24"),
        pytest.param(ULTRA, id="200x60"),
    ],
)
in_one_pane = pytest.mark.parametrize(
    "size",
    [pytest.param(SLIM, id="44x16"), pytest.param(NARROW, id="80x24", marks=thorough)],
)
"""For what covers the panes, or is the same beside others."""
WORST = ("click", "title-command", "bidi", "breaks", "families", "empty")
"""Enough where every one of them would take long."""

ROWS = {
    "summary": lambda name: f"key_points/{list(NASTY).index(name)}",
    "timeline": lambda name: f"timeline/e-{name}",
    "actors": lambda name: f"actors/a-{name}",
    "deals": lambda name: f"deals/d-{name}",
}
"""Where each bad text stands in each pane."""


def small() -> Document:
    """Without the crowd of events."""
    return hostile.document(events=0)


def shown(name: str) -> str:
    """What of a text can be seen, without white space; of the longest its beginning."""
    return squeezed(clean(NASTY[name])[0])[:100]


async def put(reader: Reading, pane: str, name: str) -> None:
    """Go to the row of a bad text."""
    key = ROWS[pane](name)
    assert isinstance(reader.reader.session.go_to(key), Moved), key
    reader.reader.sync()
    reader.reader._activate()
    await reader.settle()
    assert reader.place == (pane, key)


def drawn(reader: Reading) -> str:
    """The characters of the highlighted row, without the column at the right."""
    lines = [line for line in reader.within(reader.rows) if line.startswith("▌")]
    width = reader.rows.size.width
    tail = reader.row.tail if width - 3 >= 64 else reader.row.tail_short or reader.row.tail
    said = squeezed("".join(span.text for span in tail))
    first = squeezed(lines[0])
    return first.removesuffix(said) + squeezed("".join(lines[1:]))


@everywhere
@piloted
async def test_every_text_is_drawn_as_it_is(size: Size) -> None:
    async with reading(small(), size) as reader:
        for pane in PANES:
            for name in NASTY if (size, pane) == (NARROW, "timeline") else WORST:
                await put(reader, pane, name)
                reader.check()
                assert shown(name) in drawn(reader), f"{name} in {pane}"
                assert shown(name) in squeezed(reader.evidence)
            await reader.press("space", "space")
            reader.check()


@everywhere
@piloted
async def test_evidence(size: Size) -> None:
    async with reading(small(), size) as reader:
        for name in ("bidi", "breaks", "families"):
            await put(reader, "timeline", name)
            await reader.press("e")
            reader.check()
            await reader.press("G")
            reader.check()
            await reader.press("e")
        await put(reader, "timeline", "click")
        if size == ULTRA:
            hedged = squeezed(f"a source says “{NASTY['click']}”")
            assert hedged in squeezed("".join(reader.within(reader.reader.evidence)))


@in_one_pane
@piloted
async def test_overlays(size: Size) -> None:
    async with reading(small(), size) as reader:
        # The event of the text that comes first has only itself to go to.
        for name in ("agency", "close", "breaks", "families", "empty"):
            await put(reader, "timeline", name)
            for key, opened in (
                ("s", "SourceScreen"),
                ("enter", "LinkPicker"),
                ("f", "LinkPicker"),
            ):
                await reader.press(key)
                assert reader.opened == opened, name
                reader.check()
                seen = squeezed("".join(reader.within(reader.top.query_one(RowList))))
                assert shown(name)[:40] in seen, name
                if name == "breaks":
                    await reader.press("G")
                    reader.check()
                await reader.press("escape")
                reader.check()


@piloted
async def test_plain_text() -> None:
    async with reading(small(), SLIM) as reader:
        for pane in "1234":
            await reader.press(pane, "p")
            for key in ("space", "9", "space", "G"):
                await reader.press(key)
                reader.check()
            await reader.press("escape")
            reader.check()


@piloted
async def test_searching() -> None:
    async with reading(small()) as reader:
        for text in ("[/x]", "👨", "  "):
            await reader.press("slash")
            await reader.type(text)
            reader.check()
            await reader.press("enter", "n", "N")
            reader.check()
            if text.strip():
                assert squeezed(text) in squeezed(reader.last)
            await reader.press("escape")
            assert reader.place == ("summary", "bottom_line/0")


@piloted
async def test_the_palette() -> None:
    async with reading(small()) as reader:
        for text in ("[/x]", "$acc", "W", "👨"):
            await reader.press("colon")
            await reader.type(text)
            await reader.until(
                lambda: reader.top.query_one(CommandList).option_count > 0, f"anything for {text}"
            )
            await reader.settle()
            reader.check()
            await reader.press("down", "down")
            reader.check()
            assert reader.opened == "CommandPalette"
            await reader.press("escape")
            if not reader.reading:
                await reader.press("escape")
            assert reader.reading
        assert reader.app.clipboard == ""


@piloted
async def test_the_palette_offers_markup_as_text() -> None:
    async with reading(small()) as reader:
        await reader.press("colon")
        await reader.type("click-me")
        await reader.until(lambda: NASTY["click"] in reader.text, "the text with its brackets")
        await reader.press("enter")
        if not reader.reading:
            await reader.press("enter")
        await reader.settle()
        assert "a-click" in reader.key or "d-click" in reader.key or "e-click" in reader.key
        assert reader.app.is_running


@piloted
async def test_narrowing() -> None:
    async with reading(small(), ULTRA) as reader:
        for name in ("c1-command", "families"):
            await put(reader, "actors", name)
            await reader.press("f")
            reader.check()
            assert [link.key for link in reader.reader.scene.focus] == [f"actors/a-{name}"]
            assert squeezed("only" + one_line(clean(NASTY[name])[0])) in reader.letters
            await reader.press("2", "escape")


@in_one_pane
@piloted
async def test_a_click_on_an_action_runs_nothing(size: Size) -> None:
    async with reading(small(), size) as reader:
        for name in ("click", "link"):
            await put(reader, "timeline", name)
            line = next(
                at for at, text in enumerate(reader.within(reader.rows)) if text.startswith("▌")
            )
            for x in range(12, reader.rows.size.width - 2, 11):
                await reader.click(reader.rows, x, line)
            assert reader.app.is_running
            assert reader.reading
            assert reader.app.clipboard == ""
            assert not any(
                segment.style and (segment.style.link or segment.style.meta)
                for strip in reader.strips
                for segment in strip
                if "evil" in segment.text
            )


@pytest.mark.parametrize("name", ["click", "breaks", "families", "long"])
@piloted
async def test_as_the_title(name: str) -> None:
    text = f"briefing: 1\ntitle: {hostile.written(NASTY[name])}\nas_of: 2019-01-09\nabout: x\n"
    async with reading(load(text.encode(), hostile.NAME), ULTRA) as reader:
        reader.check()
        assert shown(name)[:60] in squeezed(reader.lines[0])
        await reader.resize(20, 5)
        reader.check()
        await reader.press("G", "3", "4", "2", "y", "Y", "c", "p")
        reader.check()


@pytest.mark.parametrize("events", [300, pytest.param(hostile.EVENTS, marks=thorough)])
@piloted
async def test_many_events(events: int) -> None:
    async with reading(hostile.document(events=events)) as reader:
        for pane in "1234":
            await reader.press(pane, "G")
            reader.check()
            await reader.press("9", "9", "9", "k", "space", "Y")
            reader.check()
        # Entries that cannot be read keep their place, and say so.
        await reader.press("2")
        broken = [row for row in reader.rows.view.rows if isinstance(row.entry, UnreadableEntry)]
        assert len(broken) == len(NASTY)
        await reader.press("slash")
        await reader.type("cannot b")
        await reader.press("enter", "n", "n")
        assert "cannot be read" in reader.text
        reader.check()
        await reader.resize(60, 16)
        reader.check()
