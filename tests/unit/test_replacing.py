"""Replacing files: whole or not at all, for whom it was, and nothing left beside it."""

from __future__ import annotations

import os
import resource
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing_tui.storage import atomic_write
from briefing_tui.storage.atomic_write import append, create, locked, replace, rewrite, write

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


def test_what_is_synced_is_on_the_disk_before_it_has_the_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, bytes]] = []

    def fsync(handle: int) -> None:
        synced.append((os.fstat(handle).st_size, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    replace(path, b"newer")
    assert synced == []
    write(path, b"newest")
    assert synced == [(6, b"newer")]


def test_a_link_to_itself_is_an_error_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        rewrite(path, b"new")


# create and append


def test_a_new_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    create(path, b"content")
    with pytest.raises(FileExistsError):
        create(path, b"other")
    assert path.read_bytes() == b"content"
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        create(tmp_path / "link", b"other")
    monkeypatch.setattr(os, "fdopen", full_disk)
    with pytest.raises(OSError, match="No space left"):
        create(tmp_path / "b.yaml", b"content")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.yaml", "link"]


def full_disk(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_new_file_needs_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    create(tmp_path / "a.yaml", b"content")
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"content"]


def test_what_cannot_be_added_whole_is_not_added(path: Path) -> None:
    append(path, b" and more")
    assert path.read_bytes() == b"old and more"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            append(path, b" than fits")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old and more"
    append(path.with_name("new"), b"content")
    assert path.with_name("new").read_bytes() == b"content"


def test_a_pipe_is_neither_waited_for_nor_added_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for way in (append, rewrite):
        with pytest.raises(OSError, match="No such device"):
            way(pipe, b"x")
    with pytest.raises(OSError, match="Not a regular file"):
        write(pipe, b"x")


def test_private_files_become_private(path: Path) -> None:
    path.chmod(0o666)
    write(path, b"new")
    assert mode_of(path) == 0o600
    path.chmod(0o664)
    write(path, b"newer", 0o666)
    assert (path.read_bytes(), mode_of(path)) == (b"newer", 0o664)


def test_files_of_killed_processes_are_removed_and_no_others(path: Path) -> None:
    old, new, other, similar = (
        path.with_name(name)
        for name in (
            f".it.yaml.{'0' * 12}.briefing-tui",
            f".it.yaml.{'1' * 12}.briefing-tui",
            f".it.yaml.{'2' * 12}",
            ".briefing-tui",
        )
    )
    for file in (old, new, other, similar):
        file.touch()
    for file in (old, other, similar):
        os.utime(file, (0, 0))
    replace(path, b"new")
    assert set(path.parent.iterdir()) == {path, new, other, similar}


def test_a_killed_process_leaves_one_file_that_the_next_one_knows(path: Path) -> None:
    process = os.fork()
    if not process:
        os.fsync = os._exit  # type: ignore[assignment]  # in the middle of a write
        write(path, b"new")
        os._exit(1)
    os.waitpid(process, 0)
    (left,) = (file for file in path.parent.iterdir() if file != path)
    os.utime(left, (1e9, 1e9))
    atomic_write._remove_abandoned.cache_clear()
    write(path, b"newer")
    assert [*path.parent.iterdir()] == [path]


def test_a_lock_that_is_never_released_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write, "_PATIENCE", 0.0)
    with (
        locked(tmp_path),
        pytest.raises(OSError, match="Another process has locked it"),
        locked(tmp_path),
    ):
        pass
