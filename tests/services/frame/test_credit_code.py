from typing import Any

import pandas as pd
import pytest
from stdnum.cn import uscc

from survey.services.frame.credit_code import (
    ALPHABET,
    credit_code_faults,
    normalise_credit_codes,
    well_formed,
    without_persons,
)


def faults(*cells: Any) -> Any:
    column = pd.Series(cells, dtype=object)
    return list(credit_code_faults(column, normalise_credit_codes(column)))


@pytest.mark.parametrize(
    "written",
    [
        "91440303y000000162",
        " 91440303Y000000162\t",
        "９１４４０３０３Ｙ００００００１６２",
        "9144 0303-Y000 0001 62",
        "\ufeff91440303Y000000162",
    ],
)
def test_normalise_takes_a_code_as_people_write_it(written: str) -> None:
    assert list(normalise_credit_codes(pd.Series([written]))) == ["91440303Y000000162"]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91440303Y000000162", ""),
        ("91350100M000100Y43", ""),
        ("12440300Y000000599", ""),
        ("91350100M000100Y4Z", "credit_code_form"),
        ("91440303Y000000160", "credit_code_check"),
        ("91440305Y0I000024R", "credit_code_form"),
        ("91440306Y00000032", "credit_code_length"),
        ("", ""),
        (9.14403e17, "credit_code_damaged"),
        (914403030000000162, "credit_code_damaged"),
        ("000000000000000000", "credit_code_kind"),
        ("440301199001011234", "credit_code_person"),
        ("11010519491231002X", "credit_code_person"),
        ("N2440303Y00000016H", ""),
        ("9.14403E+17", "credit_code_damaged"),
        ("914403010000000000", "credit_code_damaged"),
        (12345.0, "credit_code_length"),
    ],
)
def test_fault_of_a_code_is_named(code: float | str, fault: str) -> None:
    assert faults(code) == [fault]


def test_number_of_a_person_is_shown_by_its_beginning_alone() -> None:
    assert list(without_persons(pd.Series(["11010519491231002X", "91440303Y000000162"]))) == [
        "1101…",
        "91440303Y000000162",
    ]


def test_quick_check_agrees_with_stdnum_on_every_last_character() -> None:
    bodies = ["91440303Y00000016", "91350100M000100Y4", "914403A3Y00000016", "ZZ440303Y00000016"]
    codes = pd.Series([body + last for body in bodies for last in ALPHABET + "IOSVZé "])
    assert list(well_formed(codes)) == [
        len(code) == 18 and uscc.is_valid(code) and code == code.strip() for code in codes
    ]
