"""Every command without what a surrounding may lack: it works, or fails in one line.

No traceback, no wait, and nothing that is half made. What a command cannot store it does without.
"""

from __future__ import annotations

import errno
import os
import pwd
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing_tui.cli import cli
from briefing_tui.storage import directories
from tests.conftest import DATA
from tests.lint.source import ROOT
from tests.profiles import thorough

Lack = Callable[[pytest.MonkeyPatch, Path], None]
SMALL = str(DATA / "small.yaml")

COMMANDS = [
    ["show", SMALL],
    [SMALL],
    ["check", SMALL],
    ["diff", SMALL, SMALL],
    ["format", "here.yaml"],
    ["new", "fresh"],
    ["schema"],
    ["explain", "ruling"],
    ["config"],
    ["config", "init"],
    ["library", str(DATA / "harbour")],
    ["search", "harbour", "--library", str(DATA / "harbour")],
    ["dossier", "harbour", "--library", str(DATA / "harbour")],
    ["marks"],
    ["doctor", "--no-keys"],
    ["keys"],
    ["paths"],
    ["completion", "zsh"],
    ["source", "list", SMALL],
    ["source", "attach", str(DATA / "icebreaker.yaml"), "herald", str(DATA / "icebreaker.txt")],
    ["source", "detach", SMALL, "gazette"],
]
ALLOWED_TO_FAIL = {"config", "new", "format", "source", "dossier", "doctor", "library", "search"}
"""Commands that cannot do what they are for without some of it."""


def no_home(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    def unknown(user: int) -> pwd.struct_passwd:
        raise KeyError(f"getpwuid(): uid not found: {user}")

    for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.delenv(f"BRIEFING_TUI_{kind}", raising=False)
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)


def files_for_directories(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    (here / "file").touch()
    for kind in ("STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"BRIEFING_TUI_{kind}", str(here / "file"))
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(here / "file" / "config.toml"))


def no_write(code: int) -> Lack:
    def lack(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
        actual = os.open

        def refuse(path: object, flags: int, mode: int = 0o777, **options: int) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR) and path != os.devnull:
                raise OSError(code, os.strerror(code), path)
            return actual(path, flags, mode, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "open", refuse)

    return lack


def no_room(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    class Full:
        def __init__(self, descriptor: int, *_: object, **__: object) -> None:
            self.descriptor = descriptor

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.descriptor)

        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", Full)


def no_directories(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)


def no_working_directory(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()


def clock(seconds: float) -> Lack:
    def lack(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
        monkeypatch.setattr(time, "time", lambda: seconds)
        monkeypatch.setattr(time, "time_ns", lambda: int(seconds * 1e9))

    return lack


def no_streams(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "__stdout__", None)
    monkeypatch.setattr(sys, "__stderr__", None)
    monkeypatch.setattr(sys, "__stdin__", None)


def odd_environment(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    for name in ("TERM", "LANG", "LC_ALL", "COLUMNS", "LINES", "EDITOR", "TZ", "SSH_TTY", "TMUX"):
        monkeypatch.setenv(name, "\x1b[31m\udcff=" * 20)


LACKS: dict[str, Lack] = {
    "home": no_home,
    "directories": files_for_directories,
    "permission": no_write(errno.EACCES),
    "a disk that can be written": no_write(errno.EROFS),
    "descriptors": no_write(errno.EMFILE),
    "room": no_room,
    "new directories": no_directories,
    "a working directory": no_working_directory,
    "a clock that was set": clock(0),
    "a clock that is right": clock(4_070_908_800),
    "streams": no_streams,
    "a sane environment": odd_environment,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"BRIEFING_TUI_{kind}", str(tmp_path / "home" / kind.lower()))
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "home" / "config.toml"))
    work = tmp_path / "work"
    work.mkdir()
    (work / "here.yaml").write_bytes((DATA / "small.yaml").read_bytes() + b"\n\n")
    monkeypatch.chdir(work)
    return tmp_path


QUICK = {
    "home",
    "directories",
    "permission",
    "room",
    "a working directory",
    "a clock that is right",
}


@pytest.mark.parametrize(
    "lack", [pytest.param(lack, marks=[] if lack in QUICK else [thorough]) for lack in LACKS]
)
def test_commands_do_without(lack: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = (here / "work" / "here.yaml").read_bytes()
    LACKS[lack](monkeypatch, here)
    wrong = []
    for command in COMMANDS:
        result = CliRunner().invoke(cli, command, prog_name="briefing-tui")
        ended = result.exception is None or isinstance(result.exception, SystemExit)
        failed = result.exit_code != 0 and command[0] not in ALLOWED_TO_FAIL
        if not ended or failed or "Traceback" in result.output:
            wrong.append((command, result.exit_code, result.stderr, result.exception))
        if len(result.stderr.splitlines()) > 3 or (result.exit_code == 2 and not result.stderr):
            wrong.append((command, result.exit_code, result.stderr, None))
    monkeypatch.undo()
    assert wrong == []
    files = [path for path in here.rglob("*") if path.is_file() and path.name != "file"]
    names = [path.name for path in files]
    assert [name for name in names if name.endswith(".briefing-tui")] == []
    assert [
        path.name for path in files if not path.stat().st_size and "beside" not in path.name
    ] == []
    if lack in ("permission", "a disk that can be written", "room"):
        assert (here / "work" / "here.yaml").read_bytes() == original
        assert {"fresh.yaml", "config.toml"}.isdisjoint(names)
    if lack == "a clock that is right":
        assert {"fresh.yaml", "config.toml"} <= set(names)


def test_a_lack_is_reported_in_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_home(monkeypatch, here)
    result = CliRunner().invoke(cli, ["show", SMALL])
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "no home directory" in result.stderr
    assert CliRunner().invoke(cli, ["paths"]).stdout.count("  none\n") == 5


@pytest.mark.parametrize(
    ("shell", "codes"),
    [
        ("{} show small.yaml > /dev/full", {2}),
        ("ulimit -f 0; {} show small.yaml > $TMPDIR/out", {2}),
        pytest.param("{} show small.yaml <&- >&- 2>&-", {0}, marks=thorough),
        pytest.param("{} show small.yaml > /dev/full 2> /dev/full", {2}, marks=thorough),
        pytest.param("{} --help > /dev/full", {2}, marks=thorough),
        pytest.param("{} show small.yaml | true; exit ${{PIPESTATUS[0]}}", {0}, marks=thorough),
        pytest.param("umask 777; {} show small.yaml", {0}, marks=thorough),
    ],
)
def test_the_streams_and_limits_of_a_process(shell: str, codes: set[int], here: Path) -> None:
    if "/dev/full" in shell and not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    done = subprocess.run(
        ["bash", "-c", shell.format(f"{sys.executable} -m briefing_tui")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_TUI_CACHE": "", "TMPDIR": str(here)},
        cwd=DATA,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in codes
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


def test_pipes_that_do_not_block_are_read_and_written_whole() -> None:
    text = (DATA / "small.yaml").read_bytes().replace(b"title: ", b"title: " + b"x " * 100_000, 1)
    (input_end, input_begin), (end, begin) = os.pipe(), os.pipe()
    os.set_blocking(input_end, False)
    os.set_blocking(begin, False)
    with subprocess.Popen(
        [sys.executable, "-m", "briefing_tui", "show", "-"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=input_end,
        stdout=begin,
        stderr=subprocess.PIPE,
    ) as process:
        for descriptor in (input_end, begin):
            os.close(descriptor)
        with open(input_begin, "wb") as pipe:
            pipe.write(text)
        with open(end, "rb") as pipe:
            assert pipe.read().count(b"x") >= 100_000
        assert process.communicate()[1] == b""


@pytest.mark.parametrize(
    ("platform", "state", "cache"),
    [
        ("linux", "/home/ada/.local/state", "/home/ada/.cache"),
        ("darwin", "/home/ada/Library/Application Support", "/home/ada/Library/Caches"),
    ],
)
def test_directories_are_the_usual_ones_of_the_platform(
    platform: str, state: str, cache: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = directories.directories_of({"HOME": "/home/ada", "XDG_CACHE_HOME": "relative"})
    assert found.state == Path(state, "briefing-tui")
    assert found.cache == Path(cache, "briefing-tui")


def test_the_environment_moves_the_usual_directories() -> None:
    environ = {"HOME": "/home/ada", "XDG_CONFIG_HOME": "/etc/ada", "XDG_DATA_HOME": "/srv"}
    found = directories.directories_of(environ)
    assert found.config_file == Path("/etc/ada/briefing-tui/config.toml")
    assert found.data == Path("/srv/briefing-tui")
    assert found.texts == Path("/srv/briefing-tui/texts")


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_an_absolute_home_that_of_the_account_counts(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    environ = {} if home is None else {"HOME": home}
    account = pwd.struct_passwd(("ada", "x", 1, 1, "", "/home/ada", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: account)
    assert directories.directories_of(environ).cache == Path("/home/ada/.cache/briefing-tui")
    nowhere = pwd.struct_passwd(("ada", "x", 1, 1, "", "", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: nowhere)
    assert directories.directories_of(environ).cache is None
