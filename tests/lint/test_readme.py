"""What the README says is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load
from briefing_tui.commands.registry import markdown_table

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(start: str, end: str) -> str:
    return README.split(start, 1)[1].split(end, 1)[0]


def test_key_table_is_the_registry() -> None:
    table = between(
        "<!-- keys: made from briefing_tui/commands/registry.py -->\n", "<!-- /keys -->"
    )
    assert table == markdown_table(), "write the result of markdown_table() into the README"


def test_example_of_the_format_has_no_mistake() -> None:
    example = between("<!-- format -->\n```yaml\n", "```\n<!-- /format -->")
    assert len(example.splitlines()) <= 20
    assert [problem.located("README") for problem in check(load(example.encode(), "README"))] == []


def test_set_up_is_two_lines() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        assert len(block.splitlines()) == 1
        assert block.startswith("python3 -m venv ")


def test_pictures_and_links_are_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
