"""``explain``: what a field takes, and what a word means."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from briefing_tui.cli import cli
from briefing_tui.output.explanation import (
    EntryTopic,
    FieldTopic,
    VocabularyTopic,
    WordTopic,
    explained,
    terms,
)
from briefing_tui.vocabulary.catalogue import NAMES, all_words


def invoke(*args: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner(env=env).invoke(cli, ["explain", *args], prog_name="briefing-tui")


def test_a_word_is_explained_with_its_vocabulary_sign_and_standard() -> None:
    assert invoke("ruling").stdout == (
        "ruling: type of event, in 'courts'  ⊢\n"
        "  A court decides a question or a case.\n"
        "  Standard: j:CourtOrder, NIEM Core and Justice domain,\n"
        "  https://niem.github.io/niem-releases/\n"
    )


def test_a_word_of_several_vocabularies_is_explained_once_for_each() -> None:
    assert [
        (topic.vocabulary, topic.section)
        for topic in explained("launch")
        if isinstance(topic, WordTopic)
    ] == [("business", "events"), ("space", "events"), ("space", "units")]


def test_a_kind_of_commitment_lists_its_roles_and_stages() -> None:
    (transfer,) = [
        topic for topic in explained("transfer") if getattr(topic, "section", "") == "commitments"
    ]
    assert isinstance(transfer, WordTopic)
    assert transfer.roles[:2] == ("selling_club", "buying_club")
    assert "fee_agreed" in transfer.stages
    assert "roles: selling_club, buying_club" in invoke("transfer").stdout


@pytest.mark.parametrize("term", ["under_appeal", "under appeal", "Under-Appeal"])
def test_a_word_is_found_as_readers_see_it(term: str) -> None:
    assert invoke(*term.split()).stdout.startswith("under_appeal: stage of a commitment")


def test_a_field_is_explained_by_the_docstring_of_the_model() -> None:
    assert invoke("event.stated").stdout == (
        "event.stated: a field\n  text. The article's own words for the date, if they differ.\n"
    )
    assert "required; " in invoke("event.headline").stdout


def test_a_field_that_takes_words_lists_them_by_vocabulary() -> None:
    (field,) = explained("commitment.parties")
    assert isinstance(field, FieldTopic)
    assert field.words["courts"][:2] == ["plaintiff", "defendant"]
    lines = invoke("actor.kind").stdout.splitlines()
    assert lines[:2] == [
        "actor.kind: a field",
        "  required; a word (kinds of actors). The kind of actor; a ministry or a",
    ]
    assert "  courts: court, prosecutor, law_firm, class" in lines


def test_a_field_of_several_entries_is_explained_for_each() -> None:
    entries = {topic.entry for topic in explained("note") if isinstance(topic, FieldTopic)}
    assert entries == {"evidence", "dispute", "published"}


def test_fields_of_evidence_belong_to_every_entry_that_has_them() -> None:
    assert explained("event.cite") == explained("evidence.cite")
    assert explained("published.cite") == []


def test_an_entry_lists_its_fields() -> None:
    (entry,) = [topic for topic in explained("Event") if isinstance(topic, EntryTopic)]
    assert {"headline", "type", "date"} <= {field.field for field in entry.fields}
    assert "It also has the fields of 'evidence'." in invoke("event").stdout


def test_a_vocabulary_lists_its_words() -> None:
    (courts,) = [topic for topic in explained("courts") if isinstance(topic, VocabularyTopic)]
    assert len(courts.words) == sum(entry.vocabulary == "courts" for entry in all_words())
    assert "  ⊢ ruling          A court decides a question or a case.\n" in invoke("courts").stdout


def test_without_a_term_vocabularies_and_entries_are_listed() -> None:
    lines = invoke().stdout.splitlines()
    assert [line.split()[0] for line in lines[2:10]] == [*NAMES]
    assert any(line.startswith("  milestone ") for line in lines)


def test_what_is_unknown_is_wrong_usage_with_the_nearest_terms() -> None:
    result = invoke("launh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "briefing-tui: 'launh' is neither a field nor a word — "
        "did you mean 'launch', 'launcher' or 'launched'?\n"
    )


def test_json_has_the_same_topics() -> None:
    topics = json.loads(invoke("payment", "--json").stdout)
    assert [(topic["topic"], topic.get("vocabulary")) for topic in topics] == [
        ("entry", None),
        ("word", "general"),
    ]
    assert len(json.loads(invoke("--json").stdout)) > len(NAMES)


def test_every_term_is_explained_in_lines_of_at_most_80_columns() -> None:
    long = {line for term in (*NAMES, "event", "case") for line in invoke(term).stdout.splitlines()}
    assert max(map(len, long)) <= 80
    assert [term for term in terms() if not explained(term)] == []


def test_signs_are_in_ascii_without_utf8() -> None:
    result = invoke("ruling", env={"TERM": "xterm", "LC_ALL": "C"})
    assert result.stdout.isascii()
