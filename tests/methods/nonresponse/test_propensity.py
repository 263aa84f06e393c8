import numpy as np
import pytest

from survey.methods.errors import EmptyDomain, MissingValue
from survey.methods.extract import Coded
from survey.methods.nonresponse.propensity import fifths, fit_propensity, patterns_of, propensity_classes

SIZE = Coded(np.repeat([0, 1], 10), ("small", "large"))
INDUSTRY = Coded(np.tile([0, 1], 10), ("C", "G"))
RESPONDED = np.array([1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1], bool)


def test_one_variable_gives_the_response_share_of_its_categories() -> None:
    found = fit_propensity(patterns_of({"size": SIZE}), RESPONDED, np.ones(20))
    assert found.rho[[0, 10]] == pytest.approx([0.3, 0.8], abs=1e-3)
    assert found.variance[[0, 10]] == pytest.approx([0.021, 0.016], rel=1e-2)


def test_fitted_response_of_each_category_is_the_observed_one() -> None:
    weight = np.linspace(1, 3, 20)
    found = fit_propensity(patterns_of({"size": SIZE, "industry": INDUSTRY}), RESPONDED, weight)
    for codes in (SIZE.codes, INDUSTRY.codes):
        for k in (0, 1):
            rows = codes == k
            assert weight[rows] @ found.rho[rows] == pytest.approx(weight[rows] @ RESPONDED[rows], abs=5e-3)


def test_category_in_which_all_responded_has_a_finite_effect() -> None:
    responded = RESPONDED | (SIZE.codes == 1)
    found = fit_propensity(patterns_of({"size": SIZE}), responded, np.ones(20))
    # The prior holds it: 10 (1 - rho) is its pull on the coefficient.
    assert found.rho[10] == pytest.approx(0.99957, abs=1e-4)


def test_response_model_needs_a_variable() -> None:
    with pytest.raises(MissingValue, match="needs a variable"):
        patterns_of({})


def test_numbers_enter_by_their_fifths() -> None:
    coded = fifths(np.array([10.0, 20, 30, 40, 50, np.nan]))
    assert coded.codes.tolist() == [0, 1, 2, 3, 4, -1]
    assert coded.labels == ("1", "2", "3", "4", "5")


def test_classes_run_from_low_to_high_propensity() -> None:
    columns = {"size": SIZE, "industry": INDUSTRY}
    found = propensity_classes(columns, {}, RESPONDED, np.ones(20), np.ones(20, bool), 2)
    assert found.tolist() == [0] * 10 + [1] * 10


def test_class_without_a_respondent_joins_its_neighbour() -> None:
    responded = RESPONDED & (SIZE.codes == 1)
    found = propensity_classes({"size": SIZE}, {}, responded, np.ones(20), np.ones(20, bool), 2)
    assert set(found.tolist()) == {1}


def test_single_respondent_can_be_modelled_and_nobody_cannot() -> None:
    one = np.arange(20) == 3
    found = fit_propensity(patterns_of({"size": SIZE}), one, np.ones(20))
    assert found.rho[[0, 10]] == pytest.approx([0.1, 0.0], abs=1e-3)
    for responded in (np.zeros(20, bool), np.ones(20, bool)):
        with pytest.raises(EmptyDomain, match="nothing to model"):
            fit_propensity(patterns_of({"size": SIZE}), responded, np.ones(20))


def test_firms_that_all_responded_are_one_class() -> None:
    used = np.arange(20) < 5
    found = propensity_classes({"size": SIZE}, {}, RESPONDED | used, np.ones(20), used, 2)
    assert found.tolist() == [0] * 20
