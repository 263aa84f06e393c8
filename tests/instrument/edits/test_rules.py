from typing import Any

import pytest

from survey.instrument.edits.conditions import change_rule, ratio_rule, sum_rule
from survey.instrument.edits.rules import check_all, check_page
from survey.instrument.messages import worded
from survey.instrument.schema import Option, Text
from survey.terms import EditLevel, ItemType, Missing
from tests.instrument.tiny import TODAY, item, one_page, options, page, questionnaire, rule, text


def report(form: Any, answers: Any, facts: Any = None, reasons: Any = None) -> Any:
    return check_all(form, answers, facts or {}, reasons or {}, TODAY)


def failed(form: Any, answers: Any, **facts: Any) -> Any:
    return [failure.rule for failure in report(form, answers, facts).failures]


def wording(form: Any, answers: Any, **facts: Any) -> Any:
    failure = report(form, answers, facts).failures[0]
    return worded(failure.code, failure.parameters, "en")


def test_required_item_without_an_answer_says_its_own_message() -> None:
    form = one_page(item("b"), item("a", required="true()", required_message=Text("请填 ${b}", "Fill it in, ${b}")))
    found = check_all(form, {"b": 3}, {}, {}, TODAY).hard[0]
    assert (found.rule, found.code, found.message) == ("a__required", "edit_rule", Text("请填 3", "Fill it in, 3"))


def test_required_item_without_an_answer_fails() -> None:
    form = one_page(item("a", required="true()", missing=(Missing.REFUSED,)))
    assert failed(form, {}) == ["a__required"]
    assert failed(form, {"a": "refused"}) == []
    assert failed(form, {"a": 0}) == []


@pytest.mark.parametrize(
    ("limits", "value", "message"),
    [
        ({"minimum": 1, "maximum": 5}, 6, "a: enter a value from 1 to 5."),
        ({"minimum": 1}, 0, "a: enter a value of at least 1."),
        ({"maximum": 5}, 6, "a: enter a value of at most 5."),
    ],
)
def test_number_outside_its_range_fails(limits: dict[str, int], value: int, message: str) -> None:
    form = one_page(item("a", **limits))
    assert wording(form, {"a": value}) == message
    assert failed(form, {"a": 3}) == []


def test_percentage_stays_within_0_and_100() -> None:
    assert failed(one_page(item("a", ItemType.PERCENTAGE)), {"a": 101.0}) == ["a__range"]


def test_every_cell_of_a_table_is_within_range() -> None:
    form = one_page(item("a", ItemType.NUMBER_TABLE, rows=options("x"), options=options("y"), minimum=0))
    assert failed(form, {"a": {"x": {"y": -1.0}}}) == ["a__range"]


def test_shares_must_add_to_100() -> None:
    form = one_page(item("a", ItemType.SHARES, rows=options("x", "y", "z")))
    assert failed(form, {"a": {"x": 33.3, "y": 33.3, "z": 33.3}}) == []
    assert wording(form, {"a": {"x": 60.0, "y": 30.5}}) == "a: enter shares that add to 100; they add to 90.5 now."


def test_constraint_judges_the_answer_itself() -> None:
    form = one_page(item("low"), item("high", constraint=". > ${low}", constraint_message=text("More than ${low}")))
    assert wording(form, {"low": 5, "high": 4}) == "More than 5"
    assert failed(form, {"low": 5, "high": 6}) == []
    assert failed(form, {"high": 4}) == []


def test_option_that_asks_for_words_needs_them() -> None:
    form = one_page(item("a", ItemType.SINGLE, options=(Option(code="o", text=text("Other"), specify=True),)))
    assert wording(form, {"a": "o"}) == "a: enter in words what “Other” stands for."
    assert failed(form, {"a": "o", "a__other": "x"}) == []


def test_amount_in_the_wrong_unit_asks_for_a_reason() -> None:
    form = one_page(item("a", ItemType.MONEY, magnitude=2.0))
    found = report(form, {"a": 2001.0}, {"frame_revenue": 1000.0}).verify
    assert [(failure.rule, failure.level) for failure in found] == [("a__magnitude", EditLevel.VERIFY)]
    assert failed(form, {"a": 2000.0}, frame_revenue=1000.0) == []
    assert failed(form, {"a": 2001.0}) == []
    assert failed(form, {"a": 50.0}, previous_a=500000.0) == ["a__magnitude"]
    assert failed(form, {"a": 50.0}, previous_a=51.0) == []


def test_rule_is_checked_when_all_its_items_are_usable() -> None:
    form = one_page(item("a"), item("b"), rules=[rule("r", "${a} > ${b}", "a", "b")])
    assert failed(form, {"a": 1, "b": 2}) == ["r"]
    assert failed(form, {"a": 3, "b": 2}) == []
    assert failed(form, {"a": 1}) == []
    assert failed(form, {"a": 1, "b": "refused"}) == []


def test_rule_may_say_what_stands_for_an_absent_answer() -> None:
    form = one_page(item("a"), item("b"), rules=[rule("r", "${a} > coalesce(${b}, 5)", "a", "b")])
    assert failed(form, {"a": 1}) == ["r"]


def test_rule_on_an_item_off_the_route_is_not_checked() -> None:
    form = one_page(item("a"), item("b", relevant="${a} > 5"), rules=[rule("r", "${a} > ${b}", "a", "b")])
    assert failed(form, {"a": 1, "b": 2}) == []


def test_failure_keeps_what_it_judged() -> None:
    form = one_page(item("a"), rules=[rule("r", "${a} <= ${frame_employees}", "a")])
    assert report(form, {"a": 9}, {"frame_employees": 5}).failures[0].values == {"a": 9, "frame_employees": 5}


def test_sum_edit_compares_the_total_with_its_parts() -> None:
    edit = sum_rule("r", "t", ["a", "b"], EditLevel.HARD, text("sum"), tolerance=0.5)
    form = one_page(item("t"), item("a"), item("b"), rules=[edit])
    assert failed(form, {"t": 10, "a": 4, "b": 6}) == []
    assert failed(form, {"t": 12, "a": 4, "b": 6}) == ["r"]


def test_sum_edit_is_not_broken_by_binary_fractions() -> None:
    edit = sum_rule("r", "t", ["a", "b"], EditLevel.HARD, text("sum"))
    form = one_page(*(item(code, ItemType.DECIMAL) for code in "tab"), rules=[edit])
    assert failed(form, {"t": 0.3, "a": 0.1, "b": 0.2}) == []
    assert failed(form, {"t": 0.31, "a": 0.1, "b": 0.2}) == ["r"]


def test_sum_edit_takes_parts_of_a_table() -> None:
    table = item("t", ItemType.NUMBER_TABLE, rows=options("x", "y"), options=options("k"))
    edit = sum_rule("r", "all", ["t__x__k", "t__y__k"], EditLevel.HARD, text("sum"))
    form = one_page(item("all"), table, rules=[edit])
    assert edit.items == ("all", "t")
    assert failed(form, {"all": 5, "t": {"x": {"k": 2.0}, "y": {"k": 3.0}}}) == []
    assert failed(form, {"all": 6, "t": {"x": {"k": 2.0}, "y": {"k": 3.0}}}) == ["r"]


def test_ratio_edit_bounds_a_quotient() -> None:
    edit = ratio_rule("r", "a", "frame_employees", (0.5, 2.0), EditLevel.VERIFY, text("ratio"))
    form = one_page(item("a"), rules=[edit])
    assert edit.items == ("a",)
    assert failed(form, {"a": 10}, frame_employees=10) == []
    assert failed(form, {"a": 21}, frame_employees=10) == ["r"]
    assert failed(form, {"a": 4}, frame_employees=10) == ["r"]


def test_change_edit_compares_with_the_previous_wave() -> None:
    form = one_page(item("a"), rules=[change_rule("r", "a", 3, EditLevel.VERIFY, text("change"))])
    assert failed(form, {"a": 30}, previous_a=10) == []
    assert failed(form, {"a": 31}, previous_a=10) == ["r"]
    assert failed(form, {"a": 3}, previous_a=10) == ["r"]
    assert failed(form, {"a": 3}) == []


def test_change_edit_judges_losses_by_their_size() -> None:
    form = one_page(item("a"), rules=[change_rule("r", "a", 3, EditLevel.VERIFY, text("change"))])
    assert failed(form, {"a": -30}, previous_a=-10) == []
    assert failed(form, {"a": -31}, previous_a=-10) == ["r"]
    assert failed(form, {"a": -10}, previous_a=10) == ["r"]
    assert (failed(form, {"a": 1}, previous_a=0), failed(form, {"a": 0}, previous_a=0)) == (["r"], [])


VERIFY = one_page(item("a"), rules=[rule("r", "${a} < 5", "a", level=EditLevel.VERIFY)])


def test_verify_failure_is_settled_by_a_reason() -> None:
    found = report(VERIFY, {"a": 9}, reasons={"r": "二号厂房三月投产"})
    assert (found.blocking, [failure.reason for failure in found.settled]) == ((), ["二号厂房三月投产"])


def test_verify_failure_is_not_settled_by_an_empty_phrase() -> None:
    found = report(VERIFY, {"a": 9}, reasons={"r": "核实无误"})
    assert [failure.rule for failure in found.blocking] == ["r"]


def test_hard_failure_takes_no_reason() -> None:
    form = one_page(item("a"), rules=[rule("r", "${a} < 5", "a")])
    assert [failure.rule for failure in report(form, {"a": 9}, reasons={"r": "二号厂房三月投产"}).hard] == ["r"]


def test_note_does_not_block() -> None:
    form = one_page(item("a"), rules=[rule("r", "${a} < 5", "a", level=EditLevel.NOTE)])
    found = report(form, {"a": 9})
    assert (len(found.notes), found.blocking) == (1, ())


def test_page_checks_its_own_items_and_rules() -> None:
    form = questionnaire(
        page("one", item("a", required="true()")),
        page("two", item("b", required="true()"), item("c")),
        rules=[rule("across", "${a} > ${c}", "a", "c"), rule("alone", "${a} > 100", "a")],
    )
    answers = {"a": 1, "c": 2}
    found = check_page(form, "two", answers, {}, {}, TODAY)
    assert [failure.rule for failure in found.failures] == ["b__required", "across"]
    assert check_page(form, "nowhere", answers, {}, {}, TODAY).failures == ()
