"""Another version of the file: everything keeps its place."""

from __future__ import annotations

from functools import partial

from briefing_tui.annotations.session_annotations import diff_annotations
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.views.scene import unchecked_scene
from tests import observatory
from tests.observatory import changed
from tests.session_reader import SessionReader
from tests.sessions import Opening


def opening(*versions: FileVersion) -> Opening:
    """A session on a file that has another version each time it is checked."""
    waiting = list(versions)
    return Opening(look=lambda: waiting.pop(0) if waiting else None)


NIGHT = ("Night 20 is clear", "Night 20 was clear after all")


def test_row_focus_day_and_search_are_kept() -> None:
    new = FileVersion(changed(NIGHT, ("Night 19", "Night nineteen")))
    reader = SessionReader(observatory.document(), opening=opening(new))
    reader.stand_on("timeline", "timeline/night-20")
    reader.press("f")
    reader.press("]")
    reader.press("/")
    reader.type("night")
    reader.press("enter")
    before = (reader.place, reader.session.scene.as_of, reader.session.scene.focus)
    assert before[2]
    reader.press("r")
    after = (reader.place, reader.session.scene.as_of, reader.session.scene.focus)
    assert after == before
    assert reader.session.search.text == "night"
    reader.press("n")
    assert "/" in reader.message


AWAY = FileVersion(None, "observatory.yaml is gone: No such file or directory", is_there=False)


def test_a_missing_file_is_reported_on_every_reload() -> None:
    versions = (AWAY, AWAY, FileVersion(changed(NIGHT)))
    reader = SessionReader(observatory.document(), opening=opening(*versions))
    reader.stand_on("timeline", "timeline/night-20")
    for _ in range(2):
        reader.press("r")
        assert reader.message.startswith(AWAY.error)
    assert NIGHT[0] in reader.text


def test_a_row_that_is_gone_gives_way_to_its_neighbour() -> None:
    document = changed(("  - id: night-20\n", "  - id: night-20b\n"))
    reader = SessionReader(observatory.document(), opening=opening(FileVersion(document)))
    reader.stand_on("timeline", "timeline/night-20")
    reader.press("r")
    assert reader.pane == "timeline"
    assert reader.row.selectable


def test_there_may_be_nothing_to_reload() -> None:
    reader = SessionReader(observatory.document())
    reader.press("r")
    assert "There is no file" in reader.message
    reader = SessionReader(observatory.document(), opening=opening())
    reader.press("r")
    assert "has not changed" in reader.message


def test_changes_against_another_version_are_marked_and_stepped_over() -> None:
    new = changed(NIGHT, ("Night 25", "Night 25, corrected"))
    notebook = partial(diff_annotations, former=unchecked_scene(observatory.document()))
    reader = SessionReader(new, opening=Opening(notebook=notebook))
    reader.press(".")
    assert reader.place == ("timeline", "timeline/night-20")
    assert "Changed" in reader.message
    reader.press(".")
    assert reader.place == ("timeline", "timeline/night-25")
    reader.press(",")
    assert "Traceback" not in reader.text
