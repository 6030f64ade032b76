"""Decides when a frame is sent, and what is in it.

A frame is the difference between what Textual painted and the terminal's screen. None is made while
bytes are on their way.

The near end of a slow connection cannot know whether the terminal has received a frame, as much is
buffered in between. So every few frames end with a status request (DSR), which every terminal since
the VT100 answers. Nothing waits for the first answer, and a terminal that never gives it is asked
only once.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable

from briefing_tui.driver.capabilities import COMMON, Capabilities
from briefing_tui.driver.cells import BLANK, Cell, Rows, uniform_rows
from briefing_tui.driver.frame_encoder import FrameEncoder
from briefing_tui.driver.output_parser import ScreenBuffer
from briefing_tui.driver.sgr import Style

STATUS_REQUEST = "\x1b[5n"
STATUS_REPORT = "\x1b[0n"
MAX_IN_FLIGHT = 2048
"""Bytes in flight above which no frame is sent; a fifth of a second at 9600 bytes a second."""
REQUEST_INTERVAL = 1024
"""Bytes after which a status request is sent."""
REPORT_TIMEOUT = 4.0
"""Seconds after which a status report is no longer expected."""
MIN_SIZE = (16, 4)
"""Columns and lines that Textual paints at least; a smaller terminal shows a part."""
PAINT_TIMEOUT = 0.3
"""Seconds after which a screen is sent even if some of its cells were never painted."""

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronised output; terminals without it ignore the mode, as they do any unknown mode."""
_DROPPED = (_SYNC_START, _SYNC_END, "\x1b]22;")
"""Prefixes of what Textual writes and the terminal need not receive, pointer shapes among them."""


def reported_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size to report to Textual, whose widgets fail at very small sizes."""
    return max(size[0], MIN_SIZE[0]), max(size[1], MIN_SIZE[1])


class FrameScheduler:
    """Holds the screen of the terminal and the screen that it should show.

    ``size`` is in columns and lines, ``clock`` returns monotonic time in seconds.
    """

    def __init__(
        self,
        size: tuple[int, int],
        clock: Callable[[], float],
        capabilities: Capabilities = COMMON,
    ) -> None:
        self._clock = clock
        self._bce = capabilities.bce
        self._requests_reports = True
        self._reports = False
        """Whether the terminal ever answered a status request."""
        self._in_flight: deque[int] = deque()
        """Bytes before each status request without an answer, oldest first."""
        self._bytes_since_request = 0
        self._requested_at = 0.0
        self._encoder = FrameEncoder(capabilities)
        self._terminal: Rows | None = None
        """The terminal's screen; None if it is not known."""
        self._sequences: list[str] = []
        """What Textual wrote beside the screen: a title, a clipboard, a bell."""
        self.is_pending = True
        """Whether the terminal may lack something."""
        self.resize(size)

    @property
    def awaits_report(self) -> bool:
        """Whether a status report may still arrive."""
        return bool(self._in_flight) and self._clock() - self._requested_at < REPORT_TIMEOUT

    def write(self, data: str) -> None:
        """Accept what Textual writes; what is not a part of the screen is passed on unchanged."""
        if self._buffer.write(data):
            self.is_pending = True
        elif not data.startswith(_DROPPED):
            self._sequences.append(data)
            self.is_pending = True

    def resize(self, size: tuple[int, int]) -> None:
        """Start with an empty buffer of another size, sent once all of it is painted."""
        self.size = size
        self._buffer = ScreenBuffer(*reported_size(size))
        self._buffer_created = self._clock()
        self.invalidate()

    def invalidate(self) -> None:
        """Send the whole screen again, as another program may have written to the terminal."""
        self._terminal = None
        self._in_flight.clear()
        self.is_pending = True

    def acknowledge(self, count: int) -> None:
        """Process status reports: what was sent before their requests has arrived."""
        if count:
            self._reports = self._requests_reports = True
        for _ in range(min(count, len(self._in_flight))):
            self._in_flight.popleft()

    def next_frame(self) -> tuple[bytes, float | None]:
        """Return what the terminal lacks, if it can receive it now.

        The number is the seconds after which to call again even if nothing happens.
        """
        now = self._clock()
        in_flight = sum(self._in_flight) + self._bytes_since_request
        if self._reports and self._in_flight and in_flight >= MAX_IN_FLIGHT:
            if self.awaits_report:
                return b"", self._requested_at + REPORT_TIMEOUT - now
            self._in_flight.clear()
        delay = self._paint_delay(now)
        self.is_pending = bool(delay)
        frame = "" if delay else self._encode_frame()
        if frame:
            frame = f"{_SYNC_START}{frame}{_SYNC_END}"
        frame = "".join([*self._sequences, frame])
        self._sequences.clear()
        return self._with_request(frame, now).encode(errors="replace"), delay

    def _paint_delay(self, now: float) -> float | None:
        """Return the seconds to wait for cells that were not painted; None if there are none."""
        if self._buffer.is_complete():
            return None
        delay = self._buffer_created + PAINT_TIMEOUT - now
        if delay > 0:
            return delay
        self._buffer.fill_unpainted()
        return None

    def _encode_frame(self) -> str:
        frame = ""
        target = self._buffer.cropped(*self.size)
        if self._terminal is None:
            background = self._background()
            frame = self._encoder.clear(background.style)
            self._terminal = uniform_rows(*self.size, background)
        frame += self._encoder.encode(self._terminal, target)
        return frame + self._encoder.finish(*self._buffer.cursor) if frame else ""

    def _background(self) -> Cell:
        """Return the most frequent blank if erasing can draw it, else one of the default style."""
        if not self._bce:
            return BLANK
        blanks = Counter(cell for row in self._buffer.rows for cell in row if cell.text == " ")
        blank = max(blanks, key=blanks.__getitem__, default=BLANK)
        return blank if blank.style == Style(background=blank.style.background) else BLANK

    def _with_request(self, frame: str, now: float) -> str:
        self._bytes_since_request += len(frame)
        is_due = self._bytes_since_request >= REQUEST_INTERVAL or not self._reports
        if frame and self._requests_reports and is_due:
            frame += STATUS_REQUEST
            self._requests_reports = self._reports
            self._requested_at = now
            self._in_flight.append(self._bytes_since_request)
            self._bytes_since_request = 0
        return frame
