"""Parses what a terminal sends: keys, mouse events, pasted text, answers.

The far end may send anything: invalid UTF-8, invalid key codes, megabytes. None of that may end the
program, block it, or be taken for keys.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

from textual import events
from textual.message import Message

from briefing_tui.driver.frame_scheduler import STATUS_REPORT
from briefing_tui.driver.textual_private import KeyParser

PASTE_LIMIT = 1 << 16
"""Characters of one paste; the rest is dropped."""

BURST = 256
"""Keys and mouse events that may come at once; the rest of a flood is dropped."""
RATE = 100
"""Keys and mouse events per second that may come for longer."""

_ESCAPE_TIMEOUT = 0.1
"""Seconds without a byte after which an escape character is the Escape key."""
_PASTE_TIMEOUT = 2.0
"""Seconds without a byte after which a paste is complete; a slow connection has gaps."""
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[M(?s:...)"  # a mouse event without SGR mode, which is never enabled
    r"|\[(?P<private>[<-?]?)(?P<numbers>[0-9:;]*)(?P<more>[0-?]*[ -/]*)(?P<final>[@-~])"
    r"|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\))"  # a string: the answer to another program's query
)
_INCOMPLETE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")
_MAX_INCOMPLETE = 64
"""Characters of a sequence; longer ones are not waited for."""
_MAX_KEY = 16
"""Characters of a key, at most."""
_REPORTS = frozenset("cntxy")
"""Final characters of reports: device attributes, status, size."""
_MAX_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class InputParser:
    """Turns bytes into events, and buffers incomplete sequences."""

    def __init__(self) -> None:
        self._parser = KeyParser()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._report_count = 0
        self._incomplete = ""
        self._pasted: str | None = None
        """The text of the paste that is being received."""
        self._paste_tail = ""
        """The end of it that may be the beginning of the end marker."""
        self._parser_may_wait = False
        """Whether the key parser may hold an escape character back."""

    @property
    def is_incomplete(self) -> bool:
        """Whether `flush` has to be called if nothing follows within `timeout`."""
        return bool(self._incomplete) or self._pasted is not None or self._parser_may_wait

    @property
    def timeout(self) -> float:
        """Seconds without a byte after which `flush` has to be called."""
        return _ESCAPE_TIMEOUT if self._pasted is None else _PASTE_TIMEOUT

    def take_report_count(self) -> int:
        """Return the number of status reports received since the last call."""
        count, self._report_count = self._report_count, 0
        return count

    def feed(self, data: bytes, max_keys: int = 1 << 16) -> list[Message]:
        """Return the events that these bytes complete.

        Input is cut to the length of ``max_keys`` keys, so that parsing a flood takes little time.
        """
        messages: list[Message] = []
        text, self._incomplete = self._incomplete + self._decode(data), ""
        while text:
            if self._pasted is not None:
                text = self._receive_paste(text, messages)
                continue
            keys, paste_start, text = text.partition(_PASTE_START)
            if paste_start:
                self._pasted = self._paste_tail = ""
            elif (match := _INCOMPLETE.search(keys)) and len(match[0]) < _MAX_INCOMPLETE:
                keys, self._incomplete = keys[: match.start()], match[0]
            keys = _SEQUENCE.sub(self._filter_sequence, keys)
            messages += self._parse_keys(keys[: max_keys * _MAX_KEY])
        return messages

    def flush(self) -> list[Message]:
        """Return the events that are complete because nothing followed."""
        if self._pasted is not None:
            return [self._end_paste(self._paste_tail)]
        self._parser_may_wait = False
        incomplete, self._incomplete = self._incomplete, ""
        if incomplete == "\x1b":
            return [*self._parse(lambda: self._parser.tick()), events.Key("escape", "\x1b")]
        return [*self._parse_keys(incomplete), *self._parse(lambda: self._parser.tick())]

    def _parse_keys(self, text: str) -> list[Message]:
        self._parser_may_wait = self._parser_may_wait or "\x1b" in text
        return self._parse(lambda: self._parser.feed(text)) if text else []

    def _parse(self, parse: Callable[[], Iterable[Message]]) -> list[Message]:
        try:
            return [*parse()]
        except Exception:  # input that Textual's parser fails on must not break the next keys
            self._parser = KeyParser()
            return []

    def _filter_sequence(self, match: re.Match[str]) -> str:
        """Return a sequence that may be a key or a mouse event; an empty string for any other."""
        if match[0] == STATUS_REPORT:
            self._report_count += 1
            return ""
        if match["final"] is None or match["final"] in _REPORTS:
            return ""
        if match["private"] and not (match["private"] == "<" and match["final"] in "mM"):
            return ""
        numbers = [number for number in re.split("[:;]", match["numbers"]) if number]
        if any(len(number) > 7 or not _is_character(int(number)) for number in numbers):
            return ""
        return match[0]

    def _receive_paste(self, text: str, messages: list[Message]) -> str:
        """Receive pasted text, and return the text that follows the paste."""
        pasted, end, rest = (self._paste_tail + text).partition(_PASTE_END)
        if end:
            messages.append(self._end_paste(pasted))
            return rest
        tail = max(len(pasted) - len(_PASTE_END) + 1, 0)
        self._pasted = f"{self._pasted}{pasted[:tail]}"[:PASTE_LIMIT]
        self._paste_tail = pasted[tail:]
        return ""

    def _end_paste(self, last: str) -> events.Paste:
        pasted = f"{self._pasted}{last}"[:PASTE_LIMIT]
        self._pasted = None
        return events.Paste(pasted.replace("\0", ""))


def _is_character(number: int) -> bool:
    return number <= _MAX_CHARACTER and number not in _SURROGATES


class RateLimit:
    """A token bucket for keys and mouse events: above what people type, below what blocks."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens = float(BURST)
        self._updated = clock()

    @property
    def available(self) -> int:
        """How many events may pass now."""
        now = self._clock()
        self._tokens = min(self._tokens + RATE * (now - self._updated), BURST)
        self._updated = now
        return int(self._tokens)

    def acquire(self) -> bool:
        """Let one event pass; return False if it has to be dropped."""
        if self.available < 1:
            return False
        self._tokens -= 1
        return True
