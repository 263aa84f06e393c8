"""How each value came about."""

from datetime import date

from survey.instrument.document.corrections import LaterValue
from survey.instrument.document.states import stated_values, taken_over_items
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.schema import Item, Text
from survey.terms import ItemType, ValueState


def item(code: str, type: ItemType = ItemType.INTEGER, prefill: str = "", calculation: str = "") -> Item:
    return Item(code=code, type=type, text=Text(code, code), prefill=prefill, calculation=calculation)


ITEMS = (item("staff"), item("cost"), item("sum", ItemType.CALCULATION, calculation="${staff} + 1"))
ANSWERS = {"staff": 5, "staff__estimated": True, "cost": 2, "sum": 6}


def states(**given: object) -> dict[str, str]:
    values = stated_values(ANSWERS, ITEMS, **given)  # type: ignore[arg-type]
    return {key: stated.state.value for key, stated in values.items()}


def test_answers_are_collected_and_calculations_calculated() -> None:
    assert states() == {"staff": "collected", "staff__estimated": "collected", "cost": "collected", "sum": "calculated"}


def test_answer_taken_over_is_so_with_what_belongs_to_it() -> None:
    found = states(taken_over=["staff"])
    assert (found["staff"], found["staff__estimated"], found["cost"]) == ("taken_over", "taken_over", "collected")


def test_last_entry_of_the_log_says_how_a_value_came_about() -> None:
    log = [
        LaterValue(item="cost", value=3, state=ValueState.IMPUTED),
        LaterValue(item="staff", value=4, state=ValueState.IMPUTED),
        LaterValue(item="staff", value=6),
    ]
    values = stated_values(ANSWERS, ITEMS, taken_over=["staff"], log=iter(log))
    assert (values["staff"].value, values["staff"].state) == (6, ValueState.CORRECTED)
    assert (values["cost"].value, values["cost"].state) == (3, ValueState.IMPUTED)


def test_answer_that_a_correction_takes_away_has_no_state() -> None:
    assert "cost" not in states(log=[LaterValue(item="cost", value=None)])


def test_item_that_is_no_longer_asked_is_collected() -> None:
    assert stated_values({"gone": 1}, ITEMS)["gone"].state is ValueState.COLLECTED


def test_taken_over_is_what_still_holds_the_value_of_the_wave_before() -> None:
    items = [
        item("kept", prefill="previous_kept"),
        item("changed", prefill="previous_changed"),
        item("framed", prefill="frame_employees"),
        item("open", prefill="previous_open"),
    ]
    answers = {"kept": 1, "changed": 3, "framed": 7}
    facts = {"previous_kept": 1, "previous_changed": 2, "frame_employees": 7, "previous_open": 4}
    assert taken_over_items(items, answers, Scope(answers=answers, facts=facts, today=date(2026, 1, 1))) == ["kept"]
