"""The tutorial works: its steps are followed, and its commands print what it says."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"

BLOCK = re.compile(r'^```(\w+)(?: title="([\w.]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PLACE = re.compile(r":\d+:\d+:")


def test_its_steps_lead_where_they_should(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        **{f"BRIEFING_TUI_{kind}": str(tmp_path / kind) for kind in ("CACHE", "DATA", "STATE")},
        "BRIEFING_TUI_CONFIG": str(tmp_path / "config.toml"),
    }
    commands = 0
    for language, title, content in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        if language == "text":
            (tmp_path / title).write_text(content, encoding="utf-8")
        elif language == "yaml":
            edit(tmp_path / title, content)
        elif language == "console":
            for line, expected in COMMAND.findall(content):
                printed = run(line, tmp_path, environment)
                assert matches(printed, expected), f"{line} prints:\n{printed}"
                commands += 1
    assert commands == 6


def edit(path: Path, block: str) -> None:
    """Put the keys of a block into a file, in place of those that are there."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 200
    file = yaml.load(path.read_text(encoding="utf-8"))
    merge(file, yaml.load(block))
    text = io.StringIO()
    yaml.dump(file, text)
    path.write_text(text.getvalue(), encoding="utf-8")


def merge(into: Any, values: Any) -> None:
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def run(line: str, directory: Path, environment: dict[str, str]) -> str:
    """What a command of the tutorial prints."""
    program, *words = shlex.split(line)
    assert program == "briefing-tui"
    done = subprocess.run(
        [sys.executable, "-m", "briefing_tui", *words],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def matches(printed: str, expected: str) -> bool:
    """Whether output is as expected: … stands for any lines, and line numbers may differ."""
    parts = re.sub(PLACE, ":0:0:", expected).split("…\n")
    pattern = "(?:.*\n)*".join(map(re.escape, parts))
    return re.fullmatch(pattern, re.sub(PLACE, ":0:0:", printed)) is not None
