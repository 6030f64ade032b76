"""Small briefings for tests: sections that fit together, and marks for places in a text."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.problems import Problem
from briefing_tui.views.scene import Scene, scene_of

NAME = "test.yaml"
MARK = "§"
"""Stands in a text before the character whose line and column are meant."""

PASSAGES = "{P1S1: [0, 40, 01234567], P1S2: [41, 80, 89abcdef]}"
GAZETTE = (
    "{kind: news_article, title: Light before the ice, publisher: Karsholm Gazette,"
    " url: https://gazette.example/light, published: 2021-06-15, retrieved: 2021-06-20,"
    f" reliability: C, text: {{sha256: '{'0' * 64}', passages: {PASSAGES}}}}}"
)
BOARD = (
    "{kind: official, title: Minutes, publisher: Harbour Board, published: 2021-06-10,"
    " reliability: A}"
)
HOLM = "{name: Inge Holm, kind: person, country: NOR, cite: [gazette P1S2]}"
STORM = (
    "{id: storm, headline: The lantern is lost, type: other, date: 2020-11,"
    " actors: [holm], cite: [gazette, board]}"
)
LANTERN = "{designation: Fresnel lantern, supplier: FRA, recipient: NOR}"

SECTIONS = {
    "briefing": "1",
    "title": "The lighthouse at Karsholm",
    "as_of": "2021-06-15",
    "about": "gazette",
    "sources": f"{{gazette: {GAZETTE}, board: {BOARD}}}",
    "actors": f"{{holm: {HOLM}}}",
    "timeline": f"[{STORM}]",
    "deals": f"{{lantern: {LANTERN}}}",
}
"""A whole briefing without a fault, one line to a section."""


def text(**sections: str | None) -> str:
    """The briefing with some sections written otherwise, or left out where ``None``."""
    chosen = {**SECTIONS, **sections}
    return "".join(f"{key}: {value}\n" for key, value in chosen.items() if value is not None)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and the line and column of each."""
    before, *after = marked.split(MARK)
    places = []
    for part in after:
        places.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
        before += part
    return before, places


def loaded(text: str) -> Document:
    """A text as a document."""
    return load(text.encode(), NAME)


def scene(text: str) -> Scene:
    """A text as a scene at its own as-of date."""
    return scene_of(loaded(text))


def errors(text: str) -> list[Problem]:
    """All that makes a text fail its check."""
    return [problem for problem in check(loaded(text)) if problem.is_error]


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, in order."""
    return [problem.code for problem in problems]


def at(problems: Iterable[Problem]) -> list[tuple[int, int]]:
    """The places of problems, in order."""
    return [(problem.location.line, problem.location.column) for problem in problems]


def messages(problems: Iterable[Problem]) -> str:
    """What problems say, one to a line."""
    return "\n".join(problem.message for problem in problems)
