"""Starts the program in a fork of a process that has imported it already.

Imports are two thirds of a start. A child gets its terminal, environment, directory and arguments,
and then runs the program as ``python -m briefing_tui`` does. What only a new interpreter has, such
as another locale or a closed stream, is not for this: `can_start` says so.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import re
import runpy
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

_ROOT = Path(__file__).resolve().parents[2]
COMMAND = f"{shlex.quote(sys.executable)} -m briefing_tui"

_IMPORTED = (
    "briefing_tui.briefing.check",
    "briefing_tui.cli.library",
    "briefing_tui.cli.read",
    "briefing_tui.library.workspace",
    "briefing_tui.tui.app",
)
_LINE = re.compile(rf"(?:exec )?{re.escape(COMMAND)}(?P<arguments>(?: .*)?)")
_PLAIN = re.compile(r"(?:[\w\s./:=,+@-]|'[^']*')*", re.ASCII)
"""Words of a command line that mean to a shell what they say."""
_OF_INTERPRETER = ("LC_", "PYTHON", "TEXTUAL")
"""Beginnings of variables that are read when an interpreter starts, or at an import."""


def can_start(command: str, env: Mapping[str, str]) -> bool:
    """Return whether a line for ``sh`` does nothing but run the program in the usual locale."""
    match = _LINE.fullmatch(command)
    usual = env.get("LANG") == "C.UTF-8" and not any(map(_is_of_interpreter, env))
    return usual and match is not None and bool(_PLAIN.fullmatch(match["arguments"]))


def _is_of_interpreter(variable: str) -> bool:
    return variable.startswith(_OF_INTERPRETER)


class WarmStart:
    """The process that imports the program, begun with the first start."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def start(self, command: str, terminal: str, env: Mapping[str, str], cwd: Path) -> WarmProcess:
        """Start the program on a terminal, which becomes its controlling one."""
        match = _LINE.fullmatch(command)
        assert match is not None
        arguments = shlex.split(match["arguments"])
        pid = self.ask(terminal=terminal, arguments=arguments, env=dict(env), cwd=str(cwd))
        return WarmProcess(self, pid, is_in_shell=not command.startswith("exec "))

    def ask(self, **request: Any) -> Any:
        """Return the answer of the process to a request."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=_ROOT,
                env=dict(self._env),
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class WarmProcess:
    """A program that was started so, with the part of ``Popen`` that tests use."""

    def __init__(self, parent: WarmStart, pid: int, *, is_in_shell: bool) -> None:
        self._parent = parent
        self._is_in_shell = is_in_shell
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None if the program still runs."""
        if self.returncode is None:
            code = self._parent.ask(poll=self.pid)
            is_signal = code is not None and code < 0
            self.returncode = 128 - code if is_signal and self._is_in_shell else code
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the program.

        Raises:
            subprocess.TimeoutExpired: It still runs after ``timeout`` seconds.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(COMMAND, timeout or 0)
            time.sleep(0.002)
        return code


def serve() -> None:
    """Answer requests until there are no more; in a child, run the program."""
    for name in _IMPORTED:
        importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for line in sys.stdin:
        request = json.loads(line)
        if "poll" in request:
            pid, status = os.waitpid(request["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif answer := os.fork():
            pass
        else:
            _become(**request)
            runpy.run_module("briefing_tui", run_name="__main__", alter_sys=True)
            return
        print(json.dumps(answer), flush=True)


def _become(terminal: str, arguments: list[str], env: Mapping[str, str], cwd: str) -> None:
    """Take everything from the request that a new process has from its start."""
    os.setsid()
    # A leader of a new session gets the terminal that it opens first for its own.
    device = os.open(terminal, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(device, descriptor)
    os.close(device)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[1:] = arguments
    sys.path[0] = cwd
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        before = getattr(sys, name)
        stream = open(  # noqa: SIM115
            descriptor,
            before.mode,
            buffering=1 if descriptor else -1,
            encoding=before.encoding,
            errors=before.errors,
            newline="\n",
            closefd=False,
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
