"""Names, roles, parties, negations, opposites and tense are held against the passages."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load
from briefing_tui.briefing.sentences import passages

TEXT = """\
Mill owner Torvald Brekke sued the engineer Ida Lunde in Skarvik on Monday.
The Norwegian mayor, Petra Moen, said the council had not approved the dam.
Prices rose after the harbour closed. The Eighth Circuit overturned the fine.
The yard will launch the ship in May. A visit by Governor Hale was called off.
"""


def codes(claim: str, at: str, language: str = "en", more: str = "") -> list[str]:
    spans = passages(TEXT)
    table = "".join(f"        {key}: [{p.start}, {p.end}, {p.hash}]\n" for key, p in spans.items())
    briefing = (
        f'briefing: 1\ntitle: x\nas_of: "2030-01-01"\nlanguage: {language}\nabout: a\nsources:\n'
        "  a:\n    kind: news_article\n    title: t\n    publisher: p\n"
        '    published: "2029-01-01"\n    reliability: B\n    text:\n'
        f"      sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}\n      passages:\n{table}"
        f"key_points:\n  - text: '{claim}'\n    cite: [a {at}]\n{more}"
    )
    document = msgspec.structs.replace(load(briefing.encode(), "x.yaml"), texts={"a": TEXT})
    return [p.code for p in check(document) if "W230" <= p.code <= "W237"]


CASES = [
    ("Brekke took Lunde to court.", "P1S1", []),
    ("Torvald Brekka took Lunde to court.", "P1S1", ["W230"]),
    ("Torvald Br\u0435kke took Lunde to court.", "P1S1", ["W231"]),
    ("Ida Lunde sued Torvald Brekke.", "P1S1", ["W235"]),
    ("Prosecutor Ida Lunde was sued.", "P1S1", ["W233"]),
    ("No approval was given by the council, Moen said.", "P1S2", []),
    ("The council had approved the dam.", "P1S2", ["W236"]),
    ("The Swedish mayor spoke of the dam.", "P1S2", ["W234"]),
    ("Prices went up once the harbour was shut.", "P1S3", []),
    ("Prices fell after the harbour closed.", "P1S3", ["W236"]),
    ("The fine was overturned by the Eighth Circuit.", "P1S4", []),
    ("The Ninth Circuit overturned the fine.", "P1S4", ["W232"]),
    ("The ship is to be launched in May.", "P1S5", []),
    ("The yard has launched the ship.", "P1S5", ["W237"]),
    ('He spoke of "prices that fell".', "P1S3", []),
]


@pytest.mark.parametrize(("claim", "at", "expected"), CASES)
def test_a_claim_is_compared_with_its_passage(claim: str, at: str, expected: list[str]) -> None:
    assert sorted(set(codes(claim, at))) == expected


def test_rules_for_english_are_not_applied_to_other_languages() -> None:
    assert codes("The yard has launched the ship.", "P1S5", "de") == []


ACTOR = """\
actors:
  city: {name: Norland, kind: state, country: NOR, cite: [a P1S2]}
  moen:
    {name: Petra Moen, kind: person, role: ROLE, country: CODE, member_of: [city], cite: [a P1S2]}
"""


@pytest.mark.parametrize(
    ("role", "country", "expected"),
    [("mayor", "NOR", []), ("judge", "NOR", ["W233"]), ("mayor", "SWE", ["W234"])],
)
def test_an_actor_has_the_role_and_country_it_acts_in(
    role: str, country: str, expected: list[str]
) -> None:
    more = ACTOR.replace("ROLE", role).replace("CODE", country)
    assert codes("Petra Moen spoke.", "P1S2", more=more) == expected
