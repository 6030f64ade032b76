"""The pictures of the docs show the program as it is: ``python -m screenshots`` draws them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import screenshots
from screenshots.pictures import digest, digest_in, polished
from screenshots.scenes import PICTURES, scene
from screenshots.stage import draw

FOLDER = Path(screenshots.__file__).parent
GOLDEN = Path(__file__).parent / "__snapshots__" / "test_scenes"
STALE = "draw it again: python -m screenshots"


@pytest.mark.parametrize("name", PICTURES)
def test_svg_is_that_of_its_scene(name: str) -> None:
    # Whether the golden picture is the program's is what the test of the scenes is about.
    golden = (GOLDEN / f"test_scene[{PICTURES[name]}].svg").read_text("utf-8")
    same = (FOLDER / f"{name}.svg").read_text("utf-8") == polished(golden)
    assert same, STALE


@pytest.mark.usefixtures("same_pictures")
def test_drawing_gives_the_picture() -> None:
    drawn = polished(asyncio.run(draw(scene(PICTURES["summary"]))))
    assert (FOLDER / "summary.svg").read_text("utf-8") == drawn, STALE


@pytest.mark.parametrize("name", PICTURES)
def test_png_is_of_its_svg(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text("utf-8")
    same = digest_in((FOLDER / f"{name}.png").read_bytes()) == digest(svg)
    assert same, STALE


def test_no_picture_is_left_over() -> None:
    found = {path.stem for path in FOLDER.iterdir() if path.suffix in (".svg", ".png")}
    assert found == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_svg_loads_nothing(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert "@font-face" not in svg
    assert "url(http" not in svg
