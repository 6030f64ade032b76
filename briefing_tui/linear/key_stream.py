"""Keys of a terminal as they arrive, byte by byte."""

from __future__ import annotations

import codecs
from collections.abc import Collection

from briefing_tui.driver.input_sequences import (
    ESCAPE_TIMEOUT,
    SEQUENCE_TIMEOUT,
    Piece,
    is_typed,
    piece_at,
    shortened,
    typed_pieces,
)
from briefing_tui.driver.key_decoder import DecodedKey, decode_key


class KeyStream:
    """Decodes bytes into keys, and buffers incomplete ones.

    ``alt_keys`` are the keys with Alt that have a use, such as ``alt+b``; any other is Escape and
    that key. Bytes that are not UTF-8 are kept as surrogates (PEP 383), so that they can be echoed
    to a terminal of another encoding as they came.
    """

    def __init__(self, alt_keys: Collection[str] = ()) -> None:
        self._alt_keys = alt_keys
        self._incomplete = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    @property
    def timeout(self) -> float | None:
        """Seconds without a byte after which `flush` has to be called; None if never."""
        if self._incomplete or self._decoder.getstate()[0]:
            return ESCAPE_TIMEOUT if is_typed(self._incomplete) else SEQUENCE_TIMEOUT
        return None

    def feed(self, data: bytes) -> list[DecodedKey]:
        """Return the keys that these bytes complete."""
        data, self._incomplete = self._incomplete + data, b""
        keys: list[DecodedKey] = []
        position = 0
        while position < len(data):
            piece, end = piece_at(data, position)
            content, position = data[position:end], end
            if piece is Piece.TEXT:
                keys += _typed(self._decoder.decode(content))
                continue
            keys += _typed(self._decoder.decode(b"", final=True))
            if piece is Piece.INCOMPLETE:
                self._incomplete = shortened(content)
            elif piece is Piece.ESCAPE and (key := self._with_alt(data[end : end + 1])):
                keys.append(key)
                position += 1
            elif piece is not Piece.BROKEN:
                keys += _decoded([content])
        return keys

    def flush(self) -> list[DecodedKey]:
        """Return the keys that are complete because nothing followed."""
        data, self._incomplete = self._incomplete, b""
        text = self._decoder.decode(b"", final=True)
        return [*_typed(text), *_decoded(typed_pieces(data))]

    def _with_alt(self, data: bytes) -> DecodedKey | None:
        """Return the key of one byte after Escape as one with Alt, if it has a use."""
        key = decode_key(data) if data.isascii() else None
        name = f"alt+{key.name}" if key else ""
        return DecodedKey(name) if name in self._alt_keys else None


def _typed(text: str) -> list[DecodedKey]:
    return [DecodedKey(character, character) for character in text]


def _decoded(pieces: list[bytes]) -> list[DecodedKey]:
    return [*filter(None, map(decode_key, pieces))]
