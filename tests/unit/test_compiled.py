"""Briefings that are kept compiled: the same document, and never an old one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.cli import cli
from briefing_tui.output.plain_text import render
from briefing_tui.storage import document_cache
from briefing_tui.storage.document_cache import open_document, save
from briefing_tui.views.scene import scene_of
from tests.places import directories

DATA = Path(__file__).parents[1] / "data"
SOUND = (DATA / "whole.yaml").read_bytes()


def load_cached(directory: Path | None, data: bytes, name: str) -> Document | None:
    """Return the document of a file if it comes from the cache."""
    document = open_document(directory, data, name)
    return document if document.root is None else None


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_recalled_is_what_was_kept(cache: Path) -> None:
    first = load(SOUND, "a.yaml")
    assert load_cached(directories().cache, SOUND, "a.yaml") is None
    save(directories().cache, SOUND, first)
    again = load_cached(directories().cache, SOUND, "b.yaml")
    assert again is not None
    assert again.briefing == first.briefing
    assert (again.name, again.problems, again.broken) == ("b.yaml", (), ())
    assert [entry.location for entry in again.entries if hasattr(entry, "location")] == [
        entry.location for entry in first.entries if hasattr(entry, "location")
    ]
    assert check(again) == []
    assert render(scene_of(again)) == render(scene_of(first))


def test_another_byte_is_another_file(cache: Path) -> None:
    save(directories().cache, SOUND, load(SOUND, "a.yaml"))
    assert load_cached(directories().cache, SOUND + b"\n", "a.yaml") is None


def test_another_version_of_the_program_reads_anew(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(directories().cache, SOUND, load(SOUND, "a.yaml"))
    monkeypatch.setattr(document_cache, "__version__", "0.0.0")
    assert load_cached(directories().cache, SOUND, "a.yaml") is None


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xc1\xff", b"\x80"])
def test_what_is_damaged_is_read_anew(cache: Path, damage: bytes) -> None:
    save(directories().cache, SOUND, load(SOUND, "a.yaml"))
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    assert open_document(directories().cache, SOUND, "a.yaml").root is not None


def test_the_directory_is_private_and_only_the_newest_stay(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_cache, "MAX_BRIEFINGS", 3)
    document = load(SOUND, "a.yaml")
    for number in range(6):
        save(directories().cache, SOUND + b"\n" * number, document)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert len(list(cache.iterdir())) == 3
    assert load_cached(directories().cache, SOUND + b"\n" * 5, "a.yaml") is not None


def test_nothing_is_kept_where_nothing_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = load(SOUND, "a.yaml")
    monkeypatch.setenv("BRIEFING_TUI_CACHE", "")
    save(directories().cache, SOUND, document)
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(blocked / "cache"))
    save(directories().cache, SOUND, document)
    assert load_cached(directories().cache, SOUND, "a.yaml") is None
    assert list(tmp_path.iterdir()) == [blocked]


def test_commands_keep_what_is_sound_and_answer_the_same(cache: Path, tmp_path: Path) -> None:
    sound, faulty = tmp_path / "sound.yaml", tmp_path / "faulty.yaml"
    sound.write_bytes(SOUND)
    faulty.write_bytes(SOUND.replace(b"cite:", b"site:", 1))
    run = CliRunner().invoke
    for command in (["check"], ["check", "--json"], ["show"]):
        for path in (sound, faulty):
            first, second = (run(cli, [*command, str(path)]) for _ in range(2))
            assert (first.output, first.exit_code) == (second.output, second.exit_code)
    assert len(list(cache.iterdir())) == 1, "a file with a mistake is not kept"
