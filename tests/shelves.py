"""Libraries for tests: the briefings of ``data/harbour``, and an index that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Refused
from briefing_tui.library.discovery import Roots
from briefing_tui.reader.desk import CannotReadError, Desk, Opened
from briefing_tui.reader.resuming import Opening

HARBOUR = Path(__file__).parent / "data" / "harbour"


def desk(
    paths: Iterable[Path] = (HARBOUR,),
    index_file: Path | None = None,
    saved: Mapping[str, str] = MappingProxyType({}),
    *,
    follow: bool = False,
) -> Desk:
    """A library that is indexed in this process."""
    return Desk(Roots.of(paths), index_file, read, saved, follow, processes=0)


def read(path: str) -> Opened:
    """A briefing of the library, read as if for the first time."""
    name = Path(path).name
    try:
        return Opened(load(read_bytes(Path(path)), name), Opening())
    except OSError as error:
        raise CannotReadError(f"{name}: {error.strerror}") from error
    except Refused as refused:
        raise CannotReadError(refused.problems[0].located(name)) from refused
