"""What an exported form says to other tools, which pass over our own columns."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from survey.exchange.xlsform import xlsform_workbook
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType, Missing
from tests.every_type import EVERY_TYPE, item, options, text

KIND = Item(
    code="kind",
    type=ItemType.MULTIPLE,
    text=text("种类", "Kind"),
    options=(
        Option(code="a", text=text("甲", "A"), exclusive=True),
        Option(code="b", text=text("乙", "B"), specify=True, relevant="${frame_employees} > 5"),
        Option(code="c", text=text("丙", "C"), specify=True),
    ),
    missing=(Missing.DONT_KNOW,),
    max_choices=2,
    shuffled=True,
    prefill="frame_kind",
)
SHARE = Item(
    code="share", type=ItemType.PERCENTAGE, text=text("占比", "Share"), minimum=5, maximum=95, constraint=". != 50"
)
MIX = Item(code="mix", type=ItemType.SHARES, text=text("构成", "Mix"), rows=options("own", "rented"), required="true()")
GRID = Item(
    code="grid", type=ItemType.NUMBER_TABLE, text=text("表", "Grid"), rows=options("r"), options=options("c", "d")
)
TEXT = Item(code="note", type=ItemType.TEXT, text=text("注", "Note"), max_length=20, prefill="concat('a', ${share})")


def form(*asked: Item) -> Questionnaire:
    page = Page(
        code="p", title=text("页", "Page"), intro=text("引言", "Intro"), relevant="${frame_employees} > 0", items=asked
    )
    return Questionnaire(
        code="q", title=text("问卷", "Form"), sections=(Section(code="s", title=text("部分", "Part"), pages=(page,)),)
    )


def written(content: Questionnaire) -> Workbook:
    return load_workbook(BytesIO(xlsform_workbook(content)))


def rows(content: Questionnaire, sheet: str = "survey") -> list[dict[str, Any]]:
    """The filled cells of each row by their heads."""
    heads, *lines = written(content)[sheet].iter_rows(values_only=True)
    return [{str(head): cell for head, cell in zip(heads, line, strict=True) if cell is not None} for line in lines]


def row(content: Questionnaire, name: str) -> dict[str, Any]:
    return next(line for line in rows(content) if line.get("name") == name)


def test_text_for_other_is_asked_where_an_option_that_asks_for_it_is_chosen() -> None:
    asked = row(form(KIND), "kind__other")
    assert (asked["type"], asked["relevant"]) == ("text", "selected(${kind}, 'b') or selected(${kind}, 'c')")


def test_facts_of_the_frame_are_hidden_fields_before_the_questions() -> None:
    written_rows = rows(form(KIND))
    assert [(line["type"], line["name"]) for line in written_rows[:2]] == [
        ("hidden", "frame_employees"),
        ("hidden", "frame_kind"),
    ]


def test_option_with_a_condition_is_filtered_out_of_its_list() -> None:
    assert row(form(KIND), "kind")["choice_filter"] == "(name != 'b' or (${frame_employees} > 5))"


def test_shuffled_choices_are_randomized() -> None:
    assert row(form(KIND), "kind")["parameters"] == "randomize=true"


@pytest.mark.parametrize(("code", "default"), [("kind", "${frame_kind}"), ("note", "concat('a', ${share})")])
def test_first_value_is_an_expression(code: str, default: str) -> None:
    assert row(form(KIND, SHARE, TEXT), code)["default"] == default


def test_bounds_and_own_constraint_hold_together() -> None:
    constraint = row(form(SHARE), "share")["constraint"]
    assert [part for part in ("5", "95", ". != 50") if part not in constraint] == []


def test_choices_hold_non_answers_behind_the_options() -> None:
    listed = [line["name"] for line in rows(form(KIND), "choices") if line["list_name"] == "kind"]
    assert listed == ["a", "b", "c", "dont_know"]


def test_lists_of_the_same_content_are_written_once() -> None:
    first, second = (
        Item(code=code, type=ItemType.SINGLE, text=text("问", "Q"), options=options("x", "y")) for code in "ab"
    )
    content = form(first, second)
    assert {row(content, "a")["type"], row(content, "b")["type"]} == {"select_one a"}
    assert [line["name"] for line in rows(content, "choices")] == ["x", "y"]


def test_list_that_would_bear_a_name_in_use_has_another() -> None:
    """The columns of a table are listed under a name that an item has already."""
    taken = Item(code="grid_columns", type=ItemType.SINGLE, text=text("问", "Q"), options=options("x", "y"))
    names = {line["list_name"] for line in rows(form(taken, GRID), "choices")}
    assert names == {"grid_columns", "grid_columns_", "grid_rows"}


def test_standard_scale_is_listed_with_its_non_answers() -> None:
    content = form(
        Item(code="pain", type=ItemType.SEVERITY, text=text("痛", "Pain"), missing=(Missing.NOT_APPLICABLE,))
    )
    assert row(content, "pain")["type"] == "select_one standard_severity_not_applicable"
    assert [line["name"] for line in rows(content, "choices")] == ["1", "2", "3", "4", "5", "not_applicable"]


def test_cells_of_a_table_are_numbers_in_its_group() -> None:
    written_rows = rows(form(MIX, GRID))
    names = [(line["type"], line.get("name")) for line in written_rows]
    start = names.index(("begin_group", "mix"))
    assert names[start : start + 8] == [
        ("begin_group", "mix"),
        ("decimal", "mix__own"),
        ("decimal", "mix__rented"),
        ("end_group", None),
        ("begin_group", "grid"),
        ("decimal", "grid__r__c"),
        ("decimal", "grid__r__d"),
        ("end_group", None),
    ]


def test_cell_of_a_table_is_labelled_by_row_and_column() -> None:
    assert row(form(GRID), "grid__r__d")["label::English (en)"] == "Option r – Option d"


@pytest.mark.parametrize(
    ("code", "kind", "looks"),
    [
        ("month", "date", "month-year"),
        ("comment", "text", "multiline"),
        ("district", None, "minimal"),
        ("employees", "integer", None),
        ("proof", "file", None),
        ("demands", "rank demands", None),
        ("protocols", "select_multiple protocols", None),
    ],
)
def test_types_and_looks_are_those_that_other_tools_know(code: str, kind: str | None, looks: str | None) -> None:
    written_row = row(EVERY_TYPE, code)
    assert (written_row["type"] if kind else None, written_row.get("appearance")) == (kind, looks)


def test_pages_are_groups_on_one_screen_with_their_condition_and_introduction() -> None:
    content = form(SHARE)
    assert {name: row(content, "p").get(name) for name in ("type", "appearance", "relevant")} == {
        "type": "begin_group",
        "appearance": "field-list",
        "relevant": "${frame_employees} > 0",
    }
    assert row(content, "p_intro")["type"] == "note"


def test_group_never_bears_the_name_of_a_question() -> None:
    page = Page(code="same", title=text("页", "Page"), intro=text("引", "Intro"), items=(item("same", ItemType.TEXT),))
    clash = item("page_same_intro", ItemType.TEXT)
    section = Section(
        code="s", title=text("部", "S"), pages=(page, Page(code="t", title=text("二", "Two"), items=(clash,)))
    )
    names = [
        line["name"]
        for line in rows(Questionnaire(code="q", title=text("问", "Q"), sections=(section,)))
        if "name" in line
    ]
    assert (len(names), "page_same" in names, "page_same_intro_" in names) == (len(set(names)), True, True)


def test_settings_name_form_version_and_language() -> None:
    (settings,) = rows(form(SHARE), "settings")
    assert {name: settings[name] for name in ("form_title", "form_id", "version", "default_language")} == {
        "form_title": "问卷",
        "form_id": "q",
        "version": form(SHARE).digest[:12],
        "default_language": "中文 (zh)",
    }


@pytest.mark.parametrize(("codes", "allowed"), [("ab", None), ("aa", "yes")])
def test_settings_allow_an_option_twice_only_where_a_draft_has_one(codes: str, allowed: str | None) -> None:
    listed = tuple(Option(code=code, text=Text("项", f"Option {number}")) for number, code in enumerate(codes))
    (settings,) = rows(form(Item(code="x", type=ItemType.SINGLE, text=text("问", "Q"), options=listed)), "settings")
    assert settings.get("allow_choice_duplicates") == allowed


def test_columns_that_nobody_fills_are_left_out_if_they_are_ours() -> None:
    heads = [cell.value for cell in written(form(SHARE))["survey"][1]]
    assert ("tongdian::rows" in heads, "hint::English (en)" in heads) == (False, True)


def test_every_column_has_its_width() -> None:
    sheet = written(EVERY_TYPE)["survey"]
    widths = {cell.column_letter: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    labels = {cell.column_letter for cell in sheet[1] if str(cell.value).startswith(("label", "hint"))}
    assert (len(widths) > 26, {widths[letter] for letter in labels}, min(widths.values())) == (True, {46}, 18)
