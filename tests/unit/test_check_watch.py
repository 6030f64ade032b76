"""Checking again: each change of a file gives a new report, and Ctrl-C ends it well."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing_tui.cli import cli
from briefing_tui.storage.file_watcher import INTERVAL
from tests.briefings import text
from tests.unit.test_watch import WAYS


def sleeping(monkeypatch: pytest.MonkeyPatch, steps: Iterator[object]) -> None:
    """Between two looks do the next step; after the last, Ctrl-C."""

    def sleep(seconds: float) -> None:
        if seconds < INTERVAL:
            return  # a file with new content has a moment to settle
        if next(steps, StopIteration) is StopIteration:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.mark.parametrize("write", WAYS)
def test_every_change_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(), encoding="utf-8")

    def steps() -> Iterator[object]:
        yield "nothing happens"
        write(path, text(title=None).encode())
        yield "changed"
        yield "nothing happens"

    sleeping(monkeypatch, steps())
    done = CliRunner().invoke(cli, ["check", "--watch", str(path)])
    assert done.exit_code == 130
    assert done.output.count("checked at") == 2
    assert done.output.count("'title' is missing") == 1
    assert done.output.index("0 errors") < done.output.index("'title' is missing")


def test_a_file_that_breaks_and_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(), encoding="utf-8")

    def steps() -> Iterator[object]:
        yield path.write_text("briefing: [", encoding="utf-8")
        path.unlink()
        yield "gone"
        yield path.write_text(text(), encoding="utf-8")

    sleeping(monkeypatch, steps())
    done = CliRunner().invoke(cli, ["check", "--watch", str(path)])
    assert done.output.count("E101") == 1
    assert done.output.count("0 errors") == 2


def test_there_must_be_something_to_watch() -> None:
    for arguments in ([], ["-"]):
        done = CliRunner().invoke(cli, ["check", "--watch", *arguments], input=text())
        assert done.exit_code == 2
        assert "--watch needs files" in done.output


def test_watching_ends_with_whoever_read_its_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(), encoding="utf-8")
    monkeypatch.setattr("briefing_tui.cli.check.put", lambda *_, **__: False)
    assert CliRunner().invoke(cli, ["check", "--watch", str(path)]).exit_code == 0


def test_a_pipe_among_files_is_reported_and_the_others_are_checked(tmp_path: Path) -> None:
    path, pipe = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text(text(), encoding="utf-8")
    os.mkfifo(pipe)
    for command, exit_code in (["check"], 2), (["format", "--check"], 2):
        done = CliRunner().invoke(cli, [*command, str(pipe), str(path)])
        assert (done.exit_code, done.stderr) == (
            exit_code,
            f"briefing-tui: {pipe}: Not a regular file\n",
        )
        assert str(path) in done.stdout or "1 briefing, 0 errors" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="needs the leases of Linux")
def test_the_pieces_of_a_save_are_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text(), encoding="utf-8")

    def steps() -> Iterator[object]:
        with path.open("w", encoding="utf-8") as file:
            for piece in ("", text()[:50], text()[50:200]):
                file.write(piece)
                file.flush()
                yield "a piece"
            file.write(text(title=None)[200:])
        yield "whole"

    sleeping(monkeypatch, steps())
    done = CliRunner().invoke(cli, ["check", "--watch", str(path)])
    assert done.output.count("checked at") == 2
