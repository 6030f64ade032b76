"""The ways that copies take, and writing a pane to a file."""

from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest

from briefing_tui.settings.options import Settings
from briefing_tui.tui import export_file
from briefing_tui.tui.clipboard import MAX_BYTES, route
from tests.observatory import document
from tests.pilot.driving import NARROW, Reading, piloted, reading

ROW = "The great mirror is expected by March 2021. [article C]"


@pytest.mark.parametrize(
    ("setting", "environ", "way"),
    [
        ("auto", {}, "osc52"),
        ("auto", {"STY": "12.tty"}, "print"),
        ("auto", {"TMUX": "/tmp/tmux,1,0", "PATH": "/nowhere"}, "osc52"),
        ("osc52", {"TMUX": "/tmp/tmux,1,0"}, "osc52"),
        ("tmux", {}, "tmux"),
        ("print", {}, "print"),
        ("off", {"TMUX": "/tmp/tmux,1,0"}, "off"),
    ],
)
def test_the_way(setting: str, environ: dict[str, str], way: str) -> None:
    assert route(setting, environ) == way


@pytest.fixture
def fake_tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tmux that writes down what it is asked and given; it fails where the test says so."""
    program = tmp_path / "bin" / "tmux"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\necho "$@" >>"$ASKED"\n[ "$2" = "$REFUSED" ] && exit 1\ncat >"$ASKED.text"\n'
    )
    program.chmod(0o755)
    asked = tmp_path / "asked"
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    monkeypatch.setenv("ASKED", str(asked))
    monkeypatch.setenv("REFUSED", "")
    return asked


@pytest.mark.parametrize(
    ("refused", "asked"),
    [("", "load-buffer -w -\n"), ("-w", "load-buffer -w -\nload-buffer -\n")],
)
def test_inside_tmux(
    refused: str, asked: str, fake_tmux: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFUSED", refused)

    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("y")
            await reader.until(lambda: "tmux" in reader.last, "the message")
            assert "unconfirmed" in reader.last
            assert f"{len(ROW)} characters" in reader.last
            assert reader.app.clipboard == "", "once is enough"

    scenario()
    assert fake_tmux.read_text() == asked
    assert fake_tmux.with_suffix(".text").read_text() == ROW


def test_where_tmux_fails_osc52_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    @piloted
    async def scenario() -> None:
        async with reading(document(), settings=Settings(clipboard="tmux")) as reader:
            await reader.press("y")
            await reader.until(lambda: "OSC 52" in reader.last, "the message")
            assert reader.app.clipboard == ROW

    scenario()


@piloted
async def test_shown_for_selecting() -> None:
    async with reading(document(), settings=Settings(clipboard="print")) as reader:
        for key, part in (("y", "expected by March"), ("Y", "Summary ("), ("c", "Senn Gazette")):
            await reader.press("g", key)
            assert reader.opened == "PlainTextScreen"
            assert part in reader.text
            await reader.press("escape")
        assert reader.app.clipboard == ""


@piloted
async def test_turned_off() -> None:
    async with reading(document(), settings=Settings(clipboard="off", files=False)) as reader:
        for key in ("y", "Y", "c", "w"):
            await reader.press(key)
            assert "turned off" in reader.last
        assert reader.reading
        assert reader.app.clipboard == ""


@piloted
async def test_what_may_be_too_long_is_said() -> None:
    async with reading(document()) as reader:
        reader.reader.exporter.copy("x" * MAX_BYTES, "it")
        await reader.settle()
        assert "too long" not in reader.last
        reader.reader.exporter.copy("x" * (MAX_BYTES + 1), "it")
        await reader.settle()
        assert "too long for some" in reader.last


# Files


async def write(reader: Reading, name: str) -> None:
    await reader.press("w")
    assert reader.opened == "Prompt"
    for char in name:
        await reader.press(char)
    await reader.press("enter")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory that the reader runs in, and whose home it is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path


def test_a_pane_is_written(here: Path) -> None:
    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await reader.press("3")
            await write(reader, "a.txt")
            assert "Wrote the pane to a.txt: " in reader.last
            await write(reader, "~/b")
            assert (here / "a.txt").read_text() == (here / "home" / "b").read_text()

    scenario()
    text = (here / "a.txt").read_text(encoding="utf-8")
    assert text.splitlines()[0].startswith("Key actors (")
    assert "Ada Vale" in text
    assert not stat.S_IMODE((here / "a.txt").stat().st_mode) & stat.S_IXUSR


def test_a_file_that_is_there_is_asked_about(here: Path) -> None:
    path = here / "a.txt"
    path.write_text("mine\n")

    @piloted
    async def scenario() -> None:
        async with reading(document()) as reader:
            await write(reader, "a.txt")
            assert reader.opened == "LinkPicker"
            assert "a.txt exists" in reader.text
            await reader.press("escape")
            assert path.read_text() == "mine\n"
            await write(reader, "a.txt")
            await reader.press("1")
            assert "Added the pane to a.txt" in reader.last
            assert path.read_text().startswith("mine\nSummary (")
            await write(reader, "a.txt")
            await reader.press("2")
            assert "Wrote the pane to a.txt" in reader.last
            assert path.read_text().startswith("Summary (")

    scenario()


def test_half_a_file_is_not_left(here: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            export_file.write(here / "a.txt", "a long text", "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not (here / "a.txt").exists()


def test_what_cannot_be_written_is_told(here: Path) -> None:
    os.mkfifo(here / "pipe")
    (here / "link").symlink_to(here / "pipe")

    @piloted
    async def scenario() -> None:
        async with reading(document(), NARROW) as reader:
            for name in ("no/where", "home", "pipe", "link"):
                await write(reader, name)
                if reader.opened == "LinkPicker":
                    await reader.press("1")
                assert reader.opened == "Prompt", name
                assert f"{name}: " in reader.text
                await reader.press("escape")
                assert "Wrote" not in reader.last
            await write(reader, "")
            assert reader.reading
            await write(reader, "no/where")
            await reader.press(*["backspace"] * 6, *"tes.txt", "enter")
            assert "Wrote the pane to notes.txt: " in reader.last

    scenario()
    assert sorted(one.name for one in here.iterdir()) == ["home", "link", "notes.txt", "pipe"]
