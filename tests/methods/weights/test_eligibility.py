import numpy as np
import pytest

from survey.methods.errors import EmptyDomain, MissingValue, OutOfRange, UnknownStatus
from survey.methods.weights.eligibility import EligibilityChoice, eligibility
from survey.methods.weights.response_rates import response_rates, response_rates_by_class
from survey.weighting_terms import EligibilityRule

# Class s: 3 eligible, 1 not, 2 unknown, all of weight 2. Class l: 1 eligible, 2 unknown, of weight 1.
DISPOSITION = np.array(
    ["complete", "refusal", "complete", "not_eligible", "unknown_other", "unknown_other",
     "complete", "unknown_if_eligible", "unknown_if_eligible"]
)  # fmt: skip
WEIGHT = np.array([2.0] * 6 + [1.0] * 3)
CLASSES = np.array([0] * 6 + [1] * 3)
LABELS = ("s", "l")


def choice(**changes: object) -> EligibilityChoice:
    return EligibilityChoice(**{"least_resolved": 3, **changes})  # type: ignore[arg-type]


def test_e_is_the_eligible_share_of_the_resolved_cases_of_the_class() -> None:
    found = eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice())
    assert found.classes[0].e == 0.75
    # two cases more of each kind: (3 + 2)/(4 + 4)
    assert found.classes[0].se == pytest.approx(np.sqrt(0.625 * 0.375 / 3))
    assert (found.classes[0].resolved, found.classes[0].unknown, found.classes[0].pooled) == (4, 2, False)


def test_class_with_few_resolved_cases_takes_the_share_of_all() -> None:
    found = eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice())
    assert (found.classes[1].e, found.classes[1].pooled) == (pytest.approx(7 / 9), True)  # type: ignore[comparison-overlap]
    assert found.share.tolist() == pytest.approx([1, 1, 1, 0, 0.75, 0.75, 1, 7 / 9, 7 / 9])


def test_follow_up_counts_only_what_it_resolved() -> None:
    followed = np.array([False, True, False, True, False, False, False, False, False])
    found = eligibility(
        DISPOSITION, WEIGHT, CLASSES, LABELS, choice(rule=EligibilityRule.FOLLOW_UP), followed_up=followed
    )
    assert found.by_class == {"s": 0.5, "l": 0.5}
    # 2 resolved, so 0.25/(2-1), and the 4 firms still unknown are themselves a sample: 0.25/4
    assert found.classes[0].se == pytest.approx(np.sqrt(0.25 + 0.25 / 4))


def test_few_cases_that_are_all_eligible_do_not_prove_that_all_are() -> None:
    found = eligibility(DISPOSITION[[0, 1, 2, 4]], WEIGHT[:4], np.zeros(4, np.intp), ("all",), choice())
    assert found.classes[0].e == 1
    assert found.classes[0].se > 0.2


def test_follow_up_without_a_result_is_an_error() -> None:
    with pytest.raises(EmptyDomain, match="follow-up"):
        eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice(rule=EligibilityRule.FOLLOW_UP))


def test_stated_share_stands_with_its_reason() -> None:
    stated = choice(rule=EligibilityRule.STATED, stated={"s": 0.5, "": 1.0}, reason="Register of closures")
    found = eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, stated)
    assert found.by_class == {"s": 0.5, "l": 1.0}
    assert found.classes[0].reason == "Register of closures"


def test_stated_share_without_a_reason_is_refused() -> None:
    with pytest.raises(MissingValue, match="reason"):
        choice(rule=EligibilityRule.STATED, stated={"": 0.5})


def test_stated_share_outside_0_to_1_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"1\.5"):
        choice(stated={"": 1.5})


def test_class_without_a_stated_share_is_refused() -> None:
    stated = choice(rule=EligibilityRule.STATED, stated={"s": 0.5}, reason="Register")
    with pytest.raises(UnknownStatus, match="'l'"):
        eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, stated)


def test_firm_that_responded_is_eligible_whatever_its_outcome_says() -> None:
    responded = np.arange(9) == 3
    assert eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice(), responded=responded).share[3] == 1


def test_while_nothing_is_resolved_every_firm_counts_as_eligible() -> None:
    found = eligibility(np.full(9, "unknown_other"), WEIGHT, CLASSES, LABELS, choice())
    assert found.share.tolist() == [1.0] * 9


def test_response_rates_take_the_same_share() -> None:
    found = eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice())
    rates = response_rates(DISPOSITION, eligibility=found.share, rule=EligibilityRule.KNOWN_CASES)
    e = (2 * 0.75 + 2 * 7 / 9) / 4
    assert rates.e == pytest.approx(e)
    assert rates.rr3 == pytest.approx(3 / (4 + 4 * e))
    assert rates.e_rule is EligibilityRule.KNOWN_CASES


def test_response_rates_by_class_take_the_share_of_the_class() -> None:
    found = eligibility(DISPOSITION, WEIGHT, CLASSES, LABELS, choice())
    rates = response_rates_by_class(DISPOSITION, np.array(LABELS)[CLASSES], eligibility=found.share)
    assert rates["s"].rr3 == pytest.approx(2 / (3 + 2 * 0.75))
    assert rates["l"].rr3 == pytest.approx(1 / (1 + 2 * 7 / 9))
