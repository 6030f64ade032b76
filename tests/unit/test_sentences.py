"""Every sentence made from a template is true for every value that can fill it.

The list of all of them is a golden file, which was read aloud. Read it again when it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import get_args

import pytest

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Basis, Citation, Entry, Evidenced, Forecast, Milestone
from briefing_tui.briefing.model import Event as EventEntry
from briefing_tui.briefing.problems import FileLocation
from briefing_tui.views.commitments import commitments
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.milestones import shift, slippage
from briefing_tui.views.phrases import dated, due, forecast_sentence, said, when
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.spoken_rows import spoken_evidence
from tests.briefings import LANTERN, scene, text
from tests.golden import same_as_golden

DATES = {
    "a day": "2019-01-07",
    "a time": "2019-01-07T14:30Z",
    "about a day": "2019-01-07~",
    "an uncertain day": "2019-01-07?",
    "a month": "2019-01",
    "about a month": "2019-01~",
    "a quarter": "2019-Q3",
    "a half": "2019-H1",
    "about a half": "2019-H2~",
    "a summer": "2019-22",
    "a year": "2019",
    "about a year": "2019~",
    "an uncertain year": "2019?",
    "a decade": "199X",
    "about a decade": "199X~",
    "a century": "19XX",
    "days": "2018-10-04/2018-10-05",
    "days of two months": "2018-10-30/2018-11-02",
    "months": "2021-11/2021-12",
    "months, the second one about": "2020-12/2021-01~",
    "years": "2024/2025",
    "by a day": "../2023-04-05",
    "by a month": "../2023-04",
    "by a year": "../2023",
    "by about a year": "../2023~",
    "from a month on": "2023-04/..",
    "from a day on": "2023-04-05/..",
    "unknown": "unknown",
}


def parsed(name: str) -> Edtf:
    return Edtf.parse(DATES[name])


def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"# {title}"
    yield from lines
    yield ""


def phrases() -> Iterator[str]:
    width = max(map(len, DATES))
    for name in DATES:
        date = parsed(name)
        parts = [when(date), dated("met", date), due(date)]
        yield f"{name:{width}}  " + " | ".join(parts)


def forecasts() -> Iterator[str]:
    for speaker, name in product(["", "Inge Holm"], DATES):
        forecast = Forecast(said=parsed(name), due=Edtf.parse("2026-05"))
        yield f"{forecast_sentence(forecast, speaker)} | {said(forecast, speaker)}"


DELAYS = [
    *[("2020-10-05", "2020-10-05"), ("2020-10", "2020-10-31"), ("2020-10", "2020-11")],
    *[("2020-10", "2021-11/2021-12"), ("2020-10", "2020-10/2020-12"), ("2020-10-31", "2020-11-02")],
    *[("../2023-04", "2023-04-30"), ("../2023-04", "2019"), ("../2023-04", "2026-11")],
    *[("../2023-04", "../2024-04"), ("../2020", "../2021"), ("2020-10", "../2021")],
    *[("2024/2025", "2025"), ("2025", "2025-H1"), ("2025", "2024"), ("2020-10-05", "2020-09-20")],
    *[("2024-10/2025-01", "2024-12/2025-03"), ("2024-12/2025-03", "2024-10/2025-01")],
    *[("2026/..", "2027"), ("2026", "2027/.."), ("unknown", "2027"), ("2026", "unknown")],
]


def delays() -> Iterator[str]:
    for first, then in DELAYS:
        dates = Edtf.parse(first), Edtf.parse(then)
        yield f"{first} -> {then}: {slippage(*dates) or '-'} | {shift(*dates) or '-'}"


def small() -> Scene:
    return scene(text())


def spoken(shown: Scene, entry: Entry) -> list[str]:
    """The lines of the evidence that are made from templates, as they are spoken."""
    rows = evidence(shown, Row(key="entry", entry=entry)).rows
    return [spoken_evidence(row) for row in rows if row.key.startswith(("voice", "dispute"))]


CITES = {"the article": ("gazette",), "another source": ("board",), "both": ("gazette", "board")}


def cited(names: Iterable[str]) -> tuple[Citation, ...]:
    return tuple(Citation(source=name) for name in names)


def voices() -> Iterator[str]:
    """Of a statement, by its sources, basis, words of caution and credibility."""
    shown = small()
    bases: tuple[Basis | None, ...] = (None, *get_args(Basis))
    yield from spoken(shown, Evidenced())
    for cite, basis in product(CITES, bases):
        entry = Evidenced(cite=cited(CITES[cite]), basis=basis)
        yield f"{cite}, {basis or 'no basis'}: {' '.join(spoken(shown, entry))}"
    for hedge, credibility in product((None, "reportedly"), (None, 1, 2, 3, 4, 5, 6)):
        entry = Evidenced(cite=cited(["board"]), hedge=hedge, credibility=credibility)
        yield " ".join(spoken(shown, entry))
    for confidence in ("low", "moderate", "high"):
        yield " ".join(spoken(shown, Evidenced(basis="judgement", confidence=confidence)))
    for likelihood in ("almost_no_chance", "unlikely", "roughly_even_chance", "almost_certain"):
        yield " ".join(spoken(shown, Evidenced(basis="judgement", likelihood=likelihood)))
    question = FileLocation(("open_questions", 0), 1, 1)
    for cite in CITES:
        yield " ".join(spoken(shown, Evidenced(cite=cited(CITES[cite]), location=question)))
    yield " ".join(spoken(shown, Evidenced(location=question)))


def words_for_dates() -> Iterator[str]:
    """The article's words beside the date that they are taken for, equal or not."""
    shown = small()
    cases = [("Tuesday", "the article", name) for name in DATES]
    cases += product(("Monday", "Tuesday"), CITES, ["a day"])
    for words, cite, name in cases:
        cites = cited(CITES[cite])
        event = EventEntry(
            id="a", headline="A", type="other", date=parsed(name), stated=words, cite=cites
        )
        yield " ".join(spoken(shown, event))
    forecast = Forecast(
        said=parsed("a day"), due=parsed("a year"), stated="next year", cite=cited(["board"])
    )
    yield " ".join(spoken(shown, forecast))


RIVALS = {
    "date": "2019-01-08", "due": "2021", "said": "2019", "stated": "a day after", "text": "Other.",
    "headline": "Other", "by": "holm", "speaker": "holm", "country": "FRA", "supplier": "FRA",
    "number": "5", "amount": "5430000000", "currency": "EUR", "unit": "kit", "status": "planned",
    "stage": "in_delivery", "place": "the pier", "role": "minister", "label": "Lit", "kind": "deal",
    "actors": "holm", "name": "Lamp", "description": "a lens", "credibility": "3",
}  # fmt: skip


def rivals() -> Iterator[str]:
    shown = small()
    for field, value in RIVALS.items():
        dispute = f"{{field: {field}, value: '{value}', cite: [board]}}"
        point = f"[{{text: A light, cite: [board], disputes: [{dispute}]}}]"
        (entry,) = scene(text(bottom_line=point)).briefing.bottom_line
        yield spoken(shown, entry)[-1]


def entries() -> Iterator[str]:
    """Of a commitment whose dates are of one kind, all statements, then the rows of its pane."""
    cite = "cite: [board]"
    for name in ("a day", "months", "by a year", "from a month on", "unknown"):
        date = f"'{DATES[name]}'"
        fields = (
            f"order: {{number: 2, unit: lamp, date: {date}, {cite}}}, "
            f"stages: [{{stage: in_delivery, date: {date}, {cite}}}], "
            f"payments: [{{stated: a half, date: {date}, by: holm, {cite}}}, "
            f"{{stated: the rest, due: {date}, by: holm, {cite}}}, {{stated: a tip, {cite}}}], "
            f"measures: [{{name: Dues, by: NOR, status: none, date: {date}, {cite}}}], "
            f"statements: [{{speaker: holm, text: It shines, date: {date}, {cite}}}], "
            f"milestones: [{{id: lit, label: Lit, number: 3, "
            f"progress: [{{number: 2, date: {date}, {cite}}}, "
            f"{{number: 3, status: begun, date: {date}, {cite}}}]}}]"
        )
        shown = scene(text(deals=f"{{lantern: {LANTERN[:-1]}, {fields}}}}}"))
        deal = shown.briefing.commitments["lantern"]
        parts = [deal.order, *deal.stages, *deal.payments, *deal.measures, *deal.statements]
        yield f"## {name}"
        yield from (statement_of(shown, part) for part in parts)
        yield from milestone_lines(shown)


def milestone_lines(shown: Scene) -> Iterator[str]:
    for row in commitments(shown).rows:
        if isinstance(row.entry, Milestone):
            yield from (" ".join(plain(line).split()) for line in row.details)


OUTCOMES = [
    *["", "met: {date: 2020-08}", "met: {date: 2021-02}", "met: {date: 2022-03}"],
    *["met: {date: unknown}", "missed: {date: 2021-09}"],
    "dropped: {date: 2021, text: no lamp left}",
]
MADE = {
    "no forecast": "",
    "a report": "{said: 2020, due: 2022}",
    "a past report": "{said: 2020, due: 2021-02}",
    "a doubtful report": "{said: 2020, due: 2022, credibility: 5}",
    "a judgement": "{said: 2020, due: 2022, basis: judgement, confidence: low}",
    "a promise": "{said: 2020, due: 2021-02, by: holm}",
    "a promise ahead": "{said: 2020, due: 2022, by: holm}",
    "without a date": "{said: 2020, due: unknown, by: holm}",
    "later": "{said: 2020, due: 2021-02, by: holm}, {said: 2021, due: 2022-02, by: holm}",
    "earlier": "{said: 2020, due: 2022-02, by: holm}, {said: 2021, due: 2021-12, by: holm}",
    "two parties": "{said: 2020, due: 2022, by: holm}, {said: 2020, due: 2023, by: petit}",
    "in two ways": "{said: 2020, due: 2022, by: holm}, {said: 2020, due: 2023, by: holm}",
}
STAGES = {"open": "", "held": "suspended", "ended": "cancelled", "done": "delivered"}


def milestones() -> Iterator[str]:
    """All that can have been promised, with all that can have come of it."""
    actors = (
        "{holm: {name: Inge Holm, kind: person, country: NOR},"
        " petit: {name: Petit, kind: person, country: FRA}}"
    )
    for (made, forecasts), outcome in product(MADE.items(), OUTCOMES):
        for state, stage in STAGES.items():
            if state != "open" and (outcome or made not in ("a promise", "later", "no forecast")):
                continue
            stages = f"stages: [{{stage: {stage}, date: 2021-05}}], " if stage else ""
            lit = f"{{id: lit, label: Lit, forecasts: [{forecasts}]{outcome and ', '}{outcome}}}"
            fields = f"{stages}milestones: [{lit}]"
            shown = scene(text(actors=actors, deals=f"{{lantern: {LANTERN[:-1]}, {fields}}}}}"))
            yield f"{made}, {outcome or state}: {' / '.join(milestone_lines(shown))}"
            if made in ("a promise", "in two ways", "a report") and not outcome:
                yield from (f"    {line}" for line in captions(shown))


def captions(shown: Scene) -> Iterator[str]:
    for row in commitments(shown).rows:
        if row.kind == "stop":
            yield plain(row.body)


SENTENCES = {
    "Dates: when something happened | in a list | what is due": phrases,
    "Forecasts: as a sentence | in a list": forecasts,
    "Delays: of what happened | of what is announced": delays,
    "Whose statement it is": voices,
    "Words for dates": words_for_dates,
    "Rival versions": rivals,
    "Parts of a commitment": entries,
    "Milestones": milestones,
}


def test_the_sentences_of_all_templates_are_those_that_were_read_aloud() -> None:
    lines = (line for title, made in SENTENCES.items() for line in titled(title, made()))
    same_as_golden("sentences.txt", "\n".join(lines))


@pytest.mark.parametrize("made", SENTENCES.values(), ids=list(SENTENCES))
def test_no_sentence_asserts_what_its_values_do_not(made: object) -> None:
    assert callable(made)
    lines = [*made()]
    assert lines
    for line in lines:
        assert "It said" not in line, line
        assert ", that is" not in line, line
        assert " = " not in line, line
        assert "None" not in line, line
        assert not line.rstrip().endswith("·"), line
        assert "  " not in line.replace("    ", "").split("  ")[-1], line
        if "no speaker named" in line:
            assert " said " not in line.lower(), line
