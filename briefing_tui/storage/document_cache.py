"""Cache of compiled briefings, so that opening a briefing without errors again needs no YAML.

A compiled briefing is named by the hash of its file's bytes and of the program's version, so that
it is never out of date. If the directory cannot be written, nothing is cached.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from briefing_tui import __version__
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document, read_bytes
from briefing_tui.briefing.model import Briefing, Event
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.storage.atomic_write import replace
from briefing_tui.storage.file_permissions import make_private, require_trusted

MAX_BRIEFINGS = 64
"""Number of briefings in the cache; the least recently used ones are removed first."""

MAX_COMPILED = 64 * 1024 * 1024
"""Bytes of a compiled briefing; a larger file is not one."""

TextsOf = Callable[[Briefing], dict[str, str]]
"""Returns the attached texts of a briefing's sources, by their ids."""


def encode(briefing: Briefing) -> bytes:
    """Compile a briefing."""
    return msgspec.msgpack.encode(briefing, enc_hook=str)


def decode(data: bytes, ids: Collection[str] = ()) -> Briefing:
    """Return a compiled briefing; if ``ids`` are passed, only the events that may involve them.

    Raises:
        ValueError: the bytes are not a briefing of this version.
    """
    try:
        if not ids:
            return _BRIEFING.decode(data)
        # A dossier reads thousands of briefings, and few events of each.
        outlines, event_decoder = _outline_decoders()
        outline = outlines.decode(data)
        needles = [id_.encode() for id_ in ids]
        events = map(bytes, outline.timeline)
        relevant = [event for event in events if any(needle in event for needle in needles)]
        timeline = tuple(map(event_decoder.decode, relevant))
        briefing: Briefing = msgspec.structs.replace(outline, timeline=timeline)
        return briefing
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def _parse(kind: type[Edtf | Quantity], text: str) -> Edtf | Quantity:
    return kind.parse(text)


_BRIEFING = msgspec.msgpack.Decoder(Briefing, dec_hook=_parse)


@cache
def _outline_decoders() -> tuple[msgspec.msgpack.Decoder[Any], msgspec.msgpack.Decoder[Event]]:
    """Return decoders of a briefing whose events are left as they are, and of one event."""

    class Outline(Briefing, frozen=True, kw_only=True):
        timeline: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment]

    outlines = msgspec.msgpack.Decoder(Outline, dec_hook=_parse)
    return outlines, msgspec.msgpack.Decoder(Event, dec_hook=_parse)


def open_document(
    directory: Path | None, data: bytes, name: str, texts_of: TextsOf = lambda _: {}
) -> Document:
    """Return the document of a file, from the cache or parsed, with its attached texts.

    With attached texts, only a cached document is used that was checked against the same texts, and
    never one that others could have written.

    Raises:
        UnreadableFileError: the file is not a briefing.
    """
    path = _path(directory, data)
    if path is not None:
        with contextlib.suppress(OSError, ValueError):
            briefing = decode(read_bytes(path, MAX_COMPILED, check=require_trusted))
            os.utime(path)
            texts = texts_of(briefing)
            if not texts or _checked_with(path, briefing, texts).exists():
                return Document(name, briefing, (), (), None, texts)
    from briefing_tui.briefing.load import load as parse

    document = parse(data, name)
    return msgspec.structs.replace(document, texts=texts_of(document.briefing))


def save(directory: Path | None, data: bytes, document: Document) -> None:
    """Cache a document without errors, unless it comes from the cache."""
    path = _path(directory, data)
    if path is None or document.root is None:
        return
    with contextlib.suppress(OSError):
        make_private(path.parent)
        replace(path, encode(document.briefing))
        if document.texts:
            _checked_with(path, document.briefing, document.texts).touch(0o600)
        _remove_oldest(path.parent)


def _path(directory: Path | None, data: bytes) -> Path | None:
    if directory is None:
        return None
    digest = hashlib.sha256(__version__.encode() + b"\0" + data).hexdigest()
    return directory / f"{digest}.briefing"


def _checked_with(path: Path, briefing: Briefing, texts: Mapping[str, str]) -> Path:
    """Return the file that exists if a compiled briefing was checked against these texts."""
    sources = (briefing.sources.get(name) for name in sorted(texts))
    hashes = "".join(source.text.sha256 for source in sources if source and source.text)
    return path.with_suffix(f".{hashlib.sha256(hashes.encode()).hexdigest()[:16]}.beside")


def _remove_oldest(directory: Path) -> None:
    paths = sorted(directory.glob("*.briefing"), key=lambda path: -path.lstat().st_mtime)
    for path in paths[MAX_BRIEFINGS:]:
        for file in (path, *directory.glob(f"{path.stem}.*.beside")):
            with contextlib.suppress(OSError):
                file.unlink()
