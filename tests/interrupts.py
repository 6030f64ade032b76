"""Signals at any moment: ``python -m tests.interrupts [TIMES]`` sends many to every command.

A command ends quietly, with the exit code that a shell reports, and leaves no temporary file; or it
was done before. The signals come after random delays, from the first instruction of ours on.
"""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import DATA
from tests.lint.source import ROOT

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMANDS: dict[str, list[str]] = {
    "show": ["show", "small.yaml"],
    "check": ["check", "small.yaml"],
    "watch": ["check", "--watch", "small.yaml"],
    "search": ["search", "lighthouse", "--library", "."],
    "library": ["library", "."],
    "new": ["new", "fresh"],
    "format": ["format", "small.yaml"],
}
_PROGRAM = """if True:
    import os, runpy, sys
    def begin(event, arguments):
        if event == "import" and arguments[0] == "briefing_tui.cli":
            os.write(PIPE, b"x")
    sys.addaudithook(begin)
    runpy.run_module("briefing_tui", None, "__main__")
"""
"""Says by a pipe when imports of the program begin: the start of the interpreter is not ours."""
_PATIENCE = 60.0


def interrupted(
    command: list[str], number: signal.Signals, delay: float, directory: Path
) -> tuple[int, str, list[str]]:
    """Run a command and send it a signal some seconds after it began.

    Returns:
        Its exit code, what it wrote to standard error, and the temporary files that it left.
    """
    reader, writer = os.pipe()
    environ = {
        "HOME": str(directory / "home"),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(directory),
    }
    program = _PROGRAM.replace("PIPE", str(writer))
    with subprocess.Popen(
        [sys.executable, "-c", program, *command],
        cwd=directory / "library",
        env=environ,
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # If the tests run in the background, Ctrl-C is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        os.close(writer)
        select.select([reader], [], [], _PATIENCE)
        os.close(reader)
        time.sleep(delay)
        os.killpg(process.pid, number)  # as a terminal does, so that workers get it, too
        _, errors = process.communicate(timeout=_PATIENCE)
    left = [path.name for path in directory.rglob("*briefing-tui*") if path.name.startswith(".")]
    return process.returncode, errors.decode(), left


def problems(name: str, number: signal.Signals, delay: float, directory: Path) -> Iterator[str]:
    """Interrupt a command, and yield what is wrong about its end."""
    code, errors, left = interrupted(COMMANDS[name], number, delay, directory)
    case = f"{name}, {number.name} after {delay:.3f} s"
    # While the interpreter shuts down, the system ends it; a shell reports the same code.
    if code not in (0, 128 + number, -number):
        yield f"{case}: exit code {code}"
    if "Traceback" in errors or errors.count("\n") > 1:
        yield f"{case}: {errors}"
    if left:
        yield f"{case}: left {left}"


def library(directory: Path, briefings: int) -> None:
    """Make a library of some briefings, more than are read without worker processes."""
    (directory / "library").mkdir()
    (directory / "home").mkdir()
    text = (DATA / "small.yaml").read_text(encoding="utf-8")
    for index in range(briefings):
        path = directory / "library" / f"{index}.yaml"
        path.write_text(text.replace("lighthouse", f"lighthouse {index}"), encoding="utf-8")
    (directory / "library" / "small.yaml").write_text(text + "\n\n", encoding="utf-8")


def main() -> None:
    """Interrupt every command by every signal, and print what went wrong."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    count: Counter[str] = Counter()
    for name in COMMANDS:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as directory:
                library(Path(directory), 60)
                delay = random.uniform(0, 1.0)
                lines = [*problems(name, random.choice(SIGNALS), delay, Path(directory))]
            count[name] += bool(lines)
            print("".join(f"{line}\n" for line in lines), end="", flush=True)
        print(f"{name}: {count[name]} of {times} ended badly")
    sys.exit(any(count.values()))


if __name__ == "__main__":
    main()
