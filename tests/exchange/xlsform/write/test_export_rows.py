"""The rows of the sheet survey that an export writes."""

from survey.exchange.xlsform.write.export_rows import ExportRows, cells_of
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType
from tests.every_type import EVERY_TYPE, item, options


def written(*items: Item, page: str = "p") -> list[dict[str, str]]:
    pages = (Page(code=page, title=Text("页", "Page"), intro=Text("引", "Intro"), items=items),)
    section = Section(code="s", title=Text("节", "Section"), pages=pages)
    content = Questionnaire(code="q", title=Text("卷", "Form"), sections=(section,))
    return ExportRows(questionnaire=content).all()


def test_sections_and_pages_are_groups_around_their_questions() -> None:
    rows = written(item("a", ItemType.TEXT))
    assert [(row["type"], row.get("name", "")) for row in rows] == [
        ("begin_group", "s"),
        ("begin_group", "p"),
        ("note", "p_intro"),
        ("text", "a"),
        ("end_group", ""),
        ("end_group", ""),
    ]


def test_group_with_the_name_of_a_question_gives_way() -> None:
    rows = written(item("p", ItemType.TEXT))
    assert [(row["name"], row.get("tongdian::code", "")) for row in rows if row["type"] == "begin_group"] == [
        ("s", ""),
        ("page_p", "p"),
    ]


def test_fact_that_is_read_stands_first_as_a_hidden_field() -> None:
    rows = written(item("a", ItemType.TEXT, relevant="${frame_employees} > 5"))
    assert (rows[0]["type"], rows[0]["name"]) == ("hidden", "frame_employees")


def test_other_that_is_specified_has_a_text_of_its_own() -> None:
    (other,) = [
        row for row in written(item("a", ItemType.SINGLE, options=options("x", "o", o={"specify": True})))
        if row.get("name") == "a__other"
    ]  # fmt: skip
    assert (other["type"], other["relevant"]) == ("text", "selected(${a}, 'o')")


def test_cells_of_a_table_are_questions_of_the_kinds_of_their_columns() -> None:
    rows = written(EVERY_TYPE.items["sites"])
    cells = {row["name"]: row["type"] for row in rows if row.get("tongdian::kind") == "cell"}
    assert [cells[f"sites__hq__{column}"] for column in ("name", "staff", "own", "from")] == [
        "text",
        "integer",
        "select_one standard_yes_no",
        "date",
    ]
    assert cells["sites__hq__link"].startswith("select_one ")
    assert len(cells) == 10


def test_numbers_of_a_table_and_of_shares_are_named_by_row_and_column() -> None:
    rows = (Option(code="r", text=Text("行", "Row")),)
    grid = item("t", ItemType.NUMBER_TABLE, rows=rows, options=options("c"))
    assert [(name, label.en) for name, label in cells_of(grid)] == [("t__r__c", "Row – Option c")]
    assert [name for name, _label in cells_of(item("m", ItemType.SHARES, rows=rows))] == ["m__r"]
