"""``python -m benchmarks``: start, steps and bytes, measured in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from benchmarks.library import measures as library_measures
from benchmarks.measure import Result, results, run
from tests.terminal.pty_program import ROOT


def as_table(found: Iterable[Result]) -> str:
    """Results for people."""
    lines = [f"{'':34}{'median':>12}{'least':>12}{'ratio':>9}  target"]
    for one in found:
        unit = one.measure.unit
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        lines.append(
            f"{one.measure.title:34}{_number(one.median, unit):>12}{_number(one.least, unit):>12}"
            f"{ratio:>9}  {_wanted(one)}".rstrip()
        )
    return "\n".join(lines)


def as_comparison(here: Iterable[Result], there: Iterable[Result]) -> str:
    """Medians of this checkout and of another, for people."""
    lines = [f"{'':50}{'other':>12}{'this':>12}{'ratio':>9}  target"]
    for own, other in zip(here, there, strict=True):
        unit = own.measure.unit
        ratio = f"{own.median / other.median:.3f}" if other.median else ""
        target = "" if own.met is None else f"{_wanted(own)} (other: {_wanted(other)})"
        lines.append(
            f"{own.measure.title:50}{_number(other.median, unit):>12}"
            f"{_number(own.median, unit):>12}{ratio:>9}  {target}".rstrip()
        )
    return "\n".join(lines)


def as_json(found: Iterable[Result]) -> str:
    """Results for programs."""
    measures = {
        one.measure.name: {
            "unit": one.measure.unit,
            "median": round(one.median, 2),
            "least": round(one.least, 2),
            "ratio": one.ratio and round(one.ratio, 3),
            "base": one.measure.base or None,
            "target": one.measure.target,
            "met": one.met,
        }
        for one in found
    }
    return json.dumps({"machine": _machine(), "measures": measures}, indent=2)


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} B" if unit == "B" else f"{value:,.1f} ms"


def _wanted(one: Result) -> str:
    target, base = one.measure.target, one.measure.base
    if target is None:
        return f"(of {base})" if base else ""
    wanted = f"{target} of {base}" if base else _number(target, one.measure.unit)
    return f"{wanted}, {'met' if one.met else 'missed'}"


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, Textual {version('textual')}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=9, metavar="N")
    parser.add_argument("--keys", type=int, default=20, metavar="N", help="presses a session")
    parser.add_argument("--quick", action="store_true", help="three repetitions of six keys")
    parser.add_argument("--check", action="store_true", help="measure only what a check costs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--library", type=int, nargs="?", const=10_000, metavar="N",
        help="measure a library of N briefings (10000) instead",
    )  # fmt: skip
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT",
        help="measure another checkout of the program in turn with this one, and compare",
    )  # fmt: skip
    parser.add_argument(
        "--peers", action="store_true", help="measure what crosses the line, beside other programs"
    )
    parser.add_argument(
        "--install-frogmouth",
        action="store_true",
        help="with --peers: put frogmouth beside them, in a temporary environment",
    )
    chosen = parser.parse_args()
    repetitions, keys = (3, 6) if chosen.quick else (chosen.repetitions, chosen.keys)
    if min(repetitions, keys) < 1:
        parser.error("at least one repetition and one key")
    with tempfile.TemporaryDirectory() as directory:
        if chosen.library is not None:
            measured = library_measures(Path(directory), max(chosen.library, 1))
            print(json.dumps({"machine": _machine(), "library": measured}, indent=2))
            return
        if chosen.peers:
            from benchmarks import peers

            table = peers.run(Path(directory), repetitions, install=chosen.install_frogmouth)
            print(peers.as_json(table) if chosen.json else peers.as_table(table, _machine()))
            return
        checkouts = [ROOT, *([chosen.against.resolve()] if chosen.against else [])]
        samples = run(Path(directory), repetitions, keys, checkouts, only_check=chosen.check)
        here, *others = [[*results(of_checkout)] for of_checkout in samples]
    if chosen.json:
        print(as_json(here))
    elif others:
        print(f"{_machine()}\n\n{as_comparison(here, others[0])}")
    else:
        print(f"{_machine()}\n\n{as_table(here)}")


if __name__ == "__main__":
    main()
