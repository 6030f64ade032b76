"""Wide characters, and those that join: what follows them stands where it is meant to stand.

Terminals disagree on how many cells some of them take. What is compared is everything else: in
pyte every cell that does not belong to such a cluster, in tmux the places of words to their right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyte.screens import wcwidth

from briefing_tui.driver.capabilities import detect_terminal
from tests.hostile import written
from tests.profiles import thorough
from tests.terminal.pty_program import PROGRAM, Program, without_idle_marks
from tests.terminal.tmux_program import Tmux
from tests.terminal.twins import Cluster, Twin, clusters, composed, twins

SIGNS = {
    "han": "漢字かな交じり",
    "full": "「、」한국어",
    "nagari": "नमस्ते नि क्षत्रिय",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "astronaut": "👩🏽\u200d🚀",
    "rainbow": "🏳️\u200d🌈",
    "flags": "🇮🇳🇷🇺🇺🇸",
    "marks": "Z\u0351\u0322a\u030a\u0323l\u0334 e\u0301",
    "sixteen": "⚠️ 1️⃣ ❤️",
    "newest": "🫨 🪿 🫩",
    "thai": "ที่นี่ กำ",
}
TERMINAL = detect_terminal({"TERM": "xterm-256color"})


def briefing() -> str:
    """A briefing with every sign in every place, and plain words after it."""
    head = f"briefing: 1\ntitle: {_said('han', 'Title')}\nas_of: 2021-06-15\nabout: s-han\n"
    points = [_entry(text=_said(name, "point")) for name in SIGNS]
    sections = {
        "bottom_line": points[:1],
        "key_points": points[1:],
        "open_questions": [written({"text": f"{sign} asked"}) for sign in SIGNS.values()],
        "timeline": [_event(name) for name in SIGNS],
    }
    tables = {
        "sources": [f"s-{name}: {_source(name)}" for name in SIGNS],
        "actors": [f"a-{name}: {_actor(name)}" for name in SIGNS],
        "deals": [f"d-{name}: {_deal(name)}" for name in SIGNS],
    }
    lists = "".join(f"{name}:\n{_items('- ', of)}" for name, of in sections.items())
    return head + lists + "".join(f"{name}:\n{_items('', of)}" for name, of in tables.items())


def _items(before: str, entries: list[str]) -> str:
    return "".join(f"  {before}{entry}\n" for entry in entries)


def _said(name: str, word: str) -> str:
    return written(f"{SIGNS[name]} {word}-{name} {SIGNS[name]}")


def _entry(**fields: str) -> str:
    told = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"{{{told}, cite: [s-han, s-flags, s-family]}}"


def _event(name: str) -> str:
    told = {"headline": _said(name, "event"), "text": _said(name, "account")}
    return _entry(id=f"e-{name}", type="call", date="2021-06-10", actors=f"[a-{name}]", **told)


def _source(name: str) -> str:
    told = f"title: {_said(name, 'source')}, publisher: {_said(name, 'paper')}"
    return f"{{kind: wire, {told}, published: 2021-06-15, reliability: C}}"


def _actor(name: str) -> str:
    return _entry(name=_said(name, "actor"), kind="person", role=_said(name, "role"))


def _deal(name: str) -> str:
    told = {"designation": _said(name, "deal"), "description": _said(name, "account")}
    return _entry(supplier="RUS", recipient="IND", **told)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "wide.yaml"
    found.write_text(briefing(), encoding="utf-8")
    return found


def agreed(cluster: Cluster) -> bool:
    """Whether the emulator measures a cluster as we do."""
    return wcwidth(cluster.text[0]) == sum(map(wcwidth, cluster.text)) == cluster.width


def drawn(cluster: Cluster) -> str:
    """What the emulator keeps of a cluster."""
    return composed(without_idle_marks(cluster.text))


def shifted(program: Program, twin: Twin) -> list[str]:
    """Cells that are not where they are meant to be, whatever is beside them."""
    buffer = program.emulator.screen.buffer
    return [
        f"row {y + 1}, column {one.x + 1}: {buffer[y][one.x].data!r}, not {drawn(one)!r}"
        for y, line in enumerate(twin.lines)
        for one in clusters(line.ljust(twin.size[0]))
        if one.width and agreed(one) and buffer[y][one.x].data != drawn(one)
    ]


def test_the_briefing_has_every_kind_of_disagreement() -> None:
    unsure = [one for sign in SIGNS.values() for one in clusters(sign) if not agreed(one)]
    assert len(unsure) > 10
    assert any(agreed(one) and one.width == 2 for one in clusters(SIGNS["han"]))
    assert any(agreed(one) and len(one.text) > 1 for one in clusters(SIGNS["marks"]))


@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=thorough) for size in ((132, 43), (200, 50)))],
    ids=str,
)
def test_columns_stand_still(size: tuple[int, int], path: Path) -> None:
    with Program(f"exec {PROGRAM} {path}", size=size) as program:
        for twin in twins(path, TERMINAL, (size,), "1234321"):
            program.type(twin.pane)
            try:
                program.wait(lambda p, twin=twin: not shifted(p, twin))  # type: ignore[misc]
            except AssertionError as error:
                raise AssertionError("\n".join([*shifted(program, twin), str(error)])) from error
        program.type("Q")
        assert program.wait_end() == 0


def landmarks(twin: Twin) -> Iterator[tuple[str, int, int]]:
    """Words that are there once, with their places, to the right of what terminals differ in."""
    text = "\n".join(twin.lines)
    for y, line in enumerate(twin.lines):
        places = clusters(line)
        unsure = [one.x for one in places if one.width and not agreed(one)]
        words = [*re.finditer(r"[A-Za-z][a-z-]{4,}", line)]
        for word in words[-2:]:
            x = len_before(places, word.start())
            alone = text.lower().count(word[0].lower()) == 1
            if alone and unsure and unsure[0] < x:
                yield word[0], x, y


def len_before(places: list[Cluster], characters: int) -> int:
    """The column of a character of a row."""
    for one in places:
        if characters <= 0:
            return one.x
        characters -= len(one.text)
    raise AssertionError("it is beyond the row")


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=thorough), (170, 50)], ids=str)
def test_columns_stand_still_in_tmux(size: tuple[int, int], path: Path) -> None:
    found = 0
    with Tmux(f"{PROGRAM} {path}", size=size) as tmux:
        for twin in twins(path, TERMINAL, (size,), "1234"):
            tmux.press(twin.pane)
            for word, x, y in landmarks(twin):
                found += 1
                tmux.wait(lambda t, at=(word, x, y): where(t, at[0]) == at[1:])  # type: ignore[misc]
        tmux.press("Q")
        tmux.wait("exit code 0")
    assert found > 10


def where(tmux: Tmux, word: str) -> tuple[int, int]:
    """Column and row of a word that is there once, as tmux counts them."""
    search = ["send-keys", "-X", "search-backward-text", word, ";"]
    told = ["display-message", "-p", "#{copy_cursor_x} #{copy_cursor_y} #{search_present}", ";"]
    answer = tmux.tmux("copy-mode", ";", *search, *told, "send-keys", "-X", "cancel").split()
    return (int(answer[0]), int(answer[1])) if answer[2:] == ["1"] else (-1, -1)
