"""Draw the pictures of the docs: ``python -m screenshots [NAME…]``."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Write the SVG and the PNG of every picture, or of those that are named."""
    # Before the terminal library is loaded: it reads its settings only once.
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    from screenshots import pictures, pins, scenes, stage

    unknown = [name for name in names if name not in scenes.PICTURES]
    reason = f"no picture {', '.join(unknown)}" if unknown else pins.unfit()
    if reason:
        print(f"screenshots: {reason}", file=sys.stderr)
        return 2
    for name in names or scenes.PICTURES:
        svg = pictures.polished(asyncio.run(stage.draw(scenes.scene(scenes.PICTURES[name]))))
        try:
            png = pictures.png(svg)
        except pictures.MissingFontError as missing:
            print(f"screenshots: {missing}", file=sys.stderr)
            return 2
        (HERE / f"{name}.svg").write_text(svg, "utf-8", newline="\n")
        (HERE / f"{name}.png").write_bytes(png)
        print(f"screenshots/{name}.svg, .png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
