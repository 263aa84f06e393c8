"""The native charts of the workbook: what their bars, error bars and titles are made of."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.content import release_content
from survey.exchange.release.workbook import release_workbook
from survey.models import SamplingFrame, Wave
from survey.services.results.releases import make_release
from tests.answered import answered_wave

Frame = Callable[..., SamplingFrame]
RANKING = "Pain points by the share"


def workbook(wave: Wave) -> Workbook:
    release = make_release(wave=wave, actor=None)
    return openpyxl.load_workbook(BytesIO(release_workbook(release_content(release, "en", timezone.now()))))


@pytest.fixture
def sheet(wave: Wave, frame: Frame) -> Worksheet:
    """The sheet of the ranking, in which all figures are shown."""
    return sheet_titled(workbook(answered_wave(wave, frame, firms=120, sample=80, answers=75)), RANKING)


def sheet_titled(book: Workbook, text: str) -> Worksheet:
    return next(sheet for sheet in book.worksheets if text in f"{sheet['A1'].value} {sheet['A2'].value}")


def column_of(sheet: Worksheet, head: str) -> dict[int, Any]:
    """By row what stands below the head."""
    top = next(cell for row in sheet for cell in row if cell.value == head)
    return {cell.row: cell.value for cell in sheet[top.column_letter][top.row :] if cell.value is not None}


def range_of(sheet: Worksheet, reference: str) -> list[Any]:
    """The values that a chart takes from its own sheet."""
    name, _, cells = reference.rpartition("!")
    assert name.strip("'") == sheet.title
    return [row[0].value for row in sheet[cells.replace("$", "")]]


def test_bars_are_the_estimates_in_the_order_of_the_list(sheet: Worksheet) -> None:
    series = sheet._charts[0].series[0]
    assert range_of(sheet, series.val.numRef.f) == list(column_of(sheet, "Estimate").values())


def test_bars_are_named_by_their_items(sheet: Worksheet) -> None:
    series = sheet._charts[0].series[0]
    labels = series.cat.numRef or series.cat.strRef
    rows = column_of(sheet, "Estimate")
    assert range_of(sheet, labels.f) == [sheet.cell(row, 1).value for row in rows]


@pytest.mark.parametrize(
    ("side", "end"), [("minus", "Interval (95%), from"), ("plus", "Interval (95%), to")], ids=["below", "above"]
)
def test_error_bars_reach_from_the_estimate_to_the_ends_of_the_interval(sheet: Worksheet, side: str, end: str) -> None:
    bars = sheet._charts[0].series[0].errBars
    arms = range_of(sheet, getattr(bars, side).numRef.f)
    estimates, ends = column_of(sheet, "Estimate"), column_of(sheet, end)
    assert arms == pytest.approx([abs(ends[row] - estimates[row]) for row in estimates])


def test_error_bars_go_both_ways(sheet: Worksheet) -> None:
    bars = sheet._charts[0].series[0].errBars
    assert (bars.errBarType, bars.errValType) == ("both", "cust")


def test_title_of_the_chart_is_the_measure(sheet: Worksheet) -> None:
    title = sheet._charts[0].title.tx.rich.p[0].r[0].t
    assert title in (sheet["A1"].value, sheet["A2"].value)


def test_unreliable_figure_has_its_sign_its_reason_and_no_number(wave: Wave, frame: Frame) -> None:
    """Twelve answers are enough to be shown and too few to be relied on."""
    sheet = sheet_titled(workbook(answered_wave(wave, frame, firms=120, sample=80, answers=12)), RANKING)
    rows = column_of(sheet, "Quality")
    assert set(rows.values()) == {"**"}
    for row in rows:
        assert (column_of(sheet, "Estimate")[row], column_of(sheet, "Remark")[row]) == (
            "**",
            "unreliable: few firms or a wide interval",
        )


def test_unreliable_figure_has_no_bar_with_an_interval(wave: Wave, frame: Frame) -> None:
    sheet = sheet_titled(workbook(answered_wave(wave, frame, firms=120, sample=80, answers=12)), RANKING)
    bars = sheet._charts[0].series[0].errBars
    assert range_of(sheet, bars.plus.numRef.f) == range_of(sheet, bars.minus.numRef.f) == [None] * 2


def test_firms_of_an_unreliable_figure_are_told(wave: Wave, frame: Frame) -> None:
    sheet = sheet_titled(workbook(answered_wave(wave, frame, firms=120, sample=80, answers=12)), RANKING)
    assert {value for value in column_of(sheet, "Firms (n)").values() if isinstance(value, int)} == {12, 10}


@pytest.mark.parametrize(("answers", "finding"), [(12, False), (60, True)], ids=["unreliable", "firm"])
def test_title_says_a_finding_only_where_the_first_figure_is_firm(
    wave: Wave, frame: Frame, answers: int, finding: bool
) -> None:
    sheet = sheet_titled(workbook(answered_wave(wave, frame, firms=120, sample=80, answers=answers)), RANKING)
    assert ("ranks first" in sheet["A1"].value, sheet["A1"].value.startswith(RANKING)) == (finding, not finding)
