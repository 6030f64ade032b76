"""A reader's own marks on one briefing, in one session: from files to the views and back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path as FilePath

import msgspec

from briefing_tui.annotations import read_state as reading
from briefing_tui.annotations.anchors import Anchor, Anchors, anchors
from briefing_tui.annotations.drafts import Draft, rescue
from briefing_tui.annotations.read_state import Difference, Jump, Seen
from briefing_tui.annotations.reading_status import Standing, standing_of
from briefing_tui.annotations.resolve import key_in, listed
from briefing_tui.annotations.sidecar import Marked, Sidecar, SidecarFile
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.text import clean
from briefing_tui.views.marks import Marks, RemovedEntry
from briefing_tui.views.scene import Scene

OF = "of "
"""Begins the line of a sidecar that tells which briefing it is about."""


class Notebook:
    """The marks on the briefing of a scene.

    Attributes:
        warning: Why marks cannot be read or kept, for the reader to say; empty where they can.
        unsaved: Notes that could not be saved, by the keys of their entries.
    """

    def __init__(
        self,
        scene: Scene,
        path: FilePath | None = None,
        seen_path: FilePath | None = None,
        of: str = "",
        digest: str = "",
        rescue_directory: FilePath | None = None,
    ) -> None:
        """Open the marks.

        Args:
            scene: The briefing.
            path: Its sidecar; nothing where marks are to last as long as the session.
            seen_path: Where it is kept what was read; nothing where it is not.
            of: What the sidecar is to call the briefing, where that does not stand beside it.
            rescue_directory: Where notes go that cannot be saved by the end.
            digest: Of the briefing's file, where it is known, so that lists need not read it again.
        """
        self._of, self._digest = of, digest
        self._rescue = rescue_directory
        self._scene, self._seen_path = scene, seen_path
        self._file = SidecarFile(path, private=bool(of))
        self.warning = self._file.error
        self.unsaved: dict[str, Draft] = {}
        known = self._recalled()
        if known is None and self._seen_path is None:
            # Nobody will ask whether anything of it was read.
            self._seen, self._difference = Seen(), Difference({}, ())
        else:
            self._seen = known or reading.first_seen(self._anchors)
            self._difference = reading.difference(self._seen, self._anchors)
        self._read: dict[str, Anchor] = {}
        self._gone: set[str] = set()
        self._jumps: dict[str, Jump] = {}
        if known is None:
            self.save()

    @cached_property
    def _anchors(self) -> Anchors:
        return anchors(self._scene)

    @property
    def marks(self) -> Marks:
        """The marks as the views show them."""
        found = list(listed(self._file.marks, self._anchors)) if self._file.marks else []
        there = {one.path: one for one in found if one.path is not None}
        orphans: list[RemovedEntry] = []
        for one in found:
            if one.path is None:
                orphans += [RemovedEntry(one.key, one.label, note) for note in one.notes or ("",)]
        news = self._difference.news
        return Marks(
            stars=frozenset(path for path, one in there.items() if one.star),
            notes={path: one.notes for path, one in there.items() if one.notes},
            outdated=frozenset(path for path, one in there.items() if one.changed),
            news={path: told for path, told in news.items() if not self._was_read(path)},
            withdrawn=tuple(one for one in self._difference.withdrawn if one.key not in self._gone),
            orphans=tuple(orphans),
        )

    @property
    def standing(self) -> Standing:
        """What a list tells of the briefing."""
        return standing_of([self._file.marks], opened=True, unread=self.marks.unread)

    @property
    def kept(self) -> bool:
        """Whether marks outlast the session."""
        return self._file.writable

    @property
    def jumps(self) -> dict[str, Jump]:
        """The jump marks by their letters."""
        return {**self._seen.jumps, **self._jumps}

    def refresh(self) -> bool:
        """Take up what other sessions saved; return whether stars or notes changed."""
        with contextlib.suppress(OSError):
            recalled = reading.recall(self._seen_path)
            self._seen.jumps = recalled.jumps if recalled is not None else self._seen.jumps
        return self._file.refresh()

    def toggle_star(self, path: EntryPath) -> bool:
        """Star an entry, or remove its star if it has one by now; return whether it has one then.

        Raises:
            SidecarError: it cannot be saved.
        """
        anchor = self._anchors.by_path[path]

        def toggled(marked: Marked) -> Marked:
            star = anchor.hash if marked.star is None else None
            return msgspec.structs.replace(marked, star=star)

        return self._change(anchor, toggled).star is not None

    def draft(self, path: EntryPath) -> Draft:
        """Return the note to write on an entry: the unsaved one, or what is saved of it."""
        anchor = self._anchors.by_path[path]
        return self.unsaved.get(anchor.key) or Draft(anchor, self._marked(anchor).notes)

    def write_note(self, draft: Draft, text: str) -> bool:
        """Save a note in the place of what its writer saw, or remove that if the text is empty.

        Returns:
            Whether another session wrote a note on the entry meanwhile; it stays.

        Raises:
            SidecarError: it cannot be saved; the text is among `unsaved` from then on.
        """
        anchor, text = draft.anchor, clean(text)[0].strip()
        others = False

        def written(marked: Marked) -> Marked:
            nonlocal others
            others = bool(draft.others(marked.notes, text))
            return msgspec.structs.replace(marked, notes=draft.merged(marked.notes, text))

        self.set_aside(draft, text)
        notes = self._change(anchor, written).notes
        if self.kept:
            self.unsaved.pop(anchor.key, None)
        else:
            self.set_aside(Draft(anchor, notes), text)
        return others

    def set_aside(self, draft: Draft, text: str) -> None:
        """Hold an unsaved text for its entry; without a file for marks no text is ever saved."""
        if text and self._file.path is not None:
            self.unsaved[draft.anchor.key] = msgspec.structs.replace(draft, unsaved=text)
        else:
            self.unsaved.pop(draft.anchor.key, None)

    def take_over(self, former: Notebook) -> None:
        """Go on with what an earlier notebook on the briefing has not saved."""
        self.unsaved.update(former.unsaved)
        self._jumps.update(former._jumps)
        if not self.kept:
            self._file.marks = former._file.marks

    def knows(self, path: EntryPath) -> bool:
        """Whether an entry can be marked."""
        return path in self._anchors.by_path

    def read(self, path: EntryPath) -> bool:
        """Count an entry as read; whether it was not before."""
        if path not in self._difference.news or self._was_read(path):
            return False
        anchor = self._anchors.by_path[path]
        self._read[anchor.key] = anchor
        return True

    def read_gone(self, key: str) -> bool:
        """Count a withdrawn entry as noticed; whether it was not before."""
        known = {one.key for one in self._difference.withdrawn}
        if key not in known or key in self._gone:
            return False
        self._gone.add(key)
        return True

    def set_jump(self, letter: str, jump: Jump) -> None:
        """Let a letter lead to a row, at once and in other sessions too."""
        self._jumps[letter] = jump
        self._save((), ())  # what goes wrong is told at the end, after another attempt

    def save(self) -> str:
        """Keep what was read; the result is what went wrong, or nothing."""
        replaced = {
            key
            for key in self._seen.entries
            if key not in self._anchors.by_key and self._is_replaced(key)
        }
        return self._save(self._read.values(), self._gone | replaced)

    def close(self) -> list[str]:
        """Save what was read, and unsaved notes in a file of their own; return what went wrong."""
        problems = [self.save()]
        if self.unsaved:
            title = self._scene.document.briefing.title
            problems.append(rescue(list(self.unsaved.values()), title, self._rescue))
            self.unsaved = {}
        return [problem for problem in problems if problem]

    def _save(self, read: Iterable[Anchor], gone: Iterable[str]) -> str:
        if self._seen_path is None:
            return ""
        content = self._digest, self._anchors
        try:
            saved = reading.keep(self._seen_path, self._seen, read, gone, self._jumps, content)
        except OSError as error:
            return f"what was read is not kept: {error.strerror}"
        self._seen.jumps, self._jumps = saved.jumps, {}
        return ""

    def _recalled(self) -> Seen | None:
        try:
            return reading.recall(self._seen_path)
        except reading.DamagedError:
            self.warning = "What was read before is damaged; what is new counts from now"
            return None
        except OSError as error:
            self.warning = f"What was read before cannot be read: {error.strerror}"
            self._seen_path = None
            return None

    def _was_read(self, path: EntryPath) -> bool:
        return self._anchors.by_path[path].key in self._read

    def _is_replaced(self, key: str) -> bool:
        """Whether an entry without an id changed, and the changed one was read."""
        heir = self._anchors.heir(key, self._seen.entries[key][1], set(self._seen.entries))
        return heir is not None and heir.key in self._read

    def _marked(self, anchor: Anchor) -> Marked:
        """Return the marks of an entry, as far as this session knows."""
        marks = self._file.marks
        return marks.get(key_in(marks, self._anchors, anchor), Marked())

    def _change(self, anchor: Anchor, edit: Callable[[Marked], Marked]) -> Marked:
        """Change the marks of an entry, as the file has them now; return the new ones."""

        def edited(marks: Sidecar) -> Sidecar:
            marked = edit(marks.pop(key_in(marks, self._anchors, anchor), Marked()))
            head = marks.get("", Marked())
            if self._of:
                others = (line for line in head.others if not line.startswith(OF))
                head = Marked(others=(f"{OF}{self._of}", *others))
            marked = msgspec.structs.replace(marked, label=anchor.label)
            return {**marks, "": head, anchor.key: marked}

        headings = {one.key: one.label for one in self._anchors.by_key.values()}
        self._file.change(edited, headings)
        return self._file.marks[anchor.key]
