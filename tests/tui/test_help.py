"""The help screen explains keys and signs."""

from __future__ import annotations

from briefing_tui.commands.registry import effective_keys
from briefing_tui.tui.screens.help import keys_view
from briefing_tui.views.rows import TypeSign, plain


def test_signs_of_types_are_explained_together_with_the_others() -> None:
    types = [TypeSign("⊢", "ruling"), TypeSign("↥", "appeal"), TypeSign("⊢", "verdict")]
    rows = {
        plain(row.lead): plain(row.body) for row in keys_view(effective_keys({}), {}, types).rows
    }
    assert rows["⊢"] == "ruling, verdict"
    assert rows["↥"] == "appeal"
    assert rows["●"] == "occurred, or met"


def test_without_signs_of_types_there_is_no_heading_for_them() -> None:
    headings = [plain(row.body) for row in keys_view(effective_keys({}), {}).rows]
    assert "Types of events" not in headings
