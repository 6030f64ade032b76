"""What counts as a promise, whose it is, and how often the date moved."""

from __future__ import annotations

from typing import Any

import pytest

from briefing_tui.briefing.promises import PromiseRecord, promise_record
from tests.briefings import loaded, text

ACTORS = """{
  norway: {name: Norway, kind: state, country: NOR},
  navy: {name: Navy, kind: public_body, country: NOR, member_of: [norway]},
  depot: {name: Depot, kind: organisation, member_of: [navy]},
  holm: {name: Holm, kind: person, country: NOR, member_of: [navy]},
  lund: {name: Lund, kind: person, member_of: [depot]},
  berg: {name: Berg, kind: person, country: NOR},
  ministry: {name: Ministry, kind: public_body, country: FRA},
  petit: {name: Petit, kind: person, member_of: [ministry]},
  works: {name: Works, kind: company, country: FRA},
  marin: {name: Marin, kind: person, country: FRA, member_of: [works]},
  buyer: {name: Buyer, kind: company, country: NOR},
  institute: {name: Institute, kind: organisation, country: FRA},
  daily: {name: Daily, kind: media_outlet, country: FRA},
  reporter: {name: Reporter, kind: person, country: FRA, member_of: [daily]},
  expert: {name: Expert, kind: person, country: USA},
  loop: {name: Loop, kind: organisation, member_of: [ring]},
  ring: {name: Ring, kind: organisation, member_of: [loop]}
}"""
BETWEEN_STATES = "supplier: FRA, recipient: NOR"
"""A deal in which France performs."""


def record(forecasts: list[str], parties: str = BETWEEN_STATES, **fields: Any) -> PromiseRecord:
    """The record of one milestone, from forecasts such as ``2020 petit 2021``."""
    made = []
    for forecast in forecasts:
        said, by, due, *more = forecast.split()
        speaker = "" if by == "-" else f"by: {by}, "
        made.append(f"{{said: '{said}', {speaker}due: '{due}', {' '.join(more)} cite: [board]}}")
    inside = f"milestones: [{{id: lit, label: Lit, forecasts: [{', '.join(made)}]}}]"
    written = text(actors=ACTORS, deals=f"{{lamp: {{name: Lamp, {parties}, {inside}}}}}", **fields)
    document = loaded(written)
    assert not document.problems, document.problems
    deal = document.briefing.commitments["lamp"]
    return promise_record(document.briefing, deal, deal.milestones[0])


@pytest.mark.parametrize(
    ("speaker", "party"),
    [
        ("norway", "NOR"),
        ("navy", "NOR"),
        ("holm", "NOR"),
        ("lund", "NOR"),  # of a depot of the navy of Norway
        ("berg", "NOR"),  # a person of the country who names no body
        ("ministry", "FRA"),
        ("petit", "FRA"),
        ("works", "FRA"),  # a company of the country that performs
        ("marin", "FRA"),
        ("buyer", None),  # a company of the other country
        ("institute", None),
        ("daily", None),
        ("reporter", None),
        ("expert", None),
        ("ring", None),
        ("nobody", None),
        ("-", None),
    ],
)
def test_who_speaks_for_a_country(speaker: str, party: str | None) -> None:
    (claim,) = record([f"2020 {speaker} 2021"]).claims
    assert claim.party == party
    assert claim.standing == ("promise" if party else "report")


@pytest.mark.parametrize(
    ("speaker", "party"),
    [("works", "works"), ("marin", "works"), ("petit", None), ("navy", "navy"), ("lund", "navy")],
)
def test_who_speaks_for_a_body(speaker: str, party: str | None) -> None:
    parties = "kind: contract, parties: {supplier: [works], buyer: [navy]}"
    (claim,) = record([f"2020 {speaker} 2021"], parties, vocabularies="[business]").claims
    assert claim.party == party


def test_a_state_as_a_party_has_the_public_bodies_of_its_country() -> None:
    parties = "kind: agreement, parties: {party: [norway]}"
    (claim,) = record(["2020 berg 2021"], parties).claims
    assert claim.party == "norway"


def test_nobody_speaks_for_an_unknown_party() -> None:
    parties = "supplier: unknown, recipient: NOR"
    stranger = "{stranger: {name: Stranger, kind: person, country: unknown}}"
    forecast = "{said: 2020, by: stranger, due: 2021, cite: [board]}"
    lit = f"milestones: [{{id: lit, label: Lit, forecasts: [{forecast}]}}]"
    deals = f"{{lamp: {{name: Lamp, {parties}, {lit}}}}}"
    briefing = loaded(text(actors=stranger, deals=deals)).briefing
    deal = briefing.commitments["lamp"]
    assert promise_record(briefing, deal, deal.milestones[0]).leading is None


def test_a_mediator_is_not_bound() -> None:
    parties = "kind: agreement, parties: {party: [navy], mediator: [ministry]}"
    made = record(["2020 petit 2021", "2021 holm 2022"], parties)
    assert [claim.standing for claim in made.claims] == ["report", "promise"]


@pytest.mark.parametrize(
    ("forecast", "standing"),
    [
        ("2020 petit 2021 credibility: 1,", "promise"),
        ("2020 petit 2021 credibility: 3,", "promise"),
        ("2020 petit 2021 credibility: 4,", "doubtful"),
        ("2020 petit 2021 credibility: 5,", "doubtful"),
        ("2020 petit 2021 credibility: 6,", "promise"),
        ("2020 - 2021 credibility: 5,", "doubtful"),
        ("2020 petit 2021 basis: judgement, confidence: low,", "judgement"),
        ("unknown petit 2021", "report"),
    ],
)
def test_what_changes_nothing(forecast: str, standing: str) -> None:
    made = record(["2019 petit 2020-05", forecast])
    assert next(claim.standing for claim in made.claims if claim.forecast.due.year == 2021) == (
        standing
    )
    assert made.leading is not None
    assert str(made.leading.first.due) == "2020-05"
    assert str(made.leading.present.due) == ("2021" if standing == "promise" else "2020-05")
    assert made.leading.moves == (standing == "promise")


MOVES = [
    ("no change", ["2020 petit 2021", "2021 petit 2021"], 0),
    ("later", ["2020 petit 2021", "2021 petit 2022"], 1),
    ("earlier", ["2020 petit 2023", "2021 petit 2022"], 1),
    ("a part of it, and back", ["2019 petit 2025", "2020 petit 2025-H1", "2021 petit 2025"], 0),
    ("another part of it", ["2019 petit 2025-H1", "2020 petit 2025", "2021 petit 2025-H2"], 1),
    ("two speakers agree", ["2020 petit 2021", "2021 ministry 2022", "2022 petit 2022"], 1),
    ("one between two", ["2020 petit 2021", "2021 ministry 2022", "2022 petit 2021"], 0),
    ("one who comes back", ["2020 petit 2021", "2021 petit 2022", "2022 petit 2021"], 2),
    ("and then later", ["2020 petit 2021", "2021 ministry 2024", "2022 petit 2025"], 2),
    ("on one day, one speaker", ["2020 petit 2021", "2020 petit 2024"], 0),
    ("on one day, two speakers", ["2020 petit 2021", "2020 ministry 2024"], 0),
    ("another party", ["2020 petit 2021", "2021 holm 2024", "2022 petit 2021"], 0),
    ("a report", ["2020 petit 2021", "2021 - 2024", "2022 petit 2021"], 0),
    ("a deadline within the year", ["2020 petit 2021", "2021 petit ../2021-06"], 0),
    ("a later deadline", ["2020 petit ../2021-06", "2021 petit ../2022-06"], 1),
    ("a year for a deadline", ["2020 petit 2021-10", "2021 petit ../2021"], 0),
    ("no date, then one", ["2020 petit unknown", "2021 petit 2022"], 0),
    ("a date, then none", ["2020 petit 2022", "2021 petit unknown"], 0),
    ("an open end", ["2020 petit 2022", "2021 petit 2021/.."], 0),
]


@pytest.mark.parametrize(("case", "forecasts", "moves"), MOVES)
def test_how_often_a_party_moved(case: str, forecasts: list[str], moves: int) -> None:
    leading = record(forecasts).leading
    assert leading is not None
    assert (leading.party, leading.moves) == ("FRA", moves), case


def test_contradictions_of_one_day_are_rivals_of_the_first_in_the_file() -> None:
    made = record(["2020 petit 2021", "2020 petit 2024", "2020 ministry 2021-03", "2020 holm 2024"])
    standings = [(claim.party, claim.standing) for claim in made.claims]
    assert standings == [
        ("FRA", "promise"),
        ("FRA", "rival"),
        ("FRA", "promise"),  # within what was promised
        ("NOR", "promise"),
    ]


def test_each_party_has_its_own_series_and_who_performs_comes_first() -> None:
    made = record(["2019 holm 2020", "2020 petit 2021", "2021 holm 2022", "2022 - 2030"])
    series = {
        entry.party: [str(promise.due) for promise in entry.promises] for entry in made.series
    }
    assert series == {"FRA": ["2021"], "NOR": ["2020", "2022"]}
    assert [*series] == ["FRA", "NOR"]


def test_among_equals_who_spoke_last_comes_first() -> None:
    parties = "kind: agreement, parties: {party: [navy, ministry]}"
    forecasts = ["2019 navy 2020", "2020 petit 2021"]
    assert [entry.party for entry in record(forecasts, parties).series] == ["ministry", "navy"]
    forecasts.append("2021 holm 2022")
    assert [entry.party for entry in record(forecasts, parties).series] == ["navy", "ministry"]


def test_without_a_promise_the_newest_report_is_kept_and_a_doubtful_one_only_alone() -> None:
    doubtful = "2021 - 2024 credibility: 5,"
    made = record(["2019 - 2020", "2020 expert 2023", doubtful])
    assert made.leading is None
    assert made.newest is not None
    assert str(made.newest.due) == "2023"
    alone = record([doubtful]).newest
    assert alone is not None
    assert str(alone.due) == "2024"
    assert record([]).newest is None
