"""The layer between the framework and the terminal: keeps what is shown, sends what differs.

The framework paints on a canvas, as often as it likes. A frame is what the terminal lacks of it, in
one write. While the terminal has not taken what was sent, no frame is made: the canvas goes on
changing, and what comes next is the difference to what was really sent.

Whether a terminal at the far end of a slow line has taken a frame cannot be told from the line's
near end, which buffers much. So every few frames end with a question that every terminal since the
VT100 answers (DSR, "are you well"). Nothing waits for the first answer; a terminal that never gives
it is not asked again.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable

from briefing_tui.driver.cells import BLANK, Cell, Rows, uniform_rows
from briefing_tui.driver.frame_encoder import FrameEncoder
from briefing_tui.driver.screen_buffer import ScreenBuffer
from briefing_tui.driver.sgr import Style

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"
WINDOW = 2048
"""Bytes that may be on the way when another frame is sent; a fifth of a second at 9600 a second."""
ASKED_EACH = 1024
"""Bytes after which the terminal is asked whether it has taken them."""
PATIENCE = 4.0
"""Seconds after which an answer is no longer waited for."""
LEAST = (16, 4)
"""Columns and lines that the framework paints at least; a smaller terminal shows a part."""
UNPAINTED = 0.3
"""Seconds after which a screen is shown even where parts of it were never painted."""

_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronised output; a terminal that does not know the mode ignores it, as it does any other."""
_IGNORED = (_BEGIN, _END, "\x1b]22;")


def told(size: tuple[int, int]) -> tuple[int, int]:
    """The size that the framework is told: in no columns at all its widgets fail."""
    return max(size[0], LEAST[0]), max(size[1], LEAST[1])


class Output:
    """What the terminal shows, what it shall show, and when it is told."""

    def __init__(
        self,
        size: tuple[int, int],
        clock: Callable[[], float],
        *,
        fills: bool = False,
        asks: bool = True,
    ) -> None:
        """Begin with a terminal that shows anything.

        Args:
            size: Columns and lines.
            clock: Seconds that only grow.
            fills: Whether erasing takes the background that is on, as xterm does.
            asks: Whether the terminal may be asked for what it has taken.
        """
        self._clock = clock
        self._fills = fills
        self._asks = asks
        self._answers = False
        self._on_the_way: deque[int] = deque()
        self._unasked = 0
        self._asked_at = 0.0
        self._brush = FrameEncoder()
        self._size = size
        self._canvas = ScreenBuffer(*told(size))
        self._shown: Rows | None = None
        self._put_up = clock()
        self._others: list[str] = []
        self.due = True
        """Whether there is something that the terminal may lack."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        return self._size

    @property
    def asked(self) -> bool:
        """Whether an answer may still come."""
        return bool(self._on_the_way) and self._clock() - self._asked_at < PATIENCE

    def write(self, data: str) -> None:
        """Take what the framework writes; what is no part of a screen goes along as it is."""
        if self._canvas.write(data):
            self.due = True
        elif not data.startswith(_IGNORED):
            self._others.append(data)
            self.due = True

    def resize(self, size: tuple[int, int]) -> None:
        """Begin anew in another size, when all of it was painted."""
        self._size = size
        self._canvas = ScreenBuffer(*told(size))
        self._put_up = self._clock()
        self.forget()

    def forget(self) -> None:
        """Send everything again, as another program may have written on the terminal."""
        self._shown = None
        self._on_the_way.clear()
        self.due = True

    def answered(self, count: int) -> None:
        """Take answers of the terminal: it has what was sent before the question."""
        if count:
            self._answers = self._asks = True
        for _ in range(min(count, len(self._on_the_way))):
            self._on_the_way.popleft()

    def take(self) -> tuple[bytes, float | None]:
        """What the terminal lacks, as far as it can take it now.

        Returns:
            The bytes to send, all of them at once, and the seconds after which to ask again even if
            nothing happens.
        """
        now = self._clock()
        # Without a question on its way there is no answer to wait for.
        waiting = self._answers and self._on_the_way
        if waiting and sum(self._on_the_way) + self._unasked >= WINDOW:
            if now - self._asked_at < PATIENCE:
                return b"", self._asked_at + PATIENCE - now
            self._on_the_way.clear()
        later = self._until_whole(now)
        self.due = bool(later)
        frame = "" if later else self._frame()
        if frame:
            frame = f"{_BEGIN}{frame}{_END}"
        frame = "".join([*self._others, frame])
        self._others.clear()
        return self._asking(frame, now).encode(errors="replace"), later

    def _until_whole(self, now: float) -> float | None:
        if self._canvas.is_complete():
            return None
        later = self._put_up + UNPAINTED - now
        if later > 0:
            return later
        self._canvas.fill_unpainted()
        return None

    def _frame(self) -> str:
        sent = ""
        wanted = self._canvas.cropped(*self._size)
        if self._shown is None:
            ground = self._ground()
            sent = self._brush.clear(ground.style)
            self._shown = uniform_rows(*self.size, ground)
        sent += self._brush.encode(self._shown, wanted, bce=self._fills)
        return sent + self._brush.finish(*self._canvas.cursor) if sent else ""

    def _ground(self) -> Cell:
        """The blank that most of the screen is made of, where erasing makes such."""
        if not self._fills:
            return BLANK
        blanks = Counter(cell for row in self._canvas.rows for cell in row if cell.text == " ")
        usual = max(blanks, key=blanks.__getitem__, default=BLANK)
        return usual if usual.style == Style(background=usual.style.background) else BLANK

    def _asking(self, frame: str, now: float) -> str:
        """A frame, with the question at its end where enough was sent since the last one."""
        self._unasked += len(frame)
        if frame and self._asks and (self._unasked >= ASKED_EACH or not self._answers):
            frame += QUESTION
            self._asks = self._answers
            self._asked_at = now
            self._on_the_way.append(self._unasked)
            self._unasked = 0
        return frame
