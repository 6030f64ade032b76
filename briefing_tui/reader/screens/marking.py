"""A reader's own marks: stars, notes, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Path
from briefing_tui.reader.commands import key_name
from briefing_tui.reader.screens.base import ReaderBase
from briefing_tui.reader.screens.settling import Settling
from briefing_tui.reader.screens.unread import Unread
from briefing_tui.views.rows import Row
from briefing_tui.views.scene import Scene

if TYPE_CHECKING:
    from briefing_tui.marks.drafts import Draft
    from briefing_tui.marks.notebook import Notebook
    from briefing_tui.marks.standing import Standing


class Marking(Unread, Settling):
    """The commands that mark, and go to marks."""

    open_notebook: Callable[[Scene], Notebook] | None = None
    """Opens the marks on the briefing of a scene; without it they last as long as the session."""
    _notebook: Notebook | None = None
    _marked: Document | None = None
    """The document whose marks are open."""

    def __init__(self, scene: Scene, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(scene, keys)
        self._left_early: list[Row] | None = []
        """Rows that were left before the marks were open; nothing once they are."""

    def completed(self, scene: Scene) -> Scene:
        """With the marks, which the first picture need not wait for."""
        complete = super().completed(scene)
        if self.open_notebook is None:
            return complete  # there are no marks yet
        self._notebook = self._notebook or self._opened(complete)
        return msgspec.structs.replace(complete, marks=self._notebook.marks)

    async def _settle(self) -> None:
        """Count as read what was left meanwhile."""
        await super()._settle()
        early, self._left_early = self._left_early or [], None
        if self._notebook is None:
            return  # nothing is kept, or who was quick has quit already
        self._begin_reading()
        for row in early:
            self.was_read(row)

    def watch_scene(self) -> None:
        """Look at the marks anew where the briefing is another."""
        super().watch_scene()
        if self._notebook is not None and self.scene.document is not self._marked:
            self._notebook.save()
            self.call_after_refresh(self._open_marks)

    def on_unmount(self) -> None:
        """Keep what was read, and notes that could not be saved."""
        if self._notebook is not None:
            if self._under is not None:
                self.was_read(self._under)
            for problem in self._notebook.close():
                # The application is not imported here: it imports the screens.
                self.app.report(problem)  # type: ignore[attr-defined]

    @property
    def notebook(self) -> Notebook:
        """The marks on the briefing that is shown."""
        if self._notebook is None or self.scene.document is not self._marked:
            self._notebook = self._opened(self.scene)
        return self._notebook

    def _opened(self, scene: Scene) -> Notebook:
        from briefing_tui.marks.notebook import Notebook

        self._marked = scene.document
        notebook = (self.open_notebook or Notebook)(scene)
        if self._notebook is not None:
            notebook.take_over(self._notebook)
        return notebook

    @property
    def standing(self) -> Standing | None:
        """What lists tell of the reader and the briefing; nothing before its marks are open."""
        return self._notebook.standing if self._notebook is not None else None

    def mark_first(self) -> None:
        """Let the first picture have the marks already: it may begin at what only they show."""
        if self.open_notebook is not None:
            marked = msgspec.structs.replace(self.scene, marks=self.notebook.marks)
            self.set_reactive(ReaderBase.scene, marked)

    def action_star(self) -> None:
        """Star the entry of the row, or take its star away."""
        from briefing_tui.marks.changing import star

        path = self._markable()
        if path is not None:
            self._changed(star(self.notebook, path))

    def action_note(self) -> None:
        """Write a line about the entry of the row; a longer note goes to the editor."""
        draft = self._draft()
        if draft is None:
            return
        if "\n" in draft.text:
            self._edit(draft)
        else:
            self._write(draft)

    def action_edit_note(self) -> None:
        """Write about the entry of the row in the user's editor."""
        draft = self._draft()
        if draft is not None:
            self._edit(draft)

    def _draft(self) -> Draft | None:
        """Return the note on the entry of the row as the file has it now; say so if none can be."""
        path = self._markable()
        if path is None:
            return None
        if self.notebook.refresh():
            self._show_marks()
        return self.notebook.draft(path)

    def _write(self, draft: Draft, problem: str = "") -> None:
        """Ask for the text of a note, below the ``problem`` with the text that it had."""
        from briefing_tui.reader.screens.prompt import Prompt

        prompt = Prompt("Note", "what to remember; #words are tags", draft.text, problem)
        prompt.abandoned = partial(self._abandon, draft)
        self.app.push_screen(prompt, partial(self._noted, draft))

    def _edit(self, draft: Draft) -> None:
        from briefing_tui.marks.sidecar import SidecarError
        from briefing_tui.reader.editing import EditorError, discard, edited

        try:
            if not getattr(getattr(self.app, "settings", None), "editor", True):
                raise EditorError("The configuration does not let the reader start an editor")
            text, file = edited(self.app, draft.text)
        except EditorError as error:
            self.say(str(error))
            return
        try:
            self._save_note(draft, text)
        except SidecarError as error:
            # The path comes first: the end of the line may be cut.
            self.say(f"Your text is in {file}, not saved: {error}")
        else:
            discard(file)

    def was_read(self, row: Row) -> None:
        """Count a row as read, and show so."""
        if self._left_early is not None:
            self._left_early.append(row)
            return
        known = self._notebook
        if known is None or self.scene.document is not self._marked:
            return
        from briefing_tui.marks.changing import read

        if read(known, row):
            self._show_marks()

    def _open_marks(self) -> None:
        self._show_marks()
        self._begin_reading()

    def _begin_reading(self) -> None:
        self._under = self.row
        if self.notebook.warning:
            self.say(self.notebook.warning)

    def _show_marks(self) -> None:
        self.show(msgspec.structs.replace(self.scene, marks=self.notebook.marks))

    def _markable(self) -> Path | None:
        """Where the entry of the row stands; says so where there is none to mark."""
        from briefing_tui.marks.changing import NOTHING, markable

        path = markable(self.notebook, self.row)
        if path is None:
            self.say(NOTHING)
        return path

    def _noted(self, draft: Draft, text: str | None) -> None:
        """Save what was typed; what cannot be saved is asked for again."""
        from briefing_tui.marks.sidecar import SidecarError

        if text is None:
            if draft.unsaved:
                self.say(f"Not saved yet; {key_name(self.keys['note'][0])} offers your text again")
            return
        try:
            self._save_note(draft, text)
        except SidecarError as error:
            problem = f"Not saved: {error}"
            if text:
                self._write(msgspec.structs.replace(draft, unsaved=text), problem)
            else:
                self.say(problem)

    def _save_note(self, draft: Draft, text: str) -> None:
        """Set the note on an entry, unless it is as it was.

        Raises:
            SidecarError: it cannot be saved.
        """
        from briefing_tui.marks.changing import note

        if text == draft.saved:
            self.notebook.set_aside(draft, "")
        else:
            self._changed(note(self.notebook, draft, text))

    def _abandon(self, draft: Draft, text: str) -> None:
        """Hold what was typed when the program ends."""
        if text not in ("", draft.saved):
            self.notebook.set_aside(draft, text)

    def _changed(self, told: str) -> None:
        """Show the marks as they are now, and say what became of a change."""
        self._show_marks()
        self.say(told)
