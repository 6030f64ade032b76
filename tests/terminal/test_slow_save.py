"""A save in pieces, as by an editor that does not replace the file, on a real terminal."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from briefing_tui.storage.directories import bundled
from tests.terminal.pty_program import Program, environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs the leases of Linux")


def test_the_pieces_of_a_save_are_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "briefing.yaml"
    shutil.copy(bundled(), file)
    content = file.read_bytes()
    command = f"exec {sys.executable} -m briefing_tui --follow {file}"
    with Program(command, env=environment()) as program:
        program.wait("Bottom line")
        with file.open("wb") as saving:
            for piece in (content[:500], content[500 : len(content) // 2]):
                saving.write(piece)
                saving.flush()
                program.wait_quiet(1.2)  # longer than the interval of looks
            saving.write(content[len(content) // 2 :] + b"\n# saved\n")
        program.wait("Reloaded: nothing changed in what it says")
        assert not re.findall(rb"\d+ (?:added|removed)|cannot be read", program.raw)
        program.type("Q")
        assert program.wait_end() == 0
