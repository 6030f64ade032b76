"""Briefings without a mistake, kept compiled, so that opening one again needs no YAML.

A compiled briefing is named by the hash of its bytes and of the program's version: it can never be
out of date, and a file that changes by one character is read anew. The directory can be deleted at
any time; where it cannot be written, nothing is kept and nobody is told.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from briefing_tui import __version__
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Briefing

KEPT = 64
"""How many are kept; the ones not used for longest go first."""


TextsOf = Callable[[Briefing], dict[str, str]]
"""Gives the attached texts of a briefing's sources, by their ids."""


def _no_texts(_: Briefing) -> dict[str, str]:
    return {}


def recall(
    directory: Path | None, data: bytes, name: str, texts_of: TextsOf = _no_texts
) -> Document | None:
    """The document of a file that was found without a mistake before, by its bytes.

    With texts attached, it must have been without a mistake beside these too.
    """
    path = _path(directory, data)
    if path is None:
        return None
    try:
        compiled = path.read_bytes()
        os.utime(path)
        briefing = msgspec.msgpack.decode(compiled, type=Briefing, dec_hook=_date)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    texts = texts_of(briefing)
    if texts and not _checked_beside(path, briefing, texts).exists():
        return None
    return Document(name, briefing, (), (), None, texts)


def open_document(
    directory: Path | None, data: bytes, name: str, texts_of: TextsOf = _no_texts
) -> Document:
    """The document of a file, recalled or read, with the texts attached to it.

    Raises:
        Refused: the file is no briefing at all.
    """
    found = recall(directory, data, name, texts_of)
    if found is not None:
        return found
    from briefing_tui.briefing.load import load

    document = load(data, name)
    return msgspec.structs.replace(document, texts=texts_of(document.briefing))


def keep(directory: Path | None, data: bytes, document: Document) -> None:
    """Keep a document in which checking found no mistake, unless it was recalled itself."""
    path = _path(directory, data)
    if path is None or document.root is None:
        return
    from briefing_tui.storage.atomic_write import (
        replace,  # what recalls a briefing need not wait for it
    )

    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace(path, msgspec.msgpack.encode(document.briefing, enc_hook=str), 0o666)
        if document.texts:
            _checked_beside(path, document.briefing, document.texts).touch()
        _tidy(path.parent)


def _path(directory: Path | None, data: bytes) -> Path | None:
    if directory is None:
        return None
    digest = hashlib.sha256(__version__.encode() + b"\0" + data).hexdigest()
    return directory / f"{digest}.briefing"


def _checked_beside(path: Path, briefing: Briefing, texts: Mapping[str, str]) -> Path:
    """What stands beside a compiled briefing once it was checked against texts, by their hashes."""
    known = [briefing.sources[name].text for name in sorted(texts) if name in briefing.sources]
    hashes = "".join(text.sha256 for text in known if text is not None)
    return path.with_suffix(f".{hashlib.sha256(hashes.encode()).hexdigest()[:16]}.beside")


def _date(kind: type, value: object) -> object:
    if kind is Edtf and isinstance(value, str):
        return Edtf.parse(value)
    raise NotImplementedError


def _tidy(directory: Path) -> None:
    found = sorted(directory.glob("*.briefing"), key=lambda one: one.stat().st_mtime, reverse=True)
    for path in found[KEPT:]:
        for one in (path, *directory.glob(f"{path.stem}.*.beside")):
            one.unlink(missing_ok=True)
