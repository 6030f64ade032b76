"""Differences between briefings: what is matched with what, and how it is told."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from briefing_tui.briefing.diff import Change, diff
from briefing_tui.briefing.load import load
from briefing_tui.briefing.model import Briefing, Entry
from briefing_tui.cli import cli
from briefing_tui.output.diff_report import as_text
from tests.briefings import text
from tests.conftest import DATA
from tests.golden import same_as_golden

WHOLE = DATA / "whole.yaml"
OLD, NEW = DATA / "small.yaml", DATA / "writing" / "small-later.yaml"


def briefing(written: str) -> Briefing:
    return load(written.encode(), "a.yaml").briefing


def told(old: str, new: str) -> list[str]:
    """The differences, each on one line."""
    found = diff(briefing(old), briefing(new))
    return [
        " ".join(
            [change.kind, change.id, *(f"{one.name}:{one.old}>{one.new}" for one in change.fields)]
        )
        if change.kind == "changed"
        else f"{change.kind} {change.id}"
        for change in found
    ]


def points(*texts: str) -> str:
    return text(key_points=f"[{', '.join(f'{{text: {one}}}' for one in texts)}]")


CALL = "headline: A, type: call"
LANTERN = "designation: Lantern, supplier: FRA, recipient: NOR"


def forecasts(*written: str) -> str:
    inside = f"{{id: lit, label: Lit, forecasts: [{', '.join(written)}]}}"
    return text(deals=f"{{lantern: {{{LANTERN}, milestones: [{inside}]}}}}")


CASES: dict[str, tuple[str, str, list[str]]] = {
    "nothing": (text(), text(), []),
    "the order of keys": (text(), "\n".join(reversed(text().splitlines())), []),
    "the file itself": (
        text(),
        text(title="Another", tags="[a, b]"),
        ["changed briefing title:The lighthouse at Karsholm>Another tags:None>a, b"],
    ),
    "by id": (
        text(timeline=f"[{{id: a, {CALL}, date: 2020}}, {{id: b, {CALL}, date: 2020}}]"),
        text(timeline=f"[{{id: b, {CALL}, date: 2021}}, {{id: c, {CALL}, date: 2020}}]"),
        ["removed timeline/a", "changed timeline/b date:2020>2021", "added timeline/c"],
    ),
    "moved": (points("One", "Two"), points("Two", "One"), []),
    "added in front": (points("One", "Two"), points("Zero", "One", "Two"), ["added key_points/1"]),
    "reworded": (
        points("It comes back in spring", "Nobody pays"),
        points("Somebody else does", "It comes back in autumn"),
        [
            "removed key_points/2",
            "added key_points/1",
            "changed key_points/2 text:It comes back in spring>It comes back in autumn",
        ],
    ),
    "the same twice": (points("One", "One"), points("One"), ["removed key_points/2"]),
    "a promise moved": (
        forecasts("{said: 2020, by: holm, due: 2021}", "{said: 2021, by: holm, due: 2022}"),
        forecasts("{said: 2021, by: holm, due: 2023}", "{said: 2020, by: holm, due: 2021}"),
        ["changed deals/lantern/milestones/lit/forecasts/1 due:2022>2023"],
    ),
    "one entry in another": (
        text(deals=f"{{lantern: {{{LANTERN}}}}}"),
        text(deals=f"{{lantern: {{{LANTERN}, order: {{number: 2, unit: lamp}}}}}}"),
        ["changed deals/lantern order.number:None>2 order.unit:None>lamp"],
    ),
    "citations": (
        text(key_points="[{text: One, cite: [gazette]}]"),
        text(key_points="[{text: One, cite: [gazette P1S1, board]}]"),
        ["changed key_points/1 cite:gazette>gazette P1S1, board"],
    ),
    "rival versions": (
        text(key_points="[{text: One, disputes: [{field: date, value: A}]}]"),
        text(key_points="[{text: One, disputes: [{field: date, value: B}]}]"),
        ["changed key_points/1/disputes/1 value:A>B"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_differs(name: str) -> None:
    old, new, wanted = CASES[name]
    assert told(old, new) == wanted


def altered(value: Any) -> Iterator[Any]:
    """A part of the model with each of its fields in turn left out."""
    if isinstance(value, Entry):
        for field in msgspec.structs.fields(type(value)):
            one = getattr(value, field.name)
            if field.name == "location":
                continue
            if not field.required and one and one != field.default:
                yield msgspec.structs.replace(
                    value, **{field.name: type(one)() if isinstance(one, (tuple, dict)) else None}
                )
            for other in altered(one):
                yield msgspec.structs.replace(value, **{field.name: other})
    elif isinstance(value, dict):
        for key, one in value.items():
            yield {name: other for name, other in value.items() if name != key}
            for other in altered(one):
                yield {**value, key: other}
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            for other in altered(one):
                yield (*value[:at], other, *value[at + 1 :])


def test_nothing_can_be_left_out_unnoticed() -> None:
    whole = load(WHOLE.read_bytes(), "a.yaml").briefing
    others = list(altered(whole))
    assert len(others) > 200
    assert [other for other in others if not diff(whole, other)] == []


def test_many_changes_are_quick() -> None:
    many = [f"Point {number} {'x' * (number % 7)}" for number in range(600)]
    found = diff(briefing(points(*many)), briefing(points(*(f"Other {one}" for one in many))))
    assert len(found) == 1200


def test_the_text_and_the_json() -> None:
    old, new = (load(path.read_bytes(), path.name).briefing for path in (OLD, NEW))
    same_as_golden("diff.txt", as_text(diff(old, new)))
    done = run(str(OLD), str(NEW), "--json")
    same_as_golden("diff.json", done.output.replace(str(DATA), "data"))
    assert done.exit_code == 1
    assert json.loads(done.output)["changed"] > 3


def test_text_is_safe_to_print() -> None:
    change = Change("added", "a\x1b[2J", ("a",), "one\x1b]0;x\x07\ntwo")
    assert as_text([change]) == "+ a[2J  one]0;x two\n1 added, 0 changed, 0 removed\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", *arguments])


def test_exit_codes(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("briefing: [", encoding="utf-8")
    same = run(str(OLD), str(OLD))
    assert (same.exit_code, same.output) == (0, "no differences\n")
    assert run(str(OLD), str(NEW)).exit_code == 1
    for arguments, message in (
        ((str(OLD), str(broken)), "broken.yaml:2:1: E101"),
        ((str(OLD), str(tmp_path / "none.yaml")), "none.yaml"),
        (("-", "-"), "only one"),
        (("--output=x", str(OLD)), "No such option"),
    ):
        done = run(*arguments)
        assert (done.exit_code, message in done.output) == (2, True), done.output


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two revisions of a briefing in a directory of it."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")):
        monkeypatch.setenv(name, value)
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{person}_NAME", "a")
        monkeypatch.setenv(f"GIT_{person}_EMAIL", "a@example.org")
    (tmp_path / "drafts").mkdir()
    path = tmp_path / "drafts" / "light.yaml"
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for title in ("First", "Second"):
        path.write_text(text(title=title), encoding="utf-8")
        subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
        subprocess.run(["git", "-C", str(tmp_path), "commit", "-qm", title], check=True)
    path.write_text(text(title="Third"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("where", "old", "new", "titles"),
    [
        (".", "HEAD~1", "drafts/light.yaml", "First → Third"),
        (".", "HEAD", "drafts/light.yaml", "Second → Third"),
        (".", "HEAD~1:drafts/light.yaml", "HEAD:drafts/light.yaml", "First → Second"),
        (".", "HEAD~1", "HEAD:drafts/light.yaml", "First → Second"),
        ("drafts", "HEAD~1", "light.yaml", "First → Third"),
        ("drafts", "HEAD~1:light.yaml", "light.yaml", "First → Third"),
    ],
)
def test_revisions(
    repository: Path, monkeypatch: pytest.MonkeyPatch, where: str, old: str, new: str, titles: str
) -> None:
    monkeypatch.chdir(repository.parents[1] / where)
    done = run(old, new)
    assert (done.exit_code, titles in done.output) == (1, True), done.output


@pytest.mark.parametrize("revision", ["nope", "HEAD~9", "--help:x", "-x", "HEAD:none.yaml", "; id"])
def test_what_is_no_revision_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    monkeypatch.chdir(repository.parent)
    done = run("--", revision, "light.yaml")
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_a_note_is_one_field_in_both_of_its_forms() -> None:
    def noted(note: str) -> str:
        return text(key_points=f"[{{text: A, note: {note}}}]")

    assert told(noted("No mast."), noted("{text: No mast.}")) == []
    assert told(noted("No mast."), noted("{text: No mast., known: 2021}")) == [
        "changed key_points/1 note:No mast.>No mast. (known 2021)"
    ]
