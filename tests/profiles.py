"""How much a run tries: little by default, much with ``--hypothesis-profile thorough``.

``make thorough`` selects that profile, and the tests with the marker of that name.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

QUICK, THOROUGH = 30, 1000
"""Examples of a property that does not ask for a number."""

thorough = pytest.mark.thorough
"""For tests and parameters that only a thorough run includes."""


def register() -> None:
    """Register both profiles, and load the quick one."""
    for name, number in (("quick", QUICK), ("thorough", THOROUGH)):
        settings.register_profile(
            name,
            max_examples=number,
            # How long an example takes is a matter of the machine, and of what else it does.
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
            derandomize=name == "quick" and os.environ.get("CI") == "true",
        )
    settings.load_profile("quick")


def examples(number: int) -> int:
    """Return the examples of an expensive property.

    Args:
        number: How many a quick run tries; a thorough one tries more in proportion.
    """
    assert settings.default is not None
    return number * settings.default.max_examples // QUICK
