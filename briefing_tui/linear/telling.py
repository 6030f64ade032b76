"""What the reader tells when asked: evidence, sources, citations, position, help; and searching."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from briefing_tui.briefing.text import one_line
from briefing_tui.commands.registry import SIGNS, Command, groups
from briefing_tui.linear.command_parser import LEFT_OUT, OWN, TITLES
from briefing_tui.linear.place import Place
from briefing_tui.session.history import Location
from briefing_tui.views.copy_text import citation, citations_of, copied_row
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.links import actor_links, cited, deal_links, event_link
from briefing_tui.views.rows import Link, plain
from briefing_tui.views.search import Hit, find, following
from briefing_tui.views.sources import record, uses
from briefing_tui.views.speech import (
    aloud,
    evidence_aloud,
    heading,
    label_of,
    row_aloud,
    sentences,
)


class Telling(Place):
    """The commands that read without moving."""

    def do_evidence(self) -> str:
        """Tell what the row rests on."""
        rows = evidence(self.scene, self.row).rows
        return "\n".join(map(evidence_aloud, rows)) or "Nothing is cited here."

    def do_source(self) -> str:
        """Tell the sources of the row in full, one after the other."""
        names = self._sources()
        if not names:
            return "No source is cited here."
        return self.read(text for name in names for text in self._source(name))

    def do_open_link(self) -> str:
        """Print the addresses of the sources."""
        known = self.scene.briefing.sources
        told = [f"{known[name].publisher}:\n{known[name].url}" for name in self._sources()]
        found = [text for text in told if text.rpartition("\n")[2].lower().startswith("http")]
        return "\n".join(found) or "No source with an address is cited here."

    def do_copy(self) -> str:
        """Print the row as it is written, and its citation."""
        if self.row is None:
            return "Nothing to copy here."
        cited_as = citation(self.scene, self.row)
        return "\n".join(filter(None, [copied_row(self.row), cited_as]))

    def do_cite(self) -> str:
        """Print a citation of the row."""
        found = citation(self.scene, self.row) if self.row else ""
        return found or "No source is cited here."

    def do_all(self) -> str:
        """Read the whole pane."""
        lines = [heading(self.view)]
        number = 0
        for at, row in enumerate(self.view.rows):
            number += row.selectable
            said = row_aloud(row, label_of(self.view.rows, at))
            if said:
                lines.append(f"{number}. {said}" if row.selectable else said)
        return "\n".join(lines if self.view.rows else [*lines, self.view.empty])

    def do_copy_pane(self) -> str:
        """Read the whole pane, for the terminal's own selection."""
        return self.do_all()

    def do_plain(self) -> str:
        """Read the whole pane."""
        return self.do_all()

    def do_where(self) -> str:
        """Tell the pane, the row, the day, and what is narrowed."""
        steps = self.scene.steps
        day = f"day {bisect_right(steps, self.scene.as_of)} of {len(steps)}"
        return sentences([f"{self.position}", f"{self.day}, {day}", *self.state])

    def do_help(self) -> str:
        """Tell the commands, one group after the other."""
        told = [_group(title, commands, self.keys) for title, commands in groups()]
        how = "Enter alone goes to the next row. A number goes before a key: 5j is five rows on."
        return self.read([f"{told[0]}\n{how}", *told[1:]])

    def _sources(self) -> list[str]:
        entry = self.row.entry if self.row else None
        known = self.scene.briefing.sources
        return [name for name in cited(entry) if name in known] if entry is not None else []

    def _source(self, name: str) -> Iterator[str]:
        """The record of a source, the passages that are cited here, and what rests on it."""
        title, *rows = record(self.scene, name)
        head = f"Source {aloud(plain(title.lead))}: {aloud(plain(title.body))}"
        found = uses(self.scene, name)
        rested = f"{len(found)} statement{' rests' if len(found) == 1 else 's rest'} on it."
        notes = map(evidence_aloud, rows)
        yield "\n".join([sentences([head]), *notes, *self._passages(name), rested])
        for number, use in enumerate(found, 1):
            rival = "rival version" if use.rival else ""
            where = ", ".join(filter(None, [rival, aloud(use.at or "")])) or "no passage named"
            said = statement_of(self.scene, use.entry)
            yield sentences([f"{number} of {len(found)}", f"{where}: {aloud(said)}"])

    def _passages(self, name: str) -> Iterator[str]:
        for one in citations_of(self.row.entry if self.row else None):
            words = self.scene.document.passage(name, one.at) if one.source == name else None
            if words:
                yield f"{aloud(one.at or '').capitalize()}: “{one_line(words)}”"


class Searching(Place):
    """The commands that look for words and names."""

    sought: str = ""
    origin: Location | None = None

    def do_search(self) -> str:
        """Look for words in all panes."""
        return self._search(self.argument) if self.argument else self.ask("Search: ", self._search)

    def do_next_match(self) -> str:
        """Go to the next match."""
        return self._step(back=False)

    def do_previous_match(self) -> str:
        """Go to the match before."""
        return self._step(back=True)

    def do_palette(self) -> str:
        """Go to an actor, event or deal by name."""
        return self._named(self.argument) if self.argument else self.ask("Name: ", self._named)

    def end_search(self) -> str:
        """Forget the search and return to where it began; nothing where there was none."""
        origin, self.origin, self.sought = self.origin, None, ""
        return f"The search is over.\n{self.go(origin)}" if origin else ""

    def _search(self, sought: str) -> str:
        self.sought = sought
        self.origin = self.origin or self.here
        here = Hit(self.pane, self.cursors[self.pane] - 1)
        return self._visit_hit(following(find(self.views, sought), here))

    def _step(self, *, back: bool) -> str:
        if not self.sought:
            return "Nothing is searched for; / begins a search."
        here = Hit(self.pane, self.cursors[self.pane])
        return self._visit_hit(following(find(self.views, self.sought), here, back=back))

    def _visit_hit(self, number: int | None) -> str:
        hits = find(self.views, self.sought)
        if number is None:
            return f"No match for “{self.sought}”."
        pane, at = hits[number]
        counter = f"Match {number + 1} of {len(hits)}."
        return f"{counter}\n{self.go(Location(pane, self.views[pane].rows[at].key))}"

    def _named(self, typed: str) -> str:
        self.argument = ""
        words = typed.lower().split()
        found = [
            link
            for link in self._places()
            if self.find(link.key) and all(word in link.label.lower() for word in words)
        ]
        if not found:
            return f"No actor, event or deal is called “{typed}”."
        return self.choose("Go to", found, self._go_to)

    def _places(self) -> Iterator[Link]:
        shown = self.scene.briefing
        yield from actor_links(shown, shown.actors)
        yield from map(event_link, shown.timeline)
        yield from deal_links(shown, shown.deals)

    def _go_to(self, link: Link) -> str:
        place = self.find(link.key)
        self.history.left(self.here)
        return self.go(place) if place else self.item()


def _group(title: str, commands: list[Command], keys: Mapping[str, tuple[str, ...]]) -> str:
    """A group of commands, each with its keys that can be typed and its name."""
    own = [command for command in OWN if command.group == title]
    lines = [f"{title}:"]
    for command in (*commands, *own):
        if command.id in LEFT_OUT:
            continue
        typed = [SIGNS.get(key, key) for key in keys.get(command.id, ())]
        names = [*(key for key in typed if len(key) == 1), command.id]
        told = TITLES.get(command.id, command.title)
        lines.append(f"{' or '.join(dict.fromkeys(names))}: {told}.")
    return "\n".join(lines)
