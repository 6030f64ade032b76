"""A reader's own marks: what they hold on to, the sidecar and its merging, what is news."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from briefing_tui.annotations.anchors import Anchors, anchors
from briefing_tui.annotations.read_state import Jump, count_unread
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.annotations.sidecar import Marked, Note, SidecarError, dump, parse
from briefing_tui.briefing.ascii_text import to_ascii
from briefing_tui.briefing.load import load, load_path
from briefing_tui.briefing.terminal_text import clean
from briefing_tui.cli import cli
from briefing_tui.query.parser import parse as parsed
from briefing_tui.storage.json_record import NewerRecordError
from briefing_tui.storage.per_briefing_files import sidecar_file
from briefing_tui.storage.positions import Position, save
from briefing_tui.views.evidence import evidence
from briefing_tui.views.glyphs import NOTE, STAR
from briefing_tui.views.mark_overlay import news_of
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.query_facts import matching_facts
from briefing_tui.views.rows import Link, Row, plain, row_text
from briefing_tui.views.scene import Marks, RemovedEntry, Scene, unchecked_scene
from tests.conftest import DATA
from tests.places import directories

HARBOUR = """\
briefing: 1
title: The harbour light
as_of: "2021-06-15"
about: post
sources:
  post: {kind: wire, title: A, publisher: Sund Post, published: "2021-06-15", reliability: C}
  board: {kind: official, title: B, publisher: Board, published: "2021-06-10", reliability: A}
key_points:
  - {text: The lantern will be repaired before the ice comes., about: [holm], cite: [post]}
  - {text: Nobody has paid for it so far., cite: [post, board]}
actors:
  holm: {name: Inge Holm, kind: person, country: NOR, cite: [post]}
timeline:
  - {id: storm, headline: The lantern is lost, type: other, date: "2020-11", actors: [holm],
     cite: [post]}
  - {id: repair, headline: Repair begins, type: other, date: "2021-05", cite: [board]}
deals:
  lantern:
    designation: Fresnel lantern
    supplier: FRA
    recipient: NOR
    milestones:
      - {id: lit, label: Lit again, forecasts: [
          {said: "2021-06", by: holm, due: "2021-10", cite: [post]}]}
"""
STORM, REPAIR = ("timeline", 0), ("timeline", 1)


def scene(text: str = HARBOUR) -> Scene:
    document = load(text.encode(), "harbour.yaml")
    assert not [one for one in document.problems if one.is_error]
    return unchecked_scene(document)


def known(text: str = HARBOUR) -> Anchors:
    return anchors(scene(text))


def test_marks_stay_with_an_entry_whose_note_is_written_in_the_other_form() -> None:
    plain, table, dated = (
        known(HARBOUR.replace("about: [holm], cite", f"note: {note}, about: [holm], cite", 1))
        for note in ("No mast.", "{text: No mast.}", "{text: No mast., known: 2021}")
    )
    assert [*plain.by_key] == [*table.by_key] != [*dated.by_key]


def write(notebook: Annotations, path: tuple[str | int, ...], text: str) -> bool:
    """Write a note in the place of the one that the notebook shows."""
    return notebook.write_note(notebook.draft(path), text)


def hashes(text: str) -> dict[str, str]:
    return {key: one.hash for key, one in known(text).by_key.items()}


def edited(before: str, after: str) -> str:
    assert HARBOUR.count(before) == 1
    return HARBOUR.replace(before, after)


# What marks hold on to.


def test_entries_are_known_by_ids_and_else_by_what_they_say() -> None:
    keys = set(known().by_key)
    assert {"timeline/storm", "actors/holm", "deals/lantern/milestones/lit"} <= keys
    points = [key for key in keys if key.startswith("key_points/")]
    assert len(points) == 2
    assert all("#" in key for key in points)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cite: [post, board]", "cite: [board, post]"),
        ("cite: [post, board]", "cite: [{source: post}, board]"),
        ('date: "2020-11", actors: [holm]', "actors: [holm], date: '2020-11'"),
        ("name: Inge Holm, kind", 'name: "Inge  Holm", kind'),
        ("headline: Repair begins,", "headline: Repair begins, basis: external,"),
        ("timeline:\n", "# later\ntimeline:\n"),
        ("headline: Repair begins,", "headline: Repair begins, status: occurred,"),
    ],
)
def test_writing_it_otherwise_is_no_change(before: str, after: str) -> None:
    assert hashes(edited(before, after)) == hashes(HARBOUR)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('date: "2020-11"', 'date: "2020-12"', "timeline/storm"),
        (
            "headline: Repair begins,",
            "headline: Repair begins, hedge: reportedly,",
            "timeline/repair",
        ),
        ("country: NOR, cite", "country: DNK, cite", "actors/holm"),
        ("label: Lit again", "label: Lit once more", "deals/lantern/milestones/lit"),
        ("designation: Fresnel lantern", "designation: Lantern", "deals/lantern"),
    ],
)
def test_saying_something_else_is_a_change(before: str, after: str, key: str) -> None:
    changed, was = hashes(edited(before, after)), hashes(HARBOUR)
    assert {one for one in was if changed.get(one) != was[one]} == {key}


def test_a_forecast_does_not_change_its_deal() -> None:
    changed, was = hashes(edited('due: "2021-10"', 'due: "2021-11"')), hashes(HARBOUR)
    gone = {key for key in was if changed.get(key) != was[key]}
    assert all(key.startswith("deals/lantern/milestones/lit/forecasts/#") for key in gone)
    assert len(gone) == 1


# The sidecar.

TEXTS = st.text(max_size=40).map(lambda text: "".join(text.split())) | st.sampled_from(
    ["a \\n b", "a\nb", "\\", "#tag #tag", "star", "[x] y", "=======", "<<<<<<< HEAD", "note x"]
)
NOTES = TEXTS.map(lambda text: Note(clean(text)[0].strip(), "0123456789abcdef"))
MARKED = st.builds(
    Marked,
    label=st.just("A label"),
    star=st.none() | st.just("fedcba9876543210"),
    notes=st.lists(NOTES.filter(lambda note: bool(note.text)), max_size=2, unique=True).map(
        lambda notes: tuple(sorted(notes))
    ),
)
KEYS = st.sampled_from(["timeline/a", "timeline/b", "key_points/#12345678", "deals/x/values/#0"])


@given(st.dictionaries(KEYS, MARKED))
def test_what_is_written_is_read(found: dict[str, Marked]) -> None:
    kept = {key: one for key, one in found.items() if not one.empty}
    read = parse(dump(found, {"timeline/c": "Another"}))
    assert {key: one for key, one in read.items() if not one.empty} == kept


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(SidecarError):
        parse(text)
    assert isinstance(parse(f"briefing-tui marks 1\n{text}"), dict)


LINES = [
    "[timeline/a] A",
    "b star -",
    "b note - x\\n\\\\ #y",
    "=======",
    " b star -",
    "\ufeff",
    "\x07b star -",
]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=9)).map("\n".join))
@example(" b star -")
@example("\ufeff")
def test_what_is_kept_of_any_text_is_the_same_when_it_is_read_again(text: str) -> None:
    found = parse(f"briefing-tui marks 1\n{text}")
    again = parse(dump(found, {}))
    assert again == {key: one for key, one in found.items() if not one.empty}


def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    path.write_text("briefing-tui marks 2\n\n[timeline/storm] x\nstar\n")
    notebook = Annotations(scene(), path)
    assert "another version" in notebook.warning
    assert not notebook.is_saved
    notebook.toggle_star(STORM)
    assert path.read_text().startswith("briefing-tui marks 2\n")


def test_lines_of_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    path.write_text("briefing-tui marks 1\n\n[timeline/storm] x\ncolour red\n")
    Annotations(scene(), path).toggle_star(STORM)
    assert "colour red\n" in path.read_text()


def test_lines_of_others_at_the_beginning_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    path.write_text("briefing-tui marks 1\nof /former/name.yaml\ncolours on\n")
    Annotations(scene(), path, subject="/a/harbour.yaml").toggle_star(STORM)
    assert path.read_text().splitlines()[:3] == [
        "briefing-tui marks 1",
        "of /a/harbour.yaml",
        "colours on",
    ]


def test_tags_are_words_of_the_note() -> None:
    assert Note("#verify with ABC#1, then #pay-first #verify").tags == ("verify", "pay-first")


# Git.


def git(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *identity, *arguments], cwd=directory, capture_output=True, text=True, check=False
    )


def commit(directory: Path) -> None:
    git(directory, "add", ".")
    assert git(directory, "commit", "-m", "x").returncode == 0


Change = Callable[[Annotations], object]


def merged(directory: Path, base: list[Change], ours: Change, theirs: Change) -> tuple[bool, str]:
    """Whether git merges two branches by itself, and the sidecar then."""
    path = directory / "harbour.yaml.marks"
    git(directory, "init", "-b", "main")
    (directory / "harbour.yaml").write_text(HARBOUR)
    for change in base:
        change(Annotations(scene(), path))
    commit(directory)
    git(directory, "checkout", "-b", "theirs")
    theirs(Annotations(scene(), path))
    commit(directory)
    git(directory, "checkout", "main")
    ours(Annotations(scene(), path))
    commit(directory)
    done = git(directory, "merge", "theirs")
    return done.returncode == 0, path.read_text()


def note(path: tuple[str | int, ...], text: str) -> Change:
    return lambda notebook: write(notebook, path, text)


def star(path: tuple[str | int, ...]) -> Change:
    return lambda notebook: notebook.toggle_star(path)


HOLM = ("actors", "holm")
FIRST = ("key_points", 0)


def test_marks_on_different_entries_merge(tmp_path: Path) -> None:
    merges, text = merged(tmp_path, [star(HOLM)], note(STORM, "ours"), note(REPAIR, "theirs"))
    assert merges
    read = parse(text)
    assert read["timeline/storm"].notes[0].text == "ours"
    assert read["timeline/repair"].notes[0].text == "theirs"
    assert read["actors/holm"].star


def test_edits_of_neighbours_merge(tmp_path: Path) -> None:
    base = [note(STORM, "a"), note(REPAIR, "b")]
    merges, text = merged(tmp_path, base, note(STORM, "ours"), note(REPAIR, "theirs"))
    assert merges
    assert [parse(text)[f"timeline/{one}"].notes[0].text for one in ("storm", "repair")] == [
        "ours",
        "theirs",
    ]


def test_taking_away_and_adding_merge(tmp_path: Path) -> None:
    merges, text = merged(tmp_path, [star(STORM)], star(STORM), note(REPAIR, "theirs"))
    assert merges
    assert parse(text)["timeline/storm"].star is None
    assert parse(text)["timeline/repair"].notes


def test_two_notes_on_one_entry_are_both_there_while_git_asks(tmp_path: Path) -> None:
    merges, text = merged(tmp_path, [star(HOLM)], note(STORM, "ours"), note(STORM, "theirs"))
    assert not merges
    assert "<<<<<<<" in text
    notebook = Annotations(scene(), tmp_path / "harbour.yaml.marks")
    assert sorted(notebook.marks.notes[STORM]) == ["ours", "theirs"]
    notebook.toggle_star(REPAIR)
    assert "<<<<<<<" not in (tmp_path / "harbour.yaml.marks").read_text()
    assert len(Annotations(scene(), tmp_path / "harbour.yaml.marks").marks.notes[STORM]) == 2


def test_two_sidecars_that_begin_apart_are_both_read(tmp_path: Path) -> None:
    _, text = merged(tmp_path, [], note(STORM, "ours"), note(REPAIR, "theirs"))
    read = parse(text)
    assert read["timeline/storm"].notes[0].text == "ours"
    assert read["timeline/repair"].notes[0].text == "theirs"


# Marks through changes of the briefing, and sessions at once.


def test_a_note_stays_with_an_entry_that_moves(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    write(Annotations(scene(), path), FIRST, "Ask when")
    moved = edited("key_points:\n", "key_points:\n  - {text: First of all this., cite: [post]}\n")
    marks = Annotations(scene(moved), path).marks
    assert marks.notes == {("key_points", 1): ("Ask when",)}
    assert not marks.outdated


def test_a_note_on_what_changed_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    notebook = Annotations(scene(), path)
    write(notebook, FIRST, "Ask when")
    notebook.toggle_star(STORM)
    later = edited("before the ice comes", "after the ice is gone").replace("is lost", "was lost")
    notebook = Annotations(scene(later), path)
    assert notebook.marks.notes == {FIRST: ("Ask when",)}
    assert notebook.marks.outdated == {FIRST, STORM}
    write(notebook, FIRST, "Ask why")
    again = Annotations(scene(later), path)
    assert again.marks.notes == {FIRST: ("Ask why",)}
    assert again.marks.outdated == {STORM}


def test_a_note_on_what_changed_stays_with_it_whatever_else_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    write(Annotations(scene(), path), FIRST, "Ask when")
    later = scene(edited("before the ice comes", "after the ice is gone"))
    Annotations(later, path).toggle_star(STORM)
    notebook = Annotations(later, path)
    assert notebook.marks.notes == {FIRST: ("Ask when",)}
    write(notebook, FIRST, "Ask why")
    assert Annotations(later, path).marks.notes == {FIRST: ("Ask why",)}
    assert not Annotations(later, path).marks.orphans


def test_a_note_on_what_is_gone_is_listed_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    write(Annotations(scene(), path), REPAIR, "Who pays?")
    without = "".join(line for line in HARBOUR.splitlines(True) if "id: repair" not in line)
    notebook = Annotations(scene(without), path)
    (orphan,) = notebook.marks.orphans
    assert (orphan.label, orphan.note) == ("Repair begins", "Who pays?")
    notebook.toggle_star(STORM)
    assert "Who pays?" in path.read_text()
    assert Annotations(scene(), path).marks.notes == {REPAIR: ("Who pays?",)}


def test_two_sessions_keep_what_both_marked(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    one, two = Annotations(scene(), path), Annotations(scene(), path)
    one.toggle_star(STORM)
    write(two, REPAIR, "two")
    write(one, HOLM, "one")
    marks = Annotations(scene(), path).marks
    assert marks.stars == {STORM}
    assert set(marks.notes) == {REPAIR, HOLM}


def test_sessions_that_write_at_the_same_moment_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.marks"
    paths = [STORM, REPAIR, HOLM, FIRST, ("key_points", 1), ("deals", "lantern")]
    threads = [
        threading.Thread(target=write, args=(Annotations(scene(), path), one, str(one)))
        for one in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Annotations(scene(), path).marks.notes) == set(paths)
    assert [one.name for one in tmp_path.iterdir()] == ["x.marks"]


def test_a_sidecar_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    notebook = Annotations(scene(), tmp_path / "file" / "x.marks")
    (tmp_path / "file").write_text("")
    with pytest.raises(SidecarError, match=r"x\.marks: "):
        notebook.toggle_star(STORM)
    assert "Not a directory" in Annotations(scene(), tmp_path / "file" / "x.marks").warning


def test_a_sidecar_of_ones_own_is_private(tmp_path: Path) -> None:
    Annotations(scene(), tmp_path / "mine.marks", None, "/a/briefing.yaml").toggle_star(STORM)
    assert (tmp_path / "mine.marks").stat().st_mode & 0o077 == 0
    (tmp_path / "shared.marks").touch(0o640)
    Annotations(scene(), tmp_path / "shared.marks").toggle_star(STORM)
    assert (tmp_path / "shared.marks").stat().st_mode & 0o777 == 0o640


def test_a_sidecar_that_is_shared_stays_writable_for_the_others(tmp_path: Path) -> None:
    path = tmp_path / "shared.marks"
    before = os.umask(0o022)
    try:
        for mode in (0o664, 0o666, 0o2664, 0o600):
            path.touch()
            path.chmod(mode)
            Annotations(scene(), path).toggle_star(STORM)
            assert path.stat().st_mode & 0o7777 == mode
    finally:
        os.umask(before)
    assert [*tmp_path.iterdir()] == [path]


def test_where_the_sidecar_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(tmp_path / "a.yaml")
    assert sidecar_file(directories().data, file, file, beside=True) == tmp_path / "a.yaml.marks"
    assert sidecar_file(directories().data, file, file, beside=False) is None
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "data"))
    kept = sidecar_file(directories().data, file, file, beside=False)
    assert kept is not None
    assert kept.parent == tmp_path / "data" / "marks"
    assert kept != sidecar_file(directories().data, "b/a.yaml", "b/a.yaml", beside=False)
    assert sidecar_file(directories().data, "-", "input: x", beside=True) is None


# What was read.


def opened(state: Path, text: str = HARBOUR) -> Annotations:
    return Annotations(scene(text), None, state / "x.json")


def test_what_is_opened_first_counts_as_read(tmp_path: Path) -> None:
    assert opened(tmp_path).marks == Marks()
    assert opened(tmp_path).marks == Marks()


def test_only_a_change_makes_it_unread_again(tmp_path: Path) -> None:
    opened(tmp_path)
    later = edited("is lost", "was lost").replace(
        "deals:\n",
        '  - {id: talk, headline: A talk, type: call, date: "2021-06", cite: [post]}\ndeals:\n',
    )
    notebook = opened(tmp_path, later)
    assert notebook.marks.news == {STORM: "changed", ("timeline", 2): "new"}
    assert notebook.mark_read(STORM)
    assert not notebook.mark_read(STORM)
    assert notebook.marks.news == {("timeline", 2): "new"}
    notebook.save()
    assert opened(tmp_path, later).marks.news == {("timeline", 2): "new"}


def test_a_changed_point_is_changed_and_not_gone(tmp_path: Path) -> None:
    opened(tmp_path)
    later = edited("before the ice comes", "after the ice comes")
    notebook = opened(tmp_path, later)
    assert notebook.marks.news == {FIRST: "changed"}
    assert notebook.marks.withdrawn == ()
    notebook.mark_read(FIRST)
    notebook.save()
    assert opened(tmp_path, later).marks == Marks()


def test_queries_find_what_was_withdrawn_until_it_was_noticed(tmp_path: Path) -> None:
    opened(tmp_path)
    without = "".join(line for line in HARBOUR.splitlines(True) if "id: repair" not in line)
    notebook = opened(tmp_path, without)
    plain = unchecked_scene(load(without.encode(), "harbour.yaml"))

    def found(query: str, focus: tuple[Link, ...] = ()) -> list[str]:
        marked = msgspec.structs.replace(plain, marks=notebook.marks, focus=focus)
        return [fact.key for fact in matching_facts(marked, parsed(query))]

    gone = "withdrawn/timeline/repair"
    for query in ("is:unread", "is:withdrawn", "repair is:withdrawn", "pane:timeline is:unread"):
        assert found(query) == [gone]
    assert gone not in found("is:read")
    assert found("is:withdrawn pane:deals") == []
    assert found("is:withdrawn", (Link("actors/x", "X", "actor"),)) == []  # it has no row then
    notebook.mark_removal_read("timeline/repair")
    assert found("is:unread") == []


def test_what_was_withdrawn_is_named_until_it_was_noticed(tmp_path: Path) -> None:
    opened(tmp_path)
    without = "".join(line for line in HARBOUR.splitlines(True) if "id: repair" not in line)
    notebook = opened(tmp_path, without)
    (gone,) = notebook.marks.withdrawn
    assert (gone.key, gone.label) == ("timeline/repair", "Repair begins")
    assert notebook.mark_removal_read("timeline/repair")
    notebook.save()
    assert opened(tmp_path, without).marks.withdrawn == ()
    assert opened(tmp_path).marks.news == {REPAIR: "new"}


def test_two_sessions_keep_what_either_read(tmp_path: Path) -> None:
    opened(tmp_path)
    later = edited("is lost", "was lost").replace("Repair begins", "Repair starts")
    one, two = opened(tmp_path, later), opened(tmp_path, later)
    one.mark_read(STORM)
    two.mark_read(REPAIR)
    one.save()
    two.save()
    assert opened(tmp_path, later).marks.news == {}


@pytest.mark.parametrize("damage", [b"", b"{nonsense", b"\xff", b"[]", b'{"version": 0}'])
def test_a_damaged_record_is_told_and_begun_anew(damage: bytes, tmp_path: Path) -> None:
    opened(tmp_path)
    (tmp_path / "x.json").write_bytes(damage)
    notebook = opened(tmp_path, edited("is lost", "was lost"))
    assert notebook.marks == Marks()
    assert "damaged" in notebook.warning
    assert opened(tmp_path).warning == ""
    assert opened(tmp_path).marks.news == {STORM: "changed"}


@pytest.mark.parametrize("later", [b'{"version": 2}', b'{"version": 9, "entries": [1], "x": {}}'])
def test_a_record_of_a_later_version_is_told_and_left_alone(later: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(later)
    notebook = opened(tmp_path)
    assert "was written by a newer version, and is left unchanged" in notebook.warning
    assert notebook.marks == Marks()
    notebook.set_jump("a", Jump("timeline", "timeline/storm"))
    assert notebook.save() == ""
    with pytest.raises(NewerRecordError):
        count_unread(tmp_path / "x.json", "", anchors(scene()))
    assert (tmp_path / "x.json").read_bytes() == later


def test_a_record_of_a_later_version_that_comes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    notebook = opened(tmp_path)
    (tmp_path / "x.json").write_bytes(b'{"version": 2}')
    assert "newer version" in notebook.save()
    assert (tmp_path / "x.json").read_bytes() == b'{"version": 2}'


def test_jump_marks_are_kept(tmp_path: Path) -> None:
    notebook = opened(tmp_path)
    notebook.set_jump("a", Jump("timeline", "timeline/storm"))
    notebook.save()
    assert opened(tmp_path).jumps == {"a": Jump("timeline", "timeline/storm")}


# The views.


def marked_rows(pane: str, marks: Marks) -> list[Row]:
    shown = msgspec.structs.replace(scene(), marks=marks)
    view = next(spec.view for spec in PANES if spec.name == pane)
    return list(view(shown).rows)


def test_marks_are_seen_without_colour() -> None:
    marks = Marks(stars=frozenset({STORM}), notes={STORM: ("x",)}, news={REPAIR: "new"})
    rows = marked_rows("timeline", marks)
    (storm,) = (row for row in rows if row.key == "timeline/storm")
    assert plain(storm.tail).startswith(f"{STAR} {NOTE} ")
    assert storm.sign is None
    (repair,) = (row for row in rows if row.key == "timeline/repair")
    assert repair.sign is not None
    assert to_ascii(f"{STAR}{NOTE}") == "SN"


def test_an_entry_is_marked_wherever_it_is_shown() -> None:
    rows = marked_rows("actors", Marks(stars=frozenset({STORM})))
    (act,) = (row for row in rows if STAR in plain(row.tail))
    assert "lantern is lost" in row_text(act)


def test_what_is_withdrawn_and_orphaned_stands_at_the_end() -> None:
    gone = (RemovedEntry("timeline/x", "A launch"),)
    orphan = (RemovedEntry("timeline/y", "A talk", "Ask"),)
    rows = marked_rows("timeline", Marks(withdrawn=gone, orphans=orphan))
    assert [row_text(row) for row in rows[-4:]] == [
        "Withdrawn since you last read it",
        "A launch",
        "Your marks on what is gone",
        "A talk  Ask",
    ]
    assert news_of(scene(), rows[-3]) == "withdrawn"
    assert len(marked_rows("deals", Marks(withdrawn=gone))) == len(marked_rows("deals", Marks()))


def test_the_evidence_has_the_note() -> None:
    marks = Marks(
        notes={STORM: ("Ask Holm",)}, news={STORM: "changed"}, outdated=frozenset({STORM})
    )
    shown = msgspec.structs.replace(scene(), marks=marks)
    row = next(row for row in PANES[1].view(shown).rows if row.key == "timeline/storm")
    told = [plain(one.body) for one in evidence(shown, row).rows]
    assert "Ask Holm" in told
    assert "Changed since you last read it" in told
    assert "The text changed since you marked it" in told


# The command.


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["marks", *arguments])
    return done.exit_code, done.output


def test_the_command_lists_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "data"))
    file = tmp_path / "harbour.yaml"
    file.write_text(HARBOUR)
    assert run(str(file)) == (0, "No marks.\n")
    path = sidecar_file(directories().data, str(file), str(file), beside=False)
    notebook = Annotations(scene(), path, None, str(file))
    notebook.toggle_star(STORM)
    write(notebook, REPAIR, "Who pays?\n#verify")
    code, out = run()
    assert (code, run(str(file))) == (0, (0, out))
    assert out == (
        f"{file}\n"
        "  timeline/repair  Repair begins\n    ✎ Who pays?\n      #verify\n"
        "★ timeline/storm  The lantern is lost\n"
    )
    file.write_text(edited("is lost", "was lost").replace("id: repair", "id: mended"))
    found = json.loads(run("--json")[1])
    assert [(one["entry"], one["state"], one["tags"]) for one in found] == [
        ("timeline/repair", "gone", ["verify"]),
        ("timeline/storm", "changed", []),
    ]
    file.unlink()
    assert [one["state"] for one in json.loads(run("--json")[1])] == ["gone", "gone"]


def test_the_command_finds_a_sidecar_beside(tmp_path: Path) -> None:
    file = tmp_path / "harbour.yaml"
    file.write_text(HARBOUR)
    Annotations(scene(), tmp_path / "harbour.yaml.marks").toggle_star(STORM)
    assert "★ timeline/storm" in run(str(file))[1]
    (tmp_path / "harbour.yaml.marks").write_text("something else")
    code, out = run(str(file))
    assert code == 1
    assert "not a file of marks" in out


def test_two_entries_of_one_id_are_not_unread_the_first_time(tmp_path: Path) -> None:
    scene = unchecked_scene(load_path(DATA / "mistakes.yaml"))
    keys = [anchor.key for anchor in anchors(scene).by_path.values()]
    assert len(set(keys)) < len(keys)
    assert not Annotations(scene, None, tmp_path / "seen.json").marks.news


def test_the_command_lists_what_stands_beside_briefings_that_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("BRIEFING_TUI_LIBRARIES", str(tmp_path / "library"))
    files = [tmp_path / "library" / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"]
    files[0].parent.mkdir()
    for file in files:
        file.write_text(HARBOUR)
        Annotations(scene(), file.with_name(f"{file.name}.marks")).toggle_star(STORM)
    for name in (str(files[1]), str(files[0]), "input: x", "bundled"):
        assert not save(directories().state, name, Position())
    (tmp_path / "state" / f"{'0' * 32}.json").write_text("damaged")
    found = json.loads(run("--json")[1])
    assert [one["file"] for one in found] == [str(files[1]), str(files[0])]


def test_marks_that_cannot_be_read_hide_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path))
    for name in ("a", "c"):
        file = str(tmp_path / f"{name}.yaml")
        Path(file).write_text(HARBOUR)
        Annotations(
            scene(), sidecar_file(directories().data, file, file, beside=False), None, file
        ).toggle_star(STORM)
    bad = tmp_path / "marks" / "b.marks"
    bad.write_text("something else")
    done = CliRunner().invoke(cli, ["marks"])
    assert done.exit_code == 1
    assert done.stdout.count("★ timeline/storm") == 2
    assert str(bad) in done.stderr


def test_the_command_waits_for_no_pipe(tmp_path: Path) -> None:
    file = tmp_path / "harbour.yaml"
    Annotations(
        scene(), sidecar_file(directories().data, str(file), str(file), beside=True)
    ).toggle_star(STORM)
    os.mkfifo(file)
    code, told = run(str(file))
    assert code == 0
    assert "storm" in told
    assert "(gone)" in told
    other = tmp_path / "other.yaml"
    os.mkfifo(f"{other}.marks")
    assert run(str(other)) == (0, "No marks.\n")
