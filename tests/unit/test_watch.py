"""Noticing changes: however an editor writes, and whatever the file system tells."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.session.briefing_file import FileVersion
from briefing_tui.session.opener import Opener
from briefing_tui.settings.options import Settings
from briefing_tui.storage.file_watcher import Stamp, Watcher

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
