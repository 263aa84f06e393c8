"""A questionnaire goes out as an XLSForm and comes back the same; pyxform takes what goes out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from survey.exchange.xlsform import read_xlsform, xlsform_workbook
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.models import Questionnaire as Designed
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import EditLevel, ItemType, Missing
from tests.every_type import EVERY_TYPE, item, options, text
from tests.instrument.strategies import questionnaires
from tests.shipped import FIXTURES

RICH = Item(
    code="rich",
    type=ItemType.SINGLE,
    text=Text("第一行\n“第二行” ${frame_name}", "One line\n  “another” ${frame_name}"),
    hint=text("提示", "Hint"),
    concept="concept",
    options=(
        Option(code="a", text=text("甲", "A"), exclusive=True),
        Option(code="b", text=text("乙", "B"), specify=True, relevant="${frame_employees} > 5"),
    ),
    missing=(Missing.DONT_KNOW, Missing.REFUSED),
    required="${frame_employees} > 1",
    relevant="${frame_size_class} = 'large'",
    constraint=". != 'b'",
    constraint_message=text("不可", "Not that"),
    required_message=text("请选 ${frame_name}", "Choose, ${frame_name}"),
    shuffled=True,
    appearance="minimal",
    prefill="frame_industry",
)
BOUNDED = Item(
    code="bounded",
    type=ItemType.MONEY,
    text=text("金额", "Amount"),
    unit=text("万元", "10,000 yuan"),
    minimum=0,
    maximum=1e6,
    decimals=2,
    magnitude=2.5,
    can_estimate=True,
    constraint=". != 7",
    prefill="round(${frame_revenue} * 2)",
)
TABLE = Item(
    code="table",
    type=ItemType.NUMBER_TABLE,
    text=text("表", "Table"),
    rows=options("r1", "r2"),
    options=options("c1", "c2"),
    required="true()",
    required_message=text("请填表", "Fill the table"),
    constraint="sum(.) > 0",
    relevant="${bounded} > 0",
)
SUM = Item(
    code="total", type=ItemType.CALCULATION, text=text("和", "Sum"), calculation="${table__r1__c1} + ${table__r2__c1}"
)


def one_page(*asked: Item, rules: tuple[EditRule, ...] = ()) -> Questionnaire:
    page = Page(
        code="p", title=text("页", "Page"), intro=text("引言", "Intro"), relevant="${frame_employees} > 0", items=asked
    )
    section = Section(
        code="s", title=text("部分", "Part"), intro=text("说明", "About"), relevant="true()", pages=(page,)
    )
    return Questionnaire(code="q", title=text("问卷", "Questionnaire"), sections=(section,), edit_rules=rules)


def through(content: Questionnaire, folder: Path) -> Questionnaire | None:
    path = folder / "form.xlsx"
    path.write_bytes(xlsform_workbook(content))
    return read_xlsform(path).questionnaire


@pytest.fixture
def shipped(db: None) -> Questionnaire:
    call_command("loaddata", *FIXTURES, verbosity=0)
    return read_questionnaire(Designed.objects.get().pk)


@pytest.mark.parametrize(
    "content", [EVERY_TYPE, one_page(RICH, BOUNDED, TABLE, SUM)], ids=["every type", "every field"]
)
def test_export_reads_back_with_the_same_digest(content: Questionnaire, tmp_path: Path) -> None:
    assert through(content, tmp_path) == content


def test_shipped_questionnaire_reads_back_with_the_same_digest(shipped: Questionnaire, tmp_path: Path) -> None:
    back = through(shipped, tmp_path)
    assert back is not None
    assert back.digest == shipped.digest


def test_shipped_questionnaire_loads_whole(shipped: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform_workbook(shipped))
    assert read_xlsform(path).is_whole


@pytest.mark.parametrize(
    "content", [EVERY_TYPE, one_page(RICH, BOUNDED, TABLE, SUM)], ids=["every type", "every field"]
)
def test_pyxform_converts_the_export(content: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform_workbook(content))
    for code in content.items:
        assert f"/{code}" in convert(path).xform


def test_pyxform_converts_the_shipped_questionnaire(shipped: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform_workbook(shipped))
    assert 'nodeset="/data/A/A1/A_employees"' in convert(path).xform


@pytest.mark.parametrize("kind", ItemType)
def test_every_item_type_comes_back(kind: ItemType, tmp_path: Path) -> None:
    listed = kind in (ItemType.SINGLE, ItemType.MULTIPLE, ItemType.RANKING, ItemType.NUMBER_TABLE)
    asked = item(
        "x",
        kind,
        options=options("a", "b") if listed else (),
        rows=options("r", "t") if kind in (ItemType.SHARES, ItemType.NUMBER_TABLE) else (),
        calculation="1 + 1" if kind is ItemType.CALCULATION else "",
        unit=text("元", "yuan"),
    )
    assert through(one_page(asked), tmp_path) == one_page(asked)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=questionnaires())
def test_any_questionnaire_that_can_be_published_comes_back(content: Questionnaire, tmp_path: Path) -> None:
    back = through(content, tmp_path)
    assert back is None or back.items == content.items


def test_edit_rules_come_back(tmp_path: Path) -> None:
    rule = EditRule(
        code="r",
        level=EditLevel.VERIFY,
        items=("bounded", "total"),
        condition="${bounded} <= ${total}",
        message=text("为何", "Why"),
    )
    content = one_page(BOUNDED, TABLE, SUM, rules=(rule,))
    assert through(content, tmp_path) == content


def test_group_with_the_code_of_an_item_comes_back(tmp_path: Path) -> None:
    page = Page(
        code="same",
        title=text("页", "Page"),
        items=(item("same", ItemType.TEXT), item("b", ItemType.TEXT, relevant="${same} = 'x'")),
    )
    content = Questionnaire(
        code="q", title=text("问", "Q"), sections=(Section(code="same", title=text("部", "S"), pages=(page,)),)
    )
    assert through(content, tmp_path) == content


def test_draft_with_what_lint_refuses_comes_back(tmp_path: Path) -> None:
    twice = Item(
        code="twice",
        type=ItemType.SINGLE,
        text=text("问", "Q"),
        options=(*options("a"), Option(code="a", text=text("又", "Again"))),
    )
    content = one_page(Item(code="unworded", type=ItemType.SINGLE, text=Text(), options=options("a", "b")), twice)
    assert through(content, tmp_path) == content


def changed(tmp_path: Path, header: str, value: object, code: str = "bounded") -> Any:
    """The reading of an export in which one cell of an item was changed by hand."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform_workbook(one_page(BOUNDED, RICH)))
    book = load_workbook(path)
    sheet = book["survey"]
    column = [cell.value for cell in sheet[1]].index(header) + 1
    row = [cell.value for cell in sheet["B"]].index(code) + 1
    sheet.cell(row, column).value = value
    book.save(path)
    return read_xlsform(path)


def test_limit_changed_by_hand_is_read(tmp_path: Path) -> None:
    reading = changed(tmp_path, "tongdian::maximum", 50)
    assert reading.questionnaire.items["bounded"].maximum == 50


def test_constraint_changed_by_hand_is_read(tmp_path: Path) -> None:
    reading = changed(tmp_path, "constraint", ". > 3")
    assert reading.questionnaire.items["bounded"] == replace(BOUNDED, constraint=". > 3")


def test_choice_filter_removed_by_hand_is_read(tmp_path: Path) -> None:
    reading = changed(tmp_path, "choice_filter", None, "rich")
    assert [option.relevant for option in reading.questionnaire.items["rich"].options] == ["", ""]


def test_parameters_changed_by_hand_are_read(tmp_path: Path) -> None:
    reading = changed(tmp_path, "parameters", "randomize=false", "rich")
    assert reading.questionnaire.items["rich"] == replace(RICH, shuffled=False)


def test_cell_that_means_nothing_is_an_error_with_its_place(tmp_path: Path, english: None) -> None:
    reading = changed(tmp_path, "tongdian::minimum", "little")
    assert [(finding.code, finding.place.words()) for finding in reading.findings] == [
        ("own_column", "survey, row 11, tongdian::minimum")
    ]
    assert reading.questionnaire is None


def test_type_that_contradicts_ours_is_an_error(tmp_path: Path, english: None) -> None:
    reading = changed(tmp_path, "type", "text")
    assert [(finding.code, finding.place.words()) for finding in reading.findings] == [
        ("type_conflict", "survey, row 11, type")
    ]
