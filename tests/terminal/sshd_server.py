"""A real OpenSSH server on this machine, with a configuration and keys of its own.

It listens on a port of the loopback interface that nobody else has, and lets in only the user who
runs the tests, by a key made for it. As root it needs ``/run/sshd``, as everywhere.
"""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from tests.terminal.pty_program import DEADLINE, ROOT, environment

_PRIVILEGE_SEPARATION = Path("/run/sshd")
_AS_LONG_AS_WE_RUN = '"$0" "$@" & read -r _; kill $!; wait $!'
"""Runs a command until standard input is closed, as it is when whoever runs the tests is killed."""


def find_sshd() -> str:
    """The server's program, by its whole name as it wants to be called; empty if there is none."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    return shutil.which("sshd", path=path) or ""


def need_ssh() -> None:
    """Skip a test where OpenSSH cannot run; where everything must be there, fail."""
    lacking = [name for name in ("ssh", "ssh-keygen") if shutil.which(name) is None]
    if not find_sshd():
        lacking.append("sshd")
    if os.geteuid() == 0 and not _PRIVILEGE_SEPARATION.is_dir():
        lacking.append(f"the directory {_PRIVILEGE_SEPARATION}")
    if lacking:
        reason = f"not installed: {', '.join(lacking)}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


class Sshd:
    """A server that runs until the end of a ``with`` block."""

    def __init__(self, directory: Path, recipe: Callable[[str], str]) -> None:
        """Prepare a server.

        Args:
            directory: Where its files go.
            recipe: Its configuration besides host key and port, for a user.
        """
        self.directory = directory
        self.user = getpass.getuser()
        self.port = _free_port()
        self.log = directory / "sshd.log"
        for name in ("host", "user"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(directory / name)]
            subprocess.run(command, check=True)
        key = (directory / "host.pub").read_text(encoding="utf-8")
        known = f"[127.0.0.1]:{self.port} {key}"
        (directory / "known_hosts").write_text(known, encoding="utf-8")
        own = [
            f"ListenAddress 127.0.0.1:{self.port}",
            f"HostKey {directory / 'host'}",
            f"PidFile {directory / 'sshd.pid'}",
            "UsePAM no",  # a user who is not root can let in nobody else, and asks nobody
            "Subsystem sftp internal-sftp",
            "StrictModes no",  # the directory of a test is anybody's
        ]
        self.config = directory / "sshd_config"
        self.config.write_text("\n".join([*own, recipe(self.user), ""]), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        sshd = find_sshd()
        tested = [sshd, "-t", "-f", str(self.config)]
        found = subprocess.run(tested, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _AS_LONG_AS_WE_RUN, sshd, "-D", "-e", "-f", str(self.config)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                env=environment(LANG=None),
            )
        end = time.monotonic() + DEADLINE
        while not self._listens():
            assert time.monotonic() < end, f"sshd does not listen\n{self.told()}"
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()

    def client(self, *options: str, command: str = "", key: Path | None = None) -> str:
        """The client as a command line, which becomes the client itself."""
        key = key or self.directory / "user"
        given = [
            *("ssh", "-F", "none", "-i", str(key), "-p", str(self.port)),
            *("-o", f"UserKnownHostsFile={self.directory / 'known_hosts'}"),
            *("-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "IdentityAgent=none"),
            *("-o", "SendEnv=COLORTERM NO_COLOR LANG LC_* BRIEFING_TUI_*"),
            *options,
            f"{self.user}@127.0.0.1",
        ]
        return " ".join(["exec", *map(shlex.quote, given), command]).rstrip()

    def told(self) -> str:
        """What the server wrote into its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _listens(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False


def installed(directory: Path, pids: Path) -> Path:
    """A program that notes its process and its parent's, and then is ours, as if installed."""
    program = directory / "briefing-tui"
    python = shlex.quote(sys.executable)
    program.write_text(
        f'#!/bin/sh\necho "$$ $PPID" >>{shlex.quote(str(pids))}\ncd {shlex.quote(str(ROOT))}\n'
        f'exec {python} -m briefing_tui "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def runs(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return Path("/proc/self").exists() is False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
