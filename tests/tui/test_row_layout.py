"""The layout of a list of rows in a width."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from briefing_tui.library.list_rows import Listing
from briefing_tui.tui.widgets import row_layout
from briefing_tui.tui.widgets.row_layout import RowLayout
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, Span
from tests.unit.test_shelf import BASE, FEW


def test_a_list_of_one_line_rows_is_laid_out_as_any_other() -> None:
    view = Listing(FEW, BASE, grouping="tag").view()
    lazy = RowLayout(view, 60)
    whole = RowLayout(msgspec.structs.replace(view, one_line=False), 60)
    assert list(lazy.lines) == list(whole.lines)
    assert len(lazy.lines) == len(view.rows)
    assert lazy.lines[-2:] == whole.lines[-2:]
    for index in range(-1, len(view.rows) + 1):
        assert lazy.span(index) == whole.span(index)
        assert lazy.row_at(index) == whole.row_at(index)


@pytest.mark.parametrize("lead", [0, 12])
def test_rows_that_stay_are_not_laid_out_again(lead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    view = msgspec.structs.replace(Listing(FEW, BASE, grouping="tag").view(), one_line=False)
    first = RowLayout(view, 60)
    rows = [
        msgspec.structs.replace(row, body=(Span("Another body"),)) if number % 3 == 0 else row
        for number, row in enumerate(view.rows)
    ]
    other = msgspec.structs.replace(view, rows=tuple(rows), lead_width=view.lead_width + lead)
    wanted = {width: list(RowLayout(other, width).lines) for width in (60, 50)}
    laid: list[str] = []
    whole = lay_out

    def counted(row: Row, *details: Any, **more: Any) -> Any:
        laid.append(row.key)
        return whole(row, *details, **more)

    monkeypatch.setattr(row_layout, "lay_out", counted)
    assert list(RowLayout(other, 60, first).lines) == wanted[60]
    new = sum(one != two for one, two in zip(rows, view.rows, strict=True))
    assert len(laid) == (len(rows) if lead else new)
    assert list(RowLayout(other, 50, first).lines) == wanted[50]
