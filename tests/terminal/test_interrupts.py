"""Ctrl-C and its like end a command quietly: a few moments; ``python -m tests.interrupts`` more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_tui import interruption
from tests.conftest import DATA
from tests.interrupts import library, problems
from tests.lint.source import ROOT


@pytest.mark.parametrize(
    ("name", "number", "delay"),
    [
        ("show", signal.SIGINT, 0.0),
        ("check", signal.SIGTERM, 0.1),
        ("watch", signal.SIGINT, 1.0),
        ("search", signal.SIGINT, 0.5),
        ("library", signal.SIGHUP, 0.6),
    ],
)
def test_a_command_ends_quietly(
    name: str, number: signal.Signals, delay: float, tmp_path: Path
) -> None:
    library(tmp_path, 30)
    assert [*problems(name, number, delay, tmp_path)] == []


def test_what_is_being_written_is_tidied_up(tmp_path: Path) -> None:
    program = f"""if True:
        import os, signal
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
        from briefing_tui import interruption
        interruption.handle(interruption.exit_at_once)
        os.fsync = lambda _: signal.raise_signal(signal.SIGINT)
        from pathlib import Path
        from briefing_tui.storage.atomic_write import write
        with interruption.tidied():
            write(Path({str(tmp_path / "file")!r}), b"content")
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")
    assert [*tmp_path.iterdir()] == []


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    program = """if True:
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from briefing_tui import interruption
        interruption.handle(interruption.exit_at_once)
        with interruption.tidied():
            signal.raise_signal(signal.SIGINT)
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                print("tidied up")
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, b"tidied up\n", b"")


def test_the_handlers_of_another_program_stay() -> None:
    before = [signal.getsignal(number) for number in interruption.ENDING]
    with interruption.tidied():
        assert [signal.getsignal(number) for number in interruption.ENDING] == before


def test_without_a_terminal_interface_one_sentence_names_wsl() -> None:
    program = """if True:
        import runpy, signal, sys
        for name in ("fcntl", "termios", "tty", "pty", "resource", "pwd", "grp"):
            sys.modules[name] = None
        for name in ("SIGHUP", "SIGTSTP", "SIGCONT", "SIGWINCH", "SIGQUIT"):
            delattr(signal, name)
        sys.argv = ["briefing-tui", *sys.argv[1:]]
        runpy.run_module("briefing_tui", None, "__main__")
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, "show", str(DATA / "small.yaml")],
        env=environ,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"WSL" in done.stderr
