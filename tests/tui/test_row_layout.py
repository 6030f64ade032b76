"""The layout of a list of rows in a width."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from briefing_tui.library.list_rows import Listing
from briefing_tui.tui.widgets import row_layout
from briefing_tui.tui.widgets.row_layout import RowLayout
from briefing_tui.views.line_layout import Line
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Row, Span
from tests.unit.test_shelf import BASE, FEW


def test_a_list_of_one_line_rows_is_laid_out_as_any_other() -> None:
    view = Listing(FEW, BASE, grouping="tag").view()
    lazy = RowLayout(view, 60)
    whole = RowLayout(msgspec.structs.replace(view, one_line=False), 60)
    assert lazy.height == whole.height == len(view.rows)
    for index in range(-1, len(view.rows) + 1):
        assert lazy.span(index) == whole.span(index)
        assert lazy.line(index) == whole.line(index)


def lines_of(layout: RowLayout) -> list[tuple[int, Line]]:
    return [layout.line(number) for number in range(layout.height)]


@pytest.mark.parametrize("lead", [0, 12])
def test_rows_that_stay_are_not_laid_out_again(lead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    view = msgspec.structs.replace(Listing(FEW, BASE, grouping="tag").view(), one_line=False)
    first = RowLayout(view, 60)
    rows = [
        msgspec.structs.replace(row, body=(Span("Another body"),)) if number % 3 == 0 else row
        for number, row in enumerate(view.rows)
    ]
    other = msgspec.structs.replace(view, rows=tuple(rows), lead_width=view.lead_width + lead)
    wanted = {width: lines_of(RowLayout(other, width)) for width in (60, 50)}
    laid: list[str] = []
    whole = lay_out

    def counted(row: Row, *details: Any, **more: Any) -> Any:
        laid.append(row.key)
        return whole(row, *details, **more)

    monkeypatch.setattr(row_layout, "lay_out", counted)
    assert lines_of(RowLayout(other, 60, first)) == wanted[60]
    new = sum(one != two for one, two in zip(rows, view.rows, strict=True))
    assert len(laid) == (len(rows) if lead else new)
    assert lines_of(RowLayout(other, 50, first)) == wanted[50]
