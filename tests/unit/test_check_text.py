"""The rules on attached text: each seeded fault is found, and what is well said is left alone."""

from __future__ import annotations

import msgspec
import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.check.text.copied_text import MAX_RUNNING_WORDS
from briefing_tui.briefing.check.text.mentions import is_country_mentioned
from briefing_tui.briefing.check.text.quotations import quotations
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.source_verification import short_hash
from tests.conftest import DATA

BRIEFING = (DATA / "icebreaker.yaml").read_text(encoding="utf-8")
TEXT = (DATA / "icebreaker.txt").read_bytes().decode()


def attached(briefing: str = BRIEFING, text: str = TEXT) -> Document:
    return msgspec.structs.replace(load(briefing.encode(), "test.yaml"), texts={"herald": text})


def changed(old: str, new: str) -> str:
    """The briefing with a text that it has once written otherwise."""
    assert BRIEFING.count(old) == 1, f"{BRIEFING.count(old)} × {old!r}"
    return BRIEFING.replace(old, new)


def found(briefing: str) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in check(attached(briefing))]


def test_what_is_well_said_is_left_alone() -> None:
    assert found(BRIEFING) == []


def test_without_the_text_nothing_of_it_is_asked() -> None:
    faulty = changed('stated: "Rs 1,250 crore"', 'stated: "Rs 12.5 billion."').replace("₹12", "₹13")
    assert check(load(faulty.encode(), "test.yaml")) == []


FAULTS = {
    # Figures
    "another sum": ("for ₹12.5 billion", "for ₹12.6 billion", "E121 '₹12.6 billion' is not in"),
    "another scale": ("₹12.5 billion", "₹12.5 million", "E121 '₹12.5 million' is not in"),
    "another currency": ("₹12.5 billion", "$12.5 billion", "E121 '$12.5 billion' is not in"),
    "another number": ("count 42", "count 43", "E121 '43' is not in herald P3S2; correct it"),
    "another number in words": ("count 42", "count forty-four", "E121 'forty-four' is not in"),
    "another count": ("number: 2, unit", "number: 3, unit", "E121 '3' is not in"),
    "another share": ("15 %", "16 %", "E121 '16 %' is not in herald P2S3"),
    "another month": ("by November 2032", "by August 2032", "E121 'August 2032' is not in"),
    "another year": ("due in June 2034", "due in June 2035", "E121 'June 2035' is not in"),
    "months and years crossed": ("June 2034", "November 2034", "E121 'November 2034' is not in"),
    "another month in a date": (
        "due: ../2032-11, cite: [herald P2S2]",
        "due: ../2032-08, cite: [herald P2S2]",
        "E121 '../2032-08' is not in herald P2S2, which has 'November 2032'; correct it or cite",
    ),
    "a day that is not there": (
        'date: "2031-03"\n    actors',
        'date: "2031-03-04"\n    actors',
        "E121 '2031-03-04' is not",
    ),
    "another weekday": (
        "stated: Wednesday",
        "stated: Thursday",
        "E121 'Thursday' is not in herald",
    ),
    "a figure of another passage": (
        "Where are the crews to come from?",
        "Where do crews for a vote on Wednesday come from?",
        "E121 'Wednesday' is not in herald P3S2, but in herald P3S3; cite that",
    ),
    "a wrong month beside another source": (
        "will vote on 26 November.\n    basis: external\n    cite: [minutes, herald P3S3]",
        "gets a ship in May 2032.\n    basis: external\n    cite: [minutes, herald P2S2]",
        "E121 'May 2032', but herald P2S2 has 'November 2032'; correct it, or give the other under",
    ),
    "a sum that nobody cites": (
        "The council will vote on 26 November.",
        "The council will vote on the Rs 1250 crore.",
        "E121 'Rs 1250 crore' is in herald P2S1, which is not cited; cite it too",
    ),
    # Passages
    "a wrong passage for a sum": (
        'crore", cite: [herald P2S1]',
        'crore", cite: [herald P3S3]',
        "but in herald P2S1; cite that",
    ),
    "a wrong passage for an actor": (
        "FRO, cite: [herald P1S2]",
        "FRO, cite: [herald P2S2]",
        "Ingrid Solheim is not named in",
    ),
    # Speakers
    "the passage of another speaker": (
        "ships.\n        cite: [herald P3S2]",
        "ships.\n        cite: [herald P2S3]",
        "E121 Tor Hagen is not named in herald P2S3, which has Arjun Mehta; correct one of the two",
    ),
    "another speaker of the same country": (
        "speaker: hagen",
        "speaker: solheim",
        "E121 Ingrid Solheim is not named in herald P3S2, which",
    ),
    "an event of somebody else": (
        "actors: [solheim]",
        "actors: [hagen]",
        "E121 Tor Hagen is not named in herald P1S2",
    ),
    # Quotations
    "words that nobody said": (
        "quote: before the first ice",
        "quote: before the last ice",
        "E122 'before the last ice' is not",
    ),
    "words that are not in quotation marks": (
        "{source: herald, at: P2S3, quote: tight but fair}",
        "{source: herald, at: P2S3, quote: in advance}",
        "E122 'in advance' is in herald P2S3, but not in quotation marks",
    ),
    "a quotation that is too long": (
        "quote: before the first ice",
        "quote: before the first ice and also very much after it has all gone again",
        "E122 quotes 14 words; quote at most 12",
    ),
    "a quotation within the text": (
        "The timetable can be kept",
        "The “timetable” can be kept",
        "E122 'timetable' is not quoted in",
    ),
    # Copying
    "a sentence": (
        "Where are the crews to come from?",
        "Had nobody explained how the crews were to be found?",
        "E123 'explained how the crews were to be found' are 8 running words of 'herald'",
    ),
    # Caution
    "a hedge that is left out": (
        "beforehand.\n    hedge: reportedly",
        "beforehand.",
        "W204 herald P2S3 says 'reportedly'; add 'hedge: reportedly'",
    ),
    # The text itself
    "a passage outside": (
        "[775, 807, 71e5093c]",
        "[775, 907, 71e5093c]",
        "P3S3 lies outside the text",
    ),
    "a passage that moved": ("[775, 807, ", "[774, 806, ", "E120 passage P3S3 has other words"),
    "another length": ("length: 808", "length: 809", "E120 the text has 808 characters, not 809"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_found(name: str) -> None:
    old, new, message = FAULTS[name]
    problems = found(changed(old, new))
    assert any(message in problem for problem in problems), problems
    assert not [problem for problem in problems if "\n" in problem]


def test_a_passage_that_has_nothing_to_do_with_it() -> None:
    faulty = changed(
        "count 42 cancelled trips and some 3000 stranded travellers.\n    cite: [herald P3S2]",
        "ask the chamber how crews for the sailings are found.\n    cite: [herald P3S3]",
    )
    (problem,) = [one for one in found(faulty) if "shares" in one]
    assert "with herald P3S3, but several with P3S2; cite that" in problem


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("for ₹12.5 billion", "for Rs. 1,250-crore"),
        ("for ₹12.5 billion", "for INR 12,500,000,000"),
        ("for ₹12.5 billion", "for 12,50,00,00,000 rupees"),
        ("count 42", "count forty-two"),
        ("some 3000", "some three thousand"),
        ("some 3000", "some 3 000"),
        ("15 %", "15 per cent"),
        ("15 %", "fifteen percent"),
        ("November 2032.", "Nov. 2032."),
        ("stated: Wednesday", "stated: on wednesday"),
        ("quote: before the first ice", "quote: Before the “first” ice"),
        ("beforehand.\n    hedge: reportedly", "beforehand, reportedly."),
        ("Where are the crews", "Where would two or more crews"),
    ],
)
def test_the_same_said_otherwise_is_the_same(old: str, new: str) -> None:
    assert found(changed(old, new)) == []


def test_a_rival_version_may_differ() -> None:
    entry = "text: The council will vote on 26 November."
    rival = "text: The first ship is due in May 2032."
    briefing = changed(entry, rival).replace(
        "[minutes, herald P3S3]\n\nopen", "[minutes, herald P2S2]\n\nopen"
    )
    assert len(found(briefing)) == 1
    disputes = '    disputes: [{field: text, value: "2032-11", cite: [herald P2S2]}]\n\nopen'
    assert found(briefing.replace("\n\nopen", f"\n{disputes}", 1)) == []


def test_seven_running_words_may_be_shared() -> None:
    run = "explained how the crews were to be found"
    words = run.split()
    assert len(words) == MAX_RUNNING_WORDS + 1
    old = "Where are the crews to come from?"
    assert found(changed(old, f"Who has {' '.join(words[:MAX_RUNNING_WORDS])} there?")) == []
    assert len(found(changed(old, f"Who has {' '.join(words)} there?"))) == 1


def test_names_and_numbers_do_not_count_as_running_words() -> None:
    old = "Where are the crews to come from?"
    assert (
        found(changed(old, "What said Tor Hagen? Told the chamber that forty-two sailings were?"))
        == []
    )


def test_what_is_copied_into_any_field_is_found() -> None:
    sentence = "one of the ships, and that nobody had explained how the crews were to be found"
    for old, new in (
        ("reliability: C\n", f"reliability: C\n    descriptor: {sentence}\n"),
        (
            "reliability: C\n",
            f"reliability: C\n    descriptor: '{sentence.replace('one of', 'One of')}'\n",
        ),
        ("hedge: reportedly\n    cite", f"hedge: reportedly\n    note: {sentence}\n    cite"),
        ("description: icebreaker", f"description: {sentence}"),
        ("label: First ship delivered", f"label: {sentence}"),
    ):
        (problem,) = (one for one in check(attached(changed(old, new))) if one.code == "E123")
        assert {"descriptor", "note", "description", "label"} & {*problem.location.path}


def test_another_text_of_the_same_briefing_is_looked_up_in_itself() -> None:
    document = attached(changed("on 26 November.", "on 27 November."))
    both = {**document.texts, "minutes": "The vote is set for 26 November."}
    (problem,) = check(msgspec.structs.replace(document, texts=both))
    assert problem.message.startswith(
        "'27 November' is not in the text of 'minutes' or herald P3S3"
    )


def test_quotations_of_every_make() -> None:
    assert quotations("he’s “a b” and ‘c d’s e’ or \"f\", 'g h' and don't can't") == [
        "a b", "f", "c d’s e", "g h"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        ("USA", "the US sanctions", True),
        ("USA", "let us see", False),
        ("CHN", "Chinese diplomacy", True),
        ("IND", "India’s weighing", True),
        ("IND", "indirect", False),
        ("FRA", "a French yard", True),
        ("NOR", "the Norwegian side", True),
        ("NOR", "North of it", False),
        ("DEU", "German", True),
        ("unknown", "unknown", True),
    ],
)
def test_countries_go_by_several_words(code: str, words: str, told: bool) -> None:
    assert is_country_mentioned(code, words) is told


@pytest.mark.parametrize(
    "unit", ["", "\ufeff", "“", "1.", "‘a", "I ", "2019 May ", "one ", "$", "'s"]
)
def test_any_text_can_be_looked_up_in(unit: str) -> None:
    assert check(attached(text=unit * 5000))


def dated(date: str, words: str, published: str = "2031-01-01") -> list[str]:
    """The problems of an event whose date is to be in a passage with these words."""
    briefing = (
        "briefing: 1\ntitle: A\nas_of: 2035-01-01\nabout: herald\nsources:\n"
        "  herald: {kind: news_article, title: B, publisher: C, reliability: C,"
        f" published: {published}, text: {{sha256: '{'0' * 64}', length: {len(words)},"
        f" passages: {{P1S1: [0, {len(words)}, '{short_hash(words)}']}}}}}}\n"
        "timeline:\n"
        f"  - {{id: d, headline: D, type: other, date: '{date}', cite: [herald P1S1]}}\n"
    )
    document = attached(briefing, words)
    return [problem.message for problem in check(document) if problem.code == "E121"]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-07-20T12:17Z", "The first alert came at 12:17 UTC."),
        ("2023-07-20T12:17:30Z", "At 12:17 (UTC) on 20 July 2023 alerts began."),
        ("2023-07-20T12:17Z", "On July 20 at 12:17Z, in 2023, alerts began."),
        ("2023-07-20T14:17", "Alerts began at 2:17 p.m. on Thursday."),
        ("2023-07-20T14:17", "Alerts began at 2.17pm."),
        ("2023-07-20T14:00", "Alerts began at 2 p.m. sharp."),
        ("2023-07-20T12:00", "It began at noon."),
        ("2023-07-20T12:17Z", "It began at 1217Z."),
        ("2023-07-20T12:17Z", "2023-07-20T12:17:05Z: the first alert."),
        ("2023-07-20T12:17Z", "2023-07-20 12:17:05 the first alert."),
        ("2023-07-20T14:17+02:00", "It began at 12:17 UTC."),
        ("2023-07-20T00:17Z", "It began at 8:17 p.m. EDT on July 19, 2023."),
        ("2023-07-20T12:17Z/2023-07-20T12:30Z", "From 12:17 to 12:30 nothing worked."),
        ("2024-Q3", "It grew in the third quarter of 2024."),
        ("2024-35", "It grew in Q3 2024."),
        ("2024-Q3", "In 2024 it shrank at first, and grew in Q3."),
        ("2024-Q3", "The 3Q 2024 results are out."),
        ("2024-H1", "It grew in the first half of 2024."),
        ("2024-H2", "It grew in H2 2024."),
        ("2008-22", "It rained in the summer of 2008."),
        ("2008-23", "It rained in fall 2008."),
        ("199X", "Prices fell in the 1990s."),
        ("199X", "Prices fell in the nineties."),
        ("199X", "Prices fell in the '90s."),
        ("19XX", "The twentieth century was long."),
        ("20XX", "The 21st century is young."),
        ("unknown", "Nobody says when."),
    ],
)
def test_a_date_of_any_unit_is_found_in_the_words(date: str, words: str) -> None:
    assert dated(date, words) == []


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-07-20T12:17Z", "The first alert came at 12:18 UTC."),
        ("2023-07-20T12:17Z", "The first alert came at 13:17 UTC."),
        ("2023-07-20T12:17Z", "Alerts began on 20 July 2023."),
        ("2023-07-21T12:17Z", "Alerts began at 12:17 on 20 July 2023."),
        ("2023-07-21T12:17Z", "2023-07-20T12:17:05Z: the first alert."),
        ("2023-07-20T02:17", "Alerts began at 2:17 p.m."),
        ("2023-07-20T12:17Z", "It began at 8:19 p.m. EDT."),
        ("2024-Q3", "It grew in the second quarter of 2024."),
        ("2024-Q3", "It grew in the third quarter of 2023."),
        ("2024-H1", "It grew in the second half of 2024."),
        ("199X", "Prices fell in the 1980s."),
        ("19XX", "The 19th century was long."),
        ("2008-22", "It rained in spring 2008."),
    ],
)
def test_a_date_of_any_unit_is_missed(date: str, words: str) -> None:
    (message,) = dated(date, words)
    assert f"'{date}' is not in herald P1S1" in message


def test_a_time_on_the_day_of_the_article_is_in_its_words() -> None:
    on_the_day = {"published": "2023-07-20"}
    assert dated("2023-07-20", "The alerts began.", **on_the_day) == []
    assert dated("2023-07-20T12:17Z", "The alerts began at 12:17.", **on_the_day) == []
    assert dated("2023-07-20T12:17Z", "The alerts began at 12:18.", **on_the_day)
