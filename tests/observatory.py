"""A small briefing whose every row is known to the tests."""

from __future__ import annotations

from functools import cache

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load

NAME = "observatory.yaml"
NIGHTS = 30
"""Events that make the timeline longer than any screen."""

_NIGHTS = "".join(
    f"""
  - id: night-{number}
    headline: Night {number} is clear
    type: other
    date: "2019-01-{number:02}"
    actors: [vale]
    cite: [gazette P1S1]
"""
    for number in range(1, NIGHTS + 1)
)

TEXT = f"""
briefing: 1
title: The observatory on Mount Senn
as_of: "2020-06-15"
about: gazette

bottom_line:
  - text: The great mirror is expected by March 2021.
    cite: [gazette P1S1, wire]
    about: [mirror, first-light]

key_points:
  - text: The ministry pays for the mirror.
    cite: [gazette P1S2]
    about: [ministry]
  - text: The glassworks found a crack in May 2020.
    cite: [gazette P1S2, wire]
    about: [crack, glassworks, mirror, vale, rook, ministry, dome]
  - text: Nobody expected a quokka.
    basis: judgement
    confidence: low
    cite: [gazette P1S2]

open_questions:
  - text: Who will open the observatory?
    cite: [almanac]

sources:
  gazette:
    kind: news_article
    title: Light on the mountain
    publisher: Senn Gazette
    url: https://gazette.example/light
    published: "2020-06-12"
    retrieved: "2020-06-13"
    reliability: C
    text:
      sha256: "{"0" * 64}"
      passages:
        P1S1: [0, 40, "01234567"]
        P1S2: [41, 80, "89abcdef"]
  wire:
    kind: wire
    title: Crack in the glass
    publisher: Alpine Wire
    url: https://wire.example/crack
    published: "2020-06-11"
    retrieved: "2020-06-13"
    reliability: B
  almanac:
    kind: dataset
    title: Almanac of the canton
    publisher: Canton of Senn
    published: "2019-12-31"
    reliability: A
  later:
    kind: wire
    title: Later than thought
    publisher: Alpine Wire
    url: https://wire.example/later
    published: "2020-09-01"
    retrieved: "2020-09-02"
    reliability: B

actors:
  vale: {{name: Ada Vale, kind: person, role: astronomer, country: CHE, cite: [gazette P1S1]}}
  ministry: {{name: Ministry of Works, kind: public_body, country: CHE, cite: [gazette P1S2]}}
  glassworks: {{name: Orlo Glassworks, kind: organisation, country: ITA, cite: [wire]}}
  rook:
    name: Tom Rook
    kind: person
    role: editor of the Quokka News
    country: AUT
    note: He wrote the article of the gazette.
    cite: [gazette P1S1]

timeline:
  - id: founded
    headline: The observatory is founded
    type: other
    date: "1931"
    cite: [almanac]
{_NIGHTS}
  - id: quokka
    headline: A quokka is seen on the roof
    type: other
    date: "2019-06-01"
    cite: [almanac]
  - id: contract
    headline: The contract for the mirror is signed
    type: agreement
    date: "2020-03-02"
    actors: [ministry, glassworks]
    deals: [mirror]
    hedge: reportedly
    cite: [gazette P1S1, wire]
  - id: again
    headline: The Quokka comes again
    type: other
    date: "2020-04-01"
    cite: [almanac, wire]
    basis: external
  - id: crack
    headline: A crack is found
    type: other
    date: "2020-05"
    text: >-
      It was found when the blank was turned over for the second grinding, and measured as long as a thumb. The foreman
      thought it shallow, the inspector did not. Work was stopped for nine days, until both had looked again, and went on
      with a smaller stone. Nobody told the astronomers until the paper asked, and then only that there had been a
      delay of little weight.
    actors: [glassworks]
    deals: [mirror]
    cite: [wire]
    disputes:
      - {{field: date, value: "2020-04", note: as the paper has it, cite: [gazette P1S2]}}
  - id: first-light
    headline: First light
    type: other
    date: "2021-03"
    status: planned
    actors: [vale]
    deals: [mirror]
    cite: [gazette P1S1]
  - id: opening
    headline: The doors open to everybody
    type: other
    date: "2022"
    status: planned
    cite: [gazette P1S2]
  - id: delay
    headline: A delay is admitted
    type: other
    date: "2020-08-31"
    actors: [glassworks]
    deals: [mirror]
    cite: [later]

deals:
  mirror:
    designation: Great mirror
    description: of four metres
    supplier: ITA
    recipient: CHE
    cite: [gazette P1S1]
    order: {{number: 1, unit: mirror, date: "2020-03-02", cite: [wire]}}
    stages:
      - {{stage: contracted, date: "2020-03-02", cite: [wire]}}
    values:
      - {{amount: 900000, currency: CHF, stated: 0.9 million francs, cite: [gazette P1S1]}}
    milestones:
      - id: arrival
        label: Mirror arrives
        forecasts:
          - {{said: "2020-03-02", by: glassworks, due: "2021-03", cite: [wire]}}
    statements:
      - {{date: "2020-06-10", speaker: vale, text: We can wait., cite: [gazette P1S2]}}
  dome:
    designation: Steel dome
    description: with a quokka for a weathercock
    supplier: AUT
    recipient: CHE
    cite: [almanac]
    values:
      - {{amount: 100, currency: CHF, stated: a hundred francs, cite: [almanac]}}
"""

QUOKKAS = [
    ("summary", "key_points/2"),
    ("timeline", "timeline/quokka"),
    ("timeline", "timeline/again"),
    ("actors", "actors/rook"),
    ("deals", "deals/dome"),
]
"""Every row with the word, in the order of the panes; of the second and fourth with a capital."""


@cache
def document() -> Document:
    """The briefing as it is read."""
    return load(TEXT.encode(), NAME)


CHANGES = (
    ("Night 20 is clear", "Night 20 was cloudy"),
    ("id: night-21", "id: another-night"),
    ("Nobody expected a quokka.", "Nobody at all expected a quokka."),
)
"""A night changed, one came and one went, and so did what a source says."""


def changed(*changes: tuple[str, str]) -> Document:
    """The briefing with other words in place of some."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text.encode(), NAME)
