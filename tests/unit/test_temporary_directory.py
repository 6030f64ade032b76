"""Temporary directories: private, removed at the end, and after a kill by the next process."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from briefing_tui.library.index.library_index import Index
from briefing_tui.storage.temporary_directory import TemporaryDirectory


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_private_and_removed_at_the_end(place: Path) -> None:
    directory = TemporaryDirectory("index")
    (directory.path / "file").touch()
    assert directory.path.stat().st_mode & 0o777 == 0o700
    directory.close()
    assert [*place.iterdir()] == []
    unreferenced = TemporaryDirectory("index")
    del unreferenced
    assert [*place.iterdir()] == []


def test_that_of_a_killed_process_is_removed_and_that_of_a_live_one_stays(place: Path) -> None:
    live = TemporaryDirectory("index")
    killed, recent, foreign = (
        place / name for name in ("briefing-tui-index-a", "briefing-tui-index-b", "index")
    )
    for path in (killed, recent, foreign):
        path.mkdir()
        (path / "file").touch()
    (place / "briefing-tui-index-link").symlink_to(foreign)
    for path in (killed, foreign, live.path):
        os.utime(path, (0, 0))
    other = TemporaryDirectory("index")
    assert {live.path, other.path, recent, foreign} < set(place.iterdir())
    assert not killed.exists()
    assert [path.name for path in foreign.iterdir()] == ["file"]


def test_an_index_leaves_none(place: Path) -> None:
    index = Index()
    assert len([*place.iterdir()]) == 1
    index.close()
    assert [*place.iterdir()] == []


def test_a_thread_that_still_writes_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    directory = TemporaryDirectory("index")

    def write() -> None:
        with contextlib.suppress(OSError):
            for number in itertools.count():
                (directory.path / str(number)).touch()

    thread = threading.Thread(target=write)
    thread.start()
    while not (directory.path / "9").exists():
        pass
    directory.close()
    thread.join()
    assert list(tmp_path.iterdir()) == []


STOPPED = """\
import shutil, sys, tempfile, threading, time
from briefing_tui.storage import temporary_directory
tempfile.tempdir = sys.argv[1]
directory = temporary_directory.TemporaryDirectory("index")
remove, main = shutil.rmtree, threading.main_thread()
def slow(path, **options):
    if threading.current_thread() is not main:
        begun.set()
        time.sleep(60)
    remove(path, **options)
shutil.rmtree, begun = slow, threading.Event()
threading.Thread(target=directory.close, daemon=True).start()
begun.wait()
"""


def test_what_a_thread_was_removing_at_the_end_is_removed(place: Path) -> None:
    subprocess.run([sys.executable, "-c", STOPPED, str(place)], check=True)
    assert [*place.iterdir()] == []
