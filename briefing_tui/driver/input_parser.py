"""Parses what a terminal sends: keys, mouse events, pasted text, answers.

The far end may send anything: invalid UTF-8, invalid key codes, megabytes. None of that may end the
program, block it, or be taken for keys.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Collection, Iterable

from textual import events
from textual.message import Message

from briefing_tui.driver.frame_scheduler import STATUS_REPORT
from briefing_tui.driver.input_sequences import (
    ESCAPE_TIMEOUT,
    SEQUENCE_TIMEOUT,
    Piece,
    is_typed,
    piece_at,
    shortened,
    typed_pieces,
)
from briefing_tui.driver.key_decoder import DecodedKey, decode_key, typed_key
from briefing_tui.driver.pointer import Pointer

PASTE_LIMIT = 1 << 16
"""Characters of one paste; the rest is dropped."""

BURST = 256
"""Keys and mouse events that may come at once; the rest of a flood is dropped."""
RATE = 100
"""Keys and mouse events per second that may come for longer."""

_PASTE_TIMEOUT = 2.0
"""Seconds without a byte after which a paste is complete; a slow connection has gaps."""
_PASTE_START, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
_PASTE_BYTES = 4 * PASTE_LIMIT
_FOCUS_IN = b"\x1b[I"
_STATUS_REPORT = STATUS_REPORT.encode()

_POSITION = re.compile(rb"\x1b\[(?!1;(?:[2-9]|1[0-6])R)([0-9]{1,4});([0-9]{1,4})R")
"""A cursor position report (CPR), unless it may be F3 with modifiers."""
_LATIN_1 = "latin-1-instead"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(_LATIN_1, _as_latin_1)


class Key(events.Key):
    """A key press as it arrived from a terminal."""

    def __init__(self, decoded: DecodedKey, parts: tuple[Key, ...] = ()) -> None:
        super().__init__(decoded.name, decoded.character)
        self.us_key = decoded.us_key
        """The key at its place on a US keyboard, if it types a letter of another script."""
        self.parts = parts
        """Escape and a key, if this may be both as well as one key with Alt."""

    @property
    def is_printable(self) -> bool:
        """Whether it types text: also joiners, which `str.isprintable` does not count."""
        return self.character is not None


class InputParser:
    """Turns bytes into events, and buffers incomplete sequences.

    ``alt_keys`` are the keys with Alt that the application has a use for, such as ``alt+x``.
    Terminals send Escape before a key for them, so any other is Escape and that key. ``ctrl+j`` may
    be one of them, too; if it is not, a line feed is Enter. ``clock`` is in seconds. Bytes that are
    not UTF-8 are ISO 8859-1 unless the terminal is known for ``utf8``.
    """

    def __init__(
        self,
        alt_keys: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
        *,
        utf8: bool = True,
    ) -> None:
        self._alt_keys = alt_keys
        self._pointer = Pointer(clock)
        self._errors = "replace" if utf8 else _LATIN_1
        self._decoder = codecs.getincrementaldecoder("utf-8")(self._errors)
        self._report_count = 0
        self._positions: list[tuple[int, int]] = []
        self._incomplete = b""
        self._pasted: bytearray | None = None
        """The bytes of the paste that is being received."""
        self._paste_tail = b""
        """The end of it that may be the beginning of the end marker."""

    @property
    def is_incomplete(self) -> bool:
        """Whether `flush` has to be called if nothing follows within `timeout`."""
        is_sequence = self._incomplete or self._pasted is not None
        return bool(is_sequence or self._decoder.getstate()[0])

    @property
    def timeout(self) -> float:
        """Seconds without a byte after which `flush` has to be called."""
        if self._pasted is not None:
            return _PASTE_TIMEOUT
        is_key = is_typed(self._incomplete) or self._errors == _LATIN_1
        return ESCAPE_TIMEOUT if is_key else SEQUENCE_TIMEOUT

    def take_report_count(self) -> int:
        """Return the number of status reports received since the last call."""
        count, self._report_count = self._report_count, 0
        return count

    def take_positions(self) -> list[tuple[int, int]]:
        """Return the lines and columns of the cursor received since the last call."""
        positions, self._positions = self._positions, []
        return positions

    def feed(self, data: bytes, max_keys: int = 1 << 16) -> list[Message]:
        """Return the events that these bytes complete.

        Of a flood, ``max_keys`` keys are parsed and the others dropped, so that it takes little
        time.
        """
        messages: list[Message] = []
        data, self._incomplete = self._incomplete + data, b""
        position, end = 0, len(data)
        while position < end:
            if self._pasted is not None:
                data, position = self._receive_paste(data[position:], messages), 0
                end = len(data)
            elif len(messages) >= max_keys:
                position = self._skip_keys(data, position)
            else:
                position = self._parse_piece(data, position, messages, max_keys)
        return messages

    def _skip_keys(self, data: bytes, position: int) -> int:
        """Skip a flood up to a paste, or to its end; return the position."""
        if (paste := data.find(_PASTE_START, position)) >= 0:
            self._report_count += data.count(_STATUS_REPORT, position, paste)
            self._pasted, self._paste_tail = bytearray(), b""
            return paste + len(_PASTE_START)
        self._report_count += data.count(_STATUS_REPORT, position)
        last = data.rfind(b"\x1b", position)
        if last >= 0 and piece_at(data, last)[0] is Piece.INCOMPLETE:
            self._incomplete = shortened(data[last:])
        return len(data)

    def flush(self) -> list[Message]:
        """Return the events that are complete because nothing followed."""
        if self._pasted is not None:
            return [self._end_paste(self._paste_tail)]
        data, self._incomplete = self._incomplete, b""
        if not data:
            return self._typed(self._decoder.decode(b"", final=True))
        return self._keys(typed_pieces(data))

    def _typed(self, text: str) -> list[Message]:
        keys = map(typed_key, text)
        return [Key(key) for key in keys if key]

    def _keys(self, pieces: Iterable[bytes]) -> list[Message]:
        return [Key(key) for key in map(self._decode, pieces) if key]

    def _decode(self, data: bytes) -> DecodedKey | None:
        key = decode_key(data)
        if key and key.name == "ctrl+j" and key.name not in self._alt_keys:
            return DecodedKey("enter")
        return key

    def _parse_piece(
        self, data: bytes, position: int, messages: list[Message], max_keys: int
    ) -> int:
        """Parse text, a control code or a sequence; return the position after it."""
        piece, end = piece_at(data, position)
        content = data[position:end]
        if piece is Piece.TEXT:
            text = self._decoder.decode(content)
            messages += self._typed(text[: max_keys - len(messages)])
            return end
        messages += self._typed(self._decoder.decode(b"", final=True))
        if piece is Piece.SEQUENCE:
            self._parse_sequence(content, messages)
        elif piece is Piece.INCOMPLETE:
            self._incomplete = shortened(content)
        elif piece is Piece.ESCAPE and (key := self._with_alt(data[end : end + 1])):
            messages.append(key)
            return end + 1
        elif piece is not Piece.BROKEN:
            messages += self._keys([content])
        return end

    def _with_alt(self, data: bytes) -> Key | None:
        """Return the key of one byte after Escape as one with Alt, if there is a use for it."""
        key = self._decode(data) if data != b"\x1b" and data.isascii() else None
        if key is None or f"alt+{key.name}" not in self._alt_keys:
            return None
        name = "shift+tab" if key.name == "tab" else f"alt+{key.name}"  # as the Linux console does
        return Key(DecodedKey(name), (Key(DecodedKey("escape")), Key(key)))

    def _parse_sequence(self, sequence: bytes, messages: list[Message]) -> None:
        if sequence == _STATUS_REPORT:
            self._report_count += 1
        elif position := _POSITION.fullmatch(sequence):
            self._positions.append((int(position[1]), int(position[2])))
        elif sequence == _PASTE_START:
            self._pasted, self._paste_tail = bytearray(), b""
        elif sequence == _FOCUS_IN:
            self._pointer.focused()
        elif sequence.startswith(b"\x1b[<"):
            messages += self._pointer.decode(sequence)
        elif key := self._decode(sequence):
            messages.append(Key(key))

    def _receive_paste(self, data: bytes, messages: list[Message]) -> bytes:
        """Receive pasted text, and return what follows the paste."""
        assert self._pasted is not None, "a paste has begun"
        pasted, end, rest = (self._paste_tail + data).partition(_PASTE_END)
        if end:
            messages.append(self._end_paste(pasted))
            return rest
        tail = max(len(pasted) - len(_PASTE_END) + 1, 0)
        self._pasted += pasted[: min(tail, _PASTE_BYTES - len(self._pasted))]
        self._paste_tail = pasted[tail:]
        return b""

    def _end_paste(self, last: bytes) -> events.Paste:
        text = b"".join((self._pasted or b"", last)).decode("utf-8", self._errors)
        self._pasted = None
        return events.Paste(text.replace("\0", "")[:PASTE_LIMIT])


class RateLimit:
    """A token bucket for keys and mouse events: above what people type, below what blocks."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens = float(BURST)
        self._updated = clock()

    @property
    def available(self) -> int:
        """How many events may pass now."""
        now = self._clock()
        self._tokens = min(self._tokens + RATE * (now - self._updated), BURST)
        self._updated = now
        return int(self._tokens)

    def acquire(self) -> bool:
        """Let one event pass; return False if it has to be dropped."""
        if self.available < 1:
            return False
        self._tokens -= 1
        return True
