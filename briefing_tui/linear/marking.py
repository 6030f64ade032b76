"""The reader's own marks: stars, notes, jump marks, and what was not read yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from briefing_tui.briefing.problems import Path
from briefing_tui.briefing.text import shown
from briefing_tui.linear.place import Place, Question
from briefing_tui.marks import changing
from briefing_tui.marks.notebook import Notebook
from briefing_tui.marks.seen import LETTERS, Jump
from briefing_tui.reader.history import Location
from briefing_tui.views import unread
from briefing_tui.views.marked import news_of
from briefing_tui.views.panes import PANES, find_row
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
            return self._noted(path, self.argument)
        known = shown(self.notebook.note_on(path))
        self.question = Question("Note: ", partial(self._noted, path))
        if known:
            told = f"Your note: {known}"
            return f"{told}\nAnother takes its place, - takes it away, Enter leaves it."
        return "What to remember? Words with # are tags; Enter leaves it."

    def do_mark(self) -> str:
        """Set a jump mark on the row, by a letter."""
        if self.row is None:
            return f"{changing.NO_ROW}."
        if self.argument:
            return self._set_jump(self.argument)
        used = ", ".join(sorted(self.notebook.jumps))
        return self._ask_letter(
            self._set_jump, f"Letters in use: {used}." if used else "Any letter will do."
        )

    def do_jump(self) -> str:
        """Go to a jump mark, by its letter."""
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

    def close(self) -> str:
        """Keep what was read, with the row that was told last; the result is what went wrong."""
        if self._told is not None:
            changing.read(self.notebook, self._told)
        return self.notebook.save()

    def _marked(self, scene: Scene) -> Scene:
        return msgspec.structs.replace(scene, marks=self.notebook.marks)

    def _read(self, row: Row) -> None:
        if changing.read(self.notebook, row):
            self.show(self._marked(self.scene))

    def _changed(self, told: str) -> str:
        """Show the marks as they are now; the result is what became of a change."""
        self.show(self._marked(self.scene))
        return sentences([shown(told)])

    def _noted(self, path: Path, typed: str) -> str:
        before = shown(self.notebook.note_on(path))
        if not typed:
            return f"Still in {self.position}."
        if typed == "-" and not before:
            return "There is no note to take away here."
        told = self._changed(changing.note(self.notebook, path, "" if typed == "-" else typed))
        after = shown(self.notebook.note_on(path))
        return f"{told} Before: {before}" if before not in ("", after) else told

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
            match = find_row(self.views, jump.key, jump.pane)
            if match is None:
                yield f"Mark {letter}: not shown now."
                continue
            pane, row = match
            parts = [self.views[pane].title, aloud(plain(row.body))]
            yield sentences([f"Mark {letter}: {', '.join(filter(None, parts))}"])

    def _set_jump(self, letter: str) -> str:
        if not _is_letter(letter):
            return NO_LETTER
        if self.row is None:
            return f"{changing.NO_ROW}."
        self.notebook.set_jump(letter, Jump(PANES[self.pane].name, self.row.key))
        return f"Mark {letter} is set; jump {letter} returns here."

    def _jump(self, letter: str) -> str:
        if not _is_letter(letter):
            return NO_LETTER
        jump = self.notebook.jumps.get(letter)
        if jump is None:
            return f"There is no mark {letter}."
        place = self.find(jump.key, jump.pane)
        if place is None:
            return f"Mark {letter} is not shown now."
        self.history.left(self.here)
        return self.go(place)

    def _to_unread(self, *, back: bool) -> str:
        here, left = unread.Place(self.pane, self.cursors[self.pane]), self.row
        was_unread = left is not None and bool(news_of(self.scene, left))
        if left is not None:
            self._read(left)
        key = left.key if left is not None else None
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
    return len(text) == 1 and text in LETTERS
