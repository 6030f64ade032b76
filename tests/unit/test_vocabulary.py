"""Vocabularies: complete, consistent, and drawable on every terminal."""

from __future__ import annotations

import unicodedata

import pytest
from wcwidth.table_vs16 import VS16_NARROW_TO_WIDE

from briefing_tui.briefing.ascii_text import to_ascii
from briefing_tui.briefing.check import check
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.vocabulary import catalogue
from briefing_tui.vocabulary.catalogue import (
    GENERAL,
    NAMES,
    all_words,
    merged,
    occurrences,
    vocabulary,
    words_in_force,
)
from briefing_tui.vocabulary.words import (
    SECTIONS,
    Definition,
    Glossary,
    KindDefinition,
    label_of,
    plural_of,
)
from tests.briefings import STORM, codes, loaded, text
from tests.prose import ROOT, in_text

FILES = ROOT / "briefing_tui" / "vocabulary"
FIELDS = (GENERAL, *NAMES)
WORDS = [*all_words()]
EMOJI = [*VS16_NARROW_TO_WIDE.values()][-1]
"""Ranges of characters that some terminals draw as emoji, two cells wide."""
TYPES_OF_OTHER_STORIES = [
    "lawsuit",
    "ruling",
    "verdict",
    "sentence",
    "launch",
    "outage",
    "merge",
    "deployment",
    "refusal",
    "market_move",
    "termination",
]
"""Types of events of a merger, a lawsuit, a mission, a medicine and an outage."""


def name(occurrence: catalogue.Occurrence) -> str:
    return ".".join(occurrence[:3])


def test_every_file_is_a_vocabulary_that_can_be_named() -> None:
    files = FILES.glob("*.json")
    assert {path.stem for path in files} == {*FIELDS}


@pytest.mark.parametrize("field", FIELDS)
def test_a_vocabulary_has_words_of_every_section(field: str) -> None:
    words = vocabulary(field)
    assert words.title
    assert words.about.endswith(".")
    assert [section for section in SECTIONS if not words.section(section)] == []


def test_every_meaning_is_one_short_sentence_in_plain_english() -> None:
    assert [
        name(entry)
        for entry in WORDS
        if not (entry.definition.meaning[:1].isupper() and entry.definition.meaning.endswith("."))
        or len(entry.definition.meaning) > 90
        or any(in_text(FILES, entry.definition.meaning))
    ] == []


def test_every_standard_is_declared_and_used() -> None:
    for field in FIELDS:
        standards = {
            entry.definition.standard.partition(": ")[0]
            for entry in WORDS
            if entry.vocabulary == field and entry.definition.standard
        }
        assert standards == {*vocabulary(field).standards}, field


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("section", SECTIONS)
def test_labels_are_unique_among_the_words_that_are_in_force_together(
    field: str, section: str
) -> None:
    words = words_in_force((field,)).section(section)
    labels = {label_of(word, entry) for word, entry in words.items()}
    assert len(labels) == len(words)


@pytest.mark.parametrize("field", FIELDS)
def test_a_kind_of_commitment_uses_words_that_are_in_force_with_it(field: str) -> None:
    words = words_in_force((field,))
    for kind_name, kind in vocabulary(field).commitments.items():
        assert kind.title, kind_name
        assert len(kind.roles) >= 2, kind_name
        assert not {*kind.roles} - {*words.roles}, kind_name
        assert not {*kind.values} - {*words.values}, kind_name
        assert not {*kind.stages} - {*words.stages}, kind_name
        assert {words.stages[stage].state for stage in kind.stages} >= {"open", "ended"}, kind_name


def test_every_stage_and_role_is_one_of_a_kind() -> None:
    for field in NAMES:
        words, kinds = vocabulary(field), vocabulary(field).commitments.values()
        for section in ("stages", "roles"):
            used = {word for kind in kinds for word in getattr(kind, section)}
            assert not {*words.section(section)} - used, f"{field} {section}"


def test_a_general_word_is_in_no_other_vocabulary() -> None:
    general = {entry[1:3] for entry in WORDS if entry.vocabulary == GENERAL}
    assert [
        name(entry) for entry in WORDS if entry.vocabulary != GENERAL if entry[1:3] in general
    ] == []


def test_events_and_kinds_have_a_sign_and_other_words_none() -> None:
    assert {entry.section for entry in WORDS if entry.definition.sign} == {"events", "commitments"}
    assert not [
        name(entry)
        for entry in WORDS
        if entry.section in ("events", "commitments") and not entry.definition.sign
    ]


def test_signs_are_one_cell_wide_on_every_terminal_and_have_a_likeness_in_ascii() -> None:
    for sign in {entry.definition.sign for entry in WORDS if entry.definition.sign}:
        assert cell_width(sign) == len(sign) == 1, sign
        assert unicodedata.east_asian_width(sign) in ("N", "Na"), sign
        assert to_ascii(sign).isascii(), sign
        assert not any(first <= ord(sign) <= last for first, last in EMOJI), sign


def test_today_s_words_are_in_force_by_default() -> None:
    words = words_in_force(catalogue.DEFAULT)
    assert {"call", "visit", "forum", "combat_use", "sanction", "other"} <= {*words.events}
    assert words.commitments["deal"].stages == (
        *("proposed", "approved", "contracted", "in_delivery", "delivered"),
        *("suspended", "cancelled"),
    )
    assert {"none", "threatened", "waiver_sought", "waived", "imposed"} <= {*words.measures}
    assert {"person", "organisation", "public_body", "state"} <= {*words.actors}


@pytest.mark.parametrize("word", TYPES_OF_OTHER_STORIES)
def test_events_of_other_stories_have_a_type(word: str) -> None:
    assert any(occurrence.section == "events" for occurrence in occurrences(word))


def test_the_first_vocabulary_that_has_a_word_defines_it() -> None:
    first = Glossary(events={"launch": Definition(meaning="A book appears.")})
    both = merged([first, vocabulary("space")])
    assert both.events["launch"].meaning == "A book appears."
    assert "scrub" in both.events
    order = words_in_force(("business", "space")), words_in_force(("space", "business"))
    assert [words.events["launch"].meaning for words in order] == [
        "A product or a service comes to market.",
        "A rocket lifts off.",
    ]


def test_labels_follow_from_words() -> None:
    assert label_of("in_delivery", None) == "in delivery"
    assert plural_of("deal", KindDefinition()) == "deals"
    assert plural_of("study", KindDefinition()) == "studies"
    assert plural_of("report_of_problem", None) == "reports of problem"
    assert plural_of("battery", vocabulary("diplomacy").units["battery"]) == "batteries"
    assert label_of("spin_off", vocabulary("business").events["spin_off"]) == "spin-off"


def test_a_briefing_can_use_its_own_words_those_it_names_and_the_general_ones() -> None:
    own = "{events: {haul: {label: big haul, sign: ⌂, meaning: A net is hauled.}}}"
    briefing = loaded(text(vocabularies="[space]", words=own)).briefing
    events = briefing.glossary.events
    assert events["haul"] == Definition(label="big haul", sign="⌂", meaning="A net is hauled.")
    assert {"haul", "launch", "visit"} <= {*events}
    assert "combat_use" not in events
    assert "combat_use" in loaded(text()).briefing.glossary.events
    assert "combat_use" not in loaded(text(vocabularies="[general]")).briefing.glossary.events


def test_a_briefing_may_define_a_word_otherwise() -> None:
    own = "{events: {visit: {meaning: The inspector comes.}}}"
    briefing = loaded(text(words=own)).briefing
    assert briefing.glossary.events["visit"].meaning == "The inspector comes."


def test_declared_words_are_known_to_the_check() -> None:
    storm = STORM.replace("type: other", "type: haul")
    own = "{events: {haul: {meaning: A net is hauled.}}}"
    assert codes(check(loaded(text(timeline=f"[{storm}]")))) == ["W212"]
    assert check(loaded(text(timeline=f"[{storm}]", words=own))) == []


def test_a_mistake_in_the_declaration_is_reported_alone() -> None:
    storm = STORM.replace("type: other", "type: haul")
    own = "{events: {haul: {meening: A net is hauled.}}}"
    assert codes(check(loaded(text(timeline=f"[{storm}]", words=own)))) == ["E102"]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("stages", "proposed approved contracted in_delivery delivered suspended cancelled"),
        ("values", "reported estimate ceiling contract"),
        ("measures", "none threatened waiver_sought waived imposed"),
    ],
)
def test_a_deal_is_shown_in_its_own_words(section: str, words: str) -> None:
    defined = words_in_force(catalogue.DEFAULT).section(section)
    for word in words.split():
        assert label_of(word, defined[word]) == word.replace("_", " ")


@pytest.mark.parametrize("between", ['" v.\\n"', '" and at the same time, on the other side, "'])
def test_a_label_is_short_and_in_one_line(between: str) -> None:
    own = f"{{commitments: {{pact: {{between: {between}}}}}}}"
    (problem,) = check(loaded(text(words=own)))
    assert "one line of at most 40 characters" in problem.message
