"""The JSON Schema agrees with what is read: whole files fit it, and mistakes do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

from briefing_tui.briefing import model
from briefing_tui.briefing.check import check
from briefing_tui.briefing.json_schema import canonical_fields, json_schema
from briefing_tui.briefing.load import load
from briefing_tui.briefing.tree import Mapping, Node, Scalar, parse
from briefing_tui.cli import cli
from briefing_tui.storage.directories import content_dir
from tests.briefings import text
from tests.conftest import DATA

FILES = [
    *sorted(content_dir().glob("*.yaml")),
    *(DATA / f"{name}.yaml" for name in ("small", "bare", "whole", "merger")),
]
VALIDATOR = jsonschema.Draft7Validator(json_schema())

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def plain(node: Node) -> Any:
    """What a YAML 1.2 reader with the core schema, as editors have it, makes of a value."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Scalar):
        if not node.quoted and node.value.lower() in WORDS:
            return WORDS[node.value.lower()]
        if not node.quoted and NUMBER.fullmatch(node.value):
            return float(node.value) if re.search("[.eE]", node.value) else int(node.value)
        return node.value
    return [plain(item) for item in node.items]  # type: ignore[attr-defined]


def faults(written: str) -> list[tuple[list[str | int], str]]:
    """Where a text does not fit the schema, and why, outermost first."""
    found = VALIDATOR.iter_errors(plain(parse(written)[0]))
    return [(list(error.absolute_path), error.message) for error in found]


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sound_files_fit(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


SHORT_FORMS = {
    "a source": "[gazette]",
    "a source and a passage": "[gazette P1S1, 'gazette  P1S2']",
    "a source named by a number": "[2019]",
    "the long form": "[{source: gazette, at: P1S1, quote: soon}]",
    "no citations": "[]",
}


@pytest.mark.parametrize("cite", SHORT_FORMS.values(), ids=SHORT_FORMS)
def test_every_form_of_a_citation_fits(cite: str) -> None:
    assert faults(text(bottom_line=f"[{{text: Dark nights., cite: {cite}}}]")) == []


DATES = [
    "2021",
    "'2021'",
    "2021-06",
    "2021-06-15",
    "2020-11~",
    "2020/2021-06",
    "../2021",
    "2021/..",
]


@pytest.mark.parametrize("date", DATES)
def test_every_form_of_a_date_fits(date: str) -> None:
    written = text(
        as_of=date,
        sources=f"{{a: {{kind: wire, title: T, publisher: P, published: {date}, reliability: A}}}}",
    )
    assert faults(written) == []
    assert faults(written.replace(f"published: {date}", f"published: {{date: {date}}}")) == []


WIRE = "kind: wire, title: T, publisher: P, published: 2021, reliability: A"
DEAL = "designation: A, supplier: FRA, recipient: NOR"

MISTAKES: dict[str, tuple[dict[str, str | None], list[str | int]]] = {
    "version": ({"briefing": "2"}, ["briefing"]),
    "no title": ({"title": None}, []),
    "unknown key": ({"tittle": "A"}, []),
    "a list for a text": ({"title": "[a]"}, ["title"]),
    "no date": ({"as_of": "yesterday"}, ["as_of"]),
    "a time without its T": ({"as_of": "2021-06-15 12:00"}, ["as_of"]),
    "a table for a list": ({"bottom_line": "{text: A}"}, ["bottom_line"]),
    "a text for a point": ({"bottom_line": "[The light is out.]"}, ["bottom_line", 0]),
    "a point without text": ({"bottom_line": "[{cite: [board]}]"}, ["bottom_line", 0]),
    "basis": ({"key_points": "[{text: A, basis: opinion}]"}, ["key_points", 0, "basis"]),
    "grade": ({"key_points": "[{text: A, credibility: 7}]"}, ["key_points", 0, "credibility"]),
    "citation": ({"key_points": "[{text: A, cite: [board p1]}]"}, ["key_points", 0, "cite", 0]),
    "citation, long": (
        {"key_points": "[{text: A, cite: [{at: P1S1}]}]"},
        ["key_points", 0, "cite", 0],
    ),
    "id": ({"actors": "{Holm: {name: Inge, kind: person}}"}, ["actors"]),
    "kind": ({"actors": "{holm: {name: Inge, kind: The keeper}}"}, ["actors", "holm", "kind"]),
    "country": (
        {"actors": "{holm: {name: Inge, kind: person, country: Norway}}"},
        ["actors", "holm", "country"],
    ),
    "a list for a table": ({"deals": "[]"}, ["deals"]),
    "amount": (
        {"deals": f"{{a: {{{DEAL}, values: [{{amount: 2.5 crore, currency: INR, stated: A}}]}}}}"},
        ["deals", "a", "values", 0, "amount"],
    ),
    "passage": (
        {"sources": f"{{a: {{{WIRE}, text: {{sha256: '{'0' * 64}', passages: {{P1S1: [0]}}}}}}}}"},
        ["sources", "a", "text", "passages", "P1S1"],
    ),
    "hash": (
        {"sources": f"{{a: {{{WIRE}, text: {{sha256: 00ff}}}}}}"},
        ["sources", "a", "text", "sha256"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_does_not_fit_where_it_is_made(mistake: str) -> None:
    sections, where = MISTAKES[mistake]
    assert [path for path, _ in faults(text(**sections))] == [where]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_mistakes_are_mistakes_to_the_reader_too(mistake: str) -> None:
    problems = (
        check(load(text(**MISTAKES[mistake][0]).encode(), "a.yaml")) if mistake != "version" else []
    )
    assert mistake == "version" or any(problem.is_error for problem in problems)


def described(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every property and definition with what an editor tells of it."""
    if isinstance(part, dict):
        for name in ("properties", "definitions"):
            for key, one in part.get(name, {}).items():
                yield f"{path}/{key}", one.get("description", "")
        for key, one in part.items():
            yield from described(one, f"{path}/{key}")


def test_everything_is_described() -> None:
    found = dict(described(json_schema()))
    assert len(found) > 150
    assert [
        path
        for path, told in found.items()
        if not told.strip().endswith((".", "]'.", "2023-04", "(at least)"))
    ] == []
    assert "``" not in "".join(found.values())


def test_descriptions_are_the_model_s_own() -> None:
    event = json_schema()["definitions"]["Event"]["properties"]
    assert event["stated"]["description"].startswith("The article's own words for the date")
    assert event["hedge"]["description"].startswith("The source's own word of caution")


def test_own_fields_come_before_inherited_ones() -> None:
    names = [field.name for field in canonical_fields(model.Event)]
    assert names[:4] == ["id", "headline", "type", "date"]
    assert names[-2:] == ["cite", "disputes"]
    assert sorted(names) == sorted(
        {field.name for field in msgspec.structs.fields(model.Event)} - {"location"}
    )


def test_the_command_prints_it() -> None:
    done = CliRunner().invoke(cli, ["schema"])
    assert done.exit_code == 0
    assert json.loads(done.output) == json_schema()
