"""Pictures for people: an SVG that needs nothing from the network, and a PNG of it.

The SVG asks for fonts that are installed, Fira Code first: sites that show pictures of a repository
do not let them load any. The PNG is drawn with Fira Code from the system's font folders; the glyphs
that it lacks (⚠ ▴ ▾ ✕ ✗) come from DejaVu Sans Mono. There are no slanted letters: Fira Code has
none. The PNG carries the SHA-256 of its SVG, so that a stale PNG is recognised
without drawing.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local" / "share" / "fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path.home() / "Library" / "Fonts",
)
FONTS = {
    "FiraCode-Regular.ttf": "fonts-firacode",
    "FiraCode-Bold.ttf": "fonts-firacode",
    "DejaVuSansMono.ttf": "fonts-dejavu-core",
    "DejaVuSansMono-Bold.ttf": "fonts-dejavu-core",
}
"""The font files that are needed, with the Debian packages that have them."""

_FAMILIES = "Fira Code, DejaVu Sans Mono, monospace"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"svg-sha256"


class MissingFontError(Exception):
    """A font that the PNGs are drawn with is not installed."""


def without_ids(svg: str) -> str:
    """The SVG without the number in its ids that sets it apart from others on a page."""
    return re.sub(r"\bterminal-\d+-", "terminal-", svg)


def polished(svg: str) -> str:
    """The SVG without web fonts and ligatures, with stable ids, and with the last line's feet."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", without_ids(svg), flags=re.DOTALL)
    svg = svg.replace(
        "font-family: Fira Code, monospace;",
        f"font-family: {_FAMILIES};\n        font-variant-ligatures: none;",
    )
    svg = svg.replace("font-family: arial;", f"font-family: {_FAMILIES};")
    # Rich clips the screen a little above the feet of the last line's letters.
    svg = re.sub(
        r'(<clipPath id="terminal-clip-terminal">\s*<rect [^>]*height=")([0-9.]+)',
        lambda found: f"{found[1]}{float(found[2]) + 4:g}",
        svg,
    )
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def png(svg: str) -> bytes:
    """The picture of an SVG, with its hash.

    Raises:
        MissingFontError: a font is not in any of the system's folders.
    """
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(_font(name)) for name in FONTS],
        monospace_family="Fira Code",
    )
    return _with_text(bytes(drawn), _KEYWORD, digest(svg).encode("ascii"))


def digest(svg: str) -> str:
    """The hash of an SVG that the PNG drawn from it carries."""
    return hashlib.sha256(svg.encode("utf-8")).hexdigest()


def digest_in(picture: bytes) -> str:
    """The digest that a PNG carries; empty where it has none."""
    for kind, body in _chunks(picture):
        keyword, _, text = body.partition(b"\0")
        if kind == b"tEXt" and keyword == _KEYWORD:
            return text.decode("ascii")
    return ""


def _font(name: str) -> Path:
    for folder in FOLDERS:
        for path in sorted(folder.rglob(name)):
            return path
    raise MissingFontError(f"{name} is not installed; on Debian: apt install {FONTS[name]}")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _with_text(picture: bytes, keyword: bytes, text: bytes) -> bytes:
    """The picture with a text chunk before its end (PNG specification, section 11.3.4.3)."""
    content = b"tEXt" + keyword + b"\0" + text
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    end = picture.rindex(b"IEND") - 4
    return picture[:end] + chunk + picture[end:]
