"""The call chain from the command line to the first frame, counted in a real start.

``python -m tests.call_chain FILE`` opens a briefing on a pseudo-terminal and prints the chain.

It is the walk of somebody who reads the code from ``main`` on, to find out how a briefing gets onto
the screen:

* The walk ends where the rows of the first pane are handed to the widget that draws them.
* It passes through a function of the package that calls one in another file, or that calls one in
  its own file that does. A function that is called again, or that answers without asking another
  file, is a detail of the one that calls it; so are comprehensions and lambdas.
* Rooms of data are entered, but not walked through: how a file is parsed, how options are resolved
  and how rows are made of a scene are questions of their own. The driver, which knows nothing of
  briefings, is not entered.
* The framework answers events with handlers; of these only ``on_mount`` brings rows to a widget.
* The walk comes back to a file when a function in it, after a call into another file, calls the
  next step. The framework calling the next step is no way back: there is nothing to come back to.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import termios
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import briefing_tui

PACKAGE = os.path.dirname(briefing_tui.__file__) + os.sep
DATA_ROOMS = ("briefing", "query", "settings", "views")
DRIVER = ("driver",)
SIZE = (24, 80)
"""Lines and columns of the terminal."""
PATIENCE = 60
"""Seconds after which a start that shows no rows is ended."""
FIRST_ROWS = "RowList.watch_view"
"""The function that gets the rows of a pane."""


class Call(NamedTuple):
    """The first call of a function, or one of the later ones."""

    file: str
    """Path of the function below the package."""
    name: str
    caller: int
    """Index of the nearest call of ours that was running; -1 if there is none."""
    is_direct: bool
    """Whether the caller called it itself, not by way of a library."""

    @property
    def room(self) -> str:
        """The package of the function, or its module at the top."""
        return self.file.partition(os.sep)[0].removesuffix(".py")

    @property
    def is_handler(self) -> bool:
        """Whether it handles an event that brings no rows to a widget."""
        name = self.name.rpartition(".")[2]
        return name.startswith("on_") and name != "on_mount"

    @property
    def is_transparent(self) -> bool:
        """Whether its calls count as calls of its caller."""
        is_inline = "<" in self.name.replace("<locals>", "")
        return is_inline or self.is_handler or self.room in DRIVER


class Step(NamedTuple):
    """A function that the walk passes through."""

    file: str
    name: str
    depth: int
    returns_to: str
    """The file that the walk came back to before this step; empty if it did not."""


def recorded(file: Path) -> list[Call]:
    """Return the calls of a start on a terminal, up to the rows of the first frame.

    Args:
        file: The briefing.
    """
    with tempfile.TemporaryDirectory() as home:
        trace = Path(home) / "trace.json"
        environ = {
            "HOME": home,
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TERM": "xterm-256color",
        }
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, SIZE)
        command = [sys.executable, "-m", "tests.call_chain", os.fspath(file), os.fspath(trace)]
        process = subprocess.Popen(
            command, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        output = b"".join(_output(ours))
        os.close(ours)
        process.wait()
        if not trace.exists():
            raise RuntimeError(output.decode(errors="replace"))
        return [Call(*call) for call in json.loads(trace.read_text(encoding="utf-8"))]


def _output(terminal: int) -> Iterator[bytes]:
    try:
        while data := os.read(terminal, 65536):
            yield data
    except OSError:  # how Linux reports that the other side was closed
        return


class _Recorder:
    """Records the calls of functions of the package, as a profile function of the interpreter."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace
        self._calls: list[Call] = []
        self._running: dict[FrameType, int] = {}
        """Index of the call of every frame; frames of coroutines are entered several times."""

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event != "call" or not _is_ours(code) or frame in self._running:
            return
        caller = frame.f_back
        while caller is not None and not _is_ours(caller.f_code):
            if caller.f_code.co_filename.startswith("<frozen importlib"):
                return  # what a module does while it is imported is no step
            caller = caller.f_back
        index = self._running.get(caller, -1) if caller is not None else -1
        self._running[frame] = len(self._calls)
        path = code.co_filename.removeprefix(PACKAGE)
        self._calls.append(Call(path, code.co_qualname, index, caller is frame.f_back))
        if code.co_qualname == FIRST_ROWS and frame.f_locals["new"].rows:
            sys.setprofile(None)
            self._trace.write_text(json.dumps(self._calls), encoding="utf-8")
            os._exit(0)


def _is_ours(code: CodeType) -> bool:
    return code.co_filename.startswith(PACKAGE) and code.co_name != "<module>"


def chain(calls: Sequence[Call]) -> list[Step]:
    """Return the steps of the walk, each with the file that it came back to."""
    callers = _steps_of_callers(calls)
    through = {len(calls) - 1}
    for index in reversed(range(len(calls))):
        caller = callers[index]
        if caller >= 0 and (index in through or calls[index].file != calls[caller].file):
            through.add(caller)
        if calls[index].room in DATA_ROOMS and caller >= -1:
            through.add(index)
    steps: list[Step] = []
    passed: set[tuple[str, str]] = set()
    depths: dict[int, int] = {-1: -1}
    former = -1
    for index, call in enumerate(calls):
        caller = callers[index]
        if caller < -1:
            continue
        depths[index] = depths[caller] + 1
        if index not in through or (call.file, call.name) in passed:
            continue
        passed.add((call.file, call.name))
        is_return = call.is_direct and former not in (-1, caller)
        returns_to = calls[caller].file if is_return else ""
        if returns_to and calls[former].file == returns_to:
            returns_to = ""
        steps.append(Step(call.file, call.name, depths[index], returns_to))
        former = index
    return steps


_PART = -2
"""In place of a caller, for a call that is part of another one."""


def _steps_of_callers(calls: Sequence[Call]) -> list[int]:
    """Return for every call the call that is a step and made it, -1 for `main`, or `_PART`."""
    steps: list[int] = []
    callers: list[int] = []
    for index, call in enumerate(calls):
        caller = steps[call.caller] if call.caller >= 0 else -1
        is_main = call.name == "main" and caller == -1
        is_inside = caller == _PART or (caller >= 0 and calls[caller].room in DATA_ROOMS)
        is_answer = call.is_direct and call.caller >= 0 and calls[call.caller].is_handler
        if is_inside or (caller == -1 and not is_main) or (is_answer and not call.is_handler):
            steps.append(_PART)
            callers.append(_PART)
        elif call.is_transparent:
            steps.append(caller)
            callers.append(_PART)
        else:
            steps.append(index)
            callers.append(caller)
    return callers


def returns(steps: Sequence[Step]) -> Counter[str]:
    """Return how often the walk comes back to each file."""
    return Counter(step.returns_to for step in steps if step.returns_to)


def _run(file: str, trace: Path) -> None:
    from briefing_tui.cli import main

    signal.alarm(PATIENCE)
    sys.argv = ["briefing-tui", file]
    sys.setprofile(_Recorder(trace))
    main()


def main() -> None:
    """Print the chain, or record a start for it."""
    file, *trace = sys.argv[1:]
    if trace:
        _run(file, Path(trace[0]))
        return
    steps = chain(recorded(Path(file)))
    for step in steps:
        arrow = f"  ↑ {step.returns_to}" if step.returns_to else ""
        print(f"{'  ' * step.depth}{step.file} {step.name}{arrow}")
    files = len({step.file for step in steps})
    back = returns(steps)
    print(f"{len(steps)} functions in {files} files, back up {back.total()} times:", dict(back))


if __name__ == "__main__":
    main()
