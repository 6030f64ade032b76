"""Signals while a line is read: none is lost, and none waits for another."""

from __future__ import annotations

import subprocess
import sys

MANY = """
import os, signal, subprocess, time
from briefing_tui.linear.signals import forwarded_signals

heard = []
signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
with forwarded_signals((signal.SIGUSR1,)):
    send = f"i=0; while [ $i -lt 3000 ]; do kill -USR1 {os.getpid()}; i=$((i+1)); done"
    sender = subprocess.Popen(["/bin/sh", "-c", send])
    while sender.poll() is None:
        time.sleep(0.001)
print("heard" if heard else "deaf")
"""


def test_signals_that_come_all_at_once_do_not_wait_for_each_other() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "heard\n", done.stderr
