"""Replacing files: whole or not at all, for whom it was, and nothing left beside it."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing_tui.storage.atomic_write import replace, rewrite

Way = Callable[..., None]
both = pytest.mark.parametrize("way", [replace, rewrite], ids=lambda way: str(way.__name__))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is there."""
    found = tmp_path / "it.yaml"
    found.write_bytes(b"old")
    return found


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@both
def test_the_content_is_replaced(way: Way, path: Path) -> None:
    way(path, b"new\r\n\x00")
    assert path.read_bytes() == b"new\r\n\x00"
    assert [*path.parent.iterdir()] == [path]


@both
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fdopen", "replace"])
def test_after_an_error_the_file_is_as_it_was(
    way: Way, step: str, error: BaseException, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o640)

    def failing(*_: Any) -> None:
        raise error

    monkeypatch.setattr(os, step, failing)
    with pytest.raises(type(error)):
        way(path, b"new")
    monkeypatch.undo()
    assert (path.read_bytes(), mode_of(path)) == (b"old", 0o640)
    assert [*path.parent.iterdir()] == [path]


@both
def test_a_reader_finds_one_of_two_writers_whole(way: Way, path: Path) -> None:
    texts = [sign * 300_000 for sign in (b"a", b"b")]
    way(path, texts[0])
    failed: list[BaseException] = []

    def write(text: bytes) -> None:
        try:
            for _ in range(30):
                way(path, text)
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(text,)) for text in texts]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert path.read_bytes() in texts
    for writer in writers:
        writer.join()
    assert failed == []
    assert path.read_bytes() in texts
    assert [*path.parent.iterdir()] == [path]


@both
def test_a_name_may_be_as_long_as_names_can_be(way: Way, tmp_path: Path) -> None:
    path = tmp_path / ("é" * 125 + ".yaml")
    path.touch()
    way(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.usefixtures("usual_umask")
def test_a_new_file_has_the_mode_that_was_asked_for(path: Path) -> None:
    path.chmod(0o664)
    replace(path, b"new")
    assert mode_of(path) == 0o600
    replace(path, b"new", 0o666)
    assert mode_of(path) == 0o644
    replace(path.with_name("other"), b"new")
    assert mode_of(path.with_name("other")) == 0o600


@pytest.mark.usefixtures("usual_umask")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o400, 0o2755])
def test_a_file_that_is_rewritten_keeps_its_mode(mode: int, path: Path) -> None:
    path.chmod(mode)
    rewrite(path, b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


@pytest.mark.parametrize("error", [None, PermissionError(1, "Operation not permitted")])
def test_a_file_that_is_rewritten_keeps_its_group_where_that_may_be(
    error: OSError | None, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o2664)
    given: list[tuple[int, int]] = []

    def fchown(handle: int, user: int, group: int) -> None:
        given.append((user, group))
        os.fchmod(handle, 0o600)  # as some systems do to what changes hands
        if error:
            raise error

    monkeypatch.setattr(os, "fchown", fchown)
    rewrite(path, b"new")
    assert given == [(-1, path.stat().st_gid)]
    assert (path.read_bytes(), mode_of(path)) == (b"new", 0o2664)


def test_a_link_is_replaced_itself_but_followed_to_be_rewritten(path: Path) -> None:
    (path.parent / "far").mkdir()
    link = path.parent / "far" / "link"
    link.symlink_to("../it.yaml")
    rewrite(link, b"new")
    assert link.is_symlink()
    assert (path.read_bytes(), path.is_symlink()) == (b"new", False)
    replace(link, b"newer")
    assert not link.is_symlink()
    assert (link.read_bytes(), path.read_bytes()) == (b"newer", b"new")
    assert [*link.parent.iterdir()] == [link]


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        rewrite(pipe, b"new")
        assert os.read(end, 10) == b"new"
    finally:
        os.close(end)
    assert pipe.is_fifo()


def test_only_what_is_there_is_rewritten(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rewrite(tmp_path / "none", b"new")
    assert [*tmp_path.iterdir()] == []


@both
def test_what_is_synced_is_on_the_disk_before_it_has_the_name(
    way: Way, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, bytes]] = []

    def fsync(handle: int) -> None:
        synced.append((os.fstat(handle).st_size, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    way(path, b"newer")
    assert synced == []
    way(path, b"newest", sync=True)
    assert synced == [(6, b"newer")]


def test_a_link_to_itself_is_an_error_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        rewrite(path, b"new")
