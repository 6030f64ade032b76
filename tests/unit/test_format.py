"""Formatting: one canonical form, the same briefing before and after, and no comment lost."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.load import decode_text, load
from briefing_tui.briefing.problems import UnreadableFileError
from briefing_tui.cli import cli
from briefing_tui.storage.directories import content_dir
from briefing_tui.writer.canonical import FormatError, canonical
from briefing_tui.writer.comments import comments
from briefing_tui.writer.skeleton import skeleton
from briefing_tui.writer.values import WIDTH
from tests import hostile
from tests.briefings import text
from tests.conftest import DATA
from tests.golden import same_as_golden
from tests.profiles import examples

FILES = [*sorted(content_dir().glob("*.yaml")), *sorted(DATA.glob("*.yaml"))]
UNTIDY = DATA / "writing" / "untidy.yaml"


def formatted(written: str) -> str:
    """A text formatted, twice where that should change nothing."""
    once = canonical(written.encode(), "a.yaml")
    assert canonical(once.encode(), "a.yaml") == once
    return once


def read(written: str) -> tuple[Any, list[tuple[str, str]]]:
    """What a text means, and what is wrong with it, wherever that stands."""
    document = load(written.encode(), "a.yaml")
    problems = sorted(
        (problem.code, problem.message)
        for problem in document.problems
        if not problem.message.startswith("U+")  # characters that are dropped in reading
    )
    return without_places(msgspec.to_builtins(document.briefing, enc_hook=str)), problems


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key != "location"}
    return [without_places(one) for one in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_stay_what_they_are(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    once = formatted(written)
    assert read(once) == read(written)
    assert comments(once).every() == comments(written).every()
    long = [line for line in once.splitlines() if len(line) > WIDTH and " #" not in line]
    assert [line for line in long if not re.search(r'\S{80}|"', line)] == []


def test_hostile_text_stays_what_it_is() -> None:
    points = (f"{{text: {hostile.written(bad)}}}" for bad in hostile.NASTY.values())
    written = text(key_points=f"[{', '.join(points)}]")
    assert read(formatted(written)) == read(written)


def test_every_comment_finds_its_place() -> None:
    same_as_golden("format-untidy.yaml", formatted(UNTIDY.read_text(encoding="utf-8")))


def test_a_new_briefing_is_in_canonical_form() -> None:
    for article in (None, (DATA / "writing" / "article.txt").read_bytes()):
        written = skeleton("ice.yaml", "2031-03-14", article)
        assert formatted(written) == written


LINES = {
    "a date": ("as_of: 2021", 'as_of: "2021"'),
    "a date of its own": ("as_of: '2021-06-15'", 'as_of: "2021-06-15"'),
    "a time": ("as_of: 2021-06-15T14:30+02:00", 'as_of: "2021-06-15T14:30+02:00"'),
    "a quarter": ("as_of: 2021-Q3", 'as_of: "2021-Q3"'),
    "a decade": ("as_of: '202X'", 'as_of: "202X"'),
    "a number for a text": ("title: 2021", 'title: "2021"'),
    "norway": ("tags: [no, NO, yes, 12:30, 0x1F, 1e3, ~a]", None),
    "needless quotes": ("title: 'The light'", "title: The light"),
    "a colon": ("title: 'Light: soon'", 'title: "Light: soon"'),
    "a hash": ("title: 'Light #2'", 'title: "Light #2"'),
    "an apostrophe": ("title: The keeper's light", "title: The keeper's light"),
    "a list of lines": ("tags:\n- a\n- b", "tags:\n  - a\n  - b"),
    "brackets": ("tags: [ a,b , 'c, d' ]", 'tags: [a, b, "c, d"]'),
}


@pytest.mark.parametrize("name", LINES)
def test_how_values_are_written(name: str) -> None:
    line, wanted = LINES[name]
    found = formatted(text(**{line.partition(":")[0]: None}) + line)
    wanted = wanted or 'tags: ["no", "NO", "yes", "12:30", "0x1F", "1e3", "~a"]'
    assert f"{wanted}\n" in found


def test_keys_are_in_the_order_of_the_model_and_unknown_ones_last() -> None:
    found = formatted("zz: 1\nabout: a\ntitle: T\nbriefing: 1\nas_of: 2021\n")
    assert re.findall(r"^\w+", found, re.MULTILINE) == ["briefing", "title", "as_of", "about", "zz"]


def test_long_text_is_folded_and_long_brackets_are_opened() -> None:
    words = "Nobody knows when the light comes back to Karsholm, " * 6
    ids = ", ".join(f"somebody-with-a-long-name-{number}" for number in range(6))
    found = formatted(text(bottom_line=f"[{{text: '{words.strip()}', about: [{ids}]}}]"))
    assert "\nbottom_line:\n  - text: >-\n      Nobody" in found
    assert "\n    about:\n      - somebody" in found
    assert max(map(len, found.splitlines())) <= WIDTH or "sources: " in found


WORDS = ("the light came back " * 8).strip()
ITEMS = {
    "the text moves to the front": (
        f"  - cite: [a] # one\n    # two\n    text: >-  # three\n      {WORDS}\n",
        "  # two\n  # three\n  - text: >-\n",
    ),
    "several beside the first key": (
        "  - text: # one\n      [a, # two\n      b] # three\n",
        "  # one\n  # three\n  - text:\n      - a # two\n      - b\n",
    ),
    "a text in a list in a list": (
        f"  -   - >- # one\n        {WORDS}\n      - b # two\n",
        "  # one\n  -   - >-\n",
    ),
    "below an item of a list in a list": (
        "  -   - a\n      # one\n      - b\n      # two\n  - c\n",
        "  -   - a\n      # one\n      - b\n      # two\n  - c\n",
    ),
    "an empty list": ("  - [\n    # one\n    ]\n", "  - []\n  # one\n"),
}


@pytest.mark.parametrize("name", ITEMS)
def test_comments_on_the_line_of_an_item_are_above_it_once_and_for_all(name: str) -> None:
    item, wanted = ITEMS[name]
    found = formatted(text(bottom_line="\n" + item))
    assert f"\nbottom_line:\n{wanted}" in found
    assert comments(found).every() == comments(item).every()


def test_a_list_with_an_empty_table_may_have_a_comment_beside_its_key() -> None:
    found = formatted(text(zz="# one\n  - {}\n  - a\n  - a"))
    assert found.endswith("\nzz: # one\n  - {}\n  - a\n  - a\n")


def test_the_hash_of_a_passage_is_text_in_brackets_and_without() -> None:
    passages = "{P1S1: [0, 40, 12345678], P1S2: [\n  0, 40,\n  # one\n  12345678]}"
    source = f"{{kind: wire, title: T, text: {{sha256: '{'0' * 64}', passages: {passages}}}}}"
    found = formatted(text(sources=f"{{gazette: {source}}}"))
    assert 'P1S1: [0, 40, "12345678"]' in found
    assert ' # one\n          - "12345678"\n' in found


REFUSED = {
    "no yaml": ("briefing: 1\ntitle: [a\nas_of: 2021\n", "a.yaml:3:6: E101"),
    "no briefing": ("- a\n", "a.yaml:1:1: E101"),
    "repeated key": ("briefing: 1\ntitle: A\ntitle: B\n", "a.yaml:3:1: E101"),
    "anchor": ("briefing: 1\ntitle: &a A\n", "a.yaml:2:8: E101"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_lose_something_is_refused_with_its_line(name: str) -> None:
    written, message = REFUSED[name]
    with pytest.raises(FormatError, match=re.escape(message)):
        canonical(written.encode(), "a.yaml")


SNIPPETS = [
    "# c", "  # c", "      # c", "", " # beside", "\n", "\n\n", "\t", "'", '"', "[", "]", "{", "}",
    ",", ": ", "- ", "-", "key: v", "  key: v", "    note: >-\n      long\n      text", "~", "null",
    "yes", "2021", "01", "1_0", "0x1", "|", "é漢", "\u00a0", "\u200b", "\x1b", "\r", "a  b", "\\",
    "...", "---",
]  # fmt: skip
LINES_OF_FILES = [
    path.read_text(encoding="utf-8").splitlines()
    for path in (UNTIDY, DATA / "small.yaml", DATA / "whole.yaml")
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A file of ours with some lines and characters of it changed."""
    lines = list(draw(st.sampled_from(LINES_OF_FILES)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["insert", "append", "inside", "delete", "move", "indent"]))
        snippet = draw(st.sampled_from(SNIPPETS))
        if kind == "insert":
            lines.insert(at, snippet)
        elif kind == "append":
            lines[at] += snippet
        elif kind == "inside":
            column = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:column] + snippet + lines[at][column:]
        elif kind == "delete":
            del lines[at : at + draw(st.integers(1, 3))]
            lines = lines or [""]
        elif kind == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        else:
            lines[at] = "  " + lines[at]
    return "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n# end"]))


@settings(max_examples=examples(10), deadline=None)
@given(mutated())
def test_formatting_changes_no_meaning_and_formats_once(written: str) -> None:
    try:
        before = read(written)
        once = formatted(written)
    except UnreadableFileError:
        return
    except FormatError as error:
        assert "E101" in str(error), "only what cannot be read is refused"  # noqa: PT017
        return
    assert read(once) == before
    legible = decode_text(written.encode())[0]
    assert comments(once).every() == comments(legible).every()


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["format", *arguments], input=given)


def test_the_command_rewrites_a_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path, link = tmp_path / "a.yaml", tmp_path / "link.yaml"
    path.write_text(text(), encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    assert run("--check", str(link)).exit_code == 1
    assert path.read_text(encoding="utf-8") == text()
    done = run(str(link))
    assert (done.exit_code, done.output) == (0, f"{link}: formatted\n")
    assert path.read_text(encoding="utf-8") == formatted(text())
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(tmp_path.iterdir()) == [path, link]
    before = path.stat()
    assert run(str(path)).output == ""
    assert run("--check", str(path)).exit_code == 0
    assert path.stat() == before


def test_the_command_prints_where_it_is_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(), encoding="utf-8")
    assert run("--stdout", str(path)).output == formatted(text())
    assert path.read_text(encoding="utf-8") == text()
    assert run("-", given=text()).output == formatted(text())


def test_the_command_fails_in_words_and_goes_on(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good.yaml"
    bad.write_text("briefing: 1\ntitle: [a\nas_of: 2021\n", encoding="utf-8")
    good.write_text(text(), encoding="utf-8")
    done = run(str(bad), str(good))
    assert done.exit_code == 1
    assert "bad.yaml:3:6: E101" in done.output
    assert "good.yaml: formatted" in done.output
    assert run().exit_code == 2
    assert run(str(tmp_path / "none.yaml")).exit_code == 2
    assert run("--check", "--stdout", str(good)).exit_code == 2
