"""Tests of the trust in files that others could have written."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing_tui.annotations import sidecar
from briefing_tui.annotations.sidecar import Marked, SidecarError
from briefing_tui.briefing.document import read_bytes
from briefing_tui.storage import document_cache, positions
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.file_permissions import UntrustedError, is_trusted, make_private, secured
from briefing_tui.storage.per_briefing_files import own_sidecar
from briefing_tui.storage.positions import Position
from briefing_tui.storage.source_texts import attach
from tests.conftest import DATA

SMALL = (DATA / "small.yaml").read_bytes()

USER, OTHER, ROOT = 1000, 1001, 0


def status(mode: int, owner: int) -> os.stat_result:
    return os.stat_result((mode, 1, 1, 1, owner, owner, 1, 0, 0, 0))


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o444, 0o755, 0o400])
@pytest.mark.parametrize("kind", [stat.S_IFREG, stat.S_IFDIR])
def test_what_only_its_owner_can_write_is_trusted_of_the_user_and_of_root(
    kind: int, mode: int
) -> None:
    assert is_trusted(status(kind | mode, USER), USER)
    assert is_trusted(status(kind | mode, ROOT), USER)
    assert not is_trusted(status(kind | mode, OTHER), USER)
    assert not is_trusted(status(kind | mode, USER), ROOT)


@pytest.mark.parametrize("mode", [0o664, 0o620, 0o666, 0o602, 0o777])
def test_what_a_group_or_others_can_write_is_not_trusted(mode: int) -> None:
    for kind in (stat.S_IFREG, stat.S_IFDIR):
        assert not is_trusted(status(kind | mode, USER), USER)


def test_a_directory_in_which_nobody_can_replace_files_of_others_is_trusted() -> None:
    assert is_trusted(status(stat.S_IFDIR | 0o1777, ROOT), USER)
    assert not is_trusted(status(stat.S_IFREG | 0o1777, ROOT), USER)


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFLNK])
def test_nothing_but_files_and_directories_is_trusted(kind: int) -> None:
    assert not is_trusted(status(kind | 0o600, USER), USER)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def foreign(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file belong to another user, without being root."""
    owner = os.geteuid() + 1
    actual, inode = os.fstat, path.stat().st_ino

    def fstat(descriptor: int) -> os.stat_result:
        status = actual(descriptor)
        fields = [*status]
        fields[stat.ST_UID] = owner if status.st_ino == inode else status.st_uid
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", fstat)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_all_that_is_kept_is_private_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    document = document_cache.open_document(None, SMALL, "a")
    document_cache.save(home / "cache", SMALL, document)
    positions.save(home / "state", "x", Position())
    attach(home / "data" / "texts", b"A text.")
    marks = own_sidecar(home / "data", "x")
    sidecar.change(marks, lambda _: {"a/b": Marked(star="0" * 16)}, {}, private=True)
    paths = [home, *home.rglob("*")]
    assert len(paths) == 10
    assert {mode_of(path) for path in paths if path.is_dir()} == {0o700}
    files = {mode_of(path) for path in paths if path.is_file()}
    assert files == {0o600}


def test_directories_of_the_user_become_private(tmp_path: Path) -> None:
    directory = tmp_path / "cache"
    directory.mkdir()
    directory.chmod(0o777)
    directories, problem = secured(Directories(cache=directory, state=tmp_path / "none"))
    assert (directories.cache, directories.state, problem) == (directory, tmp_path / "none", "")
    assert mode_of(directory) == 0o700


def test_a_directory_with_other_uses_is_left_as_it_is(tmp_path: Path) -> None:
    positions.save(tmp_path / "state", "x", Position())
    positions.save(tmp_path / "shared", "x", Position())
    (tmp_path / "shared" / "other").touch()
    for name, mode in ("state", 0o700), ("shared", 0o755):
        (tmp_path / name).chmod(0o755)
        make_private(tmp_path / name)
        assert mode_of(tmp_path / name) == mode
    (tmp_path / "shared").chmod(0o777)
    with pytest.raises(UntrustedError):
        make_private(tmp_path / "shared")


def test_directories_of_others_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "cache"
    directory.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: directory.stat().st_uid + 1)
    if directory.stat().st_uid == 0:
        directory.chmod(0o777)
    with pytest.raises(UntrustedError):
        make_private(directory)
    directories, problem = secured(Directories(cache=directory, data=directory))
    assert (directories.cache, directories.data) == (None, None)
    assert problem.startswith(f"{directory}: not used: ")


def test_what_is_no_directory_is_reported_by_whoever_needs_it(tmp_path: Path) -> None:
    file, loop = tmp_path / "file", tmp_path / "loop"
    file.touch()
    loop.symlink_to(loop)
    under = file / "data"
    places = Directories(cache=file, state=loop, data=under)
    assert secured(places) == (places, "")
    for path, reason in (file, "Not a directory"), (loop, "Too many"), (under, "Not a directory"):
        with pytest.raises(OSError, match=reason):
            make_private(path)
        assert reason in positions.save(path, "x", Position())
    directories, problem = secured(Directories(config_file=under))
    assert (directories.config_file, problem) == (None, f"{under}: not used: Not a directory")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_the_configuration_of_a_user_is_used(
    mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.touch()
    file.chmod(mode)
    assert secured(Directories(config_file=file)) == (Directories(config_file=file), "")


def test_a_configuration_that_others_can_write_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.touch()
    file.chmod(0o666)
    directories, problem = secured(Directories(config_file=file))
    assert directories.config_file is None
    assert problem == f"{file}: not used: other users can write to it"


def test_a_configuration_that_is_no_file_is_not_used(tmp_path: Path) -> None:
    pipe, null = tmp_path / "pipe", tmp_path / "null"
    os.mkfifo(pipe)
    null.symlink_to(os.devnull)
    directories, problem = secured(Directories(config_file=pipe))
    assert (directories.config_file, "regular file" in problem) == (None, True)
    assert secured(Directories(config_file=null)) == (Directories(), "")


def test_files_that_others_could_have_written_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_cache.save(tmp_path, SMALL, document_cache.open_document(None, SMALL, "a"))
    positions.save(tmp_path, "x", Position(pane="deals"))
    marks = own_sidecar(tmp_path, "x")
    sidecar.change(marks, lambda _: {"a/b": Marked(star="0" * 16)}, {}, private=True)
    beside = tmp_path / "x.yaml.marks"
    beside.write_bytes(marks.read_bytes())
    beside.chmod(0o666)
    (compiled,) = tmp_path.glob("*.briefing")
    (position,) = tmp_path.glob("*.json")
    for path in (compiled, position, marks):
        assert read_all(tmp_path) == ("compiled", "deals", 1, 1)
        path.chmod(0o666)
        assert "" in (before := read_all(tmp_path))
        path.chmod(0o600)
        if os.geteuid():
            continue
        foreign(path, monkeypatch)
        assert read_all(tmp_path) == before
        monkeypatch.undo()


def read_all(directory: Path) -> tuple[object, ...]:
    """Read what is kept in a directory; what is refused is empty."""
    document = document_cache.open_document(directory, SMALL, "a")
    stored = positions.load(directory, "x")
    assert stored.position or "other user" in stored.warning or "another user" in stored.warning
    marks: object = ""
    with contextlib.suppress(SidecarError):
        marks = len(sidecar.read(own_sidecar(directory, "x")))
    return (
        "compiled" if document.root is None else "",
        stored.position.pane if stored.position else "",
        marks,
        len(sidecar.read(directory / "x.yaml.marks")),
    )


def test_the_check_of_a_file_is_of_what_was_opened(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    statuses: list[os.stat_result] = []
    read_bytes(tmp_path / "x", check=statuses.append)
    assert statuses[0].st_size == 1
