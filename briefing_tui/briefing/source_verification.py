"""Whether a file is the text that a briefing was written from, and what changed where it is not.

A briefing holds no text of its sources, only what identifies it: the SHA-256 of the file's bytes,
its length, and the span and short hash of each passage, in code points.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from briefing_tui.briefing.model import Passage, SourceText

_STARTS = re.compile(r"(?<!\S)\S|(?<=[\s\"'“‘«(\[])\w")
"""Where a passage can begin: behind white space or an opening mark."""

MAX_BYTES = 1024 * 1024
"""The largest text that is taken for an article; books have fewer characters."""

_COST = 500
"""Characters that could be hashed in the time that it takes to begin a hash."""

_MOST_HASHED = 256 * 1024 * 1024
"""Characters hashed in the search for passages that moved; a text of usual size needs far fewer."""


class NoTextError(ValueError):
    """Bytes that are no text; the message says why."""


class Comparison(msgspec.Struct, frozen=True):
    """A file beside what a briefing knows of a source's text."""

    text: str
    sha256: str
    """Of the file."""
    known: SourceText
    """What the briefing says."""
    fitting: tuple[str, ...]
    """Passages that stand where the briefing has them."""
    moved: dict[str, Passage]
    """Passages whose words stand elsewhere, with their new spans."""
    missing: tuple[str, ...]
    """Passages whose words are not in the text."""

    @property
    def is_same(self) -> bool:
        """Whether the file is the very text, byte for byte."""
        return self.sha256 == self.known.sha256

    @property
    def is_sound(self) -> bool:
        """Whether it is, and the briefing's length and passages are right about it."""
        lengths = (None, len(self.text))
        return self.is_same and self.known.length in lengths and not (self.moved or self.missing)


def decode(data: bytes) -> str:
    """The text of a file, with its line ends and marks as they are, since spans count them.

    Raises:
        NoTextError: it is not UTF-8, or too large.
    """
    if len(data) > MAX_BYTES:
        raise NoTextError("larger than 1 MiB, which no article is; keep only its text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoTextError("not UTF-8; save it as the briefing's author had it") from error


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def short_hash(words: str) -> str:
    """What identifies a passage: the first eight hexadecimal digits of its SHA-256 in UTF-8."""
    return digest(words.encode("utf-8", "surrogatepass"))[:8]


def fits(text: str, passage: Passage) -> bool:
    """Whether a passage stands in a text where it is said to."""
    inside = passage.start < passage.end <= len(text)
    return inside and short_hash(text[passage.start : passage.end]) == passage.hash


def compare(data: bytes, known: SourceText) -> Comparison:
    """Compare a file with what a briefing knows of a source's text.

    Raises:
        NoTextError: the file is no text at all.
    """
    text = decode(data)
    fitting = tuple(name for name, passage in known.passages.items() if fits(text, passage))
    others = {name: span for name, span in known.passages.items() if name not in fitting}
    moved = _moved(text, others)
    missing = tuple(name for name in others if name not in moved)
    return Comparison(text, digest(data), known, fitting, moved, missing)


def _moved(text: str, passages: Mapping[str, Passage]) -> dict[str, Passage]:
    """The passages that are found elsewhere in a text, with their new spans."""
    found: dict[str, Passage] = {}
    shift = 0
    starts: list[int] | None = None
    hashed = 0
    for name, passage in passages.items():
        length = passage.end - passage.start
        if not 0 < length <= len(text):
            continue
        # What was put in before one passage mostly moved the next ones by as much.
        near = _moved_by(passage, shift)
        if near is not None and fits(text, near):
            found[name] = near
            continue
        starts = starts or [match.start() for match in _STARTS.finditer(text)]
        hashed += (length + _COST) * len(starts)
        if hashed > _MOST_HASHED:
            continue
        for start in sorted(starts, key=lambda one: abs(one - passage.start - shift)):
            candidate = Passage(start, start + length, passage.hash)
            if fits(text, candidate):
                found[name] = candidate
                shift = start - passage.start
                break
    return found


def _moved_by(passage: Passage, shift: int) -> Passage | None:
    start = passage.start + shift
    return Passage(start, passage.end + shift, passage.hash) if start >= 0 else None


def difference(compared: Comparison) -> str:
    """How a file differs from the text of a briefing, in one line that names the passages."""
    known = compared.known
    parts = []
    if known.length not in (None, len(compared.text)):
        parts.append(f"{len(compared.text):,} characters, not {known.length:,}")
    for told, names in (
        ("the same", compared.fitting),
        ("moved", tuple(compared.moved)),
        ("changed or gone", compared.missing),
    ):
        if names:
            parts.append(f"{told} {' '.join(names)}")
    return "; ".join(parts) or "other bytes"


def rehash(compared: Comparison) -> str:
    """The entry ``text`` that a briefing would hold for a file, as YAML below its source.

    A single passage that changed between two that did not is taken to be what now stands there,
    and marked to be read again; one that is nowhere to be found is left out, and named.
    """
    spans = {
        **{name: compared.known.passages[name] for name in compared.fitting},
        **compared.moved,
    }
    changed = _replaced(compared, spans)
    spans |= changed
    lines = ["text:", f"  sha256: {compared.sha256}", f"  length: {len(compared.text)}"]
    if compared.known.passages:
        lines.append("  passages:")
    for name in compared.known.passages:
        if span := spans.get(name):
            quoted = f'"{span.hash}"' if _needs_quotes(span.hash) else span.hash
            note = "  # changed: read it again" if name in changed else ""
            lines.append(f"    {name}: [{span.start}, {span.end}, {quoted}]{note}")
        else:
            lines.append(f"    # {name}: not found; give its span, or cite another passage")
    return "\n".join(f"    {line}" for line in lines) + "\n"


def _replaced(compared: Comparison, spans: Mapping[str, Passage]) -> dict[str, Passage]:
    """What stands in the place of a passage that is missing alone between two known ones."""
    names = list(compared.known.passages)
    found: dict[str, Passage] = {}
    for index, name in enumerate(names):
        before, after = names[index - 1 : index], names[index + 1 : index + 2]
        if name in spans or any(one not in spans for one in (*before, *after)):
            continue
        start = spans[before[0]].end if before else 0
        end = spans[after[0]].start if after else len(compared.text)
        words = compared.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        if words:
            found[name] = Passage(start, start + len(words), short_hash(words))
    return found


def _needs_quotes(hexadecimal: str) -> bool:
    """Whether other readers of YAML would take a hash for a number, such as 12e45678."""
    return re.fullmatch(r"[0-9]+(?:e[0-9]+)?", hexadecimal) is not None
