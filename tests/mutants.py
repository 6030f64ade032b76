"""Mutation testing: small faults put into the code, each of which some test should notice.

``python -m tests.mutants`` collects the tests once, records which tests run each line, and then
tries a seeded sample of faults. Each fault is tried in a fork of this process, which replaces the
code of one function and runs the tests of that line until one fails.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import gc
import heapq
import os
import pickle
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "briefing_tui"
DEFAULT_PATHS = ("views", "briefing/check")
CAUGHT, SURVIVED, INVALID = range(3)
PATIENCE = 5
"""How many times as long as without a mutant tests may take before it counts as caught."""
MAX_TESTS = 100
"""Tests that are tried with each mutant: the fastest of those that run its line."""

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}


class Mutant(NamedTuple):
    """A fault: the node of a file, in the order of a walk, and how it changes."""

    path: Path
    line: int
    node: int
    change: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.change}"


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], ast.AST]]]:
    """The faults that a node can have, each with a function that makes it."""
    match node:
        case ast.Compare(ops=[operator]) | ast.BoolOp(op=operator) | ast.BinOp(op=operator):
            if swap := _SWAPS.get(type(operator)):
                yield f"{type(operator).__name__} to {swap.__name__}", _with_operator(swap)
        case ast.UnaryOp(op=ast.Not()):
            yield "drop not", lambda old: old.operand  # type: ignore[attr-defined]
        case ast.Constant(value=bool(value)):
            yield f"{value} to {not value}", lambda _: ast.Constant(not value)
        case ast.Constant(value=int(number)):
            yield f"{number} to {number + 1}", lambda _: ast.Constant(number + 1)
        case ast.Constant(value=str(text)):
            yield f"{text!r:.40} to another text", lambda _: ast.Constant(f"{text}XX")
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "return None", lambda _: ast.Return(ast.Constant(None))
        case ast.Break() | ast.Continue():
            swap = _SWAPS[type(node)]
            yield f"{type(node).__name__} to {swap.__name__}", lambda _: swap()
        case ast.If() | ast.IfExp():
            for value in (True, False):
                yield f"condition always {value}", _with_condition(value)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign():
            yield "drop statement", lambda _: ast.Pass()


def _with_operator(swap: type[ast.AST]) -> Callable[[ast.AST], ast.AST]:
    def change(node: ast.AST) -> ast.AST:
        changed = copy.copy(node)
        if isinstance(changed, ast.Compare):
            changed.ops = [swap()]  # type: ignore[list-item]
        else:
            changed.op = swap()  # type: ignore[attr-defined]
        return changed

    return change


def _with_condition(value: bool) -> Callable[[ast.AST], ast.AST]:
    def change(node: ast.AST) -> ast.AST:
        changed = copy.copy(node)
        changed.test = ast.Constant(value)  # type: ignore[attr-defined]
        return changed

    return change


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every fault that can be put into the functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = _executed_in_functions(tree)
    for number, node in enumerate(ast.walk(tree)):
        if number in inside:
            for change, _ in changes(node):
                yield Mutant(path, node.lineno, number, change)  # type: ignore[attr-defined]


def _executed_in_functions(tree: ast.Module) -> set[int]:
    """Numbers of the nodes in bodies of functions; annotations and docstrings left out."""
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    executed: set[int] = set()

    def visit(node: ast.AST, *, in_function: bool) -> None:
        if in_function and hasattr(node, "lineno"):
            executed.add(numbers[id(node)])
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "args", "type_params"):
                continue
            below = in_function or (isinstance(node, _FUNCTIONS) and field == "body")
            for child in value if isinstance(value, list) else [value]:
                is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
                if isinstance(child, ast.AST) and not is_text:
                    visit(child, in_function=below)

    visit(tree, in_function=False)
    return executed


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def apply(mutant: Mutant) -> bool:
    """Replace the code of the function that has the fault, in this process; False if it cannot."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    target = next(node for number, node in enumerate(ast.walk(tree)) if number == mutant.node)
    change = dict(changes(target))[mutant.change]

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            if node is target:
                return ast.copy_location(change(node), node)
            return self.generic_visit(node)

    mutated = ast.fix_missing_locations(Change().visit(tree))
    assert isinstance(mutated, ast.Module)
    file = str(mutant.path)
    original = compile(mutant.path.read_text(encoding="utf-8"), file, "exec", dont_inherit=True)
    codes = dict(zip(_codes(original), _codes(compile(mutated, file, "exec")), strict=True))
    gc.unfreeze()  # frozen objects are not listed
    live = {
        thing.__code__: thing
        for thing in gc.get_objects()
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == file
    }
    is_applied = False
    for code, mutated_code in codes.items():
        if code != mutated_code and code in live:
            try:
                live[code].__code__ = mutated_code
            except ValueError:  # other free variables
                continue
            is_applied = True
    return is_applied


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


class MutationRun:
    """Plug-in for pytest that tries mutants instead of running each test once."""

    def __init__(self, mutants: Sequence[Mutant], directories: Sequence[Path]) -> None:
        """Prepare a run.

        Args:
            mutants: The faults to try.
            directories: Where they are; lines of other files are not recorded.
        """
        self.mutants = mutants
        self.directories = directories
        self.results: Counter[int] = Counter()
        self._failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Record which tests run each line, then try the mutants."""
        items = {item.nodeid: item for item in session.items}
        print(f"{len(items)} tests, {len(self.mutants)} mutants", flush=True)
        gc.freeze()
        seconds, tests = pickle.loads(_in_fork(lambda: pickle.dumps(self._record(items))))
        print(f"they take {sum(seconds.values()):.0f} s", flush=True)
        for number, mutant in enumerate(self.mutants, 1):
            names = heapq.nsmallest(
                MAX_TESTS, tests.get((str(mutant.path), mutant.line), ()), seconds.__getitem__
            )
            run = partial(self._try, mutant, [items[name] for name in names])
            timeout = 10 + PATIENCE * sum(seconds[name] for name in names)
            result = int(_in_fork(run, timeout) or CAUGHT) if names else SURVIVED
            self.results[result] += 1
            if result != CAUGHT:
                reason = {SURVIVED: "survived", INVALID: "no function to change"}[result]
                print(f"{mutant}: {reason} ({len(names)} tests)", flush=True)
            if number % 50 == 0:
                print(f"  {number} tried", flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note whether a test failed."""
        self._failed = self._failed or report.failed

    def _passes(self, item: pytest.Item) -> bool:
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self._failed

    def _record(
        self, items: Mapping[str, pytest.Item]
    ) -> tuple[dict[str, float], dict[tuple[str, int], set[str]]]:
        """Return the seconds of each test that passes, and which of them run each line."""
        import coverage

        recorder = coverage.Coverage(
            data_file=None,
            config_file=False,
            include=[f"{path}/*" for path in self.directories],
        )
        seconds: dict[str, float] = {}
        recorder.start()
        for name, item in items.items():
            recorder.switch_context(name)
            start = time.perf_counter()
            if self._passes(item):
                seconds[name] = time.perf_counter() - start
        recorder.stop()
        data = recorder.get_data()
        return seconds, {
            (file, line): seconds.keys() & set(names)
            for file in data.measured_files()
            for line, names in data.contexts_by_lineno(file).items()
        }

    def _try(self, mutant: Mutant, items: Sequence[pytest.Item]) -> bytes:
        if not apply(mutant):
            return b"%d" % INVALID
        is_caught = not all(self._passes(item) for item in items)
        return b"%d" % (CAUGHT if is_caught else SURVIVED)


def _in_fork(run: Callable[[], bytes], timeout: float | None = None) -> bytes:
    """Return what a function returns in a fork; empty if it ends the process or takes too long."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        with contextlib.suppress(BaseException), open(writer, "wb") as pipe:
            pipe.write(run())
        os._exit(0)
    os.close(writer)
    timer = threading.Timer(timeout or 10**6, os.killpg, (child, signal.SIGKILL))
    timer.start()
    with open(reader, "rb") as pipe:
        answer = pipe.read()
    timer.cancel()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer


def main() -> None:
    """Try mutants and print which survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1, help="which of all mutants")
    parser.add_argument("--tests", nargs="+", default=["tests/unit"], help="files, directories")
    parser.add_argument("paths", nargs="*", default=DEFAULT_PATHS, help="below the package")
    options = parser.parse_args()
    directories = [PACKAGE / path for path in options.paths]
    files = sorted(file for directory in directories for file in directory.rglob("*.py"))
    mutants = [mutant for file in files for mutant in mutants_of(file)]
    chosen = random.Random(options.seed).sample(mutants, min(options.count, len(mutants)))
    run = MutationRun(chosen, directories)
    arguments = ["-n0", "-q", "--no-header", "-p", "no:cacheprovider", *options.tests]
    pytest.main(arguments, plugins=[run])
    caught, survived = run.results[CAUGHT], run.results[SURVIVED]
    print(
        f"{caught} of {caught + survived} mutants caught, of {len(mutants):,} possible; "
        f"{run.results[INVALID]} could not be tried"
    )


if __name__ == "__main__":
    main()
