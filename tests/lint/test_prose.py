"""Documentation and clean packages are in plain English: see ``tests/prose.py``."""

from __future__ import annotations

from docs.generated import REFERENCE
from tests.prose import CLEAN_PACKAGES, ROOT, by_package, in_markdown, in_text

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_prose_has_no_word_to_avoid() -> None:
    # Generated pages repeat what the packages say.
    written = [path for path in PAGES if path.parent != REFERENCE]
    packages = by_package()
    findings = [
        *(finding for path in written for finding in in_markdown(path)),
        *(finding for name in CLEAN_PACKAGES for finding in packages[name]),
    ]
    assert not findings, "\n".join(map(str, sorted(findings)))


def test_words_are_found_in_any_case_and_across_lines() -> None:
    text = "Nothing\nwhere it Rests on a thing, but resting places\nwere drawn anew."
    findings = [(finding.line, finding.text) for finding in in_text(ROOT / "x", text, first=5)]
    assert sorted(findings) == [(5, "Nothing where"), (6, "Rests on"), (7, "anew")]
