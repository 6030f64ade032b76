"""What is measured, and how: whole processes, first frames, key presses.

The terminal is that of the tests, 80 columns by 24 lines. While time is taken it only stores what
comes; afterwards that is fed to an emulator, to find when a word was first seen.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import wire
from benchmarks.generate import briefing
from benchmarks.pressing import SETTLED, press
from benchmarks.wire import PROGRAM
from tests.terminal.pty_program import ROOT, Program, environment

BIG = 10_000
"""Events of the large briefing."""

SMALL = 40
"""Events of a briefing of 10 kB."""

_CHECK = """
import sys, time
from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load
spent = []
for _ in range(50):
    document = load(sys.argv[1].encode(), "small.yaml")
    start = time.process_time()
    check(document)
    spent.append(time.process_time() - start)
print(1000 * sorted(spent)[25])
"""
"""Prints the median of the milliseconds of processor time that a check takes."""

_PYTHON = shlex.quote(sys.executable)

Samples = dict[str, list[float]]


class Measure(NamedTuple):
    """One line of the result."""

    name: str
    title: str
    unit: str = "ms"
    base: str = ""
    """The measure that this one is reported as a multiple of."""
    target: float | None = None
    """The highest value allowed: of the multiple if there is one, else of the measure."""


MEASURES = (
    Measure("python", "Python, doing nothing"),
    Measure("textual", "import textual.app", base="python"),
    Measure("check", "check, bundled briefing", base="textual", target=0.5),
    Measure("check_cpu", "  processor for 10 kB without a text", target=1.5),
    Measure("show", "show, bundled briefing", base="textual", target=0.5),
    Measure("show_new", "  opened for the first time", base="textual"),
    Measure("empty", "first frame, an app of one word"),
    Measure("bundled", "first frame, bundled briefing", base="empty", target=1.35),
    Measure("bundled_new", "  opened for the first time", base="empty"),
    Measure("bundled_bytes", "  bytes until all is drawn", "B", target=12_000),
    Measure("bundled_first_key", "  first key to last byte", target=50),
    Measure("bundled_key", "  key to last byte"),
    Measure("bundled_key_bytes", "  bytes a key", "B"),
    Measure("far_key_bytes", "    over SSH", "B", target=600),
    Measure("zoomed_key_bytes", "  bytes a key, one pane only", "B"),
    Measure("far_zoomed_key_bytes", "    over SSH", "B", target=250),
    Measure("stock_step_bytes", "  bytes a step in the timeline, in stock widgets", "B"),
    Measure("driver_step_bytes", "    ours, on the stock driver", "B"),
    Measure("step_bytes", "    ours", "B"),
    Measure("far_step_bytes", "    ours, over SSH", "B", target=600),
    Measure("stock_step_cpu", "  processor for it, in stock widgets"),
    Measure("driver_step_cpu", "    ours, on the stock driver", base="stock_step_cpu"),
    Measure("step_cpu", "    ours", base="stock_step_cpu", target=1.0),
    Measure("far_step_cpu", "    ours, over SSH", base="stock_step_cpu", target=1.0),
    Measure("lag", "  lag at 9.6 kB/s after a held key", target=2000),
    Measure("bundled_step", "  as-of step to last byte", target=30),
    Measure("big", f"first frame, {BIG:,} events"),
    Measure("big_new", "  opened for the first time", target=3000),
    Measure("big_bytes", "  bytes until all is drawn", "B"),
    Measure("big_first_key", "  first key to last byte", target=50),
    Measure("big_key", "  key to last byte", target=50),
    Measure("big_key_bytes", "  bytes a key", "B"),
)


class Result(NamedTuple):
    """A measure with its result."""

    measure: Measure
    median: float
    least: float
    ratio: float | None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        if self.measure.target is None:
            return None
        return (self.median if self.ratio is None else self.ratio) <= self.measure.target


def run(
    directory: Path,
    repetitions: int,
    keys: int,
    checkouts: Sequence[Path] = (ROOT,),
    *,
    only_check: bool = False,
) -> list[Samples]:
    """Take every measure several times, in turn, so that a busy moment affects all of them.

    Args:
        directory: Where the caches and the large briefing are written.
        repetitions: How many samples of each measure.
        keys: How many key presses a session has.
        checkouts: Versions of the program to compare; each repetition measures all of them.
        only_check: Whether to leave out all but the cost of a check.

    Returns:
        The samples of each checkout.
    """
    big = directory / "big.yaml"
    big.write_text(briefing(BIG), encoding="utf-8")
    benches: list[tuple[Bench, Samples]] = []
    for number, checkout in enumerate(checkouts):
        cache = directory / f"cache-{number}"
        env = environment(BRIEFING_TUI_CACHE=str(cache), PYTHONPATH=str(checkout))
        benches.append((Bench(env, str(big), keys), defaultdict(list)))
    for bench, _ in benches:
        bench.warm_up(only_check=only_check)
    for _ in range(repetitions):
        for bench, samples in benches:
            for name, value in bench.checks() if only_check else bench.once():
                samples[name].append(value)
    return [samples for _, samples in benches]


def results(samples: Samples) -> Iterator[Result]:
    """Summarise the samples of each measure; multiples are of samples taken in one turn."""
    for measure in MEASURES:
        if measure.name not in samples:
            continue
        own = samples[measure.name]
        base = samples.get(measure.base)
        ratio = median(one / other for one, other in zip(own, base, strict=True)) if base else None
        yield Result(measure, median(own), min(own), ratio)


class Bench:
    """Takes the measures in one environment."""

    def __init__(self, env: dict[str, str], big: str, keys: int) -> None:
        self._env = env
        self._new = env | {"BRIEFING_TUI_CACHE": ""}
        self._big = big
        self._keys = keys

    def warm_up(self, *, only_check: bool = False) -> None:
        """Fill the caches of the system, and that of the program."""
        for _ in self.checks() if only_check else self.once():
            pass
        self._process("-P", "-m", "briefing_tui", "show")
        self._process("-P", "-m", "briefing_tui", "show", self._big)

    def checks(self) -> Iterator[tuple[str, float]]:
        """What a check costs, beside what it is compared with."""
        yield "python", self._process("-c", "pass")
        yield "textual", self._process("-c", "import textual.app")
        yield "check", self._process("-P", "-m", "briefing_tui", "check")
        command = [sys.executable, "-P", "-c", _CHECK, briefing(SMALL)]
        yield "check_cpu", float(subprocess.check_output(command, cwd=ROOT, env=self._env))

    def once(self) -> Iterator[tuple[str, float]]:
        """Every measure, by name."""
        show = ("-P", "-m", "briefing_tui", "show")
        yield from self.checks()
        yield "show", self._process(*show)
        yield "show_new", self._process(*show, env=self._new)
        yield "empty", self._first_frame(f"{_PYTHON} -m benchmarks.empty", "nothing", self._env)
        yield "bundled_new", self._first_frame(PROGRAM, "Bottom", self._new)
        yield from self._session("bundled", PROGRAM, "Bottom")
        far = environment(**{**self._env, **wire.FAR})
        yield "far_key_bytes", wire.key_bytes(far, "g", self._keys)
        yield "zoomed_key_bytes", wire.key_bytes(self._env, "2gz", self._keys)
        yield "far_zoomed_key_bytes", wire.key_bytes(far, "2gz", self._keys)
        stock = f"{_PYTHON} -m benchmarks.stock"
        for name, env, command in (
            ("stock", self._env, stock),
            ("driver", self._env | wire.STOCK, PROGRAM),
            ("", self._env, PROGRAM),
            ("far", far, PROGRAM),
        ):
            taken = wire.step(env, self._keys, command)
            yield f"{name}_step_bytes".lstrip("_"), taken.size
            yield f"{name}_step_cpu".lstrip("_"), taken.time
        yield "lag", wire.lag(self._env, self._big)
        big = f"{PROGRAM} {shlex.quote(self._big)}"
        yield "big_new", self._first_frame(big, "record", self._new)
        yield from self._session("big", big, "record", before="2")

    def _process(self, *arguments: str, env: dict[str, str] | None = None) -> float:
        """Milliseconds of a whole process."""
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=env or self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return (time.perf_counter() - start) * 1000

    def _first_frame(self, command: str, word: str, env: dict[str, str]) -> float:
        """Milliseconds until a terminal shows a word."""
        with Program(command, emulate=False, env=env) as program:
            program.wait(_has_come(word))
            return program.first_shown(word) * 1000

    def _session(
        self, name: str, command: str, word: str, before: str = ""
    ) -> Iterator[tuple[str, float]]:
        """A first frame, what follows it, and some key presses."""
        with Program(command, emulate=False, env=self._env) as program:
            program.wait(_has_come(word))
            program.wait_quiet(SETTLED)
            yield name, program.first_shown(word) * 1000
            yield f"{name}_bytes", len(program.raw)
            yield f"{name}_first_key", press(program, "j").time
            if before:
                press(program, before)
            down = self._keys - self._keys // 2
            pressed = [press(program, key) for key in "j" * down + "k" * (self._keys - down)]
            yield f"{name}_key", median(key.time for key in pressed)
            yield f"{name}_key_bytes", median(key.size for key in pressed)
            if name == "bundled":
                steps = [press(program, "]") for _ in range(self._keys)]
                yield f"{name}_step", median(step.time for step in steps)


def _has_come(word: str) -> Callable[[Program], bool]:
    return lambda program: word.encode() in program.raw
