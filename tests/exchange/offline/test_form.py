"""The offline form as it is handed out."""

import re
from datetime import time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from survey.exchange.offline.form import IDENTITY_CELL, offline_form
from survey.exchange.offline.style import GUIDE, NAME, TEXT
from survey.instrument.answers import parse_page
from survey.models import Case, Survey
from survey.selectors.respondent.session import filling_of
from survey.services.answers.offline_returns import new_identity
from survey.services.answers.responses import PageInput, save_answers
from survey.services.fieldwork.access_codes import derive_code
from tests.every_type import EVERY_TYPE
from tests.exchange.forms_filled_in import cell_of, content, handed_out, questions

pytestmark = pytest.mark.django_db
CLOUD = {"employees": ["20"], "has_cloud": ["yes"], "cloud_share": ["50"]}


def value(book: Workbook, name: str, column: str = "C") -> Any:
    return questions(book)[cell_of(book, name, column)].value


def validation(book: Workbook, name: str) -> DataValidation:
    cell = cell_of(book, name)
    return next(found for found in questions(book).data_validations.dataValidation if cell in found.cells)


def listed(book: Workbook, name: str) -> list[str]:
    """The labels that a cell's list offers."""
    sheet, _, area = validation(book, name).formula1.partition("!")
    cells = book[sheet][area.replace("$", "")]
    return [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]


def test_first_sheet_has_the_statutory_header_the_firm_and_the_version(case: Case) -> None:
    front = handed_out(case).worksheets[0]
    shown = {str(row[0]): str(row[1]) for row in front.iter_rows(max_col=2, values_only=True) if row[0]}
    assert (shown["Form number"], shown["Approval number"]) == ("T1", "2026-1")
    assert shown["Firm"] == case.sample_unit.unit.name
    assert shown["Version of the questionnaire"] == EVERY_TYPE.digest[:16]


def test_form_of_a_demonstration_says_so(case: Case) -> None:
    Survey.objects.update(is_demonstration=True)
    case.wave.survey.refresh_from_db()
    assert handed_out(case).worksheets[0]["B2"].value == "Demonstration: firms, persons and answers are made up."


def test_form_never_holds_the_access_code(case: Case) -> None:
    book = handed_out(case)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    code = derive_code(case)
    assert [text for text in cells if code in text or code.replace("-", "") in text] == []


def test_mark_belongs_to_the_firm_and_forms_differ_by_number(case: Case) -> None:
    first, second = handed_out(case), handed_out(case)
    said = [questions(book)[IDENTITY_CELL].value.split() for book in (first, second)]
    assert said[0][1] == said[1][1] != case.key.hex
    assert said[0][4] != said[1][4]


def test_every_item_but_calculations_has_its_row(case: Case) -> None:
    names = {cell.value for cell in questions(handed_out(case))[NAME]}
    assert {f"item:{code}" for code in EVERY_TYPE.items} - names == set()


def test_lists_offer_the_labels_of_the_language(case: Case) -> None:
    assert listed(handed_out(case), "item:has_cloud") == ["Yes", "No"]
    assert listed(handed_out(case, "zh-hans"), "item:has_cloud") == ["是", "否"]


def test_non_answers_stand_in_the_list_of_a_closed_item_and_in_a_row_of_an_open_one(case: Case) -> None:
    book = handed_out(case)
    assert listed(book, "item:cost")[-1] == "Does not apply to us"
    assert listed(book, "field:bill__missing") == ["Prefer not to say"]


def test_numbers_are_checked_in_their_range(case: Case) -> None:
    found = validation(handed_out(case), "item:cloud_share")
    assert (found.type, found.formula1, found.formula2) == ("decimal", "0", "100")


def test_time_of_day_is_written_as_one_and_checked(case: Case) -> None:
    for revision, (code, raw) in enumerate({"firm": CLOUD, "amounts": {"opens": ["9点半"]}}.items()):
        page = EVERY_TYPE.pages[code]
        save_answers(case=case, given=PageInput(page=page, parsed=parse_page(page, raw), revision=revision))
    book = handed_out(case)
    cell = questions(book)[cell_of(book, "item:opens")]
    assert (cell.value, cell.number_format, validation(book, "item:opens").type) == (time(9, 30), "hh:mm", "time")
    assert value(book, "item:opens", GUIDE) == "For example 09:30"


def test_whole_numbers_are_checked_as_whole(case: Case) -> None:
    assert validation(handed_out(case), "item:employees").type == "whole"


def test_what_the_register_knows_and_what_was_saved_is_filled_in(case: Case) -> None:
    unit = case.sample_unit.unit
    assert value(handed_out(case), "item:employees") == unit.employees
    page = EVERY_TYPE.pages["choices"]
    raw = {"protocols": ["opc"], "demands__1": ["c"], "cost": ["4"]}
    save_answers(case=case, given=PageInput(page=page, parsed=parse_page(page, raw)))
    book = handed_out(case)
    assert [value(book, f"tick:protocols:{code}") for code in ("modbus", "opc")] == [None, "✓"]
    assert (value(book, "field:demands__1"), value(book, "item:cost")) == ("Option c", "Serious")


def test_only_answers_and_explanations_can_be_written(case: Case) -> None:
    book = handed_out(case)
    sheet = questions(book)
    assert sheet.protection.sheet
    open_columns = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_columns == {"C", "E"}


def test_condition_and_unit_are_said_in_words(case: Case) -> None:
    book = handed_out(case)
    assert value(book, "item:cloud_share", TEXT) == "Question cloud_share (only if question 3 is “Yes”)"
    assert value(book, "item:bill", GUIDE) == "Unit: 10,000 yuan"


def test_name_of_a_firm_never_becomes_a_formula(case: Case) -> None:
    unit = case.sample_unit.unit
    unit.name = '=HYPERLINK("x")'
    unit.save()
    kinds = [cell.data_type for sheet in handed_out(case) for row in sheet.iter_rows() for cell in row]
    assert "f" not in kinds


def part_of(form: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(form)) as archive:
        return archive.read(name)


def content_of(case: Case) -> bytes:
    filling = filling_of(case, timezone.now())
    return offline_form(filling, new_identity(filling, "en"))


def test_form_of_every_type_is_small(case: Case) -> None:
    assert len(content(handed_out(case))) < 60_000


def test_pages_carry_firm_survey_and_statutory_header(case: Case) -> None:
    sheet = questions(handed_out(case))
    assert sheet.oddHeader.left.text == case.sample_unit.unit.name
    assert sheet.oddFooter.left.text.startswith("Form number T1")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$2:$2", "landscape")


def test_ampersand_in_the_name_of_a_firm_is_printed_as_one(case: Case) -> None:
    unit = case.sample_unit.unit
    unit.name = "a" * 99 + "&B"
    unit.save()
    assert b"a&amp;&amp;&amp;R" in part_of(content_of(case), "xl/worksheets/sheet2.xml")


def test_question_that_may_stay_blank_says_so(case: Case) -> None:
    book = handed_out(case)
    assert value(book, "item:email", TEXT) == "Question email (optional)"
    assert value(book, "item:cost", TEXT) == "Question cost"


def test_row_of_a_file_says_where_to_attach_it(case: Case) -> None:
    assert "attach it on the web page" in value(handed_out(case), "item:proof", GUIDE)


def test_row_is_as_high_as_its_lines_and_goes_on_fitting_itself(case: Case) -> None:
    form = content_of(case)
    book = load_workbook(BytesIO(form))
    rows = [cell_of(book, name)[1:] for name in ("item:email", "item:comment")]
    xml = part_of(form, "xl/worksheets/sheet2.xml").decode()
    heights = [re.findall(rf'<row r="{row}" ht="([^"]+)"', xml)[0] for row in rows]
    assert (heights, "customHeight" in xml) == (["19", "64"], False)


def test_any_mark_may_be_typed_for_a_tick(case: Case) -> None:
    assert not validation(handed_out(case), "tick:protocols:opc").showErrorMessage


def test_list_of_long_labels_with_commas_is_a_range_and_not_a_text(case: Case) -> None:
    formula = validation(handed_out(case), "item:cost").formula1
    assert formula.startswith("choices!$")
