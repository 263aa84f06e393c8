"""Constructs of the specification that are asked in another way than their form says."""

from datetime import date
from typing import Any

import pytest

from survey.complaints import Weight
from survey.instrument.edits.rules import check_all
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.exchange.markdown_forms import items

pytestmark = pytest.mark.usefixtures("english")


def noted(reading: Any) -> set[str]:
    return {finding.code for finding in reading.findings if finding.weight is Weight.NOTE}


def test_file_is_of_the_types_that_its_form_accepts(read: Any) -> None:
    asked = items(read("attachments"))
    assert [(item.type, item.file_types) for item in asked.values()] == [
        (ItemType.FILE, ("pdf", "xlsx")),
        (ItemType.FILE, ("jpg", "png")),
        (ItemType.FILE, ()),
    ]


def test_question_without_a_label_asks_with_its_hint(read: Any) -> None:
    staff = items(read("unlabelled"))["staff"]
    assert (staff.text, staff.hint) == (Text(en="People employed"), Text())


def test_question_with_a_calculation_and_nothing_to_read_is_calculated(read: Any) -> None:
    half = items(read("unlabelled"))["half"]
    assert (half.type, half.calculation) == (ItemType.CALCULATION, "${staff} div 2")


def test_choice_without_a_label_is_shown_by_its_name(read: Any) -> None:
    assert items(read("unlabelled"))["sure"].options[0] == Option(code="yes", text=Text("yes", "yes"))


def test_filter_that_reads_no_answer_only_picks_choices(read: Any) -> None:
    asked = items(read("fixed_filters"))
    assert [[(option.code, option.relevant) for option in item.options] for item in asked.values()] == [
        [(code, "") for code in ("coal", "oil", "wind", "sun", "other")],
        [("coal", ""), ("oil", "")],
        [("wind", ""), ("sun", "")],
    ]


def test_choice_that_stands_twice_is_offered_in_either_case(read: Any) -> None:
    street = items(read("repeated_choices"))["street"]
    assert [(option.code, option.relevant) for option in street.options] == [
        ("renmin", "('sz' = ${city}) or ('gz' = ${city})"),
        ("binhe", "'sz' = ${city}"),
    ]


def test_choice_that_stands_twice_with_other_words_gets_a_code_of_its_own(read: Any) -> None:
    site = items(read("choice_twice"))["site"]
    assert [option.code for option in site.options] == ["main", "other", "other_2"]


def test_what_a_device_fills_in_is_calculated_where_a_rule_reads_it(read: Any) -> None:
    asked = items(read("devices_read"))
    assert {code: item.calculation for code, item in asked.items() if item.type is ItemType.CALCULATION} == {
        "began": "once(today())",
        "ended": "today()",
        "who": "''",
        "day": "today()",
        "source": "''",
        "days": "${ended} - ${began}",
    }


def test_heading_of_a_table_of_choices_is_a_text(read: Any) -> None:
    asked = items(read("table_of_choices"))
    assert [item.type for item in asked.values()] == [ItemType.NOTE, *[ItemType.SINGLE] * 4]


def test_looks_without_a_counterpart_are_noted_and_lose_nothing(read: Any) -> None:
    reading = read("looks")
    assert (reading.is_whole, noted(reading)) == (True, {"appearance", "parameter", "substituted", "tool_column"})


def test_value_that_reads_only_its_trigger_is_calculated(read: Any) -> None:
    reading = read("triggers")
    assert noted(reading) == {"trigger_unneeded"}
    assert items(reading)["half"].calculation == "${length} div 2"


def test_constraint_that_an_old_type_brings_is_kept(read: Any) -> None:
    assert [item.constraint for item in items(read("old_number_types")).values()] == [
        "0 <= . and . <= 31",
        "0 <= . and . <= 365",
        r"regex(., '^\d*$')",
    ]


def test_value_that_cannot_be_changed_is_calculated_and_shown(read: Any) -> None:
    asked = items(read("values_to_read"))
    assert [(code, item.type, item.text.en) for code, item in asked.items()] == [
        ("in", ItemType.INTEGER, "Bought"),
        ("twice", ItemType.CALCULATION, "Twice as much:"),
        ("twice_shown", ItemType.NOTE, "Twice as much: ${twice}"),
        ("half", ItemType.CALCULATION, "Half of it"),
        ("half_shown", ItemType.NOTE, "Half of it: ${half}"),
        ("third", ItemType.CALCULATION, "Not shown anywhere"),
    ]


def test_question_that_is_locked_at_times_is_asked(read: Any) -> None:
    assert [item.type for item in items(read("locked_at_times")).values()] == [ItemType.INTEGER, ItemType.INTEGER]


def test_note_that_is_required_under_a_condition_stops_with_its_own_words(read: Any) -> None:
    content = read("notes_that_stop").questionnaire
    found = check_all(content, {"in": 1, "out": 2}, {}, {}, date(2026, 1, 31)).hard
    assert [(failure.rule, failure.message.en) for failure in found] == [
        ("stop__required", "More was sold than bought. Correct one of the two.")
    ]
    assert check_all(content, {"in": 2, "out": 1}, {}, {}, date(2026, 1, 31)).hard == ()


def test_message_for_an_open_question_is_kept_in_both_languages(read: Any) -> None:
    asked = items(read("required_messages"))
    assert [item.required_message for item in asked.values()] == [
        Text("请填写人数。", "Enter how many."),
        Text(en="Somebody must be head."),
        Text(),
    ]


def test_randomized_choices_are_shuffled(read: Any) -> None:
    asked = items(read("chance"))
    assert [asked[code].shuffled for code in ("why", "order", "all")] == [True, True, False]


def test_time_is_asked_as_a_time_of_day(read: Any) -> None:
    reading = read("times")
    assert [items(reading)[code].type for code in ("opens", "closes", "fault")] == [
        ItemType.TIME,
        ItemType.TIME,
        ItemType.TEXT,
    ]


def test_rule_compares_times_of_day(read: Any) -> None:
    questionnaire = read("times").questionnaire
    answers = {"opens": "09:30", "closes": "08:00", "fault": "2026-03-30 09:00", "again": "2026-03-30 11:30"}
    broken = check_all(questionnaire, answers, {}, {}, date(2026, 3, 31)).blocking
    assert [failure.rule for failure in broken] == ["closes__constraint"]


def test_types_and_functions_of_health_forms_are_asked_and_computed(read: Any) -> None:
    reading = read("health_toolkit")
    asked = items(reading)
    assert [asked[code].type for code in ("contact", "phone")] == [ItemType.TEXT, ItemType.PHONE]
    assert [asked[code].calculation for code in ("months", "years", "known", "saved")] == [
        "difference-in-months(${opened}, '2026-03-31')",
        "floor(difference-in-months(${opened}, '2026-03-31') div 12)",
        "coalesce(${born}, '')",
        "''",
    ]
    assert {"substituted", "moved", "hidden_without_value"} <= noted(reading)


def test_types_of_surveycto_are_asked_computed_or_named(read: Any) -> None:
    reading = read("surveycto")
    assert [(item.code, item.type, item.calculation) for item in items(reading).values()] == [
        ("caseid", ItemType.CALCULATION, "''"),
        ("who", ItemType.TEXT, ""),
        ("staff", ItemType.INTEGER, ""),
        ("half", ItemType.CALCULATION, "${staff} div 2"),
        ("known", ItemType.CALCULATION, "concat(${caseid}, ${half})"),
    ]
    named = {finding.place.row: finding.code for finding in reading.findings if finding.place.column == "type"}
    assert named == {
        2: "type_device",
        3: "substituted",
        4: "kept_by_system",
        5: "kept_by_system",
        6: "type_media",
        7: "type_media",
        8: "device",
        9: "type_unknown",
    }


def test_group_whose_condition_reads_its_own_hidden_value_is_asked(read: Any) -> None:
    questionnaire = read("health_toolkit").questionnaire
    asked = route_of(questionnaire, {}, {}, date(2026, 11, 29)).items
    assert [code for code in asked if code in ("contact", "phone")] == ["contact", "phone"]


def test_what_is_switched_off_is_left_out_and_named_and_its_answers_are_empty(read: Any) -> None:
    reading = read("switched_off")
    asked = items(reading)
    assert [(item.code, item.type, item.calculation) for item in asked.values() if item.code != "staff"] == [
        ("user", ItemType.CALCULATION, "''"),
        ("kept", ItemType.CALCULATION, "string('old')"),
        ("who", ItemType.CALCULATION, "concat(${user}, '!', ${kept})"),
    ]
    found = [finding.value for finding in reading.findings if finding.code == "never_asked"]
    assert found == ["inputs", "off"]
