"""Verification that a file is the text of a briefing's source, and a comparison if it is not.

A briefing has only what identifies the text of a source: the SHA-256 of the file's bytes, its
length, and the span and short hash of each passage, in code points.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping

import msgspec

from briefing_tui.briefing.model import Passage, SourceText

_STARTS = re.compile(r"(?<!\S)\S|(?<=[\s\"'“‘«(\[])\w")
"""Possible starts of a passage: after white space or an opening mark."""

MAX_BYTES = 1024 * 1024
"""Maximum size of an article; most books have fewer characters."""

_COST = 500
"""Cost of starting a hash, in hashed characters."""

_MOST_HASHED = 256 * 1024 * 1024
"""Characters hashed in the search for moved passages; an ordinary text needs far fewer."""


class NoTextError(ValueError):
    """Bytes that are not text; the message says why."""


class Comparison(msgspec.Struct, frozen=True):
    """A file compared with a briefing's record of a source's text."""

    text: str
    sha256: str
    known: SourceText
    """The briefing's record."""
    unchanged: tuple[str, ...]
    """Passages found at their recorded spans."""
    moved: dict[str, Passage]
    """Passages found elsewhere, with their new spans."""
    missing: tuple[str, ...]
    """Passages not found in the text."""

    @property
    def is_same(self) -> bool:
        """Whether the file has the recorded hash."""
        return self.sha256 == self.known.sha256

    @property
    def is_sound(self) -> bool:
        """Whether the hash matches and the recorded length and passages do too."""
        lengths = (None, len(self.text))
        return self.is_same and self.known.length in lengths and not (self.moved or self.missing)


def decode(data: bytes) -> str:
    """Decode a text file without normalising line ends or marks, since spans count them.

    Raises:
        NoTextError: the file is not UTF-8, or too large.
    """
    if len(data) > MAX_BYTES:
        raise NoTextError("larger than 1 MiB, which no article is; keep only its text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoTextError("not UTF-8; save it as the briefing's author had it") from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def short_hash(words: str) -> str:
    """Return the hash of a passage: the first eight hex digits of its SHA-256 in UTF-8."""
    return digest(words.encode("utf-8", "surrogatepass"))[:8]


def fits(text: str, passage: Passage) -> bool:
    """Return whether the span of a passage is within the text and has the recorded hash."""
    inside = passage.start < passage.end <= len(text)
    return inside and short_hash(text[passage.start : passage.end]) == passage.hash


def compare(data: bytes, record: SourceText) -> Comparison:
    """Compare a file with a briefing's record of a source's text.

    Raises:
        NoTextError: the file is not text.
    """
    text = decode(data)
    unchanged = tuple(name for name, passage in record.passages.items() if fits(text, passage))
    rest = {name: passage for name, passage in record.passages.items() if name not in unchanged}
    moved = _find_moved(text, rest)
    missing = tuple(name for name in rest if name not in moved)
    return Comparison(text, digest(data), record, unchanged, moved, missing)


def _find_moved(text: str, passages: Mapping[str, Passage]) -> dict[str, Passage]:
    moved: dict[str, Passage] = {}
    shift = 0
    starts: list[int] | None = None
    hashed = 0
    for name, passage in passages.items():
        length = passage.end - passage.start
        if not 0 < length <= len(text):
            continue
        # An insertion usually shifts all later passages by the same distance.
        start = passage.start + shift
        shifted = Passage(start, start + length, passage.hash)
        if start >= 0 and fits(text, shifted):
            moved[name] = shifted
            continue
        starts = starts or [match.start() for match in _STARTS.finditer(text)]
        hashed += (length + _COST) * len(starts)
        if hashed > _MOST_HASHED:
            continue
        for start in sorted(starts, key=lambda start: abs(start - passage.start - shift)):
            candidate = Passage(start, start + length, passage.hash)
            if fits(text, candidate):
                moved[name] = candidate
                shift = start - passage.start
                break
    return moved


def describe_difference(comparison: Comparison) -> str:
    """Describe in one line how a file differs from the recorded text, with the passages' names."""
    recorded = comparison.known.length
    parts = []
    if recorded not in (None, len(comparison.text)):
        parts.append(f"{len(comparison.text):,} characters, not {recorded:,}")
    groups: dict[str, Iterable[str]] = {
        "the same": comparison.unchanged,
        "moved": comparison.moved,
        "changed or gone": comparison.missing,
    }
    parts += [f"{label} {' '.join(names)}" for label, names in groups.items() if names]
    return "; ".join(parts) or "other bytes"


def rehash(comparison: Comparison) -> str:
    """Return the ``text`` entry of a source for a file.

    A single missing passage between two found ones gets the span between them, with a comment to
    review it; any other missing passage becomes a comment.
    """
    found = {name: comparison.known.passages[name] for name in comparison.unchanged}
    found |= comparison.moved
    replaced = _find_replaced(comparison, found)
    passages = {name: (found | replaced).get(name) for name in comparison.known.passages}
    return text_entry(comparison.sha256, len(comparison.text), passages, replaced)


def text_entry(
    sha256: str, length: int, passages: Mapping[str, Passage | None], replaced: Container[str] = ()
) -> str:
    """Return the ``text`` entry of a source as YAML, with comments on passages to review."""
    lines = ["text:", f"  sha256: {_yaml_hash(sha256)}", f"  length: {length}"]
    if passages:
        lines.append("  passages:")
    for name, span in passages.items():
        if span is None:
            lines.append(f"    # {name}: not found; give its span, or cite another passage")
        else:
            note = "  # changed: read it again" if name in replaced else ""
            lines.append(f"    {name}: [{span.start}, {span.end}, {_yaml_hash(span.hash)}]{note}")
    return "".join(f"    {line}\n" for line in lines)


def _find_replaced(comparison: Comparison, spans: Mapping[str, Passage]) -> dict[str, Passage]:
    """Return the new span of each passage that is missing alone between two found ones."""
    names = list(comparison.known.passages)
    replaced: dict[str, Passage] = {}
    for index, name in enumerate(names):
        previous, following = names[index - 1 : index], names[index + 1 : index + 2]
        if name in spans or any(neighbour not in spans for neighbour in (*previous, *following)):
            continue
        start = spans[previous[0]].end if previous else 0
        end = spans[following[0]].start if following else len(comparison.text)
        words = comparison.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        if words:
            replaced[name] = Passage(start, start + len(words), short_hash(words))
    return replaced


def _yaml_hash(digits: str) -> str:
    """Return a hash as a YAML scalar, quoted if a parser may read a number, such as 12e45678."""
    return f'"{digits}"' if re.fullmatch(r"[0-9]+(?:e[0-9]+)?", digits) else digits
