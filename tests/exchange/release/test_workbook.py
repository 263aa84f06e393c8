"""The release workbook holds the protected figures as numbers, and what firms wrote as text."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.content import release_content
from survey.exchange.release.workbook import release_workbook
from survey.methods.production import produce
from survey.models import Release, Response, SamplingFrame, StaffAction, Wave
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary
from survey.services.results.releases import ReleaseRefusedError, make_release
from survey.terms import Role
from tests.answered import answer, answered_wave, earlier_wave, sampled_wave
from tests.methods.words import tables

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def workbook(wave: Wave, language: str = "en") -> Workbook:
    release = make_release(wave=wave, actor=None)
    file = release_workbook(release_content(release, language, timezone.now()))
    return openpyxl.load_workbook(BytesIO(file))


def sheet_titled(book: Workbook, text: str) -> Worksheet:
    return next(sheet for sheet in book if text in str(sheet["A2"].value) or text in str(sheet["A1"].value))


def table_rows(sheet: Worksheet) -> dict[tuple[str, str], dict[str, Any]]:
    """Lines of the list of figures by (row, column) label."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[2] == "Firms (n)")
    return {(row[0], row[1]): dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[1]}


def test_sheets_stand_in_the_order_of_the_contents(answered: Any) -> None:
    book = workbook(answered)
    assert book.sheetnames[:4] == ["Cover", "Contents", "Method", "Response"]
    assert book.sheetnames[-2:] == ["Open answers", "Codebook"]
    listed = [cell.value for cell in book["Contents"]["A"]][3:]
    assert book.sheetnames[2:] == [name for name in listed if name in book.sheetnames]


def test_every_entry_of_the_contents_links_to_its_sheet(answered: Any) -> None:
    book = workbook(answered)
    links = [
        cell.hyperlink.location or cell.hyperlink.target for row in book["Contents"] for cell in row if cell.hyperlink
    ]
    assert [link.strip("#").split("!")[0].strip("'") for link in links] == book.sheetnames[2:]


def test_figures_are_those_of_the_protected_table(answered: Any) -> None:
    prepared = prepared_of(answered)
    words = wave_vocabulary(answered, prepared.collected, "en")
    cell = produce(prepared, words, tables(words, "ranking"))["ranking"].cell("B4_severity", "4+5")
    rows = table_rows(sheet_titled(workbook(answered), "Pain points by the share"))
    row = rows["Pain B4", "Serious + Very serious"]
    assert row["Estimate"] == pytest.approx(cell.estimate)
    assert row["Standard error"] == pytest.approx(cell.se)
    assert (row["Firms (n)"], row["Interval (95%), from"]) == (60, pytest.approx(cell.ci_low))


def test_answer_that_begins_with_an_equals_sign_arrives_as_text(answered: Any) -> None:
    sheet = workbook(answered)["Open answers"]
    cells = [cell for row in sheet for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_control_characters_are_left_out(answered: Any) -> None:
    Response.objects.filter(answers__has_key="I_comment").update(answers={"I_comment": "a\x01b\x1fc\ufffe"})
    texts = [row[1] for row in workbook(answered)["Open answers"].iter_rows(values_only=True)]
    assert texts[-1] == "abc"


def test_heads_are_frozen_and_printed_on_every_page(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "Pain points by the share")
    head = next(cell.row for cell in sheet["C"] if cell.value == "Firms (n)")
    assert sheet.freeze_panes == f"B{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)


def test_heads_of_the_list_are_printed_on_every_page_also_below_a_matrix(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "How serious each pain point is")
    head = next(cell.row for cell in sheet["C"] if cell.value == "Firms (n)")
    assert (sheet.print_title_rows, sheet.freeze_panes) == (f"${head}:${head}", "B1")


def test_chart_stands_below_its_list_and_is_printed_without_the_arms(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "Pain points by the share")
    last = max(cell.row for cell in sheet["A"] if cell.value)
    start, end = sheet._charts[0].anchor._from, sheet.print_area.rpartition("$")[2]
    assert (start.col, start.row >= last) == (0, True)
    assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:$M$")
    assert int(end) > last + 10


def test_chart_of_steps_stands_between_matrix_and_list(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "How serious each pain point is")
    head = next(cell.row for cell in sheet["C"] if cell.value == "Firms (n)")
    above = max(cell.row for cell in sheet["A"] if cell.value and cell.row < head)
    assert above <= sheet._charts[0].anchor._from.row < head - 10


def test_shares_are_numbers_shown_in_percent(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "Pain points by the share")
    cell = next(cell for cell in sheet["D"] if isinstance(cell.value, float))
    assert cell.number_format == "0.0%"


def test_ranking_has_a_native_chart_with_error_bars(answered: Any) -> None:
    sheet = sheet_titled(workbook(answered), "Pain points by the share")
    assert [type(chart).__name__ for chart in sheet._charts] == ["BarChart"]
    assert sheet._charts[0].series[0].errBars.errValType == "cust"


def number_of(sheet: Worksheet, head: str) -> list[Cell]:
    """The cells of a column of the list that hold a number."""
    top = next(cell for row in sheet for cell in row if cell.value == head)
    return [cell for cell in sheet[top.column_letter][top.row :] if isinstance(cell.value, int | float)]


@pytest.mark.parametrize("title", ["Pain points by the share", "Pain points: change"])
def test_axis_of_a_chart_spans_the_intervals_and_names_every_bar(
    answered: Any, frame: Callable[..., SamplingFrame], title: str
) -> None:
    earlier_wave(answered, frame, firms=120, sample=80, answers=60)
    sheet = sheet_titled(workbook(answered), title)
    chart = sheet._charts[0]
    ends = [cell.value for head in ("Interval (95%), from", "Interval (95%), to") for cell in number_of(sheet, head)]
    assert chart.y_axis.scaling.min <= min(ends)
    assert chart.y_axis.scaling.max >= max(ends)
    assert chart.x_axis.tickLblSkip == 1


def test_changes_have_a_sign_and_their_standard_errors_none(answered: Any, frame: Callable[..., SamplingFrame]) -> None:
    earlier_wave(answered, frame, firms=120, sample=80, answers=60)
    sheet = sheet_titled(workbook(answered), "Pain points: change")
    formats = {head: {cell.number_format for cell in number_of(sheet, head)} for head in ("Estimate", "Standard error")}
    assert formats == {"Estimate": {'+0.0;"−"0.0;0.0'}, "Standard error": {"0.0"}}


def test_merged_strata_are_named_by_industry_and_size(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=12)
    texts = [cell.value for cell in workbook(wave)["Weights"]["A"] if "was merged with" in str(cell.value)]
    assert texts
    assert [text for text in texts if text.count(" · ") != 2] == []


def test_few_firms_are_withheld_in_the_workbook_too(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=40, answers=8)
    rows = table_rows(sheet_titled(workbook(wave), "Pain points by the share"))
    assert {(row["Firms (n)"], row["Estimate"]) for row in rows.values()} == {(None, "c")}


def test_chinese_workbook_has_chinese_labels(answered: Any) -> None:
    texts = {cell.value for sheet in workbook(answered, "zh-hans") for row in sheet for cell in row}
    assert "痛点B4" in texts
    assert "Pain B4" not in texts


def test_every_sheet_of_a_demonstration_says_so(answered: Any) -> None:
    answered.survey.is_demonstration = True
    answered.survey.save()
    mark = "Demonstration: firms, persons and answers are made up."
    assert [sheet.title for sheet in workbook(answered) if not any(mark in map(str, row) for row in sheet.values)] == []


def test_release_of_unchanged_figures_is_the_same_one(answered: Any) -> None:
    first, second = (make_release(wave=answered, actor=None) for _ in range(2))
    assert (first, Release.objects.count()) == (second, 1)


def test_release_after_another_answer_has_a_new_number_and_digest(answered: Any) -> None:
    first = make_release(wave=answered, actor=None)
    answer(answered, 1)
    second = make_release(wave=answered, actor=None)
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest


def test_release_is_written_into_the_audit_history(answered: Any, office_user: Callable[[Role | str], User]) -> None:
    make_release(wave=answered, actor=office_user("analyst"))
    assert str(StaffAction.objects.get(verb="make_release").actor) == "analyst_1"


def test_release_without_answers_is_refused(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    with pytest.raises(ReleaseRefusedError):
        make_release(wave=sampled_wave(wave, frame(), 24), actor=None)


def test_command_writes_the_workbook(answered: Any, tmp_path: Path) -> None:
    call_command("export_release", "w1", str(tmp_path / "r.xlsx"), "--language", "en", verbosity=0)
    assert openpyxl.load_workbook(tmp_path / "r.xlsx")["Cover"]["B3"].value == "Release 1"


def test_command_names_the_waves_that_there_are(answered: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"The waves are: w1\."):
        call_command("export_release", "other", str(tmp_path / "r.xlsx"))
