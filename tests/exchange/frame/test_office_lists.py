"""Lists as offices have them, with what is the matter with each."""

from pathlib import Path

from survey.exchange.frame.workbook import read_firm_list
from survey.selectors.design.classifications import Classifications
from survey.services.frame.checked_list import check_list

CASES = Path(__file__).parents[2] / "cases"


def checked(name: str, classifications: Classifications) -> list[tuple[str, int]]:
    firm_list = read_firm_list(CASES / name)
    found = check_list(firm_list.parts, firm_list.headers, classifications=classifications)
    return [(kind["code"], kind["count"]) for kind in found.kinds]


def test_codes_that_lost_their_zero_are_refused_without_a_neighbour(classifications: Classifications) -> None:
    assert checked("firms_class_codes_zero_lost.xlsx", classifications) == [("industry_lost_zero", 12)]


def test_number_that_is_no_credit_code_is_refused(classifications: Classifications) -> None:
    assert checked("firms_not_credit_codes.xlsx", classifications) == [("credit_code_kind", 1)]
