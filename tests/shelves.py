"""Libraries for tests: the briefings of ``data/harbour``, and an index that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Refused
from briefing_tui.cli.marking import notebook
from briefing_tui.library.discovery import Roots
from briefing_tui.marks.notebook import Notebook
from briefing_tui.reader.desk import CannotReadError, Desk, Opened
from briefing_tui.reader.resuming import Opening
from briefing_tui.settings import Settings
from briefing_tui.state import identity
from briefing_tui.views.scene import Scene, first_scene

HARBOUR = Path(__file__).parent / "data" / "harbour"


_BEFORE = {
    "ferry-order.yaml": ("headline: ", "headline: Perhaps "),
    "dredging.yaml": ("text: ", "text: It is said that "),
}
"""What of the harbour's briefings said something else before, and what."""
_MARKED = ("ferry-order.yaml", ("timeline", 0), "Ask the yard #verify")
"""A briefing with a star and a note, and where."""


def knows_harbour() -> None:
    """Let the reader have read some of the harbour's briefings, partly in older versions."""
    for path in sorted(HARBOUR.rglob("*.yaml")):
        if path.name in ("night-line.yaml", "unfinished.yaml"):
            continue
        now, then = _BEFORE.get(path.name, ("", ""))
        data = read_bytes(path).replace(now.encode(), then.encode()) if now else read_bytes(path)
        reads(str(path), data)
    path, where, note = HARBOUR / _MARKED[0], _MARKED[1], _MARKED[2]
    marks = read(str(path)).opening.notebook
    assert marks is not None
    opened = marks(first_scene(load(read_bytes(path), path.name)))
    opened.toggle_star(where)
    opened.write_note(opened.draft(where), note)


def reads(path: str, data: bytes) -> None:
    """Let the reader open a briefing that holds some bytes, and leave it."""
    scene = first_scene(load(data, Path(path).name))
    notebook(path, identity(path, ""), Settings(), scene, data)


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
    """A briefing of the library, at its beginning, with what is kept of the reader's own marks."""
    name = Path(path).name
    try:
        data = read_bytes(Path(path))

        def marks(scene: Scene) -> Notebook:
            return notebook(path, identity(path, ""), Settings(), scene, data)

        return Opened(load(data, name), Opening(notebook=marks), path=path)
    except OSError as error:
        raise CannotReadError(f"{name}: {error.strerror}") from error
    except Refused as refused:
        raise CannotReadError(refused.problems[0].located(name)) from refused
