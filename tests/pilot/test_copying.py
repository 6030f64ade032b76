"""Copying, opening links, and reading sources and plain text."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from briefing_tui.tui.web_browser import open_page
from briefing_tui.tui.widgets.row_list import RowList
from tests.observatory import document
from tests.pilot.driving import NARROW, Reading, piloted, reading, sizes

Size = tuple[int, int]

REMOTE = {
    "SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22",
    "SSH_CLIENT": "10.0.0.1 50000 22",
    "SSH_TTY": "/dev/pts/7",
}


@sizes
@piloted
async def test_the_sources_of_a_row(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.stand_on("timeline", "timeline/crack")
        await reader.press("s")
        assert reader.opened == "SourceScreen"
        for text in (
            "Crack in the glass",
            "Alpine Wire",
            "https://wire.example/crack",
            "B by the briefer: usually",
        ):
            assert text in reader.text
        reader.check()
        shown = reader.within(reader.top.query_one(RowList))
        await reader.press("G")
        if size == NARROW:
            assert reader.within(reader.top.query_one(RowList)) != shown
        await reader.press("escape")
        assert reader.place == ("timeline", "timeline/crack")
        for key in ("q", "backspace"):
            await reader.press("s", key)
            assert reader.reading


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser is asked to open."""
    found: list[str] = []

    async def take(url: str, _: object) -> bool:
        found.append(url)
        return True

    monkeypatch.setattr("briefing_tui.tui.web_browser.open_page", take)
    return found


def test_opening_a_link(opened: list[str]) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("j", "o")
            assert opened == ["https://gazette.example/light"]
            assert "https://gazette.example/light" in reader.last
            assert reader.app.clipboard == ""

    scenario()


@pytest.mark.parametrize("variable", REMOTE)
def test_over_ssh_the_link_is_copied(
    variable: str, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, REMOTE[variable])

    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("j", "o")
            assert opened == []
            assert reader.app.clipboard == "https://gazette.example/light"
            assert "https://gazette.example/light" in reader.last

    scenario()


def test_where_no_browser_opens_a_link_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> bool:
        return False

    monkeypatch.setattr("briefing_tui.tui.web_browser.open_page", refuse)

    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("j", "o")
            assert reader.app.clipboard == "https://gazette.example/light"
            assert "no browser opened https://gazet" in reader.last

    scenario()


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only browser there is, as a script that a test writes."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    program = tmp_path / "browser"
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setattr("briefing_tui.tui.web_browser.PATIENCE", 20.0)
    return program


@pytest.mark.parametrize(
    ("script", "taken"),
    [
        ("exit 0", True),
        ("exit 1", False),
        ("tty -s && exit 0; echo >/dev/tty && exit 0; exit 1", False),
        (None, False),
    ],
    ids=["takes it", "fails", "wants a terminal", "is not there"],
)
def test_whether_a_browser_took_a_page(script: str | None, taken: bool, browser: Path) -> None:
    url = "https://gazette.example/light?a=1&b='%20"
    if script is not None:
        browser.write_text(f'#!/bin/sh\necho "$1" >>"$0.asked"\n{script}\n')
        browser.chmod(0o755)
    assert asyncio.run(open_page(url, os.environ)) == taken
    asked = browser.with_name("browser.asked")
    assert (asked.read_text() if asked.exists() else "") == (f"{url}\n" if script else "")


def test_a_browser_that_runs_on_has_the_page(
    browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing_tui.tui.web_browser.PATIENCE", 0.05)
    browser.write_text("#!/bin/sh\nexec sleep 2\n")
    browser.chmod(0o755)
    assert asyncio.run(open_page("https://gazette.example/light", os.environ))


def test_of_several_links_one_is_asked_for(opened: list[str]) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("o")
            assert reader.opened == "LinkPicker"
            assert "https://wire.example/crack" in reader.letters
            await reader.press("escape")
            assert opened == []
            await reader.press("o", "2")
            assert opened == ["https://wire.example/crack"]

    scenario()


@sizes
@piloted
async def test_plain_text(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("p")
        assert reader.opened == "PlainTextScreen"
        for text in ("Bottom line", "The great mirror is expected", "Who will open"):
            assert text in reader.text
        # Nothing else is in the way of a selection.
        assert not any(sign in reader.text for sign in "━─│┄▌")
        assert reader.lines[0].strip() == "Bottom line"
        assert "select" in reader.last
        reader.check()
        for key in ("escape", "q", "backspace", "p"):
            await close_plain(reader, key)


async def close_plain(reader: Reading, key: str) -> None:
    await reader.press(key)
    assert reader.reading
    assert reader.place == ("summary", "bottom_line/0")
    await reader.press("p")
    assert reader.opened == "PlainTextScreen"


@sizes
@piloted
async def test_plain_text_scrolls_and_wraps_anew(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("3", "p")
        first = reader.text
        await reader.press("space")
        assert (reader.text == first) == (size[1] > 45)
        await reader.press("G")
        assert "Quokka News" in reader.text
        await reader.resize(40, 12)
        reader.check()
        await reader.press("g")
        assert "Ada Vale" in reader.text
        await reader.press("escape")
        assert reader.place == ("actors", "actors/vale")
        reader.check()
