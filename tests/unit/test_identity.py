"""Who is the same across briefings, and who must not be taken for another."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.library.entity_resolution import Named, Subject, entities_of, joined, named
from briefing_tui.library.index import database, entities
from tests.briefings import loaded, text
from tests.subjects import Appearance, subjects


def actor(
    file: str,
    name_in_file: str,
    name: str,
    country: str = "",
    sort: str = "person",
    aka: tuple[str, ...] = (),
    same_as: tuple[str, ...] = (),
) -> Appearance:
    told = (country,) if country else ()
    return Appearance(file, Named("actor", name_in_file, name, sort, told, aka, same_as))


def groups(*found: Appearance) -> list[set[str]]:
    """The groups, each as the files it is in."""
    return [{file for file, _ in one.members} for one in subjects(found)[0]]


def test_one_id_is_one_actor() -> None:
    assert groups(actor("a", "holm", "Inge Holm"), actor("b", "holm", "I. Holm", "NOR")) == [
        {"a", "b"}
    ]


def test_a_name_among_the_other_names_joins() -> None:
    first = actor("a", "russia", "Russia", "RUS", "state", ("Moscow",))
    assert groups(first, actor("b", "moscow", "Moscow", "RUS", "state")) == [{"a", "b"}]


def test_two_aliases_alone_join_nothing() -> None:
    first = actor("a", "harbour", "Harbour Board", "NOR", "public_body", ("the board",))
    second = actor("b", "school", "School Board", "NOR", "public_body", ("the board",))
    assert groups(first, second) == [{"a"}, {"b"}]


def test_what_an_author_says_is_the_same_is_joined() -> None:
    first = actor("a", "fsb", "Federal Service", "RUS", "public_body")
    second = actor("b", "service", "The Service", "RUS", "public_body", same_as=("fsb",))
    assert groups(first, second) == [{"a", "b"}]


def test_one_wikidata_id_is_one_actor_whatever_its_names() -> None:
    first = actor("a", "twain", "Mark Twain", "USA", same_as=("Q7245",))
    second = actor("b", "clemens", "Samuel Clemens", "GBR", same_as=("Q7245",))
    assert groups(first, second) == [{"a", "b"}]
    other = actor("b", "clemens", "Samuel Clemens", same_as=("Q7246",))
    assert groups(first, other) == [{"a"}, {"b"}]
    (subject,), conflicts = subjects([first, second])
    assert named([subject], "Q7245") == [subject]
    assert not conflicts


@pytest.mark.parametrize(
    ("sort", "country"), [("company", "NOR"), ("state", "NOR"), ("public_body", "SWE")]
)
def test_a_wikidata_id_of_two_that_differ_is_reported(sort: str, country: str) -> None:
    kind = "person" if sort == "company" else sort
    first = actor("a", "holm", "Holm", "NOR" if kind == "person" else "DNK", kind, (), ("Q1",))
    second = actor("b", "lind", "Lind", country, sort, (), ("Q1",))
    found, conflicts = subjects([first, second])
    assert len(found) == 2
    assert [conflict.id for conflict in conflicts] == ["Q1"]


def test_same_as_reaches_over_a_third() -> None:
    first = actor("a", "one", "Alpha", same_as=("two",))
    second = actor("b", "two", "Beta")
    third = actor("c", "three", "Gamma", same_as=("two",))
    assert groups(first, second, third) == [{"a", "b", "c"}]


def test_ministries_of_two_countries_stay_apart_and_are_told() -> None:
    first = actor("a", "mod", "Ministry of Defence", "IND", "public_body")
    second = actor("b", "mod", "Ministry of Defence", "RUS", "public_body")
    found, conflicts = subjects([first, second])
    assert [one.countries for one in found] == [("IND",), ("RUS",)]
    assert [str(one) for one in conflicts] == [
        "'mod' is “Ministry of Defence (IND)” (a) and “Ministry of Defence (RUS)” (b): not joined"
    ]


def test_a_shared_id_with_another_name_and_country_is_no_proof() -> None:
    found, conflicts = subjects(
        [actor("a", "lee", "Lee Wei", "SGP"), actor("b", "lee", "Robert E.", "USA")]
    )
    assert len(found) == 2
    assert len(conflicts) == 1


def test_a_person_filed_under_two_countries_is_one() -> None:
    assert groups(actor("a", "lee", "Lee Wei", "SGP"), actor("b", "lee", "Lee Wei", "MYS")) == [
        {"a", "b"}
    ]


@pytest.mark.parametrize("other", ["P. Holm", "Holm", "Petter Holm", "Peter J. Holm"])
def test_a_name_in_another_form_may_be_filed_under_another_country(other: str) -> None:
    first = actor("a", "holm", "Peter Holm", "DNK")
    assert groups(first, actor("b", "holm", other, "NOR")) == [{"a", "b"}]


@pytest.mark.parametrize("sort", ["person", "organisation"])
def test_a_word_in_common_is_no_proof_across_countries(sort: str) -> None:
    first = actor("a", "holm", "Peter Holm", "DNK", sort)
    found, conflicts = subjects([first, actor("b", "holm", "Inge Holm", "NOR", sort)])
    assert len(found) == 2
    assert len(conflicts) == 1


def test_people_of_one_id_with_nothing_in_common_are_two_and_told() -> None:
    first = actor("a", "minister", "Asha Rao", "IND")
    found, conflicts = subjects([first, actor("b", "minister", "Vikram Singh", "IND")])
    assert len(found) == 2
    assert [str(one) for one in conflicts] == [
        "'minister' is “Asha Rao (IND)” (a) and “Vikram Singh (IND)” (b): not joined"
    ]
    known = actor("c", "minister", "Asha Rao", "IND", aka=("Vikram Singh",))
    assert groups(known, actor("b", "minister", "Vikram Singh", "IND")) == [{"b", "c"}]


def test_one_name_in_two_alphabets_is_no_contradiction() -> None:
    first = actor("a", "ryabkov", "Sergei Ryabkov", "RUS")
    assert groups(first, actor("b", "ryabkov", "Сергей Рябков", "RUS")) == [{"a", "b"}]


def test_names_join_only_within_a_country_and_a_sort() -> None:
    first = actor("a", "mod-ind", "Ministry of Defence", "IND", "public_body")
    second = actor("b", "mod-rus", "Ministry of Defence", "RUS", "public_body")
    third = actor("c", "paris", "Paris", "FRA", "person")
    fourth = actor("d", "city", "Paris", "FRA", "organisation")
    assert len(groups(first, second, third, fourth)) == 4


def test_a_deal_belongs_to_its_parties() -> None:
    def deal(file: str, recipient: str) -> Appearance:
        lantern = f"{{lantern: {{designation: Lantern, supplier: FRA, recipient: {recipient}}}}}"
        document = loaded(text(deals=lantern))
        members = entities_of(document.briefing)
        return Appearance(file, next(entity for entity in members if entity.kind == "deal"))

    found, conflicts = subjects([deal("a", "NOR"), deal("b", "NOR"), deal("c", "DNK")])
    assert sorted(len(one.members) for one in found) == [1, 2]
    assert len(conflicts) == 1


def test_found_by_id_by_name_and_by_another_name() -> None:
    found, _ = subjects([actor("a", "russia", "Russia", "RUS", "state", ("Moscow",))])
    for query in ("russia", "RUSSIA", "moscow", "Moscow"):
        assert named(found, query) == found
    assert named(found, "mosc") == []


NAMES = ["Alpha", "Beta", "Alpha Beta", "the board"]
ACTORS = st.builds(
    actor,
    st.sampled_from("abcdef"),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", "IND", "RUS"]),
    st.sampled_from(["person", "state", "organisation"]),
    st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    st.lists(st.sampled_from(["one", "two", "nobody", "Q1", "Q2"]), max_size=2).map(tuple),
)


@given(st.lists(ACTORS, max_size=8), st.randoms())
def test_the_order_of_reading_does_not_matter(found: list[Appearance], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert subjects(found) == subjects(shuffled)


@given(st.lists(ACTORS, max_size=8))
def test_every_appearance_is_in_one_subject(found: list[Appearance]) -> None:
    made, _ = subjects(found)

    def members(among: list[Subject]) -> list[tuple[str, str]]:
        return sorted({member for one in among for member in one.members})

    assert members(made) == sorted({(one.file, one.named.id) for one in found})


# who appears where, as the index keeps it


@pytest.fixture(scope="module")
def kept() -> Iterator[sqlite3.Connection]:
    connection = database.connect(None).connection
    with contextlib.closing(connection):
        yield connection


QUERIES = [*NAMES, "one", "two", "three", "nobody", "ALPHA", "the  board", "Q1", "Q3"]


@given(st.lists(ACTORS, max_size=10, unique=True), st.lists(st.sampled_from("abcdef")))
def test_one_question_tells_the_same_as_all(
    kept: sqlite3.Connection, found: list[Appearance], outside: list[str]
) -> None:
    """Whoever is asked for is joined as among everyone, whatever part of the files is looked at."""
    numbers = {name: number for number, name in enumerate("abcdef", 1)}
    inside = [one for one in found if one.file not in outside]
    looked_at = [(number,) for name, number in numbers.items() if name not in outside]
    with taken_back(kept):
        kept.executemany("INSERT INTO scope (id) VALUES (?)", looked_at)
        for name, number in numbers.items():
            kept.execute("INSERT INTO file (id, path) VALUES (?, ?)", (number, name.encode()))
            here = [entities.packed(one.named) for one in found if one.file == name]
            entities.add_appearances(kept, number, here)
            entities.remove_appearances(kept, number)  # what is forgotten leaves no trace
            entities.add_appearances(kept, number, here)
        everyone = joined(entities.all_subjects(kept))
        assert everyone == subjects(inside)
        for query in QUERIES:
            among, conflicts = joined(entities.subjects_named(kept, query))
            assert named(among, query) == named(everyone[0], query)
            told = [one for one in everyone[1] if {*one.sides} & {*named(among, query)}]
            assert told == [one for one in conflicts if {*one.sides} & {*named(among, query)}]
        for name in ("one", "three"):
            among, _ = joined(entities.subjects_with_ids(kept, [name]))
            having = [one for one in everyone[0] if any(own == name for _, own in one.members)]
            assert [one for one in among if one in having] == having


@contextlib.contextmanager
def taken_back(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def test_who_appears_nowhere_is_forgotten(kept: sqlite3.Connection) -> None:
    found = actor("a", "fsb", "Federal Service", aka=("the board",), same_as=("service",))
    with taken_back(kept):
        entities.add_appearances(kept, 1, [entities.packed(found.named)] * 2)
        assert kept.execute("SELECT count(*) FROM appears").fetchone() == (1,)
        entities.remove_appearances(kept, 1)
        for table in ("party", "called", "appears"):
            assert kept.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
