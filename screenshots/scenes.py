"""The scenes: what is opened, how large, in which theme, and which keys are pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec import structs

from briefing_tui.briefing.document import Document, read_bytes
from briefing_tui.briefing.load import load
from briefing_tui.storage.directories import bundled, content_dir

_DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
_PANES = ("summary", "timeline", "actors", "deals")


@cache
def _read(path: Path) -> Document:
    return load(read_bytes(path), path.name)


def _hostile() -> Document:
    from tests.hostile import document

    return document(events=80)


@cache
def _ropeway() -> Document:
    """A briefing with the text of its article attached."""
    text = (_DATA / "ropeway.txt").read_bytes().decode()
    return structs.replace(_read(_DATA / "ropeway.yaml"), texts={"courier": text})


@cache
def _before() -> Document:
    """The bundled briefing, before it was changed in some places."""
    data = read_bytes(bundled())
    for now, then in (
        (b"headline: Modi\xe2\x80\x93Putin telephone call", b"headline: A telephone call"),
        (b"id: goa-agreement\n", b"id: goa-summit\n"),
    ):
        data = data.replace(now, then)
    return load(data, "before.yaml")


_BARE = partial(_read, _DATA / "bare.yaml")
_MISTAKES = partial(_read, _DATA / "mistakes.yaml")
_WHOLE = partial(_read, _DATA / "whole.yaml")
_MERGER = partial(_read, _DATA / "merger.yaml")
_WEBB = partial(_read, content_dir() / "webb-launch-2021.yaml")
_OUTAGES = partial(_read, content_dir() / "cloudflare-outage-2025.yaml")


class Scene(NamedTuple):
    """One screen, and the way to it from the beginning."""

    name: str
    keys: tuple[str, ...] = ()
    """Pressed in turn: characters, or the terminal library's names."""
    size: tuple[int, int] = (80, 24)
    theme: str = "dark"
    highlight: str = "auto"
    document: Callable[[], Document] = partial(_read, bundled())
    environment: Mapping[str, str] = MappingProxyType({})
    library: bool = False
    """Whether it begins with a library, in place of a document."""
    known: bool = False
    """Whether the reader knows that library, partly as it was before, and has marked something."""
    read_before: Callable[[], Document] | None = None
    """The version that the reader has read; None if everything counts as read."""


def _panes(like: Scene) -> Iterator[Scene]:
    """The four panes under the same circumstances; the name given is what theirs begin with."""
    for number, pane in enumerate(_PANES, 1):
        yield like._replace(name=f"{like.name}{pane}", keys=(str(number),))


def _tracker() -> Iterator[Scene]:
    """The deal tracker on the days of the deal's life, small and roomy."""
    days = {"2019": "2019-01-09", "2021": "2021-12-31", "2023": "2023-03-31", "latest": "latest"}
    for name, day in days.items():
        typed = ("4", *(("A", *day, "enter") if name != "2019" else ()))
        yield Scene(f"tracker-{name}", typed)
        yield Scene(f"tracker-{name}-wide", (*typed, "z"), size=(120, 36))


def _library(name: str, size: tuple[int, int]) -> Iterator[Scene]:
    """The screens of a library."""
    ways = {
        "library": ("j",),
        "library-by-tag": ("v", "v"),
        "library-broken": ("G",),
        "library-keys": ("?",),
        "finding": ("/",),
        "finding-hits": ("/", *"ferry", "down"),
        "finding-mistake": ("/", *"ferry basis:ship"),
        "finding-nothing": ("/", *"submarine"),
        "finding-opened": ("/", *"crane", "enter"),
        "dossier": ("j", "j", "enter", "4", "D"),
        "dossier-timeline": ("j", "j", "enter", "4", "D", "2"),
        "dossier-followed": ("j", "j", "enter", "4", "D", "2", "g", "enter"),
    }
    for way, keys in ways.items():
        yield Scene(f"{way}{name}", keys, size, library=True)


def _known(name: str, size: tuple[int, int]) -> Iterator[Scene]:
    """A library that was read before, and has changed in part."""
    ways = {
        "known": (".",),
        "known-by-unread": ("s", "s", "s"),
        "known-starred": ("/", *"is:starred"),
        "stepping": (".", "enter", "."),
        "stepping-on": (".", "enter", ".", ".", "."),
    }
    for way, keys in ways.items():
        yield Scene(f"library-{way}{name}", keys, size, library=True, known=True)


SCENES: tuple[Scene, ...] = (
    *_tracker(),
    # Every pane at the size that everybody has, and what is further down in it.
    *_panes(Scene("")),
    Scene("summary-end", ("1", "G")),
    Scene("timeline-end", ("2", "G")),
    Scene("deals-middle", ("4", "space")),
    Scene("deals-end", ("4", "G")),
    # Where the keys go, and what is on the screen.
    Scene("zoomed", ("2", "z")),
    Scene("evidence", ("2", "e", "j")),
    Scene("evidence-zoomed", ("2", "z", "e")),
    Scene("bar-alone", ("2", "j"), highlight="bar"),
    Scene("bar-alone-wide", ("2", "j"), (120, 36), highlight="bar"),
    Scene("narrowed-to-deal", ("4", "f", "2")),
    Scene("narrowed-to-actor", ("3", "f", "1")),
    Scene("narrowed-twice", ("2", "f", "3", "f", "1")),
    # What is known later.
    Scene("as-of-next", ("2", "]")),
    Scene("as-of-last-summary", ("1", "}")),
    Scene("as-of-last-timeline", ("2", "}")),
    Scene("as-of-last-deals", ("4", "}")),
    Scene("as-of-last-chart", ("4", "}", "space")),
    Scene("as-of-typing", ("A", *"2021")),
    Scene("as-of-no-date", ("A", *"soon", "enter")),
    # Searching.
    Scene("search-empty", ("/",)),
    Scene("search-typing", ("/", *"deliver")),
    Scene("search", ("/", *"S-400", "enter", "n")),
    Scene("search-no-match", ("/", *"submarine")),
    Scene("search-no-match-entered", ("/", *"submarine", "enter")),
    # What opens above.
    Scene("chooser", ("2", "enter")),
    Scene("sources", ("4", "s")),
    Scene("keys", ("?",)),
    Scene("keys-end", ("?", "G")),
    Scene("palette", (":",)),
    Scene("palette-query", (":", *"put")),
    Scene("plain", ("4", "p")),
    # A source with its text beside what cites it, and one without.
    Scene("source-text", ("j", "j", "s"), document=_ropeway),
    Scene("source-text-walked", ("j", "j", "s", "n", "n", "j"), document=_ropeway),
    Scene("source-text-top", ("s", "g"), document=_ropeway),
    Scene("source-text-end", ("s", "G"), document=_ropeway),
    Scene("source-text-asked", ("j", "j", "s", "enter"), document=_ropeway),
    Scene("source-text-copied", ("j", "j", "s", "c"), document=_ropeway),
    Scene("source-text-later", ("}", "s"), document=_ropeway),
    Scene("source-record", ("j", "s", "l"), document=_ropeway),
    Scene("source-evidence", ("j", "j"), document=_ropeway),
    Scene("source-text-light", ("j", "j", "s"), document=_ropeway, theme="light"),
    Scene("source-text-ansi", ("j", "j", "s"), document=_ropeway, theme="ansi"),
    Scene("source-text-tiny", ("j", "j", "s"), (40, 12), document=_ropeway),
    Scene("source-text-wide", ("j", "j", "s"), (120, 36), document=_ropeway),
    Scene("source-text-ultra", ("j", "j", "s"), (200, 60), document=_ropeway),
    Scene("source-record-wide", ("j", "s", "l"), (120, 36), document=_ropeway),
    Scene("source-evidence-ultra", ("j", "j"), (200, 60), document=_ropeway),
    # The reader's own marks.
    Scene("marked", ("2", "b", *"aAsk the embassy #verify", "enter")),
    Scene("marked-wide", ("2", "b", *"aAsk the embassy #verify", "enter"), (120, 36)),
    Scene("unread", (".",), read_before=_before),
    Scene("unread-wide", (".",), (120, 36), read_before=_before),
    # Many briefings: the list, what is found in it, and a dossier.
    *_library("", (80, 24)),
    *_library("-wide", (120, 36)),
    *_known("", (80, 24)),
    *_known("-wide", (120, 36)),
    *_known("-ultra", (200, 60)),
    Scene("library-known-narrow", (".",), (60, 20), library=True, known=True),
    Scene("library-tiny", size=(40, 12), library=True),
    Scene("library-light", theme="light", library=True),
    Scene("library-ansi", ("/", *"ferry"), theme="ansi", library=True),
    # The last line speaking.
    Scene("message-copied", ("2", "y")),
    Scene("message-nothing", ("3", "backspace")),
    Scene("message-over-ssh", ("2", "o", "1"), environment={"SSH_CONNECTION": "a b c d"}),
    # Other briefings: one that uses the whole format, one with hardly anything, one that is wrong.
    Scene("whole-timeline", ("2", "g"), document=_WHOLE),
    Scene("whole-deals", ("4",), document=_WHOLE),
    Scene("whole-deals-end", ("4", "G"), document=_WHOLE),
    # One that names a vocabulary, with signs for the types of its events.
    Scene("merger-timeline", ("2",), document=_MERGER),
    Scene("merger-deals", ("4",), document=_MERGER),
    # Bundled briefings of other fields of work.
    *_panes(Scene("webb-", document=_WEBB)),
    Scene("webb-launch", ("4", "z"), (100, 40), document=_WEBB),
    *_panes(Scene("outages-", document=_OUTAGES)),
    *_panes(Scene("outages-wide-", size=(120, 36), document=_OUTAGES)),
    *_panes(Scene("bare-", document=_BARE)),
    Scene("bare-message", ("f",), document=_BARE),
    *_panes(Scene("mistakes-", document=_MISTAKES)),
    Scene("mistakes-evidence", ("2", "g", "z", "e"), document=_MISTAKES),
    *_panes(Scene("hostile-", document=_hostile)),
    Scene("hostile-palette", (":", *"click"), document=_hostile),
    # Other sizes; the edges are where the layout changes.
    Scene("too-small", ("2",), size=(19, 5)),
    Scene("tiniest", ("2",), size=(20, 5)),
    Scene("tiny", ("2",), size=(40, 12)),
    Scene("tiny-search", ("/", *"S-400"), size=(40, 12)),
    Scene("tiny-sources", ("s",), size=(40, 12)),
    *_panes(Scene("narrow-", size=(60, 20))),
    Scene("narrow-sources", ("s",), size=(60, 20)),
    Scene("wide-edge", ("2",), size=(110, 30)),
    *_panes(Scene("wide-", size=(120, 36))),
    Scene("wide-narrowed", ("4", "f"), size=(120, 36)),
    Scene("wide-search", ("/", *"S-400", "enter", "n"), size=(120, 36)),
    Scene("wide-as-of-last", ("4", "}"), size=(120, 36)),
    Scene("wide-mistakes", ("2",), size=(120, 36), document=_MISTAKES),
    Scene("ultra-edge", ("2",), size=(160, 45)),
    *_panes(Scene("ultra-", size=(200, 60))),
    Scene("ultra-as-of-last", ("4", "}", "space"), size=(200, 60)),
    # Other colours, and none.
    *_panes(Scene("light-", theme="light")),
    *_panes(Scene("ansi-", theme="ansi")),
    Scene("light-wide", ("2",), size=(120, 36), theme="light"),
    Scene("ansi-wide", ("2",), size=(120, 36), theme="ansi"),
    Scene("light-palette", (":", *"put"), theme="light"),
    Scene("ansi-palette", (":", *"put"), theme="ansi"),
    Scene("ansi-chooser", ("2", "enter"), theme="ansi"),
    Scene("no-color", ("2",), environment={"NO_COLOR": "1"}),
    Scene("no-color-palette", (":", *"put"), environment={"NO_COLOR": "1"}),
)

PICTURES: dict[str, str] = {
    "summary": "summary",
    "timeline": "timeline",
    "actors": "actors",
    "deals": "deals",
    "chart": "as-of-last-chart",
    "launch": "webb-launch",
    "wide": "wide-timeline",
    "ultra": "ultra-timeline",
    "light": "light-timeline",
    "ansi": "ansi-timeline",
    "search": "search",
    "keys": "keys",
}
"""The scenes that are drawn for people, by the name of the picture."""


def scene(name: str) -> Scene:
    """The scene of a name."""
    return next(one for one in SCENES if one.name == name)
