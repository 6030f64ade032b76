"""Signals while a line is typed: an end is an end, whatever is pressed after it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from types import FrameType

import pytest

from briefing_tui.linear.signals import uninterrupted_end, wakeup_pipe

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
    with uninterrupted_end(NUMBERS):
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)


def test_nothing_interrupts_what_is_done_at_the_end() -> None:
    with uninterrupted_end(NUMBERS):
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGTERM)
        for number in NUMBERS:
            os.kill(os.getpid(), number)


def test_a_signal_ends_a_wait_that_begins_after_it() -> None:
    former = signal.getsignal(signal.SIGWINCH)
    with wakeup_pipe((signal.SIGWINCH,)) as descriptor:
        os.kill(os.getpid(), signal.SIGWINCH)
        assert select.select([descriptor], [], [], 60)[0]
        assert os.read(descriptor, 10) == bytes([signal.SIGWINCH])
    assert signal.getsignal(signal.SIGWINCH) == former


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    former = signal.signal(signal.SIGWINCH, signal.SIG_IGN)
    try:
        with wakeup_pipe((signal.SIGWINCH,)) as descriptor:
            os.kill(os.getpid(), signal.SIGWINCH)
            assert not select.select([descriptor], [], [], 0)[0]
    finally:
        signal.signal(signal.SIGWINCH, former)


def test_signals_that_come_all_at_once_do_not_wait_for_each_other() -> None:
    with wakeup_pipe((signal.SIGUSR1,)) as descriptor:
        send = f"i=0; while [ $i -lt 3000 ]; do kill -USR1 {os.getpid()}; i=$((i+1)); done"
        subprocess.run(["/bin/sh", "-c", send], check=True)
        for _ in range(100_000):  # more than a pipe holds
            signal.raise_signal(signal.SIGUSR1)
        assert {*os.read(descriptor, 10)} == {signal.SIGUSR1}
