"""Noticing changes: however an editor writes, and whatever the file system tells."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.linear.reader import LineReader
from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.opener import Opener
from briefing_tui.session.outcomes import Said, Shown
from briefing_tui.settings.options import Settings
from briefing_tui.storage import file_watcher
from briefing_tui.storage.file_watcher import PATIENCE, Stamp, Watcher, is_being_written
from tests.briefings import text

FIRST, SECOND = b"briefing: 1\n", b"briefing: 2\n"


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def by_replacing(path: Path, data: bytes) -> None:
    """As vim and most editors do: another file, renamed over it."""
    other = path.with_name(".a.yaml.swp")
    other.write_bytes(data)
    other.replace(path)


def by_backup(path: Path, data: bytes) -> None:
    """As emacs does: the old file is renamed away, and a new one written."""
    path.replace(path.with_name("a.yaml~"))
    path.write_bytes(data)


def by_deleting(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def by_link(path: Path, data: bytes) -> None:
    """As configuration managers do: a link is turned to another file."""
    other = path.with_name("second.yaml")
    other.write_bytes(data)
    link = path.with_name("link")
    link.symlink_to(other)
    link.replace(path)


WAYS = (in_place, by_replacing, by_backup, by_deleting, by_link)


@pytest.fixture(autouse=True)
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_watcher, "SETTLE", 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(FIRST)
    return path


@pytest.mark.parametrize("write", WAYS)
def test_every_way_of_writing_is_seen_once(
    path: Path, write: Callable[[Path, bytes], None]
) -> None:
    watcher = Watcher(path)
    assert [watcher.look() for _ in range(3)] == [None] * 3
    write(path, SECOND)
    assert [watcher.look() for _ in range(4)] == [SECOND, None, None, None]
    write(path, FIRST) if write is not by_link else in_place(path, FIRST)
    assert [watcher.look() for _ in range(4)] == [FIRST, None, None, None]


def test_a_file_that_is_gone_for_a_moment_is_no_change(path: Path) -> None:
    watcher = Watcher(path)
    path.unlink()
    assert watcher.look() is None
    assert watcher.look() is None
    path.write_bytes(FIRST)
    assert watcher.look() is None
    path.unlink()
    path.write_bytes(SECOND)
    assert watcher.look() == SECOND


def test_why_a_file_cannot_be_read_is_known(path: Path) -> None:
    watcher = Watcher(path)
    path.unlink()
    watcher.look()
    assert isinstance(watcher.failure, FileNotFoundError)
    path.mkdir()
    watcher.look()
    assert isinstance(watcher.failure, IsADirectoryError)
    path.rmdir()
    path.write_bytes(FIRST)
    watcher.look()
    assert watcher.failure is None


def test_the_reader_is_told_what_is_the_matter_with_its_file(path: Path) -> None:
    opener = Opener(Settings())
    look = opener.session(opener.read(str(path))).check_file
    assert look() is None
    path.unlink()
    assert look() == FileVersion(None, f"{path} is gone: No such file or directory", is_there=False)
    path.mkdir()
    assert look() == FileVersion(None, f"{path} cannot be read: Is a directory", is_there=False)


def test_a_touched_file_is_no_change(path: Path) -> None:
    watcher = Watcher(path)
    watcher.look()
    os.utime(path, (1, 1))
    assert watcher.look() is None


def test_what_was_shown_is_what_changes_are_measured_by(path: Path) -> None:
    path.write_bytes(SECOND)
    assert Watcher(path, data=FIRST).look() == SECOND
    assert Watcher(path, data=SECOND).look() is None


def test_a_file_that_is_not_there_yet_appears(path: Path) -> None:
    watcher = Watcher(path.with_name("later.yaml"))
    assert watcher.look() is None
    path.with_name("later.yaml").write_bytes(FIRST)
    assert watcher.look() == FIRST


class Disk:
    """A file system whose clock is as coarse as one likes."""

    def __init__(self) -> None:
        self.data: bytes | None = FIRST
        self.tick = 0
        self.reads = 0

    def stamp(self, path: Path) -> Stamp | None:
        size = len(self.data) if self.data is not None else 0
        return (0, 0, size, self.tick, self.tick) if self.data is not None else None

    def read(self, path: Path) -> bytes:
        self.reads += 1
        if self.data is None:
            raise FileNotFoundError
        return self.data

    def watcher(self) -> Watcher:
        return Watcher(Path("a.yaml"), stamp=self.stamp, read=self.read)


def test_two_changes_of_one_size_within_a_tick_are_both_seen() -> None:
    disk = Disk()
    watcher = disk.watcher()
    disk.data, disk.tick = SECOND, 1
    assert watcher.look() == SECOND
    disk.data = FIRST
    assert watcher.look() == FIRST


def test_a_file_at_rest_is_not_read() -> None:
    disk = Disk()
    watcher = disk.watcher()
    for _ in range(10):
        watcher.look()
    rested = disk.reads
    for _ in range(100):
        assert watcher.look() is None
    assert disk.reads == rested


def test_a_file_that_is_being_written_is_waited_for() -> None:
    disk = Disk()
    watcher = disk.watcher()
    disk.data, disk.tick = b"", 1
    assert watcher.look() is None
    disk.data, disk.tick = SECOND, 2
    assert watcher.look() == SECOND


def test_an_empty_file_is_a_change_in_the_end() -> None:
    disk = Disk()
    watcher = disk.watcher()
    disk.data, disk.tick = b"", 1
    assert b"" in [watcher.look() for _ in range(5)]


def test_a_file_that_cannot_be_read_now_is_read_later() -> None:
    disk = Disk()
    watcher = disk.watcher()
    stamp = disk.stamp(Path())
    disk.data, disk.tick = None, 1
    assert watcher.look() is None
    assert stamp is not None
    disk.data, disk.tick = SECOND, 2
    assert watcher.look() == SECOND


def test_a_file_that_becomes_a_pipe_is_not_waited_for(path: Path) -> None:
    watcher = Watcher(path)
    path.unlink()
    os.mkfifo(path)
    assert watcher.look() is None
    path.unlink()
    path.write_bytes(SECOND)
    assert watcher.look() == SECOND


# A save in pieces

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs the leases of Linux")


@only_linux
def test_a_file_that_is_open_for_writing_is_known(path: Path) -> None:
    assert not is_being_written(path)
    with path.open("ab"):
        assert is_being_written(path)
    with path.open("rb"):
        assert not is_being_written(path)
    assert not is_being_written(path)


@pytest.mark.parametrize("name", [".", "no", "fifo", "/dev/null", "/dev/zero"])
def test_what_is_no_file_is_not_being_written(name: str, path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    assert not is_being_written(path.parent / name)


@only_linux
def test_the_pieces_of_a_save_are_no_content(path: Path) -> None:
    watcher = Watcher(path)
    with path.open("wb") as file:
        for piece in (SECOND[:4], SECOND[4:8], SECOND[8:]):
            file.write(piece)
            file.flush()
            for _ in range(2):
                assert watcher.look() is None
                assert watcher.is_settling
    assert watcher.look() == SECOND
    assert not watcher.is_settling


def test_content_that_changes_between_two_looks_is_not_whole() -> None:
    class Growing(Disk):
        def stamp(self, path: Path) -> Stamp | None:
            self.tick += self.is_growing
            return super().stamp(path)

        is_growing = False

    disk = Growing()
    watcher = disk.watcher()
    disk.data, disk.is_growing = SECOND[:4], True
    assert [watcher.look() for _ in range(3)] == [None] * 3
    disk.data, disk.is_growing = SECOND, False
    assert watcher.look() == SECOND


def test_a_file_that_is_always_written_is_read_in_the_end(path: Path) -> None:
    watcher = Watcher(path)
    with path.open("wb") as file:
        file.write(SECOND)
        file.flush()
        looks = [watcher.look() for _ in range(PATIENCE + 1)]
    assert looks[-1] == SECOND


@only_linux
def test_a_reload_in_the_middle_of_a_save_says_so(path: Path) -> None:
    path.write_text(text(), encoding="utf-8")
    opener = Opener(Settings())
    session = opener.session(opener.read(str(path)))
    with path.open("w", encoding="utf-8") as file:
        file.write(text()[:100])
        file.flush()
        assert session.do("reload") == Said(f"{path} is being written")
        assert session.waiting is None
        assert LineReader(session).do("reload") == f"{path} is being written."
        file.write(f"{text()[100:]}\n# end\n")
    assert session.do("reload") == Shown("Reloaded: nothing changed in what it says", "version")


def test_a_version_with_new_errors_may_be_half_a_file(path: Path) -> None:
    path.write_text(text(), encoding="utf-8")
    opener = Opener(Settings())
    look = opener.session(opener.read(str(path))).check_file

    def suspect(content: str) -> bool:
        path.write_text(content, encoding="utf-8")
        version = look()
        assert version is not None
        return version.is_suspect

    whole = text()
    assert suspect(whole[: len(whole) // 2])
    assert suspect("briefing: [")
    assert not suspect(whole)
    assert suspect(text(title=None))
    broken = opener.session(opener.read(str(path)))
    path.write_text(text(title=None) + " ", encoding="utf-8")
    assert broken.check_file() is not None


def test_what_stays_broken_is_no_half_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(text(), encoding="utf-8")
    opener = Opener(Settings())
    look = opener.session(opener.read(str(path))).check_file
    monkeypatch.setattr("briefing_tui.session.briefing_file.SUSPECT_FOR", 0.0)
    path.write_text(text(title=None), encoding="utf-8")
    version = look()
    assert version is not None
    assert not version.is_suspect
