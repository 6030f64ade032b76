"""Versioned records in files: byte by byte as they are stored, and every failure told apart."""

from __future__ import annotations

import datetime
import stat
import threading
from pathlib import Path

import msgspec
import pytest

from briefing_tui.annotations.read_state import Jump
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.library import saved_arrangement
from briefing_tui.storage import positions
from briefing_tui.storage.json_record import DamagedRecordError, JsonRecord, NewerRecordError
from briefing_tui.storage.per_briefing_files import position_file
from briefing_tui.views.scene import scene_of
from tests.briefings import loaded, text


class Count(msgspec.Struct):
    """A record for tests."""

    version: int = 2
    number: int = 0


RECORD = JsonRecord(Count, 2, max_bytes=64)


def test_a_position_is_stored_in_these_bytes(tmp_path: Path) -> None:
    position = positions.Position(
        pane="deals",
        rows={"deals": "deals/dome"},
        as_of=datetime.date(2020, 9, 1),
        focus=("deals/dome",),
        zoomed=True,
        theme="light",
        theme_before="dark",
    )
    assert positions.save(tmp_path, "/a.yaml", position) == ""
    path = position_file(tmp_path, "/a.yaml")
    assert path == tmp_path / "05c1e0512654e535d3bca04f247d21b6.json"
    assert path.read_text(encoding="utf-8") == (
        '{\n  "version": 1,\n  "briefing": "/a.yaml",\n  "position": {\n    "pane": "deals",\n'
        '    "rows": {\n      "deals": "deals/dome"\n    },\n    "as_of": "2020-09-01",\n'
        '    "focus": [\n      "deals/dome"\n    ],\n    "zoomed": true,\n    "theme": "light",\n'
        '    "theme_before": "dark"\n  }\n}\n'
    )


def test_a_read_state_is_stored_in_these_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.read.json"
    annotations = Annotations(
        scene_of(loaded(text())), None, path, digest="0" * 64, identity="/a.yaml"
    )
    annotations.set_jump("a", Jump("deals", "deals/lantern"))
    assert path.read_text(encoding="utf-8") == (
        f'{{"version":1,"digest":"{"0" * 64}","unread":0,"briefing":"/a.yaml",'
        '"title":"The lighthouse at Karsholm","entries":{'
        '"actors/holm":["9238e254fd930c51","Inge Holm, Norway"],'
        '"timeline/storm":["b0a0707cf07bc85c","The lantern is lost"],'
        '"deals/lantern":["2d7277ef9f72d79a","Fresnel lantern, France to Norway"]},'
        '"jumps":{"a":{"pane":"deals","key":"deals/lantern"}}}'
    )


def test_a_list_order_is_stored_in_these_bytes(tmp_path: Path) -> None:
    arrangement = saved_arrangement.Arrangement().sorted_next().grouped_next()
    saved_arrangement.save(tmp_path, arrangement)
    stored = (tmp_path / "library.json").read_bytes()
    assert stored == b'{"order":"title","grouping":"year","version":1}'
    assert saved_arrangement.load(tmp_path) == arrangement


def test_a_record_is_private_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "record.json"
    RECORD.write(path, Count(number=3))
    assert RECORD.read(path) == Count(number=3)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_file_is_no_record(tmp_path: Path) -> None:
    assert RECORD.read(tmp_path / "record.json") is None


@pytest.mark.parametrize("data", [b'{"version": 3}', b'{"version": 3, "number": "many"}'])
def test_a_newer_record_is_neither_read_nor_replaced(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(data)
    with pytest.raises(NewerRecordError):
        RECORD.read(path)
    with pytest.raises(NewerRecordError):
        RECORD.update(path, lambda _: Count())
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 60,
        b'{"version": 1}',
        b'{"version": 2, "number": "x"}',
        b'{"version": 2}' + b" " * 64,
    ],
)
def test_a_damaged_record_is_replaced_by_the_next_update(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(data)
    with pytest.raises(DamagedRecordError):
        RECORD.read(path)
    RECORD.update(path, lambda record: Count(number=1) if record is None else record)
    assert RECORD.read(path) == Count(number=1)


def test_what_cannot_be_read_is_neither_newer_nor_damaged(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"regular file|directory") as caught:
        RECORD.read(tmp_path)
    assert not isinstance(caught.value, (NewerRecordError, DamagedRecordError))


def test_an_update_that_returns_no_record_writes_none(tmp_path: Path) -> None:
    RECORD.update(tmp_path / "record.json", lambda _: None)
    assert not (tmp_path / "record.json").exists()


def test_updates_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.json"

    def increment(record: Count | None) -> Count:
        return Count(number=(record.number if record else 0) + 1)

    def update() -> None:
        for _ in range(20):
            RECORD.update(path, increment)

    threads = [threading.Thread(target=update) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert RECORD.read(path) == Count(number=80)
