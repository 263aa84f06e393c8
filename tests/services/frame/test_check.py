from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from survey.selectors.design.classifications import Classifications
from survey.services.frame.checked_list import check_list
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import CODES, checked_table, firms


@pytest.fixture
def checked(classifications: Classifications) -> Any:
    """Checks a table."""

    def check(table: pd.DataFrame) -> SimpleNamespace:
        whole = checked_table(table, classifications)
        (part,) = whole.parts
        return SimpleNamespace(
            total=whole.total, bad_count=whole.bad_count, notes=whole.notes, good=part.good, errors=part.errors
        )

    return check


@pytest.fixture
def errors(checked: Any) -> Any:
    """(row, column, code) of everything wrong in a list with these changes."""

    def found(*changes: Any) -> Any:
        columns = ["row", "column", "code"]
        return [tuple(row) for row in checked(firms(*changes)).errors[columns].itertuples(index=False)]

    return found


def test_good_rows_carry_codes_classes_and_figures(checked: Any) -> None:
    good = checked(firms()).good
    columns = ["credit_code", "district", "division", "section", "size_class", "employees", "revenue"]
    assert good[columns].to_numpy().tolist() == [
        [CODES[0], "440305", "39", "C", "large", 1200.0, 56000.0],
        [CODES[1], "440304", "65", "I", "medium", 150.0, 5000.5],
        [CODES[2], "440306", "51", "F", "micro", 3.0, 900.0],
    ]


@pytest.mark.parametrize("header", ["从业人员", "营业收入"])
def test_firm_without_employees_or_revenue_is_no_error(errors: Any, header: str) -> None:
    assert errors((3, header, 0)) == []


def test_good_list_has_no_errors_and_no_notes(checked: Any, errors: Any) -> None:
    result = checked(firms())
    assert (result.total, result.bad_count, errors(), result.notes) == (3, 0, [], [])


@pytest.mark.parametrize(
    ("header", "value", "column", "code"),
    [
        ("统一社会信用代码", "", "credit_code", "missing"),
        ("统一社会信用代码", "91440303Y000000160", "credit_code", "credit_code_check"),
        ("统一社会信用代码", 9.14403e17, "credit_code", "credit_code_damaged"),
        ("单位名称", None, "name", "missing"),
        ("单位名称", "长" * 201, "name", "too_long"),
        ("所在区", "", "district", "missing"),
        ("所在区", "火星区", "district", "district_unknown"),
        ("行业代码", "", "industry", "missing"),
        ("行业代码", "99", "industry", "industry_unknown"),
        ("行业代码", "C", "industry", "industry_section"),
        ("行业代码", 111.0, "industry", "industry_lost_zero"),
        ("行业代码", "66", "industry", "size_outside"),
        ("行业代码", "70", "industry", "size_ambiguous"),
        ("从业人员", "", "employees", "missing"),
        ("从业人员", -1, "employees", "negative"),
        ("从业人员", "约三千", "employees", "not_a_number"),
        ("从业人员", 12.5, "employees", "not_whole"),
        ("从业人员", 1e8, "employees", "too_large"),
        ("营业收入", "", "revenue", "missing"),
        ("营业收入", "-3", "revenue", "negative"),
        ("营业收入", "inf", "revenue", "not_a_number"),
        ("营业收入", "9" * 400, "revenue", "too_large"),
        ("营业收入", 1e12, "revenue", "too_large"),
    ],
)
def test_one_wrong_cell_gives_one_error_and_spares_the_other_rows(
    checked: Any, errors: Any, header: str, value: float | str | None, column: str, code: str
) -> None:
    table = firms((3, header, value))
    assert errors((3, header, value)) == [(3, column, code)]
    assert list(checked(table).good.index) == [2, 4]


@pytest.mark.parametrize(
    ("header", "value", "column", "code"),
    [
        ("联系人", "名" * 101, "contact", "too_long"),
        ("电子邮箱", "no-address", "email", "email_form"),
        ("联系电话", "电话", "phone", "phone_form"),
        ("联系电话", "1" * 41, "phone", "too_long"),
    ],
)
def test_bad_contact_is_left_blank_and_costs_no_firm_its_place(
    classifications: Classifications, header: str, value: str, column: str, code: str
) -> None:
    (part,) = checked_table(firms((3, header, value)), classifications).parts
    assert (list(part.good.index), len(part.errors), part.good.loc[3, column]) == ([2, 3, 4], 0, "")
    assert part.blanked[["row", "column", "code"]].to_numpy().tolist() == [[3, column, code]]


@pytest.mark.parametrize(
    "phone",
    [
        "13800138000",
        13800138000.0,
        "0755-12345678转801",
        "+86 (755) 1234 5678",
        "0755-1234567/7654321",
        "0755-12345678/79",
        "(+86)755-12345678#12、13800138000",
    ],
)
def test_usual_telephone_numbers_are_taken(errors: Any, phone: float | str) -> None:
    assert errors((3, "联系电话", phone)) == []


def test_every_row_of_a_repeated_code_is_wrong_and_names_the_others(checked: Any) -> None:
    found = checked(firms((4, "统一社会信用代码", CODES[0].lower()))).errors
    assert [(row.row, row.code, row.params["rows"]) for row in found.itertuples()] == [
        (2, "duplicate", "2, 4"),
        (4, "duplicate", "2, 4"),
    ]


def test_all_errors_of_a_row_are_told(errors: Any) -> None:
    assert [code for _, _, code in errors((2, "所在区", "火星"), (2, "从业人员", "x"), (2, "单位名称", ""))] == [
        "missing", "district_unknown", "not_a_number",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [61, 131.0, 392, 521, 39])
def test_number_that_is_a_code_with_and_without_zero_is_refused(errors: Any, number: float) -> None:
    assert errors((3, "行业代码", number)) == [(3, "industry", "industry_lost_zero")]


def test_number_that_is_a_code_only_with_its_zero_is_read_with_it(checked: Any) -> None:
    result = checked(firms((3, "行业代码", 121)))
    assert (result.good.loc[3, ["industry", "division"]].tolist(), result.notes) == (
        ["0121", "01"],
        [("zero_restored", {"count": 1})],
    )


def test_number_that_is_no_code_of_the_first_divisions_is_what_it_says(checked: Any) -> None:
    assert checked(firms((3, "行业代码", 651))).good.loc[3, "industry"] == "651"


def test_two_digits_are_divisions_where_the_list_has_nothing_finer(errors: Any) -> None:
    assert errors(*((row, "行业代码", 39) for row in (2, 3, 4))) == []


def test_text_of_three_digits_keeps_its_meaning(checked: Any) -> None:
    assert checked(firms((3, "行业代码", "521"))).good.loc[3, "division"] == "52"


def test_money_is_converted_by_the_unit_in_the_header(checked: Any) -> None:
    result = checked(firms().rename(columns={"营业收入": "营业收入（千元）"}))
    assert result.good["revenue"].tolist() == pytest.approx([5600.0, 500.05, 90.0])
    assert result.notes == [("converted", {"column": "revenue", "header": "营业收入（千元）"})]


def test_missing_assets_are_noted_and_the_class_rests_on_the_rest(checked: Any) -> None:
    result = checked(firms((3, "行业代码", "47")))
    assert (result.good.loc[3, "size_class"], result.notes) == ("small", [("assets_missing", {"count": 1})])


def test_assets_settle_the_class(checked: Any) -> None:
    table = firms((3, "行业代码", "47")).assign(**{"资产总额（万元）": ["", "100", ""]})
    assert checked(table).good.loc[3, "size_class"] == "micro"


def test_stated_class_counts_only_where_the_rule_gives_none(checked: Any) -> None:
    table = firms((3, "行业代码", "66")).assign(企业规模=["微型", "中型", ""])
    result = checked(table)
    assert result.good["size_class"].tolist() == ["large", "medium", "micro"]
    assert result.notes == [("size_stated", {"count": 1})]


def test_unknown_stated_class_is_an_error(checked: Any) -> None:
    assert list(checked(firms().assign(企业规模=["巨型", "", ""])).errors["code"]) == ["size_unknown"]


def test_list_without_rows_is_refused(checked: Any) -> None:
    with pytest.raises(FrameFileRefused) as refused:
        checked(firms().iloc[:0])
    assert refused.value.code == "no_rows"


def test_check_without_classifications_is_refused() -> None:
    none = Classifications(districts={}, district_ids={}, sections={}, divisions={}, division_ids={}, size_groups=())
    with pytest.raises(FrameFileRefused) as refused:
        check_list(lambda: [firms()], list(firms().columns), classifications=none)
    assert refused.value.code == "classifications_missing"
