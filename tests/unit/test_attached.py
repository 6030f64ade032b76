"""Comparing a file with what a briefing knows of a text."""

from __future__ import annotations

import pytest
import yaml

from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Passage, SourceText
from briefing_tui.briefing.source_verification import (
    NoTextError,
    compare,
    describe_difference,
    rehash,
)
from tests.conftest import DATA

TEXT = (DATA / "icebreaker.txt").read_bytes()


@pytest.fixture
def known() -> SourceText:
    text = load_path(DATA / "icebreaker.yaml").briefing.sources["herald"].text
    assert text is not None
    return text


def test_the_text_itself(known: SourceText) -> None:
    compared = compare(TEXT, known)
    assert compared.is_same
    assert compared.is_sound
    assert compared.unchanged == tuple(known.passages)


def test_a_change_moves_what_follows(known: SourceText) -> None:
    compared = compare(TEXT.replace(b"paid in full", b"paid"), known)
    assert not compared.is_same
    assert compared.unchanged == ("P1S1",)
    assert compared.missing == ("P1S2",)
    assert {
        name: span.start - known.passages[name].start for name, span in compared.moved.items()
    } == (dict.fromkeys(("P2S1", "P2S2", "P2S3", "P3S1", "P3S2", "P3S3"), -8))
    assert describe_difference(compared) == (
        "800 characters, not 808; the same P1S1;"
        " moved P2S1 P2S2 P2S3 P3S1 P3S2 P3S3; changed or gone P1S2"
    )


def test_paragraphs_in_another_order(known: SourceText) -> None:
    paragraphs = TEXT.decode().strip().split("\n\n")
    compared = compare("\n\n".join(reversed(paragraphs)).encode(), known)
    assert not compared.missing
    assert len(compared.moved) + len(compared.unchanged) == len(known.passages)


def test_line_ends_count(known: SourceText) -> None:
    compared = compare(TEXT.replace(b"\n", b"\r\n"), known)
    assert not compared.is_same
    assert not compared.missing


@pytest.mark.parametrize(
    ("data", "told"), [(b"\xff\xfea", "not UTF-8"), (b"a" * 2 * 1024 * 1024, "larger than 1 MiB")]
)
def test_what_is_no_text(data: bytes, told: str, known: SourceText) -> None:
    with pytest.raises(NoTextError, match=told):
        compare(data, known)


@pytest.mark.parametrize("unit", ["", " ", "\n", "a ", "é"])
def test_any_text_can_be_compared(unit: str, known: SourceText) -> None:
    data = unit.encode() * 20_000
    assert compare(data, known).missing == tuple(known.passages)
    assert rehash(compare(data, known))


def test_impossible_spans() -> None:
    spans = {"P1S1": Passage(5, 2, "00000000"), "P1S2": Passage(0, 10**12, "00000000")}
    compared = compare(b"abc", SourceText(sha256="0" * 64, passages=spans))
    assert compared.missing == ("P1S1", "P1S2")


def entry(data: bytes, known: SourceText) -> tuple[SourceText, str]:
    """What is printed for a file, read back, and as it was printed."""
    printed = rehash(compare(data, known))
    read = yaml.safe_load(printed)["text"]
    spans = {name: Passage(*span) for name, span in (read.get("passages") or {}).items()}
    return SourceText(sha256=read["sha256"], length=read["length"], passages=spans), printed


def test_the_new_entry_fits_the_file(known: SourceText) -> None:
    again, printed = entry(TEXT, known)
    assert (again.sha256, again.length, again.passages) == (
        known.sha256,
        known.length,
        known.passages,
    )
    assert "#" not in printed


def test_the_new_entry_of_a_changed_file(known: SourceText) -> None:
    data = TEXT.replace(b"paid in full", b"paid")
    again, printed = entry(data, known)
    assert compare(data, again).is_sound
    assert list(again.passages) == list(known.passages)
    (marked,) = [line for line in printed.splitlines() if "#" in line]
    assert marked.strip().startswith("P1S2: [69, 219, ")
    assert marked.endswith("# changed: read it again")


def test_what_is_not_found_is_named(known: SourceText) -> None:
    data = TEXT[: TEXT.index(b"The opposition")]
    again, printed = entry(data, known)
    assert compare(data, again).is_sound
    assert [name for name in known.passages if name not in again.passages] == [
        "P3S1",
        "P3S2",
        "P3S3",
    ]
    assert printed.count("not found; give its span") == 3
