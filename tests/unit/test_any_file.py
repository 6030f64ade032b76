"""Any file at all: it is refused with a reason, or every command and every view answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Problem, UnreadableFileError
from briefing_tui.briefing.terminal_text import cell_width, clean
from briefing_tui.output import check_report
from briefing_tui.output.plain_text import render
from briefing_tui.views.copy_text import citation, row_for_copy, view_for_copy
from briefing_tui.views.evidence import evidence
from briefing_tui.views.focus_filter import narrow
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.row_search import find_rows, occurrences
from briefing_tui.views.rows import View, plain, row_text
from briefing_tui.views.scene import Scene, scene_of, scene_on
from briefing_tui.views.source_page import source_page
from briefing_tui.views.sources import sources
from tests.briefings import NAME, text
from tests.conftest import DATA
from tests.profiles import examples

BOUNDED = settings(
    deadline=None,
    max_examples=examples(6),
    # Shrinking takes minutes; what fails is printed as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def try_everything(data: bytes) -> Document | None:
    """Load, check and look at a file in every way; nothing may raise."""
    try:
        document = load(data, NAME)
    except UnreadableFileError as refused:
        assert_printable(refused.problems)
        return None
    problems = check(document)
    assert_printable(problems)
    found = check_report.Report((check_report.CheckedFile(NAME, tuple(problems)),))
    assert check_report.as_text(found)
    assert check_report.as_github(found).startswith("::" if problems else "1 briefing")
    assert json.loads(check_report.as_json(found))["files"] == [NAME]
    scene = scene_of(document)
    views = [pane.view(scene) for pane in PANES] + [sources(scene)]
    views += [source_page(scene, name).view for name in [*scene.known.sources][:3]]
    for view in views:
        look_at(scene, view)
    links = {link: None for view in views for row in view.rows for link in row.scope}
    for link in [*links][:2]:
        for pane in PANES:
            pane.view(narrow(scene, (link,)))
    for day in scene.steps[:2]:
        assert render(scene_on(scene, day))
    for width in (20, 80):
        assert max(map(cell_width, render(scene, (), width).splitlines())) <= width
    return document


def assert_printable(problems: Iterable[Problem]) -> None:
    for problem in problems:
        line = problem.format(NAME)
        assert clean(line) == (line, ())
        assert "\n" not in line
        assert min(problem.location.line, problem.location.column) >= 1


def look_at(scene: Scene, view: View) -> None:
    """Every row of a view, with what stands behind it."""
    assert view.quantity
    assert view_for_copy(view)
    assert len(find_rows([view], "the")) <= len(view.rows)
    for row in view.rows:
        assert occurrences(row_text(row), "zz zz") == []
        assert "\n" not in row_for_copy(row) + citation(scene, row)
        for one in (row, *evidence(scene, row).rows):
            for width in (1, 30):
                assert all(cell_width(plain(line)) <= max(width, 2) for line in lay_out(one, width))


WHOLE = yaml.load((DATA / "whole.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
WORDS = (
    "~ 0 2031-03-14 9999-12-31 0001-01-01/.. ../9999 2031/2030 2031-02-30 soon post brekke icebird "
    "launch [x {y} &a judgement external planned occurred NO NOR unknown low likely lit 1 99999"
)
STRANGE = ["", "9" * 40, "post P1S1", "post P9S9", "- z", "a\nb", "a\tb", "x" * 300, "漢字" * 50]
STRANGE += ["\x1b[31m", "\u202e", "\u2028", "\ufe0f", "👨\u200d👩\u200d👧", "e\u0301" * 9]
JUNK_TEXT = st.sampled_from(WORDS.split() + STRANGE)
NO_TEXT: st.SearchStrategy[Any] = st.sampled_from([None, [], {}])
JUNK: st.SearchStrategy[Any] = JUNK_TEXT | NO_TEXT | st.lists(JUNK_TEXT, min_size=1, max_size=2)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in plain data."""
    if path:
        yield path
    for key, part in items(value):
        yield from leaves(part, (*path, key))


def items(value: Any) -> Iterable[tuple[Any, Any]]:
    """The parts of plain data with their keys or positions."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


PATHS = [path for path in leaves(WHOLE) if path != ("briefing",)]


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """The whole format with some of it left out, replaced, doubled or put elsewhere."""
    data: dict[str, Any] = json.loads(json.dumps(WHOLE))
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=12)):
        parent: Any = data
        for key in path[:-1]:
            parent = dict(items(parent)).get(key)
        if path[-1] in dict(items(parent)):
            change(draw, parent, path[-1])
    return data


def change(draw: st.DrawFn, parent: Any, key: Any) -> None:
    """Spoil one part of a table or list."""
    what = draw(st.sampled_from(["drop", "junk", "junk", "wrap", "swap", "rename"]))
    if what == "drop":
        del parent[key]
    elif what == "junk":
        parent[key] = draw(JUNK)
    elif what == "wrap":
        parent[key] = [parent[key]]
    elif what == "swap":
        other = draw(st.sampled_from([*dict(items(parent))]))
        parent[key], parent[other] = parent[other], parent[key]
    elif isinstance(parent, dict):
        parent[draw(JUNK_TEXT)] = parent.pop(key)


def as_yaml(value: Any) -> str:
    """Plain data as YAML in flow style; numbers without quotation marks, all else with them."""
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=False)}: {as_yaml(one)}" for key, one in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_yaml, value))}]"
    if isinstance(value, str) and value.isdecimal() and not value.startswith("0"):
        return value
    return json.dumps(value, ensure_ascii=False)


@BOUNDED
@given(spoilt())
def test_a_briefing_with_junk_in_it(data: dict[str, Any]) -> None:
    try_everything(as_yaml(data).encode())


LINES = (DATA / "whole.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
BITS = [
    "\t",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "&a ",
    "*a",
    "\x00",
    "\u2028",
    "é",
    "#",
]


@BOUNDED
@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 60), st.sampled_from(BITS)),
        max_size=4,
    ),
    st.sets(st.integers(0, len(LINES) - 1), max_size=5),
)
def test_a_briefing_with_slips_of_the_keyboard(
    typed: list[tuple[int, int, str]], lost: set[int]
) -> None:
    lines = [*LINES]
    for number, column, bit in typed:
        lines[number] = lines[number][:column] + bit + lines[number][column:]
    try_everything(
        "".join(line for number, line in enumerate(lines) if number not in lost).encode()
    )


@BOUNDED
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes(data: bytes) -> None:
    try_everything(data)
    try_everything(text(title="'A'").encode() + data)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.name)
def test_every_example(path: Path) -> None:
    assert try_everything(path.read_bytes()) is not None
