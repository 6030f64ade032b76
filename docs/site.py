"""Hooks of MkDocs: pages and pictures from elsewhere in the repository are part of the site.

Pages link as files of the repository do, so that they work where the repository is read; for the
site, links to those files are rewritten.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]

PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Files of the repository, and what they are called in the site."""

_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures to those below ``docs``."""
    from mkdocs.structure.files import File

    pictures = {f"screenshots/{path.name}": path for path in (ROOT / "screenshots").glob("*.png")}
    pages = {name: ROOT / source for source, name in PAGES.items()}
    for name, path in (pictures | pages).items():
        files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Rewrite the links of a page, from paths in the repository to paths in the site."""
    site_path = page.file.src_uri
    sources = {name: source for source, name in PAGES.items()}
    source = sources.get(site_path, f"docs/{site_path}")

    def rewritten(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[1]))
        target = PAGES.get(target, target.removeprefix("docs/"))
        return posixpath.relpath(target, posixpath.dirname(site_path) or ".")

    return _LINK.sub(rewritten, markdown)
