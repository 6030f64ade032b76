"""Former names of fields: read as well, and kept in what is saved, reported and compared."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from briefing_tui.annotations.anchors import anchors
from briefing_tui.briefing.check import check
from briefing_tui.briefing.diff import diff
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.json_schema import json_schema
from briefing_tui.briefing.load import load
from briefing_tui.briefing.model import declared_path, former_path
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import row_text
from briefing_tui.views.scene import scene_of
from briefing_tui.views.source_page import source_page
from briefing_tui.writer.canonical import canonical

RENAMED = {
    "deals:": "commitments:",
    "designation:": "name:",
    "sanctions:": "measures:",
    "regime:": "name:",
    "authority:": "by:",
}


@pytest.fixture
def pair(data: Path) -> tuple[Document, Document]:
    """A briefing with the former names, and the same with the present ones."""
    former = (data / "whole.yaml").read_text(encoding="utf-8")
    present = former
    for old, new in RENAMED.items():
        assert old in present
        present = present.replace(old, new)
    return load(former.encode(), "a.yaml"), load(present.encode(), "a.yaml")


def test_both_names_say_the_same(pair: tuple[Document, Document]) -> None:
    former, present = pair
    assert (check(former), check(present)) == ([], [])
    assert diff(former.briefing, present.briefing) == ()
    for pane in PANES:
        texts = [[row_text(row) for row in pane.view(scene_of(one)).rows] for one in pair]
        assert texts[0] == texts[1]


def test_marks_of_one_are_found_in_the_other(pair: tuple[Document, Document]) -> None:
    former, present = (anchors(scene_of(document)).by_key for document in pair)
    assert {key: anchor.hash for key, anchor in former.items()} == {
        key: anchor.hash for key, anchor in present.items()
    }
    assert any(key.startswith("deals/icebird/sanctions/") for key in present)


def test_a_source_leads_to_what_cites_it_by_either_name(pair: tuple[Document, Document]) -> None:
    for document in pair:
        scene = scene_of(document)
        (table,) = {entry.location.path[0] for entry in document.briefing.commitments.values()}  # type: ignore[union-attr]
        citing = source_page(scene, "register").citing.values()
        links = [link for rows in citing for row in rows for link in row.links]
        kinds = {link.kind for link in links if link.key.startswith(f"{table}/")}
        assert kinds == {"deal"}


def test_a_path_is_renamed_by_the_fields_on_it(pair: tuple[Document, Document]) -> None:
    for document in pair:
        for entry in walk_entries(document.briefing):
            if isinstance(entry, msgspec.Struct) and getattr(entry, "location", None):
                path = entry.location.path  # type: ignore[attr-defined]
                assert declared_path(former_path(path)) == declared_path(path)
    assert former_path(("commitments", "measures", "measures", 0, "by")) == (
        "deals", "measures", "sanctions", 0, "authority",
    )  # fmt: skip
    assert declared_path(("actors", "deals", "name")) == ("actors", "deals", "name")


def test_a_problem_has_the_name_that_is_written(pair: tuple[Document, Document]) -> None:
    former, present = (
        load(f"briefing: 1\ntitle: A\nas_of: 2020\nabout: a\n{text}".encode(), "a.yaml")
        for text in (
            "deals: {x: {designation: X, supplier: FRA, recipient: NOR, sanctions: [{}]}}",
            "commitments: {x: {name: X, supplier: FRA, recipient: NOR, measures: [{}]}}",
        )
    )
    for document, table, field in (
        (former, "deals", "sanctions"),
        (present, "commitments", "measures"),
    ):
        assert {problem.location.path[:1] for problem in document.problems} == {(table,)}
        assert document.broken[0].location.path == (table, "x", field, 0)


def test_format_can_write_the_present_names(data: Path) -> None:
    written = (data / "whole.yaml").read_text(encoding="utf-8")
    written = written.replace("\ndeals:\n", "\n# Bought\ndeals: # here\n")
    renamed = canonical(written.encode(), "a.yaml", renames=True)
    assert "\n# Bought\ncommitments: # here\n" in renamed
    assert not [old for old in RENAMED if re.search(rf"(^|[{{ ]){old}", renamed, re.MULTILINE)]
    former, present = (load(text.encode(), "a.yaml") for text in (written, renamed))
    assert (diff(former.briefing, present.briefing), present.problems) == ((), ())
    assert canonical(renamed.encode(), "a.yaml", renames=True) == renamed


def test_one_field_with_two_names_is_an_error() -> None:
    text = "briefing: 1\ntitle: A\nas_of: 2020\nabout: a\ndeals: {}\ncommitments: {}\n"
    (problem,) = load(text.encode(), "a.yaml").problems
    assert problem.code == "E102"
    assert problem.location.line == 6
    assert "'commitments' and 'deals' are two names of one field" in problem.message


def test_the_schema_takes_one_of_the_two_names() -> None:
    schema = json_schema()
    commitment = schema["definitions"]["Commitment"]
    assert {"name", "designation"} <= set(commitment["properties"])
    assert commitment["allOf"] == [
        {"oneOf": [{"required": ["name"]}, {"required": ["designation"]}]}
    ]
    assert "deals" in schema["properties"]
