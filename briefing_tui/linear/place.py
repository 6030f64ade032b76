"""Where the reader is, and how that is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from briefing_tui.briefing.dates import Edtf, words_long
from briefing_tui.reader.chrome import focused, news, problems, unread
from briefing_tui.reader.history import History, Location
from briefing_tui.views.marked import news_of
from briefing_tui.views.panes import PANES, find_row
from briefing_tui.views.rows import Link, Row, View, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.spoken import aloud, heading, label_of, row_aloud, sentences

CHOICES = 9
"""How many choices are read at once."""


class Question(NamedTuple):
    """Something that was asked; the next line answers it."""

    prompt: str
    take: Callable[[str], str | None]
    """What an answer leads to; nothing where it is no answer but a command."""


class Place:
    """The scene, the row of each pane, and what waits to be read or answered."""

    def __init__(self, scene: Scene, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.keys = keys
        self.pane = 0
        self.history = History()
        self.question: Question | None = None
        self.rest: list[str] = []
        """What Enter reads next, last first."""
        self.done = False
        self.count = 0
        self.argument = ""
        self.scene = scene
        self.views: tuple[View, ...] = ()
        self.cursors = [-1] * len(PANES)
        """Position of the current row of each pane; -1 where it has none."""
        self.show(scene)

    def show(self, scene: Scene) -> None:
        """Read another scene; every pane keeps its row where it is still there."""
        views = tuple(pane.view(scene) for pane in PANES)
        cursors: list[int] = []
        for pane, view in enumerate(views):
            key = self.key_in(pane) if self.views else view.start
            there = [at for at, row in enumerate(view.rows) if row.key == key]
            cursors.append(nearest(view.rows, there[0] if there else self.cursors[pane]))
        # Together: a signal may end the session at any call, and where it was is kept then.
        self.scene, self.views, self.cursors = scene, views, cursors

    @property
    def view(self) -> View:
        """The pane that is read."""
        return self.views[self.pane]

    @property
    def row(self) -> Row | None:
        """The current row."""
        at = self.cursors[self.pane]
        return self.view.rows[at] if at >= 0 else None

    @property
    def here(self) -> Location:
        """Where the reader is."""
        return Location(self.pane, self.key_in(self.pane))

    @property
    def stops(self) -> list[int]:
        """Positions of the rows of the pane that can be stopped at."""
        return [at for at, row in enumerate(self.view.rows) if row.selectable]

    @property
    def position(self) -> str:
        """``Timeline, row 3 of 12``."""
        stops = self.stops
        if not stops:
            return self.view.title
        return f"{self.view.title}, row {self._number(stops)} of {len(stops)}"

    @property
    def day(self) -> str:
        """``As of Wednesday 9 January 2019``."""
        return f"As of {aloud(words_long(Edtf.parse(self.scene.as_of.isoformat())))}"

    @property
    def state(self) -> list[str]:
        """What is new, unread, wrong and narrowed, as the screen has it above the panes."""
        told = [part(self.scene) for part in (news, unread, problems, focused)]
        return [sentences([aloud(plain(spans))]) for spans in told if spans]

    def find(self, key: str, pane: str = "") -> Location | None:
        """Return the place of a row in any pane, searching the one named first."""
        match = find_row(self.views, key, pane)
        return Location(match[0], key) if match else None

    def key_in(self, pane: int) -> str | None:
        """Return the key of the current row of a pane, or None if it has no rows."""
        at = self.cursors[pane]
        return self.views[pane].rows[at].key if at >= 0 else None

    def arrived(self) -> None:
        """Take note that the reader is about to be told the current row."""

    def go(self, place: Location) -> str:
        """Put the reader on a row and tell it."""
        before = self.cursors[self.pane] if place.pane == self.pane else -1
        self.pane = place.pane
        for at, row in enumerate(self.view.rows):
            if row.key == place.key and row.selectable:
                self.cursors[self.pane] = at
        return self.told(before)

    def told(self, before: int) -> str:
        """The row, below what is to be known of where it stands.

        Args:
            before: Position of the row that the reader came from; -1 in another pane.
        """
        lines = [*self._leading(before)]
        self.arrived()
        return "\n".join([*filter(None, lines), self.item()])

    def item(self) -> str:
        """The current row with its number."""
        at = self.cursors[self.pane]
        if at < 0:
            return self.view.empty
        stops = self.stops
        row = self.view.rows[at]
        said = row_aloud(row, label_of(self.view.rows, at), news_of(self.scene, row))
        return f"{self._number(stops)} of {len(stops)}. {said}"

    def _leading(self, before: int) -> Iterator[str]:
        """What is to be known of where the row stands."""
        if before < 0:
            yield heading(self.view)
        rows, at = self.view.rows, self.cursors[self.pane]
        between = rows[before + 1 : at]
        if before < at and not any(row.selectable for row in between):
            yield from map(row_aloud, between)
        else:
            known = above(rows, before)
            yield from (text for text in above(rows, at) if text not in known)

    def ask(self, prompt: str, take: Callable[[str], str]) -> str:
        """Ask for a text; a blank one leaves things as they are."""

        def taken(typed: str) -> str:
            return take(typed) if typed else "Nothing was typed."

        self.question = Question(prompt, taken)
        return ""

    def choose(self, title: str, links: list[Link], take: Callable[[Link], str]) -> str:
        """Take the only link, or the one whose number is typed now or next."""
        if len(links) == 1 and not self.argument:
            return take(links[0])
        if self.argument:
            return self._chosen(links, take, self.argument) or f"{title}: type a number."
        return self._offered(title, links, take, 0)

    def read(self, texts: Iterable[str]) -> str:
        """Read the first of several texts; Enter reads on."""
        self.rest = [*texts][::-1]
        return self.read_on()

    def read_on(self) -> str:
        """The next of the texts that wait."""
        text = self.rest.pop()
        return f"{text}\nEnter for more." if self.rest else f"{text}\nBack in {self.position}."

    def _offered(
        self, title: str, links: list[Link], take: Callable[[Link], str], start: int
    ) -> str:
        end = start + CHOICES
        lines = [
            f"{number}. {link.kind.capitalize()}: {aloud(link.label)}"
            for number, link in enumerate(links[start:end], start + 1)
        ]
        lines.append("Enter for more." if end < len(links) else "Enter leaves it.")

        def taken(typed: str) -> str | None:
            if typed:
                return self._chosen(links, take, typed)
            if end < len(links):
                return self._offered(title, links, take, end)
            return f"Still in {self.position}."

        self.question = Question("Number: ", taken)
        return "\n".join([f"{title}: {len(links)} choices."[:200], *lines])

    def _chosen(self, links: list[Link], take: Callable[[Link], str], typed: str) -> str | None:
        if not (typed.isascii() and typed.isdigit()):
            return None
        number = int(typed[:6])
        if not 1 <= number <= len(links):
            return f"There is no choice {number}; still in {self.position}."
        return take(links[number - 1])

    def _number(self, stops: list[int]) -> int:
        return bisect_right(stops, self.cursors[self.pane])


def nearest(rows: tuple[Row, ...], at: int) -> int:
    """The row at a position that can be stopped at, or the next one, or the one before."""
    stops = [number for number, row in enumerate(rows) if row.selectable]
    after = [number for number in stops if number >= at]
    return (after or stops[-1:] or [-1])[0]


def above(rows: tuple[Row, ...], at: int) -> list[str]:
    """What a row stands below: the heading, and the row that it is a part of."""
    found: list[str] = []
    indent = rows[at].indent if at >= 0 else 0
    for row in reversed(rows[: max(at, 0)]):
        if row.kind == "heading" and (row.indent < indent or row.indent == 0):
            found.insert(0, row_aloud(row))
            if row.indent == 0:
                break
        elif row.kind == "item" and row.indent < indent:
            found.insert(0, f"{aloud(plain(row.body[:1]))}:")
        else:
            continue
        indent = row.indent
    return found
