"""Queries for what the reader marked and read: of one briefing, of the index, as a command."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.cli import cli
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.annotation_tables import ReaderAnnotations
from briefing_tui.library.index.library_index import Index
from briefing_tui.query.parser import parse
from briefing_tui.views.query_facts import matching_facts, unfiltered_scene
from briefing_tui.views.scene import Scene, unchecked_scene
from tests.places import directories
from tests.shelves import HARBOUR, annotations_in, knows_harbour

QUERIES = [
    "is:unread",
    "is:read",
    "is:starred",
    "is:noted",
    "-is:unread",
    "-is:read",
    "not (is:read or is:unread)",
    "is:unread,starred",
    "is:planned,unread",
    "is:unread type:delivery",
    "is:read ferry",
    "-is:starred deal:ferries",
    "(is:noted or ferry) -is:read",
    'note:"ask the"',
    "note:yard*",
    "note:shipyard",
    "mark:verify",
    "mark:ver*",
    "mark:other or is:starred",
    "after:2020 -mark:verify is:unread",
]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept what is read and marked, by a reader who knows some of the harbour."""
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "kept"))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "kept"))
    knows_harbour()
    return tmp_path / "kept"


def scenes() -> dict[str, Scene]:
    """Every briefing that was opened, as the reader has it, with its marks."""
    found = {}
    for path in sorted(map(str, HARBOUR.rglob("*.yaml"))):
        if Path(path).name == "unfinished.yaml":
            continue
        document = load(read_bytes(Path(path)), path)
        scene = unfiltered_scene(document)
        if Path(path).name != "night-line.yaml":  # which nobody opened
            annotations = annotations_in(path, unchecked_scene(document))
            scene = msgspec.structs.replace(scene, marks=annotations.marks)
        found[path] = scene
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_the_index_answers_as_each_briefing_does(query: str) -> None:
    node = parse(query)
    wanted = sorted(
        (path, fact.key, fact.text)
        for path, scene in scenes().items()
        for fact in matching_facts(scene, node)
    )
    index = Index()
    index.refresh(Roots.of([HARBOUR]), processes=0)
    index.set_annotations(ReaderAnnotations(directories(), sidecars=True))
    found = index.search(node, limit=1000).hits
    assert sorted((hit.path, hit.entry) for hit in found) == [one[:2] for one in wanted]
    index.close()


def test_the_queries_above_find_something_or_nothing_as_they_should() -> None:
    def count(query: str) -> int:
        return sum(len(matching_facts(scene, parse(query))) for scene in scenes().values())

    assert [count(one) for one in ("is:unread", "is:starred", "is:noted", "mark:verify")] == [
        *(3, 1, 1, 1)
    ]
    assert count("note:shipyard") == 0
    assert count("is:read") > 20
    assert count("not (is:read or is:unread)") == count('title:"night line"')


def test_what_is_read_meanwhile_is_told_when_it_is_asked_for_anew() -> None:
    index = Index()
    index.refresh(Roots.of([HARBOUR]), processes=0)
    asking = ReaderAnnotations(directories(), sidecars=True)
    index.set_annotations(asking)
    (hit,) = index.search(parse("is:unread pane:summary")).hits
    document = load(read_bytes(Path(hit.path)), hit.path)
    notebook = annotations_in(hit.path, unchecked_scene(document))
    for path in notebook.marks.news:
        notebook.mark_read(path)
    notebook.save()
    index.set_annotations(asking)
    assert index.search(parse("is:unread pane:summary")).hits == ()
    index.close()


def test_where_marks_may_not_be_read_only_reading_counts() -> None:
    index = Index()
    index.refresh(Roots.of([HARBOUR]), processes=0)
    index.set_annotations(ReaderAnnotations(directories(), sidecars=False))
    assert index.search(parse("is:starred or is:noted")).hits == ()
    assert len(index.search(parse("is:unread")).hits) == 3
    index.close()


def test_the_command_finds_them() -> None:
    done = CliRunner().invoke(cli, ["search", "mark:verify", "--library", str(HARBOUR), "--json"])
    assert done.exit_code == 0, done.output
    (hit,) = json.loads(done.stdout)
    assert (Path(hit["path"]).name, hit["entry"]) == ("ferry-order.yaml", "timeline/signing")
    done = CliRunner().invoke(cli, ["search", "is:unred", "--library", str(HARBOUR)])
    assert done.exit_code == 2
    assert "column 4: 'is' cannot be 'unred' — did you mean 'unread'?" in done.output
