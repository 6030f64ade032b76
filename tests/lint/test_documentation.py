"""The documentation says what the program does, and its links go somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing_tui.briefing import check as checks
from briefing_tui.briefing.load import load
from briefing_tui.storage.directories import directories_of
from docs.generated import DIRECTORIES, ROOT, STANDARD_VARIABLES, stale
from docs.site import PAGES as ROOT_PAGES

README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs" / "guide" / "writing.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "briefing_tui").rglob("*.py"))
PAGES = sorted([ROOT / "README.md", *map(ROOT.joinpath, ROOT_PAGES), *ROOT.glob("docs/**/*.md")])

MOST_WORDS = 1200
TEST_COMMAND = (
    "python3 -m venv .venv && "
    '.venv/bin/pip install -q -c constraints.txt -e ".[test]" && .venv/bin/pytest'
)

FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def test_generated_pages_are_current() -> None:
    paths = [str(path.relative_to(ROOT)) for path in stale()]
    assert not paths, "python -m docs writes them"


def test_readme_is_a_page() -> None:
    assert len(README.split()) <= MOST_WORDS


def test_readme_sets_up_in_one_line_each() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    assert [len(block.splitlines()) for block in blocks] == [1, 1]
    assert all(block.startswith("python3 -m venv ") for block in blocks)
    assert blocks[1] == f"{TEST_COMMAND}\n"


def test_example_of_the_format_has_no_problem() -> None:
    (example,) = re.findall(r"<!-- format -->\n```yaml\n(.*?)```", WRITING, flags=re.DOTALL)
    assert len(example.splitlines()) <= 20
    document = load(example.encode(), "example")
    assert [problem.format("example") for problem in checks.check(document)] == []


def links(path: Path) -> Iterator[tuple[Path, str]]:
    """The file and the anchor of every relative link of a page."""
    for target, anchor in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        yield (path.parent / target).resolve() if target else path, anchor


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors of a page that are the same on the site and where the repository is read."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    plain = [re.sub(r"[^\w\s-]", "", heading).strip().lower() for heading in headings]
    assert len(plain) == len(set(plain)), f"{path}: two headings have one anchor"
    return frozenset(
        anchor
        for text in plain
        if (anchor := re.sub(r"[-\s]+", "-", text)) == text.replace(" ", "-")
    )


def test_links_go_somewhere() -> None:
    broken = []
    for page in PAGES:
        for target, anchor in links(page):
            if not target.exists():
                broken.append(f"{page.relative_to(ROOT)}: no file {target}")
            elif anchor and anchor not in anchors(target):
                broken.append(f"{page.relative_to(ROOT)}: no heading {target.name}#{anchor}")
    assert not broken, "\n".join(broken)


def test_links_between_pages_are_followed() -> None:
    targets = {(page.name, target.name, anchor) for page in PAGES for target, anchor in links(page)}
    assert ("reading.md", "checking.md", "attach-the-text-of-a-source") in targets
    assert ("README.md", "wide.png", "") in targets


def leaves(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from leaves(item)


def test_the_site_has_every_page() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    pages = {str(path.relative_to(ROOT / "docs")) for path in ROOT.glob("docs/**/*.md")}
    assert sorted(leaves(nav)) == sorted(pages | set(ROOT_PAGES.values()))


def test_every_code_of_a_check_is_documented() -> None:
    used = set()
    for path in SOURCES:
        used |= set(re.findall(r'"([EW][12]\d\d)"', path.read_text(encoding="utf-8")))
    assert used == set(re.findall(r"^([EW]\d{3}) ", checks.__doc__ or "", re.MULTILINE))


def test_every_variable_of_the_environment_is_documented() -> None:
    read = set()
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"environ(?:\.get\(|\[)f?\"([A-Z_]+)\"", source))
    documented = {name for name, *_ in DIRECTORIES}
    documented |= {name for names, _ in STANDARD_VARIABLES for name in names.split(", ")}
    assert read - {"PATH"} <= documented


def test_directories_are_where_the_reference_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    home = "/home/ada"
    directories = directories_of({"HOME": home})
    paths = [
        directories.config_file,
        directories.data,
        directories.texts,
        directories.state,
        directories.cache,
    ]
    assert [f"`{str(path).replace(home, '~', 1)}`" for path in paths] == [
        default for _, _, default in DIRECTORIES
    ]
