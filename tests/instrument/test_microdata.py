"""One row of microdata: what stands in which column, and how each value came about."""

from dataclasses import replace
from typing import Any

from survey.instrument.document.states import StatedValue
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.microdata import heads, left_out, microdata_columns, row_of, with_item_codes
from survey.instrument.schema import Questionnaire, Text
from survey.terms import ItemType, Missing, ValueState
from tests.every_type import EVERY_TYPE
from tests.instrument.tiny import item, one_page, options

FORM = one_page(
    item("pain", ItemType.SEVERITY),
    item("sites", ItemType.MULTIPLE, options=options("a", "b"), missing=(Missing.REFUSED,)),
    item("top", ItemType.RANKING, options=options("x", "y", "z"), max_choices=2),
    item("cost", ItemType.MONEY, unit=Text("万元", "10,000 yuan"), can_estimate=True),
    item("split", ItemType.SHARES, rows=options("own", "rent")),
    item("table", ItemType.NUMBER_TABLE, rows=options("r"), options=options("c", "d")),
    item("sum", ItemType.CALCULATION),
)


def row(document: dict[str, Any], *versions: Questionnaire, state: ValueState = ValueState.COLLECTED) -> dict[str, Any]:
    columns = microdata_columns(versions or (FORM,))
    stated = {key: StatedValue(value=value, state=state) for key, value in document.items()}
    return {
        name: value for name, value in zip(heads(columns), row_of(columns, stated), strict=True) if value is not None
    }


def test_every_key_has_a_state_behind_its_columns() -> None:
    assert heads(microdata_columns([FORM])) == [
        "pain", "pain#state", "sites__a", "sites__b", "sites#state",
        "top__x", "top__y", "top__z", "top#1", "top#2", "top#state",
        "cost", "cost#state", "cost__estimated", "cost__estimated#state",
        "split__own", "split__rent", "split#state", "table__r__c", "table__r__d", "table#state", "sum", "sum#state",
    ]  # fmt: skip


def test_answers_stand_in_the_columns_of_the_codebook() -> None:
    found = row(
        {"pain": "4", "sites": ["b"], "cost": 2.5, "cost__estimated": True, "split": {"own": 30.0, "rent": 70.0}}
    )
    assert {name: value for name, value in found.items() if not name.endswith("#state")} == {
        "pain": "4", "sites__a": 0, "sites__b": 1, "cost": 2.5, "cost__estimated": 1, "split__own": 30.0, "split__rent": 70.0,
    }  # fmt: skip


def test_ranking_keeps_its_places() -> None:
    found = row({"top": ["z", "x"]})
    assert [found[f"top__{code}"] for code in "xyz"] == [1, 0, 1]
    assert (found["top#1"], found["top#2"]) == ("z", "x")
    assert "top#2" not in row({"top": ["z"]})


def test_cell_of_a_table_that_was_left_open_is_empty() -> None:
    assert row({"table": {"r": {"d": 7.0}}}) == {"table__r__d": 7.0, "table#state": "collected"}


def test_state_of_each_value_is_written() -> None:
    for state in ValueState:
        assert row({"sum": 3}, state=state) == {"sum": 3, "sum#state": state.value}


def test_non_answer_stands_in_all_columns_of_its_item() -> None:
    found = row({"sites": "refused"})
    assert found == {"sites__a": "refused", "sites__b": "refused", "sites#state": "collected"}


def test_what_names_the_firm_is_left_out_and_words_unless_they_are_asked_for() -> None:
    named = {"email", "phone", "credit", "proof"}
    without = {column.variable.name for column in microdata_columns([EVERY_TYPE])}
    with_words = {column.variable.name for column in microdata_columns([EVERY_TYPE], with_words=True)}
    assert with_words - without == {
        "place__other",
        "remark",
        "comment",
        "sites__hq__name",
        "sites__branch__name",
    }
    assert not with_words & named
    assert {each.name for each in left_out([EVERY_TYPE], with_words=True)} == named


def test_text_filled_in_from_the_frame_is_left_out_always() -> None:
    form = one_page(item("name", ItemType.TEXT, prefill="frame_name"))
    assert microdata_columns([form], with_words=True) == []


def test_option_and_item_of_an_earlier_version_keep_their_columns() -> None:
    before = one_page(item("sites", ItemType.MULTIPLE, options=options("a", "old")), item("gone", ItemType.INTEGER))
    assert heads(microdata_columns([before, FORM]))[2:6] == ["sites__a", "sites__b", "sites__old", "sites#state"]
    assert row({"sites": ["old"], "gone": 3}, before, FORM)["gone"] == 3
    assert row({"sites": ["old"]}, before, FORM)["sites__old"] == 1


def test_code_that_an_earlier_version_has_besides_stands_in_the_codebook() -> None:
    before = one_page(item("how", ItemType.SINGLE, options=options("a", "old")))
    now = one_page(item("how", ItemType.SINGLE, options=options("a", "b")))
    [column] = microdata_columns([before, now])
    assert (column.variable.kind, [code for code, _label in column.variable.codes]) == (
        ValueKind.CODE,
        ["a", "b", "old"],
    )


def test_answer_to_an_item_that_was_of_another_kind_is_not_misread() -> None:
    before = one_page(item("pain", ItemType.MULTIPLE, options=options("1", "2")))
    found = row({"pain": ["2"]}, before, FORM)
    assert (found.get("pain"), found["pain__2"]) == (None, 1)
    assert "pain__2" not in row({"pain": "2"}, before, FORM)


def test_items_under_other_codes() -> None:
    renamed = with_item_codes(FORM, {"pain": "cost_of_pain"})
    assert list(renamed.items)[:2] == ["cost_of_pain", "sites"]
    assert replace(FORM, sections=()).items == {}
