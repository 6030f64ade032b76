"""Crash reports: two lines for the user, and a log file with the traceback."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path

_MAX_LOGS = 5


def report_crash(program: str, error: BaseException, directory: Path | None) -> str:
    """Write a crash log if there is a directory for it, and return the message for the user.

    The log holds the traceback without the values of variables: these are parts of documents.
    """
    match error:
        case OSError():
            cause = f"the system refused what it needs: {error.strerror or error}"
        case MemoryError():
            cause = "there is not enough memory"
        case _:
            cause = f"a mistake of the program ended it ({type(error).__name__})"
    if directory is None:
        advice = "no log is kept, as there is no directory for the state"
    else:
        try:
            advice = f"please report it with {_write_log(error, directory)}"
        except OSError as failure:
            advice = f"no log could be written: {directory}: {failure.strerror}"
    return f"{program}: {cause}\n{advice}\n"


def _write_log(error: BaseException, directory: Path) -> Path:
    """Write a log, and delete the oldest ones."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for log in sorted(directory.glob("crash-*.log"))[: -_MAX_LOGS + 1 or None]:
        log.unlink(missing_ok=True)
    log = directory / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    text = "".join(traceback.format_exception(error))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        log.unlink()
        raise
    return log
