"""Worlds to read in: files, what was read of them before, and what can be looked for in them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests import observatory

DATA = Path(__file__).parent.parent / "data"


class World(NamedTuple):
    """A briefing that is opened, alone, in a library, or as a dossier."""

    name: str
    file: str
    """Name of the file."""
    versions: tuple[str, ...]
    """Texts that the file can have; the first is the one at the beginning."""
    before: str = ""
    """The version that the reader read last; empty if the file is opened for the first time."""
    words: tuple[str, ...] = ()
    """Texts to search for."""
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Actors, events and deals whose labels no other contains."""
    others: tuple[tuple[str, str], ...] = ()
    """Names and texts of further files of the library."""
    library: bool = False
    """Whether the screen opens the briefing from the list of a library."""
    subject: str = ""
    """Name of the actor or deal whose dossier is read; empty to read the file itself."""


def _text(name: str) -> str:
    return (DATA / name).read_text()


def _replaced(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


SMALL = _text("small.yaml")
OBSERVATORY = observatory.TEXT
WHOLE = _text("whole.yaml")
MISTAKES = _text("mistakes.yaml")
BARE = _text("bare.yaml")

_STORM = """  - id: storm
    headline: The old lantern is lost
    type: other
    date: 2020-11~
    cite: [gazette P2S1]
"""
_NIGHT = """  - id: night-21
    headline: Night 21 is clear
    type: other
    date: "2019-01-21"
    actors: [vale]
    cite: [gazette P1S1]
"""
_RIVAL = """
  - {id: first-third, headline: A third is paid, type: payment, date: 2030-06, cite: [register]}"""

WORLDS = (
    World(
        "small",
        "small.yaml",
        (
            SMALL,
            _replaced(SMALL, ("The work is going well.", "The work has stopped.")),
            _replaced(SMALL, (_STORM, "")),
            "briefing: [",
            "",
        ),
        before=_replaced(SMALL, ("doubts the date", "believes the date"), ("Fresnel ", "")),
        words=("light", "ice", "board", "lantern", "Keeper"),
        dates=("2021-06-10", "2020-11", "2021-03-02"),
        names=("Inge Holm", "The board promises a light", "Fresnel lantern"),
    ),
    World(
        "observatory",
        "observatory.yaml",
        (
            OBSERVATORY,
            _replaced(OBSERVATORY, ("Night 20 is clear", "Night 20 was cloudy")),
            _replaced(OBSERVATORY, (_NIGHT, "")),
            _replaced(OBSERVATORY, ('as_of: "2020-06-15"', 'as_of: "2020-06-18"')),
        ),
        before=_replaced(
            OBSERVATORY, ("Night 3 is clear", "Night 3 is dark"), ("quokka.", "ghost.")
        ),
        words=("quokka", "Quokka", "night 2", "mirror", "crack", "Senn"),
        dates=("2019-01-05", "2020-09", "2020-06-15"),
        names=("Ada Vale", "Tom Rook", "A quokka is seen on the roof"),
    ),
    World(
        "whole",
        "whole.yaml",
        (WHOLE, _replaced(WHOLE, (_RIVAL, "")), _replaced(WHOLE, ("A tour", "A walk"))),
        words=("ferry", "ice", "yard", "Brekke"),
        dates=("2030", "2029-11-20", "2033"),
        names=("Vestray Council", "The great storm", "Icebird"),
    ),
    World(
        "mistakes",
        "mistakes.yaml",
        (MISTAKES, _replaced(MISTAKES, ("tittle", "title")), SMALL),
        before=MISTAKES,
        words=("clock", "promise", "bell", "E1"),
        dates=("2027-09-28", "2027-01"),
        names=("Marta Orel", "Clockwork"),
    ),
    World(
        "bare",
        "bare.yaml",
        (BARE, SMALL, BARE),
        before=SMALL,
        words=("weir", "letter"),
        dates=("2024-05-01",),
    ),
    World(
        "library",
        "observatory.yaml",
        (OBSERVATORY, _replaced(OBSERVATORY, ("Night 20 is clear", "Night 20 was cloudy"))),
        words=("quokka", "light", "mirror"),
        dates=("2019-01-05", "2021"),
        names=("Ada Vale", "Inge Holm"),
        others=(("small.yaml", SMALL), ("bare.yaml", BARE)),
        library=True,
    ),
    World(
        "dossier",
        "ferry-order.yaml",
        (_text("harbour/ferry-order.yaml"),),
        words=("ferry", "yard", "2021"),
        dates=("2020", "2021-06"),
        names=("Marta Sund",),
        others=tuple(
            (path.name, path.read_text())
            for path in sorted((DATA / "harbour").rglob("*.yaml"))
            if path.name not in ("ferry-order.yaml", "unfinished.yaml")
        ),
        subject="Vestray ferries",
    ),
)
