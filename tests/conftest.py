"""What every test starts from: an environment that nobody set, and the files in ``data``."""

from __future__ import annotations

import gc
import os
from functools import cache
from pathlib import Path

import pytest
from _pytest.unraisableexception import gc_collect_iterations_key

from tests import profiles

DATA = Path(__file__).parent / "data"

# At import, before the terminal library is loaded: it reads its settings only once.
_FOREIGN = ("TEXTUAL", "BRIEFING_TUI_", "_BRIEFING_TUI_", "SSH_")
_COLOURS_AND_SIZES = {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"}
_MULTIPLEXERS = {"TMUX", "TMUX_PANE", "STY"}
# Without bytecode on disk, every worker and every program under test compiles what it imports.
_BYTECODE = {"PYTHONDONTWRITEBYTECODE"}
for _name in [*os.environ]:
    if _name.startswith(_FOREIGN) or _name in _COLOURS_AND_SIZES | _MULTIPLEXERS | _BYTECODE:
        del os.environ[_name]
# Every test makes an application and leaves little: looking for garbage took a quarter of the time.
gc.set_threshold(100_000, 20, 20)
os.environ["BRIEFING_TUI_CACHE"] = ""
os.environ["BRIEFING_TUI_STATE"] = ""
os.environ["BRIEFING_TUI_DATA"] = ""
os.environ["BRIEFING_TUI_CONFIG"] = str(DATA / "no-such-directory" / "config.toml")


profiles.register()


@pytest.fixture
def data() -> Path:
    """The directory of test files."""
    return DATA


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage once at the end, not five times as interpreters without counts need."""
    config.stash[gc_collect_iterations_key] = 1


@pytest.fixture
def same_pictures() -> None:
    """Leave out what compares pictures where they would differ; in CI or to write them, fail."""
    if reason := _unfit():
        fails = os.environ.get("CI") == "true" or os.environ.get("GOLDEN") == "update"
        (pytest.fail if fails else pytest.skip)(reason)


@cache
def _unfit() -> str:
    from screenshots.pins import unfit

    return unfit()
