"""Over SSH, with a real server and client: the recipe of the documentation, word for word."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.storage.directories import bundled
from tests.pilot.driving import reading
from tests.profiles import thorough
from tests.terminal.pty_program import (
    DEADLINE,
    ROOT,
    Program,
    commands_to_system,
    environment,
    modes,
)
from tests.terminal.rough_program import RoughProgram
from tests.terminal.sshd_server import Sshd, installed, need_ssh, runs
from tests.terminal.tmux_program import Tmux, need_tmux
from tests.terminal.twins import variables

RECIPE = re.compile(r"^```sshd_config\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WISHES = {"BRIEFING_TUI_FILES": "yes", "BRIEFING_TUI_EDITOR": "yes", "BRIEFING_TUI_ASCII": "yes"}
"""What a client would like to be allowed; its server must not listen."""


def recipe(user: str, root: Path) -> str:
    """The block of the guide, for another user and with every path below another root."""
    found = RECIPE.findall((ROOT / "docs/guide/serving.md").read_text(encoding="utf-8"))
    assert len(found) == 1, "the guide must have exactly one recipe"
    mine, count = re.subn(r"(?m)^Match User briefings$", f"Match User {user}", found[0])
    assert count == 1
    return re.sub(r"(?<![\w/])(?=/\w)", str(root), mine)


class Host:
    """A host that was set up by the recipe, with readers who each have a key."""

    def __init__(self, directory: Path) -> None:
        self.root = directory / "root"
        for name in ("etc/ssh", "opt/briefing-tui/bin", "srv/briefings", "var/lib/briefings"):
            (self.root / name).mkdir(parents=True)
        self.pids = directory / "pids"
        shutil.copy(bundled(), self.root / "srv/briefings/today.yaml")
        installed(self.root / "opt/briefing-tui/bin", self.pids)
        self.sshd = Sshd(directory, lambda user: recipe(user, self.root))
        self.keys = [directory / name for name in ("user", "second")]
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.keys[1])]
        subprocess.run(command, check=True)
        public = "".join(key.with_suffix(".pub").read_text("ascii") for key in self.keys)
        (self.root / "etc/ssh/briefings.keys").write_text(public, "ascii")

    def open(
        self, *options: str, command: str = "", key: int = 0, **changes: str | None
    ) -> RoughProgram:
        """A client in a terminal."""
        line = self.sshd.client(*options, command=command, key=self.keys[key])
        return RoughProgram(line, env=environment(**WISHES, **changes))

    def own_files(self) -> dict[str, bytes]:
        """What is kept of readers, by name; the cache is of no reader."""
        root = self.root / "var/lib/briefings"
        files = (path for kind in ("state", "data") for path in (root / kind).rglob("*"))
        return {str(path.relative_to(root)): path.read_bytes() for path in files if path.is_file()}

    def processes(self) -> list[int]:
        """The readers that were started, and the sessions of the server that they belong to."""
        return [int(one) for one in self.pids.read_text(encoding="ascii").split()]

    def wait_until_nothing_is_left(self) -> None:
        """Wait until the host has nothing to do any more."""
        end = time.monotonic() + DEADLINE
        while left := [one for one in self.processes() if runs(one)]:
            assert time.monotonic() < end, f"processes are left: {left}\n{self.sshd.told()}"
            time.sleep(0.02)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    need_ssh()
    made = Host(tmp_path)
    with made.sshd:
        yield made


@cache
def pane_as_copied() -> str:
    async def copied() -> str:
        async with reading(load_path(bundled())) as reader:
            await reader.press("Y")
            return str(reader.app.clipboard)

    return asyncio.run(copied())


def clipboard(program: RoughProgram) -> list[str]:
    """What the terminal was asked to put on its clipboard."""
    return [
        base64.b64decode(command.removeprefix(b"52;c;"), validate=True).decode()
        for command in commands_to_system(program.raw)
        if command.startswith(b"52;c;")
    ]


def test_open_navigate_resize_copy_quit(host: Host) -> None:
    with host.open() as program:
        program.wait("━ 1 Summary")
        program.wait("Bottom line")
        assert b"8;2;" in program.raw, "COLORTERM is accepted"
        program.type("Y")
        program.wait("Sent to the clipboard by OSC 52")
        assert clipboard(program) == [pane_as_copied()]
        program.type("2")
        program.wait("[2 Timeline]")
        program.resize(120, 36)
        program.wait(lambda p: "─ 4 Deals" in p.text and "[2 Timeline]" not in p.text)
        program.resize(80, 24)
        program.wait(lambda p: "[2 Timeline]" in p.text and p.lines[23].endswith("? keys"))
        program.type("q")
        assert program.wait_end() == 0
        assert program.modes() == modes(b"")
        assert program.terminal_restored()
    host.wait_until_nothing_is_left()


def test_whoever_is_dropped_resumes(host: Host) -> None:
    with host.open() as program:
        program.wait("Bottom line")
        program.type("3", "j", "j")
        program.wait(lambda p: bool(re.search(r"━ 3 Actors .* 3/", p.text)))
        os.kill(program.pid, signal.SIGKILL)
        assert program.wait_end() == -signal.SIGKILL
    host.wait_until_nothing_is_left()
    with host.open() as program:
        program.wait(lambda p: bool(re.search(r"━ 3 Actors .* 3/", p.text)))
        program.type("Q")
        assert program.wait_end() == 0
    host.wait_until_nothing_is_left()


@pytest.mark.parametrize(
    ("options", "command"),
    [
        pytest.param(("-T",), "", id="no terminal", marks=thorough),
        pytest.param((), "sh -c id", id="a command"),
        pytest.param(("-s",), "sftp", id="a subsystem"),
    ],
)
def test_without_a_terminal_it_is_plain_text(
    host: Host, options: tuple[str, ...], command: str
) -> None:
    with host.open(*options, command=command) as program:
        assert program.wait_end() == 0
        assert b"\x1b" not in program.raw
        assert program.raw.startswith(b"India and Russia: the leaders' call")
        assert b"uid=" not in program.raw
    host.wait_until_nothing_is_left()


def test_the_account_is_locked_down(host: Host) -> None:
    with host.open() as program:
        program.wait("━ 1 Summary")
        for key, told in (
            ("w", "Writing files is turned off in the configuration"),
            ("E", "The configuration does not let the reader start an editor"),
        ):
            program.type(key)
            program.wait(told)
        program.type("2")
        program.wait("[2 Timeline]")
        program.type("o")
        program.wait("Enter or 1–9 selects")
        program.type("enter")
        program.wait("Sent to the clipboard by OSC 52")
        assert clipboard(program)[-1].startswith("https://")
        program.type("Q")
        assert program.wait_end() == 0
    with host.open("-W", f"127.0.0.1:{host.sshd.port}") as program:
        assert program.wait_end() == 255
        assert b"prohibited" in program.raw
    kept = {path.suffix for path in (host.root / "var").rglob("*") if path.is_file()}
    assert kept <= {".json", ".briefing"}, "no copies: positions, and the cache"


def test_each_key_has_its_own_position_and_marks(host: Host, tmp_path: Path) -> None:
    def read(key: int, seen: str, *keys: str, says: str = "Starred") -> None:
        with host.open(key=key) as program:
            program.wait(lambda p: bool(re.search(seen, p.text)))
            program.wait("Bottom line" if "Summary" in seen else "★" if "★" in seen else "Actors")
            program.type(*keys)
            program.wait(lambda p: p.lines[23].strip().startswith(says))
            program.type("Q")
            assert program.wait_end() == 0
        host.wait_until_nothing_is_left()

    read(0, "━ 1 Summary", "3", "j", "b")
    read(1, "━ 1 Summary", "4", "b")
    kept = host.own_files()
    digests = [
        hashlib.sha256(base64.b64decode(key.with_suffix(".pub").read_text("ascii").split()[1]))
        for key in host.keys
    ]
    readers = [f"readers/{digest.hexdigest()}/" for digest in digests]
    for reader in readers:
        assert len([name for name in kept if reader in name]) == 3, "position, read state, marks"
        (marks,) = (data for name, data in kept.items() if reader in name and ".marks" in name)
        assert marks.count(b" star ") == 1
    assert len(kept) == 6
    read(0, "(?s)━ 3 Actors .* 2/.*★", "b", says="Unstarred")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    shown, host.sshd = (
        host.sshd,
        Sshd(hidden, lambda user: recipe(user, host.root).replace("ExposeAuthInfo yes", "")),
    )
    assert shown.config.read_text("utf-8").count("ExposeAuthInfo yes") == 1
    before = host.own_files()
    with host.sshd:
        read(1, "━ 1 Summary", "b", says="Starred, for this session only")
    assert host.own_files() == before


def test_a_copy_passes_tmux_on_its_way(host: Host) -> None:
    with Tmux(host.sshd.client().removeprefix("exec "), env=environment()) as tmux:
        tmux.wait("━ 1 Summary")
        tmux.press("Y")
        tmux.wait(lambda t: t.paste_buffer == pane_as_copied())
        tmux.press("2")
        tmux.wait("[2 Timeline]")
        tmux.press("Q")
        tmux.wait("exit code 0")
    host.wait_until_nothing_is_left()


class FarTmux:
    """A host on which the reader runs in tmux, so that it outlives the connection."""

    def __init__(self, directory: Path) -> None:
        self.socket = directory / "tmux"
        self.pids = directory / "pids"
        config, program = directory / "tmux.conf", installed(directory, self.pids)
        config.write_text("set -g set-clipboard on\nset -g default-terminal tmux-256color\n")
        self.sshd = Sshd(directory, lambda user: f"AuthorizedKeysFile {directory / 'user.pub'}")
        names = ("CACHE", "DATA", "STATE", "CONFIG")
        kept = variables({f"BRIEFING_TUI_{name}": "" for name in names})
        self._tmux = f"tmux -u -S {self.socket} -f {config}"
        self._command = f"{self._tmux} new-session -A -s reading {shlex.quote(f'{kept} {program}')}"

    def attach(self) -> RoughProgram:
        """Log in, to a reader that runs or to a new one."""
        return RoughProgram(self.sshd.client("-t", command=shlex.quote(self._command)))

    def reader(self) -> int:
        """The process of the only reader that was ever started."""
        (told,) = self.pids.read_text(encoding="ascii").splitlines()
        return int(told.split()[0])

    def close(self) -> None:
        """End tmux and whatever runs in it, if it has not ended."""
        command = ["tmux", "-S", str(self.socket), "kill-server"]
        subprocess.run(command, capture_output=True, check=False)


@pytest.fixture
def far_tmux(tmp_path: Path) -> Iterator[FarTmux]:
    need_ssh()
    need_tmux()
    made = FarTmux(tmp_path)
    with made.sshd:
        yield made
        made.close()


def test_in_tmux_on_the_far_side_the_reader_outlives_the_connection(far_tmux: FarTmux) -> None:
    there = re.compile("━ 3 Actors .* 3/")
    with far_tmux.attach() as program:
        program.wait("Bottom line")
        program.type("Y")
        program.wait("clipboard")
        program.wait(lambda p: pane_as_copied() in copies(p))
        program.type("3", "j", "j")
        program.wait(lambda p: bool(there.search(p.text)))
        before = program.lines[:-2]  # without what is told, and what tmux tells
        os.kill(program.pid, signal.SIGKILL)
        assert program.wait_end() == -signal.SIGKILL
    assert runs(far_tmux.reader())
    with far_tmux.attach() as program:
        program.wait(lambda p: p.lines[: len(before)] == before)
        program.type("\x02", "d")
        assert program.wait_end() == 0
        assert "[detached" in program.text
        assert program.terminal_restored()
    assert runs(far_tmux.reader())
    with far_tmux.attach() as program:
        program.wait(lambda p: p.lines[: len(before)] == before)
        program.type("k")
        program.wait(lambda p: bool(re.search("━ 3 Actors .* 2/", p.text)))
        reader = far_tmux.reader()
        program.type("Q")
        assert program.wait_end() == 0
    # The connection may be closed before tmux has seen its program end.
    end = time.monotonic() + DEADLINE
    while runs(reader):
        assert time.monotonic() < end, "the reader goes on"
        time.sleep(0.02)


def copies(program: Program) -> list[str]:
    """What tmux has handed on to the clipboard of the terminal that it is shown in."""
    commands = (one.split(b";", 2) for one in commands_to_system(program.raw))
    return [base64.b64decode(one[2]).decode() for one in commands if one[0] == b"52"]


def test_nothing_moves_by_itself(host: Host) -> None:
    with host.open() as program:
        program.wait("━ 1 Summary")
        assert 1003 not in program.modes()
        for key, seen in (("/", "Search all panes"), ("\x1b", "━ 1 Summary"), (":", "Half a page")):
            program.type(key)
            program.wait(seen)
            program.wait(quiet(0.8))
        program.type("\x1b", "Q")


def quiet(seconds: float) -> Callable[[Program], bool]:
    """Whether nothing comes for so long, which is longer than a cursor takes to blink."""
    return lambda program: program.wait_quiet(seconds) == 0
