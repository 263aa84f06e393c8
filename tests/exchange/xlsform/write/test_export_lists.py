"""The rows of the sheet choices that an export writes."""

from survey.exchange.xlsform.write.export_lists import ExportLists
from survey.terms import ItemType, Missing
from tests.instrument.tiny import item, options

NO_ANSWER = (Missing.DONT_KNOW,)


def names(lists: ExportLists) -> list[tuple[str, str]]:
    return [(row["list_name"], row["name"]) for row in lists.rows]


def test_items_with_the_same_options_share_one_list() -> None:
    lists = ExportLists()
    written = [lists.of_item(item(code, ItemType.SINGLE, options=options("a", "b"))) for code in ("q1", "q2")]
    assert (written, names(lists)) == (["q1", "q1"], [("q1", "a"), ("q1", "b")])


def test_item_with_another_non_answer_has_a_list_of_its_own_with_it_at_the_end() -> None:
    lists = ExportLists()
    lists.of_item(item("q1", ItemType.SINGLE, options=options("a")))
    assert lists.of_item(item("q2", ItemType.SINGLE, options=options("a"), missing=NO_ANSWER)) == "q2"
    assert names(lists) == [("q1", "a"), ("q2", "a"), ("q2", "dont_know")]
    assert [row.get("tongdian_missing", "") for row in lists.rows] == ["", "", "yes"]


def test_options_that_a_kind_has_itself_are_a_list_that_is_not_read_back() -> None:
    lists = ExportLists()
    written = [lists.of_item(item(code, ItemType.YES_NO, missing=NO_ANSWER)) for code in ("q1", "q2")]
    assert written == ["standard_yes_no_dont_know"] * 2


def test_item_that_is_named_like_such_a_list_gives_way() -> None:
    lists = ExportLists()
    assert lists.of_item(item("standard_yes_no", ItemType.SINGLE, options=options("a"))) == "list_standard_yes_no"


def test_second_list_of_one_name_is_told_apart() -> None:
    lists = ExportLists()
    assert [lists.of("t", options("a")), lists.of("t", options("b")), lists.of("t", ())] == ["t", "t_", ""]


def test_marks_of_an_option_stand_in_columns_of_their_own() -> None:
    lists = ExportLists()
    lists.of("t", options("a", exclusive=True, specify=True, relevant="${q} > 1", required=True))
    (row,) = lists.rows
    marks = {header: cell for header, cell in row.items() if not header.startswith("label")}
    assert marks == {
        "list_name": "t",
        "name": "a",
        "tongdian_exclusive": "yes",
        "tongdian_specify": "yes",
        "tongdian_relevant": "${q} > 1",
        "tongdian_column_required": "yes",
    }


def test_choices_of_a_column_are_a_list_of_their_own() -> None:
    lists = ExportLists()
    lists.of("t", options("c", type=ItemType.SINGLE, choices=options("x", "y")))
    (column,) = [row for row in lists.rows if row["list_name"] == "t"]
    assert [name for _list, name in names(lists)] == ["x", "y", "c"]
    assert {row["list_name"] for row in lists.rows} == {"t", "t_c"}
    assert column["tongdian_column_choices"] == "t_c"
