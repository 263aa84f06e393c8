import pytest

from survey.services.frame.columns import FrameColumn, count_recognised, money_factor, recognise_columns
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import HEADERS


def test_chinese_headers_are_recognised_with_stars_blanks_and_units() -> None:
    headers = [
        "序号",
        "*统一社会信用代码",
        "企业名称：",
        "所属 区县",
        "行业大类代码",
        "从业人员（人）",
        "营业收入（万元）",
    ]
    assert recognise_columns(["x", *headers]).positions == {
        FrameColumn.CREDIT_CODE: 2, FrameColumn.NAME: 3, FrameColumn.INDUSTRY: 5, FrameColumn.EMPLOYEES: 6, FrameColumn.REVENUE: 7, FrameColumn.DISTRICT: 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("平均用工人数", FrameColumn.EMPLOYEES),
        ("期末用工人数（人）", FrameColumn.EMPLOYEES),
        ("全年营业收入（万元）", FrameColumn.REVENUE),
        ("营业总收入", FrameColumn.REVENUE),
        ("社会信用代码/注册号", FrameColumn.CREDIT_CODE),
        ("'营业收入", FrameColumn.REVENUE),
    ],
)
def test_header_of_other_offices_is_recognised(header: str, column: FrameColumn) -> None:
    others = [word for word in HEADERS if recognise_columns(HEADERS).positions[column] != HEADERS.index(word)]
    assert recognise_columns([*others, header]).positions[column] == len(others)


def test_employees_at_the_end_of_the_period_go_before_the_average() -> None:
    recognised = recognise_columns(["平均用工人数", *HEADERS])
    assert recognised.positions[FrameColumn.EMPLOYEES] == 1 + HEADERS.index("从业人员")
    assert recognised.notes() == [("second_column", {"header": "平均用工人数"})]


def test_english_headers_are_recognised() -> None:
    headers = ["Credit code", "Name", "District", "Industry", "Employees", "Revenue (10,000 yuan)", "E-mail", "Phone"]
    assert count_recognised(headers) == 8


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(FrameFileRefused) as refused:
        recognise_columns(["统一社会信用代码", "单位名称", "所在区", "行业代码"])
    assert (refused.value.code, refused.value.complaint.parameters) == (
        "columns_missing",
        {"columns": ["employees", "revenue"]},
    )


def test_column_named_twice_is_refused() -> None:
    with pytest.raises(FrameFileRefused) as refused:
        recognise_columns([*HEADERS, "企业名称"])
    assert (refused.value.code, refused.value.complaint.parameters["headers"]) == ("column_twice", "单位名称, 企业名称")


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("营业收入", 1.0), ("营业收入（万元）", 1.0), ("营业收入(千元)", 0.1), ("营业收入（单位：元）", 1e-4), ("营业收入亿元", 1e4),
        ("营业收入(2025年)", 1.0), ("Revenue (thousand yuan)", 0.1), ("Revenue, 10,000 yuan", 1.0),
    ],
)  # fmt: skip
def test_unit_in_the_header_gives_the_factor(header: str, factor: float) -> None:
    assert money_factor(header) == factor


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(FrameFileRefused) as refused:
        money_factor("营业收入（美元）")
    assert refused.value.code == "unit_unknown"


def test_known_columns_are_counted_once_and_others_not() -> None:
    assert count_recognised(["序号", "单位名称", "营业收入（万元）", "营业收入"]) == 2
