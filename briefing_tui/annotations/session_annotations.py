"""The annotations and read state of one briefing in one session, read from files and saved."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path as FilePath

import msgspec

from briefing_tui.annotations import read_state, sidecar
from briefing_tui.annotations.anchors import Anchor, Anchors, anchors, resolve_marks, stored_key
from briefing_tui.annotations.drafts import Draft, rescue
from briefing_tui.annotations.read_state import Content, Difference, Jump, ReadingStatus, ReadState
from briefing_tui.annotations.record_finder import is_current, reattach
from briefing_tui.annotations.sidecar import Marked, Sidecar
from briefing_tui.briefing.document import digest as digest_of
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.terminal_text import clean
from briefing_tui.settings.options import Settings
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.json_record import DamagedRecordError
from briefing_tui.storage.per_briefing_files import read_state_file, sidecar_file
from briefing_tui.views.scene import Marks, RemovedEntry, Scene


class Annotations:
    """A reader's stars, notes, jump marks and read state of the briefing of a scene.

    Attributes:
        warning: Why annotations cannot be read or saved; empty if they can.
        unsaved: Notes that could not be saved, by the keys of their entries.
    """

    def __init__(
        self,
        scene: Scene,
        path: FilePath | None = None,
        read_state_path: FilePath | None = None,
        subject: str = "",
        digest: str = "",
        rescue_directory: FilePath | None = None,
        *,
        identity: str = "",
        warning: str = "",
        state: ReadState | None = None,
    ) -> None:
        """Open the annotations.

        Args:
            scene: The briefing.
            path: Its sidecar; None if marks last as long as the session.
            read_state_path: The file of the read state; None if that is not saved.
            subject: Identity of the briefing, to write into a sidecar that is not next to it.
            digest: Of the briefing's file, for lists to recognize the content; empty if unknown.
            rescue_directory: Directory for notes that cannot be saved by the end.
            identity: Of the briefing, to find the read state again if the file is renamed.
            warning: What the reader should know already.
            state: What was read before, if there is no file of it.
        """
        self._subject, self._digest, self._identity = subject, digest, identity
        self._rescue_directory = rescue_directory
        self._scene, self._read_state_path = scene, read_state_path
        self.warning = warning
        self._has_sidecar = path is not None
        self._sidecar_path = path
        self._sidecar: Sidecar = {}
        try:
            self._sidecar = sidecar.read(path) if path is not None else {}
        except sidecar.SidecarError as error:
            # The file is left alone: marks last as long as the session.
            self.warning, self._sidecar_path = str(error), None
        self.unsaved: dict[str, Draft] = {}
        state = state or self._load()
        if state is None and self._read_state_path is None:
            # Nothing is unread, or will be.
            self._state, self._difference = ReadState(), Difference({}, ())
        else:
            self._state = state or read_state.all_read(self._anchors)
            self._difference = read_state.difference(self._state, self._anchors)
        self._read: dict[str, Anchor] = {}
        self._read_removals: set[str] = set()
        self._jumps: dict[str, Jump] = {}
        if state is None:
            self.save()

    @cached_property
    def _anchors(self) -> Anchors:
        return anchors(self._scene)

    @property
    def _content(self) -> Content:
        title = self._scene.document.briefing.title
        return Content(self._identity, title, self._digest, self._anchors)

    @property
    def marks(self) -> Marks:
        """The annotations and unread entries for the views."""
        resolved = list(resolve_marks(self._sidecar, self._anchors)) if self._sidecar else []
        by_path = {entry.path: entry for entry in resolved if entry.path is not None}
        news, withdrawn = self._difference.news, self._difference.withdrawn
        return Marks(
            stars=frozenset(path for path, entry in by_path.items() if entry.star),
            notes={path: entry.notes for path, entry in by_path.items() if entry.notes},
            outdated=frozenset(path for path, entry in by_path.items() if entry.changed),
            news={path: change for path, change in news.items() if not self._was_read(path)},
            withdrawn=tuple(entry for entry in withdrawn if entry.key not in self._read_removals),
            orphans=tuple(
                RemovedEntry(entry.key, entry.label, note)
                for entry in resolved
                if entry.path is None
                for note in entry.notes or ("",)
            ),
        )

    @property
    def status(self) -> ReadingStatus:
        """The reading status for lists."""
        return read_state.reading_status([self._sidecar], opened=True, unread=self.marks.unread)

    @property
    def is_saved(self) -> bool:
        """Whether marks outlast the session."""
        return self._sidecar_path is not None

    @property
    def jumps(self) -> dict[str, Jump]:
        """The jump marks by their letters."""
        return {**self._state.jumps, **self._jumps}

    def refresh(self) -> bool:
        """Read what other sessions saved; return whether stars or notes changed."""
        with contextlib.suppress(OSError):
            stored = read_state.load(self._read_state_path)
            self._state.jumps = stored.jumps if stored is not None else self._state.jumps
        former = self._sidecar
        if self._sidecar_path is not None:
            with contextlib.suppress(sidecar.SidecarError):  # the next change reports it
                self._sidecar = sidecar.read(self._sidecar_path)
        return sidecar.marked_entries(self._sidecar) != sidecar.marked_entries(former)

    def toggle_star(self, path: EntryPath) -> bool:
        """Star an entry, or unstar it if it has a star by now; return whether it has one then.

        Raises:
            SidecarError: it cannot be saved.
        """
        anchor = self._anchors.by_path[path]

        def toggled(marked: Marked) -> Marked:
            star = anchor.hash if marked.star is None else None
            return msgspec.structs.replace(marked, star=star)

        return self._change(anchor, toggled).star is not None

    def draft(self, path: EntryPath) -> Draft:
        """Return the draft of the note on an entry: the unsaved one, or one of the saved note."""
        anchor = self._anchors.by_path[path]
        return self.unsaved.get(anchor.key) or Draft(anchor, self._marked(anchor).notes)

    def write_note(self, draft: Draft, text: str) -> bool:
        """Save a note in place of those that its draft replaces, or remove these if it is empty.

        Returns:
            Whether another session wrote a note on the entry meanwhile; it stays.

        Raises:
            SidecarError: it cannot be saved; the text is among `unsaved` from then on.
        """
        anchor, text = draft.anchor, clean(text)[0].strip()
        has_others = False

        def written(marked: Marked) -> Marked:
            nonlocal has_others
            has_others = bool(draft.others(marked.notes, text))
            return msgspec.structs.replace(marked, notes=draft.merged(marked.notes, text))

        self.set_aside(draft, text)
        notes = self._change(anchor, written).notes
        if self.is_saved:
            self.unsaved.pop(anchor.key, None)
        else:
            self.set_aside(Draft(anchor, notes), text)
        return has_others

    def set_aside(self, draft: Draft, text: str) -> None:
        """Hold an unsaved text for its entry; without a sidecar no text is ever saved."""
        if text and self._has_sidecar:
            self.unsaved[draft.anchor.key] = msgspec.structs.replace(draft, unsaved=text)
        else:
            self.unsaved.pop(draft.anchor.key, None)

    def take_over(self, former: Annotations) -> None:
        """Continue with the unsaved changes of earlier annotations of the briefing."""
        self.unsaved.update(former.unsaved)
        self._jumps.update(former._jumps)
        if not self.is_saved:
            self._sidecar = former._sidecar

    def can_mark(self, path: EntryPath) -> bool:
        """Return whether an entry can be marked."""
        return path in self._anchors.by_path

    def mark_read(self, path: EntryPath) -> bool:
        """Mark an entry as read; return whether it was unread."""
        if path not in self._difference.news or self._was_read(path):
            return False
        anchor = self._anchors.by_path[path]
        self._read[anchor.key] = anchor
        return True

    def mark_removal_read(self, key: str) -> bool:
        """Mark the removal of an entry as read; return whether it was unread."""
        removed = {entry.key for entry in self._difference.withdrawn}
        if key not in removed or key in self._read_removals:
            return False
        self._read_removals.add(key)
        return True

    def set_jump(self, letter: str, jump: Jump) -> str:
        """Set a jump mark, at once and in other sessions too.

        Returns:
            Why it could not be saved, empty if it was. The end of the session tries again.
        """
        self._jumps[letter] = jump
        return self._save((), ())

    def save(self) -> str:
        """Save what was read; return why it could not be saved, empty if it was."""
        former_keys = self._state.entries.keys() - self._anchors.by_key.keys()
        replaced = set(filter(self._is_replaced, former_keys))
        return self._save(self._read.values(), self._read_removals | replaced)

    def close(self) -> list[str]:
        """Save what was read, and unsaved notes in a file of their own; return what went wrong."""
        problem = self.save()
        problems = [f"what was read is not saved: {problem}" if problem else ""]
        if self.unsaved:
            title = self._scene.document.briefing.title
            problems.append(rescue(list(self.unsaved.values()), title, self._rescue_directory))
            self.unsaved = {}
        return [problem for problem in problems if problem]

    def _save(self, read: Iterable[Anchor], removed: Iterable[str]) -> str:
        path = self._read_state_path
        if path is None:
            return ""
        try:
            stored = read_state.save(path, self._state, read, removed, self._jumps, self._content)
        except OSError as error:
            return error.strerror or str(error)
        self._state.jumps, self._jumps = stored.jumps, {}
        return ""

    def _load(self) -> ReadState | None:
        try:
            return read_state.load(self._read_state_path)
        except DamagedRecordError:
            self.warning = "What was read before is damaged; what is new counts from now"
        except OSError as error:
            self.warning = f"What was read before cannot be read: {error.strerror}"
            self._read_state_path = None
        return None

    def _was_read(self, path: EntryPath) -> bool:
        return self._anchors.by_path[path].key in self._read

    def _is_replaced(self, key: str) -> bool:
        """Return whether an entry without an id changed, and the changed one was read."""
        label = self._state.entries[key][1]
        anchor = self._anchors.resolve(key, label, set(self._state.entries))
        return anchor is not None and anchor.key in self._read

    def _marked(self, anchor: Anchor) -> Marked:
        """Return the marks of an entry, as this session last read them."""
        key = stored_key(self._sidecar, self._anchors, anchor)
        return self._sidecar.get(key, Marked())

    def _change(self, anchor: Anchor, edit: Callable[[Marked], Marked]) -> Marked:
        """Change the marks of an entry, as the file has them now; return the new ones."""

        def edited(marks: Sidecar) -> Sidecar:
            marked = edit(marks.pop(stored_key(marks, self._anchors, anchor), Marked()))
            marks = sidecar.with_subject(marks, self._subject) if self._subject else marks
            return {**marks, anchor.key: msgspec.structs.replace(marked, label=anchor.label)}

        if self._sidecar_path is not None:
            path, is_private = self._sidecar_path, bool(self._subject)
            headings = {entry.key: entry.label for entry in self._anchors.by_key.values()}
            self._sidecar = sidecar.change(path, edited, headings, private=is_private)
        else:
            self._sidecar = edited(dict(self._sidecar))
        return self._sidecar[anchor.key]


def annotations_of(
    directories: Directories,
    file: str | None,
    identity: str,
    settings: Settings,
    scene: Scene,
    data: bytes = b"",
) -> Annotations:
    """Open the annotations of a briefing where the settings say they are stored.

    Lists of a library recognize the content by a hash of ``data``, the bytes of the file.
    """
    digest, warning, path = digest_of(data).hex() if data else "", "", None
    if digest and not is_current(directories, identity, digest):
        content = Content(identity, scene.document.briefing.title, digest, anchors(scene))
        warning = reattach(directories, content, sidecars=settings.keeps_marks)
    if settings.keeps_marks:
        is_beside = settings.marks == "beside"
        path = sidecar_file(directories.data, file, identity, beside=is_beside)
    is_beside = path is not None and path.parent == FilePath(os.path.realpath(file or "")).parent
    return Annotations(
        scene,
        path,
        read_state_file(directories.state, identity),
        "" if is_beside else identity,
        digest,
        directories.state,
        identity=identity,
        warning=warning,
    )


def diff_annotations(scene: Scene, former: Scene) -> Annotations:
    """Return annotations for one session in which all of another version is read."""
    return Annotations(scene, state=read_state.all_read(anchors(former)))
