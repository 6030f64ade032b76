"""Libraries of any size, for measuring: ``python -m benchmarks.library 10000 DIRECTORY``.

The briefings are about one made-up world: they share actors, deals and sources, so that a few
actors are in very many of them; the same event is reported by several, under ids and headlines of
their own; some call an actor by another id, with its usual name in ``aka``. The same number always
gives the same files, and each passes `briefing-tui check`.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.asking import queries
from briefing_tui.briefing.load import load_path
from briefing_tui.library.discovery import Roots
from briefing_tui.library.dossier.builder import dossier
from briefing_tui.library.dossier.newest_briefings import DossierScope, newest
from briefing_tui.library.entity_resolution import joined
from briefing_tui.library.index.library_index import Index
from briefing_tui.query.parser import parse
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.scene import unchecked_scene

T = TypeVar("T")

_MOST_FOR_ALL = 20_000
"""Briefings of a library in which a dossier of all may be asked for: of ten times as many, it takes
more memory than the machine may have."""
_FIRST_DAY = datetime.date(2008, 1, 7)
_DAYS = 15 * 365
_GIVEN = (
    "Asha",
    "Bjørn",
    "Clara",
    "Dmitri",
    "Elif",
    "Farid",
    "Grete",
    "Hiro",
    "Inge",
    "Joana",
    "Kofi",
    "Lena",
    "Mateus",
    "Nadia",
    "Olga",
    "Pavel",
    "Rania",
    "Stefan",
    "Tove",
    "Usha",
)
_FAMILY = (
    "Anders",
    "Bhatt",
    "Cruz",
    "Dahl",
    "Eriksen",
    "Fofana",
    "Gupta",
    "Holm",
    "Iyer",
    "Jansen",
    "Kovač",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okoye",
    "Petrov",
    "Quist",
    "Rao",
    "Sørli",
    "Tanaka",
    "Urban",
    "Vogel",
    "Wolff",
    "Yilmaz",
    "Zamora",
)
_ROLES = (
    "Minister of Defence",
    "naval attaché",
    "head of procurement",
    "spokesperson",
    "chief of the naval staff",
    "trade envoy",
    "director of the yard",
)
_COUNTRIES = ("AUS", "BRA", "CAN", "DNK", "EGY", "FIN", "GRC", "IND", "JPN", "KEN", "NOR", "POL")
_GOODS = (
    "patrol vessel",
    "coastal radar",
    "transport aircraft",
    "sonar buoy",
    "landing craft",
    "mine hunter",
    "rescue helicopter",
    "ice breaker",
    "supply ship",
    "survey drone",
)
_PLACES = (
    "Karsholm",
    "Vestray",
    "Port Amberly",
    "Ostrava Bay",
    "Lindesund",
    "Tamarisk",
    "Brekke",
    "Cape Sorrow",
    "Nordvik",
    "Halden Roads",
    "Saltmouth",
    "Three Rivers",
)
_PAPERS = (
    "Harbour Gazette",
    "Northern Wire",
    "Evening Ledger",
    "Ministry of Trade",
    "Sea Review",
    "Coastal Courier",
    "Parliament Record",
    "Dockside Post",
)
_KINDS = ("news_article", "wire", "official", "readout", "aggregator")
_EVENTS = (
    ("meeting", "Talks on the {goods} in {place}"),
    ("statement", "{actor}: no change to the {goods} schedule"),
    ("agreement", "Agreement on upkeep of the {goods} signed in {place}"),
    ("delivery", "{goods} handed over at {place}"),
    ("payment", "Instalment for the {goods} reported"),
    ("visit", "Delegation sees the {goods} at {place}"),
    ("call", "{actor} telephones about the {goods}"),
    ("approval", "Council approves the {goods} for {place}"),
    ("sanction", "Waiver for the {goods} is asked for"),
    ("forum", "{goods} on show at the {place} fair"),
)
_CLAUSES = (
    "both sides gave accounts that agree on the date and differ on the number",
    "the ministry confirmed it a day later and the builder did not comment",
    "the price was left out and the delivery window stayed as it was",
    "a second instalment falls due once the trials off the coast are finished",
    "the crew is to be trained by the supplier before the winter storms",
    "spare parts for three years are part of the contract",
    "the opposition asked why the tender had not been opened to others",
    "an earlier date had been named in the budget debate",
    "the yard blames a shortage of steel and of welders",
    "insurers want the escort paid for in advance",
    "the harbour must first be dredged to take the larger hull",
    "a rival bid from abroad was withdrawn without a reason",
)


class Deal(NamedTuple):
    """A deal that many briefings follow."""

    id: str
    goods: str
    supplier: str
    recipient: str
    ordered: datetime.date
    number: int


class Event(NamedTuple):
    """An event that several briefings report."""

    kind: str
    headline: str
    date: datetime.date
    deal: str
    actors: tuple[str, ...]


class World(NamedTuple):
    """What the briefings of one library share."""

    actors: dict[str, tuple[str, str, str]]
    """Name, role and country by id."""
    deals: tuple[Deal, ...]
    sources: tuple[tuple[str, str, datetime.date], ...]
    """Id, publisher and day."""
    events: dict[str, list[Event]]
    """By deal."""


@cache
def world(seed: int = 1) -> World:
    """The world that all libraries of a seed are about."""
    chance = random.Random(seed)
    actors = {}
    for given in _GIVEN:
        for family in _FAMILY:
            name = f"{given} {family}"
            plain = name.lower().translate(str.maketrans("øčšž", "ocsz")).replace(" ", "-")
            actors[plain] = (name, chance.choice(_ROLES), chance.choice(_COUNTRIES))
    deals = tuple(_deals(chance))
    days = sorted(chance.randrange(_DAYS) for _ in range(400))
    sources = tuple(
        (f"s{number}", chance.choice(_PAPERS), _FIRST_DAY + datetime.timedelta(day))
        for number, day in enumerate(days, 1)
    )
    events = {deal.id: list(_events(deal, tuple(actors), chance)) for deal in deals}
    return World(actors, deals, sources, events)


def briefing(number: int, seed: int = 1) -> str:
    """The briefing of that number, about 10 kB of YAML."""
    chance = random.Random(f"{seed}/{number}")
    here = world(seed)
    deals = _few(here.deals, 2, chance)
    sources = sorted(_few(here.sources, 6, chance), key=lambda one: one[2])
    as_of = sources[-1][2] + datetime.timedelta(chance.randint(0, 9))
    own = [event for deal in deals for event in _events(deal, tuple(here.actors), chance, 3)]
    shared = [event for deal in deals for event in _few(here.events[deal.id], 5, chance)]
    events = sorted({*own, *shared}, key=lambda event: (event.date, event.headline))
    actors = list(dict.fromkeys(name for event in events for name in event.actors))
    writer = _Writer(number, chance, [name for name, _, _ in sources], actors)
    return "\n".join(_lines(writer, here, deals, sources, events, as_of)) + "\n"


def write(count: int, directory: Path, seed: int = 1) -> None:
    """Write the briefings of those numbers, a hundred to a directory."""
    for number in range(count):
        folder = directory / f"{number // 100:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.yaml").write_text(briefing(number, seed), encoding="utf-8")


class _Writer:
    """The choices of one briefing."""

    def __init__(
        self, number: int, chance: random.Random, sources: list[str], actors: list[str]
    ) -> None:
        self.number = number
        self.chance = chance
        self.sources = sources
        # Some briefings have ids of their own.
        self.ids = {name: f"{name}-{number}" if chance.random() < 0.05 else name for name in actors}
        self._turn = number

    def cite(self) -> str:
        """A citation, each source in turn."""
        self._turn += 1
        return f"cite: [{self.sources[self._turn % len(self.sources)]}]"

    def account(self) -> str:
        """A sentence or two."""
        parts = self.chance.sample(_CLAUSES, self.chance.randint(1, 2))
        place = self.chance.choice(_PLACES)
        first = f"At {place}, {parts[0]}."
        return " ".join([first, *(f"{part[0].upper()}{part[1:]}." for part in parts[1:])])


def _deals(chance: random.Random) -> Iterator[Deal]:
    for goods in _GOODS:
        for lot in range(1, 7):
            supplier, recipient = chance.sample(_COUNTRIES, 2)
            ordered = _FIRST_DAY + datetime.timedelta(chance.randrange(1500))
            name = f"{goods.replace(' ', '-')}-{lot}"
            yield Deal(name, goods, supplier, recipient, ordered, chance.randint(3, 40))


def _events(
    deal: Deal, actors: Sequence[str], chance: random.Random, count: int = 60
) -> Iterator[Event]:
    for _ in range(count):
        kind, headline = chance.choice(_EVENTS)
        date = deal.ordered + datetime.timedelta(chance.randint(30, _DAYS - 1600))
        who = tuple(dict.fromkeys(_popular(actors, chance) for _ in range(chance.randint(1, 3))))
        place = chance.choice(_PLACES)
        surname = who[0].rpartition("-")[2].capitalize()
        said = headline.format(goods=deal.goods, place=place, actor=surname)
        yield Event(kind, said[0].upper() + said[1:], date, deal.id, who)


def _popular(names: Sequence[str], chance: random.Random) -> str:
    """One of several, the first much more often than the last."""
    return names[int(len(names) * chance.random() ** 2.2)]


def _few(many: Sequence[T], count: int, chance: random.Random) -> list[T]:
    return chance.sample(list(many), count)


def _lines(
    writer: _Writer,
    here: World,
    deals: Sequence[Deal],
    sources: Sequence[tuple[str, str, datetime.date]],
    events: Sequence[Event],
    as_of: datetime.date,
) -> Iterator[str]:
    chance = writer.chance
    goods = " and ".join(dict.fromkeys(deal.goods for deal in deals))
    yield "briefing: 1"
    title = f"{goods.capitalize()} for {chance.choice(_PLACES)}, no. {writer.number}"
    yield f"title: {_quoted(title)}"
    yield f"as_of: {as_of}"
    places = {chance.choice(_PLACES).lower().replace(" ", "-") for _ in range(2)}
    yield f"tags: [{', '.join(sorted({*places, deals[0].goods.split()[-1]}))}]"
    yield f"about: {sources[-1][0]}"
    yield "bottom_line:"
    yield f"  - text: {_quoted(writer.account())}"
    yield f"    cite: [{', '.join(writer.sources)}]"
    yield f"    about: [{deals[0].id}]"
    yield "key_points:"
    for deal in deals:
        yield f"  - text: {_quoted(f'On the {deal.goods}: {writer.account()}')}"
        yield f"    {writer.cite()}"
        yield f"    about: [{deal.id}, {next(iter(writer.ids.values()))}]"
    yield "open_questions:"
    yield f"  - text: Who pays for the {deals[0].goods}?"
    yield "sources:"
    for name, publisher, day in sources:
        yield f"  {name}:"
        yield f"    kind: {_KINDS[int(name[1:]) % len(_KINDS)]}"
        yield f"    title: {_quoted(f'{publisher} of {day:%d.%m.}')}"
        yield f"    publisher: {publisher}"
        yield f"    url: https://{publisher.split()[0].lower()}.example/{day:%Y/%m/%d}/{name}"
        yield f"    published: {day}"
        yield f"    reliability: {'ABBBCCD'[int(name[1:]) % 7]}"
    yield "actors:"
    for name, own in writer.ids.items():
        called, role, country = here.actors[name]
        aka = f", aka: [{called}]" if own != name else ""
        shown = called if own == name else f"{called.split()[0][0]}. {called.split()[1]}"
        fields = f"kind: person, role: {role}, country: {country}{aka}, {writer.cite()}"
        yield f"  {own}: {{name: {shown}, {fields}}}"
    yield "timeline:"
    for place, event in enumerate(events, 1):
        yield from _event(writer, place, event, as_of)
    yield "deals:"
    for deal in deals:
        yield from _deal(writer, deal)


def _event(writer: _Writer, place: int, event: Event, as_of: datetime.date) -> Iterator[str]:
    chance = writer.chance
    name = f"{event.kind}-{event.date:%Y%m%d}-{place}"
    yield f"  - id: {name.replace('_', '-')}"
    yield f"    headline: {_quoted(event.headline)}"
    yield f"    type: {event.kind}"
    yield f"    date: {event.date if chance.random() < 0.9 else f'{event.date:%Y-%m}'}"
    if event.date > as_of or f"{event.date:%Y-%m}" > f"{as_of:%Y-%m}":
        yield "    status: planned"
    yield f"    actors: [{', '.join(writer.ids[one] for one in event.actors)}]"
    if event.kind != "delivery":
        yield f"    deals: [{event.deal}]"
    if chance.random() < 0.35:
        yield f"    text: {_quoted(writer.account())}"
    if chance.random() < 0.3:
        yield f"    credibility: {chance.randint(2, 5)}"
    yield f"    {writer.cite()}"


def _deal(writer: _Writer, deal: Deal) -> Iterator[str]:
    chance = writer.chance
    by = next(iter(writer.ids.values()))
    year, month = deal.ordered.year, f"{deal.ordered:%Y-%m}"
    yield f"  {deal.id}:"
    yield f"    designation: {deal.goods.capitalize()}, lot {deal.id[-1]}"
    yield f"    supplier: {deal.supplier}"
    yield f"    recipient: {deal.recipient}"
    yield f"    {writer.cite()}"
    yield f"    order: {{number: {deal.number}, unit: piece, date: {month}, {writer.cite()}}}"
    yield f"    stages: [{{stage: contracted, date: {month}, {writer.cite()}}}]"
    amount = deal.number * 1_250_000
    value = f"amount: {amount}, currency: EUR, stated: EUR {amount}"
    yield f"    values: [{{{value}, {writer.cite()}}}]"
    yield "    milestones:"
    yield f"      - id: all-{deal.id}"
    yield "        label: All handed over"
    yield f"        number: {deal.number}"
    yield "        forecasts:"
    for years in sorted(chance.sample(range(1, 6), 3)):
        due = f"{year + years + chance.randint(1, 3)}-{chance.randint(1, 12):02}"
        yield f"          - {{said: {year + years}-02, by: {by}, due: {due}, {writer.cite()}}}"
    yield "    statements:"
    for years in (1, 2):
        yield f"      - date: {year + years}-11-04"
        yield f"        speaker: {by}"
        yield f"        text: {_quoted(writer.account())}"
        yield f"        {writer.cite()}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def measures(directory: Path, count: int) -> dict[str, float]:
    """What a library of so many briefings takes, each step in a process of its own."""
    library, cache = directory / "library", directory / "cache" / "library.db"
    write(count, library)
    found: dict[str, float] = {"briefings": count}
    steps = ["open_one", "first", "reopen", "changed", "search", "dossier", "dossier_most"]
    if count <= _MOST_FOR_ALL:
        steps.append("dossier_all")
    for step in steps:
        if step == "changed":
            path = next(library.rglob("*.yaml"))
            path.write_text(briefing(count), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.library", "--step", step, str(library), str(cache)],
            stdout=subprocess.PIPE,
            check=True,
        )
        print(step, done.stdout.decode(), file=sys.stderr, end="")
        found.update(json.loads(done.stdout))
    found["index_MB"] = round(cache.stat().st_size / 1e6, 1)
    return found


def step(name: str, library: Path, cache: Path) -> dict[str, float]:
    """One step of the measuring."""
    if name == "open_one":
        return {"open_one_s": _seconds(lambda: load_path(next(library.rglob("*.yaml"))))}
    gc.disable()  # as the program does until its first picture
    with contextlib.closing(Index(cache)) as index:
        taken = _seconds(lambda: index.refresh(Roots.of([library])))
        found = {f"{name}_s": taken}
        if name == "reopen":
            found["list_s"] = _seconds(index.briefings)
        if name == "search":
            found = _searched(index)
        if name.startswith("dossier"):
            found = _told(name, index)
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    found[f"{name}_memory_MB"] = round(own, 1)
    if workers:
        found[f"{name}_worker_MB"] = round(workers, 1)
    return found


def _searched(index: Index) -> dict[str, float]:
    """Milliseconds for queries of every kind, each asked three times, the fastest taken."""
    asked = [(query, parse(query)) for query in queries()]
    times = sorted(
        (min(_seconds(lambda: index.search(node)) for _ in range(3)), query)  # noqa: B023
        for query, node in asked
    )
    print(f"slowest search: {times[-1][1]}", file=sys.stderr)
    return {
        "searches": len(times),
        "search_median_ms": round(times[len(times) // 2][0] * 1000, 1),
        "search_most_ms": round(times[-1][0] * 1000, 1),
    }


def _told(name: str, index: Index) -> dict[str, float]:
    """Seconds for a dossier.

    Of an actor in about 2,000 briefings; or of that in most of all, as the program does it, or from
    all of them.
    """
    about = 2000 if name == "dossier" else sys.maxsize
    names = [*world().actors][::5]
    counts = {one: sum(map(len, index.subjects_named(one).values())) for one in names}
    wanted = min(counts, key=lambda one: (abs(counts[one] - about), one))
    asked = time.perf_counter()
    subject = max(joined(index.subjects_named(wanted))[0], key=lambda one: len(one.files))
    chosen = DossierScope(subject) if name == "dossier_all" else newest(subject, index.days)
    scene = unchecked_scene(dossier(chosen, index.briefing))
    rows = len(PANES[0].view(scene).rows)
    taken = round(time.perf_counter() - asked, 3)
    assert rows, "the first pane shows something"
    return {
        f"{name}_briefings": len(subject.files),
        f"{name}_read": len(chosen.subject.files),
        f"{name}_s": taken,
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 4)


def main() -> None:
    """Write a library."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.library", description=__doc__)
    if sys.argv[1:2] == ["--step"]:  # for `measures`
        name, library, cache = sys.argv[2:]
        print(json.dumps(step(name, Path(library), Path(cache))))
        return
    parser.add_argument("count", type=int)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write(chosen.count, chosen.directory, chosen.seed)


if __name__ == "__main__":
    main()
