"""Reading positions: kept whole, by briefing, and never in the way."""

from __future__ import annotations

import datetime
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from briefing_tui.storage import positions
from briefing_tui.storage.per_briefing_files import identity
from briefing_tui.storage.positions import Position, load, save
from tests.places import directories

HERE = Position(
    pane="deals",
    rows={"summary": "bottom_line/0", "deals": "deals/dome"},
    as_of=datetime.date(2020, 9, 1),
    focus=("actors/vale", "deals/dome"),
    zoomed=True,
    theme="light",
    theme_before="dark",
)


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where positions are kept."""
    path = tmp_path / "deep" / "state"
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(path))
    return path


def only_file(directory: Path) -> Path:
    (found,) = directory.iterdir()
    return found


def test_a_position_comes_back(directory: Path) -> None:
    assert load(directories().state, "a") == (None, "", True)
    assert save(directories().state, "a", HERE) == ""
    assert load(directories().state, "a") == (HERE, "", True)
    assert save(directories().state, "a", Position(pane="summary")) == ""
    assert load(directories().state, "a").position == Position(pane="summary")


def test_each_briefing_has_its_own(directory: Path) -> None:
    save(directories().state, "a", HERE)
    save(directories().state, "b", Position(pane="actors"))
    assert load(directories().state, "a").position == HERE
    assert load(directories().state, "b").position == Position(pane="actors")
    assert load(directories().state, "c").position is None


def test_the_file_is_versioned_json_for_its_owner_alone(directory: Path) -> None:
    save(directories().state, "/home/me/it.yaml", HERE)
    path = only_file(directory)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["version"] == positions.VERSION
    assert told["briefing"] == "/home/me/it.yaml"
    assert told["position"]["as_of"] == "2020-09-01"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b'{"version": 1}x',
        b'{"version": "1"}',
        b'{"version": 1, "position": {"pane": 3}}',
        b'{"version": 1, "position": {"as_of": "soon"}}',
        b'{"version": 1, "position": {"rows": []}}',
        b"[" * 100_000,
    ],
)
def test_what_is_damaged_is_told_and_replaced(content: bytes, directory: Path) -> None:
    save(directories().state, "a", HERE)
    only_file(directory).write_bytes(content)
    found = load(directories().state, "a")
    assert found.position is None
    assert "damaged" in found.warning
    assert found.can_save
    assert save(directories().state, "a", HERE) == ""
    assert load(directories().state, "a").position == HERE


def test_what_a_newer_version_kept_is_left_alone(directory: Path) -> None:
    save(directories().state, "a", HERE)
    only_file(directory).write_text('{"version": 2, "position": []}', encoding="utf-8")
    found = load(directories().state, "a")
    assert (found.position, found.can_save) == (None, False)
    assert "newer" in found.warning


def test_what_a_later_release_adds_is_not_in_the_way(directory: Path) -> None:
    save(directories().state, "a", HERE)
    path = only_file(directory)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["position"]["mood"] = "calm"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert load(directories().state, "a").position == HERE


def test_a_directory_that_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "file" / "state"))
    assert "cannot be" in load(directories().state, "a").warning
    assert "was not kept" in save(directories().state, "a", HERE)
    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "file"))
    assert "was not kept" in save(directories().state, "a", HERE)


def test_a_file_that_is_a_directory_is_told(directory: Path) -> None:
    save(directories().state, "a", HERE)
    path = only_file(directory)
    path.unlink()
    path.mkdir()
    assert "cannot be read" in load(directories().state, "a").warning
    assert "was not kept" in save(directories().state, "a", HERE)
    assert [one.name for one in directory.iterdir()] == [path.name], "nothing is left over"


def test_a_full_disk_leaves_the_old_position(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(directories().state, "a", HERE)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "No space left" in save(directories().state, "a", Position(pane="actors"))
    assert load(directories().state, "a").position == HERE
    assert len([*directory.iterdir()]) == 1


def test_without_a_directory_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TUI_STATE", "")
    assert directories().state is None
    assert save(directories().state, "a", HERE) == ""
    assert load(directories().state, "a") == (None, "", False)


def test_the_platform_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BRIEFING_TUI_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = directories().state
    assert found is not None
    assert found.name == "briefing-tui"


def test_many_sessions_at_once_lose_nothing(directory: Path) -> None:
    names = [f"briefing {number}" for number in range(6)]

    def session(name: str) -> None:
        for turn in range(10):
            save(
                directories().state,
                name,
                Position(pane=name, rows={"summary": f"key_points/{turn}"}),
            )
            save(directories().state, "shared", Position(pane=name))
            found = load(directories().state, "shared")
            assert found.position is not None
            assert found.position.pane in names

    threads = [threading.Thread(target=session, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in names:
        assert load(directories().state, name).position == Position(
            pane=name, rows={"summary": "key_points/9"}
        )
    assert len([*directory.iterdir()]) == len(names) + 1


def test_a_briefing_is_known_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.yaml").symlink_to("it.yaml")
    whole = str(tmp_path / "it.yaml")
    assert identity("it.yaml", "A") == identity(whole, "B") == identity("link.yaml", "C")
    assert identity(None, "A") == identity(None, "B")
    assert identity("-", "A") != identity("-", "B")
    assert save(directories().state, "\udcff.yaml", HERE) == ""
