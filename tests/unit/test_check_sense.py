"""The rules that ask whether a file makes sense: each fires, and is silent once that is mended."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.check.amounts import figures
from briefing_tui.briefing.check.bottom_line import _count_sentences
from briefing_tui.briefing.load import load, load_path
from briefing_tui.briefing.problems import Problem
from briefing_tui.storage.directories import bundled
from tests.briefings import codes, errors, text

SOURCES = """
  post: {kind: news_article, title: A, publisher: B, published: 2031-03-14, reliability: C}
  wire: {kind: wire, title: A, publisher: B, published: 2031-03-10, reliability: B}
  copy: {kind: news_article, title: A, publisher: B, published: 2031-03-11, reliability: C,
    derives_from: [wire]}
  echo: {kind: blog, title: A, publisher: B, published: 2031-03-12, reliability: F,
    derives_from: [copy]}
  late: {kind: news_article, title: A, publisher: B, published: 2032-06, reliability: B}
"""
USES = "  - {text: Who pays?, cite: [post, wire, copy, echo, late]}"
BRIEFING = """briefing: 1
title: The ice ferry
as_of: 2031-03-15
about: post
bottom_line:%(bottom_line)s
open_questions:
%(uses)s
sources:%(sources)s
actors:%(actors)s
timeline:%(timeline)s
deals:
  ferry:
    designation: K-2 Icebird
    description: double-ended ferry
    supplier: NOR
    recipient: FRO%(deal)s
"""


def found(code: str, **parts: str) -> list[Problem]:
    """What is wrong with a briefing that has some parts filled in; nothing but one code."""
    chosen = {"bottom_line": "", "uses": USES, "sources": SOURCES, "actors": "", "timeline": ""}
    filled = BRIEFING % {**chosen, "deal": "", **parts}
    problems = check(load(filled.encode(), "test.yaml"))
    # Circles of sources, which some cases are about, have a message of their own.
    other = [each.format("test.yaml") for each in problems if each.code not in (code, "W220")]
    assert not other, f"{other}\n{filled}"
    return [problem for problem in problems if problem.code == code]


def fires(code: str, **parts: str) -> list[str | int]:
    """The path of the one problem that a briefing has."""
    problems = found(code, **parts)
    assert len(problems) == 1, problems
    assert "\n" not in problems[0].message
    return list(problems[0].location.path)


def event(fields: str, name: str = "one", kind: str = "other") -> str:
    return f"\n  - {{id: {name}, headline: H, type: {kind}, {fields}}}"


def deal(*lines: str) -> str:
    return "".join(f"\n    {line}" for line in lines)


@pytest.mark.parametrize("name", ["small.yaml", bundled()])
def test_good_files_are_left_alone(name: str | Path, data: Path) -> None:
    document = load_path(data / name)
    assert [problem.format(document.name) for problem in check(document)] == []


def test_base_has_no_fault() -> None:
    assert found("") == []


# E107


@pytest.mark.parametrize(
    "fields",
    [
        "date: 2031-09, cite: [post]",
        "date: 2031-03-17, cite: [post]",
        "date: 2032-01, cite: [wire, post]",
        "date: 2032-09-01, cite: [late]",
        "date: 2034~, cite: [late]",
        "date: 2033/.., cite: [late]",
        "date: 2031-09, known: 2031-05, cite: [post]",
        "date: 2032-09, basis: judgement, confidence: low",
    ],
)
def test_e107_occurred_too_late(fields: str) -> None:
    assert fires("E107", timeline=event(fields)) == ["timeline", 0, "date"]
    assert found("E107", timeline=event(f"{fields}, status: planned")) == []


@pytest.mark.parametrize(
    "fields",
    [
        "date: 2031-03-15, cite: [wire]",
        "date: 2031-03-16, cite: [post]",  # dated where the day begins earlier
        "date: 2031-03/2031-12, cite: [post]",
        "date: ../2033, cite: [post]",
        "date: 2032-01, cite: [post, late]",
        "date: 2032-06-30, cite: [late]",
        "date: 2032-07~, cite: [late]",
        "date: 2031-09, known: 2031-10, cite: [post]",
        "date: 2032-05, basis: judgement, confidence: low",
    ],
)
def test_e107_occurred_in_time(fields: str) -> None:
    assert found("E107", timeline=event(fields)) == []


def test_e107_an_endless_publication_ends_when_it_was_seen() -> None:
    endless = SOURCES.replace("published: 2032-06", "published: 2031/.., retrieved: 2032-06-30")
    fields = event("date: 2032-07-02, cite: [late]")
    assert fires("E107", sources=endless, timeline=fields) == ["timeline", 0, "date"]
    assert found("E107", sources=endless, timeline=fields.replace("07-02", "06-30")) == []


def test_e107_planned_for_the_past() -> None:
    planned = event("date: 2031-02, status: planned, cite: [post]")
    assert fires("E107", timeline=planned) == ["timeline", 0, "date"]
    for status in ("occurred", "cancelled", "disputed"):
        assert found("E107", timeline=planned.replace("planned", status)) == []
    outcome = event("date: 2031-03, resolves: [one], cite: [post]", "two")
    assert found("E107", timeline=planned + outcome) == []


@pytest.mark.parametrize("date", ["2031-03", "2031-03-15", "2031-02/2031-04", "2031-02~", "2032"])
def test_e107_planned_for_what_was_ahead(date: str) -> None:
    assert found("E107", timeline=event(f"date: {date}, status: planned, cite: [post]")) == []


@pytest.mark.parametrize("status", ["occurred", "cancelled", "disputed"])
def test_e107_outcome_of_what_was_not_planned(status: str) -> None:
    first = event(f"date: 2031-02, status: {status}, cite: [post]")
    second = event("date: 2031-03, resolves: [one], cite: [post]", "two")
    assert fires("E107", timeline=first + second) == ["timeline", 1, "resolves", 0]
    assert found("E107", timeline=first.replace(status, "planned") + second) == []


def test_e107_own_outcome() -> None:
    planned = event("date: 2031-04, status: planned, resolves: [one], cite: [post]")
    assert fires("E107", timeline=planned) == ["timeline", 0, "resolves", 0]


def test_e107_needs_a_date_to_compare_with() -> None:
    future = event("date: 2040, cite: [post]")
    filled = BRIEFING % {
        "bottom_line": "",
        "uses": USES,
        "sources": SOURCES,
        "actors": "",
        "timeline": future,
        "deal": "",
    }
    for as_of in ("as_of: soon\n", ""):
        problems = check(load(filled.replace("as_of: 2031-03-15\n", as_of).encode(), "x"))
        assert "E107" not in [problem.code for problem in problems]


# E108

ORDER = "order: {number: 5, unit: hull, date: 2030-02-10, cite: [post]}"


@pytest.mark.parametrize(
    ("early", "late", "key"),
    [
        ("met: {date: 2030-01, cite: [wire]}", "met: {date: 2030-02, cite: [wire]}", "date"),
        ("met: {date: 2030-02-09, cite: [wire]}", "met: {date: 2030-02-09~, cite: [wire]}", "date"),
        ("met: {date: 2031-01, number: 6, cite: [wire]}", "met: {date: 2031, cite: [wire]}", ""),
    ],
)
def test_e108_milestones(early: str, late: str, key: str) -> None:
    start = deal(ORDER, "milestones:", "  - {id: m, label: L, ")
    path = fires("E108", deal=f"{start}{early}}}")
    assert path == ["deals", "ferry", "milestones", 0, "met", key or "number"]
    assert found("E108", deal=f"{start}{late}}}") == []


def test_e108_progress_and_milestone_numbers() -> None:
    start = deal(ORDER, "milestones:", "  - {id: m, label: L, ")
    progress = f"{start}progress: [{{date: 2031, number: 6, cite: [wire]}}]}}"
    assert fires("E108", deal=progress)[-3:] == ["progress", 0, "number"]
    assert found("E108", deal=progress.replace("6", "5")) == []
    assert fires("E108", deal=f"{start}number: 6}}")[-1] == "number"


def test_e108_deliveries() -> None:
    early = event("date: 2030-02-09, deals: [ferry], cite: [post]", kind="delivery")
    assert fires("E108", deal=deal(ORDER), timeline=early) == ["timeline", 0, "date"]
    for other in (
        early.replace("2030-02-09", "2030-02"),
        early.replace("deals: [ferry], ", ""),
        early.replace("delivery", "visit"),
        early.replace("date", "status: disputed, date", 1),
    ):
        assert found("E108", deal=deal(ORDER), timeline=other) == []
    assert found("E108", timeline=early) == []


# E109


@pytest.mark.parametrize(
    ("stated", "amount"),
    [
        ("Rs 40,000 crore", 400_000_000_000),
        ("Rs.40,000 crore", 400_000_000_000),
        ("₹2.38 lakh crore", 2_380_000_000_000),
        ("Rs 2,38,000 crore", 2_380_000_000_000),
        ("4,00,000", 400_000),
        ("12 lakhs", 1_200_000),
        ("40 thousand crore", 400_000_000_000),
        ("USD 5.43 billion", 5_430_000_000),
        ("US$5.43bn", 5_430_000_000),
        ("$5-billion", 5_000_000_000),
        ("about 5,43 mrd", 5_430_000_000),
        ("over $ 5 bn.", 5_000_000_000),
        ("850m", 850_000_000),
        ("USD 850 million, 15 %", 850_000_000),
        ("15 per cent, or $850 mn", 850_000_000),
        ("1.2 trillion", 1_200_000_000_000),
        ("EUR 240,000", 240_000),
        ("EUR 240,000.50", 240_000),
        ("EUR 1.240.000", 1_240_000),
        ("1 240 000 kr", 1_240_000),
        ("Rs 40,000 crore ($5.43 billion)", 5_430_000_000),
        ("5–5.5 billion", 5_000_000_000),
        ("between 5 and $6 billion", 6_000_000_000),
        ("S-400 for 5 billion", 5_000_000_000),
        ("40.000 million", 40_000_000),
        ("40.000 million", 40_000_000_000),
    ],
)
def test_e109_figure_is_read(stated: str, amount: int) -> None:
    assert amount in figures(stated)
    assert amount * 10 not in figures(stated)


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "a third",
        "half a billion",
        "5 billion, half a billion of it at once",
        "a third of 90 million",
        "15 % of $5.43 billion",
        "5000",
        "in 2018",
        "12.03.2031",
        "about 40.000",
        "15 %",
        "crore",
        "9" * 5000,
    ],
)
def test_e109_no_figure_of_plain_size(stated: str) -> None:
    assert figures(stated) == set()


def test_e109_amount_is_not_the_figure() -> None:
    value = deal(
        "values: [{amount: 40000, currency: INR, stated: 'Rs 40,000 crore', cite: [post]}]"
    )
    assert fires("E109", deal=value) == ["deals", "ferry", "values", 0, "amount"]
    (problem,) = found("E109", deal=value)
    assert "40,000, but 'Rs 40,000 crore' says 400,000,000,000" in problem.message
    assert found("E109", deal=value.replace("40000,", "400000000000,")) == []


def test_e109_payments() -> None:
    paid = "{date: 2031, amount: 85000000, currency: USD, stated: $850 million, cite: [post]}"
    assert fires("E109", deal=deal(f"payments: [{paid}]"))[2:] == ["payments", 0, "amount"]
    unpriced = paid.replace("amount: 85000000, ", "")
    assert found("E109", deal=deal(f"payments: [{unpriced}]")) == []


# W201, W202, W203


def test_w201_weekday() -> None:
    tuesday = event("date: 2031-03-12, stated: on Tuesday, basis: inferred, cite: [post]")
    assert fires("W201", timeline=tuesday) == ["timeline", 0, "date"]
    (problem,) = found("W201", timeline=tuesday)
    assert "'on Tuesday', but 2031-03-12 is a Wednesday" in problem.message
    assert found("W201", timeline=tuesday.replace("03-12", "03-11")) == []
    for field in ("date", "stated"):
        rival = f"[post], disputes: [{{field: {field}, value: Tuesday, cite: [post]}}]"
        assert found("W201", timeline=tuesday.replace("[post]", rival)) == []


@pytest.mark.parametrize(
    ("date", "stated"),
    [
        ("2031-03-11/2031-03-12", "tuesday"),
        ("2031-03", "Tuesday"),
        ("2031-03-12~", "Tuesday"),
        ("2031-03-12?", "Tuesday"),
        ("2031-03-12", "the day after Tuesday"),
        ("2031-03-12", "by Friday"),
        ("2031-03-12", "Tuesday or Wednesday"),
        ("2031-03-12", "Mondays"),
    ],
)
def test_w201_words_that_fit(date: str, stated: str) -> None:
    fields = f"date: {date}, stated: {stated}, basis: inferred, cite: [post]"
    problems = found("W201", timeline=event(fields))
    assert len(problems) == (stated == "Mondays")


def test_w201_everywhere() -> None:
    wrong = "stated: Tuesday, basis: inferred, cite: [post]"
    actors = "\n  ann: {name: Ann, kind: person, cite: [post]}"
    places = {
        f"order: {{date: 2031-03-12, {wrong}}}": "date",
        f"statements: [{{date: 2031-03-12, speaker: ann, text: Yes., {wrong}}}]": "date",
        f"milestones: [{{id: m, label: L, forecasts: [{{said: 2031, by: ann, due: 2031-03-12, {wrong}}}]}}]": (  # noqa: E501
            "due"
        ),
    }
    for line, key in places.items():
        used = event("date: 2031-03, actors: [ann], cite: [post]")
        assert fires("W201", deal=deal(line), actors=actors, timeline=used)[-1] == key


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("October next year", "2032-10-05"),
        ("last month", "2031-02-12"),
        ("the last ten days", "2031-03-12"),
        ("two years ago", "2029-03-12"),
        ("this autumn", "2031-09-12"),
        ("the coming weeks", "2031-03-22"),
        ("October", "2030-10-12"),
        ("early in May", "2031-05-02"),
        ("a day after", "2031-03-12"),
        ("the following day", "2031-03-12"),
        ("past winter", "2031-01-20"),
    ],
)
def test_w202_relative_words(stated: str, date: str) -> None:
    fields = f"date: {date}, status: planned, stated: {stated}, cite: [post]"
    planned = event(fields)
    if date < "2031-03-14":
        planned = planned.replace("status: planned, ", "")
    assert fires("W202", timeline=planned) == ["timeline", 0, "stated"]
    for basis in ("basis: inferred, cite: [post]", "basis: external, cite: [post, wire]"):
        assert found("W202", timeline=planned.replace("cite: [post]", basis)) == []


@pytest.mark.parametrize(
    "stated",
    [
        "by spring",
        "March 2031",
        "the second week of March 2031",
        "as they may march",
        "at last",
        "about two years",
        "soon",
        "nextday",
        "on Wednesday",
        "this month",
        "two days ago",
        "within 24 months",
    ],
)
def test_w202_words_that_need_no_date(stated: str) -> None:
    fields = f"date: 2031-03-12~, stated: {stated}, cite: [post]"
    assert found("W202", timeline=event(fields)) == []


@pytest.mark.parametrize(
    "stated", ["2030-31", "2030–31", "in 2030/31", "FY 2030-31", "by the end of fiscal 2030-2031"]
)
def test_w203_fiscal_year(stated: str) -> None:
    def fields(date: str) -> str:
        return event(f"date: {date}, stated: {stated}, cite: [post]")

    for wrong in ("2030", "2030/2031", "2030-04", "2030-04/2030-12", "2029-04/2030-03"):
        assert fires("W203", timeline=fields(wrong)) == ["timeline", 0, "date"]
    for right in ("2030-04/2031-03", "2030-07/2031-06", "../2031-03", "2030-04-06/2031-04-05"):
        assert found("W203", timeline=fields(right)) == []


@pytest.mark.parametrize("stated", ["2030-2031", "2030-32", "the year 2030", "2009-10", "1999-00"])
def test_w203_other_years(stated: str) -> None:
    date = {"2009-10": "2009-10", "1999-00": "1999-07/2000-06"}.get(stated, "2030")
    assert found("W203", timeline=event(f"date: {date}, stated: {stated}, cite: [post]")) == []


# W205


def test_w205_source() -> None:
    fewer = USES.replace(", late", "")
    assert fires("W205", uses=fewer) == ["sources", "late"]
    assert found("W205", uses=USES.replace(", wire", "")) == []  # another derives from it
    alone = SOURCES.replace("2032-06,", "2032-06, derives_from: [late],")
    assert fires("W205", uses=fewer, sources=alone) == ["sources", "late"]
    rival = "date: 2031, cite: [post], disputes: [{field: date, value: x, cite: [late]}]"
    assert found("W205", uses=fewer, timeline=event(rival)) == []


def test_w205_actor() -> None:
    actors = "\n  ann: {name: Ann, kind: person, cite: [post]}"
    yard = "\n  yard: {name: Yard, kind: organisation, member_of: [yard], cite: [post]}"
    used = event("date: 2031-03, actors: [ann], cite: [post]")
    assert fires("W205", actors=actors) == ["actors", "ann"]
    assert found("W205", actors=actors, timeline=used) == []
    assert fires("W205", actors=actors + yard, timeline=used) == ["actors", "yard"]
    member = actors.replace("person", "person, member_of: [yard]") + yard
    assert found("W205", actors=member, timeline=used) == []
    about = "\n  - {text: T., cite: [post], about: [ann]}"
    assert found("W205", actors=actors, bottom_line=about) == []
    due = "due: 2032, cite: [post]"
    for line in (
        "statements: [{date: 2031, speaker: ann, text: T., cite: [post]}]",
        f"milestones: [{{id: m, label: L, forecasts: [{{said: 2031, by: ann, {due}}}]}}]",
    ):
        assert found("W205", actors=actors, deal=deal(line)) == []


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("timeline", event("date: never, actors: [ann], cite: [post]")),
        ("timeline", " [ann]"),
        ("timeline", " none"),
        ("uses", "  who: ann"),
    ],
)
def test_w205_waits_for_what_cannot_be_read(part: str, written: str) -> None:
    actors = "\n  ann: {name: Ann, kind: person, cite: [post]}"
    parts = {"bottom_line": "", "uses": USES, "sources": SOURCES, "timeline": "", "deal": ""}
    broken = BRIEFING % {**parts, "actors": actors, part: written}
    codes = [problem.code for problem in check(load(broken.encode(), "x"))]
    assert codes in (["E102"], ["E105"])


# W206


def values(*fields: str) -> str:
    rows = (f"  - {{currency: USD, cite: [post], {field}}}" for field in fields)
    return deal("values:", *rows)


FINE = "amount: 5430000000, stated: $5.43 billion"


def test_w206_two_figures() -> None:
    other = "amount: 5500000000, stated: $5.5 billion"
    problems = values(FINE, other)
    assert fires("W206", deal=problems) == ["deals", "ferry", "values", 1, "stated"]
    (problem,) = found("W206", deal=problems)
    assert "'$5.5 billion' differs from '$5.43 billion'" in problem.message
    rival = "disputes: [{field: amount, value: x, cite: [post]}]"
    for reason in ("note: From before the signature.", "kind: estimate", rival):
        assert found("W206", deal=values(FINE, f"{other}, {reason}")) == []
        assert found("W206", deal=values(f"{FINE}, {reason}", other)) == []
    assert (
        found("W206", deal=values(FINE, other).replace("USD", "EUR", 1).replace("$", "€", 1)) == []
    )


@pytest.mark.parametrize(
    ("figure", "is_quiet"),
    [("5.43", True), ("5.4", True), ("5", True), ("5.44", False), ("6", False), ("4", False)],
)
def test_w206_round_figures(figure: str, is_quiet: bool) -> None:
    amount = round(float(figure) * 10**9)
    other = f"amount: {amount}, stated: ${figure} billion"
    assert bool(found("W206", deal=values(other, FINE))) != is_quiet
    assert bool(found("W206", deal=values(FINE, other))) != is_quiet


# W207


def labelled(label: str, order: str = "number: 5, unit: system", same: str = "") -> str:
    return deal(
        f"order: {{{order}, date: 2030, cite: [post]}}",
        f"same_units: [{same}]",
        f"milestones: [{{id: m, label: {label}}}]",
    )


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("First regiment delivered", "regiment"),
        ("All five squadrons are there", "squadron"),
        ("3 of 5 batteries", "battery"),
        ("The 4th K-2 unit", "unit"),
        ("Two more regimental sets", "regimental set"),
        ("Each new division", "division"),
        ("Five missiles", "missile"),
    ],
)
def test_w207_other_noun(label: str, noun: str) -> None:
    path = fires("W207", deal=labelled(label))
    assert path == ["deals", "ferry", "milestones", 0, "label"]
    (problem,) = found("W207", deal=labelled(label))
    assert f"'{noun}'" in problem.message
    assert found("W207", deal=labelled(label, same=noun)) == []
    assert found("W207", deal=labelled(label, order="number: 5, date: 2030").replace(
        "number: 5, date: 2030, ", "number: 5, "
    )) == []  # fmt: skip


@pytest.mark.parametrize(
    "label",
    [
        "First system",
        "All five missile systems",
        "Missile talks",
        "Set for October",
        "The second round set for May",
        "First set of talks",
        "288 missiles",
        "In 2019 systems and regiments",
        "Five hulls",
        "A regiment parades",
    ],
)
def test_w207_no_other_unit(label: str) -> None:
    assert found("W207", deal=labelled(label)) == []


def test_w207_is_told_once_and_for_its_own_deal() -> None:
    other = event("date: 2031-03, deals: [ferry], cite: [post]").replace("H,", "Fifth regiment,")
    assert fires("W207", deal=labelled("First regiment"), timeline=other)[0] == "timeline"
    assert found("W207", deal=labelled("X"), timeline=other.replace("deals: [ferry], ", "")) == []


def test_w207_short_for_a_listed_phrase() -> None:
    assert found("W207", deal=labelled("First set", same="regimental set")) == []


# W208


def points(*texts: str, cite: str = "post") -> str:
    return "".join(f"\n  - {{text: '{text}', cite: [{cite}]}}" for text in texts)


def test_w208_words() -> None:
    half = " ".join(["word"] * 25)
    assert found("W208", bottom_line=points(half, f"{half} –")) == []
    assert fires("W208", bottom_line=points(half, f"{half} more")) == ["bottom_line", 1, "text"]
    assert fires("W208", bottom_line=points(f"{half} {half} more"))[1] == 0


def test_w208_sentences() -> None:
    assert found("W208", bottom_line=points("One. Two.")) == []
    assert fires("W208", bottom_line=points("One. Two.", "Three."))[1] == 1


def test_w208_what_becomes_known_later_counts_alone() -> None:
    half = " ".join(["word"] * 30)
    late = points(half, cite="late")
    assert found("W208", bottom_line=points(half) + late + late) == []
    assert fires("W208", bottom_line=points(half) + points(f"{half} {half}", cite="late"))[1] == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One", 1),
        ("Mr. Modi paid Rs. 5 in the U.S. on 9 Jan. 2019, as J. Smith says.", 1),
        ("He said so; then he left.", 1),
        ('He said "No." Then he left. (He did!) "Well?" – nothing', 4),
        ("It is the S-400. Systems come in 2.5 years.", 2),
    ],
)
def test_w208_counting_sentences(text: str, number: int) -> None:
    assert _count_sentences(text.split()) == number


def test_w208_grounds() -> None:
    opinion = points("It goes well.").replace("cite", "basis: judgement, confidence: low, cite")
    assert fires("W208", bottom_line=opinion) == ["bottom_line", 0, "basis"]
    assert (
        found("W208", bottom_line=opinion.replace("basis: judgement, confidence: low, ", "")) == []
    )
    assert fires("W208", bottom_line=points("So.", cite="echo")) == ["bottom_line", 0, "cite"]
    assert found("W208", bottom_line=points("So.", cite="echo, wire")) == []


# W209


@pytest.mark.parametrize(
    ("cite", "is_quiet"),
    [
        ("post, wire", True),
        ("copy, wire, post", True),
        ("post", False),
        ("post P1S1, post P1S2", False),
        ("wire, copy", False),
        ("wire, echo", False),
        ("copy, echo, wire", False),
        ("copy, other", False),
        ("ring, rong", False),
    ],
)
def test_w209_confirmation(cite: str, is_quiet: bool) -> None:
    record = "kind: blog, title: A, publisher: B, published: 2031-03-12, reliability: C"
    marks = f"text: {{sha256: '{'0' * 64}', passages: {{P1S1: [0, 1, '00'], P1S2: [1, 2, '00']}}}}"
    sources = SOURCES.replace("2031-03-14,", f"2031-03-14, {marks},") + (
        f"  other: {{{record}, derives_from: [wire]}}\n"
        f"  ring: {{{record}, derives_from: [rong]}}\n  rong: {{{record}, derives_from: [ring]}}\n"
    )
    uses = USES.replace("late]", "late, other, ring]")
    fields = event(f"date: 2031-03, credibility: 1, cite: [{cite}]")
    if is_quiet:
        assert found("W209", uses=uses, sources=sources, timeline=fields) == []
        return
    assert fires("W209", uses=uses, sources=sources, timeline=fields) == [
        "timeline", 0, "credibility",
    ]  # fmt: skip
    lower = fields.replace("credibility: 1", "credibility: 2")
    assert found("W209", uses=uses, sources=sources, timeline=lower) == []


# Speed

EVENTS = 4_000


def test_every_rule_is_quick_on_a_large_file() -> None:
    from briefing_tui.briefing.check import RULES

    fields = "date: 2031-03-12, stated: Wednesday, basis: inferred, credibility: 1, deals: [ferry]"
    events = "".join(event(f"{fields}, cite: [post, wire]", f"e{n}") for n in range(EVENTS))
    events = events.replace("headline: H", "headline: The first new regiment and two batteries")
    chain = "".join(
        f"  s{n}: {{kind: blog, title: A, publisher: B, published: '2031', reliability: C,"
        f" derives_from: [s{n + 1}]}}\n"
        for n in range(1000)
    )
    filled = BRIEFING % {
        "bottom_line": points("- " * 50_000, "W." * 50_000),
        "uses": USES,
        "sources": SOURCES + chain,
        "actors": "",
        "timeline": events,
        "deal": labelled("new system " * 50_000)
        + values(FINE, f"amount: 1, stated: {'1 ' * 50_000}"),
    }
    document = load(filled.encode(), "large.yaml")
    assert len(document.briefing.timeline) == EVENTS
    for rule in RULES:
        # Processor time, which other programs on the machine do not change.
        start = time.process_time()
        list(rule(document))
        assert time.process_time() - start < 2, rule


@pytest.mark.parametrize(
    ("date", "occurred", "planned"),
    [
        ("2021-Q1", False, True),
        ("2021-Q2", False, False),
        ("2021-Q3", True, False),
        ("2021-H1", False, False),
        ("2021-H2", True, False),
        ("2019-24", False, True),
        ("2021-21", False, False),
        ("202X", False, False),
        ("201X", False, True),
        ("203X", True, False),
        ("2021-06-15T23:59Z", False, False),
        ("2021-06-18T00:30+09:00", True, False),
        ("2021-06-14T23:59Z", False, True),
        ("unknown", False, False),
    ],
)
def test_dates_of_any_unit_are_compared_with_as_of(
    date: str, occurred: bool, planned: bool
) -> None:
    """Whether an event that occurred is too late, and whether a planned one needs an outcome."""
    for status, is_wrong in (("occurred", occurred), ("planned", planned)):
        written = f"date: {date}, status: {status}, cite: [gazette]"
        event = f"[{{id: a, headline: A, type: other, {written}}}]"
        assert ("E107" in codes(errors(text(timeline=event)))) == is_wrong, status
