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
from briefing_tui.driver.cells import BLANK, UNKNOWN, Cell, Rows, uniform_rows
from briefing_tui.driver.frame_encoder import FrameEncoder
from briefing_tui.driver.output_parser import ScreenBuffer
from briefing_tui.driver.sgr import Style

STATUS_REQUEST = "\x1b[5n"
STATUS_REPORT = "\x1b[0n"
_POSITION_REQUEST = "\x1b[6n"
SAMPLE_LINE = 2
"""The line of the sample: a position in the first line would look like F3 with a modifier."""
MAX_IN_FLIGHT = 2048
"""Bytes in flight above which no frame is sent; a fifth of a second at 9600 bytes a second."""
REQUEST_INTERVAL = 1024
"""Bytes after which a status request is sent."""
REPORT_TIMEOUT = 4.0
"""Seconds after which a status report is no longer expected."""
_FIRST_TIMEOUT = 1.0
"""Seconds after which a first answer is no longer expected."""
_SHORTEST_WAIT = 0.1
"""Seconds to wait for an answer even if earlier ones took no time."""
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

    ``size`` is in columns and lines, ``clock`` returns monotonic time in seconds, and
    ``first_answer`` is the time in seconds to wait at the end for an answer that is the first.
    ``sample`` is a text whose width is asked for (CPR) in the first frame, which covers it: the
    terminal reports a position in `SAMPLE_LINE`.
    """

    def __init__(
        self,
        size: tuple[int, int],
        clock: Callable[[], float],
        capabilities: Capabilities = COMMON,
        *,
        sample: str = "",
        first_answer: float = 1.0,
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
        self._requests: deque[float] = deque()
        """When each status request without an answer was sent, oldest first."""
        self._answer_time: float | None = None
        """The longest time in seconds that an answer took; None if there was none."""
        self._first_answer = first_answer
        self._sample = sample
        self._is_ending = False
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
        """Whether frames wait for a status report."""
        return bool(self._in_flight) and self._clock() - self._requested_at < REPORT_TIMEOUT

    @property
    def report_wait(self) -> float:
        """Seconds in which the last answer is likely to arrive; 0 if there will be none.

        Answers that took long before may take twice as long now.
        """
        if not self._requests:
            return 0.0
        age = self._clock() - self._requests[-1]
        if self._answer_time is None:
            return max(min(self._first_answer, _FIRST_TIMEOUT - age), 0.0)
        return max(min(max(2 * self._answer_time, _SHORTEST_WAIT), REPORT_TIMEOUT) - age, 0.0)

    def end(self) -> None:
        """Ask the terminal nothing more: an answer to the last frames would come too late."""
        self._is_ending = True

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

    def restart(self) -> None:
        """Begin with an unknown screen; answers from before are lost."""
        self._requests.clear()
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
        for _ in range(min(count, len(self._requests))):
            elapsed = self._clock() - self._requests.popleft()
            self._answer_time = max(self._answer_time or 0.0, elapsed)
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
        if self._sample:
            frame += self._measure_sample(self._terminal, target)
        x, y = self._buffer.cursor
        return frame + self._encoder.finish(min(x, self.size[0] - 1), min(y, self.size[1] - 1))

    def _measure_sample(self, current: Rows, target: Rows) -> str:
        """Return what writes the sample, asks for the position after it, and covers it again."""
        sample, self._sample = self._sample, ""
        if self.size[1] < SAMPLE_LINE or self._is_ending:
            return ""
        row = current[SAMPLE_LINE - 1]
        end = min(2 * len(sample), len(row))
        row[:end] = [UNKNOWN] * end
        written = self._encoder.write_at(SAMPLE_LINE - 1, sample)
        return written + _POSITION_REQUEST + self._encoder.encode(current, target)

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
        if frame and self._requests_reports and is_due and not self._is_ending:
            frame += STATUS_REQUEST
            self._requests_reports = self._reports
            self._requested_at = now
            while self._requests and now - self._requests[0] > REPORT_TIMEOUT:
                self._requests.popleft()  # its answer is lost
            self._requests.append(now)
            self._in_flight.append(self._bytes_since_request)
            self._bytes_since_request = 0
        return frame
