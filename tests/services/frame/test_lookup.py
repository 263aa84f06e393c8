import pandas as pd
import pytest

from survey.selectors.design.classifications import Classifications
from survey.services.frame.lookup import district_codes, industry_codes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("南山区", "440305"), ("南山", "440305"), ("深圳市南山区", "440305"), ("广东省深圳市 南山区", "440305"),
        ("440305", "440305"), ("Nanshan", "440305"), ("nanshan district", "440305"), ("Bao'an", "440306"),
        ("Baoan", "440306"), ("大鹏", "DP"), ("大鹏新区", "DP"), ("dp", "DP"), ("火星区", ""), ("", ""), ("区", ""),
    ],
)  # fmt: skip
def test_district_is_found_by_code_and_name(classifications: Classifications, written: str, code: str) -> None:
    assert list(district_codes(pd.Series([written]), classifications)) == [code]


@pytest.mark.parametrize(
    ("written", "code", "division", "section", "fault"),
    [
        ("39", "39", "39", "C", ""),
        ("3911", "3911", "39", "C", ""),
        ("C39", "39", "39", "C", ""),
        ("c3911", "3911", "39", "C", ""),
        ("1", "01", "01", "A", ""),
        ("39 计算机、通信和其他电子设备制造业", "39", "39", "C", ""),
        ("C39计算机制造", "39", "39", "C", ""),
        ("计算机、通信和其他电子设备制造业", "39", "39", "C", ""),
        ("教育", "83", "83", "P", ""),
        ("Manufacture of medicines", "27", "27", "C", ""),
        ("C", "", "", "", "industry_section"),
        ("制造业", "", "", "", "industry_section"),
        ("C 制造业", "", "", "", "industry_section"),
        ("I39", "", "", "", "industry_contradiction"),
        ("98", "", "", "", "industry_unknown"),
        ("39111", "", "", "", "industry_unknown"),
        ("造火箭", "", "", "", "industry_unknown"),
    ],
)
def test_industry_is_found_by_code_and_name(
    classifications: Classifications, written: str, code: str, division: str, section: str, fault: str
) -> None:
    found = industry_codes(pd.Series([written]), classifications)
    assert tuple(found.iloc[0]) == (code, division, section, fault)
