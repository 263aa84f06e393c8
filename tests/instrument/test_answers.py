import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.answers import Parsed, parse_item, parse_page, with_page
from survey.instrument.messages import worded
from survey.instrument.raw_answers import to_raw
from survey.instrument.schema import Option
from survey.terms import ItemType, Missing
from tests.instrument.strategies import items, raw_inputs
from tests.instrument.tiny import item, options, page, text
from tests.instrument.whole_pages import page_to_raw

NUMBER = item("n")
DECIMAL = item("n", ItemType.DECIMAL, decimals=2, can_estimate=True, missing=(Missing.DONT_KNOW,))
CHOICE = item("c", ItemType.SINGLE, options=(*options("a", "b"), Option(code="o", text=text("o"), specify=True)))
SEVERAL = item(
    "m",
    ItemType.MULTIPLE,
    options=(*options("a", "b", "c"), Option(code="none", text=text("none"), exclusive=True)),
    missing=(Missing.REFUSED,),
    max_choices=2,
)
RANKED = item("r", ItemType.RANKING, options=options("a", "b", "c"), max_choices=2, missing=(Missing.DONT_KNOW,))
SHARES = item("s", ItemType.SHARES, rows=options("x", "y"))
TABLE = item("t", ItemType.NUMBER_TABLE, rows=options("x", "y"), options=options("y1", "y2"))


def answer(asked: Any, *values: Any, **fields: Any) -> Any:
    raw = {asked.code: list(values), **{asked.code + name: [value] for name, value in fields.items()}}
    return parse_item(asked, raw)


def stored(asked: Any, *values: Any, **fields: Any) -> Any:
    parsed = answer(asked, *values, **fields)
    assert parsed.errors == ()
    return parsed.answers.get(asked.code)


def code(asked: Any, *values: Any, **fields: Any) -> Any:
    parsed = answer(asked, *values, **fields)
    assert parsed.answers == {}
    return parsed.errors[0].code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), ("１２", 12), ("1,234", 1234), ("1，234，567", 1234567), ("1 234", 1234), ("+7", 7), ("-3", -3),
        ("－3", -3), ("−3", -3), ("007", 7), ("5.0", 5), (" 8 ", 8), ("1'000", 1000), ("", None), ("999999999999999", 10**15 - 1),
    ],
)  # fmt: skip
def test_whole_number_is_read_as_typed(typed: str, number: int | None) -> None:
    assert stored(NUMBER, typed) == number


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("3,5", "decimal_comma"), ("1,0000", "decimal_comma"), ("3.5", "not_whole"), (".", "not_a_number"),
        ("nan", "not_a_number"), ("inf", "not_a_number"), ("1e999", "number_with_unit"), ("50万", "number_with_unit"),
        ("50多", "number_with_unit"), ("50kg", "number_with_unit"), ("--3", "not_a_number"), ("9" * 16, "number_too_large"), ("9" * 201, "too_long"),
        ("1\x002", "control_character"), ("1\ud800", "control_character"), ("1\n2", "line_break"), ("½", "not_a_number"),
        ("٣", "not_a_number"), ("0x10", "number_with_unit"), ("1,23,456", "not_a_number"),
    ],
)  # fmt: skip
def test_unfit_number_is_refused_with_a_code(typed: str, error: str) -> None:
    assert code(NUMBER, typed) == error


def test_decimal_number_keeps_its_decimals() -> None:
    assert stored(DECIMAL, "1,234.50") == 1234.5
    assert code(DECIMAL, "0.123") == "too_many_decimals"
    assert stored(DECIMAL, "-0") == 0.0


def test_percentage_may_carry_its_sign() -> None:
    assert stored(item("p", ItemType.PERCENTAGE), "12.5％") == 12.5


def test_estimated_number_is_marked() -> None:
    assert answer(DECIMAL, "5", __estimated="on").answers == {"n": 5.0, "n__estimated": True}
    assert answer(NUMBER, "5", __estimated="on").answers == {"n": 5}


def test_chosen_non_answer_is_stored_in_place_of_the_answer() -> None:
    assert answer(DECIMAL, __missing="dont_know", __estimated="on").answers == {"n": "dont_know"}
    assert code(DECIMAL, "5", __missing="dont_know") == "missing_and_value"
    assert code(DECIMAL, __missing="refused") == "missing_not_offered"


def test_several_values_for_one_answer_are_refused() -> None:
    assert code(NUMBER, "1", "2") == "repeated"
    assert stored(NUMBER, "1", " 1", "") == 1


def test_single_choice_takes_offered_codes_only() -> None:
    assert stored(CHOICE, "b") == "b"
    assert code(CHOICE, "z") == "not_offered"
    assert code(CHOICE, "refused") == "not_offered"


def test_text_of_other_is_kept_beside_its_option_only() -> None:
    assert answer(CHOICE, "o", __other="else").answers == {"c": "o", "c__other": "else"}
    assert answer(CHOICE, "a", __other="else").answers == {"c": "a"}


def test_multiple_choice_is_stored_in_option_order() -> None:
    assert stored(SEVERAL, "b", "a", "b") == ["a", "b"]
    assert stored(SEVERAL, "refused") == "refused"
    assert stored(SEVERAL) is None


def test_multiple_choice_refuses_conflicts() -> None:
    assert code(SEVERAL, "a", "none") == "exclusive"
    assert code(SEVERAL, "a", "refused") == "exclusive"
    assert code(SEVERAL, "a", "b", "c") == "too_many_choices"


def test_ranking_is_stored_in_rank_order() -> None:
    assert stored(RANKED, __1="c", __2="a") == ["c", "a"]
    assert stored(RANKED, __2="a") == ["a"]
    assert stored(RANKED, __missing="dont_know") == "dont_know"
    assert code(RANKED, __1="a", __2="a") == "ranked_twice"
    assert code(RANKED, __1="z") == "not_offered"


def test_shares_and_tables_are_stored_by_row_and_column() -> None:
    assert stored(SHARES, __x="60%", __y="40") == {"x": 60.0, "y": 40.0}
    assert stored(TABLE, __x__y2="1,000", __y__y1="") == {"x": {"y2": 1000.0}}
    assert answer(TABLE, __x__y1="a").errors[0].place.field == "t__x__y1"


def test_every_unfit_cell_of_a_table_is_reported() -> None:
    assert [error.place.field for error in answer(TABLE, __x__y1="a", __y__y2="3,5").errors] == ["t__x__y1", "t__y__y2"]


@pytest.mark.parametrize(
    "typed", ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "20260305", "２０２６－０３－０５"]
)
def test_date_is_stored_in_iso_form(typed: str) -> None:
    assert stored(item("d", ItemType.DATE), typed) == "2026-03-05"


def test_impossible_date_is_refused() -> None:
    asked = item("d", ItemType.DATE)
    assert code(asked, "2026-02-30") == "no_such_date"
    assert code(asked, "0001-01-01") == "year_range"
    assert code(asked, "5.3.2026") == "date_form"


def test_month_is_stored_in_iso_form() -> None:
    asked = item("d", ItemType.YEAR_MONTH)
    assert stored(asked, "2026年3月") == "2026-03"
    assert code(asked, "2026-13") == "no_such_date"
    assert code(asked, "March") == "month_form"


def test_text_is_kept_as_typed() -> None:
    assert stored(item("x", ItemType.TEXT), "  =1+1 痛点  ") == "=1+1 痛点"
    assert stored(item("x", ItemType.LONG_TEXT), "a\r\nb") == "a\nb"


def test_unfit_text_is_refused() -> None:
    asked = item("x", ItemType.TEXT, max_length=5)
    assert code(asked, "123456") == "too_long"
    assert code(asked, "1" * 1_000_000) == "too_long"
    assert code(asked, "a\nb") == "line_break"
    assert code(asked, "a\x07") == "control_character"
    assert code(item("x", ItemType.TEXT), "refused") == "reserved_word"


def test_contact_details_have_their_form() -> None:
    assert stored(item("x", ItemType.EMAIL), "Li.Wei@Example.COM") == "Li.Wei@example.com"
    assert code(item("x", ItemType.EMAIL), "li@") == "email_form"
    assert stored(item("x", ItemType.PHONE), "０７５５-1234 5678转12") == "0755-1234 5678转12"
    assert code(item("x", ItemType.PHONE), "12ab") == "phone_form"


def test_credit_code_is_verified() -> None:
    asked = item("x", ItemType.CREDIT_CODE)
    assert stored(asked, "9111 0000 6000 3734 1l") == "91110000600037341L"
    assert code(asked, "91110000600037342L") == "credit_code_check"
    assert code(asked, "12345") == "credit_code_form"


def test_look_up_takes_listed_codes() -> None:
    asked = item("x", ItemType.INDUSTRY)
    assert stored(asked, "c39") == "C39"
    assert code(asked, "Z") == "industry_form"
    assert code(item("x", ItemType.DISTRICT), "4403") == "district_form"
    assert parse_item(asked, {"x": ["C39"]}, {ItemType.INDUSTRY: {"C38"}}).errors[0].code == "not_listed"


def test_file_answer_is_a_plain_reference() -> None:
    asked = item("x", ItemType.FILE)
    assert stored(asked, "0f3b8a7c-1.pdf") == "0f3b8a7c-1.pdf"
    assert code(asked, "../../etc/passwd") == "file_reference"


def test_message_names_the_item_and_says_what_to_enter() -> None:
    error = answer(NUMBER, "3,5").errors[0]
    assert worded(error.code, error.parameters, "en").startswith("n: enter decimals with a point, such as 3.5")
    assert worded(error.code, error.parameters, "zh-hans", lambda message: "%(label)s|%(example)s") == "n（中）|3.5"


def test_page_replaces_its_answers_and_keeps_those_refused() -> None:
    asked = page("p", NUMBER, CHOICE)
    old = {"n": 1, "c": "o", "c__other": "x", "elsewhere": 5}
    assert with_page(old, asked, parse_page(asked, {"n": ["bad"], "c": ["a"]})) == {"n": 1, "elsewhere": 5, "c": "a"}
    assert with_page(old, asked, Parsed()) == {"elsewhere": 5}


@given(st.data())
def test_valid_answers_come_back_identical(data: Any) -> None:
    asked = data.draw(items("i"))
    parsed = parse_item(asked, data.draw(raw_inputs(asked)))
    assert parse_item(asked, to_raw(asked, parsed.answers)) == Parsed(parsed.answers)
    assert json.loads(json.dumps(parsed.answers)) == parsed.answers


@given(st.data())
def test_any_post_gives_answers_or_coded_errors(data: Any) -> None:
    asked = page("p", *(data.draw(items(f"i{index}")) for index in range(3)))
    raw = {name: values for part in asked.items for name, values in data.draw(raw_inputs(part)).items()}
    parsed = parse_page(asked, raw)
    for error in parsed.errors:
        worded(error.code, error.parameters, "en").encode()
    assert parse_page(asked, page_to_raw(asked, parsed.answers)).answers == parsed.answers


@pytest.mark.parametrize(
    "typed", ["0755-1234567", "95588", "(+86) 755 1234567", "+86 755 1234567", "0755-1234567转801", "0755-1234567 #12"]
)
def test_telephone_number_may_have_country_code_and_extension(typed: str) -> None:
    assert stored(item("x", ItemType.PHONE), typed) == typed


@pytest.mark.parametrize("typed", ["1234", "1" * 21, "0755-1234567/7654321", "0755-1234567 ext"])
def test_telephone_number_is_one_of_5_to_20_digits(typed: str) -> None:
    assert code(item("x", ItemType.PHONE), typed) == "phone_form"


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("09:30", "09:30"), ("9:30", "09:30"), ("９：３０", "09:30"), ("0930", "09:30"), ("9.30", "09:30"), ("9h30", "09:30"),
        ("9点30分", "09:30"), ("9时5分", "09:05"), ("9点半", "09:30"), ("14点", "14:00"), ("14点整", "14:00"),
        ("下午2:30", "14:30"), ("晚上 8点", "20:00"), ("上午12:05", "00:05"), ("2:30 pm", "14:30"), ("12 a.m.", "00:00"),
        ("12:00 PM", "12:00"), ("下午14:30", "14:30"), ("09:30:00", "09:30"), ("09:30:00.000+08:00", "09:30"),
        ("0:00", "00:00"), ("23:59", "23:59"), ("", None),
    ],
)  # fmt: skip
def test_time_of_day_is_read_as_typed(typed: str, time: str | None) -> None:
    assert stored(item("x", ItemType.TIME), typed) == time


@pytest.mark.parametrize(
    "typed",
    [
        "24:00",
        "9:60",
        "9",
        "9:5",
        "25点",
        "13 pm",
        "0 am",
        "上午9:30 pm",
        "09:30:15",
        "noon",
        "2026-03-31 09:30",
    ],
)
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    assert code(item("x", ItemType.TIME), typed) == "time_form"
