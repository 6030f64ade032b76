"""Signals while a line is typed: an end is an end, whatever is pressed after it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from briefing_tui.linear.signals import forwarded_signals

NUMBERS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Let each signal raise what the program lets it raise, and restore the handlers."""
    former = {number: signal.getsignal(number) for number in NUMBERS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _exit)
    yield
    for number, handler in former.items():
        signal.signal(number, handler)


def _exit(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def test_an_interrupt_cancels_as_often_as_it_comes() -> None:
    with forwarded_signals(NUMBERS):
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)


def test_nothing_interrupts_what_is_done_at_the_end() -> None:
    with forwarded_signals(NUMBERS):
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGTERM)
        for number in NUMBERS:
            os.kill(os.getpid(), number)
