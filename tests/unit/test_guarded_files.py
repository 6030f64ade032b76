"""Files of anyone: whatever a name leads to, nothing waits, and nothing is read without an end."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_tui.annotations import sidecar
from briefing_tui.annotations.sidecar import SidecarError
from briefing_tui.briefing.document import open_regular, read_bytes
from briefing_tui.library.discovery import Roots, discover
from briefing_tui.library.index.record import Job, examine
from briefing_tui.settings.resolution import SettingsError, resolve
from briefing_tui.storage import document_cache, positions
from briefing_tui.storage.atomic_write import write
from briefing_tui.storage.positions import Position
from briefing_tui.storage.source_texts import texts_for
from tests.conftest import DATA

SMALL = (DATA / "small.yaml").read_bytes()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        directory = os.getcwd()
        os.chdir(path.parent)  # its name may be longer than the path of a socket can be
        try:
            server.bind(path.name)
        finally:
            os.chdir(directory)


def make_link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


FOREIGN: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": make_socket,
    "directory": Path.mkdir,
    "zero": make_link("/dev/zero"),
    "null": make_link(os.devnull),
    "terminal": make_link("/dev/tty"),
    "memory": make_link("/proc/self/mem"),
    "dangling": make_link("nowhere"),
    "nothing but links": lambda path: path.symlink_to(path.name),
}


@pytest.fixture(params=FOREIGN)
def foreign(request: pytest.FixtureRequest) -> Callable[[Path], Path]:
    """Put something that is no file at a path."""

    def make(path: Path) -> Path:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        FOREIGN[request.param](path)
        return path

    return make


Foreign = Callable[[Path], Path]


def test_only_regular_files_are_read(foreign: Foreign, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"\w"):
        read_bytes(foreign(tmp_path / "x"))


def test_a_compiled_briefing_is_read_from_a_file_alone(foreign: Foreign, tmp_path: Path) -> None:
    document = document_cache.open_document(None, SMALL, "a")
    document_cache.save(tmp_path, SMALL, document)
    (compiled,) = tmp_path.glob("*.briefing")
    compiled.unlink()
    foreign(compiled)
    assert document_cache.open_document(tmp_path, SMALL, "a").root is not None
    document_cache.save(tmp_path, SMALL, document)


def test_a_position_is_read_from_a_file_alone(foreign: Foreign, tmp_path: Path) -> None:
    positions.save(tmp_path, "x", Position(pane="deals"))
    (file,) = tmp_path.glob("*.json")
    file.unlink()
    foreign(file)
    assert positions.load(tmp_path, "x").position is None
    positions.save(tmp_path, "x", Position())  # does not wait for a reader of a pipe either
    assert positions.briefings(tmp_path) == []


def test_sidecars_settings_and_texts_are_read_from_files_alone(
    foreign: Foreign, tmp_path: Path
) -> None:
    path = foreign(tmp_path / "x")
    if path.exists():
        with pytest.raises(SidecarError, match=r"x: \w"):
            sidecar.read(path)
        with pytest.raises(SettingsError, match=r"x: \w"):
            resolve(path)
    document = document_cache.open_document(None, SMALL, "a")
    for source in document.briefing.sources.values():
        if source.text is not None:
            foreign(tmp_path / "texts" / f"{source.text.sha256}.txt")
    assert texts_for(tmp_path / "texts", document.briefing) == {}


def test_a_library_passes_over_them(foreign: Foreign, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SMALL)
    foreign(tmp_path / "b.yaml")
    foreign(tmp_path / ".gitignore")
    foreign(tmp_path / "c" / ".git")
    discovery = discover(Roots.of([tmp_path]))
    assert [os.path.basename(file.path) for file in discovery.files][:1] == [b"a.yaml"]
    record = examine(Job(os.fsencode(tmp_path / "b.yaml")))
    assert record.state in ("broken", "gone")


def test_a_pipe_that_takes_the_place_of_a_file_is_found_when_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, pipe = tmp_path / "file", tmp_path / "pipe"
    path.touch()
    os.mkfifo(pipe)
    status = os.stat(path)
    monkeypatch.setattr(os, "stat", lambda _: status)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc") else 0
    with pytest.raises(OSError, match="Not a regular file"):
        open_regular(pipe, os.O_RDONLY)
    assert before in (0, len(os.listdir("/proc/self/fd")))


def test_a_pipe_is_not_opened_so_that_its_writer_sleeps_on(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Not a regular file"):
        read_bytes(pipe)
    with pytest.raises(OSError, match="No such device"):  # there was and is no reader
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


def test_own_files_are_not_written_to_pipes_and_devices(foreign: Foreign, tmp_path: Path) -> None:
    path = foreign(tmp_path / "x")
    if not path.is_symlink() or path.exists():
        with pytest.raises(OSError, match=r"\w"):
            write(path, b"x")


def test_a_limit_holds_for_every_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert read_bytes(tmp_path / "x", 3) == b"1234"
