"""The program and its documentation are in plain English: see ``tests/prose.py``."""

from __future__ import annotations

from docs.generated import REFERENCE
from tests.prose import ROOT, by_package, in_markdown, in_python, in_text

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
TOOLS = ("benchmarks", "docs", "screenshots")


def test_prose_has_no_word_to_avoid() -> None:
    # Generated pages repeat what the packages say.
    written = [path for path in PAGES if path.parent != REFERENCE]
    tools = [path for tree in TOOLS for path in (ROOT / tree).rglob("*.py")]
    findings = [
        *(finding for path in written for finding in in_markdown(path)),
        *(finding for findings in by_package().values() for finding in findings),
        *(finding for path in tools for finding in in_python(path)),
    ]
    assert not findings, "\n".join(map(str, sorted(findings)))


def test_words_are_found_in_any_case_and_across_lines() -> None:
    text = "Nothing\nwhere it Rests on a thing, but resting places\nwere drawn anew."
    findings = [(finding.line, finding.text) for finding in in_text(ROOT / "x", text, first=5)]
    assert sorted(findings) == [(5, "Nothing where"), (6, "Rests on"), (7, "anew")]
