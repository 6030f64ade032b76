"""Reports of checks: for people, for programs, and beside the lines of a change."""

from __future__ import annotations

import json
from pathlib import Path

from briefing_tui.briefing.problems import FileLocation, Problem
from briefing_tui.output.check_report import CheckedFile, Report, UnopenedFile, as_github
from tests.conftest import DATA
from tests.unit.test_cli import FAULTY, WARNED, file, invoke

SMALL = str(DATA / "small.yaml")


def test_a_file_that_is_missing_does_not_hide_the_others(tmp_path: Path) -> None:
    path = file(tmp_path, FAULTY)
    result = invoke("check", path, "missing.yaml", SMALL)
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0].startswith(f"{path}:4:8: E104 ")
    assert result.stdout.splitlines()[-1].startswith("2 briefings, ")
    assert result.stderr == "briefing-tui: missing.yaml: No such file or directory\n"
    assert invoke("check", "missing.yaml", path).stdout == invoke("check", path).stdout


def test_the_report_for_programs(tmp_path: Path) -> None:
    given = f"herald={DATA / 'icebreaker.txt'}"
    briefing = str(DATA / "icebreaker.yaml")
    found = json.loads(
        invoke("check", "--format", "json", briefing, "none", "--source", given).stdout
    )
    atoms, statements = found.pop("atoms"), found.pop("statements")
    assert found == {
        "version": 2,
        "files": [briefing],
        "problems": [],
        "errors": 0,
        "warnings": 0,
        "figures": {"total": 18, "verified": 17, "unattached": 1},
        "unopened": [{"file": "none", "message": "none: No such file or directory"}],
    }
    assert atoms["figure"] == {
        "found": 6, "contradicted": 0, "elsewhere": 0, "absent": 0, "not_compared": {}
    }  # fmt: skip
    assert atoms["date"]["not_compared"] == {"no_text": 1}
    assert (statements["total"], statements["verified"]) == (19, 18)
    assert json.loads(invoke("check", "--json", SMALL).stdout)["figures"] is None
    path = file(tmp_path, FAULTY)
    assert (
        invoke("check", "--json", path).stdout == invoke("check", "--format", "json", path).stdout
    )


def test_annotations_of_a_change(tmp_path: Path) -> None:
    path = file(tmp_path, WARNED)
    result = invoke("check", "--format", "github", path, "none")
    first, second, last = result.stdout.splitlines()
    assert first.startswith(f"::warning file={path},line=2,col=8,title=W210::W210 'title' holds")
    assert second == "::error file=none::none: No such file or directory"
    assert last.startswith("1 briefing, 0 errors, 1 warning")
    assert result.exit_code == 2


def test_annotations_are_escaped() -> None:
    place = FileLocation((), 2, 5)
    problem = Problem("E102", "50 % of\r\n::stop: a, b", place)
    report = Report(
        (CheckedFile("a,b:c%\n.yaml", (problem,)),), (UnopenedFile("x:y", "x:y: none"),)
    )
    assert as_github(report).splitlines()[:2] == [
        "::error file=a%2Cb%3Ac%25%0A.yaml,line=2,col=5,title=E102::"
        "E102 50 %25 of%0D%0A::stop: a, b",
        "::error file=x%3Ay::x:y: none",
    ]


def test_exit_codes() -> None:
    place = FileLocation((), 1, 1)
    warned = Report((CheckedFile("a", (Problem("W201", "", place),)),))
    failed = Report((CheckedFile("a", (Problem("E101", "", place),)),))
    codes = [(one.exit_code(strict=False), one.exit_code(strict=True)) for one in (warned, failed)]
    assert codes == [(0, 1), (1, 1)]
    assert Report(failed.checked, (UnopenedFile("b", ""),)).exit_code(strict=False) == 2
