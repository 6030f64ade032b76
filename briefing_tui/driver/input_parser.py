"""What a terminal sends, made safe to read: keys, clicks, pasted text, answers.

Whoever is at the far end can send anything: bytes that are no text, numbers that are no keys,
megabytes. None of that may end the program, hold it up, or be taken for keys.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

from textual import events
from textual.message import Message

from briefing_tui.driver.frame_scheduler import ANSWER
from briefing_tui.driver.textual_private import KeyParser, key_parser

PASTE_LIMIT = 1 << 16
"""Characters of one paste that are taken; the fields of the reader have one line."""

TYPED_AHEAD = 256
"""Keys and clicks that may come at once; of a flood the rest is lost."""
TYPED = 100
"""Keys and clicks a second that may come for longer."""

_ESCAPE = 0.1
"""Seconds after which Escape is a key, as nothing follows it."""
_PASTING = 2.0
"""Seconds after which a paste without an end is one; on a slow line there are gaps."""
_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[M(?s:...)"  # a click as terminals without SGR mode send it: not asked for
    r"|\[(?P<private>[<-?]?)(?P<numbers>[0-9:;]*)(?P<more>[0-?]*[ -/]*)(?P<final>[@-~])"
    r"|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\))"  # a string, such as the answer of another's question
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")
_LONGEST = 64
"""Characters that a sequence may have; what is longer is none."""
_USUAL = 16
"""Characters that a key has at most, as terminals send them."""
_REPORTS = frozenset("cntxy")
"""Ends of sequences that tell of the terminal: its kind, state and size."""
_LARGEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class Keyboard:
    """Makes events of bytes; remembers what is unfinished."""

    def __init__(self, make_parser: Callable[[], KeyParser] = key_parser) -> None:
        self._make_parser = make_parser
        self._parser = make_parser()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._answers = 0
        self._begun = ""
        self._pasted: str | None = None
        self._paste_tail = ""
        self._parsing = False
        """Whether the parser may wait for what follows an escape."""

    @property
    def unfinished(self) -> bool:
        """Whether what came last may be the beginning of something, so that `tick` is due."""
        return bool(self._begun) or self._pasted is not None or self._parsing

    @property
    def patience(self) -> float:
        """Seconds without a byte after which `tick` is due."""
        return _ESCAPE if self._pasted is None else _PASTING

    def take_answers(self) -> int:
        """How often the terminal told since the last time that it has taken a frame."""
        taken, self._answers = self._answers, 0
        return taken

    def feed(self, data: bytes, room: int = 1 << 16) -> list[Message]:
        """The events that are complete with these bytes.

        Keys are made of no more characters than ``room`` of them can have: a flood takes no time.
        """
        found: list[Message] = []
        text, self._begun = self._begun + self._decode(data), ""
        while text:
            if self._pasted is not None:
                text = self._paste(text, found)
                continue
            keys, start, text = text.partition(_PASTE)
            if start:
                self._pasted = self._paste_tail = ""
            elif (begun := _BEGUN.search(keys)) and len(begun[0]) < _LONGEST:
                keys, self._begun = keys[: begun.start()], begun[0]
            found += self._parsed(_SEQUENCE.sub(self._let_through, keys)[: room * _USUAL])
        return found

    def tick(self) -> list[Message]:
        """The events that are complete as nothing has followed for a while."""
        if self._pasted is not None:
            return [self._end_paste(self._paste_tail)]
        self._parsing = False
        begun, self._begun = self._begun, ""
        if begun == "\x1b":
            return [*self._guarded(lambda: self._parser.tick()), events.Key("escape", "\x1b")]
        return [*self._parsed(begun), *self._guarded(lambda: self._parser.tick())]

    def _parsed(self, text: str) -> list[Message]:
        self._parsing = self._parsing or "\x1b" in text
        return self._guarded(lambda: self._parser.feed(text)) if text else []

    def _guarded(self, parse: Callable[[], Iterable[Message]]) -> list[Message]:
        try:
            return [*parse()]
        except Exception:  # whatever it is that the parser does not bear, the next keys are fine
            self._parser = self._make_parser()
            return []

    def _let_through(self, match: re.Match[str]) -> str:
        """A sequence that may be a key or a click, or nothing in place of any other."""
        if match[0] == ANSWER:
            self._answers += 1
            return ""
        if match["final"] is None or match["final"] in _REPORTS:
            return ""
        if match["private"] and not (match["private"] == "<" and match["final"] in "mM"):
            return ""
        numbers = [one for one in re.split("[:;]", match["numbers"]) if one]
        if any(len(one) > 7 or not _is_character(int(one)) for one in numbers):
            return ""
        return match[0]

    def _paste(self, text: str, found: list[Message]) -> str:
        """Take pasted text, and give back what follows it."""
        inside, end, rest = (self._paste_tail + text).partition(_PASTE_END)
        if end:
            found.append(self._end_paste(inside))
            return rest
        keep = max(len(inside) - len(_PASTE_END) + 1, 0)
        self._pasted = f"{self._pasted}{inside[:keep]}"[:PASTE_LIMIT]
        self._paste_tail = inside[keep:]
        return ""

    def _end_paste(self, last: str) -> events.Paste:
        pasted = f"{self._pasted}{last}"[:PASTE_LIMIT]
        self._pasted = None
        return events.Paste(pasted.replace("\0", ""))


def _is_character(number: int) -> bool:
    return number <= _LARGEST and number not in _SURROGATES


class Allowance:
    """How many keys and clicks may come: more than anybody types, less than holds anybody up."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left = float(TYPED_AHEAD)
        self._at = clock()

    @property
    def room(self) -> int:
        """How many may come now."""
        now = self._clock()
        self._left = min(self._left + TYPED * (now - self._at), TYPED_AHEAD)
        self._at = now
        return int(self._left)

    def take(self) -> bool:
        """Let one come, if it may."""
        if self.room < 1:
            return False
        self._left -= 1
        return True
