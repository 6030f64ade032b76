"""The reader's own marks: stars, notes, jump marks, and what was not read yet."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from briefing_tui.briefing.text import shown
from briefing_tui.linear.place import Place, Question
from briefing_tui.marks import changing
from briefing_tui.marks.drafts import Draft
from briefing_tui.marks.notebook import Notebook
from briefing_tui.marks.seen import Jump
from briefing_tui.marks.sidecar import SidecarError
from briefing_tui.reader.history import Location
from briefing_tui.views import unread
from briefing_tui.views.marked import news_of
from briefing_tui.views.panes import PANES
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.spoken import aloud, sentences

NO_LETTER = "A mark is one letter, from a to z or from A to Z."


class Marking(Place):
    """The commands that mark, and go to marks; a row that is left was read."""

    def __init__(
        self, scene: Scene, keys: Mapping[str, tuple[str, ...]], notebook: Notebook
    ) -> None:
        self.notebook = notebook
        self._told: Row | None = None
        """The row that was told last, while it may be unread."""
        super().__init__(self._marked(scene), keys)

    def do_star(self) -> str:
        """Star the entry of the row, or take its star away."""
        path = changing.markable(self.notebook, self.row)
        if path is None:
            return f"{changing.NOTHING}."
        return self._changed(changing.star(self.notebook, path))

    def do_note(self) -> str:
        """Write a note on the entry of the row, or ask for one."""
        path = changing.markable(self.notebook, self.row)
        if path is None:
            return f"{changing.NOTHING}."
        if self.argument:
            return self._noted(self.notebook.draft(path), self.argument)
        if self.notebook.refresh():
            self.show(self._marked(self.scene))
        draft = self.notebook.draft(path)
        self.question = Question("Note: ", partial(self._answered, draft))
        text = shown(draft.text)
        if draft.unsaved:
            return f"Not saved yet: {text}\nEnter tries again, another takes its place, - drops it."
        if text:
            return f"Your note: {text}\nAnother takes its place, - takes it away, Enter leaves it."
        return "What to remember? Words with # are tags; Enter leaves it."

    def do_mark(self) -> str:
        """Set a jump mark on the row, by a letter."""
        if self.argument:
            return self._set_jump(self.argument)
        self.notebook.refresh()
        used = ", ".join(sorted(self.notebook.jumps))
        return self._ask_letter(
            self._set_jump, f"Letters in use: {used}." if used else "Any letter will do."
        )

    def do_jump(self) -> str:
        """Go to a jump mark, by its letter."""
        self.notebook.refresh()
        if self.argument:
            return self._jump(self.argument)
        if not self.notebook.jumps:
            return "No jump mark is set; mark and a letter set one, as in mark x."
        return self._ask_letter(self._jump, "\n".join(self._jumps()))

    def do_next_unread(self) -> str:
        """Go to the next unread row, also in the panes after and on later days."""
        return self._to_unread(back=False)

    def do_previous_unread(self) -> str:
        """Go to the unread row before, also in the panes before and on later days."""
        return self._to_unread(back=True)

    def arrived(self) -> None:
        """Count the row that was left as read."""
        left, self._told = self._told, self.row
        if left is not None and (self.row is None or self.row.key != left.key):
            self._read(left)

    def close(self) -> list[str]:
        """Keep what was read, with the row that was told last; return what went wrong."""
        if self._told is not None:
            changing.read(self.notebook, self._told)
        return self.notebook.close()

    def _marked(self, scene: Scene) -> Scene:
        return msgspec.structs.replace(scene, marks=self.notebook.marks)

    def _read(self, row: Row) -> None:
        if changing.read(self.notebook, row):
            self.show(self._marked(self.scene))

    def _changed(self, told: str) -> str:
        """Show the marks as they are now; the result is what became of a change."""
        self.show(self._marked(self.scene))
        return sentences([shown(told)])

    def _answered(self, draft: Draft, typed: str) -> str:
        """Save what was typed at the prompt; Enter alone saves what was not saved before."""
        if not typed and not draft.unsaved:
            return f"Still in {self.position}."
        if typed == "-" and draft.unsaved:
            self.notebook.set_aside(draft, "")
            return f"Dropped. Your note stays: {shown(draft.saved)}" if draft.saved else "Dropped."
        return self._noted(draft, typed or draft.unsaved)

    def _noted(self, draft: Draft, typed: str) -> str:
        text = "" if typed == "-" else typed
        if not text and not draft.saved:
            self.notebook.set_aside(draft, "")
            return "Dropped." if draft.unsaved else "There is no note to take away here."
        try:
            told = self._changed(changing.note(self.notebook, draft, text))
        except SidecarError as error:
            told = sentences([shown(f"Not saved: {error}")])
            return f"{told} Your text is still here: note and Enter tries again." if text else told
        before = shown(draft.text)
        return f"{told} Before: {before}" if before not in ("", shown(text)) else told

    def _ask_letter(self, take: Callable[[str], str], told: str) -> str:
        def taken(typed: str) -> str | None:
            if not typed:
                return f"Still in {self.position}."
            return take(typed) if len(typed) == 1 else None

        self.question = Question("Letter: ", taken)
        return f"{told}\nEnter leaves it."

    def _jumps(self) -> Iterator[str]:
        """The jump marks and where they lead."""
        for letter, jump in sorted(self.notebook.jumps.items()):
            place = self._place(jump)
            rows = self.views[place.pane].rows if place else ()
            said = next((aloud(plain(row.body)) for row in rows if row.key == jump.key), "")
            where = self.views[place.pane].title if place else "not shown now"
            yield sentences([f"Mark {letter}: {where}" + (f", {said}" if said else "")])

    def _place(self, jump: Jump) -> Location | None:
        panes = [pane for pane, spec in enumerate(PANES) if spec.name == jump.pane]
        if panes and not jump.key:
            return Location(panes[0], "")
        return self.find(jump.key, *panes)

    def _set_jump(self, letter: str) -> str:
        if not _is_letter(letter):
            return NO_LETTER
        here = self.here
        self.notebook.set_jump(letter, Jump(PANES[here.pane].name, here.key))
        return f"Mark {letter} is set; jump {letter} returns here."

    def _jump(self, letter: str) -> str:
        if not _is_letter(letter):
            return NO_LETTER
        jump = self.notebook.jumps.get(letter)
        if jump is None:
            return f"There is no mark {letter}."
        place = self._place(jump)
        if place is None:
            return f"Mark {letter} is not shown now."
        self.history.left(self.here)
        return self.go(place)

    def _to_unread(self, *, back: bool) -> str:
        here, left = unread.Place(self.pane, self.cursors[self.pane]), self.row
        was_unread = left is not None and bool(news_of(self.scene, left))
        if left is not None:
            self._read(left)
        key = left.key if left is not None else ""
        place = unread.next_unread(self.scene, self.views, here, key, back=back)
        if place is not None:
            self.history.left(self.here)
            return self._visit_unread(place, "")
        later = unread.later_unread(self.scene)
        if later is not None:
            self.show(later)
            found = unread.unread_rows(self.scene, self.views)
            if found:
                return self._visit_unread(found[-1 if back else 0], unread.told_day(later.as_of))
        said = unread.told_hidden(self.scene) or unread.told_none(was_unread=was_unread)
        return f"{said}." if self.here.key == key else f"{said}.\n{self.told(-1)}"

    def _visit_unread(self, place: unread.Place, when: str) -> str:
        view, marks = self.views[place.pane], self.scene.marks
        row = view.rows[place.row]
        count = unread.told_count(marks.unread if marks else 0)
        parts = [news_of(self.scene, row), f"in {view.title}", when, count]
        said = sentences([aloud(", ".join(filter(None, parts)))])
        return f"{said}\n{self.go(Location(place.pane, row.key))}"


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text in string.ascii_letters
