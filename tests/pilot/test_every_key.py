"""Every key of every command does what its title says; a new command needs a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from briefing_tui.commands.registry import COMMANDS, effective_keys
from tests.observatory import document
from tests.pilot.driving import NARROW, WIDE, Reading, piloted, reading, taken
from tests.profiles import thorough

Size = tuple[int, int]


class Effect(NamedTuple):
    """What a command does from where."""

    seen: Callable[[Reading], object]
    """Whether it was done."""
    row: str = "timeline/night-20"
    before: str = ""
    """Keys that are pressed first."""


def at(key: str) -> Callable[[Reading], object]:
    return lambda reader: reader.key == key


def in_pane(name: str) -> Callable[[Reading], object]:
    return lambda reader: reader.pane == name and reader.rows.has_focus


def opened(name: str) -> Callable[[Reading], object]:
    return lambda reader: reader.opened == name


def with_class(name: str) -> Callable[[Reading], object]:
    return lambda reader: reader.reader.has_class(name)


def said(text: str) -> Callable[[Reading], object]:
    return lambda reader: text in reader.last


def as_of(day: str) -> Callable[[Reading], object]:
    return lambda reader: reader.reader.scene.as_of.isoformat() == day


EFFECTS: dict[str, Effect] = {
    "down": Effect(at("timeline/night-21")),
    "up": Effect(at("timeline/night-19")),
    "half-down": Effect(lambda reader: 22 < reader.number <= 21 + reader.rows.size.height // 2),
    "half-up": Effect(lambda reader: 21 - reader.rows.size.height // 2 <= reader.number < 20),
    "page-down": Effect(lambda reader: reader.number > 21 + reader.rows.size.height // 2),
    "page-up": Effect(lambda reader: reader.number < 21 - reader.rows.size.height // 2),
    "top": Effect(at("timeline/founded")),
    "bottom": Effect(at("timeline/opening")),
    "pane-summary": Effect(in_pane("summary")),
    "pane-timeline": Effect(in_pane("timeline"), "actors/vale"),
    "pane-actors": Effect(in_pane("actors")),
    "pane-deals": Effect(in_pane("deals")),
    "next-pane": Effect(in_pane("actors")),
    "previous-pane": Effect(in_pane("summary")),
    "evidence": Effect(lambda reader: reader.reader.evidence.has_focus),
    "zoom": Effect(with_class("-zoomed")),
    "follow": Effect(at("actors/vale")),
    "back": Effect(at("timeline/night-20"), before="\n"),
    "forward": Effect(at("actors/vale"), before="\nH"),
    "narrow": Effect(lambda reader: len(reader.reader.scene.focus) == 1),
    "escape": Effect(lambda reader: not reader.reader.scene.focus, before="f"),
    "search": Effect(with_class("-searching")),
    "next-match": Effect(at("timeline/again"), before="/quokka\n"),
    "previous-match": Effect(at("key_points/2"), before="/quokka\n"),
    "single-source": Effect(lambda reader: reader.reader.session.search.text == "sources:1"),
    "palette": Effect(opened("CommandPalette")),
    "later": Effect(as_of("2020-09-01")),
    "earlier": Effect(as_of("2020-06-12")),
    "latest": Effect(as_of("2020-09-01")),
    "earliest": Effect(as_of("2019-12-31")),
    "own-date": Effect(as_of("2020-06-15"), before="["),
    "as-of": Effect(opened("Prompt")),
    "source": Effect(opened("SourceScreen")),
    "open-link": Effect(said("Opening https://gazette.example/light")),
    "copy": Effect(lambda reader: reader.app.clipboard.startswith("20 Jan Night 20 is clear")),
    "copy-pane": Effect(lambda reader: reader.app.clipboard.startswith("Timeline (")),
    "cite": Effect(lambda reader: "Senn Gazette, “Light on" in reader.app.clipboard),
    "plain": Effect(opened("PlainTextScreen")),
    "write": Effect(opened("Prompt")),
    "star": Effect(said("Star")),
    "note": Effect(opened("Prompt")),
    "edit-note": Effect(said("No editor is set")),
    "mark": Effect(opened("LetterPicker")),
    "jump": Effect(opened("LetterPicker")),
    "next-unread": Effect(said("Nothing is unread")),
    "previous-unread": Effect(said("Nothing is unread")),
    "dossier": Effect(said("No library is open")),
    "whole-dossier": Effect(said("Only works in a dossier")),
    "library": Effect(said("No library is open")),
    "theme": Effect(said("Theme: ")),
    "reload": Effect(said("There is no file to read again")),
    "repaint": Effect(said("Redrawn")),
    "help": Effect(opened("HelpScreen")),
    "quit-step": Effect(lambda reader: not reader.reader.scene.focus, before="f"),
    "quit": Effect(lambda reader: not reader.app.is_running),
}


def test_every_command_is_here() -> None:
    assert set(EFFECTS) == {command.id for command in COMMANDS if "reader" in command.places}


async def start(reader: Reading, effect: Effect) -> None:
    """Back out of everything, to the row the effect starts from."""
    for _ in range(8):
        if reader.at_rest:
            break
        await reader.press("escape")
    if reader.reader.scene.as_of.isoformat() != "2020-06-15":
        await reader.press("=")
    reader.app.copy_to_clipboard("")
    if reader.key != effect.row:
        await reader.stand_on(effect.row.partition("/")[0], effect.row)
    for key in effect.before:
        await reader.press({"\n": "enter", " ": "space"}.get(key, key))


@pytest.mark.parametrize(
    ("size", "most"),
    [
        pytest.param(NARROW, None, id="every key in tabs"),
        pytest.param(WIDE, 1, id="the first in a grid", marks=thorough),
    ],
)
def test_every_key(size: Size, most: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("briefing_tui.tui.web_browser.open_page", taken)

    @piloted
    async def scenario() -> None:
        async with reading(document(), size) as reader:
            failed = []
            keys = effective_keys({})
            for name, effect in EFFECTS.items():
                for key in keys[name][:most]:
                    await start(reader, effect)
                    await reader.press(key)
                    if not effect.seen(reader):
                        failed.append(f"{name}: {key}")
                    if reader.app.is_running:
                        reader.check()
            assert failed == []

    scenario()
