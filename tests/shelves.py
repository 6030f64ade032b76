"""Libraries for tests: the briefings of ``data/harbour``, and an index that nobody keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from briefing_tui.annotations.session_annotations import Annotations, annotations_of
from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.library.discovery import Roots
from briefing_tui.library.workspace import Workspace
from briefing_tui.settings.options import Settings
from briefing_tui.storage.per_briefing_files import identity
from briefing_tui.views.scene import Scene, unchecked_scene
from tests.places import directories

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
    opened = annotations_in(str(path), unchecked_scene(load(read_bytes(path), path.name)))
    opened.toggle_star(where)
    opened.write_note(opened.draft(where), note)


def annotations_in(path: str, scene: Scene) -> Annotations:
    """The reader's annotations of a briefing."""
    data = read_bytes(Path(path))
    return annotations_of(directories(), path, identity(path, ""), Settings(), scene, data)


def reads(path: str, data: bytes) -> None:
    """Let the reader open a briefing that holds some bytes, and leave it."""
    scene = unchecked_scene(load(data, Path(path).name))
    annotations_of(directories(), path, identity(path, ""), Settings(), scene, data)


def desk(
    paths: Iterable[Path] = (HARBOUR,),
    index_file: Path | None = None,
    saved: Mapping[str, str] = MappingProxyType({}),
    *,
    follow: bool = False,
) -> Workspace:
    """A library that is indexed in this process."""
    return Workspace(
        Roots.of(paths), index_file, saved, follow, processes=0, directories=directories()
    )
