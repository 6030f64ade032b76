"""Divides what a terminal sends into text, control codes and sequences.

It imports no terminal library, so that a program without a full screen can read keys as well.
"""

from __future__ import annotations

import enum
import re

_TEXT = re.compile(rb"[^\x00-\x1f\x7f]+")
_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[M[\x20-\xff]{3}"  # a mouse event without SGR mode, which is never enabled
    rb"|\[\[[ -~]"  # a function key of the Linux console
    rb"|\[[0-9]{1,2}\$"  # rxvt, with Shift
    rb"|\[(?![M\[])[0-?]*[ -/]*[@-~]"
    rb"|O[2-8]?[ A-Za-z]"
    rb"|(?:\][0-9lL]|P[0-9>!$+|]|[_^X])[\x08-\x0d -~\x80-\xff]*(?:\x07|\x1b\\)"  # an answer
    rb"|\x1b(?:\[[A-H]|O[A-H]|\[[0-9]{1,2}[~^$@])"  # a key with Alt
    rb")"
)
_INCOMPLETE = re.compile(
    rb"\x1b(?:"
    rb"\[(?:M[\x20-\xff]{0,2}|\[?|[0-?]*[ -/]*)"
    rb"|O[2-8]?"
    rb"|(?:[\]P]|(?:\][0-9lL]|P[0-9>!$+|]|[_^X])[\x08-\x0d -~\x80-\xff]*\x1b?)"
    rb"|\x1b(?:\[[0-9]{0,2}|O)?"
    rb")?\Z"
)
_BROKEN = re.compile(
    rb"\x1b(?:"
    rb"\[M[\x20-\xff]*|\[\[?[0-?]*[ -/]*"
    rb"|(?:\][0-9lL]|P[0-9>!$+|]|[_^X])[\x08-\x0d -~\x80-\xff]*"
    rb")"
)
_TYPED = re.compile(rb"\x1b\x1b?[\[O\]P_^X]?")

_MAX_SEQUENCE = 4096
"""Bytes of a sequence; of a longer one only the beginning is kept until it ends."""
_KEPT = 3

ESCAPE_TIMEOUT = 0.1
"""Seconds without a byte after which an escape character is the Escape key."""
SEQUENCE_TIMEOUT = 0.5
"""Seconds without a byte after which an incomplete sequence is dropped."""


class Piece(enum.Enum):
    """What bytes of a terminal are."""

    TEXT = enum.auto()
    CONTROL = enum.auto()
    """One control code."""
    SEQUENCE = enum.auto()
    ESCAPE = enum.auto()
    """An escape character that begins no sequence: the Escape key, or Alt with what follows."""
    BROKEN = enum.auto()
    """The beginning of a sequence that other bytes interrupt."""
    INCOMPLETE = enum.auto()
    """What may be the beginning of a sequence, up to the end of the data."""


def piece_at(data: bytes, position: int) -> tuple[Piece, int]:
    """Return what begins at a position, and the position after it."""
    if match := _TEXT.match(data, position):
        return Piece.TEXT, match.end()
    if data[position] != 0x1B:
        return Piece.CONTROL, position + 1
    if match := _SEQUENCE.match(data, position):
        return Piece.SEQUENCE, match.end()
    if _INCOMPLETE.match(data, position):
        return Piece.INCOMPLETE, len(data)
    if match := _BROKEN.match(data, position):
        return Piece.BROKEN, match.end()
    return Piece.ESCAPE, position + 1


def shortened(incomplete: bytes) -> bytes:
    """Return an incomplete sequence without the middle of one that is too long."""
    if len(incomplete) <= _MAX_SEQUENCE:
        return incomplete
    return incomplete[:_KEPT] + b"\x1b" * incomplete.endswith(b"\x1b")


def is_typed(incomplete: bytes) -> bool:
    """Return whether people type what may begin a sequence: Escape, and another key after it."""
    return _TYPED.fullmatch(incomplete) is not None


def typed_pieces(incomplete: bytes) -> list[bytes]:
    """Return the keys, one byte each, of what may begin a sequence that nothing followed."""
    return [incomplete[at : at + 1] for at in range(len(incomplete) * is_typed(incomplete))]
