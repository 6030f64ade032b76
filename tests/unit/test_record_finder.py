"""Marks, read state and position follow a briefing, whatever happens to its file."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.cli import cli
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.library_index import Index
from briefing_tui.session.opener import Opener
from briefing_tui.session.outcomes import Ask
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.settings.options import Settings
from briefing_tui.storage.directories import Directories
from tests.briefings import GAZETTE, text

LIGHTHOUSE = text()
EDITED = text(deals="{lantern: {designation: A lantern of glass, supplier: FRA, recipient: NOR}}")
"""The next version of it."""
FERRY = text(
    title="The ferry to Vestray",
    sources=f"{{gazette: {GAZETTE}}}",
    actors="{yard: {name: Vestray Yard, kind: organisation, country: NOR, cite: [gazette]}}",
    timeline="[{id: launch, headline: The hull is launched, type: other, date: 2021-02,"
    " actors: [yard], cite: [gazette]}]",
    deals="{ferry: {designation: Two ferries, supplier: NOR, recipient: NOR}}",
)
RADAR = text(
    title="A radar for Cape Sorrow",
    sources=f"{{gazette: {GAZETTE}}}",
    actors="{coast: {name: Coast Guard, kind: organisation, country: NOR, cite: [gazette]}}",
    timeline="[{id: mast, headline: The mast is raised, type: other, date: 2021-03,"
    " actors: [coast], cite: [gazette]}]",
    deals="{radar: {designation: A radar, supplier: FRA, recipient: NOR}}",
)


class Seen(NamedTuple):
    """What a reader finds in a briefing."""

    stars: int
    notes: list[str]
    jumps: list[str]
    pane: str
    unread: int


NOTHING = Seen(0, [], [], "summary", 0)


class Desk:
    """Where a reader reads, with a library of files."""

    def __init__(self, directory: Path) -> None:
        self.root = directory / "library"
        self.root.mkdir()
        self.kept = Directories(
            state=directory / "state", data=directory / "data", cache=directory / "cache"
        )

    def write(self, name: str, content: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def open(self, path: Path) -> ReadingSession:
        opener = Opener(Settings(), self.kept)
        session = opener.session(opener.read(str(path)))
        session.show(session.completed(session.scene))
        session.settle()
        return session

    def mark(self, path: Path, note: str) -> Seen:
        """Star and annotate an event of a briefing, set a jump mark, and leave it in its deals."""
        session = self.open(path)
        session.do("pane-timeline")
        session.do("star")
        question = session.do("note")
        assert isinstance(question, Ask)
        session.answer(question, note)
        session.do("mark", argument="j")
        session.do("pane-deals")
        assert session.leave() == []
        return Seen(1, [note], ["j"], "deals", 0)

    def see(self, path: Path) -> Seen:
        session = self.open(path)
        marks = session.annotations.marks
        assert not marks.orphans
        seen = Seen(
            len(marks.stars),
            [note for notes in marks.notes.values() for note in notes],
            sorted(session.annotations.jumps),
            session.pane.spec.name,
            marks.unread,
        )
        session.leave()
        return seen

    def index(self, root: Path | None = None) -> None:
        """Open the library, as its list does."""
        index = Index(None, self.kept)
        index.refresh(Roots((str(root or self.root),)), processes=0)
        index.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("is_indexed", [False, True])
def test_a_library_may_be_moved(desk: Desk, is_indexed: bool) -> None:
    names = {"ferry.yaml": FERRY, "sub/light.yaml": LIGHTHOUSE, "radar.yaml": RADAR}
    marked = {name: desk.mark(desk.write(name, names[name]), name) for name in names}
    moved = desk.root.rename(desk.root.with_name("library2"))
    if is_indexed:
        desk.index(moved)
    assert {name: desk.see(moved / name) for name in names} == marked


def test_a_moved_library_has_its_marks_in_the_list_at_once(desk: Desk) -> None:
    desk.mark(desk.write("ferry.yaml", FERRY), "Ask")
    moved = desk.root.rename(desk.root.with_name("library2"))
    desk.index(moved)
    assert desk.kept.data is not None
    (sidecar,) = (desk.kept.data / "marks").iterdir()
    assert f"of {moved / 'ferry.yaml'}\n" in sidecar.read_text(encoding="utf-8")


def test_equal_files_of_a_moved_library_are_known_by_their_names(desk: Desk) -> None:
    names = ["a.yaml", "old/a.yaml", "b.yaml"]
    marked = {name: desk.mark(desk.write(name, FERRY), name) for name in names}
    moved = desk.root.rename(desk.root.with_name("library2"))
    assert {name: desk.see(moved / name) for name in names} == marked


@pytest.mark.parametrize("is_indexed", [False, True])
@pytest.mark.parametrize("content", [LIGHTHOUSE, EDITED], ids=["as it was", "edited"])
def test_a_file_may_be_renamed_and_edited(desk: Desk, content: str, is_indexed: bool) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "Ask")
    if is_indexed:
        desk.index()
    renamed = path.rename(path.with_name("lantern.yaml"))
    renamed.write_text(content, encoding="utf-8")
    if is_indexed:
        desk.index()
    assert desk.see(renamed) == marked._replace(unread=int(content == EDITED))


@pytest.mark.parametrize("is_indexed", [False, True])
def test_a_copy_takes_over_once_the_original_is_gone(desk: Desk, is_indexed: bool) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "Ask")
    copy = path.with_name("copy.yaml")
    shutil.copy(path, copy)
    if is_indexed:
        desk.index()
        desk.see(copy)
    path.unlink()
    if is_indexed:
        desk.index()
    assert desk.see(copy)._replace(pane="deals") == marked


def test_a_copy_beside_its_original_has_no_marks(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "Ask")
    assert desk.see(desk.write("copy.yaml", LIGHTHOUSE)) == NOTHING
    assert desk.see(path) == marked


def swap(*paths: Path) -> None:
    """Give each file the content of the next, and the last that of the first."""
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


@pytest.mark.parametrize("second", [FERRY, EDITED], ids=["another", "a version of it"])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_two_files_may_be_swapped(desk: Desk, second: str, is_reversed: bool) -> None:
    paths = [desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", second)]
    marked = [desk.mark(path, path.name) for path in paths]
    swap(*paths)
    order = [1, 0] if is_reversed else [0, 1]
    seen = {number: desk.see(paths[number]) for number in order}
    assert seen == {0: marked[1], 1: marked[0]}
    assert {number: desk.see(paths[number]) for number in order} == seen


def test_three_files_may_be_swapped(desk: Desk) -> None:
    contents = {"a.yaml": LIGHTHOUSE, "b.yaml": FERRY, "c.yaml": RADAR}
    paths = [desk.write(name, content) for name, content in contents.items()]
    marked = [desk.mark(path, path.name) for path in paths]
    swap(*paths)
    assert [desk.see(path) for path in paths] == [*marked[1:], marked[0]]


def owners(desk: Desk) -> dict[str, str]:
    """The notes by the name of the file that they are stored for."""
    assert desk.kept.data is not None
    texts = [path.read_text("utf-8") for path in (desk.kept.data / "marks").iterdir()]
    found = (re.search(r"(?s)\nof .*/(\S+?)\n.* note \w+ (\S+)\n", text) for text in texts)
    return {match[1]: match[2] for match in found if match is not None}


@pytest.mark.parametrize("second", [FERRY, EDITED], ids=["another", "a version of it"])
def test_a_library_knows_of_swapped_files_before_they_are_opened(desk: Desk, second: str) -> None:
    contents = {"a.yaml": LIGHTHOUSE, "b.yaml": second, "c.yaml": RADAR}
    paths = [desk.write(name, content) for name, content in contents.items()]
    marked = [desk.mark(path, path.name) for path in paths]
    swap(*paths)
    desk.index()
    assert owners(desk) == {"a.yaml": "b.yaml", "b.yaml": "c.yaml", "c.yaml": "a.yaml"}
    assert [desk.see(path) for path in paths] == [*marked[1:], marked[0]]


def test_an_edited_file_keeps_its_marks_in_a_library_with_a_copy_of_the_former_version(
    desk: Desk,
) -> None:
    path = desk.write("a.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "a.yaml")
    copy = desk.write("copy.yaml", LIGHTHOUSE)
    path.write_text(EDITED, encoding="utf-8")
    desk.index()
    assert desk.see(path) == marked._replace(unread=1)
    assert desk.see(copy) == NOTHING


def test_a_library_moves_no_marks_to_a_file_that_has_others(desk: Desk) -> None:
    """The one that was overwritten is nowhere else, and may come back."""
    first, second = desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", FERRY)
    for path in (first, second):
        desk.mark(path, path.name)
    second.replace(first)
    desk.index()
    assert owners(desk) == {"a.yaml": "a.yaml", "b.yaml": "b.yaml"}
    assert desk.see(first).notes == ["b.yaml"]


def test_entries_may_get_other_ids_in_a_renamed_file(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    desk.mark(path, "Ask")
    path.unlink()
    renamed = LIGHTHOUSE.replace("holm", "inge").replace("storm", "tempest")
    session = desk.open(desk.write("other.yaml", renamed.replace("lantern:", "lens:")))
    assert [orphan.note for orphan in session.annotations.marks.orphans] == ["Ask"]


def test_two_files_may_be_swapped_after_one_was_reloaded(desk: Desk) -> None:
    paths = [desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", LIGHTHOUSE + "# another")]
    marked = [desk.mark(path, path.name) for path in paths]
    session = desk.open(paths[0])
    paths[0].write_text(EDITED, encoding="utf-8")
    session.do("reload")
    session.leave()
    swap(*paths)
    assert [desk.see(path).notes for path in paths] == [each.notes for each in marked[::-1]]


def test_two_files_may_be_swapped_and_edited(desk: Desk) -> None:
    paths = [desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", FERRY)]
    marked = [desk.mark(path, path.name) for path in paths]
    paths[0].write_text(FERRY.replace("Two ferries", "Three ferries"), encoding="utf-8")
    paths[1].write_text(EDITED, encoding="utf-8")
    assert [desk.see(path) for path in paths] == [each._replace(unread=1) for each in marked[::-1]]


def test_a_file_may_be_replaced_by_another(desk: Desk) -> None:
    first, second = desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", FERRY)
    lost, marked = (desk.mark(path, path.name) for path in (first, second))
    second.replace(first)
    assert desk.see(first) == marked
    assert desk.see(desk.write("again.yaml", LIGHTHOUSE)) == lost


def test_the_next_version_takes_the_place_of_the_last_with_its_marks(desk: Desk) -> None:
    today = desk.write("today.yaml", LIGHTHOUSE)
    marked = desk.mark(today, "Ask")
    new = desk.write("new.yaml", EDITED)
    assert desk.see(new) == NOTHING
    new.replace(today)
    assert desk.see(today) == marked._replace(unread=1)


def test_an_edited_file_keeps_its_marks(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "Ask")
    path.write_text(EDITED, encoding="utf-8")
    assert desk.see(path) == marked._replace(unread=1)


def test_what_fits_equally_is_left_to_the_reader(desk: Desk) -> None:
    for name in ("a.yaml", "b.yaml"):
        path = desk.write(name, LIGHTHOUSE)
        desk.mark(path, name)
    for name in ("a.yaml", "b.yaml"):
        (desk.root / name).unlink()
    session = desk.open(desk.write("c.yaml", LIGHTHOUSE))
    assert session.warnings == ["Marks of 2 other files fit; `briefing-tui marks` lists them"]
    assert not session.annotations.marks.stars


def test_another_briefing_gets_no_marks_of_one_that_is_gone(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    desk.mark(path, "Ask")
    path.unlink()
    assert desk.see(desk.write("ferry.yaml", FERRY)) == NOTHING


def test_marks_are_found_without_a_read_state(desk: Desk) -> None:
    desk.kept = Directories(data=desk.kept.data)
    first, second = desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", FERRY)
    for path in (first, second):
        desk.mark(path, path.name)
    swap(first, second)
    assert [desk.see(path).notes for path in (first, second)] == [["b.yaml"], ["a.yaml"]]
    renamed = first.rename(first.with_name("c.yaml"))
    assert desk.see(renamed).notes == ["b.yaml"]


def test_damaged_records_are_passed_over(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    marked = desk.mark(path, "Ask")
    state, data = desk.kept.state, desk.kept.data
    assert state is not None
    assert data is not None
    for number, junk in enumerate(
        (b"", b"\xff", b"[]", b'{"version": 1, "briefing": "a\\u0000b"}')
    ):
        (state / f"{number:032x}.read.json").write_bytes(junk)
        (state / f"{number:032x}.json").write_bytes(junk)
        (data / "marks" / f"x-{number:012x}.marks").write_bytes(junk)
    assert desk.see(path.rename(path.with_name("b.yaml"))) == marked


def test_marks_that_cannot_be_read_stay_with_the_rest(desk: Desk) -> None:
    first, second = desk.write("a.yaml", LIGHTHOUSE), desk.write("b.yaml", FERRY)
    for path in (first, second):
        desk.mark(path, path.name)
    assert desk.kept.data is not None
    (damaged,) = (desk.kept.data / "marks").glob("a-*")
    damaged.write_text("briefing-tui marks 2\n", encoding="utf-8")
    swap(first, second)
    session = desk.open(first)
    assert "marks of another version" in session.warnings[-1]
    assert not session.annotations.marks.notes
    assert damaged.read_text(encoding="utf-8") == "briefing-tui marks 2\n"


def test_marks_do_not_depend_on_the_link_that_leads_to_the_file(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    link = desk.root / "today.yaml"
    link.symlink_to(path)
    marked = desk.mark(link, "Ask")
    assert desk.see(path) == marked
    renamed = path.rename(path.with_name("b.yaml"))
    assert desk.see(renamed) == marked


def test_the_reader_is_told_of_marks_that_stayed_beside_the_former_name(desk: Desk) -> None:
    path = desk.write("light.yaml", LIGHTHOUSE)
    desk.see(path)
    desk.write("light.yaml.marks", "briefing-tui marks 1\n")
    session = desk.open(path.rename(path.with_name("b.yaml")))
    assert session.warnings == [
        "Marks are still beside light.yaml; `briefing-tui marks attach` moves them"
    ]


def test_an_original_that_went_since_the_last_session_is_found_by_the_library(desk: Desk) -> None:
    path = desk.write("../elsewhere/light.yaml", LIGHTHOUSE)
    desk.mark(path, "Ask")
    copy = desk.write("copy.yaml", LIGHTHOUSE)
    index_file = desk.root.with_name("library.db")
    index = Index(index_file, desk.kept)
    roots = Roots((str(desk.root),))
    index.refresh(roots, processes=0)
    path.unlink()
    index.reattach()
    index.close()
    assert desk.kept.data is not None
    (sidecar,) = (desk.kept.data / "marks").iterdir()
    assert f"of {copy}\n" in sidecar.read_text(encoding="utf-8")


# By hand


def attach(desk: Desk, *arguments: object, beside: bool = False) -> Result:
    environ = {
        "BRIEFING_TUI_STATE": str(desk.kept.state),
        "BRIEFING_TUI_DATA": str(desk.kept.data),
        "BRIEFING_TUI_MARKS": "beside" if beside else "data",
    }
    return CliRunner().invoke(cli, ["marks", *map(str, arguments)], env=environ)


@pytest.fixture
def pair(desk: Desk) -> tuple[Path, Path]:
    """A briefing with marks that is gone, and an unlike version of it with marks of its own."""
    old, new = desk.write("old.yaml", LIGHTHOUSE), desk.write("new.yaml", LIGHTHOUSE)
    desk.mark(old, "Of the old")
    desk.mark(new, "Of the new")
    old.unlink()
    return old, new


def test_marks_of_a_file_that_is_gone_are_listed_with_the_command(
    desk: Desk, pair: tuple[Path, Path]
) -> None:
    listed = attach(desk).output
    assert f"\n  briefing-tui marks attach {pair[0]} NEW\n" in listed
    assert f"attach {pair[1]} NEW" not in listed


def test_a_dry_run_changes_nothing(desk: Desk, pair: tuple[Path, Path]) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in desk.root.parent.rglob("*") if path.is_file()}

    before = files()
    done = attach(desk, "attach", "--dry-run", *pair)
    assert (done.exit_code, done.output) == (
        0,
        f"Would attach 1 star, 1 note and 1 jump mark to {pair[1]}\n",
    )
    assert files() == before


def test_attached_marks_merge_with_those_that_are_there(
    desk: Desk, pair: tuple[Path, Path]
) -> None:
    done = attach(desk, "attach", *pair)
    assert (done.exit_code, done.output) == (
        0,
        f"Attached 1 star, 1 note and 1 jump mark to {pair[1]}\n",
    )
    assert desk.see(pair[1]) == Seen(1, ["Of the new", "Of the old"], ["j"], "deals", 0)
    assert "NEW" not in attach(desk).output
    assert desk.kept.data is not None
    (path,) = (desk.kept.data / "marks").iterdir()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("of ")] == [f"of {pair[1]}"]
    again = attach(desk, "attach", *pair)
    assert again.exit_code == 2
    assert f"nothing is kept of {pair[0]}" in again.output


def test_a_jump_mark_of_the_same_letter_gets_another(desk: Desk) -> None:
    old, new = desk.write("old.yaml", LIGHTHOUSE), desk.write("new.yaml", FERRY)
    for path in (old, new):
        desk.mark(path, path.name)
    old.unlink()
    done = attach(desk, "attach", *(old, new))
    assert done.output.endswith(f"to {new}, which lacks 1 marked entry\n")
    assert sorted(desk.open(new).annotations.jumps) == ["a", "j"]
    assert [gone.note for gone in desk.open(new).annotations.marks.orphans] == ["old.yaml"]


def test_marks_beside_a_file_that_is_gone_are_attached(desk: Desk) -> None:
    new = desk.write("new.yaml", LIGHTHOUSE)
    line = "briefing-tui marks 1\ntimeline/storm note - Of the team\n"
    desk.write("old.yaml.marks", line)
    done = attach(desk, "attach", desk.root / "old.yaml", new, beside=True)
    assert (done.exit_code, done.output) == (
        0,
        f"Attached 0 stars, 1 note and 0 jump marks to {new}\n",
    )
    assert sorted(path.name for path in desk.root.iterdir()) == ["new.yaml", "new.yaml.marks"]
    marks = (desk.root / "new.yaml.marks").read_text(encoding="utf-8")
    assert "timeline/storm note - Of the team\n" in marks
    assert "\nof " not in marks


@pytest.mark.parametrize(
    ("names", "code", "says"),
    [
        (("a.yaml", "b.yaml"), 1, "a.yaml is still there, and its marks belong to it"),
        (("a.yaml", "a.yaml"), 2, "are the same briefing"),
        (("never.yaml", "b.yaml"), 2, "nothing is kept of"),
        (("a.yaml", "never.yaml"), 2, "No such file"),
        (("a.yaml", "bad.yaml"), 1, "E101"),
    ],
)
def test_what_cannot_be_attached_is_refused(
    names: tuple[str, str], code: int, says: str, desk: Desk
) -> None:
    for name in ("a.yaml", "b.yaml"):
        desk.mark(desk.write(name, LIGHTHOUSE), name)
    desk.write("bad.yaml", "[")
    done = attach(desk, "attach", *(desk.root / name for name in names))
    assert (done.exit_code, says in done.output) == (code, True), done.output


def test_what_cannot_be_read_is_not_attached(desk: Desk, pair: tuple[Path, Path]) -> None:
    assert desk.kept.data is not None
    (path,) = (desk.kept.data / "marks").glob("old-*")
    path.write_text("briefing-tui marks 2\n", encoding="utf-8")
    done = attach(desk, "attach", *pair)
    assert done.exit_code == 1
    assert "marks of another version" in done.output
    assert path.read_text(encoding="utf-8") == "briefing-tui marks 2\n"


# Anything that may happen to files

BRIEFINGS = {"light": LIGHTHOUSE, "ferry": FERRY, "radar": RADAR}
NAMES = st.sampled_from(["a.yaml", "b.yaml", "c.yaml", "sub/d.yaml", "sub/e.yaml"])
OPERATIONS = st.one_of(
    st.tuples(st.sampled_from(["rename", "copy", "swap"]), NAMES, NAMES),
    st.tuples(st.sampled_from(["open", "edit"]), NAMES, NAMES),
    st.tuples(st.sampled_from(["index", "move root"]), st.just(""), st.just("")),
)


@settings(max_examples=max(settings().max_examples // 5, 3))
@given(st.lists(OPERATIONS, max_size=8))
def test_marks_are_with_the_content_whatever_happens_to_the_files(
    operations: list[tuple[str, str, str]],
) -> None:
    """Three unlike briefings; a copy takes over when its original goes."""
    with tempfile.TemporaryDirectory() as directory:
        desk = Desk(Path(directory))
        paths = {"a.yaml": "light", "b.yaml": "ferry", "sub/d.yaml": "radar"}
        for name, briefing in paths.items():
            desk.mark(desk.write(name, BRIEFINGS[briefing]), briefing)
        for number, (operation, first, second) in enumerate(operations):
            one, two = desk.root / first, desk.root / second
            if operation == "index":
                desk.index()
            elif operation == "move root":
                desk.root = desk.root.rename(desk.root.with_name(f"library{number}"))
            elif first not in paths or first == second:
                continue
            elif operation == "open":
                desk.see(one)
            elif operation == "edit":
                desk.see(one)
                one.write_text(one.read_text("utf-8") + f"# {number}\n", encoding="utf-8")
            elif operation == "swap" and second in paths:
                swap(one, two)
                paths[first], paths[second] = paths[second], paths[first]
            elif operation in ("rename", "copy") and second not in paths:
                two.parent.mkdir(exist_ok=True)
                shutil.copy(one, two)
                paths[second] = paths.pop(first)
                if operation == "copy":
                    desk.index()
                one.unlink()
        assert {name: desk.see(desk.root / name).notes for name in paths} == {
            name: [briefing] for name, briefing in paths.items()
        }
