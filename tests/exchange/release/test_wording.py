"""What groups of firms are called in a release."""

from dataclasses import replace

import pytest

from survey.exchange.release.wording import label_of_group
from survey.methods.tables.domain import Domain
from tests.methods.clearing.surveyed import WORDS


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("domain", "label"),
    [
        ((), "All firms"),
        ((("size", "large"),), "large"),
        ((("sector", "goods"),), "Goods"),
        ((("sector", "services"), ("size", "small")), "Services · small"),
        ((("left", "gone"),), "gone"),
    ],
)
def test_group_has_the_words_of_the_plan_whether_it_filters_or_only_crosses_others(domain: Domain, label: str) -> None:
    assert "sector" not in WORDS.groups
    assert label_of_group(domain, WORDS) == label


def test_class_in_which_the_sample_has_no_firm_has_its_words_too() -> None:
    industries = tuple(each for each in WORDS.frame["industry"] if each.code in ("G", "H"))
    words = replace(WORDS, frame={**WORDS.frame, "industry": industries})
    assert label_of_group((("sector", "goods"),), words) == "Goods"


def test_value_of_a_group_that_has_left_the_plan_keeps_the_label_of_another() -> None:
    assert label_of_group((("former", "large"),), WORDS) == "large"
