"""Searching where the terminal has no UTF-8: what is shown is found by typing it."""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.briefings import text
from tests.terminal.pty_program import PROGRAM, Program, environment

STATEMENT = "François told Erdoğan on 4–5 May: “Straße” costs €5m…"
SHOWN = 'Francois told Erdogan on 4-5 May: "Strase" costs E5m~'


def test_what_is_shown_in_ascii_is_found_by_typing_it(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    path = library / "a.yaml"
    path.write_text(
        text(key_points=f"[{{text: '{STATEMENT}', cite: [board]}}]", timeline="[]"),
        encoding="utf-8",
    )
    env = environment(LC_ALL="C", LANG=None, BRIEFING_TUI_CACHE=str(tmp_path / "cache"))
    with Program(f"{PROGRAM} {shlex.quote(str(library))}", env=env, size=(100, 24)) as program:
        program.wait("1 briefing")
        program.type("/", "erdogan E5m Stra")
        program.wait("1 hit").wait(SHOWN)
        program.type("enter")
        program.wait("1 Summary").wait(SHOWN)
        for part in ("Erdogan on 4-5", '"Strase" costs', "E5m~", "francois"):
            program.type("g", "/", part)
            program.wait("1/1")
            program.type("escape")
            program.wait(lambda one: "1/1" not in one.text)
        program.type("q")
        program.wait("Search all briefings")
        program.type("escape")
        program.wait("1 briefing")
        program.type("q")
        assert program.wait_end() == 0
    with Program(f"{PROGRAM} --plain {shlex.quote(str(path))}", env=env) as program:
        program.wait("costs E5m~")
        program.type("/told Erdogan on 4 to 5", "enter")  # as it is read out
        program.wait("Match 1 of 1")
        program.type("/fran\udce7ois told", "enter")  # a letter in Latin-1
        program.wait(lambda one: one.text.count("Match 1 of 1") == 2)
        program.type("quit", "enter")
        assert program.wait_end() == 0
