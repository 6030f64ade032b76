"""Briefings of any size, for measuring: ``python -m benchmarks.generate 10000 > big.yaml``.

They are made to resemble real ones: every event has its citation, most have actors, some a longer
account, rival dates or uncertain ones. The same size always gives the same text, and the text
passes `briefing-tui check --strict`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle

TITLE = "Sealift and coastal radar in a made-up ocean"

_FIRST_DAY = datetime.date(2001, 1, 8)
_AS_OF = datetime.date(2019, 6, 14)
_LAST_DAY = datetime.date(2024, 12, 20)
_COUNTRIES = ("AUS", "BRA", "CAN", "DNK", "EGY", "FIN", "GRC", "IND", "JPN", "KEN", "NOR", "RUS")
_NAMES = ("Anders", "Bhatt", "Cruz", "Dahl", "Eriksen", "Fofana", "Gupta", "Holm", "Iyer", "Jansen")
_GIVEN = ("Asha", "Bjørn", "Clara", "Dmitri", "Elif", "Farid", "Grete", "Hiro", "Inge", "Joana")
_ROLES = ("Minister of Defence", "naval attaché", "head of procurement", "spokesperson", "Keeper")
_GOODS = ("patrol vessel", "coastal radar", "transport aircraft", "sonar buoy", "landing craft")
_PAPERS = ("Harbour Gazette", "Northern Wire", "Evening Ledger", "Ministry of Trade", "Sea Review")
_KINDS = ("news_article", "wire", "official", "readout")
_EVENTS = (
    ("meeting", "Talks on {goods} in the capital"),
    ("statement", "{country}: no change to the {goods} schedule"),
    ("agreement", "Agreement on upkeep of the {goods} signed"),
    ("delivery", "{goods} handed over"),
    ("payment", "Instalment for the {goods} reported"),
    ("visit", "Delegation from {country} sees the {goods}"),
    ("call", "Ministers speak by telephone about the {goods}"),
    ("sanction", "Waiver for the {goods} is asked for"),
)
_ACCOUNTS = (
    "Both sides gave out accounts of it, which agree on the date and differ on the number.",
    "The ministry confirmed it a day later; the builder did not comment.",
    "Reported from the yard, with the price left out and the delivery window unchanged.",
    "A second instalment falls due once the trials off the northern coast are finished.",
)


def briefing(events: int, seed: int = 1) -> str:
    """A briefing of so many events, with actors, deals and sources in proportion, as YAML."""
    return "\n".join(_lines(events, random.Random(seed))) + "\n"


def _lines(events: int, chance: random.Random) -> Iterator[str]:
    sources = _ids("source", events // 40)
    actors = _ids("actor", events // 50)
    deals = _ids("deal", events // 200)
    yield "briefing: 1"
    yield f"title: {json.dumps(TITLE)}"
    yield f"as_of: {_AS_OF}"
    yield "about: article"
    yield from _points(events, sources, actors)
    yield "sources:"
    yield "  article:"
    yield "    {kind: news_article, title: A year at sea, publisher: Harbour Gazette,"
    yield f"     published: {_AS_OF}, reliability: C}}"
    for name in sources:
        yield from _source(name, chance)
    yield "actors:"
    for name in actors:
        yield _actor(name, sources, chance)
    yield "timeline:"
    span = (_LAST_DAY - _FIRST_DAY).days
    days = sorted(chance.randrange(span) for _ in range(events))
    # In turn, so that no source is left uncited and no actor without a part.
    turns = zip(cycle(sources), cycle(actors), strict=False)
    for number, (day, (source, actor)) in enumerate(zip(days, turns, strict=False), 1):
        date = _FIRST_DAY + datetime.timedelta(day)
        involved = [actor] if number <= len(actors) or chance.random() < 0.6 else []
        if chance.random() < 0.2:
            involved.append(chance.choice(actors))
        yield from _event(number, date, source, [*dict.fromkeys(involved)], deals, chance)
    yield "deals:"
    for name in deals:
        yield from _deal(name, sources, actors, chance)


def _ids(kind: str, number: int) -> list[str]:
    return [f"{kind}-{one}" for one in range(1, max(number, 1) + 1)]


def _points(events: int, sources: Sequence[str], actors: Sequence[str]) -> Iterator[str]:
    yield "bottom_line:"
    yield f"  - text: {events} events are on record, and the next delivery is late."
    yield f"    cite: [article, {sources[0]}]"
    yield f"    about: [{actors[0]}]"
    yield "key_points:"
    for number, account in enumerate(_ACCOUNTS):
        yield f"  - text: {account}"
        yield f"    cite: [{sources[number % len(sources)]}]"
    yield "open_questions:"
    yield "  - text: Who pays for the second instalment?"


def _source(name: str, chance: random.Random) -> Iterator[str]:
    paper = chance.choice(_PAPERS)
    day = _FIRST_DAY + datetime.timedelta(chance.randrange((_AS_OF - _FIRST_DAY).days))
    yield f"  {name}:"
    yield f"    kind: {chance.choice(_KINDS)}"
    yield f"    title: {json.dumps(f'{paper}: report of {day:%d.%m.}')}"
    yield f"    publisher: {paper}"
    yield f"    url: https://{paper.split()[0].lower()}.example/{day:%Y/%m/%d}/{name}"
    yield f"    published: {day}"
    yield f"    reliability: {chance.choice('ABBBCCD')}"


def _actor(name: str, sources: Sequence[str], chance: random.Random) -> str:
    called = f"{chance.choice(_GIVEN)} {chance.choice(_NAMES)} {name.rpartition('-')[2]}"
    country, role = chance.choice(_COUNTRIES), chance.choice(_ROLES)
    cite = chance.choice(sources)
    fields = f"kind: person, role: {role}, country: {country}, cite: [{cite}]"
    return f"  {name}: {{name: {called}, {fields}}}"


def _event(
    number: int,
    date: datetime.date,
    source: str,
    actors: Sequence[str],
    deals: Sequence[str],
    chance: random.Random,
) -> Iterator[str]:
    kind, headline = chance.choice(_EVENTS)
    words = headline.format(goods=chance.choice(_GOODS), country=chance.choice(_COUNTRIES))
    yield f"  - id: event-{number}"
    yield f"    headline: {json.dumps(words[0].upper() + words[1:])}"
    yield f"    type: {kind}"
    yield f"    date: {_written(date, chance)}"
    if date > _AS_OF:
        yield "    status: planned"
    if actors:
        yield f"    actors: [{', '.join(actors)}]"
    if kind != "delivery" and chance.random() < 0.2:
        yield f"    deals: [{chance.choice(deals)}]"
    if chance.random() < 0.3:
        yield f"    text: {chance.choice(_ACCOUNTS)}"
    if chance.random() < 0.3:
        yield f"    credibility: {chance.randint(2, 6)}"
    yield f"    cite: [{f'{source}, article' if chance.random() < 0.1 else source}]"
    if chance.random() < 0.03:
        day = date + datetime.timedelta(1)
        yield "    disputes:"
        yield f"      - {{field: date, value: {day}, note: A day later there., cite: [article]}}"


def _written(date: datetime.date, chance: random.Random) -> str:
    """Mostly a day; sometimes a month, an uncertain day or a span."""
    kind = chance.random()
    if kind < 0.85:
        return str(date)
    if kind < 0.93:
        return f"{date:%Y-%m}"
    if kind < 0.97:
        return f"{date}~"
    return f"{date}/{date + datetime.timedelta(chance.randint(1, 40))}"


def _deal(
    name: str, sources: Sequence[str], actors: Sequence[str], chance: random.Random
) -> Iterator[str]:
    goods, number = chance.choice(_GOODS), chance.randint(2, 40)
    supplier, recipient = chance.sample(_COUNTRIES, 2)
    year = chance.randint(2005, 2018)
    cite = f"cite: [{chance.choice(sources)}]"
    by = chance.choice(actors)
    yield f"  {name}:"
    yield f"    designation: {goods.capitalize()}, {name.replace('deal-', 'lot ')}"
    yield f"    supplier: {supplier}"
    yield f"    recipient: {recipient}"
    yield f"    {cite}"
    yield f"    order: {{number: {number}, unit: piece, date: {year}-03, {cite}}}"
    yield f"    stages: [{{stage: contracted, date: {year}-03, {cite}}}]"
    yield "    values:"
    amount = number * 1_250_000
    yield f"      - {{amount: {amount}, currency: EUR, stated: EUR {amount}, {cite}}}"
    yield "    milestones:"
    yield "      - id: handed-over"
    yield "        label: All handed over"
    yield f"        number: {number}"
    yield "        forecasts:"
    yield f"          - {{said: {year}-03, by: {by}, due: {year + 3}-06, {cite}}}"
    yield f"          - {{said: {year + 2}-11-04, by: {by}, due: {year + 5}-01, {cite}}}"
    yield "    statements:"
    yield f"      - date: {year + 2}-11-04"
    yield f"        speaker: {by}"
    yield "        text: There will be no further delay."
    yield f"        {cite}"


def main() -> None:
    """Print a briefing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("events", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(briefing(chosen.events, chosen.seed))


if __name__ == "__main__":
    main()
