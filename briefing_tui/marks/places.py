"""Where marks and what was read are kept."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from briefing_tui.attachments import data_dir
from briefing_tui.state import state_dir

SUFFIX = ".marks"

__all__ = ["SUFFIX", "data_dir", "seen_file", "sidecar_of"]


def sidecar_of(file: str | None, identity: str, *, beside: bool) -> Path | None:
    """The sidecar of a briefing; nothing where none can be kept.

    Args:
        file: Path of the briefing, ``-`` for standard input, or nothing for the bundled one.
        identity: What the briefing is called from one session to the next.
        beside: Whether it stands beside the briefing, where it has a file.
    """
    if beside and file is not None and file != "-":
        path = Path(file).resolve()
        return path.with_name(path.name + SUFFIX)
    directory = data_dir()
    if directory is None or file == "-":
        return None
    stem = re.sub(r"[^\w.-]", "_", Path(file).stem if file else "bundled")[:60]
    return directory / "marks" / f"{stem}-{_digest(identity)[:12]}{SUFFIX}"


def seen_file(identity: str) -> Path | None:
    """Where it is kept what was read of a briefing; nothing where nothing is kept."""
    directory = state_dir()
    return directory / f"{_digest(identity)}.read.json" if directory else None


def _digest(identity: str) -> str:
    return hashlib.sha256(os.fsencode(identity)).hexdigest()[:32]
