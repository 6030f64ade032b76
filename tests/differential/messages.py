"""The one place that knows where the faces word things differently.

A session's messages are the same in both faces. A face adds to them, or says otherwise:

* The line reader ends a message as a sentence, spells signs out, and reads the new row after it.
* The screen shows without a word what the line reader has to say: the end of a pane, a new focus,
  the end of a search, the row that the reader stays on.
* Texts are read by the one and shown, copied or opened by the other.
* The number of the match has its own place on the screen.
* A key of the screen is a word of the line reader: ``' and a letter``, ``as in mark x``.
"""

from __future__ import annotations

import re
from collections.abc import Set

from briefing_tui.views.spoken_rows import spoken_text

TEXT = "(a text)"
_MATCH = re.compile(r"Match (\d+) of (\d+)\.?$|.*  (\d+)/(\d+) · .*$")
_SHOWN_WITHOUT_A_WORD = re.compile(
    r"(Still (here|in) |This is the first row of |End of |The search is over|All is shown again"
    r"|Nothing to do here|Only |What to remember|Your note: |Letters in use|Any letter will do"
    r"|Empty; nothing done|No actor, event or deal is called )"
)
_TEXT_IS_SHOWN = re.compile(r"Sent to the clipboard|Opening https?:|Source ")
_COMMAND = re.compile(r"; \S+ (?=returns|widens|starts|offers|quits|reloads|says)")
"""The command that a message names: by its key on the screen, by its word line by line."""
_SAME_START = re.compile(r"(As of |No jump mark is set|Mark \w set|Nothing to leave|No search yet)")
READ_OR_SHOWN = ("copy", "copy-pane", "cite", "plain", "evidence", "help", "source", "open-link")
"""Commands whose answer is a text, unless there is none."""
SEARCHES = ("search", "next-match", "previous-match", "single-source")
"""Commands that move to a match; the screen shows the search until it ends."""
_NO_TEXT = re.compile(r"(No |Nothing to copy)")


def line_message(command: str, answer: str, own_lines: Set[str]) -> str:
    """Return the message in an answer of the line reader.

    Args:
        command: What was run.
        answer: The answer.
        own_lines: Lines that describe the row, the pane and the filters.
    """
    first = answer.partition("\n")[0]
    if command in READ_OR_SHOWN and not _NO_TEXT.match(first):
        return TEXT
    if first in own_lines or _SHOWN_WITHOUT_A_WORD.match(first):
        return ""
    return _common(first.partition(" Before: ")[0])


def screen_message(command: str, status: str, *, covers: bool) -> str:
    """Return the message on the last line of the screen.

    Args:
        command: What was run.
        status: The last line.
        covers: Whether a text covers the screen.
    """
    if covers or (command in READ_OR_SHOWN and not _NO_TEXT.match(status)):
        return TEXT
    if status.startswith("/") and command not in SEARCHES:
        return ""
    return _common(status)


def _common(message: str) -> str:
    if match := _MATCH.match(message):
        number, total = match[1] or match[3], match[2] or match[4]
        return f"match {number}/{total}"
    if _TEXT_IS_SHOWN.match(message):
        return TEXT
    if match := _SAME_START.match(message):
        return match[0]
    message = _COMMAND.sub("; (command) ", message)
    return spoken_text(message.replace(" · ", ", ")).strip().removesuffix(".")
