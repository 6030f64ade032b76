"""``briefing-tui search``: what it prints, how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing_tui.cli import cli
from tests.briefings import text


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two briefings, an empty configuration, and a cache of their own."""
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "config.toml"))
    made = tmp_path / "library"
    made.mkdir()
    for name in ("ice", "fire"):
        (made / f"{name}.yaml").write_text(text(title=f"Of {name}"), encoding="utf-8")
    return made


def search(*args: str, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(cli, ["search", *args], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_json_is_a_list_of_hits(library: Path) -> None:
    result = search("--json", "--library", str(library), "lantern", "type:other", "title:ice")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == [
        {
            "path": str(library / "ice.yaml"),
            "briefing": "Of ice",
            "entry": "timeline/storm",
            "pane": "timeline",
            "extract": "The lantern is lost",
            "kind": "other",
            "date": "2020-11",
            "known": "2021-06-10",
        }
    ]


@pytest.mark.parametrize("command", [["search", "lantern", "--library"], ["library"]])
def test_an_index_that_is_not_as_expected_is_told_of(
    library: Path, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "library.db").write_bytes(b"garbage")
    result = CliRunner().invoke(cli, [*command, str(library)])
    assert result.exit_code == 0
    assert result.stderr == "briefing-tui: The index was damaged; it is rebuilt.\n"
    assert CliRunner().invoke(cli, [*command, str(library)]).stderr == ""


@pytest.mark.parametrize(
    "command",
    [
        ["library"],
        ["search", "lantern", "--library"],
        ["dossier", "vestra", "--library"],
    ],
)
def test_a_mistaken_pattern_in_an_ignore_file_is_told_once(
    library: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.parent)
    before = CliRunner().invoke(cli, [*command, "library"])
    (library / ".gitignore").write_text("[z-a]\n")
    result = CliRunner().invoke(cli, [*command, "library"])
    assert (result.exit_code, result.stdout) == (before.exit_code, before.stdout)
    message = "library/.gitignore:1: pattern [z-a] skipped: the range z-a is reversed"
    assert result.stderr == f"briefing-tui: {message}\n{before.stderr}"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["library"], 2),
        (["search", "lantern", "--library"], 1),
        (["dossier", "vestra", "--library"], 2),
    ],
)
def test_a_library_without_briefings_is_told_as_such(
    library: Path, tmp_path: Path, command: list[str], code: int
) -> None:
    (tmp_path / "empty").mkdir()
    (library / ".gitignore").write_text("*\n")
    for directory, others in (
        (tmp_path / "empty", ""),
        (library, ", apart from what .gitignore leaves out"),
    ):
        result = CliRunner().invoke(cli, [*command, str(directory)])
        assert (result.exit_code, result.stdout) == (code, "")
        message = f"{directory}: no briefings here{others}; a briefing is YAML that begins with"
        assert result.stderr.startswith(f"briefing-tui: {message}")
        assert result.stderr.count("\n") == 1


def test_the_ignore_files_of_a_project_do_not_hide_a_library_in_it(library: Path) -> None:
    (library.parent / ".git").mkdir()
    (library.parent / ".gitignore").write_text("library/\n*.yaml\n")
    assert search("--library", str(library), "lantern", "type:other").exit_code == 0
    (library.parent / "config.toml").write_text(f'libraries = ["{library}"]\n')
    assert search("lantern", "type:other").exit_code == 0


def test_a_briefing_without_a_date_is_printed_with_a_dash(library: Path) -> None:
    (library / "ash.yaml").write_text("briefing: 1\ntitle: Of ash\nabout: x\n")
    result = CliRunner().invoke(cli, ["library", str(library)])
    assert result.stdout.splitlines()[-1].startswith("-           ")
    assert result.stdout.splitlines()[-1].endswith(": Of ash")


def test_text_is_for_people(library: Path) -> None:
    result = search("--library", str(library), "lantern", "type:other", "--limit", "1")
    assert result.exit_code == 0
    place, said = result.stdout.splitlines()
    assert place.endswith(".yaml: timeline: timeline/storm")
    assert said == "  2020-11  The lantern is lost"
    assert result.stderr == "briefing-tui: 1 of 2 hits shown; use --limit for more\n"


def test_what_has_one_source_alone(library: Path) -> None:
    result = search("--json", "--library", str(library), "sources:1", "title:ice")
    hits = {(hit["entry"], hit["kind"]) for hit in json.loads(result.stdout)}
    assert hits == {("actors/holm", "actor")}, "the event has two sources"


def test_a_query_in_latin_1_is_understood(library: Path) -> None:
    (library / "a.yaml").write_text(text(title="Of Erdoçan"), encoding="utf-8")
    result = search("--library", str(library), "Erdo\udce7an")
    assert (result.exit_code, result.stdout.count("Of Erdoçan")) == (0, 1)


def test_all_hits_are_counted_and_can_be_printed(library: Path) -> None:
    for number in range(4):
        day = f"2021-06-1{number}"
        (library / f"{number}.yaml").write_text(text(title=f"Of {number}", as_of=day))
    result = search("--library", str(library), "type:other", "--limit", "2")
    assert result.stderr == "briefing-tui: 2 of 6 hits shown; use --limit for more\n"
    result = search("--library", str(library), "type:other", "--limit", f"{10**30}", "--json")
    names = [Path(hit["path"]).name for hit in json.loads(result.stdout)]
    assert names == ["fire.yaml", "ice.yaml", "3.yaml", "2.yaml", "1.yaml", "0.yaml"]


def test_a_word_that_is_shunned_may_begin_with_h(library: Path) -> None:
    result = search("--library", str(library), "type:other", "-happened")
    assert (result.exit_code, result.stdout.count("lantern")) == (0, 2)
    assert search("--library", str(library), "type:other", "-her*").exit_code == 0
    for asked in (["-h"], ["--help"], ["lantern", "-h"]):
        assert search(*asked).stdout.startswith("Usage: ")


def test_what_a_word_shuns_is_no_option(library: Path) -> None:
    result = search("--library", str(library), "type:other", "-lantern")
    assert (result.exit_code, result.stdout) == (1, "")
    assert search("--library", str(library), "lantern", "--jsn").exit_code == 2


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("actr:x", "query, column 1: unknown field 'actr' — did you mean 'actor'?"),
        ("(a", "query, column 3: expected ')', not the end"),
        ("@none", "query, column 1: no saved query 'none'; none is saved"),
        ("type:\x1b[31m", ""),
    ],
)
def test_a_query_that_cannot_be_understood(library: Path, query: str, told: str) -> None:
    result = search("--library", str(library), query)
    assert (result.exit_code, result.stdout) == (2, "")
    if "\x1b" not in query:
        assert result.stderr == f"briefing-tui: {told}\n"
    assert "\x1b" not in result.stderr


def test_saved_queries_and_configured_libraries(library: Path, tmp_path: Path) -> None:
    told = f'libraries = ["{library}"]\n\n[queries]\nlost = "lantern type:other"\n'
    (tmp_path / "config.toml").write_text(told)
    result = search("--json", "@lost")
    assert result.exit_code == 0, result.stderr
    assert len(json.loads(result.stdout)) == 2


def test_a_query_saved_as_no_text_names_its_line(library: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[queries]\nlost = 3\n")
    result = search("--library", str(library), "lantern")
    message = 'queries.lost takes a query in quotes, such as "is:planned before:2020"'
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"briefing-tui: {config}:2: {message}\n"


def test_lists_of_files(library: Path) -> None:
    listed = f"{library / 'ice.yaml'}\n{library / 'not-there.yaml'}\n"
    result = search("--json", "--files", "-", "lantern type:other", stdin=listed)
    assert [Path(hit["path"]).name for hit in json.loads(result.stdout)] == ["ice.yaml"]
    missing = f"briefing-tui: {library}/not-there.yaml: there is no such file or directory"
    assert (result.exit_code, result.stderr) == (0, f"{missing}\n")
    more = search("--json", "--files", "-", "lantern", stdin=f"{listed}nor-this.yaml\n")
    assert more.stderr == f"{missing}, like 1 more of the list\n"
    assert search("--files", "/no/such/list", "x").exit_code == 2
    assert search("--library", "/no/such/directory", "x").exit_code == 2


def test_only_what_was_known(library: Path) -> None:
    asked = ("--library", str(library), "lantern type:other", "--as-of")
    assert search(*asked, "2021-06-09").exit_code == 1
    assert search(*asked, "2021-06").exit_code == 0
    assert search(*asked, "soon").exit_code == 2


def test_an_index_that_cannot_be_kept_is_told_in_one_line(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(tmp_path / "file" / "cache"))
    result = search("--library", str(library), "lantern")
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "is temporary" in result.stderr


def test_a_type_in_no_vocabulary_is_pointed_out_if_nothing_has_it(library: Path) -> None:
    result = search("type:othr", "--library", str(library))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == ("briefing-tui: no hits: unknown type 'othr' — did you mean 'other'?\n")
    assert search("type:ruling", "--library", str(library)).stderr == ""


def test_a_type_of_a_briefing_s_own_is_found_in_a_library(library: Path) -> None:
    storm = "{id: storm, headline: The lantern is lost, type: gale, date: 2020-11, cite: [board]}"
    words = "{events: {gale: {meaning: The wind is strong.}}}"
    own = text(title="Of wind", words=words, timeline=f"[{storm}]")
    (library / "wind.yaml").write_text(own, encoding="utf-8")
    result = search("type:gale", "--library", str(library))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "wind.yaml: timeline: timeline/storm" in result.stdout
