"""What earlier sessions stored, or anybody wrote in its place: no record ends the program."""

from __future__ import annotations

import contextlib
import datetime
import json
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing_tui.annotations.anchors import anchors
from briefing_tui.annotations.read_state import (
    Jump,
    ReadState,
    count_unread,
    load,
    load_unread_count,
)
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.cli import cli
from briefing_tui.commands.registry import COMMANDS as REGISTRY
from briefing_tui.library import saved_arrangement
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.annotation_tables import ReaderAnnotations
from briefing_tui.library.index.library_index import Index
from briefing_tui.library.list_rows import GROUPINGS, ORDERS
from briefing_tui.library.service import LibraryService
from briefing_tui.library.unread_counts import UnreadSurvey, readable
from briefing_tui.library.workspace import Workspace
from briefing_tui.linear.reader import LineReader
from briefing_tui.session.library_session import open_library
from briefing_tui.session.opener import Opener
from briefing_tui.session.outcomes import Ask, AskLetter, Choose, OpenNext
from briefing_tui.session.reading_session import ReadingSession
from briefing_tui.settings.options import THEMES, Settings
from briefing_tui.storage import positions
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.per_briefing_files import (
    identity,
    position_file,
    read_state_file,
    sidecar_file,
)
from briefing_tui.views.evidence import evidence
from briefing_tui.views.focus_filter import scene_at
from briefing_tui.views.header_footer import header
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import plain, row_text
from briefing_tui.views.scene import scene_of
from tests.briefings import loaded, text
from tests.hostile import CONTROL
from tests.observatory import document
from tests.places import directories
from tests.sessions import line_reader

BRIEFING = loaded(text())
"""Its summary is empty; it has one event, actor and deal."""
SCENE = scene_of(BRIEFING)
VIEWS = [spec.view(SCENE) for spec in PANES]
ROWS = [row.key for view in VIEWS for row in view.rows]
ENTRIES = list(anchors(SCENE).by_key)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(10**25), 10**25) | st.floats()
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
WORDS = st.text() | st.sampled_from(["", "\x1b[31mred", "a\0b", "\u202e", "x" * 5000])
PANE = st.sampled_from([spec.name for spec in PANES]) | WORDS
KEY = st.sampled_from([*ROWS, "bottom_line", "deals/never", "withdrawn/deals/lantern"]) | WORDS
VERSIONS = [0, -1, 2, 10**30, True, "1", None]


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nine in ten of one kind; `one_of` takes its parts alike, however often they are named."""
    return st.sampled_from([usual] * 9 + [odd]).flatmap(lambda chosen: chosen)


def objects(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects of which a field may be absent or, now and then, of another type."""
    required = {name: mostly(field, JSON) for name, field in fields.items()}
    return mostly(st.fixed_dictionaries(required), st.fixed_dictionaries({}, optional=required))


def records(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    """Records, most of them of the version that is known, and other bytes."""
    version = mostly(st.just(1), st.sampled_from(VERSIONS))
    record = st.tuples(version, objects(**fields)).map(lambda one: {"version": one[0], **one[1]})
    return mostly(mostly(record, JSON).map(lambda one: json.dumps(one).encode()), st.binary())


LETTER = mostly(st.sampled_from("abcdefgZ"), st.sampled_from(["", "é", "ab", "a\n"]) | st.text())
JUMP = mostly(objects(pane=PANE, key=KEY), JSON)
ENTRY = mostly(st.tuples(WORDS, WORDS), JSON)
SEEN = records(
    digest=WORDS,
    unread=st.integers(),
    entries=st.dictionaries(
        st.sampled_from([*ENTRIES, "timeline/gone", "timeline/#0123abcd", "weather/x"]) | WORDS,
        ENTRY,
        min_size=1,
        max_size=4,
    ),
    jumps=st.dictionaries(LETTER, JUMP, min_size=1, max_size=4),
)
POSITIONS = records(
    briefing=WORDS | st.sampled_from(["/", "/a\0b", "/" + "a" * 300]),
    position=objects(
        pane=PANE,
        rows=st.dictionaries(PANE, KEY, max_size=4),
        as_of=st.dates().map(str) | st.sampled_from(["0000-01-01", "2021-02-30", "-1", "9" * 30]),
        focus=st.lists(st.sampled_from(["actors/holm", "deals/lantern", "deals/x"]) | WORDS),
        zoomed=st.booleans(),
        theme=st.sampled_from(THEMES) | WORDS,
        theme_before=st.sampled_from(THEMES) | WORDS,
    ),
)
SIDECAR_LINES = (
    st.builds("[{}] {}".format, KEY, WORDS)
    | st.builds("{} star {}".format, KEY, st.sampled_from(["-", "0123456789abcdef", "x"]))
    | st.builds("{} note - {}".format, KEY, WORDS)
    | WORDS
)
COMMANDS = (
    *("'", "a", "' Z", "m", "a", "m b", "'b", "H", "L"),
    *("4", "m c", "'c", "1", "m d", "'d", ".", ",", ".", "f", "escape"),
    *("{", "m e", "'", "b", "[", "]", "A 1900", "4", "m f", "'f", "'a", "H", "="),
    *("where", "all", "/lantern", "n", "N", "escape", "mark", "jump", "where"),
)
"""Every way to set jump marks and go to them, with the moves that change where they lead."""


@pytest.fixture(scope="module", autouse=True)
def directory() -> Iterator[Path]:
    """Where state is stored."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_TUI_STATE", name)
        yield Path(name)


def run(session: LineReader) -> None:
    """Type every command; each is answered in clean lines."""
    answers = [session.opening(), *(session.do(line) for line in COMMANDS)]
    assert all(answers)
    assert not [line for one in answers for line in one.split("\n") if CONTROL.search(line)]


def stored(record: bytes) -> Path:
    """The record of what was read, with these bytes in it."""
    path = read_state_file(directories().state, "x")
    assert path is not None
    path.write_bytes(record)
    return path


def record_of(jumps: object, entries: object = None) -> bytes:
    return json.dumps({"version": 1, "entries": entries or {}, "jumps": jumps}).encode()


@given(SEEN)
@example(record_of({"a": {"pane": "deals", "key": ""}}))
@example(record_of({"a": {"pane": "summary", "key": ""}}))
@example(record_of({"a": {"pane": "", "key": "deals/lantern"}}))
@example(record_of({"a": {"pane": "deals", "key": "x" * 100_000}}))
@example(record_of({"\u00e9": {"pane": "deals", "key": "deals/lantern"}}))
@example(record_of({}, {"timeline/gone": ["0", "It is \x1b[31mred\u202e"]}))
def test_no_record_of_what_was_read_ends_a_session(record: bytes) -> None:
    path = stored(record)
    session = line_reader(SCENE, notebook=lambda scene: Annotations(scene, None, path))
    assert set(session.session.annotations.jumps) <= set(string.ascii_letters)
    for gone in session.session.annotations.marks.withdrawn:
        assert not CONTROL.search(gone.label)
    for view in session.session.views:
        assert not [row for row in view.rows if CONTROL.search(row_text(row))]
    run(session)
    assert session.session.leave() == []
    with contextlib.suppress(OSError):
        assert count_unread(path, "0" * 64, anchors(SCENE)) >= 0
    standing = readable(load_unread_count, path)
    assert standing is None or standing.unread >= 0


@given(SEEN)
def test_what_a_session_leaves_is_valid_whatever_it_found(record: bytes) -> None:
    path = stored(record)
    notebook = Annotations(SCENE, None, path)
    notebook.set_jump("j", Jump("deals", "deals/lantern"))
    if notebook.save() or notebook.warning.startswith("What was read before cannot be read"):
        assert path.read_bytes() == record
        return
    seen = load(path)
    assert seen is not None
    assert seen.jumps["j"] == Jump("deals", "deals/lantern")
    assert seen == load(path)
    assert Annotations(SCENE, None, path).warning == ""


@given(POSITIONS)
def test_no_position_ends_a_session(record: bytes) -> None:
    name = f"/{'a' * 20}.yaml"
    positions.save(directories().state, name, positions.Position(pane="summary"))
    path = read_state_file(directories().state, name)  # beside which the position is
    assert path is not None
    path.with_name(path.name.replace(".read.json", ".json")).write_bytes(record)
    recalled = positions.load(directories().state, name)
    assert recalled.position is not None or recalled.warning
    position = recalled.position or positions.Position()
    scene = scene_at(BRIEFING, position.as_of, position.focus)
    session = line_reader(scene, position=position)
    begin = session.session.position
    run(session)
    left = session.session.position
    for where in (begin, left):
        assert where.pane in [spec.name for spec in PANES]
        assert all(where.rows.values())
        assert {link.split("/")[0] for link in where.focus} <= {"actors", "deals"}
    if recalled.can_save:
        assert positions.save(directories().state, name, left) == ""
        assert positions.load(directories().state, name).position == left
    assert all(
        CliRunner().invoke(cli, ["marks"]).exit_code == 0
        for _ in positions.briefings(directories().state)
    )


@given(records(order=st.sampled_from([*ORDERS]), grouping=st.sampled_from([*GROUPINGS])))
def test_no_arrangement_ends_the_library(record: bytes) -> None:
    directory = directories().state
    assert directory is not None
    (directory / "library.json").write_bytes(record)
    arrangement = saved_arrangement.load(directory)
    assert arrangement.sorted_next().order in ORDERS
    assert arrangement.grouped_next().grouping in GROUPINGS


def test_a_damaged_arrangement_is_reported_once_and_kept() -> None:
    directory = directories().state
    assert directory is not None
    path = directory / "library.json"
    path.write_bytes(b'{"order": "sideways", "version": 1}')
    service = LibraryService(Workspace(Roots(()), None, directories=directories()))
    session = open_library(service)
    assert service.take_notice() == "The order of the list cannot be read: it is damaged"
    assert service.take_notice() == ""
    session.do("sort")
    assert saved_arrangement.load(directory).order == ORDERS_AFTER_FIRST
    assert path.with_name("library.json.damaged").read_bytes().startswith(b'{"order": "sideways"')
    path.write_bytes(b'{"version": 2}')
    session.do("sort")
    assert path.read_bytes() == b'{"version": 2}', "a newer version is left alone"
    service.close()


ORDERS_AFTER_FIRST = [*ORDERS][1]


@pytest.mark.parametrize(
    "record",
    [b"", b"{", b"\xff", b"[]", b'{"version": 0}', b'{"version": 1, "entries": 5, "position": 5}'],
)
def test_a_damaged_record_is_kept_under_another_name(record: bytes) -> None:
    path = stored(record)
    Annotations(SCENE, None, path)
    assert path.with_name(f"{path.name}.damaged").read_bytes() == record
    name = "/a/b.yaml"
    assert positions.save(directories().state, name, positions.Position(pane="deals")) == ""
    position = position_file(directories().state, name)
    assert position is not None
    position.write_bytes(record)
    assert "damaged" in positions.load(directories().state, name).warning
    assert positions.save(directories().state, name, positions.Position(pane="deals")) == ""
    assert position.with_name(f"{position.name}.damaged").read_bytes() == record
    assert positions.load(directories().state, name).warning == ""


ARGUMENTS = ("", "a", "Z", "1", "7", "1900", "2021", "lantern", "latest")


def reads_everything(session: ReadingSession) -> None:
    """Run every command in every pane, and answer what it asks."""
    for spec in PANES:
        for command in COMMANDS_OF_THE_READER:
            session.do(f"pane-{spec.name}")
            for argument in ARGUMENTS if command.id in WITH_ARGUMENT else ("",):
                outcome = session.do(command.id, len(argument), argument)
                if isinstance(outcome, Ask | AskLetter):
                    session.answer(outcome, "a")
                elif isinstance(outcome, Choose):
                    session.choose(outcome, outcome.links[-1])
                elif isinstance(outcome, OpenNext):
                    session.stay(outcome)
            left, right = header(session.scene, 80)
            rows = [*session.pane.view.rows, *evidence(session.scene, session.row).rows]
            texts = [plain((*left, *right)), *map(row_text, rows)]
            assert not [line for line in texts if CONTROL.search(line)]


COMMANDS_OF_THE_READER = [command for command in REGISTRY if "reader" in command.places]
WITH_ARGUMENT = {
    *("row", "follow", "narrow", "search", "palette", "as-of"),
    *("open-link", "mark", "jump", "dossier"),
}


@settings(max_examples=max(settings().max_examples // 10, 2))
@given(SEEN, POSITIONS, st.lists(SIDECAR_LINES, max_size=8), st.booleans(), st.binary())
def test_no_stored_data_ends_any_command(
    seen: bytes, position: bytes, lines: list[str], valid: bool, cached: bytes
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        file = root / "a.yaml"
        file.write_text(text(), encoding="utf-8")
        key = identity(str(file), "")
        kept = Directories(state=root / "state", data=root / "data", cache=root / "cache")
        opener = Opener(Settings(), kept)
        opener.read(str(file)).cache()
        sidecar = sidecar_file(kept.data, str(file), key, beside=False)
        head = ["briefing-tui marks 1"] if valid else []
        data = {
            read_state_file(kept.state, key): seen,
            position_file(kept.state, key): position,
            sidecar: "\n".join([*head, *lines]).encode("utf-8", "surrogatepass"),
            next((root / "cache").glob("*.briefing")): cached,
        }
        for path, content in data.items():
            assert path is not None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        session = opener.session(opener.read(str(file)))
        session.show(session.completed(session.scene))
        session.settle()
        assert len(session.warnings) <= 2, "one line for each record"
        reads_everything(session)
        session.leave()
        again = opener.session(opener.read(str(file)))
        again.completed(again.scene)
        library = open_library(
            service := LibraryService(Workspace(Roots((name,)), None, directories=kept))
        )
        index = Index(None, kept)
        library.refresh_begins()
        library.refreshed(
            index.refresh(Roots((name,)), processes=0), index.briefings(), is_asked=True
        )
        survey = UnreadSurvey(index.digests(), kept, sidecars=True)
        assert len([*survey.compare()]) <= 1
        library.surveyed(survey.standings)
        index.set_annotations(ReaderAnnotations(kept, sidecars=True))
        for command in REGISTRY:
            if "library" in command.places:
                library.do(command.id)
                library.update()
        index.close()
        service.close()
        assert CliRunner().invoke(cli, ["marks"], env=environ_of(kept)).exit_code in (0, 1)


def environ_of(kept: Directories) -> dict[str, str]:
    return {"BRIEFING_TUI_STATE": str(kept.state), "BRIEFING_TUI_DATA": str(kept.data)}


@given(st.lists(SIDECAR_LINES, max_size=8), st.booleans())
def test_no_sidecar_ends_a_session(lines: list[str], valid: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.marks"
        head = ["briefing-tui marks 1"] if valid else []
        path.write_bytes("\n".join([*head, *lines]).encode("utf-8", "surrogatepass"))
        session = line_reader(SCENE, notebook=lambda scene: Annotations(scene, path))
        for view in session.session.views:
            assert not [row for row in view.rows if CONTROL.search(row_text(row))]
        run(session)


# What is valid in a record is used, whatever stands beside it.


def test_items_that_are_not_valid_are_dropped_alone() -> None:
    hashed = {key: [one.hash, one.label] for key, one in anchors(SCENE).by_key.items()}
    good = {"pane": "deals", "key": "deals/lantern"}
    record = {
        "version": 1,
        "digest": 5,
        "unread": -7,
        "entries": {**hashed, "": ["", ""], "actors/holm": 5, "timeline/gone": ["1", "It\x1b[1m"]},
        "jumps": {"a": good, "b": {"pane": 5, "key": ""}, "é": good, "a\n": good, "ab": good},
    }
    path = stored(json.dumps(record).encode())
    assert readable(load_unread_count, path) is not None
    notebook = Annotations(SCENE, None, path)
    assert notebook.warning == ""
    assert notebook.jumps == {"a": Jump("deals", "deals/lantern")}
    marks = notebook.marks
    assert set(marks.news) == {("actors", "holm")}
    assert [(gone.key, gone.label) for gone in marks.withdrawn] == [("timeline/gone", "It[1m")]
    assert load(path) == ReadState(
        entries={
            **{key: (one[0], one[1]) for key, one in hashed.items() if key != "actors/holm"},
            "timeline/gone": ("1", "It\x1b[1m"),
        },
        jumps={"a": Jump("deals", "deals/lantern")},
    )


def test_a_negative_count_is_counted_again() -> None:
    path = stored(b'{"version": 1, "digest": "00", "unread": -7, "entries": {}, "jumps": {}}')
    standing = readable(load_unread_count, path)
    assert standing is not None
    assert (standing.digest, standing.unread) == ("", 0)
    assert count_unread(path, "00", anchors(SCENE)) == len(ENTRIES)


@pytest.mark.parametrize(
    "record",
    [b'{"version": 1, "entries": [1]}', b'{"version": 1, "jumps": 5}', b'{"version": -1}'],
)
def test_a_record_without_a_table_of_entries_is_damaged(record: bytes) -> None:
    notebook = Annotations(SCENE, None, stored(record))
    assert "damaged" in notebook.warning
    assert not notebook.marks.news


def test_a_long_label_is_compared_in_a_moment() -> None:
    entries = {f"timeline/#0000000{digit}": ["0", "a " * 1_000_000] for digit in range(4)}
    path = stored(json.dumps({"version": 1, "entries": entries}).encode())
    start = datetime.datetime.now(tz=datetime.UTC)
    notebook = Annotations(scene_of(document()), None, path)
    assert len(notebook.marks.withdrawn) == 4
    assert datetime.datetime.now(tz=datetime.UTC) - start < datetime.timedelta(seconds=30)


NAMES = {
    "root": "/",
    "up": "/..",
    "nul": "/a\0b.yaml",
    "long": f"/{'a' * 300}",
    "deep": "/a" * 9000,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_name_of_a_briefing_ends_the_list_of_marks(name: str, directory: Path) -> None:
    record = {"version": 1, "briefing": name, "position": {}}
    (directory / f"{'0' * 32}.json").write_text(json.dumps(record))
    done = CliRunner().invoke(cli, ["marks"])
    assert (done.exit_code, done.output) == (0, "No marks.\n")


def test_a_sidecar_stands_beside_what_a_name_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").touch()
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    path = sidecar_file(directories().data, str(tmp_path / "link.yaml"), "x", beside=True)
    assert path == tmp_path / "real.yaml.marks"
    assert sidecar_file(directories().data, "/", "/", beside=True) == Path("/.marks")
