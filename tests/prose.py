"""Words to avoid in prose, what to write instead, and where they occur.

``python -m tests.prose`` counts them for each package.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "briefing_tui"

WORDS = {
    r"anew": "again, or a verb with re-: redraw, reload",
    r"told": "said, reported, shown",
    r"tell(?:s|ing)? of": "say about, describe, list",
    r"tells?(?= (?:what|which|whether|how|where|why|who)\b)": "report, show, say",
    r"whom?(?:so)?ever": "anyone who, the person who",
    r"what (?:is|are|was|were) (?:\w+ ){0,2}of": "the noun: the text of, the state of",
    r"what became of": "what happened to",
    r"(?:nothing|none|nobody) where": "None if, no … if",
    r"where (?:there is|it is|they are|one is) (?:none|no|not)": "if there is no, if not",
    r"(?<!there\s)(?:is|are|was) no (?!longer|more|less|such|one|different)\w+": "is not a",
    r"rest(?:s|ed|ing)? (?:up)?on": "is based on, cites",
    r"(?:a|an|another|other|no) ground": "background",
    r"in spite of": "despite, even if",
    r"by itself where": "automatically if",
    r"stands? (?:beside|below|above|there|alone|for itself)": "is beside, is below",
    r"leads? (?:nowhere|there|astray)": "is broken, goes there",
    r"of two \w+ the": "the … of two",
    r"mend(?:s|ed|ing)?": "fix",
    r"reckon(?:s|ed|ing)?": "count, calculate",
    r"sought": "searched for",
    r"one (?:\w+ )?a (?:line|file|row|hit|entry|page|command)": "per",
    r"for ever": "forever",
    r"let (?:nobody|nothing|no one)": "do not",
    r"beware of": "watch for",
    r"there(?:in|of|by|upon)|where(?:of|by|upon)": "in it, of it, so",
}
"""A pattern of whole words, and the plain word for it."""

_PATTERNS = [
    (re.compile(rf"\b{words}\b".replace(" ", r"\s+"), re.IGNORECASE), instead)
    for words, instead in WORDS.items()
]
_ANY = re.compile("|".join(pattern.pattern for pattern, _ in _PATTERNS), re.IGNORECASE)
"""All of them at once: most texts have none."""


class Finding(NamedTuple):
    """A word to avoid."""

    path: Path
    line: int
    text: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: '{self.text}': write {self.instead}"


def in_text(path: Path, text: str, first: int = 1) -> Iterator[Finding]:
    """The words to avoid in a text that begins on a line of a file."""
    for pattern, instead in _PATTERNS if _ANY.search(text) else ():
        for match in pattern.finditer(text):
            line = first + text.count("\n", 0, match.start())
            yield Finding(path, line, " ".join(match[0].split()), instead)


def in_markdown(path: Path) -> Iterator[Finding]:
    """The words to avoid in a page, code left out."""
    text = path.read_text(encoding="utf-8")
    blanked = re.sub(r"^```.*?^```$|`[^`\n]+`", _blank, text, flags=re.DOTALL | re.MULTILINE)
    return in_text(path, blanked)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def in_python(path: Path) -> Iterator[Finding]:
    """The words to avoid in the docstrings, comments and other texts of a module."""
    source = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield from in_text(path, token.string, token.start[0])
    for node in ast.walk(ast.parse(source)):
        # A single word is a key or an identifier, not prose.
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield from in_text(path, node.value, node.lineno)


def by_package() -> dict[str, list[Finding]]:
    """The findings of each package of the program; of its modules outside of one, as ``.``."""
    findings: dict[str, list[Finding]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        package = parts[0] if len(parts) > 1 else "."
        findings.setdefault(package, []).extend(in_python(path))
    return findings


def main() -> None:
    """Print how many findings each package has, and of which words."""
    found = by_package()
    for package, findings in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"{len(findings):5}  {package}")
    everything = [finding for findings in found.values() for finding in findings]
    print(f"{len(everything):5}  in all")
    for word, count in Counter(finding.text.lower() for finding in everything).most_common(20):
        print(f"{count:5}  '{word}'")


if __name__ == "__main__":
    main()
