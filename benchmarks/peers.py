"""What the same actions take in other programs: bytes, time to the last of them, and lag.

All read the same briefing at 80 by 24: the reader as it is, the others what ``show`` prints of it,
or a feed with its events. Lag is how long after the last of the keys the screen still changes, with
``j`` held for two seconds on a line of 9600 bytes a second and 150 ms each way.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.generate import briefing
from benchmarks.pressing import SETTLED, Taken, press
from tests.terminal.pty_program import PROGRAM, ROOT, Program, environment
from tests.terminal.rough_program import SlowProgram

EVENTS = 300
RATE, DELAY = 9600, 0.15
HELD, KEYS_A_SECOND = 2.0, 30
_PATIENCE = 60.0
ACTIONS = ("start", "row down", "page down", "search", "quit")


class Peer(NamedTuple):
    """A program, and the keys that do in it what the actions are."""

    name: str
    command: str
    shown: str
    """What is to be seen when it has started."""
    before: str = ""
    """Keys that lead to rows."""
    down: str = "j"
    page: str = " "
    search: str = "/patrol\r"
    quit: str = "q"


Table = dict[str, dict[str, Taken | float]]
"""By program and action, and the lag in seconds as ``lag``."""


def run(directory: Path, repetitions: int, *, install: bool = False) -> Table:
    """Measure every program so many times, in turn, so that a busy moment falls on all of them."""
    env = environment(BRIEFING_TUI_CACHE=str(directory / "cache"), LESS="", HOME=str(directory))
    peers = [*_peers(directory, env, install=install)]
    samples: dict[str, dict[str, list[Taken]]] = {}
    lags: dict[str, list[float]] = {}
    for turn in range(repetitions + 1):
        for peer in peers:
            for action, taken in _session(peer, env):
                if turn:  # the first one fills the caches
                    samples.setdefault(peer.name, {}).setdefault(action, []).append(taken)
    for _ in range(min(repetitions, 3)):
        for peer in peers:
            lags.setdefault(peer.name, []).append(_lag(peer, env))
    found: Table = {}
    for name, actions in samples.items():
        found[name] = {action: _middle(all_of_it) for action, all_of_it in actions.items()}
        found[name]["lag"] = median(lags[name])
    return found


def as_table(table: Table, machine: str) -> str:
    """The result for people."""
    lines = [f"{'':14}" + "".join(f"{action:>20}" for action in ACTIONS) + f"{'lag':>9}"]
    for name, row in table.items():
        cells = "".join(f"{_told(row.get(action)):>20}" for action in ACTIONS)
        lines.append(f"{name:14}{cells}{row['lag']:>7.1f} s")
    return "\n".join([machine, "", *lines])


def as_json(table: Table) -> str:
    """The result for programs."""
    told: dict[str, Any] = {
        name: {
            key: {"bytes": value.size, "ms": round(value.time, 2)}
            if isinstance(value, Taken)
            else {"s": round(value, 2)}
            for key, value in row.items()
        }
        for name, row in table.items()
    }
    return json.dumps(told, indent=2)


def _told(taken: Taken | float | None) -> str:
    return f"{taken.size:,.0f} B {taken.time:7,.1f} ms" if isinstance(taken, Taken) else ""


def _middle(samples: list[Taken]) -> Taken:
    return Taken(median(one.size for one in samples), median(one.time for one in samples))


def _peers(directory: Path, env: dict[str, str], *, install: bool) -> Iterator[Peer]:
    """The programs that there are."""
    file, text = directory / "many.yaml", directory / "many.txt"
    file.write_text(briefing(EVENTS), encoding="utf-8")
    show = [sys.executable, "-m", "briefing_tui", "show", str(file)]
    printed = subprocess.run(show, cwd=ROOT, env=env, capture_output=True, check=True).stdout
    text.write_bytes(printed)
    opened = shlex.quote(str(file))
    yield Peer("briefing-tui", f"exec {PROGRAM} {opened}", "Bottom line", before="2g", quit="Q")
    if shutil.which("less"):
        yield Peer("less", f"exec less {shlex.quote(str(text))}", "Bottom line")
    if shutil.which("newsboat"):
        yield _newsboat(directory)
    frogmouth = _install(directory) if install else shutil.which("frogmouth")
    if frogmouth:
        markdown = directory / "many.md"
        markdown.write_bytes(printed)
        command = f"exec {shlex.quote(frogmouth)} {shlex.quote(str(markdown))}"
        # It has no search.
        yield Peer("frogmouth", command, "events", page="\x1b[6~", search="", quit="\x11")


def _newsboat(directory: Path) -> Peer:
    """A feed with an article for every event."""
    items = "".join(
        f"<item><title>Event {number} of the patrol vessel</title><guid>{number}</guid></item>"
        for number in range(EVENTS)
    )
    feed, urls = directory / "feed.xml", directory / "urls"
    feed.write_text(f"<rss version='2.0'><channel><title>Many</title>{items}</channel></rss>")
    urls.write_text(f"file://{feed}\n")
    files = f"-u {shlex.quote(str(urls))} -c {shlex.quote(str(directory / 'news.db'))}"
    quiet = "printf 'suppress-first-reload no\\nconfirm-exit no\\n' >config"
    command = f"cd {shlex.quote(str(directory))}; {quiet}; exec newsboat {files} -C config -r"
    down, page = "\x1b[B", "\x1b[6~"
    return Peer("newsboat", command, "Many", "\r", down, page, "/patrol\r", "Q")


def _install(directory: Path) -> str:
    """Frogmouth in an environment of its own; the result is its program."""
    home = directory / "frogmouth"
    venv.create(home, with_pip=True)
    pip = [str(home / "bin" / "pip"), "install", "-q", "frogmouth"]
    subprocess.run(pip, check=True)
    return str(home / "bin" / "frogmouth")


def _session(peer: Peer, env: dict[str, str]) -> Iterator[tuple[str, Taken]]:
    """One start, some keys, one end."""
    with Program(peer.command, env=env) as program:
        program.wait(peer.shown)
        program.wait_quiet(SETTLED)
        yield "start", Taken(len(program.raw), program.chunks[-1].seconds * 1000)
        if peer.before:
            program.type(peer.before)
            program.wait_quiet(SETTLED * 2)
        downs = [press(program, peer.down) for _ in range(6)]
        yield "row down", _middle(downs)
        yield "page down", _middle([press(program, peer.page) for _ in range(3)])
        if peer.search:
            yield "search", press(program, peer.search)
        start, count = time.perf_counter(), len(program.raw)
        program.type(peer.quit)
        program.wait_end()
        yield "quit", Taken(len(program.raw) - count, (time.perf_counter() - start) * 1000)


class _Timed(SlowProgram):
    """Notes when something was shown last."""

    last = 0.0

    def _show(self, data: bytes) -> None:
        super()._show(data)
        self.last = time.monotonic()


def _lag(peer: Peer, env: dict[str, str]) -> float:
    """Seconds from the last of the held keys until nothing changes any more."""
    with _Timed(peer.command, rate=RATE, delay=DELAY, env=env) as program:
        _until_quiet(program, peer.shown)
        if peer.before:
            program.press(peer.before.encode())
            _until_quiet(program, "")
        for _ in range(int(HELD * KEYS_A_SECOND)):
            program.press(peer.down.encode())
            program.pass_on(1 / KEYS_A_SECOND)
        released = time.monotonic()
        _until_quiet(program, "")
        return max(program.last - released, 0.0)


def _until_quiet(program: _Timed, seen: str) -> None:
    """Wait until a text is seen, and nothing more comes."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        program.pass_on(0.05)
        quiet = time.monotonic() - max(program.last, begun) > 1.0
        if quiet and not program.in_line and seen in program.text:
            return
    raise TimeoutError(f"{seen!r} was not seen\n{program.text}")
